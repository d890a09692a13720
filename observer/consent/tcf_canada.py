"""TC strings of the TCF in Canada, version 1: section 5 of a GPP string.

Source: IAB Tech Lab, "Global Privacy Platform", section `tcfcav1`. Sets of vendors are Fibonacci ranges, as the
specification says; encoders before 2026 wrote the plain ranges of the European string. A string is read as the
specification says, unless only the old reading of it is what an encoder would have written.
"""

from collections.abc import Callable
from typing import Final, NamedTuple, TypeVar

from observer.consent.bits import VALUES, BitReader, outside_alphabet
from observer.consent.fibonacci import FibonacciReader
from observer.consent.idsets import IdRange, IdSet, of_ranges
from observer.consent.malformed import malformed
from observer.consent.tcf import (
    MOST_SEGMENTS,
    UNDEFINED_RESTRICTION,
    PublisherTc,
    Restriction,
    read_publisher,
)
from observer.errors import SignalError

_VERSION: Final = 1
_CORE, _DISCLOSED, _PUBLISHER = 0, 1, 3
_MOST_RANGES: Final = 8_192
"""In one segment. A list has about a thousand vendors; without a bound a string could hold 30,000 ranges."""


class CanadaString(NamedTuple):
    """One decoded string. Sets hold ids as bits; `created` and `updated` are deciseconds since the epoch.

    restrictions: merged by purpose and type and sorted by both; none is empty;
    disclosed, publisher: None where the string lacks that segment.
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
    non_standard_texts: bool
    special_features: IdSet
    purposes_express: IdSet
    purposes_implied: IdSet
    vendors_express: IdSet
    vendors_implied: IdSet
    restrictions: tuple[Restriction, ...]
    disclosed: IdSet | None
    publisher: PublisherTc | None


def decode(text: str) -> CanadaString:
    """Returns the decoded string. Raises SignalError, with the reasons of observer.consent.tcf and of
    observer.consent.fibonacci."""
    segments = text.split(".")
    if len(segments) > MOST_SEGMENTS:
        raise malformed("tcf_canada", "too_many_segments")
    if not all(segments):
        raise malformed("tcf_canada", "empty_segment")
    if outside_alphabet("".join(segments)):
        raise malformed("tcf_canada", "bad_character")
    if VALUES[segments[0][0]] != _VERSION:
        raise malformed("tcf_canada", "unknown_version", "segments[0]")
    string = _either(_core, segments[0], 0)
    for index, segment in enumerate(segments[1:], 1):
        kind = VALUES[segment[0]] >> 3
        if kind == _CORE:
            raise malformed("tcf_canada", "core_twice", f"segments[{index}]")
        if kind == _DISCLOSED:
            string = string._replace(disclosed=_either(_disclosed, segment, index))
        elif kind == _PUBLISHER:
            reader = BitReader(segment, "tcf_canada", f"segments[{index}]")
            reader.read(3)
            string = string._replace(publisher=read_publisher(reader))
    return string


class _SetReader(FibonacciReader):
    """Reads sets of vendors, as the specification says or as old encoders wrote them.

    plain: whether an encoder would have written the sets so far in just this way.
    """

    __slots__ = ("_left", "_old", "plain")

    def __init__(self, segment: str, path: str, old: bool) -> None:
        super().__init__(segment, "tcf_canada", path)
        self._old = old
        self._left = _MOST_RANGES
        self.plain = True

    def vendors(self) -> IdSet:
        """Returns a set with its highest id in front, in ranges or as a bit field."""
        ids, ranges = self._with_highest()
        return ids | of_ranges(ranges)

    def restricted(self) -> tuple[IdSet, list[IdRange]]:
        """Returns the vendors of a publisher restriction, in two parts: old encoders wrote ranges alone."""
        return (0, self._ranges(None)) if self._old else self._with_highest()

    def _with_highest(self) -> tuple[IdSet, list[IdRange]]:
        highest = self.read(16)
        if self.flag():
            return 0, self._ranges(highest)
        ids = self.members(highest)
        self.plain &= ids.bit_length() == (highest + 1 if highest else 0)
        return ids, []

    def _ranges(self, highest: int | None) -> list[IdRange]:
        ranges = self.ranges(self.read(12)) if self._old else self.ascending(self._left)
        self._left -= len(ranges)
        if self._left < 0:
            raise self.refuse("too_many_ranges")
        # An encoder goes upwards, and names the end of the last range in front.
        self.plain &= highest is None or highest == (ranges[-1][1] if ranges else 0)
        return ranges


Read = TypeVar("Read")


def _either(read: Callable[[_SetReader], Read], segment: str, index: int) -> Read:
    """Returns the segment as the specification reads it, unless the old reading alone is plain."""
    path = f"segments[{index}]"
    reader = _SetReader(segment, path, old=False)
    try:
        found, refusal = read(reader), None
        if reader.plain:
            return found
    except SignalError as error:
        refusal = error
    reader = _SetReader(segment, path, old=True)
    try:
        old = read(reader)
    except SignalError:
        old = None
    if old is not None and reader.plain:
        return old
    if refusal is not None:
        raise refusal
    return found


def _core(reader: _SetReader) -> CanadaString:
    # Arguments are evaluated in their order, which is the order of the fields on the wire.
    return CanadaString(
        version=reader.read(6),
        created=reader.read(36),
        updated=reader.read(36),
        cmp_id=reader.read(12),
        cmp_version=reader.read(12),
        consent_screen=reader.read(6),
        consent_language=reader.letters(),
        vendor_list_version=reader.read(12),
        policy_version=reader.read(6),
        non_standard_texts=reader.flag(),
        special_features=reader.members(12),
        purposes_express=reader.members(24),
        purposes_implied=reader.members(24),
        vendors_express=reader.vendors(),
        vendors_implied=reader.vendors(),
        restrictions=_restrictions(reader),
        disclosed=None,
        publisher=None,
    )


def _restrictions(reader: _SetReader) -> tuple[Restriction, ...]:
    # The first strings of this version ended before them.
    if reader.left < 12:
        return ()
    # Merged before they become sets: thousands of sets of every vendor would cost more than the string is worth.
    merged: dict[tuple[int, int], tuple[IdSet, list[IdRange]]] = {}
    for _ in range(reader.read(12)):
        purpose, kind = reader.read(6), reader.read(2)
        if purpose == 0:
            raise reader.refuse("restriction_purpose_zero")
        ids, ranges = reader.restricted()
        before, known = merged.setdefault((purpose, kind), (0, []))
        known.extend(ranges)
        merged[purpose, kind] = before | ids, known
    found = (Restriction(*key, ids | of_ranges(ranges)) for key, (ids, ranges) in sorted(merged.items()))
    return tuple(one for one in found if one.vendors and one.type != UNDEFINED_RESTRICTION)


def _disclosed(reader: _SetReader) -> IdSet:
    reader.read(3)
    return reader.vendors()
