"""The tables, as the ordered steps that made them. A step that was released never changes: a new one is added."""

from typing import Final

from observer.errors import Problem, StoreError, literal
from observer.messages import Words
from observer.store import drift, proofs
from observer.store.database import Cursor, Database
from observer.store.gates import GATES

_WINDOWS: Final = (
    """
    CREATE TABLE IF NOT EXISTS meta (
        name {text} PRIMARY KEY,
        value DOUBLE PRECISION NOT NULL
    ) {clustered}
    """,
    """
    CREATE TABLE IF NOT EXISTS window_measure (
        resolution BIGINT NOT NULL,         -- seconds: 60, 3600 or 86400
        start BIGINT NOT NULL,              -- first second since the epoch
        family {text} NOT NULL,
        key {text} NOT NULL,
        measure {text} NOT NULL,
        value DOUBLE PRECISION NOT NULL,
        PRIMARY KEY (resolution, start, family, key, measure)
    ) {clustered}
    """,
    """
    CREATE TABLE IF NOT EXISTS last_seen (
        family {text} NOT NULL,
        key {text} NOT NULL,
        time DOUBLE PRECISION NOT NULL,     -- event time of its newest event
        PRIMARY KEY (family, key)
    ) {clustered}
    """,
    """
    CREATE TABLE IF NOT EXISTS latest_finding (
        id {identity},                      -- order of arrival
        observed DOUBLE PRECISION NOT NULL,
        source {text} NOT NULL,
        contract {text} NOT NULL,
        verdict {text} NOT NULL,
        kind {text} NOT NULL,
        rule {text} NOT NULL,
        path {text} NOT NULL,
        expected {text} NOT NULL,
        came {text} NOT NULL
    )
    """,
)

_FOLD: Final = (
    """
    CREATE TABLE fold_offsets (
        topic {text} NOT NULL,              -- of ours: rollups, ledger
        partition BIGINT NOT NULL,
        next BIGINT NOT NULL,               -- the first offset that is not in the tables yet
        PRIMARY KEY (topic, partition)
    ) {clustered}
    """,
    """
    CREATE TABLE input_position (
        topic {text} NOT NULL,              -- of a source
        partition BIGINT NOT NULL,
        reader {text} NOT NULL,             -- who knows of it: `rollups/0`, ..., `ledger`
        next BIGINT NOT NULL,               -- the chunks up to here are in the tables
        watermark DOUBLE PRECISION,         -- no earlier event is expected; none from the ledger
        at DOUBLE PRECISION NOT NULL,       -- when that was said
        PRIMARY KEY (topic, partition, reader)
    ) {clustered}
    """,
    """
    CREATE TABLE ledger (
        topic {text} NOT NULL,
        partition BIGINT NOT NULL,
        first BIGINT NOT NULL,
        next BIGINT NOT NULL,
        chunks BIGINT NOT NULL,             -- 1, or how many were merged into this range
        records BIGINT NOT NULL,
        events BIGINT NOT NULL,
        undecodable BIGINT NOT NULL,
        duplicate BIGINT NOT NULL,
        unknown_contract BIGINT NOT NULL,
        unvalidated BIGINT NOT NULL,
        invalid BIGINT NOT NULL,
        valid BIGINT NOT NULL,
        digest {text} NOT NULL,             -- of the catalog that judged; empty where several did
        worker {text} NOT NULL,             -- empty where several were
        at DOUBLE PRECISION NOT NULL,       -- of the last chunk
        PRIMARY KEY (topic, partition, first)
    ) {clustered}
    """,
    """
    CREATE TABLE fold_refusal (
        topic {text} NOT NULL,              -- of a source
        partition BIGINT NOT NULL,
        reader {text} NOT NULL,
        kind {text} NOT NULL,               -- hole, overlap
        first BIGINT NOT NULL,
        next BIGINT NOT NULL,
        records BIGINT NOT NULL,            -- records of ours that told of it
        at DOUBLE PRECISION NOT NULL,
        PRIMARY KEY (topic, partition, reader, kind, first)
    ) {clustered}
    """,
    """
    CREATE TABLE fold_unreadable (
        topic {text} NOT NULL,              -- of ours
        partition BIGINT NOT NULL,
        record BIGINT NOT NULL,             -- its offset
        bytes BIGINT NOT NULL,              -- of the whole value
        head {bytes} NOT NULL,              -- where it begins
        at DOUBLE PRECISION NOT NULL,
        PRIMARY KEY (topic, partition, record)
    ) {clustered}
    """,
)

STEPS: Final[tuple[tuple[str, ...], ...]] = (_WINDOWS, _FOLD, GATES, proofs.TABLE, drift.TABLES)
"""Step n leads from version n to version n + 1."""
SCHEMA_VERSION: Final = len(STEPS)

_VERSION: Final = "SELECT value FROM meta WHERE name = 'schema_version'"
_SET_VERSION: Final = """
INSERT INTO meta (name, value) VALUES ('schema_version', ?)
ON CONFLICT (name) DO UPDATE SET value = excluded.value
"""


def migrate(database: Database) -> None:
    """Brings the tables to the version of this observer, in one transaction. Raises StoreError on a newer one."""
    with database.transaction() as cursor:
        cursor.alone("schema")
        version = check_version(cursor, database.place)
        if version == SCHEMA_VERSION:
            return
        for step in STEPS[version:]:
            for statement in step:
                cursor.define(statement)
        cursor.execute(_SET_VERSION, (SCHEMA_VERSION,))


def check_version(cursor: Cursor, place: str) -> int:
    """Returns the version of the tables, 0 where there are none. Raises StoreError on one newer than this observer."""
    row = cursor.row(_VERSION) if cursor.has_table("meta") else None
    version = int(row[0]) if row else 0
    if version > SCHEMA_VERSION:
        raise StoreError(
            Problem(
                place,
                Words("store.version", {"version": SCHEMA_VERSION}),
                literal(version),
                mend=Words("store.version.mend"),
            )
        )
    return version
