"""The writing side: additive windows in, older windows folded into longer ones, each step whole or not at all."""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Self

from observer.model import Rollup, RollupKey
from observer.store import compaction, folding, rows
from observer.store.batch import FoldBatch
from observer.store.database import Cursor, Database
from observer.store.folding import Folded
from observer.store.gates import amend
from observer.store.retention import Retention
from observer.store.sqlite import SqliteDatabase
from observer.windows.gates import Amendment
from observer.windows.merge import Resolution, minute_windows
from observer.windows.readings import LatestFinding, Subject


class Store:
    """What the windows concluded, written. Safe to use from several threads, one at a time.

    After a StoreError nothing of the call is in the tables, unless the connection broke in the very commit; the same
    call may be made again. Of `fold` that is always safe: its offsets are compared.
    """

    def __init__(self, database: Database, retention: Retention = Retention()) -> None:  # noqa: B008  (immutable)
        self.database = database
        self.retention = retention

    @classmethod
    def open(cls, folder: Path, retention: Retention = Retention()) -> Self:  # noqa: B008  (immutable)
        """Opens the SQLite store in `folder`, which is made, for its owner alone, where it is missing.

        Raises StoreError when another process folds there, when the file is of a newer version or no store,
        and when the disk refuses.
        """
        return cls(SqliteDatabase.open(folder), retention)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the database and, where only one process may fold, lets another."""
        self.database.close()

    def transaction(self) -> AbstractContextManager[Cursor]:
        """Yields a cursor for rows of other rooms: all of its writes are kept, or none. Raises StoreError."""
        return self.database.transaction()

    def add(
        self,
        rollups: Mapping[RollupKey, Rollup],
        findings: Iterable[LatestFinding],
        newest: Mapping[Subject, float],
        now: float,
        amendments: Iterable[Amendment] = (),
    ) -> None:
        """Adds what the engine concluded from one chunk, or several merged, in one transaction.

        findings: oldest first; newest: largest event time by (family, key); now: seconds since the epoch, by
        which readers see how fresh the store is: add nothing once a minute when nothing comes; amendments: what of
        it came too late for a gate's decision. Raises StoreError.
        """
        with self.database.transaction() as cursor:
            rows.add_windows(cursor, Resolution.MINUTE, minute_windows(rollups))
            rows.add_last_seen(cursor, newest)
            rows.add_findings(cursor, findings)
            amend(cursor, amendments)
            rows.mark_written(cursor, now)

    def fold(self, batch: FoldBatch, now: float, amendments: Iterable[Amendment] = ()) -> None:
        """Adds what was read of our topics, with the offsets that it covers, in one transaction.

        amendments: what of it came too late for a gate's decision.
        Raises FencedError when another process folded those partitions meanwhile, else StoreError; nothing is kept.
        """
        with self.database.transaction() as cursor:
            folding.fence(cursor, batch)
            amend(cursor, amendments)
            folding.fold(cursor, batch, now)

    def folded(self) -> Folded:
        """Returns how far the tables are: where the next fold begins. Raises StoreError."""
        with self.database.snapshot() as cursor:
            return folding.folded(cursor)

    def compact(self, now: float, needed_from: float = float("inf")) -> None:
        """Folds minutes past their retention into hours, hours into days and old chunks into ranges, and forgets what
        is past its time. No sum changes but by what is forgotten. needed_from: as `Gatekeeper.undecided_from` says.
        Raises StoreError.
        """
        compaction.compact(self.database, self.retention, now, needed_from)
