"""An incident out of a gate's trouble: who must know, since when, what was hit, what broke most."""

from collections.abc import Mapping
from typing import Final

from observer.contracts.compiled import Contract
from observer.contracts.quality import QualityRule
from observer.windows.gates.state import Incident, Trouble

_RANGES: Final = frozenset({"mustBeBetween", "mustNotBeBetween"})


def incident(contract: Contract, rule: QualityRule, trouble: Trouble, *, over: bool) -> Incident:
    """Returns the incident of a gate that is closed, or (`over`) of one that has just opened again."""
    top, times = top_rule(trouble.rules)
    return Incident(
        contract.id,
        rule.gate,
        trouble.start,
        trouble.until if over else None,
        rule.severity,
        contract.marketing_owner,
        contract.technical_owner,
        contract.runbook,
        asked(rule),
        trouble.windows,
        trouble.events,
        trouble.worst,
        top,
        times,
    )


def top_rule(rules: Mapping[str, float]) -> tuple[str, float]:
    """Returns the rule that broke most and how often; ("", 0) where none did."""
    return min(rules.items(), key=lambda one: (-one[1], one[0]), default=("", 0.0))


def asked(rule: QualityRule) -> str:
    """Returns what the rule asks, in the words of the contract: `duplicateValues mustBeLessThan 1 percent`."""
    bound = rule.bound
    ends = [bound.low, bound.high] if bound.operator in _RANGES else [bound.low]
    return f"{rule.metric} {bound.operator} {' and '.join(f'{end:g}' for end in ends)} {rule.unit}"
