"""Drift is remembered: when it was first and last seen, in which share of the events, in bounded rows."""

from collections.abc import Iterator

import pytest
from any_store import KINDS, opened

from observer.model import Rollup, RollupKey
from observer.store import Reader, Store
from observer.store.drift import KEPT, MOST_ROWS
from observer.windows.drift_readings import DriftRow

PROPERTY = "property/web-shop/9c1d2e3f4a5b/string/$.products[*]"


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    with opened(request) as one:
        yield one


def add(store: Store, minute: int, rollup: Rollup, contract: str = "order-completed") -> None:
    rollups: dict[RollupKey, Rollup] = {("drift", contract, minute): rollup}
    store.add(rollups, [], {}, minute * 60.0)


def drift(store: Store) -> tuple[DriftRow, ...]:
    return Reader(store.database).readings(0, 1e12, 60).drift


def test_first_and_last_seen_and_the_share_since(store: Store) -> None:
    add(store, 10, {"sampled/web-shop": 100})
    add(store, 20, {"sampled/web-shop": 10, PROPERTY: 4})
    add(store, 15, {"sampled/web-shop": 10, PROPERTY: 1})
    add(store, 30, {"sampled/web-shop": 20})
    (row,) = drift(store)
    assert row[:6] == ("order-completed", "web-shop", "property", "9c1d2e3f4a5b", "string", "$.products[*]")
    assert (row.first, row.last, row.events, row.sampled) == (900, 1200, 5, 40)


def test_it_is_no_window_and_costs_no_window_rows(store: Store) -> None:
    add(store, 10, {"sampled/web-shop": 1, PROPERTY: 1})
    assert Reader(store.database).readings(0, 1e12, 60).measures == {}


def test_rows_are_bounded_and_what_is_beyond_is_one(store: Store) -> None:
    for start in range(0, MOST_ROWS + 50, 50):
        add(
            store,
            1,
            {f"event/web-shop/{number:012x}/-/": 1.0 for number in range(start, start + 50)},
            "_none",
        )
    rows = drift(store)
    assert len(rows) == MOST_ROWS + 1
    assert [row.events for row in rows if row.name == "_other"] == [50]


def test_a_path_may_hold_a_slash(store: Store) -> None:
    add(store, 1, {"type/web-shop/-/string/$['a/b']": 1.0})
    assert drift(store)[0].path == "$['a/b']"


def test_what_was_not_seen_for_long_is_forgotten(store: Store) -> None:
    add(store, 1, {PROPERTY: 1.0})
    store.compact(KEPT)
    assert drift(store)
    store.compact(KEPT + 61.0)
    assert not drift(store)
