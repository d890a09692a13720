"""Reads a period once for all who look at it at the same time."""

from threading import Lock
from typing import Final, NamedTuple

from observer.catalog import Catalog
from observer.web.view import PageView
from observer.windows.numbers import HOUR
from observer.windows.readings import Readings
from observer.windows.summary import PERIODS, Choice, Summary, summarise

LONGEST_FRESH: Final = 10.0


def fresh_for(period: str) -> float:
    """Returns for how many seconds a reading of a period serves: one for an hour and less, ten at most. A long
    period costs more to read and says less in a second."""
    return min(max(PERIODS[period].seconds / HOUR, 1.0), LONGEST_FRESH)


class _Held(NamedTuple):
    read: float
    readings: Readings


class Desk:
    """Holds at most one reading for each period that can be asked for. Safe to use from several threads."""

    def __init__(self, view: PageView) -> None:
        self._view = view
        self._held: dict[str, _Held] = {}
        self._turn = Lock()

    def summary(self, catalog: Catalog, choice: Choice) -> Summary:
        """Returns the summary of a choice, from a reading that is fresh enough. Raises StoreError."""
        now = self._view.now()
        return summarise(catalog, self._read(choice.period, now), choice, now, self._view.budgets())

    def _read(self, period: str, now: float) -> Readings:
        with self._turn:
            held = self._held.get(period)
            if held is None or not 0 <= now - held.read < fresh_for(period):
                seconds, step = PERIODS[period]
                held = self._held[period] = _Held(now, self._view.readings(now - seconds, now, step))
            return held.readings
