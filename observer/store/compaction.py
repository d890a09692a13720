"""What grows old: minutes become hours, hours days, chunks ranges; what is past its time is forgotten.

Rows are taken out and their sums put in within one transaction, and what is summed is what was taken out: what another
process adds meanwhile stays for the next time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from observer.model import Rollup
from observer.store.database import Cursor, Database
from observer.store.drift import forget_drift
from observer.store.gates import forget
from observer.store.ledger import merge_old_hours, merge_oldest_hour
from observer.store.proofs import forget_proofs
from observer.store.retention import UNREADABLE_KEPT, Retention
from observer.store.rows import add_windows
from observer.windows.merge import Resolution, WindowKey, merge, roll_up

_STARTS: Final = """
SELECT DISTINCT start / :long * :long FROM window_measure WHERE resolution = :short AND start < :end ORDER BY 1
"""
_LOCK: Final = """
SELECT 1 FROM window_measure WHERE resolution = ? AND start >= ? AND start < ?
ORDER BY resolution, start, family, key, measure FOR UPDATE
"""
_TAKE: Final = """
DELETE FROM window_measure WHERE resolution = ? AND start >= ? AND start < ?
RETURNING family, key, start, measure, value
"""
_FORGET_DAYS: Final = "DELETE FROM window_measure WHERE resolution = ? AND start + ? <= ?"
_FORGET_REFUSALS: Final = "DELETE FROM fold_refusal WHERE at < ?"
_FORGET_UNREADABLE: Final = """
DELETE FROM fold_unreadable WHERE at < (SELECT at FROM fold_unreadable ORDER BY at DESC LIMIT 1 OFFSET ?)
"""


def compact(database: Database, retention: Retention, now: float, needed_from: float) -> None:
    """Brings the tables to what `retention` asks for at `now`. Each longer window in a transaction of its own, so
    that readers and writers wait a moment at most. Raises StoreError.

    needed_from: seconds since the epoch from which minutes stay minutes, since a gate has yet to be judged by them;
    no longer than hours stay hours.
    """
    minutes = max(min(now - retention.minutes, needed_from), now - retention.hours)
    _fold_windows(database, Resolution.MINUTE, Resolution.HOUR, minutes)
    _fold_windows(database, Resolution.HOUR, Resolution.DAY, now - retention.hours)
    _merge_chunks(database, now - retention.chunks)
    with _alone(database) as cursor:
        cursor.execute(_FORGET_DAYS, (int(Resolution.DAY), int(Resolution.DAY), now - retention.days))
        forget_drift(cursor, now)
        forget_proofs(cursor, now - retention.proofs, retention.proof_rows)
        cursor.execute(_FORGET_REFUSALS, (now - retention.refusals,))
        cursor.execute(_FORGET_UNREADABLE, (UNREADABLE_KEPT - 1,))
        merge_old_hours(cursor, now - retention.ledger)
        forget(cursor, now, retention.days)


@contextmanager
def _alone(database: Database) -> Iterator[Cursor]:
    with database.transaction() as cursor:
        cursor.alone("compaction")
        yield cursor


def _merge_chunks(database: Database, before: float) -> None:
    more = True
    while more:
        with _alone(database) as cursor:
            more = merge_oldest_hour(cursor, before)


def _fold_windows(database: Database, short: Resolution, long: Resolution, before: float) -> None:
    # Only what lies before a whole longer window is folded, so that no window is in part short, in part long.
    end = int(before // long * long)
    with database.snapshot() as cursor:
        starts = cursor.rows(_STARTS, {"long": int(long), "short": int(short), "end": end})
    for (start,) in starts:
        with _alone(database) as cursor:
            _fold_one(cursor, short, long, start)


def _fold_one(cursor: Cursor, short: Resolution, long: Resolution, start: int) -> None:
    span = (int(short), start, start + int(long))
    if cursor.shared:
        cursor.execute(_LOCK, span)
    windows: dict[WindowKey, Rollup] = {}
    for family, key, at, measure, value in cursor.rows(_TAKE, span):
        merge(windows, {(family, key, at): {measure: value}})
    add_windows(cursor, long, roll_up(windows, long))
