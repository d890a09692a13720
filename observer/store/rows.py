"""The statements that write rows. They go in sorted by key, so that no two processes wait for each other."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from math import isfinite
from typing import Final

from observer.engine.drift import FAMILY as DRIFT
from observer.engine.proofs import FAMILY as PROOF
from observer.errors import Problem, StoreError
from observer.messages import Words
from observer.model import Rollup
from observer.store.database import Cursor
from observer.store.drift import add_drift
from observer.store.proofs import add_proofs
from observer.store.retention import FINDINGS_KEPT
from observer.store.text import storable
from observer.windows.merge import Resolution, WindowKey
from observer.windows.readings import LatestFinding, Subject

_ADD: Final = """
INSERT INTO window_measure (resolution, start, family, key, measure, value) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (resolution, start, family, key, measure) DO UPDATE SET value = window_measure.value + excluded.value
"""
_SEE: Final = """
INSERT INTO last_seen (family, key, time) VALUES (?, ?, ?)
ON CONFLICT (family, key) DO UPDATE SET time = excluded.time WHERE excluded.time > last_seen.time
"""
_FIND: Final = """
INSERT INTO latest_finding (observed, source, contract, verdict, kind, rule, path, expected, came)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_FORGET_FINDINGS: Final = "DELETE FROM latest_finding WHERE id <= (SELECT max(id) FROM latest_finding) - ?"
_WRITTEN: Final = """
INSERT INTO meta (name, value) VALUES ('written', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value
"""


def add_windows(cursor: Cursor, resolution: Resolution, windows: Mapping[WindowKey, Rollup]) -> None:
    """Adds the measures of windows of one resolution to those that are there; proofs and drift have tables of their
    own."""
    proofs = {key: rollup for key, rollup in windows.items() if key[0] == PROOF}
    drift = {key: rollup for key, rollup in windows.items() if key[0] == DRIFT}
    rest = (
        {key: windows[key] for key in windows if key[0] not in {PROOF, DRIFT}} if proofs or drift else windows
    )
    cursor.execute_many(_ADD, sorted(_window_rows(resolution, rest)))
    if proofs:
        add_proofs(cursor, proofs)
    if drift:
        add_drift(cursor, drift)


def add_last_seen(cursor: Cursor, newest: Mapping[Subject, float]) -> None:
    """Keeps the newest event time of each subject, whatever order they come in."""
    rows = sorted((storable(family), storable(key), time) for (family, key), time in newest.items())
    cursor.execute_many(_SEE, rows)


def add_findings(cursor: Cursor, findings: Iterable[LatestFinding]) -> None:
    """Adds findings, oldest first, and keeps the last FINDINGS_KEPT of all."""
    kept = deque(findings, maxlen=FINDINGS_KEPT)
    if kept:
        cursor.alone("findings")
        cursor.execute_many(_FIND, [_finding_row(found) for found in kept])
        cursor.execute(_FORGET_FINDINGS, (FINDINGS_KEPT,))


def mark_written(cursor: Cursor, now: float) -> None:
    """Notes when the store last took something in. Every writer writes this row: it comes last."""
    cursor.execute(_WRITTEN, (now,))


def _window_rows(
    resolution: Resolution, windows: Mapping[WindowKey, Rollup]
) -> Iterator[tuple[int, int, str, str, str, float]]:
    for (family, key, start), rollup in windows.items():
        for measure, value in rollup.items():
            # PostgreSQL would keep what is no number, and every sum that it is part of would be none.
            if not isfinite(value):
                expected, got = Words("store.number"), Words("store.number.none")
                raise StoreError(Problem(f"{family}/{key}", expected, got, path=measure))
            yield int(resolution), start, storable(family), storable(key), storable(measure), value


def _finding_row(found: LatestFinding) -> tuple[object, ...]:
    broken = found.finding
    texts = (
        found.source,
        found.contract,
        found.verdict,
        broken.kind.value,
        broken.rule,
        broken.path,
        broken.expected,
        broken.came,
    )
    return found.observed, *map(storable, texts)
