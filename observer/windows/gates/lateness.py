"""What came too late: counted and added to the rows, and never a reason to decide again."""

from collections.abc import Mapping
from typing import NamedTuple

from observer.contracts.compiled import Contract
from observer.model import Rollup, RollupKey
from observer.windows.gates.judging import evidence
from observer.windows.gates.state import GateKey, GateState
from observer.windows.merge import Resolution


class Amendment(NamedTuple):
    """What came for a window that was decided. start: of the window; bad, of: as in Evidence."""

    contract: str
    gate: str
    start: int
    bad: float
    of: float


class Late(NamedTuple):
    """What one chunk, or several merged, held for windows that were decided before it.

    events: by contract, those that at least one of its gates will never judge; amendments: to the rows of those
    windows, in order.
    """

    events: Mapping[str, float]
    amendments: tuple[Amendment, ...]


def late(
    contracts: Mapping[str, Contract],
    states: Mapping[GateKey, GateState],
    rollups: Mapping[RollupKey, Rollup],
) -> Late:
    """Returns what of `rollups` is late. states: of the gates before the rollups are stored."""
    events: dict[str, float] = {}
    amended: dict[tuple[str, str, int], tuple[float, float]] = {}
    for (family, name, minute), rollup in rollups.items():
        contract = contracts.get(name) if family == "contract" else None
        if contract is None:
            continue
        at, missed = minute * int(Resolution.MINUTE), False
        for rule in contract.quality:
            state = states.get((name, rule.gate))
            if state is None or at >= state.decided_until:
                continue
            missed = True
            found, key = evidence(rule, rollup), (name, rule.gate, at // rule.window * rule.window)
            bad, of = amended.get(key, (0.0, 0.0))
            amended[key] = bad + found.bad, of + found.of
        if missed:
            number = sum(value for measure, value in rollup.items() if measure.startswith("verdict/"))
            events[name] = events.get(name, 0.0) + number
    return Late(events, tuple(Amendment(*key, *amended[key]) for key in sorted(amended)))
