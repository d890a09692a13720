"""TC strings of IAB Europe's Transparency and Consent Framework, versions 2.0 to 2.3, decoded strictly.

Source: IAB Tech Lab, "Consent string and vendor list formats v2" (TCF 2.3). Work grows with the length of the
string and is bounded by `LONGEST`. Refused, each with a reason that has a message `consent.malformed.<reason>`:
`too_long`, `empty`, `empty_segment`, `too_many_segments`, `bad_character`, `unknown_version`, `core_missing`,
`core_not_first`, `core_twice`, `truncated`, `inverted_range`, `vendor_zero`, `restriction_purpose_zero`.
Accepted: bits after the last field, `=` at the end of a segment, ids above MaxVendorId, ranges unsorted or
overlapping, a repeated optional segment (the last wins), segments of unknown types.
"""

from typing import Final, NamedTuple

from observer.consent.bits import VALUES, BitReader, outside_alphabet
from observer.consent.idsets import IdRange, IdSet, of_ranges
from observer.consent.malformed import malformed

LONGEST: Final = 16_384
"""Characters. The longest string of the vectors has 3,067."""
MOST_SEGMENTS: Final = 256
"""Four are defined. Thousands of tiny ones would cost more than one long segment of the same length."""

DECISECONDS_A_DAY: Final = 864_000
_VERSION: Final = 2
_CORE, _DISCLOSED, _ALLOWED, _PUBLISHER = 0, 1, 2, 3
UNDEFINED_RESTRICTION: Final = 3


class Restriction(NamedTuple):
    """What the publisher restricts for `vendors` and one purpose.

    type: 0 not allowed, 1 consent required, 2 legitimate interest required.
    """

    purpose: int
    type: int
    vendors: IdSet


class PublisherTc(NamedTuple):
    """The publisher's own transparency and consent; custom purposes are numbered from 1."""

    consents: IdSet
    interests: IdSet
    custom_count: int
    custom_consents: IdSet
    custom_interests: IdSet


class TcString(NamedTuple):
    """One decoded TC string. Sets hold ids as bits; `created` and `updated` are deciseconds since the epoch.

    disclosed, allowed, publisher: None where the string lacks that segment;
    restrictions: merged by purpose and type and sorted by both; none is empty.
    """

    version: int
    created: int
    updated: int
    cmp_id: int
    cmp_version: int
    consent_screen: int
    consent_language: str
    vendor_list_version: int
    policy_version: int
    service_specific: bool
    non_standard_texts: bool
    special_features: IdSet
    purpose_consents: IdSet
    purpose_interests: IdSet
    purpose_one_treatment: bool
    publisher_country: str
    vendor_consents: IdSet
    vendor_interests: IdSet
    restrictions: tuple[Restriction, ...]
    disclosed: IdSet | None
    allowed: IdSet | None
    publisher: PublisherTc | None

    @property
    def updated_day(self) -> int:
        """The day of the last update, in days since the epoch (UTC)."""
        return self.updated // DECISECONDS_A_DAY


def decode(text: str) -> TcString:
    """Returns the decoded string. Raises SignalError with one of the reasons above."""
    segments = _segments(text)
    string = _core(BitReader(segments[0], "tcf", "segments[0]"))
    vendors: dict[int, IdSet | list[IdRange]] = {}
    publisher = None
    for index, segment in enumerate(segments[1:], 1):
        kind = VALUES[segment[0]] >> 3
        if kind == _CORE:
            raise malformed("tcf", "core_twice", f"segments[{index}]")
        if kind > _PUBLISHER:
            continue
        reader = BitReader(segment, "tcf", f"segments[{index}]")
        reader.read(3)
        if kind == _PUBLISHER:
            publisher = read_publisher(reader)
        else:
            vendors[kind] = _vendor_section(reader)
    return string._replace(
        disclosed=_united(vendors.get(_DISCLOSED)),
        allowed=_united(vendors.get(_ALLOWED)),
        publisher=publisher,
    )


def _segments(text: str) -> list[str]:
    """Returns the segments, none empty, all of base64url; the first is a core of a known version."""
    if len(text) > LONGEST:
        raise malformed("tcf", "too_long")
    if not text.strip(".="):
        raise malformed("tcf", "empty")
    segments = [segment.rstrip("=") for segment in text.split(".")]
    if len(segments) > MOST_SEGMENTS:
        raise malformed("tcf", "too_many_segments")
    if not all(segments):
        raise malformed("tcf", "empty_segment")
    if outside_alphabet("".join(segments)):
        raise malformed("tcf", "bad_character")
    version = VALUES[segments[0][0]]
    if version != _VERSION:
        raise malformed("tcf", _not_a_core(version, segments[1:]), "segments[0]")
    return segments


def _not_a_core(first: int, others: list[str]) -> str:
    """Returns why a string whose first six bits are `first` has no core where one must be."""
    if not _DISCLOSED <= first >> 3 <= _PUBLISHER:
        return "unknown_version"
    found = any(VALUES[segment[0]] == _VERSION for segment in others)
    return "core_not_first" if found else "core_missing"


def _core(reader: BitReader) -> TcString:
    # Arguments are evaluated in their order, which is the order of the fields on the wire.
    return TcString(
        version=reader.read(6),
        created=reader.read(36),
        updated=reader.read(36),
        cmp_id=reader.read(12),
        cmp_version=reader.read(12),
        consent_screen=reader.read(6),
        consent_language=reader.letters(),
        vendor_list_version=reader.read(12),
        policy_version=reader.read(6),
        service_specific=reader.flag(),
        non_standard_texts=reader.flag(),
        special_features=reader.members(12),
        purpose_consents=reader.members(24),
        purpose_interests=reader.members(24),
        purpose_one_treatment=reader.flag(),
        publisher_country=reader.letters(),
        vendor_consents=_vendors(reader),
        vendor_interests=_vendors(reader),
        restrictions=_restrictions(reader),
        disclosed=None,
        allowed=None,
        publisher=None,
    )


def _vendors(reader: BitReader) -> IdSet:
    return _united(_vendor_section(reader)) or 0


def _vendor_section(reader: BitReader) -> IdSet | list[IdRange]:
    """Returns a bit field as a set, and ranges as they came: a segment that is repeated needs no set."""
    highest = reader.read(16)
    return reader.ranges(reader.read(12)) if reader.flag() else reader.members(highest)


def _united(section: IdSet | list[IdRange] | None) -> IdSet | None:
    return of_ranges(section) if isinstance(section, list) else section


def _restrictions(reader: BitReader) -> tuple[Restriction, ...]:
    merged: dict[tuple[int, int], list[IdRange]] = {}
    for _ in range(reader.read(12)):
        head = reader.read(20)
        purpose, kind = head >> 14, head >> 12 & 3
        if purpose == 0:
            raise reader.refuse("restriction_purpose_zero")
        ranges = reader.ranges(head & 0xFFF)
        if ranges and kind != UNDEFINED_RESTRICTION:
            merged.setdefault((purpose, kind), []).extend(ranges)
    return tuple(Restriction(*key, of_ranges(merged[key])) for key in sorted(merged))


def read_publisher(reader: BitReader) -> PublisherTc:
    """Returns the publisher segment that `reader` holds, behind its type. Canada's strings have the same."""
    consents, interests, count = reader.members(24), reader.members(24), reader.read(6)
    return PublisherTc(consents, interests, count, reader.members(count), reader.members(count))
