"""A contract with one gate, and windows made by hand."""

from collections.abc import Mapping, Sequence
from typing import Any

from observer.contracts.compiled import Contract, Owner
from observer.contracts.quality import Bound, Metric, QualityRule
from observer.model import Finding, Rollup
from observer.windows.gates import Closed, GateKey, GateState, close

HOUR = 3600
AT_MOST_ONE_PERCENT = Bound("mustBeLessOrEqualTo", 1)


def rule(metric: Metric = Metric.MISSING_VALUES, **changed: Any) -> QualityRule:
    held = QualityRule(
        gate="gate", metric=metric, fields=("$.total",), bound=AT_MOST_ONE_PERCENT, unit="percent"
    )
    return held._replace(**changed)


def governed(*rules: QualityRule, contract_id: str = "order-completed") -> dict[str, Contract]:
    """A contract with these rules, by its id."""
    made = Contract(
        id=contract_id,
        version="1.0.0",
        title="Order completed",
        matches=(),
        marketing_owner=Owner("Camille Laurent", "camille.laurent@maison-lumiere.example"),
        technical_owner=Owner("Nadia Benali", "nadia.benali@maison-lumiere.example"),
        purposes=("audience-measurement",),
        runbook="https://runbooks.maison-lumiere.example/order-completed",
        service_levels=(),
        rules={},
        fast=_nothing,
        exact=_no_finding,
        quality=rules,
    )
    return {contract_id: made}


def _nothing(payload: bytes) -> object:
    return payload


def _no_finding(payload: bytes, root: str) -> tuple[Finding, ...]:
    return ()


def counted(bad: float, of: float, gate: str = "gate") -> Rollup:
    """What one window holds."""
    return {f"quality/{gate}/bad": bad, f"quality/{gate}/of": of, "verdict/valid": of}


def hours(
    *rollups: Rollup | None, contract_id: str = "order-completed"
) -> dict[tuple[str, int, int], Rollup]:
    """One window after the other; None for one in which nothing came."""
    return {
        (contract_id, HOUR, number * HOUR): rollup
        for number, rollup in enumerate(rollups)
        if rollup is not None
    }


def run(
    contracts: Mapping[str, Contract],
    windows: Mapping[tuple[str, int, int], Rollup],
    watermarks: Sequence[float],
    **given: Any,
) -> tuple[list[Closed], dict[GateKey, GateState]]:
    """Closes once for each watermark, as one run does."""
    states: dict[GateKey, GateState] = {}
    results = []
    for watermark in watermarks:
        closed = close(contracts, states, windows, watermark, **given)
        states |= {state.key: state for state in closed.states}
        for state in closed.gone:
            del states[state.key]
        results.append(closed)
    return results, states
