"""A fold: what was read of our topics and the offsets that it covers, in one transaction."""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from observer.errors import FencedError, Problem
from observer.messages import Words
from observer.store import rows
from observer.store.batch import FoldBatch, Partition, Position, Refusal, Unreadable
from observer.store.database import Cursor
from observer.store.ledger import add_chunks
from observer.store.text import storable
from observer.windows.merge import Resolution, minute_windows

_FIRST: Final = "INSERT INTO fold_offsets (topic, partition, next) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
_NEXT: Final = "UPDATE fold_offsets SET next = ? WHERE topic = ? AND partition = ? AND next = ?"
_POSITION: Final = """
INSERT INTO input_position (topic, partition, reader, next, watermark, at) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (topic, partition, reader) DO UPDATE
SET next = excluded.next, watermark = excluded.watermark, at = excluded.at
"""
_REFUSE_MORE: Final = """
UPDATE fold_refusal SET next = ?, records = records + ?, at = ?
WHERE topic = ? AND partition = ? AND reader = ? AND kind = ? AND next = ?
"""
_REFUSE: Final = """
INSERT INTO fold_refusal (topic, partition, reader, kind, first, next, records, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (topic, partition, reader, kind, first) DO UPDATE
SET next = CASE WHEN excluded.next > fold_refusal.next THEN excluded.next ELSE fold_refusal.next END,
    records = fold_refusal.records + excluded.records, at = excluded.at
"""
_UNREADABLE: Final = """
INSERT INTO fold_unreadable (topic, partition, record, bytes, head, at) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING
"""


class Folded(NamedTuple):
    """How far the tables are: where a fold begins.

    offsets: of our topics, by (topic, partition); positions: of the input, by topic, partition and reader.
    """

    offsets: Mapping[Partition, int]
    positions: Mapping[tuple[str, int, str], Position]


def fence(cursor: Cursor, batch: FoldBatch) -> None:
    """Sets the offsets that `batch` covers. Raises FencedError, and then nothing may be kept, when the tables are not
    where it begins: another process folded those partitions meanwhile.

    First of all, so that one who comes too late does no work, and two who come at once go one behind the other.
    """
    for (topic, partition), (old, new) in sorted(batch.offsets.items()):
        _advance(cursor, topic, partition, old, new)


def fold(cursor: Cursor, batch: FoldBatch, now: float) -> None:
    """Writes what `batch` holds, its offsets left aside."""
    rows.add_windows(cursor, Resolution.MINUTE, minute_windows(batch.rollups))
    rows.add_last_seen(cursor, batch.newest)
    add_chunks(cursor, batch.ledger)
    _place(cursor, batch.positions)
    for refusal in batch.refusals:
        _refuse(cursor, refusal)
    _put_aside(cursor, batch.unreadable)
    rows.add_findings(cursor, batch.findings)
    rows.mark_written(cursor, now)


def folded(cursor: Cursor) -> Folded:
    """Returns how far the tables are."""
    offsets = cursor.rows("SELECT topic, partition, next FROM fold_offsets")
    positions = cursor.rows("SELECT topic, partition, reader, next, watermark, at FROM input_position")
    return Folded(
        {(topic, partition): next_ for topic, partition, next_ in offsets},
        {(topic, partition, reader): Position(*rest) for topic, partition, reader, *rest in positions},
    )


def refusals(cursor: Cursor) -> tuple[Refusal, ...]:
    """Returns the ranges that did not fit, oldest first."""
    found = cursor.rows(
        "SELECT topic, partition, reader, kind, first, next, at, records FROM fold_refusal"
        " ORDER BY at, topic, partition, reader, first"
    )
    return tuple(Refusal(*row) for row in found)


def unreadable(cursor: Cursor) -> tuple[Unreadable, ...]:
    """Returns the records of our topics that nobody of us wrote, oldest first."""
    found = cursor.rows(
        "SELECT topic, partition, record, bytes, head, at FROM fold_unreadable ORDER BY at, topic, partition, record"
    )
    return tuple(Unreadable(*row) for row in found)


def _advance(cursor: Cursor, topic: str, partition: int, old: int | None, new: int) -> None:
    if old is None:
        touched = cursor.execute(_FIRST, (topic, partition, new))
    else:
        touched = cursor.execute(_NEXT, (new, topic, partition, old))
    if touched != 1:
        raise FencedError(
            Problem(
                f"{topic}/{partition}",
                Words("store.offset", {"offset": "-" if old is None else old}),
                Words("store.offset.moved"),
                mend=Words("store.offset.mend"),
            )
        )


def _place(cursor: Cursor, positions: Mapping[tuple[str, int, str], Position]) -> None:
    values = [
        (storable(topic), number, reader, *at) for (topic, number, reader), at in sorted(positions.items())
    ]
    cursor.execute_many(_POSITION, values)


def _refuse(cursor: Cursor, refusal: Refusal) -> None:
    topic, partition, reader, kind, first, next_, at, records = refusal
    topic = storable(topic)
    # Chunks in a row that come a second time, as after an offset was set back by hand, are one range and not thousands.
    if not cursor.execute(_REFUSE_MORE, (next_, records, at, topic, partition, reader, kind, first)):
        cursor.execute(_REFUSE, (topic, partition, reader, kind, first, next_, records, at))


def _put_aside(cursor: Cursor, found: Iterable[Unreadable]) -> None:
    cursor.execute_many(_UNREADABLE, found)
