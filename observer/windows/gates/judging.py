"""One closed window of one rule: kept, broken, or not to be decided, and why. docs/quality.md has the formulas."""

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Final, NamedTuple

from observer.contracts.quality import Metric, QualityRule
from observer.model import Rollup
from observer.windows.gates.silence import Silence
from observer.windows.gates.state import Outcome

WEEK: Final = 7 * 86_400

SPEAK_OF_SILENCE: Final = frozenset({Metric.ROW_COUNT, Metric.VOLUME, Metric.FRESHNESS, Metric.AVAILABILITY})
"""Metrics for which a window without events is evidence too; of any other it says nothing."""

USUAL_EVENTS: Final = 30
"""Events that the earlier weeks must have had at the middle, where the rule does not say: fewer vary too much."""

_RANGES: Final = frozenset({"mustBeBetween", "mustNotBeBetween"})


class Evidence(NamedTuple):
    """What one window counted for one rule. bad: rows that broke it; of: rows that were looked at."""

    bad: float = 0.0
    of: float = 0.0


class Judgement(NamedTuple):
    """The outcome of one window. value, expected: as in Decision; hit: events that count against the rule."""

    outcome: Outcome
    value: float | None = None
    expected: float | None = None
    hit: float = 0.0


def evidence(rule: QualityRule, rollup: Rollup) -> Evidence:
    """Returns what a window of its contract holds for the rule."""
    return Evidence(
        sum(rollup.get(measure, 0.0) for measure in rule.bad),
        sum(rollup.get(measure, 0.0) for measure in rule.of),
    )


def judge(rule: QualityRule, held: Evidence, earlier: Sequence[float], silence: Silence) -> Judgement:
    """Returns what the window says of the rule.

    A number or a share of bad rows needs `minimum_events` in the window. A row count, freshness and availability
    need none: what is missing is their evidence. Volume compares with the median of `earlier`, the same window of
    each of the weeks before, and needs all of those weeks. silence: of the window, for freshness and availability.
    """
    match rule.metric:
        case Metric.VOLUME:
            return _volume(rule, held.of, earlier)
        case Metric.FRESHNESS:
            return _bounded(rule, silence.longest)
        case Metric.AVAILABILITY:
            return _bounded(rule, silence.covered * 100)
        case Metric.ROW_COUNT:
            return _counted(rule, held)
    if held.of < max(rule.minimum_events, 1):
        return Judgement(Outcome.TOO_FEW_EVENTS)
    value = rule.value(held.bad, held.of)
    assert value is not None, "there is something to divide by"
    return Judgement(_outcome(rule, value), value, hit=held.bad)


def same_windows_before(rule: QualityRule, start: int, history: Mapping[int, float]) -> list[float]:
    """Returns the events of the same window in each of the weeks before, those that are known.

    Weeks are of 168 hours in UTC: the same hour of the same weekday, but for the two changes of the clock.
    """
    known = (history.get(start - week * WEEK) for week in range(1, rule.weeks + 1))
    return [number for number in known if number is not None]


def further(rule: QualityRule, one: float, other: float) -> float:
    """Returns that of two broken values which lies further from what the rule asks."""
    return max(one, other, key=lambda value: (_distance(rule, value), value))


def _volume(rule: QualityRule, events: float, earlier: Sequence[float]) -> Judgement:
    if len(earlier) < max(rule.weeks, 1):
        return Judgement(Outcome.NO_BASELINE)
    expected = median(earlier)
    if expected < (rule.minimum_events or USUAL_EVENTS):
        return Judgement(Outcome.TOO_FEW_EVENTS, expected=expected)
    value = events / expected * 100
    outcome = _outcome(rule, value)
    return Judgement(outcome, value, expected, abs(expected - events) if outcome is Outcome.BROKEN else 0.0)


def _counted(rule: QualityRule, held: Evidence) -> Judgement:
    if held.of < rule.minimum_events:
        return Judgement(Outcome.TOO_FEW_EVENTS)
    outcome = _outcome(rule, held.of)
    return Judgement(outcome, held.of, hit=_distance(rule, held.of) if outcome is Outcome.BROKEN else 0.0)


def _bounded(rule: QualityRule, value: float) -> Judgement:
    return Judgement(_outcome(rule, value), value)


def _outcome(rule: QualityRule, value: float) -> Outcome:
    return Outcome.KEPT if rule.bound.holds(value) else Outcome.BROKEN


def _distance(rule: QualityRule, value: float) -> float:
    """How far a value is from the nearest bound of the rule."""
    ends = (rule.bound.low, rule.bound.high) if rule.bound.operator in _RANGES else (rule.bound.low,)
    return min(abs(value - end) for end in ends)
