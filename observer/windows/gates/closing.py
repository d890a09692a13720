"""Closing windows: an ordered step of its own over merged windows and a watermark, the same embedded and on Kafka.

Nothing here knows where the windows come from or what time it is. What is decided depends on what the windows hold
and on the watermark, never on how the traffic was cut into chunks nor on the order in which these were merged.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

from observer.contracts.compiled import Contract
from observer.model import Rollup
from observer.windows.gates.gate import Gap, Gate
from observer.windows.gates.state import Decision, GateKey, GateState, Incident
from observer.windows.gates.wanted import Wanted, wanted

Windows: TypeAlias = Mapping[tuple[str, int, int], Rollup]
"""(contract, length of the window, its first second) -> what was counted in it."""

History: TypeAlias = Mapping[GateKey, Mapping[int, float]]
"""Events of earlier windows by their first second, for the gates that compare volumes."""

_NO_HISTORY: Final[Mapping[int, float]] = {}


class Closed(NamedTuple):
    """What one call came to.

    decisions: by end of the window; incidents: as they are now, those that began or went on or ended, in order of
    their beginning; began: those among them that began in this call; states: of the gates that moved;
    empty: windows without any evidence, of which no row is worth keeping, by gate; gone: gates whose rule is no more:
    an incident of theirs ends with its last broken window.
    """

    decisions: tuple[Decision, ...] = ()
    incidents: tuple[Incident, ...] = ()
    began: tuple[Incident, ...] = ()
    states: tuple[GateState, ...] = ()
    empty: Mapping[GateKey, int] = {}
    gone: tuple[GateState, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether there is something to keep."""
        return bool(self.states or self.gone)


def close(
    contracts: Mapping[str, Contract],
    states: Mapping[GateKey, GateState],
    windows: Windows,
    watermark: float,
    *,
    history: History | None = None,
    gaps: Sequence[Gap] = (),
    asked: Iterable[Wanted] | None = None,
) -> Closed:
    """Returns what the windows that are over at `watermark` say of every gate.

    contracts: all whose windows are closed here; states: of their gates as the last call left them;
    windows: at least what `wanted` asks for; history: events of the volume gates' earlier windows;
    gaps: when nobody listened; asked: what `wanted` gave, where the caller has it at hand.
    A window is decided once: `GateState.decided_until` only ever grows. The first window of a gate is the first
    that holds an event of its contract.
    """
    asked = wanted(contracts.values(), states, watermark) if asked is None else asked
    gates = [Gate(one, (history or {}).get(one.key, _NO_HISTORY), gaps) for one in asked]
    held: dict[tuple[str, int], dict[int, Rollup]] = {}
    for (contract_id, length, start), rollup in windows.items():
        held.setdefault((contract_id, length), {})[start] = rollup
    for gate in gates:
        gate.close(held)
    known = {(contract.id, rule.gate) for contract in contracts.values() for rule in contract.quality}
    gone = tuple(states[key] for key in sorted(states.keys() - known))
    incidents = [incident for gate in gates for incident in gate.incidents.values()]
    return Closed(
        tuple(sorted((one for gate in gates for one in gate.decisions), key=_by_end)),
        tuple(sorted(incidents, key=_by_start)),
        tuple(sorted((one for gate in gates for one in gate.began), key=_by_start)),
        tuple(gate.state for gate in gates if gate.moved and gate.state is not None),
        {gate.key: gate.empty for gate in gates if gate.empty},
        gone,
    )


def _by_end(decision: Decision) -> tuple[int, str, str]:
    return decision.start + decision.window, decision.contract, decision.gate


def _by_start(incident: Incident) -> tuple[int, str, str]:
    return incident.start, incident.contract, incident.gate
