"""Moments as clients spell them. A moment without a time zone, and a number, are read as UTC."""

import math
import re
from datetime import UTC, datetime
from typing import Final

# `fromisoformat` takes digits alone for a date with an odd separator: a number in quotes would become a date.
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")

_UNITS: Final = ((1e11, 1.0), (1e14, 1e3), (1e17, 1e6), (1e20, 1e9))
"""Below the first number, an epoch counts seconds; then milliseconds, microseconds, nanoseconds."""


def from_text(text: str) -> datetime | None:
    """Returns the moment that an ISO 8601 text names, in its own zone or else UTC; None where it names none."""
    if _DATE.match(text) is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def from_epoch(number: float) -> datetime | None:
    """Returns the moment that a count since 1970 names, its unit told by its size; None beyond year 9999."""
    if not math.isfinite(number):
        return None
    for limit, unit in _UNITS:
        if abs(number) < limit:
            try:
                return datetime.fromtimestamp(number / unit, UTC)
            except (ValueError, OverflowError, OSError):
                return None
    return None


def seconds(moment: datetime | None) -> float | None:
    """Returns seconds since the epoch, or None where there is no moment."""
    return None if moment is None else moment.timestamp()
