"""Quantiles estimated from bucket counts, as Prometheus's histogram_quantile does, so both show one number."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from observer.model import LATENCY_BUCKETS, Rollup


class Estimate(NamedTuple):
    """A duration in seconds, interpolated within its bucket. beyond: it lies above `seconds`, the last bound."""

    seconds: float
    beyond: bool = False


class Durations(NamedTuple):
    """Additive parts of a histogram: counts by bucket of model.LATENCY_BUCKETS (the last is above every bound)
    and the sum in seconds."""

    counts: tuple[float, ...]
    total: float

    @property
    def number(self) -> int:
        """How many durations there are."""
        return round(sum(self.counts))

    @property
    def mean(self) -> float | None:
        """The mean in seconds, exact; None where there is none."""
        return self.total / self.number if self.number else None

    def quantile(self, rank: float) -> Estimate | None:
        """Returns the estimated duration below which the share `rank` (0 to 1) lies; None where there is none."""
        return estimate(self.counts, LATENCY_BUCKETS, rank)


NO_DURATIONS = Durations((0.0,) * (len(LATENCY_BUCKETS) + 1), 0.0)


def durations(rollup: Rollup, name: str) -> Durations:
    """Returns the histogram `name` of a rollup: its measures `<kind>/<rest>/<bucket>` and `<kind>_sum/<rest>`,
    where name is `<kind>/<rest>`, as `latency/end_to_end`."""
    kind, _, rest = name.partition("/")
    counts = tuple(rollup.get(f"{name}/{bucket}", 0.0) for bucket in range(len(LATENCY_BUCKETS) + 1))
    return Durations(counts, rollup.get(f"{kind}_sum/{rest}", 0.0))


def together(parts: Sequence[Durations]) -> Durations:
    """Returns the histogram of all durations in `parts`."""
    columns = zip(*(part.counts for part in (NO_DURATIONS, *parts)), strict=True)
    return Durations(tuple(sum(column) for column in columns), sum(part.total for part in parts))


def estimate(counts: Sequence[float], bounds: Sequence[float], rank: float) -> Estimate | None:
    """Returns the quantile `rank` (0 to 1) of a histogram, or None where it is empty.

    counts: one for each upper bound, then one above the last; spread evenly within their bucket, the first
    of which begins at 0.
    """
    wanted = rank * sum(counts)
    if not any(counts):
        return None
    below = 0.0
    for (lower, upper), count in zip(pairwise((0.0, *bounds)), counts[:-1], strict=True):
        if count and below + count >= wanted:
            return Estimate(lower + (upper - lower) * (wanted - below) / count)
        below += count
    return Estimate(bounds[-1], beyond=True)
