"""What is added is kept, once, whole or not at all, and no compaction changes a sum: in every kind of store."""

from collections.abc import Iterator

import pytest
from any_store import KINDS, emptied, opened
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from observer.errors import StoreError
from observer.model import Finding, Rollup, RollupKey, ViolationKind
from observer.store import Reader, Retention, Store, compaction
from observer.store.retention import FINDINGS_KEPT
from observer.windows.merge import Resolution, minute_windows, roll_up
from observer.windows.readings import LatestFinding

HOUR = 3600
DAY = 24 * HOUR
NOW = 1_795_000_000.0
MINUTE = int(NOW // 60)
FOREVER = (0.0, 1e12)


def rollup(
    minute: int, value: float = 1.0, key: str = "app", family: str = "source"
) -> dict[RollupKey, Rollup]:
    return {(family, key, minute): {"verdict/valid": value, "received": value + 1}}


def finding(number: int) -> LatestFinding:
    broken = Finding(ViolationKind.TYPE_MISMATCH, f"rule{number}", "$.a", "number", "string")
    return LatestFinding(NOW + number, "app", "order-completed", "invalid", broken)


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    with opened(request) as one:
        yield one


def reader(store: Store) -> Reader:
    return Reader(store.database)


def resolutions(store: Store) -> list[int]:
    with store.transaction() as cursor:
        rows = cursor.rows("SELECT DISTINCT resolution FROM window_measure ORDER BY 1")
    return [resolution for (resolution,) in rows]


def test_what_is_added_twice_is_summed(store: Store) -> None:
    for _ in range(2):
        store.add(rollup(MINUTE, 2.5), [], {}, NOW)
    assert reader(store).measures("source", *FOREVER) == {"app": {"verdict/valid": 5.0, "received": 7.0}}
    assert reader(store).measures("contract", *FOREVER) == {}


def test_only_windows_that_reach_into_the_period_count(store: Store) -> None:
    for minute in (MINUTE - 61, MINUTE - 60, MINUTE - 1, MINUTE + 1):
        store.add(rollup(minute), [], {}, NOW)
    found = reader(store).readings(NOW - HOUR, NOW, 60)
    assert found.measures == {("source", "app"): {"verdict/valid": 2.0, "received": 4.0}}
    assert found.since == (MINUTE - 60) * 60
    assert [(step.start, step.events, step.valid) for step in found.timeline] == [
        ((MINUTE - 60) * 60, 1.0, 1.0),
        ((MINUTE - 1) * 60, 1.0, 1.0),
    ]


def test_the_timeline_counts_verdicts_of_sources_by_step(store: Store) -> None:
    store.add(
        rollup(MINUTE - 70) | rollup(MINUTE - 80, 2.0) | rollup(MINUTE, 9.0, family="contract"), [], {}, NOW
    )
    store.add({("source", "web", MINUTE): {"verdict/invalid": 4.0, "verdict/valid": 1.0}}, [], {}, NOW)
    steps = reader(store).readings(NOW - DAY, NOW, HOUR).timeline
    assert [(step.source, step.events, step.valid) for step in steps] == [
        ("app", 3.0, 3.0),
        ("web", 5.0, 1.0),
    ]


def test_the_newest_event_time_is_kept_whatever_order_it_comes_in(store: Store) -> None:
    for age in (5.0, 2.5, 9.0):
        store.add({}, [], {("source", "app"): NOW - age}, NOW)
    found = reader(store).readings(NOW - 60, NOW, 60)
    assert found.last_seen == {("source", "app"): NOW - 2.5}
    assert found.written == NOW


def test_the_newest_findings_are_kept_and_no_more(store: Store) -> None:
    store.add({}, [finding(number) for number in range(10)], {}, NOW)
    store.add({}, (finding(number) for number in range(10, 10 + FINDINGS_KEPT)), {}, NOW)
    store.add({}, [finding(999)], {}, NOW)
    kept = reader(store).readings(NOW, NOW, 60).findings
    assert len(kept) == FINDINGS_KEPT
    assert kept[0] == finding(999)
    assert kept[-1] == finding(11)


ADDED = st.lists(
    st.tuples(st.integers(0, 60 * 24 * 30), st.sampled_from(["app", "web"]), st.integers(0, 1000)),
    max_size=12,
)
CLOCK = st.lists(st.integers(0, 40), max_size=4)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ADDED, CLOCK, ADDED)
def test_compaction_keeps_every_sum_whenever_it_runs_and_whatever_comes_late(
    store: Store,
    first: list[tuple[int, str, int]],
    days_later: list[int],
    late: list[tuple[int, str, int]],
) -> None:
    retention = Retention(minutes=3 * HOUR, hours=8 * DAY, days=10_000 * DAY)
    emptied(store)
    store.retention = retention
    expected: dict[str, float] = {}
    for _, key, value in first + late:
        expected[key] = expected.get(key, 0.0) + value
    for batch in (first, late):
        for minute, key, value in batch:
            store.add({("source", key, minute): {"received": float(value)}}, [], {}, 0.0)
        for days in sorted(days_later):
            store.compact(days * DAY)
    found = reader(store).measures("source", *FOREVER)
    assert {key: measures["received"] for key, measures in found.items()} == expected


def test_minutes_become_hours_and_hours_days_as_time_passes(store: Store) -> None:
    rollups: dict[RollupKey, Rollup] = {}
    for minute in range(MINUTE - 200, MINUTE):
        rollups |= rollup(minute, float(minute % 7))
    store.add(rollups, [], {}, NOW)
    before = reader(store).measures("source", *FOREVER)
    seen = []
    for clock in (NOW, NOW + 2 * HOUR, NOW + 5 * HOUR, NOW + 7 * DAY, NOW + 10 * DAY):
        store.compact(clock)
        seen.append(resolutions(store))
        assert reader(store).measures("source", *FOREVER) == before
    assert seen == [[60, 3600], [60, 3600], [3600], [3600], [86400]]
    with store.transaction() as cursor:
        days = cursor.rows("SELECT start, value FROM window_measure WHERE measure = 'received'")
    folded = roll_up(minute_windows(rollups), Resolution.DAY)
    assert dict(days) == {start: measures["received"] for (_, _, start), measures in folded.items()}


def test_an_hour_is_folded_only_when_all_of_it_is_past_retention(store: Store) -> None:
    hour = int(NOW // HOUR) * HOUR
    store.add(rollup(hour // 60) | rollup(hour // 60 + 59), [], {}, NOW)
    store.compact(hour + 3 * HOUR + 3599)
    assert resolutions(store) == [60]
    store.compact(hour + 4 * HOUR)
    assert resolutions(store) == [3600]


def test_what_comes_late_joins_the_hour_that_was_folded(store: Store) -> None:
    store.add(rollup(MINUTE), [], {}, NOW)
    store.compact(NOW + DAY)
    store.add(rollup(MINUTE, 4.0), [], {}, NOW)
    store.compact(NOW + DAY)
    assert resolutions(store) == [3600]
    assert reader(store).measures("source", *FOREVER)["app"]["verdict/valid"] == 5.0


def test_days_past_retention_are_forgotten_and_younger_ones_are_not(store: Store) -> None:
    midnight = int(NOW // DAY) * DAY
    store.add(rollup(midnight // 60) | rollup(midnight // 60 + 24 * 60, 7.0), [], {}, NOW)
    store.compact(midnight + 401 * DAY - 1)
    assert reader(store).measures("source", *FOREVER)["app"]["verdict/valid"] == 8.0
    store.compact(midnight + 401 * DAY)
    assert reader(store).measures("source", *FOREVER)["app"]["verdict/valid"] == 7.0


def test_the_period_says_from_where_it_covers_when_only_hours_are_left(store: Store) -> None:
    store.add(rollup(MINUTE - 24 * 60 - 5), [], {}, NOW)
    store.compact(NOW)
    found = reader(store).readings(NOW - DAY - 300, NOW, HOUR)
    assert found.since == (NOW - DAY - 300) // HOUR * HOUR
    assert found.measures


def test_a_value_that_is_no_number_is_refused_whole(store: Store) -> None:
    with pytest.raises(StoreError):
        store.add(rollup(MINUTE) | {("source", "app", 1): {"received": float("nan")}}, [], {}, NOW)
    assert reader(store).measures("source", *FOREVER) == {}


def test_a_compaction_that_fails_midway_changes_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.add(rollup(MINUTE, 5.0), [], {}, NOW)
    with monkeypatch.context() as patch:
        patch.setattr(
            compaction, "add_windows", lambda cursor, *_: cursor.execute("INSERT INTO meta VALUES (NULL, 1)")
        )
        with pytest.raises(StoreError):
            store.compact(NOW + DAY)
    assert resolutions(store) == [60]
    store.compact(NOW + DAY)
    assert resolutions(store) == [3600]
    assert reader(store).measures("source", *FOREVER)["app"]["verdict/valid"] == 5.0
