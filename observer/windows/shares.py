"""Parts of a whole, said honestly: what is shown adds up, and nothing that exists is shown as nothing."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

Part = TypeVar("Part", bound=Hashable)

WHOLE = 1000
"""Tenths of a percent in the whole."""


def ratio(part: float, whole: float) -> float | None:
    """Returns part ÷ whole from 0 to 1, or None where there is no whole."""
    return part / whole if whole else None


def tenths(parts: Mapping[Part, int], first: Part) -> dict[Part, int]:
    """Returns each part of the whole in tenths of a percent, adding up to 1000 (or all 0 of nothing).

    `first` is rounded on its own, to nearest, so that it equals the share shown elsewhere; what remains is
    handed to the others by largest remainder, ties in the order of `parts`.
    """
    whole = sum(parts.values())
    if not whole:
        return dict.fromkeys(parts, 0)
    shown = {first: _nearest(parts[first], whole)}
    others = {part: count for part, count in parts.items() if part != first}
    floors = {part: count * WHOLE // whole for part, count in others.items()}
    left = WHOLE - shown[first] - sum(floors.values())
    by_remainder = sorted(others, key=lambda part: -(others[part] * WHOLE % whole))
    for part in by_remainder[: max(left, 0)]:
        floors[part] += 1
    return {part: shown[part] if part == first else floors[part] for part in parts}


def nearest_tenths(part: float, whole: float) -> int:
    """Returns part of whole in tenths of a percent, to nearest; 0 of nothing."""
    return _nearest(round(part), round(whole)) if whole else 0


def _nearest(part: int, whole: int) -> int:
    return (2 * part * WHOLE + whole) // (2 * whole)
