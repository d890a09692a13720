"""The writing side: additive windows in, older windows folded into longer ones, each step whole or not at all."""

import sqlite3
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Self

from observer.model import Rollup, RollupKey
from observer.store import schema
from observer.store.lock import FolderLock
from observer.store.schema import FILE_NAME, FINDINGS_KEPT, Retention
from observer.windows.merge import Resolution, WindowKey, merge, minute_windows, roll_up
from observer.windows.readings import LatestFinding, Subject

_ADD: Final = """
INSERT INTO window_measure (resolution, start, family, key, measure, value) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (resolution, start, family, key, measure) DO UPDATE SET value = value + excluded.value
"""
_SEE: Final = """
INSERT INTO last_seen (family, key, time) VALUES (?, ?, ?)
ON CONFLICT (family, key) DO UPDATE SET time = max(time, excluded.time)
"""
_FIND: Final = """
INSERT INTO latest_finding (observed, source, contract, verdict, kind, rule, path, expected, came)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_FORGET_FINDINGS: Final = "DELETE FROM latest_finding WHERE id <= (SELECT max(id) FROM latest_finding) - ?"


class Store:
    """The one writer of a state folder. Safe to use from several threads, one at a time.

    After a StoreError nothing of the call is in the file; the same call may be made again.
    """

    def __init__(
        self, file: Path, connection: sqlite3.Connection, lock: FolderLock, retention: Retention
    ) -> None:
        self.file = file
        self.retention = retention
        self._connection = connection
        self._lock = lock
        self._turn = threading.Lock()

    @classmethod
    def open(cls, folder: Path, retention: Retention = Retention()) -> Self:  # noqa: B008  (immutable)
        """Opens the store in `folder`, which is made, for its owner alone, where it is missing.

        Raises StoreError when another process folds there, when the file is of a newer version or no store,
        and when the disk refuses.
        """
        file = folder / FILE_NAME
        with schema.reported(file):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = FolderLock(folder)
            try:
                schema.create(file)
                connection = schema.connect(file)
                try:
                    schema.prepare(connection, file)
                except BaseException:
                    connection.close()
                    raise
            except BaseException:
                lock.release()
                raise
        return cls(file, connection, lock, retention)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file and lets another process fold."""
        with self._turn:
            self._connection.close()
            self._lock.release()

    def add(
        self,
        rollups: Mapping[RollupKey, Rollup],
        findings: Iterable[LatestFinding],
        newest: Mapping[Subject, float],
        now: float,
    ) -> None:
        """Adds what the engine concluded from one chunk, or several merged, in one transaction.

        findings: oldest first; newest: largest event time by (family, key); now: seconds since the epoch, by
        which readers see how fresh the store is: add nothing once a minute when nothing comes. Raises StoreError.
        """
        windows = minute_windows(rollups)
        kept = deque(findings, maxlen=FINDINGS_KEPT)
        with self._transaction():
            self._connection.executemany(_ADD, _rows(Resolution.MINUTE, windows))
            self._connection.executemany(_SEE, [(*subject, time) for subject, time in newest.items()])
            self._connection.executemany(_FIND, [_finding_row(found) for found in kept])
            self._connection.execute(_FORGET_FINDINGS, (FINDINGS_KEPT,))
            self._connection.execute("INSERT OR REPLACE INTO meta VALUES ('written', ?)", (now,))

    def compact(self, now: float) -> None:
        """Folds minutes past their retention into hours and hours into days, and forgets days past theirs.

        No sum changes but by what is forgotten. Each longer window is folded in a transaction of its own, so
        that readers and `add` wait a moment at most. Raises StoreError.
        """
        self._fold(Resolution.MINUTE, Resolution.HOUR, now - self.retention.minutes)
        self._fold(Resolution.HOUR, Resolution.DAY, now - self.retention.hours)
        with self._transaction():
            self._connection.execute(
                "DELETE FROM window_measure WHERE resolution = ? AND start + ? <= ?",
                (Resolution.DAY, int(Resolution.DAY), now - self.retention.days),
            )

    def _fold(self, short: Resolution, long: Resolution, before: float) -> None:
        # Only what lies before a whole longer window is folded, so that no window is in part short, in part long.
        end = int(before // long * long)
        with schema.reported(self.file), self._turn:
            starts = self._connection.execute(
                "SELECT DISTINCT start / ?1 * ?1 FROM window_measure WHERE resolution = ?2 AND start < ?3",
                (int(long), int(short), end),
            ).fetchall()
        for (start,) in starts:
            with self._transaction():
                self._fold_one(short, long, start)

    def _fold_one(self, short: Resolution, long: Resolution, start: int) -> None:
        span = (int(short), start, start + int(long))
        windows: dict[WindowKey, Rollup] = {}
        for family, key, at, measure, value in self._connection.execute(
            "SELECT family, key, start, measure, value FROM window_measure"
            " WHERE resolution = ? AND start >= ? AND start < ?",
            span,
        ):
            merge(windows, {(family, key, at): {measure: value}})
        self._connection.executemany(_ADD, _rows(long, roll_up(windows, long)))
        self._connection.execute(
            "DELETE FROM window_measure WHERE resolution = ? AND start >= ? AND start < ?", span
        )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with schema.reported(self.file), self._turn:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                # SQLite has already rolled back after some errors, as a full disk.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise


def _rows(
    resolution: Resolution, windows: Mapping[WindowKey, Rollup]
) -> Iterator[tuple[int, int, str, str, str, float]]:
    for (family, key, start), rollup in windows.items():
        for measure, value in rollup.items():
            yield int(resolution), start, family, key, measure, value


def _finding_row(found: LatestFinding) -> tuple[object, ...]:
    broken = found.finding
    return (
        found.observed,
        found.source,
        found.contract,
        found.verdict,
        broken.kind.value,
        broken.rule,
        broken.path,
        broken.expected,
        broken.came,
    )
