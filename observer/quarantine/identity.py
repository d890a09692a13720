"""Names of kept events: short, unique for good, in the order of time."""

import secrets
from typing import Final

_LETTERS: Final = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: no letter that is read as another."""
LENGTH: Final = 16
_CHANCE_BITS: Final = 30
_TIME_BITS: Final = LENGTH * 5 - _CHANCE_BITS


class Identities:
    """Gives ids: milliseconds since the epoch, then chance. Within one process each is larger than the last."""

    def __init__(self) -> None:
        self._last = 0

    def next(self, at: float) -> str:
        """Returns the id of an event that was observed at the time `at`."""
        moment = _moment(at)
        number = moment << _CHANCE_BITS | secrets.randbits(_CHANCE_BITS - 1)
        if self._last >> _CHANCE_BITS >= moment:
            number = self._last + 1
        self._last = number
        return _text(number)


def earliest(at: float) -> str:
    """Returns the smallest id that an event observed at `at` can have: ids compare as their times do."""
    return _text(_moment(at) << _CHANCE_BITS)


def is_identity(text: str) -> bool:
    """Returns whether `text` has the shape of an id."""
    return len(text) == LENGTH and all(letter in _LETTERS for letter in text)


def _moment(at: float) -> int:
    return min(max(0, int(at * 1000)), (1 << _TIME_BITS) - 1)


def _text(number: int) -> str:
    return "".join(_LETTERS[number >> shift & 31] for shift in range((LENGTH - 1) * 5, -1, -5))
