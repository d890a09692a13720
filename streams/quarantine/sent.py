"""What was replayed before: read out of the markers, kept in a file, so that memory stays small however many."""

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Final

_MARK_BYTES: Final = 16
_CACHE_KIBIBYTES: Final = 16_384


class Sent:
    """The events that one target has been sent, by identity."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.execute(f"PRAGMA cache_size = -{_CACHE_KIBIBYTES}")
        database.execute("CREATE TABLE sent (mark BLOB PRIMARY KEY) WITHOUT ROWID")

    def add(self, identities: Iterable[str]) -> None:
        """Takes events that were sent."""
        self._database.executemany(
            "INSERT OR IGNORE INTO sent VALUES (?)", [(_mark(identity),) for identity in identities]
        )

    def among(self, identities: Sequence[str]) -> set[str]:
        """Returns those of `identities` that were sent."""
        return {
            identity
            for identity in identities
            if self._database.execute("SELECT 1 FROM sent WHERE mark = ?", (_mark(identity),)).fetchone()
        }


@contextmanager
def nothing_sent() -> Iterator[Sent]:
    """Yields an empty table in a private file, which goes at the end of the block."""
    with tempfile.TemporaryDirectory(prefix="observer-replay-") as folder:
        database = sqlite3.connect(Path(folder) / "sent.sqlite", isolation_level=None)
        try:
            yield Sent(database)
        finally:
            database.close()


def _mark(identity: str) -> bytes:
    return blake2b(identity.encode("utf-8", "surrogatepass"), digest_size=_MARK_BYTES).digest()
