"""The store's one file: its tables, its version, and how a connection to it is opened."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from observer.errors import Problem, StoreError, literal
from observer.messages import Words

FILE_NAME: Final = "observer.sqlite3"
SCHEMA_VERSION: Final = 1
FINDINGS_KEPT: Final = 500

_BUSY_SECONDS: Final = 5.0
_HOUR: Final = 3600
_DAY: Final = 24 * _HOUR

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS meta (
    name TEXT PRIMARY KEY,
    value NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS window_measure (
    resolution INTEGER NOT NULL,  -- seconds: 60, 3600 or 86400
    start INTEGER NOT NULL,       -- first second since the epoch
    family TEXT NOT NULL,
    key TEXT NOT NULL,
    measure TEXT NOT NULL,
    value REAL NOT NULL,
    PRIMARY KEY (resolution, start, family, key, measure)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS last_seen (
    family TEXT NOT NULL,
    key TEXT NOT NULL,
    time REAL NOT NULL,           -- event time of its newest event
    PRIMARY KEY (family, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS latest_finding (
    id INTEGER PRIMARY KEY,       -- order of arrival
    observed REAL NOT NULL,
    source TEXT NOT NULL,
    contract TEXT NOT NULL,
    verdict TEXT NOT NULL,
    kind TEXT NOT NULL,
    rule TEXT NOT NULL,
    path TEXT NOT NULL,
    expected TEXT NOT NULL,
    came TEXT NOT NULL
);
"""


class Retention(NamedTuple):
    """How long windows stay, in seconds: minutes as minutes, then as hours, then as days, then not at all."""

    minutes: float = 3 * _HOUR
    hours: float = 8 * _DAY
    days: float = 400 * _DAY


def create(file: Path) -> None:
    """Makes the file, readable by its owner alone, before SQLite would make it readable by others."""
    os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    file.chmod(0o600)


def connect(file: Path) -> sqlite3.Connection:
    """Returns a connection to a file that exists, in autocommit; usable from any thread, by one at a time."""
    return sqlite3.connect(
        f"{file.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=_BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )


def prepare(connection: sqlite3.Connection, file: Path) -> None:
    """Makes the tables of a new file and checks the version of an old one. Raises StoreError on a newer one."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    check_version(connection, file)
    connection.executescript(_TABLES)
    connection.execute("INSERT OR IGNORE INTO meta VALUES ('schema_version', ?)", (SCHEMA_VERSION,))


def check_version(connection: sqlite3.Connection, file: Path) -> None:
    """Raises StoreError when the file was written by a newer version of the observer."""
    known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone()
    row = known and connection.execute("SELECT value FROM meta WHERE name = 'schema_version'").fetchone()
    if row and int(row[0]) > SCHEMA_VERSION:
        raise StoreError(
            Problem(
                str(file),
                Words("store.version", {"version": SCHEMA_VERSION}),
                literal(row[0]),
                mend=Words("store.version.mend"),
            )
        )


@contextmanager
def reported(file: Path) -> Iterator[None]:
    """Turns what the disk or SQLite reports into a StoreError that names the file."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        problem = Problem(str(file), Words("store.usable"), literal(error), mend=Words("store.usable.mend"))
        raise StoreError(problem) from error
