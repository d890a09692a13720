"""Proof rows: that a meaning of consent was seen, from which day to which, and what was decided on it.

One row for each token, source and outcome, however often it comes: the days in between are not kept. Nothing in a row
is a signal or names a person.
"""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from observer.model import Rollup
from observer.store.database import Cursor
from observer.store.text import storable
from observer.windows.merge import WindowKey

TABLE: Final = (
    """
    CREATE TABLE proof (
        token {text} NOT NULL,              -- id of the key, then the keyed hash of what a signal means
        source {text} NOT NULL,
        outcome {text} NOT NULL,            -- `events`, or `decision/<destination>/<result>/<reason>`
        first_day BIGINT NOT NULL,          -- days since the epoch, by the time of the events
        last_day BIGINT NOT NULL,
        events DOUBLE PRECISION NOT NULL,
        PRIMARY KEY (token, source, outcome)
    ) {clustered}
    """,
    "CREATE INDEX proof_last_day ON proof (last_day)",
)

_ADD: Final = """
INSERT INTO proof (token, source, outcome, first_day, last_day, events) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (token, source, outcome) DO UPDATE
SET first_day = CASE WHEN excluded.first_day < proof.first_day THEN excluded.first_day ELSE proof.first_day END,
    last_day = CASE WHEN excluded.last_day > proof.last_day THEN excluded.last_day ELSE proof.last_day END,
    events = proof.events + excluded.events
"""
_OF: Final = """
SELECT token, source, outcome, first_day, last_day, events FROM proof WHERE token = ? ORDER BY source, outcome
"""
_FORGET: Final = "DELETE FROM proof WHERE last_day < ?"
_MAKE_ROOM: Final = """
DELETE FROM proof WHERE last_day < (SELECT last_day FROM proof ORDER BY last_day DESC LIMIT 1 OFFSET ?)
"""
_DAY: Final = 86_400


class ProofRow(NamedTuple):
    """One outcome of one meaning. outcome: `events`, or `decision/<destination>/<result>/<reason>`;
    first_day, last_day: in days since the epoch."""

    token: str
    source: str
    outcome: str
    first_day: int
    last_day: int
    events: float


def add_proofs(cursor: Cursor, windows: Mapping[WindowKey, Rollup]) -> None:
    """Adds what the engine proved: windows keyed by token, their measures beginning with the source."""
    rows: dict[tuple[str, str, str, int], float] = {}
    for (_, token, start), rollup in windows.items():
        for measure, events in rollup.items():
            source, _, outcome = measure.partition("/")
            key = (storable(token), storable(source), storable(outcome), start // _DAY)
            rows[key] = rows.get(key, 0) + events
    cursor.execute_many(_ADD, [(*key[:3], key[3], key[3], events) for key, events in sorted(rows.items())])


def proofs_of(cursor: Cursor, tokens: Iterable[str]) -> tuple[ProofRow, ...]:
    """Returns the rows of those tokens."""
    return tuple(ProofRow(*row) for token in tokens for row in cursor.rows(_OF, (token,)))


def forget_proofs(cursor: Cursor, before: float, most: int) -> None:
    """Forgets meanings that were last seen before a moment (seconds since the epoch), and of those left the ones
    unseen for longest, where there are more than `most` rows: whole days at a time, never the newest day."""
    cursor.execute(_FORGET, (int(before // _DAY),))
    cursor.execute(_MAKE_ROOM, (most - 1,))
