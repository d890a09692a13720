"""Gates, incidents, budgets and drift as JSON. Names are English and stable; times ISO 8601, durations seconds."""

from collections.abc import Iterable

from observer.metrics import NONE
from observer.web.cells import iso
from observer.web.plain import Plain, owners
from observer.windows.drift import DriftLine
from observer.windows.gates import Decision
from observer.windows.gates.incidents import asked
from observer.windows.quality import BudgetLine, GateLine, IncidentLine, Quality


def as_plain_quality(quality: Quality) -> dict[str, Plain]:
    """Returns what the page says of quality. Incidents and budgets are of the last thirty days."""
    return {
        "gates": [_gate(line) for line in quality.gates],
        "incidents": [_incident(line) for line in quality.incidents],
        "incidents_per_million_events": quality.incidents_per_million,
        "budgets": [_budget(line) for line in quality.budgets],
    }


def as_plain_drift(lines: Iterable[DriftLine]) -> list[Plain]:
    """Returns what no contract names. `name` is a keyed hash: the same name gives the same one."""
    return [
        {
            "contract": None if line.row.contract == NONE else line.row.contract,
            "source": line.row.source,
            "kind": line.row.kind,
            "name": line.row.name,
            "came": line.row.came,
            "path": line.row.path,
            "first_seen": iso(line.row.first),
            "last_seen": iso(line.row.last),
            "events": line.row.events,
            "share": line.share,
            "per_hour": line.per_hour,
            "owners": owners(line.owners),
            "proposal": line.update,
        }
        for line in lines
    ]


def _gate(line: GateLine) -> Plain:
    return {
        "contract": line.contract.id,
        "gate": line.rule.gate,
        "state": line.state,
        "since": None if line.since is None else iso(line.since),
        "metric": line.rule.metric.value,
        "asked": asked(line.rule),
        "severity": line.rule.severity,
        "window": line.rule.window,
        "owners": owners(line.owners),
        "runbook": line.contract.runbook or None,
        "last_window": None if line.latest is None else _decision(line.latest),
    }


def _decision(one: Decision) -> Plain:
    return {
        "start": iso(one.start),
        "end": iso(one.start + one.window),
        "outcome": one.outcome.value,
        "value": one.value,
        "bad": one.bad,
        "of": one.of,
        "usual": one.expected,
    }


def _incident(line: IncidentLine) -> Plain:
    one = line.incident
    return {
        "contract": one.contract,
        "gate": one.gate,
        "start": iso(one.start),
        "end": None if one.end is None else iso(one.end),
        "severity": one.severity,
        "asked": one.asked,
        "windows": one.windows,
        "events_hit": one.events,
        "worst": one.worst,
        "top_rule": one.top_rule or None,
        "top_rule_times": one.top_rule_events,
        "owners": owners(line.owners),
        "runbook": one.runbook or None,
    }


def _budget(line: BudgetLine) -> Plain:
    one = line.budget
    return {
        "contract": one.contract,
        "slo": one.slo,
        "objective": one.objective,
        "good": one.counted.good,
        "bad": one.counted.bad,
        "remaining": one.remaining,
        "burn": dict(one.burn),
        "exhaustion_seconds": dict(one.exhaustion),
        "top_rule": one.top_rule or None,
        "top_rule_times": one.top_rule_times,
        "owners": owners(line.owners),
    }
