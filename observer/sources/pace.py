"""How many events a second a source may send."""

from math import ceil


class Pace:
    """A token bucket for each source. What a request holds is known only once it is judged, so a bucket may go
    into debt by the requests in hand, and the next ones wait until it is paid."""

    def __init__(self, events_per_second: float = 0.0) -> None:
        self._rate = events_per_second
        self._buckets: dict[str, tuple[float, float]] = {}

    def wait(self, source: str, now: float) -> int:
        """Returns the seconds that a sender must wait, rounded up; 0 when it may send now, or without a limit."""
        if self._rate <= 0:
            return 0
        tokens = self._tokens(source, now)
        return 0 if tokens >= 0 else ceil(-tokens / self._rate)

    def spend(self, source: str, events: int, now: float) -> None:
        """Takes the tokens of the events that a request held."""
        if self._rate > 0:
            self._buckets[source] = (self._tokens(source, now) - events, now)

    def _tokens(self, source: str, now: float) -> float:
        tokens, at = self._buckets.get(source, (self._rate, now))
        return min(self._rate, tokens + max(0.0, now - at) * self._rate)
