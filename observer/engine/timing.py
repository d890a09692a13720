"""Time inside one event: latency by the same clock, the device's offset apart from it.

created and sent are told by the device's clock, received and observed by servers' clocks. A stage lies between
two moments of one clock; `end_to_end` is the sum of such stages; received − sent mixes two clocks, so it is
never latency but the device's offset (with the transit in it).
"""

from bisect import bisect_left
from typing import Final

from observer.model import LATENCY_BUCKETS, Event, Record, Stage

BUCKETS: Final = len(LATENCY_BUCKETS) + 1


def event_time(event: Event, record: Record, now: float) -> float:
    """Returns the event time: when a server received it, else its record's own, else now; never the device's."""
    for moment in (record.received, event.received, record.timestamp):
        if moment is not None:
            return moment
    return now


class Span:
    """Durations of one kind: counts by bucket, their sum, and how many would have been negative."""

    __slots__ = ("counts", "disorder", "total")

    def __init__(self) -> None:
        self.counts = [0] * BUCKETS
        self.total = 0.0
        self.disorder = 0

    def add(self, seconds: float) -> float | None:
        """Counts a duration and returns it; a negative one is counted as disorder alone, and None."""
        if seconds < 0:
            self.disorder += 1
            return None
        self.counts[bisect_left(LATENCY_BUCKETS, seconds)] += 1
        self.total += seconds
        return seconds


class Minute:
    """The durations of the events of one minute."""

    __slots__ = ("ahead", "behind", "created_to_sent", "end_to_end", "received_to_observed", "skewed")

    def __init__(self) -> None:
        self.created_to_sent = Span()
        self.received_to_observed = Span()
        self.end_to_end = Span()
        self.ahead = Span()
        self.behind = Span()
        self.skewed = {"ahead": 0, "behind": 0}

    def stages(self) -> tuple[tuple[Stage, Span], ...]:
        """Returns each stage with its durations."""
        return (
            ("created_to_sent", self.created_to_sent),
            ("received_to_observed", self.received_to_observed),
            ("end_to_end", self.end_to_end),
        )

    def offsets(self) -> tuple[tuple[str, Span], ...]:
        """Returns the sizes of the device's offset by direction."""
        return (("ahead", self.ahead), ("behind", self.behind))


class Timing:
    """The latencies and offsets of a chunk, by minute: additive."""

    __slots__ = ("_at", "_minute", "_tolerance", "minutes")

    def __init__(self, tolerance: float) -> None:
        self._tolerance = tolerance
        self.minutes: dict[int, Minute] = {}
        self._at = -1
        self._minute = Minute()

    def add(self, event: Event, received: float | None, now: float, minute: int) -> float | None:
        """Counts the event's stages. Returns end_to_end in seconds, or None where a part of it is unknown."""
        if minute != self._at:
            self._at = minute
            self._minute = self.minutes.setdefault(minute, Minute())
        held, sent = self._minute, event.sent
        on_device = None
        if sent is not None and event.created is not None:
            on_device = held.created_to_sent.add(sent - event.created)
        if received is None:
            return None
        if sent is not None:
            offset = received - sent
            if offset >= 0:
                held.behind.add(offset)
                if offset > self._tolerance:
                    held.skewed["behind"] += 1
            else:
                held.ahead.add(-offset)
                if -offset > self._tolerance:
                    held.skewed["ahead"] += 1
        at_server = held.received_to_observed.add(now - received)
        if on_device is None or at_server is None:
            return None
        return held.end_to_end.add(on_device + at_server)
