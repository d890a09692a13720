"""What was done with kept events since: replays and erasures. Durable, and without a personal value."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from observer.errors import Problem, QuarantineError
from observer.messages import Words
from observer.model import Verdict
from observer.quarantine.database import connection, transaction

_SCHEMA: Final = """
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS replayed (
    id TEXT NOT NULL, digest TEXT NOT NULL, outcome TEXT NOT NULL, at REAL NOT NULL,
    PRIMARY KEY (id, digest)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS replay_counts (
    source TEXT NOT NULL, outcome TEXT NOT NULL, events INTEGER NOT NULL,
    PRIMARY KEY (source, outcome)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS erased (id TEXT PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS totals (name TEXT PRIMARY KEY, events INTEGER NOT NULL) WITHOUT ROWID;
COMMIT;
"""
_ERASED: Final = "erased"


class Replayed(NamedTuple):
    """What a replay said of one event."""

    id: str
    source: str
    outcome: Verdict


class Journal:
    """The durable table of replays and erasures in one SQLite file. Any number of processes may use it."""

    def __init__(self, path: Path) -> None:
        """Opens the file, which is created when there is none. Raises QuarantineError."""
        self.path = path
        with self._database() as database:
            database.executescript(_SCHEMA)

    def seen(self, ids: Sequence[str], digest: str) -> set[str]:
        """Returns which of `ids` were replayed under the catalog `digest`."""
        with self._database() as database:
            rows = (
                database.execute(
                    "SELECT id FROM replayed WHERE id = ? AND digest = ?", (id_, digest)
                ).fetchone()
                for id_ in ids
            )
            return {row[0] for row in rows if row}

    def add(self, replays: Sequence[Replayed], digest: str, at: float) -> list[Replayed]:
        """Writes down `replays` that are new for `digest`, and counts them, at once or not at all.

        Returns the new ones. What another process wrote down in the meantime is not counted again.
        """
        new: list[Replayed] = []
        with self._database() as database, transaction(database):
            for replay in replays:
                done = database.execute(
                    "INSERT OR IGNORE INTO replayed VALUES (?, ?, ?, ?)",
                    (replay.id, digest, replay.outcome, at),
                )
                if done.rowcount:
                    database.execute(
                        "INSERT INTO replay_counts VALUES (?, ?, 1)"
                        " ON CONFLICT (source, outcome) DO UPDATE SET events = events + 1",
                        (replay.source, replay.outcome),
                    )
                    new.append(replay)
        return new

    def counts(self) -> dict[tuple[str, Verdict], int]:
        """Returns how many events were ever replayed, by (source, outcome)."""
        with self._database() as database:
            rows = database.execute("SELECT source, outcome, events FROM replay_counts").fetchall()
        return {(source, Verdict(outcome)): events for source, outcome, events in rows}

    def erase(self, ids: Sequence[str], at: float) -> None:
        """Writes down that the events `ids` were erased."""
        with self._database() as database, transaction(database):
            before = database.total_changes
            database.executemany("INSERT OR IGNORE INTO erased VALUES (?, ?)", [(id_, at) for id_ in ids])
            added = database.total_changes - before
            database.execute(
                "INSERT INTO totals VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET events = events + excluded.events",
                (_ERASED, added),
            )

    def erased_at(self, id_: str) -> float | None:
        """Returns when the event was erased, or None where it was not, or longer ago than events are kept."""
        with self._database() as database:
            row = database.execute("SELECT at FROM erased WHERE id = ?", (id_,)).fetchone()
        return row[0] if row else None

    def erased_total(self) -> int:
        """Returns how many events were ever erased."""
        with self._database() as database:
            row = database.execute("SELECT events FROM totals WHERE name = ?", (_ERASED,)).fetchone()
        return row[0] if row else 0

    def forget(self, index: Path, before: float) -> None:
        """Drops what concerns events that are gone: replays of ids not in `index`, erasures before `before`.

        The counts stay.
        """
        with self._database() as database:
            database.execute("ATTACH ? AS kept", (str(index),))
            with transaction(database):
                database.execute("DELETE FROM replayed WHERE id NOT IN (SELECT id FROM kept.entries)")
                database.execute("DELETE FROM erased WHERE at < ?", (before,))
            database.execute("PRAGMA incremental_vacuum").fetchall()

    @contextmanager
    def _database(self) -> Iterator[sqlite3.Connection]:
        try:
            with connection(self.path, durable=True) as database:
                yield database
        except sqlite3.DatabaseError as error:
            raise QuarantineError(
                Problem(
                    str(self.path),
                    Words("quarantine.expect_journal"),
                    Words("quarantine.got_damage"),
                    mend=Words("quarantine.mend_journal"),
                )
            ) from error
