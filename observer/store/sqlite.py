"""SQLite: one file in the state folder, one process that writes it, any that read it."""

import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final, Self

from observer.errors import Problem, StoreError, literal
from observer.messages import Words
from observer.store.database import Parameters, Row
from observer.store.lock import FolderLock
from observer.store.migrations import check_version, migrate

FILE_NAME: Final = "observer.sqlite3"

_BUSY_SECONDS: Final = 5.0
_WORDS: Final = {
    "text": "TEXT",
    "bytes": "BLOB",
    "identity": "INTEGER PRIMARY KEY",
    "clustered": "WITHOUT ROWID",
}


class SqliteCursor:
    """Statements on one connection."""

    shared = False

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def execute(self, statement: str, parameters: Parameters = ()) -> int:
        """Runs a statement and returns how many rows it touched."""
        return self._connection.execute(statement, parameters).rowcount

    def execute_many(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Runs a statement once for each row of parameters."""
        self._connection.executemany(statement, rows)

    def rows(self, statement: str, parameters: Parameters = ()) -> list[Row]:
        """Returns the rows that a statement yields."""
        return self._connection.execute(statement, parameters).fetchall()

    def row(self, statement: str, parameters: Parameters = ()) -> Row | None:
        """Returns the first row that a statement yields, or None."""
        found: Row | None = self._connection.execute(statement, parameters).fetchone()
        return found

    def has_table(self, name: str) -> bool:
        """Returns whether a table is there."""
        return self.row("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (name,)) is not None

    def define(self, statement: str) -> None:
        """Runs a statement of the schema."""
        self._connection.execute(statement.format_map(_WORDS))

    def alone(self, work: str) -> None:
        """Returns: a transaction of SQLite's is alone in all that it does."""


class SqliteFile:
    """Reads the file that any process writes. Opens it for each call, so threads may share it."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / FILE_NAME

    @property
    def place(self) -> str:
        """The file."""
        return str(self.file)

    @contextmanager
    def snapshot(self) -> Iterator[SqliteCursor]:
        """Yields a cursor as of one moment. Raises StoreError, also where nobody ever wrote."""
        if not self.file.exists():
            nothing, mend = Words("store.nothing"), Words("store.there.mend")
            raise StoreError(Problem(self.place, Words("store.there"), nothing, mend=mend))
        with reported(self.file), closing(connect(self.file)) as connection:
            connection.execute("PRAGMA query_only = ON")
            cursor = SqliteCursor(connection)
            check_version(cursor, self.place)
            connection.execute("BEGIN")
            yield cursor

    def close(self) -> None:
        """Ends nothing: no connection is held."""


class SqliteDatabase(SqliteFile):
    """The one writer of a state folder. Safe to use from several threads: one at a time writes."""

    def __init__(self, folder: Path, connection: sqlite3.Connection, lock: FolderLock) -> None:
        super().__init__(folder)
        self.connection = connection
        self._lock = lock
        self._turn = threading.Lock()

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Opens the file in `folder`, which is made, for its owner alone, where it is missing, and brings its tables
        up to date.

        Raises StoreError when another process writes there, when the file is of a newer version or no store,
        and when the disk refuses.
        """
        file = folder / FILE_NAME
        with reported(file):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = FolderLock(folder)
            try:
                _create(file)
                connection = connect(file)
                try:
                    connection.execute("PRAGMA journal_mode = WAL")
                    connection.execute("PRAGMA synchronous = NORMAL")
                    database = cls(folder, connection, lock)
                    migrate(database)
                except BaseException:
                    connection.close()
                    raise
            except BaseException:
                lock.release()
                raise
        return database

    @contextmanager
    def transaction(self) -> Iterator[SqliteCursor]:
        """Yields a cursor whose writes are all kept when the block ends, and none of them when it raises."""
        with reported(self.file), self._turn:
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield SqliteCursor(self.connection)
                self.connection.execute("COMMIT")
            except BaseException:
                # SQLite has already rolled back after some errors, as a full disk.
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Closes the file and lets another process write."""
        with self._turn:
            self.connection.close()
            self._lock.release()


def connect(file: Path) -> sqlite3.Connection:
    """Returns a connection to a file that exists, in autocommit; usable from any thread, by one at a time."""
    return sqlite3.connect(
        f"{file.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=_BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )


@contextmanager
def reported(file: Path) -> Iterator[None]:
    """Turns what the disk or SQLite reports into a StoreError that names the file."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        problem = Problem(str(file), Words("store.usable"), literal(error), mend=Words("store.usable.mend"))
        raise StoreError(problem) from error


def _create(file: Path) -> None:
    """Makes the file, readable by its owner alone, before SQLite would make it readable by others."""
    os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    file.chmod(0o600)
