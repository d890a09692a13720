"""Two days of traffic by the minute, with an hour in which values are missing and one in which nothing comes."""

from observer.contracts.compiled import Contract, Owner
from observer.contracts.quality import Bound, Metric, QualityRule
from observer.model import Finding, Rollup, RollupKey

MINUTES = 2 * 24 * 60
LATENESS = 300
BAD_HOURS = frozenset({5, 6, 30})
SILENT_HOURS = frozenset({12})
RULES = (
    QualityRule(
        "complete", Metric.MISSING_VALUES, ("$.total",), Bound("mustBeLessThan", 1), "percent", "error"
    ),
    QualityRule(
        "rows", Metric.ROW_COUNT, (), Bound("mustBeGreaterThan", 0), minimum_events=0, severity="warning"
    ),
    QualityRule(
        "fresh", Metric.FRESHNESS, (), Bound("mustBeLessOrEqualTo", 900), "seconds", window=300, every=900
    ),
)
"""Gates of the contract."""


def _take(payload: bytes) -> object:
    return payload


def _find(payload: bytes, root: str) -> tuple[Finding, ...]:
    return ()


def contract(*rules: QualityRule) -> Contract:
    return Contract(
        id="order-completed",
        version="1.0.0",
        title="Order completed",
        matches=(),
        marketing_owner=Owner("Camille Laurent", "camille.laurent@maison-lumiere.example"),
        technical_owner=Owner("Hugo Marchand", "hugo.marchand@maison-lumiere.example"),
        purposes=(),
        runbook="https://wiki.maison-lumiere.example/runbooks/order-completed",
        service_levels=(),
        rules={},
        fast=_take,
        exact=_find,
        quality=rules,
    )


CONTRACTS = {"order-completed": contract(*RULES)}


def rollups(minute: int) -> dict[RollupKey, Rollup]:
    """What one minute brings; every hundredth minute brings something of two hours before as well: it is late."""
    hour = minute // 60
    made: dict[RollupKey, Rollup] = {}
    if hour not in SILENT_HOURS:
        bad = 1.0 if hour in BAD_HOURS else 0.0
        made["contract", "order-completed", minute] = {
            "verdict/valid": 10.0, "quality/complete/of": 10.0, "quality/complete/bad": bad,
            "finding/missing_required/required:$.total": bad,
        }  # fmt: skip
    if minute % 100 == 99 and minute > 240:
        made["contract", "order-completed", minute - 120] = {
            "verdict/valid": 1.0, "quality/complete/of": 1.0, "quality/complete/bad": 1.0,
        }  # fmt: skip
    return made
