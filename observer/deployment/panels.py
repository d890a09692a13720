"""What the overview shows, as data: rows of panels, each with its queries. Names come from metrics.py alone."""

from collections.abc import Iterator, Mapping
from typing import Final, Literal, NamedTuple, TypeAlias

from observer import metrics
from observer.consent.outcome import BEFORE_CHOICE
from observer.metrics import Metric

Form: TypeAlias = Literal["lines", "number"]

RATE: Final = "$__rate_interval"
"""A span that Grafana fits to the resolution of the graph and the pace of scraping."""

SHOWN: Final = "$__range"
"""The span that is on the screen."""

_HERE: Final = 'job=~"$job", instance=~"$instance"'
_TOP: Final = 10


class Query(NamedTuple):
    """PromQL with Grafana's variables, and how a line is called."""

    promql: str
    legend: str = ""


class Panel(NamedTuple):
    """One panel. code: of its title and description in the messages; unit: by Grafana's name; width: of 24."""

    code: str
    unit: str
    queries: tuple[Query, ...]
    form: Form = "lines"
    width: int = 12


class Row(NamedTuple):
    """Panels that answer one question. code: of its title in the messages; on_kafka: whether workers alone know."""

    code: str
    panels: tuple[Panel, ...]
    on_kafka: bool = False


def overview() -> tuple[Row, ...]:
    """Returns the rows of the overview, in the order in which a reader asks."""
    return (
        Row("traffic", tuple(_traffic())),
        Row("contracts", tuple(_contracts())),
        Row("levels", tuple(_levels())),
        Row("consent", tuple(_consent())),
        Row("time", tuple(_time())),
        Row("tools", tuple(_tools())),
        Row("observer", tuple(_observer())),
        Row("kafka", tuple(_kafka()), on_kafka=True),
    )


def _traffic() -> Iterator[Panel]:
    all_, valid = f"sum({_rate(metrics.EVENTS)})", f"sum({_rate(metrics.EVENTS, outcome='valid')})"
    copies = f"sum({_rate(metrics.EVENTS, outcome='duplicate')})"
    yield _number("valid", "percentunit", f"{valid} / ({all_} - {copies})")
    newest = f"max by (source) ({_now(metrics.SOURCE_LAST_EVENT)})"
    yield _number("quiet", "s", f"max(time() - ({newest} > 0))")
    yield _number("unjudged", "short", f"sum({_now(metrics.RECEIVED)}) - sum({_now(metrics.EVENTS)})")
    yield _number("catalog", "short", f"min({_now(metrics.CATALOG_SUCCESS)})")
    yield _lines("received", "eps", f"sum by (source) ({_rate(metrics.RECEIVED)})", "{{source}}")
    yield _lines("verdicts", "eps", f"sum by (outcome) ({_rate(metrics.EVENTS)})", "{{outcome}}")


def _contracts() -> Iterator[Panel]:
    violations = _most(f"sum by (contract, rule) ({_rate(metrics.VIOLATIONS)})")
    yield _lines("violations", "eps", violations, "{{contract}} {{rule}}")
    kept = _most(f"sum by (contract, reason) ({_rate(metrics.QUARANTINE_EVENTS)})")
    yield _lines("quarantined", "eps", kept, "{{contract}} {{reason}}")


def _levels() -> Iterator[Panel]:
    by = "sum by (contract, slo)"
    bad = f"{by} ({_rate(metrics.SLI_EVENTS, '1h', result='bad')})"
    every = f"{by} ({_rate(metrics.SLI_EVENTS, '1h')})"
    yield _lines("bad", "percentunit", _most(f"{bad} / {every}"), "{{contract}} {{slo}}")
    spent = f"{by} ({_increase(metrics.SLI_EVENTS, SHOWN, result='bad')})"
    counted = f"{by} ({_increase(metrics.SLI_EVENTS, SHOWN)})"
    allowed = f"(1 - max by (contract, slo) ({_now(metrics.SLO_OBJECTIVE)}))"
    yield _lines("budget", "percentunit", f"1 - {spent} / {counted} / {allowed}", "{{contract}} {{slo}}")
    shut = f"sum by (contract) (1 - min by (contract, gate) ({_now(metrics.GATE_OPEN)}))"
    yield _lines("gates", "short", shut, "{{contract}}")


def _consent() -> Iterator[Panel]:
    by = "sum by (channel, purpose)"
    granted = f"{by} ({_rate(metrics.CONSENT_EVENTS, state='granted')})"
    # Exempt events and those that no rule reaches need no consent: they are in neither part of the share.
    apart = 'state!~"exempt|not_applicable"'
    required = f"rate({metrics.CONSENT_EVENTS.name}{{{_HERE}, {apart}}}[{RATE}])"
    usable = f"{granted} / {by} ({required})"
    yield _lines("usable", "percentunit", usable, "{{channel}} {{purpose}}")
    refused = _rate(metrics.CONSENT_DECISIONS, result="refused")
    by_reason = _most(f"sum by (destination, reason) ({refused})")
    yield _lines("refused", "eps", by_reason, "{{destination}} {{reason}}")
    breaches = _most(f"sum by (destination, evidence) ({_rate(metrics.CONSENT_BREACHES)})")
    yield _lines("breaches", "eps", breaches, "{{destination}} {{evidence}}")
    before = "sum by (channel)"
    unasked = " + ".join(
        f"{before} ({_rate(metrics.CONSENT_CHOICES, choice=choice.value)})"
        for choice in sorted(BEFORE_CHOICE)
    )
    share = f"({unasked}) / {before} ({_rate(metrics.CONSENT_CHOICES)})"
    yield _lines("before_choice", "percentunit", share, "{{channel}}")


def _time() -> Iterator[Panel]:
    whole = _rate(metrics.LATENCY, suffix="_bucket", stage="end_to_end")
    yield _lines("latency", "s", f"histogram_quantile(0.95, sum by (le, source) ({whole}))", "{{source}}")
    ahead = f"sum by (source, direction) ({_rate(metrics.CLOCK_SKEW_EVENTS)})"
    yield _lines("skew", "eps", ahead, "{{source}} {{direction}}")


def _tools() -> Iterator[Panel]:
    states = f"sum by (state) (max by (capability, state) ({_now(metrics.TOOLS)}))"
    yield _lines("tools", "short", states, "{{state}}")
    seen = _most(f"sum by (tool) ({_rate(metrics.TOOL_EVENTS)})")
    yield _lines("tool_events", "eps", seen, "{{tool}}")


def _observer() -> Iterator[Panel]:
    yield _lines("overflow", "eps", f"sum by (label) ({_rate(metrics.LABEL_OVERFLOW)})", "{{label}}")
    yield Panel(
        "failures",
        "short",
        (
            Query(f"sum({_increase(metrics.ENGINE_FAILURES)}) or vector(0)", "engine"),
            Query(f"sum({_increase(metrics.QUARANTINE_FAILURES)})", "quarantine"),
        ),
    )
    yield _lines("series", "short", f"sum by (instance) ({_now(metrics.SERIES)})", "{{instance}}")


def _kafka() -> Iterator[Panel]:
    yield _lines("lag", "short", f"sum by (topic) ({_now(metrics.LAG)})", "{{topic}}")
    yield _lines("lag_seconds", "s", f"max by (topic) ({_now(metrics.LAG_SECONDS)})", "{{topic}}")
    yield _lines("transactions", "eps", f"sum by (result) ({_rate(metrics.TRANSACTIONS)})", "{{result}}")
    spent = _rate(metrics.TRANSACTION_SECONDS, suffix="_bucket")
    yield _lines("transaction_seconds", "s", f"histogram_quantile(0.95, sum by (le) ({spent}))", "p95")
    yield _lines("fold_lag", "short", f"sum by (topic) ({_now(metrics.FOLD_LAG)})", "{{topic}}")
    yield Panel(
        "loss",
        "short",
        (
            Query(f"sum({_increase(metrics.REMOVED_UNREAD)})", "removed unread"),
            Query(f"sum({_increase(metrics.FOLD_REFUSALS)})", "ledger refused"),
        ),
    )


def _number(code: str, unit: str, promql: str) -> Panel:
    return Panel(code, unit, (Query(promql),), "number", 6)


def _lines(code: str, unit: str, promql: str, legend: str) -> Panel:
    return Panel(code, unit, (Query(promql, legend),))


def _now(metric: Metric) -> str:
    return f"{metric.name}{{{_HERE}}}"


def _rate(metric: Metric, span: str = RATE, suffix: str = "", **only: str) -> str:
    return f"rate({metric.name}{suffix}{_which(only)}[{span}])"


def _increase(metric: Metric, span: str = "1h", **only: str) -> str:
    return f"increase({metric.name}{_which(only)}[{span}])"


def _which(only: Mapping[str, str]) -> str:
    return "{" + ", ".join([_HERE, *(f'{label}="{value}"' for label, value in only.items())]) + "}"


def _most(promql: str) -> str:
    return f"topk({_TOP}, {promql})"
