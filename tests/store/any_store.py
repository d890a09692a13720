"""A store of either kind, empty, for tests of what both promise."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from observer.store import Database, Store
from observer.store.postgresql import PostgresqlDatabase
from observer.store.sqlite import SqliteDatabase

KINDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
_TABLES = (
    "window_measure",
    "last_seen",
    "latest_finding",
    "fold_offsets",
    "input_position",
    "ledger",
    "fold_refusal",
    "proof",
    "drift",
    "drift_sample",
    "gate_state",
    "gate_decision",
    "incident",
    "observation_gap",
)


def database_of(request: pytest.FixtureRequest) -> Database:
    """Returns an empty database of the kind that a fixture's parameter names."""
    if request.param == "postgresql":
        return PostgresqlDatabase.open(request.getfixturevalue("postgres_url"))
    folder: Path = request.getfixturevalue("tmp_path")
    return SqliteDatabase.open(folder / "state")


@contextmanager
def opened(request: pytest.FixtureRequest) -> Iterator[Store]:
    """Yields an empty store of that kind."""
    with Store(database_of(request)) as store:
        yield store


def emptied(store: Store) -> None:
    """Forgets everything, so that the next example of a property begins anew."""
    with store.transaction() as cursor:
        for table in _TABLES:
            cursor.execute(f"DELETE FROM {table}")
