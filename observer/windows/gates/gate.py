"""One gate while its windows are closed, in their order."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

import msgspec

from observer.contracts.quality import Metric
from observer.model import Rollup
from observer.windows.gates.incidents import incident
from observer.windows.gates.judging import (
    SPEAK_OF_SILENCE,
    Evidence,
    Judgement,
    evidence,
    judge,
    same_windows_before,
)
from observer.windows.gates.moving import moved
from observer.windows.gates.silence import Silence, silence
from observer.windows.gates.state import Decision, GateKey, GateState, Incident, Outcome
from observer.windows.gates.wanted import Wanted
from observer.windows.merge import Resolution

Gap: TypeAlias = tuple[float, float]
"""A stretch of time in which nobody listened: no event of it can have been counted."""

TIMED: Final = frozenset({Metric.FRESHNESS, Metric.AVAILABILITY})
"""Metrics that need the minutes within a window."""

_NOTHING: Final[Rollup] = {}


class Gate:
    """Decides the windows of one gate. decisions, incidents, began, empty: as in Closed; state: after them."""

    def __init__(self, of: Wanted, history: Mapping[int, float], gaps: Sequence[Gap]) -> None:
        self.contract, self.rule, self.state = of.contract, of.rule, of.state
        self.decisions: list[Decision] = []
        self.incidents: dict[int, Incident] = {}
        self.began: list[Incident] = []
        self.empty = 0
        self.moved = False
        self._since, self._until = of.since, of.until
        self._history = dict(history)
        self._gaps = gaps
        self._minutes: Mapping[int, Rollup] = {}

    @property
    def key(self) -> GateKey:
        """Its name."""
        return self.contract.id, self.rule.gate

    def close(self, windows: Mapping[tuple[str, int], Mapping[int, Rollup]]) -> None:
        """Decides every window that is over. windows: by contract and length, then by first second."""
        rule, contract = self.rule, self.contract.id
        held = {
            start: rollup
            for start, rollup in windows.get((contract, rule.window), {}).items()
            if self._since <= start < self._until and evidence(rule, rollup).of
        }
        self._minutes = windows.get((contract, int(Resolution.MINUTE)), {})
        state = self.state
        if state is None:
            if not held:
                return
            self._since = min(held)
            state = GateState(contract, rule.gate, self._since, heard=self._since)
        everything = rule.metric in SPEAK_OF_SILENCE
        starts = list(range(self._since, self._until, rule.window) if everything else sorted(held))
        for start in starts:
            state = self._decide(state, start, held.get(start, _NOTHING))
        self.empty = (self._until - self._since) // rule.window - len(starts)
        self.state = msgspec.structs.replace(state, decided_until=self._until)
        self.moved = True

    def _decide(self, state: GateState, start: int, rollup: Rollup) -> GateState:
        rule, found = self.rule, evidence(self.rule, rollup)
        heard, quiet = self._silence(state, start)
        judged = self._judged(start, found, quiet)
        after = moved(rule, state, start, judged, rollup)
        if heard != after.heard:
            after = msgspec.structs.replace(after, heard=heard)
        self.decisions.append(
            Decision(
                self.contract.id,
                rule.gate,
                start,
                rule.window,
                judged.outcome,
                judged.value,
                found.bad,
                found.of,
                judged.expected,
                after.open,
            )
        )
        if rule.metric is Metric.VOLUME and judged.outcome is not Outcome.NOT_OBSERVED:
            self._history[start] = found.of
        self._tell(state, after)
        return after

    def _judged(self, start: int, found: Evidence, quiet: Silence) -> Judgement:
        if self.rule.metric in SPEAK_OF_SILENCE and any(self._gaps_in(start)):
            return Judgement(Outcome.NOT_OBSERVED)
        earlier = same_windows_before(self.rule, start, self._history) if self._history else ()
        return judge(self.rule, found, earlier, quiet)

    def _silence(self, state: GateState, start: int) -> tuple[int, Silence]:
        """Returns from where the next window counts its silence, and the silence of this one."""
        if self.rule.metric not in TIMED:
            return state.heard, Silence()
        end = start + self.rule.window
        minutes = [
            minute
            for minute in range(start, end, Resolution.MINUTE)
            if (rollup := self._minutes.get(minute)) and evidence(self.rule, rollup).of
        ]
        quiet = silence(start, end, minutes, state.heard, self.rule.every)
        # After a gap silence is counted from its end: nobody knows what came in it.
        gap = max((int(until) for _, until in self._gaps_in(start)), default=0)
        return max(quiet.heard, min(gap, end)), quiet

    def _gaps_in(self, start: int) -> Iterator[Gap]:
        end = start + self.rule.window
        return (gap for gap in self._gaps if gap[0] < end and gap[1] > start)

    def _tell(self, before: GateState, after: GateState) -> None:
        trouble, over = (after.trouble, False) if not after.open else (before.trouble, not before.open)
        if trouble is None or (after.open and before.open):
            return
        told = incident(self.contract, self.rule, trouble, over=over)
        self.incidents[told.start] = told
        if before.open:
            self.began.append(told)
