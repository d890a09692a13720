"""The reading side: a period's sums, at one moment, from this process or another."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from observer.errors import Problem, StoreError
from observer.messages import Words
from observer.model import Finding, Rollup, ViolationKind
from observer.store import schema
from observer.store.schema import FILE_NAME
from observer.windows.merge import Resolution
from observer.windows.readings import LatestFinding, Readings, Step, Subject

# A window longer than a minute counts when it reaches into the period: its first second may lie before it.
_WITHIN: Final = " UNION ALL ".join(
    "SELECT start, family, key, measure, value FROM window_measure"  # noqa: S608  (numbers of our own)
    f" WHERE resolution = {int(resolution)} AND start > :since - {int(resolution)} AND start < :until"
    for resolution in Resolution
)
_SUMS: Final = f"SELECT family, key, measure, sum(value), min(start) FROM ({_WITHIN}) GROUP BY 1, 2, 3"  # noqa: S608
_FAMILY: Final = f"SELECT key, measure, sum(value) FROM ({_WITHIN}) WHERE family = :family GROUP BY 1, 2"  # noqa: S608
_TIMELINE: Final = f"""
SELECT start / :step * :step, key, sum(value), sum(iif(measure = 'verdict/valid', value, 0))
FROM ({_WITHIN}) WHERE family = 'source' AND measure GLOB 'verdict/*' GROUP BY 1, 2 ORDER BY 1, 2
"""  # noqa: S608
_FINDINGS: Final = """
SELECT observed, source, contract, verdict, kind, rule, path, expected, came
FROM latest_finding ORDER BY id DESC
"""


class Reader:
    """Reads a store that any process writes. Opens the file for each call, so threads may share it."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / FILE_NAME

    def readings(self, since: float, until: float, step: int) -> Readings:
        """Returns the period from `since` to `until` (seconds since the epoch) as of one moment.

        step: seconds of the timeline's steps. Windows that reach into the period count whole; the answer's
        `since` says from where. Raises StoreError.
        """
        period: dict[str, object] = {"since": since, "until": until, "step": step}
        measures: dict[Subject, Rollup] = {}
        earliest = since // Resolution.MINUTE * Resolution.MINUTE
        with self._snapshot() as connection:
            for family, key, measure, value, start in connection.execute(_SUMS, period):
                measures.setdefault((family, key), {})[measure] = value
                earliest = min(earliest, start)
            return Readings(
                since=float(earliest),
                until=until,
                step=step,
                measures=measures,
                last_seen={
                    (family, key): time
                    for family, key, time in connection.execute("SELECT family, key, time FROM last_seen")
                },
                timeline=tuple(Step(*row) for row in connection.execute(_TIMELINE, period)),
                findings=tuple(_finding(row) for row in connection.execute(_FINDINGS)),
                written=_written(connection),
            )

    def measures(self, family: str, since: float, until: float) -> dict[str, Rollup]:
        """Returns the sums of one family over a period, by key. Raises StoreError."""
        measures: dict[str, Rollup] = {}
        period: dict[str, object] = {"since": since, "until": until, "family": family}
        with self._snapshot() as connection:
            for key, measure, value in connection.execute(_FAMILY, period):
                measures.setdefault(key, {})[measure] = value
        return measures

    @contextmanager
    def _snapshot(self) -> Iterator[sqlite3.Connection]:
        if not self.file.exists():
            raise StoreError(
                Problem(
                    str(self.file),
                    Words("store.there"),
                    Words("store.nothing"),
                    mend=Words("store.there.mend"),
                )
            )
        with schema.reported(self.file), closing(schema.connect(self.file)) as connection:
            connection.execute("PRAGMA query_only = ON")
            schema.check_version(connection, self.file)
            connection.execute("BEGIN")
            yield connection


def _finding(row: tuple[float, str, str, str, str, str, str, str, str]) -> LatestFinding:
    observed, source, contract, verdict, kind, rule, path, expected, came = row
    return LatestFinding(
        observed, source, contract, verdict, Finding(ViolationKind(kind), rule, path, expected, came)
    )


def _written(connection: sqlite3.Connection) -> float | None:
    row = connection.execute("SELECT value FROM meta WHERE name = 'written'").fetchone()
    return None if row is None else float(row[0])
