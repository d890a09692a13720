"""GPP strings of IAB Tech Lab's Global Privacy Platform, decoded strictly.

Source: IAB Tech Lab, "Global Privacy Protocol, consent string specification" (December 2025). A header names the
sections; they follow it behind `~`, each in a format of its own. Work grows with the length of the string and is
bounded by `LONGEST`. Refused, each with a reason that has a message `consent.malformed.<reason>`: `too_long`,
`empty`, `not_gpp`, `unknown_version`, `bad_character`, `truncated`, `id_too_large`, `section_count`,
`empty_segment`, and the reasons of the sections. Accepted: a header padded to 6, 8 or 24 bits, sections of unknown
ids (not read), and a bare TC string, which stood in the field before GPP did.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from observer.consent import tcf, tcf_canada
from observer.consent.bits import outside_alphabet
from observer.consent.fibonacci import FibonacciReader
from observer.consent.gpp_us import UsPrivacy, UsSection, decode_section, decode_us_privacy
from observer.consent.gpp_us_layouts import LAYOUTS
from observer.consent.malformed import malformed
from observer.consent.tcf import TcString
from observer.consent.tcf_canada import CanadaString

LONGEST: Final = 16_384
"""Characters."""
HEADER_TYPE: Final = 3
VERSION: Final = 1
TCF_EUROPE: Final = 2
TCF_CANADA: Final = 5
US_PRIVACY: Final = 6
_MOST_RANGES: Final = 64
"""In a header. Two dozen sections are defined."""


class GppString(NamedTuple):
    """One decoded GPP string.

    section_ids: as the header names them, ascending; those that are not known stand in no other field;
    us: the US sections by their ids; the rest: None where the string lacks that section.
    """

    section_ids: tuple[int, ...]
    europe: TcString | None
    canada: CanadaString | None
    us_privacy: UsPrivacy | None
    us: Mapping[int, UsSection]


def decode(text: str) -> GppString:
    """Returns the decoded string. Raises SignalError with one of the reasons above."""
    parts = split(text)
    europe, canada, us_privacy = (parts.get(section) for section in (TCF_EUROPE, TCF_CANADA, US_PRIVACY))
    return GppString(
        tuple(parts),
        None if europe is None else tcf.decode(europe),
        None if canada is None else tcf_canada.decode(canada),
        None if us_privacy is None else decode_us_privacy(us_privacy),
        {section: decode_section(section, part) for section, part in parts.items() if section in LAYOUTS},
    )


def split(text: str) -> dict[int, str]:
    """Returns the sections by id, each as it stands in `text`, none of them blank. Raises SignalError."""
    if len(text) > LONGEST:
        raise malformed("gpp", "too_long")
    if not text:
        raise malformed("gpp", "empty")
    if text.startswith("C"):
        return {TCF_EUROPE: text}
    header, *sections = text.split("~")
    if not header or outside_alphabet(header):
        raise malformed("gpp", "bad_character", "header")
    ids = _section_ids(FibonacciReader(header, "gpp", "header"), len(sections))
    if not all(map(str.strip, sections)):
        raise malformed("gpp", "empty_segment")
    return dict(zip(ids, sections, strict=True))


def _section_ids(reader: FibonacciReader, expected: int) -> list[int]:
    if reader.read(6) != HEADER_TYPE:
        raise reader.refuse("not_gpp")
    if reader.read(6) != VERSION:
        raise reader.refuse("unknown_version")
    ids: list[int] = []
    for start, end in reader.ascending(_MOST_RANGES):
        if len(ids) + end - start >= expected:
            break
        ids.extend(range(start, end + 1))
    else:
        if len(ids) == expected:
            return ids
    raise reader.refuse("section_count")
