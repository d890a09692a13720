"""What the store asks of a database, so that one set of statements serves SQLite and PostgreSQL.

Statements are written once: parameters as `?` or `:name`, and in the schema a few words in braces that each database
puts its own in for (`{text}`, `{identity}`, `{clustered}`, `{bytes}`).
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol, TypeAlias

Parameters: TypeAlias = Sequence[object] | Mapping[str, object]
Row: TypeAlias = tuple[Any, ...]


class Cursor(Protocol):
    """Statements inside one transaction, or one moment for reading."""

    shared: bool
    """Whether other processes may write at the same time, so that rows must be locked in one order."""

    def execute(self, statement: str, parameters: Parameters = ()) -> int:
        """Runs a statement and returns how many rows it touched."""

    def execute_many(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Runs a statement once for each row of parameters."""

    def rows(self, statement: str, parameters: Parameters = ()) -> list[Row]:
        """Returns the rows that a statement yields."""

    def row(self, statement: str, parameters: Parameters = ()) -> Row | None:
        """Returns the first row that a statement yields, or None."""

    def has_table(self, name: str) -> bool:
        """Returns whether a table is there."""

    def define(self, statement: str) -> None:
        """Runs a statement of the schema, with this database's own words for those in braces."""

    def alone(self, work: str) -> None:
        """Returns once no other process is inside `work`; none comes in before the transaction ends."""


class Snapshots(Protocol):
    """What can be read, each time as of one moment."""

    @property
    def place(self) -> str:
        """What messages call it: a file, or an address without a password."""

    def snapshot(self) -> AbstractContextManager[Cursor]:
        """Yields a cursor that reads and never writes. Raises StoreError, also where nothing was ever written."""

    def close(self) -> None:
        """Ends the connection."""


class Database(Snapshots, Protocol):
    """What can be written too."""

    def transaction(self) -> AbstractContextManager[Cursor]:
        """Yields a cursor whose writes are all kept when the block ends, and none of them when it raises.

        Raises StoreError when the database refuses or cannot be reached; the next transaction tries to reach it
        again. Where the connection breaks in the very commit, nobody knows whether it was kept.
        """
