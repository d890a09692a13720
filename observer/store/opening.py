"""Which database the settings ask for."""

from pathlib import Path

from observer.errors import Problem, StoreError
from observer.messages import Words
from observer.store.database import Database
from observer.store.reader import Reader
from observer.store.retention import Retention
from observer.store.writer import Store


def open_store(folder: Path, url: str | None, retention: Retention = Retention()) -> Store:  # noqa: B008  (immutable)
    """Opens PostgreSQL where `url` names it, else the SQLite file in `folder`.

    Raises StoreError: SQLite's is in use by another process, PostgreSQL cannot be reached or its extra is not
    installed, or the tables are of a newer version.
    """
    return Store.open(folder, retention) if url is None else Store(_postgresql(url), retention)


def open_reader(folder: Path, url: str | None) -> Reader:
    """Returns a reader of the same store, with a connection of its own. Raises StoreError as `open_store` does."""
    return Reader(folder if url is None else _postgresql(url))


def _postgresql(url: str) -> Database:
    # PostgreSQL is an extra: whoever keeps to SQLite needs none of its client.
    try:
        from observer.store.postgresql import PostgresqlDatabase  # noqa: PLC0415
    except ImportError as error:
        expected, got = Words("store.client"), Words("store.client.none")
        raise StoreError(Problem("store.url", expected, got, mend=Words("store.client.mend"))) from error
    return PostgresqlDatabase.open(url)
