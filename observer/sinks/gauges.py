"""What is asked at each scrape: states of the moment, computed from the catalog in force and never kept."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple, TypeAlias

from observer import __version__, metrics
from observer.catalog import Catalog
from observer.consent.reviews import overdue
from observer.engine import Memory
from observer.loader import LoadState
from observer.metrics import Metric
from observer.sinks.totals import Totals
from observer.tools.census import census
from observer.windows.budgets import Budget
from observer.windows.gates import GateKey, GateState
from observer.windows.ownership import coverage

Reading: TypeAlias = tuple[Metric, tuple[str, ...], float]


class Moment(NamedTuple):
    """What the gauges read. started: when the process began, from which a source that never sent is silent.

    waiting, quarantine_bytes: None where the process has no such thing; whole: whether this process sees all traffic:
    only then can it tell that a source is silent.
    """

    catalog: Catalog
    state: LoadState
    totals: Totals
    memory: Memory
    now: float
    started: float
    waiting: int | None
    quarantine_bytes: int | None
    gates: Mapping[GateKey, GateState] = {}
    budgets: Sequence[Budget] = ()
    leak_share: float = 0.0
    whole: bool = True


def read(moment: Moment) -> Iterator[Reading]:
    """Yields every gauge."""
    yield metrics.BUILD_INFO, (__version__,), 1
    yield metrics.CATALOG_SUCCESS, (), float(moment.state.success)
    yield metrics.CATALOG_TIME, (), moment.state.loaded
    if moment.waiting is not None:
        yield metrics.QUEUE, (), moment.waiting
    if moment.quarantine_bytes is not None:
        yield metrics.QUARANTINE_BYTES, (), moment.quarantine_bytes
    yield metrics.LEAK_SHARE, (), moment.leak_share
    today = datetime.fromtimestamp(moment.now, UTC).date()
    for held, share in coverage(moment.catalog.holdings, today).items():
        yield metrics.OWNERSHIP, held, share
    yield metrics.CONSENT_REVIEWS_OVERDUE, (), len(overdue(moment.catalog.reviews, today))
    yield from _contracts(moment)
    yield from _budgets(moment)
    yield from _sources(moment)
    yield from _tools(moment)


def _contracts(moment: Moment) -> Iterator[Reading]:
    for contract in moment.catalog.contracts.values():
        for each in contract.versions or (contract,):
            yield metrics.CONTRACT_INFO, (contract.id, each.version, contract.runbook), 1
        yield (
            metrics.CONTRACT_LAST_EVENT,
            (contract.id,),
            moment.totals.newest.get(("contract", contract.id), 0),
        )
        for level in contract.service_levels:
            yield metrics.SLO_OBJECTIVE, (contract.id, level.slo), level.objective
            if level.threshold is not None:
                yield metrics.SLO_THRESHOLD, (contract.id, level.slo), level.threshold
        for rule in contract.quality:
            state = moment.gates.get((contract.id, rule.gate))
            yield metrics.GATE_OPEN, (contract.id, rule.gate), float(state is None or state.open)


def _budgets(moment: Moment) -> Iterator[Reading]:
    for budget in moment.budgets:
        if budget.remaining is not None:
            yield metrics.BUDGET_REMAINING, (budget.contract, budget.slo), budget.remaining
        for window, seconds in budget.exhaustion.items():
            yield metrics.BUDGET_EXHAUSTION, (budget.contract, budget.slo, window), seconds


def _sources(moment: Moment) -> Iterator[Reading]:
    horizons = {
        source: recent.horizon(moment.now) for (source, _), recent in moment.memory.partitions().items()
    }
    for source in moment.catalog.sources.values():
        newest = moment.totals.newest.get(("source", source.id), 0)
        yield metrics.SOURCE_LAST_EVENT, (source.id,), newest
        yield metrics.DUPLICATE_HORIZON, (source.id,), horizons.get(source.id, 0)
        if source.silent_after is not None and moment.whole:
            quiet = moment.now - max(newest, moment.started)
            yield metrics.SOURCE_SILENT, (source.id,), float(quiet > source.silent_after)


def _tools(moment: Moment) -> Iterator[Reading]:
    seen = {name: 1 for family, name in moment.totals.newest if family == "tool"}
    for tool in moment.catalog.tools.values():
        yield metrics.TOOL_LAST_EVENT, (tool.id,), moment.totals.newest.get(("tool", tool.id), 0)
    recognisable = {tool.id for tool in moment.catalog.tools.values() if tool.recognisable}
    counts = census(tuple(moment.catalog.tools.values()), seen, recognisable).counts()
    for (capability, state), number in counts.items():
        yield metrics.TOOLS, (capability, state), number
