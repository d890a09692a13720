"""What the windows concluded, kept: in SQLite, where one process folds, or in PostgreSQL, where several do."""

from observer.store.batch import FoldBatch, LedgerRow, Position, Refusal, Unreadable
from observer.store.database import Cursor, Database
from observer.store.folding import Folded
from observer.store.gatekeeper import Gatekeeper
from observer.store.opening import open_reader, open_store
from observer.store.proofs import ProofRow
from observer.store.reader import Reader
from observer.store.retention import Retention
from observer.store.sqlite import FILE_NAME
from observer.store.text import storable
from observer.store.writer import Store

__all__ = [
    "FILE_NAME",
    "Cursor",
    "Database",
    "FoldBatch",
    "Folded",
    "Gatekeeper",
    "LedgerRow",
    "Position",
    "ProofRow",
    "Reader",
    "Refusal",
    "Retention",
    "Store",
    "Unreadable",
    "open_reader",
    "open_store",
    "storable",
]
