"""What a GPP string or a US Privacy string says for our policy: refusals, and the European TC string inside.

US sections hold opt-outs. That someone did not opt out is nobody's consent, so they only ever refuse. The TCF in
Canada rests on rules that our policy does not know: its no is a no, its yes is `signal_unsupported`.
"""

import re
from collections.abc import Iterable
from typing import Final

from observer.consent import tcf_canada
from observer.consent.answer import GLOBAL_PRIVACY_CONTROL, REFUSED, UNSUPPORTED
from observer.consent.choices import Choices, Reading
from observer.consent.gpp import TCF_CANADA, TCF_EUROPE, US_PRIVACY, split
from observer.consent.gpp_us import UsSection, decode_section, decode_us_privacy
from observer.consent.gpp_us_layouts import LAYOUTS
from observer.consent.json_signal import read_text
from observer.consent.malformed import malformed
from observer.consent.tcf_canada import CanadaString

OPT_OUTS: Final = {
    "sale": "SaleOptOut",
    "sharing": "SharingOptOut",
    "targeted-advertising": "TargetedAdvertisingOptOut",
}
"""The field of a US section that holds each opt-out, by the name that purposes.yaml gives it under `gpp`."""

_SECTION_ID: Final = re.compile(r"-1|[0-9]{1,4}")
_MOST_SECTIONS: Final = 64

CANADA: Final = "tcf-canada"
"""As a platform: its categories are the numbers of TCF purposes."""


def read_gpp(raw: bytes) -> Reading:
    """Reads a GPP string, bare or as a JSON string; nothing at all is no signal."""
    return read_gpp_in_force(raw, None)


def read_gpp_in_force(raw: bytes, in_force: frozenset[int] | None) -> Reading:
    """Reads a GPP string of which the sections `in_force` apply; all where that is None.

    A yes of a section that does not apply is none; a refusal stands wherever it was said. A section in force that
    the string lacks makes it malformed.
    """
    if not raw:
        return Reading()
    sections = split(read_text("gpp", raw))
    if in_force is not None and not in_force <= sections.keys():
        raise malformed("gpp", "section_missing", "gpp_sid")
    states = [decode_section(section, part) for section, part in sections.items() if section in LAYOUTS]
    refused = {name for name, field in OPT_OUTS.items() if any(state.opted_out_of(field) for state in states)}
    if US_PRIVACY in sections and decode_us_privacy(sections[US_PRIVACY]).opted_out_of_sale == "Y":
        refused.add("sale")
    choices = _opt_outs(refused, states)
    if TCF_CANADA in sections:
        choices = (*choices, _canada(tcf_canada.decode(sections[TCF_CANADA])))
    european = TCF_EUROPE in sections and (in_force is None or TCF_EUROPE in in_force)
    return Reading(choices, (sections[TCF_EUROPE],) if european else ())


def read_section_ids(raw: bytes) -> frozenset[int]:
    """Returns the sections that `gpp_sid` names: numbers joined by `,` or `_`, or a JSON list of them; -1 and 0 mean
    that none applies. Raises SignalError `wrong_shape`."""
    text = raw.decode("latin-1").strip('[]"').replace("_", ",").replace(" ", "")
    ids = text.split(",") if text else []
    if len(ids) > _MOST_SECTIONS or not all(map(_SECTION_ID.fullmatch, ids)):
        raise malformed("gpp", "wrong_shape", "gpp_sid")
    return frozenset(int(section) for section in ids) - {-1, 0}


def read_us_privacy(raw: bytes) -> Reading:
    """Reads a US Privacy string, bare or as a JSON string; nothing at all is no signal."""
    if not raw:
        return Reading()
    privacy = decode_us_privacy(read_text("us_privacy", raw))
    return Reading(_opt_outs({"sale"} if privacy.opted_out_of_sale == "Y" else (), ()))


def _opt_outs(refused: Iterable[str], states: Iterable[UsSection]) -> tuple[Choices, ...]:
    choices = Choices(("gpp",), dict.fromkeys(refused, REFUSED), None)
    if any(state.gpc for state in states):
        return choices, Choices(("gpc",), {"opt-out": GLOBAL_PRIVACY_CONTROL}, None)
    return (choices,)


def _canada(string: CanadaString) -> Choices:
    consented = string.purposes_express | string.purposes_implied
    answers = {str(purpose): UNSUPPORTED if consented >> purpose & 1 else REFUSED for purpose in range(1, 25)}
    return Choices((CANADA,), answers, None)
