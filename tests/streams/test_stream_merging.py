"""What the fold makes of records: each chunk once, what does not fit told and never merged, foreign bytes put aside."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from observer.model import Verdict
from observer.store import Folded, Position, Refusal
from observer.windows.merge import merge
from streams import merging
from streams.merging import GONE_SECONDS, HEAD_BYTES, Merging, Names, Read, after, watermark
from streams.records import FoldRecord, LedgerRecord, RollupRecord, WatermarkRecord, record_key

NOW = 1_795_000_000.0
NAMES = Names("martech.rollups", "martech.ledger")
NOTHING = Folded({}, {})
R0, L = "rollups/0", "ledger"


def rollup(first: int, next_: int, value: float = 1.0, key: str = "app") -> RollupRecord:
    return RollupRecord(
        topic="shop", partition=0, first=first, next=next_, family="source", key=key, newest=float(next_),
        minutes={1: {"received": value}},
    )  # fmt: skip


def mark(
    first: int, next_: int, time: float = NOW - 5, topic: str = "shop", at: float = NOW
) -> WatermarkRecord:
    return WatermarkRecord(topic=topic, partition=0, first=first, next=next_, watermark=time, at=at)


def ledger(first: int, next_: int) -> LedgerRecord:
    verdicts = dict.fromkeys(Verdict, 0) | {Verdict.VALID: next_ - first}
    return LedgerRecord(
        topic="shop", partition=0, first=first, next=next_, records=next_ - first, events=next_ - first,
        verdicts=verdicts, digest="d", worker="w", at=NOW,
    )  # fmt: skip


def read(record: FoldRecord, offset: int) -> Read:
    return Read(offset, record_key(record), msgspec.json.encode(record))


def merged(*records: FoldRecord, folded: Folded = NOTHING) -> Merging:
    one = Merging(NAMES, folded, NOW)
    for offset, record in enumerate(records):
        own = isinstance(record, LedgerRecord)
        one.add(NAMES.ledger if own else NAMES.rollups, 0, [read(record, offset)])
    return one


def at(next_: int, time: float | None = NOW - 5) -> Position:
    return Position(next_, time, NOW)


def refusal(reader: str, kind: str, first: int, next_: int, records: int = 1) -> Refusal:
    return Refusal("shop", 0, reader, kind, first, next_, NOW, records)  # type: ignore[arg-type]


CHUNK = (rollup(0, 5), rollup(0, 5, key="web"), mark(0, 5))
TILES = {
    "one chunk": ([*CHUNK], {"app": 1.0, "web": 1.0}, 5, []),
    "two that follow each other": ([*CHUNK, rollup(5, 7), mark(5, 7)], {"app": 2.0, "web": 1.0}, 7, []),
    "a chunk that comes twice": ([*CHUNK, *CHUNK], {"app": 1.0, "web": 1.0}, 5, [refusal(R0, "overlap", 0, 5, 3)]),
    "a chunk cut anew over one that was there": (
        [*CHUNK, rollup(3, 9), mark(3, 9)], {"app": 1.0, "web": 1.0}, 5, [refusal(R0, "overlap", 3, 9, 2)],
    ),
    "a chunk that is missing": (
        [*CHUNK, rollup(8, 9), mark(8, 9)], {"app": 2.0, "web": 1.0}, 9, [refusal(R0, "hole", 5, 8)],
    ),
    "a missing chunk that comes later all the same": (
        [*CHUNK, mark(8, 9), rollup(5, 8), mark(5, 8)], {"app": 1.0, "web": 1.0}, 9,
        [refusal(R0, "hole", 5, 8), refusal(R0, "overlap", 5, 8, 2)],
    ),
    "a chunk without anything": ([*CHUNK, mark(5, 6)], {"app": 1.0, "web": 1.0}, 6, []),
    "an idle partition": ([*CHUNK, mark(5, 5), mark(5, 5)], {"app": 1.0, "web": 1.0}, 5, []),
    "an idle partition behind control records": ([*CHUNK, mark(6, 6), mark(5, 8)], {"app": 1.0, "web": 1.0}, 8, []),
}  # fmt: skip


@pytest.mark.parametrize(("records", "sums", "next_", "refused"), TILES.values(), ids=TILES)
def test_each_chunk_counts_once(
    records: list[FoldRecord], sums: dict[str, float], next_: int, refused: list[Refusal]
) -> None:
    batch = merged(*records).batch()
    assert {key: measures["received"] for (_, key, _), measures in batch.rollups.items()} == sums
    assert batch.positions["shop", 0, R0].next == next_
    assert sorted(batch.refusals) == sorted(refused)
    assert batch.offsets == {(NAMES.rollups, 0): (None, len(records))}


@pytest.mark.parametrize(("records", "sums", "next_", "refused"), TILES.values(), ids=TILES)
def test_where_the_reading_was_interrupted_changes_nothing(
    records: list[FoldRecord], sums: dict[str, float], next_: int, refused: list[Refusal]
) -> None:
    """A Kafka transaction may be read in parts: what follows is told from what the store holds."""
    for cut in range(len(records) + 1):
        first = merged(*records[:cut]).batch()
        second = merged(*records[cut:], folded=after(NOTHING, first)).batch()
        whole = dict(first.rollups)
        merge(whole, second.rollups)
        assert {key: measures["received"] for (_, key, _), measures in whole.items()} == sums
        assert after(after(NOTHING, first), second).positions["shop", 0, R0].next == next_
        told: dict[tuple[str, int, int], int] = {}
        for one in (*first.refusals, *second.refusals):
            told[one.kind, one.first, one.next] = told.get((one.kind, one.first, one.next), 0) + one.records
        assert told == {(one.kind, one.first, one.next): one.records for one in refused}


def test_the_ledger_tiles_too() -> None:
    batch = merged(ledger(0, 5), ledger(5, 6), ledger(5, 6), ledger(9, 10)).batch()
    assert [(row.first, row.next, row.events) for row in batch.ledger] == [(0, 5, 5), (5, 6, 1), (9, 10, 1)]
    assert batch.positions == {("shop", 0, L): at(10, None)}
    assert set(batch.refusals) == {refusal(L, "overlap", 5, 6), refusal(L, "hole", 6, 9)}
    assert batch.offsets == {(NAMES.ledger, 0): (None, 4)}


def test_a_partition_begins_where_it_is_first_heard_of() -> None:
    assert merged(mark(400, 410), ledger(400, 410)).batch().refusals == []


def test_readers_do_not_know_of_each_other() -> None:
    """Each partition of the rollups topic hears of every chunk: one that lags is no hole."""
    folded = Folded({}, {("shop", 0, "rollups/1"): at(99), ("shop", 0, L): at(99, None)})
    assert merged(*CHUNK, folded=folded).batch().refusals == []


def test_offsets_follow_what_the_store_holds() -> None:
    folded = Folded({(NAMES.rollups, 0): 40, (NAMES.rollups, 1): 7}, {})
    one = Merging(NAMES, folded, NOW)
    one.add(NAMES.rollups, 0, [read(mark(0, 1), 44), read(mark(1, 2), 47)])
    assert one.batch().offsets == {(NAMES.rollups, 0): (40, 48)}


FOREIGN = {
    "no JSON": Read(3, b"k", b"\xff\x00"),
    "a tombstone": Read(3, b"k", None),
    "a record of a later version": Read(3, record_key(mark(0, 1)), msgspec.json.encode(mark(0, 1)).replace(b'"v":1', b'"v":7')),
    "a ledger record": read(ledger(0, 5), 3),
    "megabytes": Read(3, None, b"x" * 2_000_000),
}  # fmt: skip


@pytest.mark.parametrize("foreign", FOREIGN.values(), ids=FOREIGN)
def test_what_is_not_ours_is_put_aside_and_passed(foreign: Read) -> None:
    one = Merging(NAMES, NOTHING, NOW)
    one.add(NAMES.rollups, 2, [foreign, read(rollup(0, 5), 4), read(mark(0, 5), 5)])
    batch = one.batch()
    aside = batch.unreadable[0]
    assert len(batch.unreadable) == 1
    assert (aside.topic, aside.partition, aside.record) == (NAMES.rollups, 2, 3)
    assert (aside.size, aside.head) == (len(foreign.value or b""), (foreign.value or b"")[:HEAD_BYTES])
    assert batch.rollups == {("source", "app", 1): {"received": 1.0}}
    assert batch.offsets == {(NAMES.rollups, 2): (None, 6)}


def test_a_rollup_in_the_ledger_topic_is_not_merged() -> None:
    one = Merging(NAMES, NOTHING, NOW)
    one.add(NAMES.ledger, 0, [read(rollup(0, 5), 0), read(mark(0, 5), 1)])
    assert (one.batch().rollups, len(one.batch().unreadable)) == ({}, 2)


def test_a_watermark_never_goes_back_nor_ahead_of_the_clock_that_told_it() -> None:
    batch = merged(mark(0, 5, NOW - 5), mark(5, 6, NOW - 60), mark(6, 6, NOW - 9)).batch()
    assert batch.positions["shop", 0, R0] == at(6, NOW - 5)
    assert merged(mark(0, 5, NOW + 1e9)).batch().positions["shop", 0, R0] == at(5, NOW)


def test_the_watermark_of_all_is_that_of_the_slowest_once_all_have_spoken() -> None:
    positions = {
        ("shop", 0, "rollups/0"): at(1, 50.0), ("shop", 0, "rollups/1"): at(1, 40.0),
        ("till", 3, "rollups/0"): at(1, 30.0), ("shop", 0, L): at(1, None), ("shop", 0, "rollups/9"): at(1, 1.0),
    }  # fmt: skip
    assert watermark(Folded({}, positions), (0, 1)) == 30.0
    assert watermark(Folded({}, positions), (1,)) == 40.0
    assert watermark(Folded({}, positions), (0, 2)) is None
    assert watermark(NOTHING, ()) is None


def test_a_partition_that_is_not_read_any_more_holds_nobody_back_for_ever() -> None:
    silent = Position(1, 10.0, NOW - GONE_SECONDS)
    positions = {("old", 0, R0): silent, ("shop", 0, R0): at(1, 50.0)}
    assert watermark(Folded({}, positions), (0,)) == 50.0
    positions["old", 0, R0] = silent._replace(at=NOW - GONE_SECONDS + 1)
    assert watermark(Folded({}, positions), (0,)) == 10.0


@given(st.lists(st.integers(1, 4), max_size=8), st.data())
def test_the_order_in_which_partitions_are_read_changes_nothing(
    sizes: list[int], data: st.DataObject
) -> None:
    records: dict[int, list[Read]] = {0: [], 1: []}
    first = 0
    for size in sizes:
        for partition, reads in records.items():
            reads.append(read(rollup(first, first + size, float(size), f"key{partition}"), len(reads)))
            reads.append(read(mark(first, first + size), len(reads)))
        first += size
    whole, mixed = Merging(NAMES, NOTHING, NOW), Merging(NAMES, NOTHING, NOW)
    for partition, reads in records.items():
        whole.add(NAMES.rollups, partition, reads)
    left = {partition: list(reads) for partition, reads in records.items()}
    while any(left.values()):
        partition = data.draw(st.sampled_from([number for number, reads in left.items() if reads]))
        taken = data.draw(st.integers(1, len(left[partition])))
        mixed.add(NAMES.rollups, partition, left[partition][:taken])
        del left[partition][:taken]
    assert whole.batch()._replace(findings=()) == mixed.batch()._replace(findings=())


def test_the_latest_findings_alone_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    from observer.model import Finding, ViolationKind
    from observer.windows.readings import LatestFinding

    monkeypatch.setattr(merging, "FINDINGS_KEPT", 3)
    found = [
        LatestFinding(
            NOW - age, "app", "_none", "invalid", Finding(ViolationKind.NOT_CHECKED, "r", "$", "a", "b")
        )
        for age in (1, 9, 3, 7)
    ]
    records = [msgspec.structs.replace(rollup(n, n + 1), findings=(one,)) for n, one in enumerate(found)]
    assert [one.observed for one in merged(*records).batch().findings] == [NOW - 7, NOW - 3, NOW - 1]
