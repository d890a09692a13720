"""slaProperties → service levels: what share of events must be good, and what a good event is.

`errorRate` promises that events keep the contract, `latency` that they arrive in time. A contract that does not
state an errorRate promises DEFAULT_OBJECTIVE all the same: one without any objective could never alert anybody.
"""

from collections.abc import Mapping
from typing import Any, Final

from observer.contracts import vocabulary
from observer.contracts.compiled import ServiceLevel
from observer.contracts.custom import Customs
from observer.contracts.durations import SECONDS
from observer.contracts.report import Place, Report, options, shown, word
from observer.errors import nearest
from observer.messages import Words

DEFAULT_OBJECTIVE: Final = 0.99

_SHARES: Final[Mapping[str, float]] = {**dict.fromkeys(("%", "percent"), 0.01), "ratio": 1.0}


def service_levels(document: Mapping[str, Any], customs: Customs, report: Report) -> tuple[ServiceLevel, ...]:
    """Returns the validity level, then the latency level where the contract states one."""
    validity, latency = ServiceLevel("validity", DEFAULT_OBJECTIVE), None
    met = set[str]()
    for index, stated in enumerate(document.get("slaProperties") or ()):
        at, name = ("slaProperties", index), stated["property"]
        known = _known(name)
        if known is None:
            near = nearest(name, vocabulary.SERVICE_LEVELS)
            if near is not None:
                report.add((*at, "property"), options(vocabulary.SERVICE_LEVELS), word(name), near)
        elif known in {"errorRate", "latency"} and known in met:
            report.add((*at, "property"), Words("contract.expected.level_once"), word(name))
        elif known == "errorRate":
            validity = ServiceLevel("validity", round(1 - _errors(stated, at, customs, report), 9))
        elif known == "latency":
            threshold = _number(stated, at, SECONDS, report)
            objective = customs.objective(stated, at)
            latency = ServiceLevel(
                "latency", DEFAULT_OBJECTIVE if objective is None else objective, threshold
            )
        met.add(known or name)
    return (validity,) if latency is None else (validity, latency)


def _known(name: str) -> str | None:
    return next((known for known in vocabulary.SERVICE_LEVELS if known.lower() == name.lower()), None)


def _errors(stated: Mapping[str, Any], at: Place, customs: Customs, report: Report) -> float:
    rate = _number(stated, at, _SHARES, report)
    if rate >= 1:
        report.add((*at, "value"), Words("contract.expected.error_rate"), shown(stated["value"]))
    if customs.objective(stated, at) is not None:
        report.add((*at, "customProperties"), Words("contract.expected.rate_alone"), word("martechObjective"))
    return rate


def _number(stated: Mapping[str, Any], at: Place, units: Mapping[str, float], report: Report) -> float:
    """Returns `value` in the unit that `units` reduces to; what is no positive number of a known unit is told."""
    value, unit = stated["value"], stated.get("unit")
    factor = units.get(unit.lower()) if unit else None
    if factor is None:
        # Each unit once, by the last of its names.
        names = tuple({seconds: name for name, seconds in units.items()}.values())
        got = word(unit) if unit else Words("contract.got.nothing")
        report.add((*at, "unit"), options(names), got, nearest(unit, tuple(units)) if unit else None)
    if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
        report.add((*at, "value"), Words("contract.expected.positive"), shown(value))
        return 0.5
    return value * (factor or 1.0)
