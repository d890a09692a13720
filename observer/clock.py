"""The time, as something that can be handed over. Only what drives the engine asks for it."""

import time
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> float:
        """Returns seconds since the epoch, UTC."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> float:
        """Returns seconds since the epoch, UTC. May step back when the machine's clock is set."""
        return time.time()


class ManualClock:
    """A clock that moves only when it is told to."""

    def __init__(self, now: float = 0.0) -> None:
        self._now = now

    def now(self) -> float:
        """Returns the time that was set."""
        return self._now

    def advance(self, seconds: float) -> None:
        """Moves the clock, back too: a machine's clock may be set."""
        self._now += seconds
