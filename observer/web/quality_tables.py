"""Tables of gates, incidents and error budgets."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from observer import metrics
from observer.messages import Lang, say
from observer.web.cells import (
    Cell,
    Column,
    Note,
    Table,
    Tone,
    ago,
    iso,
    known_words,
    number,
    owner_notes,
    reach,
    rows_of,
)
from observer.windows.budgets import Budget
from observer.windows.gate_words import amount, percentage, rule_words
from observer.windows.gates import Decision, Outcome
from observer.windows.numbers import duration, whole
from observer.windows.quality import BudgetLine, GateLine, GateWord, IncidentLine
from observer.windows.summary import Summary

INCIDENTS_LISTED: Final = 20
GATES_LISTED: Final = 40
BUDGETS_LISTED: Final = 40

_GATE_TONES: Final[Mapping[GateWord, Tone]] = {"closed": "warn", "open": "good", "undecided": "grey"}
_OUTCOME_TONES: Final[Mapping[Outcome, Tone]] = {Outcome.BROKEN: "warn", Outcome.KEPT: "good"}

_INCIDENTS: Final = (
    Column("incident", metric=metrics.INCIDENTS),
    Column("began"),
    Column("hit", True),
    Column("worst", True),
    Column("top_rule"),
    Column("runbook"),
)
_GATES: Final = (
    Column("gate"),
    Column("gate_state", metric=metrics.GATE_OPEN),
    Column("gate_value", True),
    Column("gate_window", metric=metrics.GATE_DECISIONS),
)
_BUDGETS: Final = (
    Column("budget"),
    Column("objective", True, metrics.SLO_OBJECTIVE),
    Column("budget_bad", True, metrics.SLI_EVENTS),
    Column("budget_left", True, metrics.BUDGET_REMAINING),
    Column("time_left", metric=metrics.BUDGET_EXHAUSTION),
    Column("top_rule", metric=metrics.VIOLATIONS),
)


def incidents_table(summary: Summary, lang: Lang, caption: str) -> Table:
    """Returns a row for each incident: those that last first, then the newest."""
    rows = rows_of(_incident_row(line, lang) for line in summary.quality.incidents[:INCIDENTS_LISTED])
    return Table("incidents", caption, _INCIDENTS, rows)


def gates_table(summary: Summary, lang: Lang, caption: str) -> Table:
    """Returns a row for each gate, closed ones first."""
    rows = rows_of(_gate_row(line, summary.now, lang) for line in summary.quality.gates[:GATES_LISTED])
    return Table("gates", caption, _GATES, rows)


def budgets_table(summary: Summary, lang: Lang, caption: str) -> Table:
    """Returns a row for each promise that has a budget: spent, time left, the rule that broke most."""
    rows = rows_of(_budget_row(line, lang) for line in summary.quality.budgets[:BUDGETS_LISTED])
    return Table("budgets", caption, _BUDGETS, rows)


def day_and_time(seconds: float, lang: Lang) -> str:
    """Returns a moment in UTC, to the minute."""
    return datetime.fromtimestamp(seconds, UTC).strftime(
        "%d/%m/%Y %H:%M" if lang == "fr" else "%Y-%m-%d %H:%M"
    )


def _incident_row(line: IncidentLine, lang: Lang) -> list[Cell]:
    one, rule = line.incident, line.rule
    lasts = one.end is None
    words = one.asked if rule is None else rule_words(rule, lang)
    severity = say(f"quality.severity.{one.severity}", lang)
    notes = (Note(words), Note(f"{one.contract} · {one.gate} · {severity}"), *owner_notes(line.owners, lang))
    until = say("quality.lasts", lang) if one.end is None else day_and_time(one.end, lang)
    worst = f"{one.worst:g}" if rule is None else amount(rule, one.worst, lang)
    return [
        Cell(
            line.title,
            notes,
            badge=say("quality.gate.closed", lang) if lasts else "",
            tone="warn" if lasts else "",
        ),
        Cell(day_and_time(one.start, lang), (Note(until),), time=iso(one.start)),
        number(one.events, lang),
        Cell(worst),
        _top_rule(one.top_rule, one.top_rule_events, lang),
        Cell(one.runbook, href=reach(one.runbook), code=True),
    ]


def _gate_row(line: GateLine, now: float, lang: Lang) -> list[Cell]:
    length = say("quality.window", lang, length=duration(line.rule.window, lang))
    notes = (
        Note(rule_words(line.rule, lang)),
        Note(f"{line.contract.id} · {line.rule.gate} · {length}"),
        *owner_notes(line.owners, lang),
    )
    since = (
        () if line.since is None else (Note(say("quality.since", lang, time=day_and_time(line.since, lang))),)
    )
    return [
        Cell(line.contract.title, notes),
        Cell(notes=since, badge=say(f"quality.gate.{line.state}", lang), tone=_GATE_TONES[line.state]),
        _value(line, lang),
        _window(line.latest, now, lang),
    ]


def _value(line: GateLine, lang: Lang) -> Cell:
    latest = line.latest
    if latest is None or latest.value is None:
        return Cell("–", tone="quiet")
    events = whole(latest.of, lang)
    note = (
        events
        if line.rule.metric in _WHOLE
        else say("quality.evidence", lang, bad=whole(latest.bad, lang), events=events)
    )
    if latest.expected is not None:
        note = say("quality.usual", lang, events=events, usual=whole(latest.expected, lang))
    return Cell(amount(line.rule, latest.value, lang), (Note(note),))


_WHOLE: Final = frozenset({"rowCount", "volume", "freshness", "availability"})
"""Metrics that count no bad events."""


def _window(latest: Decision | None, now: float, lang: Lang) -> Cell:
    if latest is None:
        return Cell("–", tone="quiet")
    end = latest.start + latest.window
    words = known_words("quality.outcome", latest.outcome.value, lang)
    return Cell(
        notes=(Note(ago(end, now, lang)),), badge=words, tone=_OUTCOME_TONES.get(latest.outcome, "grey")
    )


def _budget_row(line: BudgetLine, lang: Lang) -> list[Cell]:
    one = line.budget
    counted = one.counted
    notes = (Note(known_words("quality.slo", one.slo, lang)), Note(f"{one.contract} · {one.slo}"))
    return [
        Cell(line.title, (*notes, *owner_notes(line.owners, lang))),
        Cell(percentage(one.objective * 100, lang)),
        Cell(say("quality.evidence", lang, bad=whole(counted.bad, lang), events=whole(counted.events, lang))),
        _left(one, lang),
        _time_left(one, lang),
        _top_rule(one.top_rule, one.top_rule_times, lang),
    ]


def _left(one: Budget, lang: Lang) -> Cell:
    if one.remaining is None:
        return Cell(say("quality.unknown", lang), tone="quiet")
    return Cell(percentage(one.remaining * 100, lang), tone="bad" if one.remaining <= 0 else "")


def _time_left(one: Budget, lang: Lang) -> Cell:
    if one.remaining is not None and one.remaining <= 0:
        return Cell(badge=say("quality.spent", lang), tone="warn")
    if not one.exhaustion:
        return Cell("–" if one.remaining is None else say("quality.never", lang), tone="quiet")
    told = [
        say("quality.at_pace", lang, time=duration(seconds, lang), window=say(f"quality.pace.{window}", lang))
        for window, seconds in one.exhaustion.items()
    ]
    return Cell(told[0], tuple(Note(words) for words in told[1:]))


def _top_rule(rule: str, times: float, lang: Lang) -> Cell:
    if not rule:
        return Cell("–", tone="quiet")
    kind, _, name = rule.partition("/")
    notes = (Note(f"{known_words('page.kind', kind, lang)} × {whole(times, lang)}"),)
    return Cell(name, notes, code=True)
