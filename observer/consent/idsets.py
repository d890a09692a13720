"""Sets of ids from 1 to 65535 as bit masks: id n is bit n of one integer.

Membership, union and intersection are single operations, and a set costs what its highest id costs.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias

IdSet: TypeAlias = int
IdRange: TypeAlias = tuple[int, int]
"""First and last id, both inside."""

_RUN: Final = re.compile("1+")
_ALL_ONES: Final = b"\xff" * 8192


def of_ids(ids: Iterable[int]) -> IdSet:
    """Returns the set that holds `ids`."""
    mask = 0
    for number in ids:
        mask |= 1 << number
    return mask


def of_ranges(ranges: Sequence[IdRange]) -> IdSet:
    """Returns the union of `ranges`, which may overlap and come in any order.

    Works in a byte array of the highest id's size, and on ranges that were joined before, so that thousands of wide
    ranges stay cheap: a union of shifted masks would copy the whole mask once for each of them.
    """
    if len(ranges) < 2:
        return sum((1 << end + 1) - (1 << start) for start, end in ranges)
    joined = _joined(sorted(ranges))
    field = bytearray((joined[-1][1] >> 3) + 1)
    for start, end in joined:
        first, last = start >> 3, end >> 3
        if first == last:
            field[first] |= (2 << (end & 7)) - (1 << (start & 7))
        else:
            field[first] |= 0xFF << (start & 7) & 0xFF
            field[first + 1 : last] = _ALL_ONES[: last - first - 1]
            field[last] |= (2 << (end & 7)) - 1
    return int.from_bytes(field, "little")


def _joined(ranges: list[IdRange]) -> list[IdRange]:
    """Returns sorted ranges (at least one) without overlaps, still ascending."""
    joined = []
    start, last = ranges[0]
    for first, end in ranges:
        if first > last:
            joined.append((start, last))
            start, last = first, end
        elif end > last:
            last = end
    joined.append((start, last))
    return joined


def to_ranges(ids: IdSet) -> list[IdRange]:
    """Returns the set as its shortest list of ranges, ascending."""
    if not ids:
        return []
    lowest = (ids & -ids).bit_length() - 1
    digits = format(ids >> lowest, "b")[::-1]
    return [(lowest + run.start(), lowest + run.end() - 1) for run in _RUN.finditer(digits)]


def to_ids(ids: IdSet) -> list[int]:
    """Returns the set's ids, ascending."""
    return [number for start, end in to_ranges(ids) for number in range(start, end + 1)]
