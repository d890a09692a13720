"""A search for the TC string of 16 kB that costs most to decode."""

import random
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Final, NamedTuple

from observer.consent.bits import ALPHABET
from observer.consent.tcf import LONGEST, MOST_SEGMENTS, decode
from observer.errors import SignalError

_HIGHEST: Final = 65_535
_UPDATED: Final = 20_759 * 864_000
_PURPOSES_AND_TYPES: Final = 189
_MOST_ENTRIES: Final = 4_095


class Shape(NamedTuple):
    """What a costly string is made of.

    vendors, wide_vendors: ranges of vendors with consent, and whether each spans nearly all vendors;
    restrictions, entries, wide_entries: how many, ranges in each, and whether they are wide;
    segments, segment_ranges: disclosed segments (the last wins) and ranges in each.
    """

    vendors: int = 0
    wide_vendors: bool = False
    restrictions: int = 1_462
    entries: int = 1
    wide_entries: bool = True
    segments: int = 0
    segment_ranges: int = 1


KNOWN: Final = (
    Shape(_MOST_ENTRIES, False, 0),
    Shape(2_800, True, 0),
    Shape(restrictions=_MOST_ENTRIES, entries=0),
    Shape(restrictions=1_800),
    Shape(restrictions=189, entries=14),
    Shape(155, False, 1_462, 1, True, 255, 1),
    Shape(restrictions=2_600, wide_entries=False),
    Shape(restrictions=0, segments=255, segment_ranges=12),
)
"""Where the search begins: each strains another part."""


def costliest(rounds: int, seed: int) -> tuple[str, float]:
    """Returns the string that took most CPU seconds to decode, and how many: the least of three tries each."""
    chance = random.Random(seed)
    best = max(((shape, *_cost(shape, seed)) for shape in KNOWN), key=lambda one: one[2])
    for _ in range(rounds):
        shape = _changed(best[0], chance)
        found = (shape, *_cost(shape, seed))
        if found[2] > best[2]:
            best = found
    text = best[1]
    return text, min(best[2], *(_seconds(text) for _ in range(5)))


def _changed(shape: Shape, chance: random.Random) -> Shape:
    field = chance.choice(Shape._fields)
    values = shape._asdict()
    if isinstance(values[field], bool):
        values[field] = not values[field]
    else:
        most = {"segments": MOST_SEGMENTS - 1, "entries": 40, "segment_ranges": 40}.get(field, _MOST_ENTRIES)
        changed = int(values[field] * chance.uniform(0.5, 2)) + chance.randint(-1, 1)
        values[field] = min(most, max(0, changed))
    return Shape(**values)


def _cost(shape: Shape, seed: int) -> tuple[str, float]:
    text = build(shape, seed)
    return text, min(_seconds(text) for _ in range(3))


def _seconds(text: str) -> float:
    start = time.process_time()
    with suppress(SignalError):
        decode(text)
    return time.process_time() - start


def build(shape: Shape, seed: int) -> str:
    """Returns a string of that shape, cut at the longest that is read."""
    chance = random.Random(seed)
    core = [
        _bits(2, 6), _bits(_UPDATED, 36), _bits(_UPDATED, 36), _bits(31, 12), "0" * 12, "0" * 6, "0" * 12,
        _bits(120, 12), _bits(5, 6), "10", "0" * 12, "1" * 48, "0", "0" * 12,
        _ranges(shape.vendors, shape.wide_vendors, chance), "0" * 17, _bits(shape.restrictions, 12),
    ]  # fmt: skip
    for number in range(shape.restrictions):
        purpose, kind = divmod(number * 37 % _PURPOSES_AND_TYPES, 3)
        core += [_bits(purpose + 1, 6), _bits(kind, 2), _entries(shape.entries, shape.wide_entries, chance)]
    segments = [_characters(core)]
    left = LONGEST - len(segments[0])
    for _ in range(shape.segments):
        segment = _characters(["001", _ranges(shape.segment_ranges, True, chance)])
        left -= 1 + len(segment)
        if left < 0:
            break
        segments.append(segment)
    return ".".join(segments)[:LONGEST]


def _ranges(count: int, wide: bool, chance: random.Random) -> str:
    return _bits(_HIGHEST, 16) + "1" + _entries(count, wide, chance)


def _entries(count: int, wide: bool, chance: random.Random) -> str:
    if wide:
        entries = (
            "1" + _bits(chance.randint(1, 9), 16) + _bits(_HIGHEST - chance.randint(0, 9), 16)
            for _ in range(count)
        )
    else:
        entries = ("0" + _bits(chance.randint(1, _HIGHEST), 16) for _ in range(count))
    return _bits(count, 12) + "".join(entries)


def _bits(value: int, count: int) -> str:
    return format(value, f"0{count}b")


def _characters(parts: Sequence[str]) -> str:
    digits = "".join(parts)
    digits += "0" * (-len(digits) % 6)
    return "".join(chr(ALPHABET[int(digits[start : start + 6], 2)]) for start in range(0, len(digits), 6))
