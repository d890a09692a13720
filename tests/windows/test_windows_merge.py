"""Rollups add up: in any order, in any grouping, at any resolution."""

import copy

from hypothesis import given
from hypothesis import strategies as st

from observer.model import Rollup, RollupKey
from observer.windows.merge import Resolution, WindowKey, merge, minute_windows, roll_up

KEYS = st.tuples(st.sampled_from(["source", "tool"]), st.sampled_from(["a", "b"]), st.integers(0, 4000))
ROLLUPS = st.dictionaries(
    KEYS,
    st.dictionaries(
        st.sampled_from(["received", "verdict/valid"]), st.integers(0, 2**40).map(float), max_size=2
    ),
    max_size=6,
)


def merged(*parts: dict[RollupKey, Rollup]) -> dict[RollupKey, Rollup]:
    whole: dict[RollupKey, Rollup] = {}
    for part in parts:
        merge(whole, part)
    return whole


def total(rollups: dict[WindowKey, Rollup]) -> dict[tuple[str, str, str], float]:
    sums: dict[tuple[str, str, str], float] = {}
    for (family, key, _), rollup in rollups.items():
        for measure, value in rollup.items():
            sums[family, key, measure] = sums.get((family, key, measure), 0.0) + value
    return sums


@given(ROLLUPS, ROLLUPS)
def test_merging_is_commutative(one: dict[RollupKey, Rollup], other: dict[RollupKey, Rollup]) -> None:
    assert merged(one, other) == merged(other, one)


@given(ROLLUPS, ROLLUPS, ROLLUPS)
def test_merging_is_associative(
    one: dict[RollupKey, Rollup], two: dict[RollupKey, Rollup], three: dict[RollupKey, Rollup]
) -> None:
    assert merged(merged(one, two), three) == merged(one, merged(two, three))


@given(ROLLUPS, ROLLUPS)
def test_merging_adds_every_measure_and_leaves_what_it_reads_alone(
    one: dict[RollupKey, Rollup], other: dict[RollupKey, Rollup]
) -> None:
    before = copy.deepcopy((one, other))
    whole = merged(one, other, other)
    assert (one, other) == before
    expected = total(one)
    for _ in range(2):
        for subject, value in total(other).items():
            expected[subject] = expected.get(subject, 0.0) + value
    assert total(whole) == expected


@given(ROLLUPS)
def test_rolling_up_changes_no_sum_and_hours_make_the_same_days_as_minutes(
    rollups: dict[RollupKey, Rollup],
) -> None:
    minutes = minute_windows(rollups)
    hours = roll_up(minutes, Resolution.HOUR)
    days = roll_up(hours, Resolution.DAY)
    assert total(minutes) == total(hours) == total(days)
    assert days == roll_up(minutes, Resolution.DAY)
    assert {start % Resolution.HOUR for _, _, start in hours} <= {0}


def test_a_window_is_named_for_its_first_second() -> None:
    rollups: dict[RollupKey, Rollup] = {
        ("source", "app", 61): {"received": 2.0},
        ("source", "app", 119): {"received": 3.0},
    }
    minutes = minute_windows(rollups)
    assert minutes == {("source", "app", 3660): {"received": 2.0}, ("source", "app", 7140): {"received": 3.0}}
    assert roll_up(minutes, Resolution.HOUR) == {("source", "app", 3600): {"received": 5.0}}
