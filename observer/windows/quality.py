"""Gates, incidents and budgets of a company, as the page and the API tell them."""

from collections.abc import Iterable
from typing import Final, Literal, NamedTuple, TypeAlias

from observer.catalog import Catalog
from observer.contracts.compiled import Contract
from observer.contracts.quality import QualityRule
from observer.windows.budgets import Budget
from observer.windows.gate_readings import GateReadings
from observer.windows.gates import Decision, GateKey, GateState, Incident
from observer.windows.traffic import NOBODY, Owners

GateWord: TypeAlias = Literal["closed", "open", "undecided"]
"""`undecided`: no window of it has been judged yet. It counts as open."""

_ORDER: Final[dict[GateWord, int]] = {"closed": 0, "open": 1, "undecided": 2}
_SEVERITIES: Final = {"error": 0, "warning": 1, "info": 2}


class GateLine(NamedTuple):
    """One gate of a contract that is declared. latest: its last decision, or None before the first."""

    contract: Contract
    rule: QualityRule
    state: GateWord
    latest: Decision | None
    since: int | None

    @property
    def owners(self) -> Owners:
        """Who answers for it."""
        return Owners(self.contract.marketing_owner, self.contract.technical_owner)


class IncidentLine(NamedTuple):
    """One incident. title: of its contract, its id where it is declared no more; rule: None likewise."""

    incident: Incident
    title: str
    rule: QualityRule | None

    @property
    def owners(self) -> Owners:
        """Who answered for it when it began."""
        return Owners(self.incident.marketing_owner, self.incident.technical_owner)


class BudgetLine(NamedTuple):
    """One error budget, with who answers for it."""

    budget: Budget
    title: str
    owners: Owners


class Quality(NamedTuple):
    """Gates, those that are closed first; incidents, those that last first; budgets, the most urgent first.

    events: judged within the period of the budgets, duplicates left out; by them incidents are told per million.
    """

    gates: tuple[GateLine, ...] = ()
    incidents: tuple[IncidentLine, ...] = ()
    budgets: tuple[BudgetLine, ...] = ()
    events: float = 0.0

    @property
    def closed(self) -> tuple[GateLine, ...]:
        """Gates that are closed."""
        return tuple(line for line in self.gates if line.state == "closed")

    @property
    def incidents_per_million(self) -> float | None:
        """Incidents by events, times a million; None before the first event."""
        return len(self.incidents) / self.events * 1e6 if self.events else None


def quality(catalog: Catalog, readings: GateReadings, budgets: Iterable[Budget]) -> Quality:
    """Returns what is to be told. budgets: of the contracts in the catalog, as they were last read."""
    told = [_budget_line(catalog, budget) for budget in budgets]
    return Quality(
        gate_lines(catalog, readings),
        tuple(_incident_line(catalog, incident) for incident in readings.incidents),
        tuple(told),
        sum(line.budget.counted.events for line in told if line.budget.slo == "validity"),
    )


def gate_lines(catalog: Catalog, readings: GateReadings) -> tuple[GateLine, ...]:
    """Returns a line for each gate: closed ones first, the most severe of them first."""
    states = {state.key: state for state in readings.states}
    latest: dict[GateKey, Decision] = {(one.contract, one.gate): one for one in readings.latest}
    lines = [
        _gate_line(contract, rule, states.get((contract.id, rule.gate)), latest.get((contract.id, rule.gate)))
        for contract in catalog.contracts.values()
        for rule in contract.quality
    ]
    return tuple(sorted(lines, key=_urgency))


def _gate_line(
    contract: Contract, rule: QualityRule, state: GateState | None, latest: Decision | None
) -> GateLine:
    if state is None:
        return GateLine(contract, rule, "undecided", latest, None)
    since = state.trouble.start if state.trouble and not state.open else None
    return GateLine(contract, rule, "open" if state.open else "closed", latest, since)


def _incident_line(catalog: Catalog, incident: Incident) -> IncidentLine:
    contract = catalog.contracts.get(incident.contract)
    rules = {rule.gate: rule for rule in contract.quality} if contract else {}
    title = contract.title if contract else incident.contract
    return IncidentLine(incident, title, rules.get(incident.gate))


def _budget_line(catalog: Catalog, budget: Budget) -> BudgetLine:
    contract = catalog.contracts.get(budget.contract)
    owners = Owners(contract.marketing_owner, contract.technical_owner) if contract else NOBODY
    return BudgetLine(budget, contract.title if contract else budget.contract, owners)


def _urgency(line: GateLine) -> tuple[int, int, str, str]:
    return _ORDER[line.state], _SEVERITIES.get(line.rule.severity, 0), line.contract.id, line.rule.gate
