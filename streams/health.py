"""Whether a partition is being kept up with, as Burrow tells it: from a window of what was committed, without a limit
that somebody would have to choose.

Source: the rules of Burrow (LinkedIn), "Consumer Lag Evaluation Rules", in our own words.
"""

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise
from typing import Final, NamedTuple

WINDOW: Final = 10
"""Samples that are looked at."""


class Status(StrEnum):
    """OK: kept up with. WARN: advances, and falls behind all the same. STALL: is committed, and does not advance.
    STOP: is committed no more. REWIND: went back."""

    OK = "ok"
    WARN = "warn"
    STALL = "stall"
    STOP = "stop"
    REWIND = "rewind"


class Sample(NamedTuple):
    """What one commit came to. offset: behind the last record that was judged; lag: records then left; time: when."""

    offset: int
    lag: int
    time: float


def status(window: Sequence[Sample], now: float, lag: int) -> Status:
    """Returns how a partition is. window: the last samples, oldest first, none of them without meaning OK: nothing was
    seen that would say otherwise. lag: records left now."""
    if not window or lag == 0:
        return Status.OK
    if any(later.offset < earlier.offset for earlier, later in pairwise(window)):
        return Status.REWIND
    first, last = window[0], window[-1]
    # Longer silent than the whole window took: whatever the pace was, it is no longer kept.
    if len(window) > 1 and now - last.time > last.time - first.time:
        return Status.STOP
    if any(sample.lag == 0 for sample in window) or len(window) < WINDOW:
        return Status.OK
    behind = all(later.lag >= earlier.lag for earlier, later in pairwise(window))
    if first.offset == last.offset:
        return Status.STALL if behind else Status.OK
    return Status.WARN if behind else Status.OK
