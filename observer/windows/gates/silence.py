"""Silence within a window, to the minute: how long the longest was, and how much of the window was covered."""

from collections.abc import Iterable
from typing import Final, NamedTuple

_MINUTE: Final = 60


class Silence(NamedTuple):
    """One window. longest: seconds of the longest silence that lasted or ended in it, at least this long in truth;
    covered: share of its minutes by whose end an event had come within the time allowed; heard: end of the newest
    minute with an event, in the window or before it.
    """

    longest: float = 0.0
    covered: float = 1.0
    heard: int = 0


def silence(start: int, end: int, minutes: Iterable[int], heard: int, every: float) -> Silence:
    """Returns the silence of the window from `start` to `end`.

    minutes: first seconds of its minutes with an event; heard: end of the newest minute with an event before it, or
    from where it counts; every: seconds within which an event must come. An event lies somewhere in its minute, so a
    silence is counted from the end of one minute to the beginning of the next: no window is accused of a silence
    that was shorter in truth.
    """
    longest, covered, allowed = 0, 0, max(int(every // _MINUTE) * _MINUTE, _MINUTE)
    for minute in sorted(minutes):
        longest = max(longest, minute - heard)
        covered += _minutes(max(heard, start), min(heard + allowed, minute)) + 1
        heard = max(heard, minute + _MINUTE)
    longest = max(longest, end - heard)
    covered += _minutes(max(heard, start), min(heard + allowed, end))
    return Silence(float(longest), covered / ((end - start) // _MINUTE), heard)


def _minutes(since: int, until: int) -> int:
    return max(0, (until - since) // _MINUTE)
