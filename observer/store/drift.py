"""Drift, kept: what no contract names, when it was first and last seen, and in how many events that were looked at."""

from collections.abc import Mapping
from typing import Final

from observer.engine.drift import SAMPLED
from observer.metrics import OTHER
from observer.model import Rollup
from observer.store.database import Cursor
from observer.store.text import storable
from observer.windows.drift_readings import DriftRow
from observer.windows.merge import WindowKey

TABLES: Final = (
    """
    CREATE TABLE drift (
        contract {text} NOT NULL,
        source {text} NOT NULL,
        kind {text} NOT NULL,               -- property, type, event
        name {text} NOT NULL,               -- keyed hash of the undeclared name, never the name
        came {text} NOT NULL,               -- JSON kind of what stood there
        path {text} NOT NULL,               -- of what the contract declares around it
        first BIGINT NOT NULL,              -- first second of the minute
        last BIGINT NOT NULL,
        events DOUBLE PRECISION NOT NULL,
        sampled_before DOUBLE PRECISION NOT NULL,
        PRIMARY KEY (contract, source, kind, name, came, path)
    ) {clustered}
    """,
    """
    CREATE TABLE drift_sample (
        contract {text} NOT NULL,
        source {text} NOT NULL,
        sampled DOUBLE PRECISION NOT NULL,  -- events that were looked at
        PRIMARY KEY (contract, source)
    ) {clustered}
    """,
)

MOST_ROWS: Final = 200
"""Of one contract and source. What is beyond is one row, `_other`."""
KEPT: Final = 90 * 86_400
"""Seconds after it was last seen."""

_SAMPLE: Final = """
INSERT INTO drift_sample (contract, source, sampled) VALUES (?, ?, ?)
ON CONFLICT (contract, source) DO UPDATE SET sampled = drift_sample.sampled + excluded.sampled
"""
_SAMPLED: Final = "SELECT contract, source, sampled FROM drift_sample"
_MORE: Final = """
UPDATE drift SET events = events + :events,
    first = CASE WHEN first > :first THEN :first ELSE first END,
    last = CASE WHEN last < :last THEN :last ELSE last END
WHERE contract = :contract AND source = :source AND kind = :kind AND name = :name AND came = :came AND path = :path
"""
_NEW: Final = """
INSERT INTO drift (contract, source, kind, name, came, path, first, last, events, sampled_before)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_NUMBER: Final = "SELECT count(*) FROM drift WHERE contract = ? AND source = ?"
_ALL: Final = """
SELECT drift.contract, drift.source, kind, name, came, path, first, last, events,
    coalesce(sampled, 0) - sampled_before
FROM drift LEFT JOIN drift_sample ON drift.contract = drift_sample.contract AND drift.source = drift_sample.source
ORDER BY last DESC, events DESC, drift.contract, drift.source, name, path
"""


def add_drift(cursor: Cursor, windows: Mapping[WindowKey, Rollup]) -> None:
    """Adds what the engine saw. windows: keyed by contract, measures as `engine.drift` names them."""
    before = {(contract, source): sampled for contract, source, sampled in cursor.rows(_SAMPLED)}
    samples: dict[tuple[str, str], float] = {}
    seen: dict[tuple[str, ...], tuple[int, int, float]] = {}
    for (_, contract, start), rollup in sorted(windows.items()):
        for measure, events in rollup.items():
            kind, source, *what = (storable(part) for part in measure.split("/", 4))
            if kind == SAMPLED:
                samples[storable(contract), source] = samples.get((storable(contract), source), 0.0) + events
                continue
            key = (storable(contract), source, kind, *what)
            first, last, number = seen.get(key, (start, start, 0.0))
            seen[key] = (min(first, start), max(last, start), number + events)
    for key, (first, last, number) in sorted(seen.items()):
        if not _more(cursor, key, first, last, number):
            _new(cursor, key, first, last, number, before.get((key[0], key[1]), 0.0))
    cursor.execute_many(_SAMPLE, [(*key, number) for key, number in sorted(samples.items())])


def read_drift(cursor: Cursor) -> tuple[DriftRow, ...]:
    """Returns what was seen, the latest first."""
    return tuple(DriftRow(*row) for row in cursor.rows(_ALL))


def forget_drift(cursor: Cursor, now: float) -> None:
    """Forgets what was not seen for KEPT seconds."""
    cursor.execute("DELETE FROM drift WHERE last < ?", (now - KEPT,))


def _more(cursor: Cursor, key: tuple[str, ...], first: int, last: int, events: float) -> bool:
    names = ("contract", "source", "kind", "name", "came", "path")
    values: dict[str, object] = dict(zip(names, key, strict=True))
    return cursor.execute(_MORE, {**values, "first": first, "last": last, "events": events}) > 0


def _new(cursor: Cursor, key: tuple[str, ...], first: int, last: int, events: float, before: float) -> None:
    row = cursor.row(_NUMBER, key[:2])
    if row is not None and row[0] >= MOST_ROWS:
        key = (*key[:3], OTHER, "-", "")
        if _more(cursor, key, first, last, events):
            return
    cursor.execute(_NEW, (*key, first, last, events, before))
