"""Prometheus rules of service levels: one file for every contract, which no contract changes.

What a contract asks for is a metric (`martech_slo_objective_ratio`), so that a new contract needs no new rule. Ratios
over a period weigh events and not minutes: a quiet hour counts as little as it should.
Source of the factors: Google's SRE workbook, chapter 5: 2 % of a 30-day budget in an hour (14.4), 5 % in six (6).
"""

from typing import Any, Final

from observer import metrics
from observer.deployment.rules_yaml import Block, rules_yaml
from observer.messages import Lang, say

_BY: Final = "job, contract, slo"
_RECORD: Final = "contract_slo:martech_sli"
_WINDOWS: Final = ("30m", "1h", "6h")
_LEAST_BAD: Final = 5
"""Bad events in the longer window below which no one is woken, however few the good ones are."""

RATIO_5M: Final = f"{_RECORD}_bad_per_events:ratio_rate5m"
PERIOD_RATIO: Final = f"{_RECORD}_bad_per_events:ratio_rate30d"
BUDGET: Final = "contract_slo:martech_error_budget_remaining:ratio"
RUNBOOKS: Final = "docs/runbooks"


def slo_rules(lang: Lang = "en") -> str:
    """Returns the rule file as YAML: what is recorded, and the alert on a budget that burns too fast."""
    groups = {
        "groups": [
            {"name": "martech-sli", "interval": "1m", "rules": _ratios()},
            {"name": "martech-slo-period", "interval": "5m", "rules": _period()},
            {"name": "martech-slo-alerts", "rules": [_burn(lang)]},
        ]
    }
    return rules_yaml(groups)


def _counted(function: str, window: str, *, bad: bool) -> str:
    only = '{result="bad"}' if bad else ""
    return f"sum by ({_BY}) ({function}({metrics.SLI_EVENTS.name}{only}[{window}]))"


def _ratios() -> list[dict[str, str]]:
    rules = [
        (f"{_RECORD}_events:rate5m", _counted("rate", "5m", bad=False)),
        (f"{_RECORD}_bad_events:rate5m", _counted("rate", "5m", bad=True)),
        (RATIO_5M, f"{_RECORD}_bad_events:rate5m / {_RECORD}_events:rate5m"),
        *(
            (_ratio(window), f"{_counted('rate', window, bad=True)} / {_counted('rate', window, bad=False)}")
            for window in _WINDOWS
        ),
        (f"{_RECORD}_events:increase5m", _counted("increase", "5m", bad=False)),
        (f"{_RECORD}_bad_events:increase5m", _counted("increase", "5m", bad=True)),
    ]
    return [{"record": record, "expr": expression} for record, expression in rules]


def _period() -> list[dict[str, str]]:
    whole, bad = f"{_RECORD}_events:increase5m", f"{_RECORD}_bad_events:increase5m"
    return [
        {"record": PERIOD_RATIO, "expr": f"sum_over_time({bad}[30d:5m]) / sum_over_time({whole}[30d:5m])"},
        {"record": BUDGET, "expr": f"1 - {PERIOD_RATIO} / on ({_BY}) {_allowed()}"},
    ]


def _ratio(window: str) -> str:
    return f"{_RECORD}_bad_per_events:ratio_rate{window}"


def _allowed() -> str:
    return f"(1 - max by ({_BY}) ({metrics.SLO_OBJECTIVE.name}))"


def _burn(lang: Lang) -> dict[str, Any]:
    fast = _burning("5m", "1h", "14.4")
    slower = _burning("30m", "6h", "6")
    return {
        "alert": "MartechSloBurnFast",
        "expr": Block(f"{fast}or\n{slower}"),
        "keep_firing_for": "5m",
        "labels": {"severity": "critical"},
        "annotations": {
            "summary": say("deploy.burn.summary", lang, contract="{{ $labels.contract }}"),
            "description": say(
                "deploy.burn.description",
                lang,
                slo="{{ $labels.slo }}",
                contract="{{ $labels.contract }}",
                share="{{ $value | humanizePercentage }}",
            ),
            "runbook": f"{RUNBOOKS}/MartechSloBurnFast.md",
        },
    }


def _burning(short: str, long: str, factor: str) -> str:
    return (
        "(\n"
        f"    {_ratio(short)} > on ({_BY}) {factor} * {_allowed()}\n"
        "  and\n"
        f"    {_ratio(long)} > on ({_BY}) {factor} * {_allowed()}\n"
        "  and\n"
        f"    {_counted('increase', long, bad=True)} >= {_LEAST_BAD}\n"
        ")\n"
    )
