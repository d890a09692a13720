"""What a running observer has counted, read back as its users do: from /metrics and from /api/summary."""

import re
import time
from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

from tests.running import RunningObserver

_SERIES = re.compile(r"^(\w+)(?:\{(.*)\})? (\S+)$")
_LABEL = re.compile(r'(\w+)="([^"]*)"')


class Series(NamedTuple):
    """One line of /metrics."""

    metric: str
    labels: Mapping[str, str]
    value: float


class Scrape:
    """One reading of /metrics."""

    def __init__(self, observer: RunningObserver) -> None:
        matches = map(_SERIES.match, observer.get("/metrics").splitlines())
        self._series = [
            Series(match[1], dict(_LABEL.findall(match[2] or "")), float(match[3]))
            for match in matches
            if match
        ]

    def by(self, metric: str, *labels: str, **where: str) -> Counter[tuple[str, ...]]:
        """Returns the sums of a counter by some of its labels, without those that are 0."""
        sums: Counter[tuple[str, ...]] = Counter()
        for series in self._series:
            if series.metric == metric and where.items() <= series.labels.items():
                sums[tuple(series.labels[label] for label in labels)] += int(series.value)
        return +sums

    def sum(self, metric: str, **where: str) -> int:
        """Returns the sum of a counter."""
        return self.by(metric, **where)[()]

    def verdicts(self, **where: str) -> dict[str, int]:
        """Returns the events by verdict, without those that are 0."""
        by = self.by("martech_events_total", "outcome", **where)
        return {outcome: number for (outcome,), number in by.items()}

    @property
    def conserved(self) -> bool:
        """Whether as many events have a verdict as were counted at the door."""
        return self.sum("martech_events_received_total") == self.sum("martech_events_total")


def summary_of(observer: RunningObserver, events: int) -> Any:
    """Returns the page's summary once it holds so many events; windows reach the store every second."""
    until = time.monotonic() + 15
    while (summary := observer.summary())["events"] != events and time.monotonic() < until:
        time.sleep(0.1)
    assert (summary["events"], summary["received"]) == (events, events)
    return summary
