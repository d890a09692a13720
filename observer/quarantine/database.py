"""SQLite files beside the segments."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from observer.errors import Problem, QuarantineError, literal
from observer.messages import Words
from observer.quarantine.disk import open_private
from observer.quarantine.failure import failure

BUSY_SECONDS: Final = 30.0
_INCREMENTAL: Final = 2


def trouble(path: Path, error: sqlite3.Error) -> QuarantineError:
    """Returns the error to raise where SQLite cannot use its file."""
    name = getattr(error, "sqlite_errorname", None) or type(error).__name__
    return QuarantineError(
        Problem(
            str(path),
            Words("quarantine.expect_database"),
            literal(name),
            mend=Words("quarantine.mend_database"),
        )
    )


@contextmanager
def connection(path: Path, durable: bool) -> Iterator[sqlite3.Connection]:
    """Yields a connection to `path`, which is created for its owner alone. No transaction is begun.

    durable: whether a commit is on the disk when it returns; otherwise a crash may lose the last ones, and never
    damages the file. Raises QuarantineError for what the disk refuses; sqlite3's own errors about the file's
    content pass through.
    """
    try:
        os.close(open_private(path, os.O_RDWR | os.O_CREAT))
        database = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    except OSError as error:
        raise failure(path, "quarantine.expect_writable", error) from error
    try:
        if database.execute("PRAGMA auto_vacuum").fetchone() != (_INCREMENTAL,):
            # Asked first, since setting it again writes to the disk; it takes effect on an empty file alone.
            database.execute(f"PRAGMA auto_vacuum = {_INCREMENTAL}")
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA journal_size_limit = 4194304")
        database.execute("PRAGMA secure_delete = ON")
        database.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
        yield database
    except sqlite3.OperationalError as error:
        raise trouble(path, error) from error
    finally:
        database.close()


@contextmanager
def transaction(database: sqlite3.Connection) -> Iterator[None]:
    """Commits what is done inside, or none of it."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


def remove(path: Path) -> None:
    """Removes a SQLite file with its log. Raises QuarantineError."""
    try:
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
    except OSError as error:
        raise failure(path, "quarantine.expect_writable", error) from error
