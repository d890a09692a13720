"""Proof rows are kept from the first day to the last, forgotten in time, and bounded: in every kind of store."""

from collections.abc import Iterator

import pytest
from any_store import KINDS, opened

from observer.engine.proofs import FAMILY
from observer.model import Rollup, RollupKey
from observer.store import ProofRow, Reader, Retention, Store

DAY = 86_400
TODAY = 20_779
NOW = TODAY * DAY + 36_000.0


def seen(day: int, token: str = "a:11", source: str = "app", events: float = 1) -> dict[RollupKey, Rollup]:
    measures = {f"{source}/events": events, f"{source}/decision/criteo/allowed/consent": events}
    return {(FAMILY, token, day * 1_440): measures}


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    with opened(request) as one:
        yield one


def rows(store: Store, *tokens: str) -> tuple[ProofRow, ...]:
    return Reader(store.database).proofs(tokens or ("a:11",))


def test_first_and_last_day_stay_and_events_are_summed(store: Store) -> None:
    for day in (TODAY - 3, TODAY, TODAY - 9):
        store.add(seen(day, events=2), [], {}, NOW)
    assert rows(store) == (
        ProofRow("a:11", "app", "decision/criteo/allowed/consent", TODAY - 9, TODAY, 6),
        ProofRow("a:11", "app", "events", TODAY - 9, TODAY, 6),
    )
    assert rows(store, "a:12") == ()


def test_proofs_are_no_windows(store: Store) -> None:
    """The page's readings grow by none of them, and no compaction touches them."""
    store.add(seen(TODAY) | {("source", "app", TODAY * 1_440): {"received": 1.0}}, [], {}, NOW)
    store.compact(NOW + 100 * DAY)
    readings = Reader(store.database).readings(0, 1e12, DAY)
    assert set(readings.measures) == {("source", "app")}
    assert len(rows(store)) == 2


def test_what_was_last_seen_too_long_ago_is_forgotten(store: Store) -> None:
    store.retention = Retention(proofs=10 * DAY)
    store.add(seen(TODAY - 11, "a:11") | seen(TODAY - 10, "a:12") | seen(TODAY, "a:13"), [], {}, NOW)
    store.compact(NOW)
    assert {row.token for row in rows(store, "a:11", "a:12", "a:13")} == {"a:12", "a:13"}
    store.compact(NOW + DAY)
    assert {row.token for row in rows(store, "a:11", "a:12", "a:13")} == {"a:13"}
    store.add(seen(TODAY + 1, "a:13"), [], {}, NOW)
    store.compact(NOW + 10 * DAY)
    assert {row.token for row in rows(store, "a:13")} == {"a:13"}, "seen again, it stays"


def test_beyond_the_most_rows_the_longest_unseen_go_first(store: Store) -> None:
    store.retention = Retention(proof_rows=4)
    for number in range(5):
        store.add(seen(TODAY - number, f"a:{number}"), [], {}, NOW)
    store.compact(NOW)
    tokens = [f"a:{number}" for number in range(5)]
    assert {row.token for row in rows(store, *tokens)} == {"a:0", "a:1"}
