"""Moments as people type them."""

import re
from datetime import UTC, datetime
from typing import Final

from observer.errors import InputError, Problem
from observer.messages import Words

_DURATION: Final = re.compile(r"([0-9]{1,9})([smhdw])")
_SECONDS: Final = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}


def since(text: str, now: float) -> float:
    """Returns the moment that `24h` (before `now`) or an ISO 8601 date or time means, UTC unless it says otherwise.

    Raises InputError for anything else.
    """
    duration = _DURATION.fullmatch(text)
    if duration is not None:
        return now - int(duration[1]) * _SECONDS[duration[2]]
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        raise InputError(
            Problem("--since", Words("quarantine.expect_since"), Words("quarantine.got_another_word"))
        ) from None
