"""A fold is kept with the offsets that it covers, or not at all: in every kind of store."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from any_store import KINDS, opened

from observer.errors import FencedError, StoreError
from observer.model import Finding, Rollup, RollupKey, Verdict, ViolationKind
from observer.store import FoldBatch, LedgerRow, Position, Reader, Refusal, Store, Unreadable
from observer.store.batch import Refused
from observer.store.retention import UNREADABLE_KEPT
from observer.windows.merge import Resolution
from observer.windows.readings import LatestFinding

NOW = 1_795_000_000.0
HOUR = 3600
DAY = 86_400.0
FOUND = LatestFinding(
    NOW, "app", "order", "invalid", Finding(ViolationKind.TYPE_MISMATCH, "r", "$.a", "x", "y")
)
ROLLUPS: dict[RollupKey, Rollup] = {("source", "app", 1): {"received": 2.0}}
AT = Position(14, NOW - 1, NOW)


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    with opened(request) as one:
        yield one


def reader(store: Store) -> Reader:
    return Reader(store.database)


def chunk(first: int, next_: int, at: float = NOW, **others: Any) -> LedgerRow:
    verdicts = dict.fromkeys(Verdict, 0) | {Verdict.VALID: next_ - first}
    row = LedgerRow("shop", 0, first, next_, next_ - first, next_ - first, verdicts, "digest", "w", at)
    return row._replace(**others)


def batch(
    offsets: Mapping[tuple[str, int], tuple[int | None, int]],
    rollups: Mapping[RollupKey, Rollup] = ROLLUPS,
    ledger: tuple[LedgerRow, ...] = (),
    positions: Mapping[tuple[str, int, str], Position] = {},
    refusals: tuple[Refusal, ...] = (),
    unreadable: tuple[Unreadable, ...] = (),
) -> FoldBatch:
    return FoldBatch(
        rollups, {("source", "app"): NOW}, [FOUND], ledger, positions, refusals, unreadable, offsets
    )


def everything(store: Store) -> object:
    read = reader(store)
    whole = read.readings(0.0, 1e12, 60)
    return whole, read.folded(), read.ledger(), read.refusals(), read.unreadable()


def test_a_fold_is_kept_with_its_offsets(store: Store) -> None:
    store.fold(
        batch({("rollups", 0): (None, 7), ("ledger", 0): (None, 1)}, ledger=(chunk(10, 14),),
              positions={("shop", 0, "rollups/0"): AT, ("shop", 0, "ledger"): Position(14, None, NOW)}),
        NOW,
    )  # fmt: skip
    store.fold(batch({("rollups", 0): (7, 9)}), NOW + 1)
    read = reader(store).readings(0.0, 1e12, 60)
    assert read.measures == {("source", "app"): {"received": 4.0}}
    assert (read.last_seen, read.findings, read.written) == (
        {("source", "app"): NOW},
        (FOUND, FOUND),
        NOW + 1,
    )
    assert reader(store).ledger() == (chunk(10, 14),)
    folded = store.folded()
    assert folded.offsets == {("rollups", 0): 9, ("ledger", 0): 1}
    assert folded.positions == {("shop", 0, "rollups/0"): AT, ("shop", 0, "ledger"): Position(14, None, NOW)}


FENCED: dict[str, dict[tuple[str, int], tuple[int | None, int]]] = {
    "the store is further": {("rollups", 0): (5, 9)},
    "the store is not so far": {("rollups", 0): (8, 9)},
    "the store holds something where nothing was thought to be": {("rollups", 0): (None, 9)},
    "the store holds nothing where something was thought to be": {("rollups", 1): (3, 9)},
    "one of two partitions moved": {("ledger", 0): (None, 2), ("rollups", 0): (5, 9)},
}


@pytest.mark.parametrize("offsets", FENCED.values(), ids=FENCED)
def test_a_fold_from_elsewhere_is_refused_whole_when(
    store: Store, offsets: dict[tuple[str, int], tuple[int | None, int]]
) -> None:
    store.fold(batch({("rollups", 0): (None, 7)}), NOW)
    before = everything(store)
    with pytest.raises(FencedError, match="another offset"):
        store.fold(batch(offsets, ledger=(chunk(10, 14),), positions={("shop", 0, "ledger"): AT}), NOW + 1)
    assert everything(store) == before
    store.fold(batch({("rollups", 0): (7, 8)}), NOW + 1)


def test_a_fold_that_fails_late_leaves_its_offsets_where_they_were(store: Store) -> None:
    store.fold(batch({("ledger", 0): (None, 7)}, ledger=(chunk(10, 14),)), NOW)
    before = everything(store)
    for broken in (
        batch({("ledger", 0): (7, 9)}, ledger=(chunk(10, 12),)),
        batch({("ledger", 0): (7, 9)}, {("source", "app", 1): {"received": float("nan")}}),
    ):
        with pytest.raises(StoreError):
            store.fold(broken, NOW + 1)
        assert everything(store) == before
    store.fold(batch({("ledger", 0): (7, 9)}, ledger=(chunk(14, 16),)), NOW + 1)


def test_text_that_a_database_cannot_hold_is_replaced(store: Store) -> None:
    strange = FOUND._replace(
        source="a\0", finding=Finding(ViolationKind.TYPE_MISMATCH, "r\ud800", "$", "\0", "y")
    )
    store.add({("source", "a\0b\udfff", 1): {"x\0": 1.0}}, [strange], {("source", "a\0"): NOW}, NOW)
    store.fold(
        batch({("ledger", 0): (None, 1)}, ledger=(chunk(1, 2, topic="s\0"),), positions={("s\0", 0, "ledger"): AT},
              refusals=(refused(1, 2, topic="s\0"),)),
        NOW,
    )  # fmt: skip
    read = reader(store).readings(0.0, 1e12, 60)
    assert read.measures["source", "a\ufffdb\ufffd"] == {"x\ufffd": 1.0}
    assert ("source", "a\ufffd") in read.last_seen
    assert [found.finding.rule for found in read.findings] == ["r", "r\ufffd"]
    assert reader(store).ledger()[0].topic == reader(store).refusals()[0].topic == "s\ufffd"


def refused(
    first: int, next_: int, kind: Refused = "overlap", at: float = NOW, topic: str = "shop"
) -> Refusal:
    return Refusal(topic, 0, "rollups/0", kind, first, next_, at)


def test_ranges_that_were_refused_in_a_row_are_one(store: Store) -> None:
    ranges = (refused(0, 5), refused(5, 9), refused(20, 22), refused(9, 10, "hole"), refused(20, 21))
    store.fold(batch({("rollups", 0): (None, 1)}, refusals=ranges), NOW)
    store.fold(batch({("rollups", 0): (1, 2)}, refusals=(refused(9, 12, at=NOW + 1),)), NOW)
    assert set(reader(store).refusals()) == {
        refused(0, 12, at=NOW + 1)._replace(records=3), refused(20, 22)._replace(records=2), refused(9, 10, "hole"),
    }  # fmt: skip


def test_chunks_become_hours_and_hours_ranges_and_no_total_changes(store: Store) -> None:
    hour = NOW // HOUR * HOUR
    rows = (
        *(chunk(number, number + 2, hour + number) for number in range(0, 10, 2)),
        chunk(12, 13, hour + 60),
        chunk(13, 15, hour + 3599, digest="other"),
        chunk(15, 16, hour + HOUR),
        chunk(16, 18, hour + 2 * HOUR - 1),
        chunk(18, 19, hour + 2 * HOUR),
        chunk(0, 3, hour, topic="till"),
    )
    store.fold(batch({("ledger", 0): (None, 1)}, ledger=rows), NOW)
    store.compact(hour + 3 * HOUR - 1)
    assert reader(store).ledger() == rows
    hours = (
        chunk(0, 10, hour + 8, chunks=5, worker=""),
        chunk(12, 15, hour + 3599, chunks=2, digest="", worker=""),
        chunk(15, 18, hour + 2 * HOUR - 1, chunks=2, worker=""),
    )
    till = chunk(0, 3, hour, topic="till", worker="")
    for _ in range(2):
        store.compact(hour + 4 * HOUR)
        assert reader(store).ledger() == (*hours, rows[9], till)
    store.compact(hour + 40 * DAY)
    (first, second, last) = reader(store).ledger()
    assert first == hours[0]
    assert (second.first, second.next, second.events, second.chunks, second.digest) == (12, 19, 7, 5, "")
    assert last == till


def test_a_chunk_that_comes_late_joins_its_hour(store: Store) -> None:
    store.fold(batch({("ledger", 0): (None, 1)}, ledger=(chunk(0, 5), chunk(5, 6))), NOW)
    store.compact(NOW + DAY)
    store.fold(batch({("ledger", 0): (1, 2)}, ledger=(chunk(6, 9),)), NOW)
    store.compact(NOW + DAY)
    assert [(row.first, row.next, row.chunks) for row in reader(store).ledger()] == [(0, 9, 3)]


def test_refusals_and_what_nobody_wrote_are_forgotten_in_time(store: Store) -> None:
    many = tuple(Unreadable("rollups", 0, n, 3, b"\0\xff", NOW + n) for n in range(UNREADABLE_KEPT + 20))
    store.fold(batch({("rollups", 0): (None, 1)}, refusals=(refused(0, 5),), unreadable=many), NOW)
    store.fold(batch({("rollups", 0): (1, 2)}, unreadable=many[:3]), NOW)
    assert reader(store).unreadable() == many
    store.compact(NOW)
    assert reader(store).unreadable() == many[20:]
    assert reader(store).refusals() == (refused(0, 5),)
    store.compact(NOW + 401 * DAY)
    assert reader(store).refusals() == ()


def test_another_rooms_rows_are_kept_or_not_at_all(store: Store) -> None:
    with store.transaction() as cursor:
        cursor.execute("INSERT INTO meta (name, value) VALUES (?, ?)", ("other", 1.5))
    with pytest.raises(ZeroDivisionError), store.transaction() as cursor:
        cursor.execute("UPDATE meta SET value = 2.5 WHERE name = :name", {"name": "other"})
        _ = 1 / 0
    with store.database.snapshot() as cursor:
        assert cursor.row("SELECT value FROM meta WHERE name = 'other'") == (1.5,)
        with pytest.raises(Exception, match=r"(?i)read.?only"):
            cursor.execute("DELETE FROM meta")


def test_windows_are_read_by_resolution(store: Store) -> None:
    store.add(ROLLUPS, [], {}, NOW)
    assert reader(store).windows(Resolution.MINUTE) == {("source", "app", 60): {"received": 2.0}}
    assert reader(store).windows(Resolution.HOUR) == {}
