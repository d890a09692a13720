"""What the windows concluded, kept: SQLite, where one process folds and any may read."""

from observer.store.reader import Reader
from observer.store.schema import FILE_NAME, Retention
from observer.store.text import storable
from observer.store.writer import Store

__all__ = ["FILE_NAME", "Reader", "Retention", "Store", "storable"]
