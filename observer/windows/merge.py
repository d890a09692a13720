"""Rollups merged and rolled up. Everything is a sum, so order and grouping cannot change what comes out."""

from collections.abc import Mapping
from enum import IntEnum
from typing import TypeAlias

from observer.model import Rollup, RollupKey

WindowKey: TypeAlias = tuple[str, str, int]
"""(family, key, start): start is the first second of the window, since the epoch."""


class Resolution(IntEnum):
    """How long a window is, in seconds. Each divides the next; all begin at the epoch, in UTC."""

    MINUTE = 60
    HOUR = 3600
    DAY = 86400


def merge(into: dict[tuple[str, str, int], Rollup], rollups: Mapping[tuple[str, str, int], Rollup]) -> None:
    """Adds every measure of `rollups` to `into`, which alone is changed and shares nothing with `rollups`.

    Commutative and associative: exactly for counts below 2**53, to rounding for sums of seconds.
    """
    for key, rollup in rollups.items():
        held = into.get(key)
        if held is None:
            into[key] = dict(rollup)
            continue
        for measure, value in rollup.items():
            held[measure] = held.get(measure, 0.0) + value


def minute_windows(rollups: Mapping[RollupKey, Rollup]) -> dict[WindowKey, Rollup]:
    """Returns the rollups of chunks as windows of one minute, keyed by their first second."""
    return {
        (family, key, minute * Resolution.MINUTE): dict(rollup)
        for (family, key, minute), rollup in rollups.items()
    }


def roll_up(windows: Mapping[WindowKey, Rollup], to: Resolution) -> dict[WindowKey, Rollup]:
    """Returns `windows` merged into windows of the longer resolution `to`. No measure's sum changes."""
    rolled: dict[WindowKey, Rollup] = {}
    for (family, key, start), rollup in windows.items():
        merge(rolled, {(family, key, start // to * to): rollup})
    return rolled
