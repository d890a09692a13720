"""Units of time in a contract."""

from collections.abc import Mapping
from typing import Final

SECONDS: Final[Mapping[str, float]] = {
    **dict.fromkeys(("ms", "millisecond", "milliseconds"), 0.001),
    **dict.fromkeys(("s", "sec", "second", "seconds"), 1.0),
    **dict.fromkeys(("m", "min", "minute", "minutes"), 60.0),
    **dict.fromkeys(("h", "hour", "hours"), 3600.0),
    **dict.fromkeys(("d", "day", "days"), 86_400.0),
}
"""unit → seconds."""


def seconds_of(value: object, unit: object) -> float | None:
    """Returns a positive duration in seconds, or None where `value` or `unit` makes none."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
        return None
    factor = SECONDS.get(unit.lower()) if isinstance(unit, str) else None
    return None if factor is None else value * factor
