"""Signals of IAB Tech Lab's protocols that stand beside TC and GPP strings, and one of Google's that goes with them.

Sources: IAB Tech Lab, "OpenRTB 2.6", sections 3.2.3 and 3.2.20, and the extensions that preceded it; IAB Europe,
"CMP API", in-app details; Google, "Additional Consent Mode technical specification"; Microsoft, "UET consent mode".
"""

import re
from collections.abc import Mapping
from typing import Final

from observer.consent.answer import CONSENT, NO_CHOICE_YET
from observer.consent.categories import read_gpc
from observer.consent.choices import Choices, Reading
from observer.consent.gpp_signal import read_gpp_in_force, read_section_ids, read_us_privacy
from observer.consent.json_signal import read_object, read_text
from observer.consent.malformed import malformed

GOOGLE_PROVIDERS: Final = "google-ac"
"""As a platform: its vendor ids are Google's numbers of ad technology providers."""

LONGEST: Final = 65_536
"""Characters of an additional consent string. Google lists some thousand providers."""

_AC: Final = re.compile(r"1~(?P<first>[0-9.]*)|2~(?P<second>[0-9.]*)~dv\.(?P<disclosed>[0-9.]*)")
_PROVIDERS: Final = re.compile(r"(?:[0-9]{1,6}(?:\.[0-9]{1,6})*)?")
_FLAGS: Final = frozenset({b"", b"0", b"1", b"true", b"false", b'"0"', b'"1"'})


def read_gdpr_flag(raw: bytes) -> Reading:
    """Reads `gdpr` or `IABTCF_gdprApplies`: whether the sender holds the GDPR to apply. That is nobody's choice, and
    where a rule does not reach is for our own policy to say, so it says nothing here."""
    if raw not in _FLAGS:
        raise malformed("gdpr", "wrong_shape")
    return Reading()


def read_additional_consent(raw: bytes) -> Reading:
    """Reads Google's additional consent string: `1~7.12.35`, or `2~7.12~dv.35` with those shown and not accepted.

    It speaks of ad technology providers that IAB Europe's list does not hold, and of no purpose: a destination with
    such an id needs it beside the consent to its purposes.
    """
    if not raw:
        return Reading()
    text = read_text("google_ac", raw)
    if not text:
        return Reading()
    found = _AC.fullmatch(text) if len(text) <= LONGEST else None
    if found is None:
        raise malformed("google_ac", "wrong_shape")
    lists = [part for part in found.groups() if part is not None]
    if not all(_PROVIDERS.fullmatch(part) for part in lists):
        raise malformed("google_ac", "wrong_shape")
    accepted = dict.fromkeys(filter(None, lists[0].split(".")), CONSENT)
    return Reading((Choices((GOOGLE_PROVIDERS,), {}, None, vendors=accepted, vendors_alone=True),))


def read_uet(raw: bytes) -> Reading:
    """Reads `asc` of Microsoft's UET tag: `G` or `D`. Like Google's `gcs` it shows what is in force and not who decided
    it, so its yes says nothing and its no leaves the choice unknown."""
    if not raw:
        return Reading()
    setting = read_text("uet", raw)
    if setting not in {"G", "D"}:
        raise malformed("uet", "wrong_shape")
    return Reading((Choices(("microsoft",), {"ad_storage": NO_CHOICE_YET}, None),) if setting == "D" else ())


def read_openrtb(raw: bytes) -> Reading:
    """Reads `regs` and `user` of a bid request: the TC string, the GPP string with its sections in force, the US
    Privacy string and Global Privacy Control, each at its place of version 2.6 or in the `ext` that came before."""
    request = read_object("openrtb", raw)
    regs, user = _object(request, "regs"), _object(request, "user")
    regs_ext, user_ext = _object(regs, "ext"), _object(user, "ext")
    found = Reading()
    for gdpr in (regs.get("gdpr"), regs_ext.get("gdpr")):
        if gdpr not in (None, 0, 1):
            raise malformed("openrtb", "wrong_kind", "$.regs.gdpr")
    for tc_string in (_text(user, "consent"), _text(user_ext, "consent")):
        found = joined(found, Reading(tc_strings=(tc_string,) if tc_string else ()))
    for holder in (regs, regs_ext):
        found = joined(found, _gpp(holder))
        found = joined(found, read_us_privacy(_text(holder, "us_privacy").encode()))
        if holder.get("gpc") in ("1", 1):
            found = joined(found, read_gpc(b"1"))
    return found


def joined(first: Reading, second: Reading) -> Reading:
    """Returns what two parts of one signal hold together."""
    return Reading(first.choices + second.choices, first.tc_strings + second.tc_strings)


def _gpp(holder: Mapping[str, object]) -> Reading:
    sections = holder.get("gpp_sid")
    if sections is None:
        return read_gpp_in_force(_text(holder, "gpp").encode(), None)
    if not isinstance(sections, list) or not all(type(section) is int for section in sections):
        raise malformed("openrtb", "wrong_kind", "$.regs.gpp_sid")
    in_force = read_section_ids(",".join(map(str, sections)).encode())
    return read_gpp_in_force(_text(holder, "gpp").encode(), in_force)


def _object(holder: Mapping[str, object], name: str) -> Mapping[str, object]:
    value = holder.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise malformed("openrtb", "wrong_kind", f"$.{name}")
    return value


def _text(holder: Mapping[str, object], name: str) -> str:
    value = holder.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise malformed("openrtb", "wrong_kind", f"$.{name}")
    return value.encode("utf-8", "replace").decode()
