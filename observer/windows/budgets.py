"""Error budgets: how many bad events a contract may still have, and how long that lasts at the pace of late.

Everything is weighted by events. A gap without events, a quiet night and a rush count for what they held, so a rate
over thirty days is the bad events of thirty days by all events of thirty days, never a mean of rates.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from observer.catalog import Catalog
from observer.contracts.compiled import Contract, ServiceLevel
from observer.model import Rollup

PERIOD: Final = 30 * 86_400
"""Seconds that a budget is for: those that have just passed."""

PACES: Final[Mapping[str, int]] = {"1h": 3_600, "6h": 6 * 3_600}
"""The stretches, in seconds, whose pace the time to exhaustion is told at."""

LEAST_BAD: Final = 5
"""Bad events below which a stretch has no pace worth telling: one of five events an hour alarms nobody."""

LEAST_ALLOWED: Final = 1.0
"""Bad events that the objective must allow over the period before its budget can be told at all."""


class Counted(NamedTuple):
    """Events of one service level in some stretch of time."""

    good: float = 0.0
    bad: float = 0.0

    @property
    def events(self) -> float:
        """All of them."""
        return self.good + self.bad


class Budget(NamedTuple):
    """The error budget of one service level over the period.

    remaining: share of it that is left: 1 untouched, 0 spent, below 0 overspent; None where too few events came to
        tell; burn: by stretch, how many times faster than allowed it was spent, None without events in it;
    exhaustion: by stretch, seconds until nothing is left at its pace; 0 where nothing is; only those that are known;
    top_rule: the rule of the contract that broke most over the period, `<kind>/<rule>`, or "", and how often.
    """

    contract: str
    slo: str
    objective: float
    counted: Counted
    remaining: float | None
    burn: Mapping[str, float | None]
    exhaustion: Mapping[str, float]
    top_rule: str = ""
    top_rule_times: float = 0.0


def remaining(objective: float, period: Counted) -> float | None:
    """Returns the share of the budget that is left, or None where the events allow less than one bad event.

    Of an objective of 1 there is no budget: None as long as nothing is bad, then 0.
    """
    allowed = _allowed(objective, period)
    if allowed < LEAST_ALLOWED:
        return 0.0 if objective >= 1 and period.bad else None
    return 1 - period.bad / allowed


def burn_rate(objective: float, stretch: Counted) -> float | None:
    """Returns the share of bad events by the share that is allowed, or None where there is nothing to divide."""
    if not stretch.events or objective >= 1:
        return None
    return stretch.bad / stretch.events / (1 - objective)


def exhaustion(objective: float, period: Counted, stretch: Counted, seconds: float) -> float | None:
    """Returns after how many seconds the budget is spent, if bad events come on as in the last `seconds`.

    The budget is that of the events that came in the period; 0 where it is spent. None where it is not known, where
    fewer than LEAST_BAD bad events came in the stretch, or where the pace is one that the objective allows for ever.
    """
    left = remaining(objective, period)
    if left is None:
        return None
    if left <= 0:
        return 0.0
    pace = burn_rate(objective, stretch)
    if stretch.bad < LEAST_BAD or pace is None or pace <= 1:
        return None
    return left * _allowed(objective, period) / (stretch.bad / seconds)


def budgets(
    catalog: Catalog, period: Mapping[str, Rollup], paces: Mapping[str, Mapping[str, Rollup]]
) -> tuple[Budget, ...]:
    """Returns a budget for each service level of each contract: the most urgent first.

    period: sums by contract over PERIOD; paces: sums by contract over each stretch of PACES.
    """
    found = [
        _budget(contract, level, period, paces)
        for contract in catalog.contracts.values()
        for level in contract.service_levels
    ]
    return tuple(sorted(found, key=_urgency))


def worst_rule(rollup: Rollup) -> tuple[str, float]:
    """Returns the rule that broke most (`<kind>/<rule>`) and how often; ("", 0) where none did."""
    broken = (
        (measure.removeprefix("finding/"), times)
        for measure, times in rollup.items()
        if measure.startswith("finding/")
    )
    return min(broken, key=lambda one: (-one[1], one[0]), default=("", 0.0))


def _budget(
    contract: Contract,
    level: ServiceLevel,
    period: Mapping[str, Rollup],
    paces: Mapping[str, Mapping[str, Rollup]],
) -> Budget:
    whole = _counted(period, contract.id, level.slo)
    stretches = {name: _counted(paces.get(name, {}), contract.id, level.slo) for name in PACES}
    times = {
        name: exhaustion(level.objective, whole, stretches[name], seconds) for name, seconds in PACES.items()
    }
    rule, broke = worst_rule(period.get(contract.id, {})) if level.threshold is None else ("", 0.0)
    return Budget(
        contract.id,
        level.slo,
        level.objective,
        whole,
        remaining(level.objective, whole),
        {name: burn_rate(level.objective, stretch) for name, stretch in stretches.items()},
        {name: time for name, time in times.items() if time is not None},
        rule,
        broke,
    )


def _counted(sums: Mapping[str, Rollup], contract: str, slo: str) -> Counted:
    rollup = sums.get(contract, {})
    return Counted(rollup.get(f"slo/{slo}/good", 0.0), rollup.get(f"slo/{slo}/bad", 0.0))


def _allowed(objective: float, period: Counted) -> float:
    # Rounded, since 1 - 0.99 is a little more than 0.01 and a budget of exactly one event is one.
    return round((1 - objective) * period.events, 9)


def _urgency(budget: Budget) -> tuple[float, float, str, str]:
    soonest = min(budget.exhaustion.values(), default=float("inf"))
    left = float("inf") if budget.remaining is None else budget.remaining
    return soonest, left, budget.contract, budget.slo
