"""The index: where each kept event lies and what was found, without a personal value.

It is only ever derived from the segments: behind or missing or damaged, it is brought up to date by whoever reads it
next. Ids of messages and people stand in it as keyed hashes.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import Any, Final, NamedTuple

from observer.model import Verdict
from observer.quarantine.database import connection, remove, transaction, trouble
from observer.quarantine.entry import Entry, Filters
from observer.quarantine.hashing import Hashing
from observer.quarantine.locks import hold
from observer.quarantine.places import Places
from observer.quarantine.segments import (
    Segment,
    contents,
    identity,
    locate,
    records,
    segments,
)
from observer.quarantine.stored import Stored

VERSION: Final = 1
PAGE: Final = 1_000
PATIENCE: Final = 120.0
_LAST_IDS: Final = 16
_SCHEMA: Final = """
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS marks (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS segments (
    number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, last TEXT NOT NULL,
    identity BLOB NOT NULL, upto INTEGER NOT NULL, damaged INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS entries (
    id TEXT PRIMARY KEY, segment INTEGER NOT NULL, offset INTEGER NOT NULL, position INTEGER NOT NULL,
    source TEXT NOT NULL, verdict TEXT NOT NULL, contract TEXT NOT NULL, reason TEXT NOT NULL, rule TEXT NOT NULL,
    observed REAL NOT NULL, bytes INTEGER NOT NULL, message BLOB, person BLOB, device BLOB
) WITHOUT ROWID;
COMMIT;
"""
_COLUMNS: Final = (
    "SELECT e.id, e.source, e.verdict, e.contract, e.reason, e.rule, e.observed, e.bytes, s.name, e.offset,"
    " e.position, r.outcome, r.digest FROM entries AS e JOIN segments AS s ON s.number = e.segment"
    " LEFT JOIN journal.replayed AS r ON r.id = e.id AND r.digest = (SELECT digest FROM journal.replayed"
    " WHERE id = e.id ORDER BY at DESC, digest LIMIT 1) WHERE "
)


class _Known(NamedTuple):
    """What the index has of a segment: ids from `name` to `last`, its first `upto` bytes."""

    name: str
    number: int
    last: str
    identity: bytes
    upto: int


class Index:
    """The index of one quarantine."""

    def __init__(self, places: Places, hashing: Hashing) -> None:
        self._places = places
        self._hashing = hashing

    def sync(self) -> None:
        """Brings the index up to date with the segments. Raises QuarantineError.

        Where a file goes, comes or is rewritten in the meantime, the next call sees it.
        """
        with self.synced():
            pass

    @contextmanager
    def synced(self) -> Iterator[None]:
        """Does what `sync` does and keeps every process from changing the index until the end of the block."""
        with hold(self._places.index_lock, PATIENCE):
            try:
                self._follow()
            except sqlite3.DatabaseError:
                remove(self._places.index)
                try:
                    self._follow()
                except sqlite3.DatabaseError as error:
                    raise trouble(self._places.index, error) from error
            yield

    def damaged_bytes(self) -> int:
        """Returns how many bytes of the segments belong to no whole frame, as of the last sync."""
        with self._reading() as database:
            return int(database.execute("SELECT coalesce(sum(damaged), 0) FROM segments").fetchone()[0])

    def find(self, id_: str) -> Entry | None:
        """Returns the entry of one event as of the last sync, or None."""
        with self._reading() as database:
            row = database.execute(_COLUMNS + "e.id = ?", (id_,)).fetchone()
        return _entry(row) if row else None

    def entries(self, filters: Filters) -> Iterator[Entry]:
        """Yields the entries that fit, as of the last sync, a page at a time: no lock is held in between."""
        conditions, values = self._conditions(filters)
        after, order = ("e.id < ?", "DESC") if filters.newest_first else ("e.id > ?", "ASC")
        left = filters.limit
        last: str | None = None
        while left is None or left > 0:
            terms = [*conditions, after] if last is not None else conditions
            query = f"{_COLUMNS}{' AND '.join(terms)} ORDER BY e.id {order} LIMIT ?"
            size = PAGE if left is None else min(PAGE, left)
            with self._reading() as database:
                page = database.execute(
                    query, (*values, *([last] if last is not None else []), size)
                ).fetchall()
            yield from map(_entry, page)
            if len(page) < size:
                return
            last = page[-1][0]
            left = None if left is None else left - len(page)

    def _conditions(self, filters: Filters) -> tuple[list[str], list[object]]:
        terms: dict[str, object] = {}
        equal = {"source": filters.source, "contract": filters.contract, "verdict": filters.verdict}
        terms |= {f"e.{name} = ?": value for name, value in equal.items() if value is not None}
        if filters.since is not None:
            terms["e.observed >= ?"] = filters.since
        if filters.until is not None:
            terms["e.observed < ?"] = filters.until
        if filters.message_id is not None:
            terms["e.message = ?"] = self._hashing.of(filters.message_id)
        if filters.user_id is not None:
            terms["? IN (e.person, e.device)"] = self._hashing.of(filters.user_id)
        return ["1 = 1", *terms], list(terms.values())

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        try:
            with connection(self._places.index, durable=False) as database:
                database.execute("ATTACH ? AS journal", (str(self._places.journal),))
                yield database
        except sqlite3.DatabaseError as error:
            raise trouble(self._places.index, error) from error

    def _follow(self) -> None:
        with connection(self._places.index, durable=False) as database:
            self._prepare(database)
            known = {
                known.name: known
                for known in map(
                    _Known._make, database.execute("SELECT name, number, last, identity, upto FROM segments")
                )
            }
            present = segments(self._places.segments)
            with transaction(database):
                for name in known.keys() - {segment.name for segment in present}:
                    _forget(database, known[name])
            for segment in present:
                # Closed between being found and being read: it is found again, under its other name.
                for _ in range(2):
                    with suppress(FileNotFoundError):
                        self._follow_segment(database, segment, known.get(segment.name))
                        break
            database.execute("PRAGMA incremental_vacuum").fetchall()

    def _follow_segment(self, database: sqlite3.Connection, segment: Segment, known: _Known | None) -> None:
        path = locate(self._places.segments, segment.name) or segment.path
        stale = known
        if known is not None and known.identity == identity(path) and known.upto <= segment.size:
            if known.upto == segment.size:
                return
            found = contents(path, known.upto)
            if found.identity == known.identity:
                stale = None
        if known is None or stale is not None:
            found = contents(path)
        # Behind the last frame of an open segment the next one may be half written; in a closed one nothing follows.
        upto = found.scan.end if segment.is_open else found.scan.end + found.scan.tail
        damaged = found.scan.damaged + (0 if segment.is_open else found.scan.tail)
        with transaction(database):
            if stale is not None:
                _forget(database, stale)
            number = _note(database, segment.name, found.identity, upto)
            last = segment.name
            for frame in found.scan.frames:
                group = records(path, frame)
                last = group[-1].id
                database.executemany(
                    "INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    self._rows(number, frame.offset, group),
                )
            database.execute(
                "UPDATE segments SET last = max(last, ?), damaged = damaged + ? WHERE number = ?",
                (last, damaged, number),
            )

    def _rows(self, number: int, offset: int, group: Sequence[Stored]) -> Iterator[tuple[object, ...]]:
        # Thousands of events of one request can have one long id, which is one object in all of them.
        hashed = lru_cache(maxsize=_LAST_IDS)(self._hashing.of)
        for position, (id_, kept) in enumerate((stored.id, stored.kept) for stored in group):
            rule = kept.findings[0].rule if kept.findings else ""
            yield (
                id_, number, offset, position, kept.source, kept.verdict, kept.contract, kept.reason, rule,
                kept.observed, kept.whole_bytes,
                hashed(kept.message_id), hashed(kept.user_id), hashed(kept.anonymous_id),
            )  # fmt: skip

    def _prepare(self, database: sqlite3.Connection) -> None:
        database.executescript(_SCHEMA)
        marks = {"version": str(VERSION).encode(), "key": self._hashing.mark}
        found = dict(database.execute("SELECT name, value FROM marks"))
        if found == marks:
            return
        with transaction(database):
            for table in ("entries", "segments", "marks"):
                database.execute(f"DROP TABLE {table}")
        database.executescript(_SCHEMA)
        database.executemany("INSERT INTO marks VALUES (?, ?)", marks.items())


def _note(database: sqlite3.Connection, name: str, mark: bytes, upto: int) -> int:
    row = database.execute(
        "INSERT INTO segments (name, last, identity, upto, damaged) VALUES (?, ?, ?, ?, 0)"
        " ON CONFLICT (name) DO UPDATE SET identity = excluded.identity, upto = excluded.upto RETURNING number",
        (name, name, mark, upto),
    ).fetchone()
    return int(row[0])


def _forget(database: sqlite3.Connection, known: _Known) -> None:
    # By the range of ids, since the table has no other order: a segment's ids lie between its first and its last.
    database.execute(
        "DELETE FROM entries WHERE id BETWEEN ? AND ? AND segment = ?", (known.name, known.last, known.number)
    )
    database.execute("DELETE FROM segments WHERE number = ?", (known.number,))


def _entry(row: tuple[Any, ...]) -> Entry:
    id_, source, verdict, *fields, outcome, digest = row
    replayed = (Verdict(outcome), digest) if outcome else (None, "")
    return Entry(id_, source, Verdict(verdict), *fields, *replayed)
