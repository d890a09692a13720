"""The reading side: a period's sums, at one moment, from this process or another."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from observer.model import Finding, Rollup, ViolationKind
from observer.store import folding, gates, ledger
from observer.store.batch import LedgerRow, Refusal, Unreadable
from observer.store.database import Cursor, Row, Snapshots
from observer.store.drift import read_drift
from observer.store.folding import Folded
from observer.store.proofs import ProofRow, proofs_of
from observer.store.sqlite import SqliteFile
from observer.windows.budgets import PERIOD
from observer.windows.gate_readings import GateReadings
from observer.windows.merge import Resolution, WindowKey
from observer.windows.readings import LatestFinding, Readings, Step, Subject

# A window longer than a minute counts when it reaches into the period: its first second may lie before it.
_WITHIN: Final = " UNION ALL ".join(
    "SELECT start, family, key, measure, value FROM window_measure"  # noqa: S608  (numbers of our own)
    f" WHERE resolution = {int(resolution)} AND start > :since - {int(resolution)} AND start < :until"
    for resolution in Resolution
)
_SUMS: Final = (
    f"SELECT family, key, measure, sum(value), min(start) FROM ({_WITHIN}) AS windows GROUP BY 1, 2, 3"  # noqa: S608
)
_FAMILY: Final = (
    f"SELECT key, measure, sum(value) FROM ({_WITHIN}) AS windows WHERE family = :family GROUP BY 1, 2"  # noqa: S608
)
_TIMELINE: Final = f"""
SELECT start / :step * :step, key, sum(value),
       sum(CASE WHEN measure = 'verdict/valid' THEN value ELSE 0 END)
FROM ({_WITHIN}) AS windows WHERE family = 'source' AND measure LIKE 'verdict/%' GROUP BY 1, 2 ORDER BY 1, 2
"""  # noqa: S608
_WINDOWS: Final = "SELECT family, key, start, measure, value FROM window_measure WHERE resolution = ?"
_FINDINGS: Final = """
SELECT observed, source, contract, verdict, kind, rule, path, expected, came
FROM latest_finding ORDER BY id DESC
"""


class Reader:
    """Reads what any process wrote. Threads may share it."""

    def __init__(self, store: Path | Snapshots) -> None:
        """store: the state folder of a SQLite store, or a database."""
        self._store = SqliteFile(store) if isinstance(store, Path) else store

    def close(self) -> None:
        """Ends the connection, where one is held."""
        self._store.close()

    def readings(self, since: float, until: float, step: int) -> Readings:
        """Returns the period from `since` to `until` (seconds since the epoch) as of one moment.

        step: seconds of the timeline's steps. Windows that reach into the period count whole; the answer's
        `since` says from where. Raises StoreError.
        """
        period: dict[str, object] = {"since": since, "until": until, "step": step}
        measures: dict[Subject, Rollup] = {}
        earliest = since // Resolution.MINUTE * Resolution.MINUTE
        with self._store.snapshot() as cursor:
            for family, key, measure, value, start in cursor.rows(_SUMS, period):
                measures.setdefault((family, key), {})[measure] = value
                earliest = min(earliest, start)
            return Readings(
                since=float(earliest),
                until=until,
                step=step,
                measures=measures,
                last_seen={
                    (family, key): time
                    for family, key, time in cursor.rows("SELECT family, key, time FROM last_seen")
                },
                timeline=tuple(Step(*row) for row in cursor.rows(_TIMELINE, period)),
                findings=tuple(_finding(row) for row in cursor.rows(_FINDINGS)),
                written=_written(cursor),
                gates=_gates(cursor, until),
                drift=read_drift(cursor) if cursor.has_table("drift") else (),
            )

    def measures(self, family: str, since: float, until: float) -> dict[str, Rollup]:
        """Returns the sums of one family over a period, by key. Raises StoreError."""
        measures: dict[str, Rollup] = {}
        period: dict[str, object] = {"since": since, "until": until, "family": family}
        with self._store.snapshot() as cursor:
            for key, measure, value in cursor.rows(_FAMILY, period):
                measures.setdefault(key, {})[measure] = value
        return measures

    def proofs(self, tokens: Iterable[str]) -> tuple[ProofRow, ...]:
        """Returns what is known of those tokens: when they were seen, and what was decided. Raises StoreError."""
        with self._store.snapshot() as cursor:
            return proofs_of(cursor, tokens)

    def windows(self, resolution: Resolution) -> dict[WindowKey, Rollup]:
        """Returns every window of one resolution. Raises StoreError."""
        windows: dict[WindowKey, Rollup] = {}
        with self._store.snapshot() as cursor:
            for family, key, start, measure, value in cursor.rows(_WINDOWS, (int(resolution),)):
                windows.setdefault((family, key, start), {})[measure] = value
        return windows

    def folded(self) -> Folded:
        """Returns how far the fold is. Raises StoreError."""
        with self._store.snapshot() as cursor:
            return folding.folded(cursor)

    def ledger(self) -> tuple[LedgerRow, ...]:
        """Returns all of the ledger, by input partition and position. Raises StoreError."""
        with self._store.snapshot() as cursor:
            return ledger.read_ledger(cursor)

    def refusals(self) -> tuple[Refusal, ...]:
        """Returns the ranges that did not fit, oldest first. Raises StoreError."""
        with self._store.snapshot() as cursor:
            return folding.refusals(cursor)

    def unreadable(self) -> tuple[Unreadable, ...]:
        """Returns the records of our topics that nobody of us wrote, oldest first. Raises StoreError."""
        with self._store.snapshot() as cursor:
            return folding.unreadable(cursor)


def _gates(cursor: Cursor, until: float) -> GateReadings:
    # A store that nobody has opened to write since an older observer did has no such tables yet.
    if not cursor.has_table("gate_state"):
        return GateReadings()
    return GateReadings(
        tuple(gates.read_states(cursor).values()),
        gates.read_latest(cursor),
        gates.read_incidents(cursor, until - PERIOD),
    )


def _finding(row: Row) -> LatestFinding:
    observed, source, contract, verdict, kind, rule, path, expected, came = row
    return LatestFinding(
        observed, source, contract, verdict, Finding(ViolationKind(kind), rule, path, expected, came)
    )


def _written(cursor: Cursor) -> float | None:
    row = cursor.row("SELECT value FROM meta WHERE name = 'written'")
    return None if row is None else float(row[0])
