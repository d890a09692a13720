"""The ledger: what each chunk of each input partition came to, and the ranges that older ones were merged into."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from observer.model import Verdict
from observer.store.batch import LedgerRow
from observer.store.database import Cursor, Row
from observer.store.text import storable

_VERDICTS: Final = tuple(verdict.value for verdict in Verdict)
_COLUMNS: Final = (
    "topic",
    "partition",
    "first",
    "next",
    "chunks",
    "records",
    "events",
    *_VERDICTS,
    "digest",
    "worker",
    "at",
)
_INSERT: Final = f"INSERT INTO ledger ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608
_ALL: Final = f"SELECT {', '.join(_COLUMNS)} FROM ledger ORDER BY topic, partition, first"  # noqa: S608
_TAKE: Final = f"DELETE FROM ledger WHERE at >= ? AND at < ? RETURNING {', '.join(_COLUMNS)}"  # noqa: S608
_OLDEST: Final = "SELECT min(at) FROM ledger WHERE worker <> '' AND at < ?"
_MERGED: Final = "SELECT value FROM meta WHERE name = 'ledger_merged'"
_SET_MERGED: Final = """
INSERT INTO meta (name, value) VALUES ('ledger_merged', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value
"""
_HOUR: Final = 3600
_DAY: Final = 24 * _HOUR


def add_chunks(cursor: Cursor, rows: Iterable[LedgerRow]) -> None:
    """Adds a row for each chunk."""
    cursor.execute_many(_INSERT, [_values(row) for row in sorted(rows, key=lambda row: row[:3])])


def read_ledger(cursor: Cursor) -> tuple[LedgerRow, ...]:
    """Returns all of the ledger, by input partition and position."""
    return tuple(_row(values) for values in cursor.rows(_ALL))


def merge_oldest_hour(cursor: Cursor, before: float) -> bool:
    """Merges the chunks of the oldest hour that still has some, if it ended before a time. Returns whether it did."""
    (oldest,) = cursor.row(_OLDEST, (before // _HOUR * _HOUR,)) or (None,)
    if oldest is None:
        return False
    start = oldest // _HOUR * _HOUR
    _merge(cursor, start, start + _HOUR)
    return True


def merge_old_hours(cursor: Cursor, before: float) -> None:
    """Merges all from before a time that follow each other into one range each, once a day."""
    (merged_until,) = cursor.row(_MERGED) or (0.0,)
    if before >= merged_until + _DAY:
        _merge(cursor, 0.0, before)
        cursor.execute(_SET_MERGED, (before,))


def merged(rows: Sequence[LedgerRow]) -> Iterator[LedgerRow]:
    """Yields `rows`, which are sorted, with those that follow each other as one."""
    held: LedgerRow | None = None
    for row in rows:
        if held is not None and (held.topic, held.partition, held.next) == (
            row.topic,
            row.partition,
            row.first,
        ):
            held = _joined(held, row)
            continue
        if held is not None:
            yield held
        held = row
    if held is not None:
        yield held


def _merge(cursor: Cursor, since: float, until: float) -> None:
    taken = sorted((_row(values) for values in cursor.rows(_TAKE, (since, until))), key=lambda row: row[:3])
    # Without a worker: that is how a range is told from a chunk.
    add_chunks(cursor, (row._replace(worker="") for row in merged(taken)))


def _joined(left: LedgerRow, right: LedgerRow) -> LedgerRow:
    return LedgerRow(
        topic=left.topic,
        partition=left.partition,
        first=left.first,
        next=right.next,
        records=left.records + right.records,
        events=left.events + right.events,
        verdicts={verdict: left.verdicts[verdict] + right.verdicts[verdict] for verdict in Verdict},
        digest=left.digest if left.digest == right.digest else "",
        worker="",
        at=max(left.at, right.at),
        chunks=left.chunks + right.chunks,
    )


def _values(row: LedgerRow) -> tuple[object, ...]:
    counts = (row.verdicts.get(verdict, 0) for verdict in Verdict)
    start = (storable(row.topic), row.partition, row.first, row.next, row.chunks, row.records, row.events)
    return *start, *counts, storable(row.digest), storable(row.worker), row.at


def _row(values: Row) -> LedgerRow:
    topic, partition, first, next_, chunks, records, events, *counts, digest, worker, at = values
    verdicts = dict(zip(Verdict, counts, strict=True))
    return LedgerRow(topic, partition, first, next_, records, events, verdicts, digest, worker, at, chunks)
