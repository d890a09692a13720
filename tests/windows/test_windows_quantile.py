"""Quantiles are estimated within their bucket, and say so when they lie beyond the last bound."""

import pytest

from observer.model import LATENCY_BUCKETS
from observer.windows.quantile import NO_DURATIONS, Estimate, durations, estimate, together

BOUNDS = (1.0, 2.0, 4.0)

CASES = {
    "an empty histogram has none": ([0, 0, 0, 0], 0.5, None),
    "half of the first bucket": ([10, 0, 0, 0], 0.5, Estimate(0.5)),
    "interpolated in a later bucket": ([5, 0, 5, 0], 0.75, Estimate(3.0)),
    "on the edge it belongs to the lower bucket": ([5, 5, 0, 0], 0.5, Estimate(1.0)),
    "an empty bucket before it is passed over": ([0, 0, 4, 0], 0.0, Estimate(2.0)),
    "above every bound": ([1, 0, 0, 9], 0.95, Estimate(4.0, beyond=True)),
    "all of it": ([1, 1, 2, 0], 1.0, Estimate(4.0)),
}


@pytest.mark.parametrize(("counts", "rank", "expected"), CASES.values(), ids=CASES)
def test_estimate(counts: list[float], rank: float, expected: Estimate | None) -> None:
    assert estimate(counts, BOUNDS, rank) == expected


def test_a_histogram_is_read_from_its_measures_and_leaves_others_alone() -> None:
    rollup = {
        "latency/end_to_end/0": 3.0, "latency/end_to_end/14": 1.0, "latency_sum/end_to_end": 100_000.5,
        "latency/created_to_sent/0": 9.0, "skew/ahead/0": 7.0,
    }  # fmt: skip
    found = durations(rollup, "latency/end_to_end")
    assert found.number == 4
    assert found.mean == 100_000.5 / 4
    assert found.quantile(0.95) == Estimate(LATENCY_BUCKETS[-1], beyond=True)
    assert durations({}, "latency/end_to_end") == NO_DURATIONS
    assert NO_DURATIONS.mean is None


def test_histograms_together_hold_what_each_holds() -> None:
    one = durations({"skew/ahead/1": 2.0, "skew_sum/ahead": 0.4}, "skew/ahead")
    other = durations({"skew/ahead/1": 1.0, "skew/ahead/2": 1.0, "skew_sum/ahead": 0.6}, "skew/ahead")
    both = together([one, other])
    assert both.counts[1:3] == (3.0, 1.0)
    assert both.total == pytest.approx(1.0)
    assert together([]) == NO_DURATIONS
