"""Hysteresis: a gate closes after some broken windows in a row and opens after some kept ones."""

from collections.abc import Mapping

import msgspec

from observer.contracts.quality import QualityRule
from observer.model import Rollup
from observer.windows.gates.judging import Judgement, further
from observer.windows.gates.state import GateState, Outcome, Trouble

_FINDING = "finding/"


def moved(rule: QualityRule, state: GateState, start: int, judged: Judgement, rollup: Rollup) -> GateState:
    """Returns the gate after one more window. An undecided window changes nothing but how far it is decided."""
    state = msgspec.structs.replace(state, decided_until=start + rule.window)
    if judged.outcome is Outcome.BROKEN:
        return _broken(rule, state, start, judged, rollup)
    if judged.outcome is Outcome.KEPT:
        return _kept(rule, state)
    return state


def _broken(rule: QualityRule, state: GateState, start: int, judged: Judgement, rollup: Rollup) -> GateState:
    trouble = _more(rule, state.trouble, start, judged, rollup)
    if not state.open:
        return msgspec.structs.replace(state, passing=0, trouble=trouble)
    failing = state.failing + 1
    if failing < rule.close_after:
        return msgspec.structs.replace(state, failing=failing, trouble=trouble)
    return msgspec.structs.replace(state, open=False, failing=0, passing=0, trouble=trouble)


def _kept(rule: QualityRule, state: GateState) -> GateState:
    if state.open:
        return msgspec.structs.replace(state, failing=0, trouble=None)
    passing = state.passing + 1
    if passing < rule.open_after:
        return msgspec.structs.replace(state, passing=passing)
    return msgspec.structs.replace(state, open=True, passing=0, trouble=None)


def _more(
    rule: QualityRule, trouble: Trouble | None, start: int, judged: Judgement, rollup: Rollup
) -> Trouble:
    value = judged.value or 0.0
    if trouble is None:
        trouble = Trouble(start, start, worst=value)
    return Trouble(
        trouble.start,
        start + rule.window,
        trouble.windows + 1,
        trouble.events + judged.hit,
        further(rule, trouble.worst, value),
        _added(trouble.rules, rollup),
    )


def _added(rules: Mapping[str, float], rollup: Rollup) -> Mapping[str, float]:
    added = dict(rules)
    for measure, times in rollup.items():
        if measure.startswith(_FINDING):
            rule = measure.removeprefix(_FINDING)
            added[rule] = added.get(rule, 0.0) + times
    return added
