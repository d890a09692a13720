"""The tables of gates: their states, what was decided, incidents, and when nobody listened."""

from collections.abc import Callable, Iterable
from typing import Final

import msgspec

from observer.contracts.compiled import Owner
from observer.model import Rollup
from observer.store.database import Cursor, Row
from observer.store.text import storable
from observer.windows.gates import (
    Amendment,
    Closed,
    Decision,
    GateKey,
    GateState,
    Incident,
    Outcome,
    Trouble,
    Wanted,
)
from observer.windows.gates.gate import TIMED, Gap
from observer.windows.gates.judging import WEEK
from observer.windows.merge import Resolution

GATES: Final = (
    """
    CREATE TABLE gate_state (
        contract {text} NOT NULL,
        gate {text} NOT NULL,
        decided_until BIGINT NOT NULL,      -- every window that ends by then is decided
        open BIGINT NOT NULL,               -- 1 or 0
        failing BIGINT NOT NULL,
        passing BIGINT NOT NULL,
        heard BIGINT NOT NULL,
        trouble {text} NOT NULL,            -- JSON, empty without any
        PRIMARY KEY (contract, gate)
    ) {clustered}
    """,
    """
    CREATE TABLE gate_decision (
        contract {text} NOT NULL,
        gate {text} NOT NULL,
        start BIGINT NOT NULL,              -- first second of the window
        length BIGINT NOT NULL,             -- of the window, in seconds
        metric {text} NOT NULL,
        outcome {text} NOT NULL,
        value DOUBLE PRECISION,
        bad DOUBLE PRECISION NOT NULL,
        looked_at DOUBLE PRECISION NOT NULL,
        usual DOUBLE PRECISION,
        open BIGINT NOT NULL,
        late_bad DOUBLE PRECISION NOT NULL DEFAULT 0,       -- what came after the decision
        late_looked_at DOUBLE PRECISION NOT NULL DEFAULT 0,
        PRIMARY KEY (contract, gate, start)
    ) {clustered}
    """,
    """
    CREATE TABLE incident (
        contract {text} NOT NULL,
        gate {text} NOT NULL,
        start BIGINT NOT NULL,
        ended BIGINT,
        severity {text} NOT NULL,
        marketing_owner {text} NOT NULL,
        marketing_contact {text} NOT NULL,
        technical_owner {text} NOT NULL,
        technical_contact {text} NOT NULL,
        runbook {text} NOT NULL,
        asked {text} NOT NULL,
        windows BIGINT NOT NULL,
        events DOUBLE PRECISION NOT NULL,
        worst DOUBLE PRECISION NOT NULL,
        top_rule {text} NOT NULL,
        top_rule_events DOUBLE PRECISION NOT NULL,
        PRIMARY KEY (contract, gate, start)
    ) {clustered}
    """,
    """
    CREATE TABLE observation_gap (
        since DOUBLE PRECISION PRIMARY KEY,
        until DOUBLE PRECISION NOT NULL
    ) {clustered}
    """,
)
"""A step of the schema."""

DECISIONS_KEPT: Final = 13 * WEEK
"""Seconds: a volume may be compared with twelve weeks before."""
SHORT_DECISIONS_KEPT: Final = 8 * 86_400
"""Seconds, of windows below an hour."""
INCIDENTS_SHOWN: Final = 500

_STATES: Final = (
    "SELECT contract, gate, decided_until, open, failing, passing, heard, trouble FROM gate_state"
)
_SET_STATE: Final = """
INSERT INTO gate_state (contract, gate, decided_until, open, failing, passing, heard, trouble)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (contract, gate) DO UPDATE SET decided_until = excluded.decided_until, open = excluded.open,
    failing = excluded.failing, passing = excluded.passing, heard = excluded.heard, trouble = excluded.trouble
"""
_DECIDE: Final = """
INSERT INTO gate_decision (contract, gate, start, length, metric, outcome, value, bad, looked_at, usual, open)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_TELL: Final = """
INSERT INTO incident (contract, gate, start, ended, severity, marketing_owner, marketing_contact, technical_owner,
    technical_contact, runbook, asked, windows, events, worst, top_rule, top_rule_events)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (contract, gate, start) DO UPDATE SET ended = excluded.ended, windows = excluded.windows,
    events = excluded.events, worst = excluded.worst, top_rule = excluded.top_rule,
    top_rule_events = excluded.top_rule_events
"""
_END: Final = "UPDATE incident SET ended = ? WHERE contract = ? AND gate = ? AND ended IS NULL"
_FORGET_STATE: Final = "DELETE FROM gate_state WHERE contract = ? AND gate = ?"
_AMEND: Final = """
UPDATE gate_decision SET late_bad = late_bad + ?, late_looked_at = late_looked_at + ?
WHERE contract = ? AND gate = ? AND start = ?
"""
_MISS: Final = """
INSERT INTO observation_gap (since, until) VALUES (?, ?) ON CONFLICT (since) DO UPDATE SET until = excluded.until
"""
_FORGET_DECISIONS: Final = """
DELETE FROM gate_decision WHERE start < ? OR (start < ? AND length < ? AND metric <> 'volume')
"""
_COUNTED: Final = """
SELECT key, start / :length * :length, measure, sum(value) FROM window_measure
WHERE resolution = :resolution AND start >= :since AND start < :until AND family = 'contract'
GROUP BY 1, 2, 3
"""
_VOLUMES: Final = """
SELECT start, looked_at + late_looked_at FROM gate_decision
WHERE contract = ? AND gate = ? AND start >= ? AND outcome <> ?
"""
_DECISIONS: Final = """
SELECT contract, gate, start, length, outcome, value, bad, looked_at, usual, open, late_bad, late_looked_at
FROM gate_decision WHERE start + length > ? AND start < ? ORDER BY start + length DESC, contract, gate
"""
_LATEST: Final = """
SELECT contract, gate, start, length, outcome, value, bad, looked_at, usual, open FROM gate_decision AS one
WHERE start = (SELECT max(start) FROM gate_decision WHERE contract = one.contract AND gate = one.gate)
"""
_INCIDENTS: Final = """
SELECT contract, gate, start, ended, severity, marketing_owner, marketing_contact, technical_owner,
    technical_contact, runbook, asked, windows, events, worst, top_rule, top_rule_events
FROM incident WHERE ended IS NULL OR ended > ? ORDER BY CASE WHEN ended IS NULL THEN 0 ELSE 1 END, start DESC LIMIT ?
"""


def read_states(cursor: Cursor) -> dict[GateKey, GateState]:
    """Returns every gate as it was left."""
    return {state.key: state for state in map(_state, cursor.rows(_STATES))}


def read_windows(cursor: Cursor, asked: Iterable[Wanted]) -> dict[tuple[str, int, int], Rollup]:
    """Returns what is counted in the windows that `asked` asks for, and the minutes of those about silence.

    A window longer than an hour is made of hours too, where its minutes have grown old.
    """
    spans: dict[int, tuple[int, int]] = {}
    for one in asked:
        lengths = (
            (one.rule.window, int(Resolution.MINUTE)) if one.rule.metric in TIMED else (one.rule.window,)
        )
        for length in lengths:
            since, until = spans.get(length, (one.since, one.until))
            spans[length] = min(since, one.since), max(until, one.until)
    windows: dict[tuple[str, int, int], Rollup] = {}
    for length, (since, until) in spans.items():
        for resolution in Resolution:
            if resolution > length:
                continue
            span = {"length": length, "resolution": int(resolution), "since": since, "until": until}
            for contract, start, measure, value in cursor.rows(_COUNTED, span):
                held = windows.setdefault((contract, length, start), {})
                held[measure] = held.get(measure, 0.0) + value
    return windows


def read_history(cursor: Cursor, asked: Iterable[Wanted]) -> dict[GateKey, dict[int, float]]:
    """Returns the events of the earlier windows of the volume gates, what came late among them."""
    return {
        one.key: dict(
            cursor.rows(_VOLUMES, (*one.key, one.since - one.rule.weeks * WEEK, Outcome.NOT_OBSERVED.value))
        )
        for one in asked
        if one.rule.weeks
    }


def read_gaps(cursor: Cursor) -> list[Gap]:
    """Returns when nobody listened, oldest first."""
    return [
        (since, until)
        for since, until in cursor.rows("SELECT since, until FROM observation_gap ORDER BY since")
    ]


def add_gap(cursor: Cursor, since: float, until: float) -> None:
    """Notes that nobody listened."""
    cursor.execute(_MISS, (since, until))


def keep(cursor: Cursor, closed: Closed, metric_of: Callable[[GateKey], str]) -> None:
    """Writes what one closing came to. A window that has a decision raises: no window is decided twice."""
    cursor.execute_many(_SET_STATE, sorted(map(_state_row, closed.states)))
    cursor.execute_many(_DECIDE, sorted(_decision_row(one, metric_of) for one in closed.decisions))
    cursor.execute_many(_TELL, sorted(map(_incident_row, closed.incidents)))
    for state in closed.gone:
        if state.trouble is not None:
            cursor.execute(_END, (state.trouble.until, *state.key))
        cursor.execute(_FORGET_STATE, state.key)


def amend(cursor: Cursor, amendments: Iterable[Amendment]) -> None:
    """Adds what came late to the rows of the windows that were decided without it."""
    cursor.execute_many(
        _AMEND, [(one.bad, one.of, storable(one.contract), one.gate, one.start) for one in amendments]
    )


def forget(cursor: Cursor, now: float, incidents_kept: float) -> None:
    """Deletes what is past its time. An incident that lasts is never forgotten."""
    cursor.execute(
        _FORGET_DECISIONS,
        (now - DECISIONS_KEPT, now - SHORT_DECISIONS_KEPT, int(Resolution.HOUR)),
    )
    cursor.execute("DELETE FROM incident WHERE ended < ?", (now - incidents_kept,))
    cursor.execute("DELETE FROM observation_gap WHERE until < ?", (now - DECISIONS_KEPT,))


def read_latest(cursor: Cursor) -> tuple[Decision, ...]:
    """Returns the last decision of each gate."""
    return tuple(map(_decision, cursor.rows(_LATEST)))


def read_decisions(cursor: Cursor, since: float, until: float) -> tuple[tuple[Decision, float, float], ...]:
    """Returns the decisions on the windows that reach into a period, newest first, each with what came late for it."""
    return tuple((_decision(row[:10]), row[10], row[11]) for row in cursor.rows(_DECISIONS, (since, until)))


def read_incidents(cursor: Cursor, since: float) -> tuple[Incident, ...]:
    """Returns the incidents that last or ended after `since`: those that last first, then the newest."""
    return tuple(map(_incident, cursor.rows(_INCIDENTS, (since, INCIDENTS_SHOWN))))


def _state(row: Row) -> GateState:
    contract, gate, until, open_, failing, passing, heard, trouble = row
    told = msgspec.json.decode(trouble, type=Trouble) if trouble else None
    return GateState(contract, gate, until, bool(open_), failing, passing, told, heard)


def _state_row(state: GateState) -> tuple[object, ...]:
    trouble = "" if state.trouble is None else msgspec.json.encode(state.trouble).decode()
    return (
        *(storable(state.contract), storable(state.gate), state.decided_until, int(state.open)),
        *(state.failing, state.passing, state.heard, storable(trouble)),
    )


def _decision(row: Row) -> Decision:
    contract, gate, start, length, outcome, value, bad, of, usual, open_ = row
    return Decision(contract, gate, start, length, Outcome(outcome), value, bad, of, usual, bool(open_))


def _decision_row(one: Decision, metric_of: Callable[[GateKey], str]) -> tuple[object, ...]:
    head = (
        storable(one.contract),
        storable(one.gate),
        one.start,
        one.window,
        metric_of((one.contract, one.gate)),
    )
    return (*head, one.outcome.value, one.value, one.bad, one.of, one.expected, int(one.open))


def _incident(row: Row) -> Incident:
    contract, gate, start, ended, severity, *owners, runbook, asked, windows, events, worst, rule, times = row
    marketing, technical = Owner(*owners[:2]), Owner(*owners[2:])
    return Incident(
        *(contract, gate, start, ended, severity, marketing, technical, runbook, asked),
        *(windows, events, worst, rule, times),
    )


def _incident_row(one: Incident) -> tuple[object, ...]:
    owners = (*one.marketing_owner, *one.technical_owner)
    texts = map(storable, (*owners, one.runbook, one.asked))
    return (
        *(storable(one.contract), storable(one.gate), one.start, one.end, one.severity),
        *texts,
        *(one.windows, one.events, one.worst, storable(one.top_rule), one.top_rule_events),
    )
