"""What the demo plants, and by which of the observer's own counts each fault is found."""

from bisect import bisect_left
from collections.abc import Callable
from typing import Final, NamedTuple

from observer import metrics
from observer.demo.consent_faults import FINDERS
from observer.demo.traffic import TWICE, TWO_HOURS
from observer.metrics import Metric
from observer.model import LATENCY_BUCKETS
from observer.sinks.totals import Totals

Find = Callable[[Totals], float]


class Fault(NamedTuple):
    """One kind of fault. Its title is the message `demo.fault.<code>`."""

    code: str
    find: Find


def _counted(metric: Metric, **labels: str) -> Find:
    return lambda totals: totals.value(metric, **labels)


def _late(totals: Totals) -> float:
    """Events that the app held for longer than the bucket below two hours."""
    held = totals.histograms.get((metrics.LATENCY.name, ("app", "created_to_sent")))
    return sum(held.counts[bisect_left(LATENCY_BUCKETS, TWO_HOURS) :]) if held else 0


FAULTS: Final[tuple[Fault, ...]] = (
    Fault("type_drift", _counted(metrics.VIOLATIONS, contract="order-completed", kind="type_mismatch")),
    Fault(
        "missing_property", _counted(metrics.VIOLATIONS, contract="product-added", kind="missing_required")
    ),
    Fault("wrong_value", _counted(metrics.VIOLATIONS, contract="order-completed", kind="out_of_constraint")),
    Fault("unexpected_event", _counted(metrics.EVENTS, outcome="unknown_contract")),
    Fault("undecodable", _counted(metrics.EVENTS, outcome="undecodable")),
    Fault("duplicate", _counted(metrics.EVENTS, outcome="duplicate")),
    *(Fault(code, find) for code, find in FINDERS.items()),
    Fault("wrong_clock", _counted(metrics.CLOCK_SKEW_EVENTS, source="web-shop", direction="ahead")),
    Fault("late_batch", _late),
    Fault("shadow_tool", _counted(metrics.TOOL_EVENTS, status="undeclared")),
    Fault("upstream_violation", _counted(metrics.UPSTREAM, source="app")),
)
"""Counted by event. A closed gate is told apart, since it is one incident, and a dead SDK, by what no longer comes."""

DEAD_SDK: Final = "dead_sdk"
TWICE_GATE: Final = ("till-receipt-issued", "one_event_per_receipt")
"""The gate that receipts told twice close: found as one incident, however many came."""
CODES: Final = (*(fault.code for fault in FAULTS), TWICE, DEAD_SDK)
