"""Counts since the start, ready to be exported. Every declared series exists at 0 from the catalog's first moment."""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Final

from observer import metrics
from observer.building.series import contract_versions
from observer.catalog import Catalog
from observer.engine.leaks import FIELDS, SAMPLES
from observer.engine.result import Result
from observer.messages import catalogue
from observer.metrics import Metric
from observer.model import (
    LATENCY_BUCKETS,
    QUARANTINED_VERDICTS,
    STAGES,
    Distribution,
    SeriesKey,
    Verdict,
)
from observer.privacy.leaks import LEAK_KINDS
from observer.sinks.declared_consent import consent_counters, consent_histograms
from observer.windows.gates import Closed, Outcome

_DIRECTIONS: Final = ("ahead", "behind")


class Totals:
    """Counters and histograms by series, and the newest event times by family and id."""

    def __init__(self) -> None:
        self.counts: dict[SeriesKey, float] = {}
        self.histograms: dict[SeriesKey, Distribution] = {}
        self.newest: dict[tuple[str, str], float] = {}

    def declare(self, catalog: Catalog) -> None:
        """Makes every series that the catalog declares exist, at 0 where it does not yet."""
        for key in declared_counters(catalog):
            self.counts.setdefault(key, 0)
        for key in declared_histograms(catalog):
            self.histograms.setdefault(key, Distribution([0] * (len(LATENCY_BUCKETS) + 1)))

    def add(self, result: Result) -> None:
        """Adds one result."""
        counts = self.counts
        for key, number in result.counts.items():
            counts[key] = counts.get(key, 0) + number
        for key, distribution in result.histograms.items():
            self.observe(key, distribution)
        for name, time in result.newest.items():
            if time > self.newest.get(name, 0.0):
                self.newest[name] = time

    def count(self, metric: Metric, labels: tuple[str, ...] = (), number: float = 1) -> None:
        """Adds `number` to one counter."""
        key = (metric.name, labels)
        self.counts[key] = self.counts.get(key, 0) + number

    def closed(self, closed: Closed) -> None:
        """Adds what a closing of windows came to."""
        for decision in closed.decisions:
            self.count(metrics.GATE_DECISIONS, (decision.contract, decision.gate, decision.outcome.value))
        for (contract, gate), windows in closed.empty.items():
            self.count(metrics.GATE_DECISIONS, (contract, gate, Outcome.TOO_FEW_EVENTS.value), windows)
        for incident in closed.began:
            self.count(metrics.INCIDENTS, (incident.contract, incident.gate, incident.severity))

    def value(self, metric: Metric, **labels: str) -> float:
        """Returns the sum of a counter's series whose labels are as given."""
        names = list(metric.labels)
        wanted = {names.index(label): value for label, value in labels.items()}
        return sum(
            number
            for (name, values), number in self.counts.items()
            if name == metric.name and all(values[place] == value for place, value in wanted.items())
        )

    def snapshot(self) -> tuple[Mapping[SeriesKey, float], Mapping[SeriesKey, Distribution]]:
        """Returns copies that later results do not change."""
        return (
            dict(self.counts),
            {key: Distribution(list(one.counts), one.total) for key, one in self.histograms.items()},
        )

    def observe(self, key: SeriesKey, distribution: Distribution) -> None:
        """Adds to one histogram."""
        found = self.histograms.get(key)
        if found is None:
            self.histograms[key] = Distribution(list(distribution.counts), distribution.total)
            return
        found.counts = [ours + theirs for ours, theirs in zip(found.counts, distribution.counts, strict=True)]
        found.total += distribution.total


def declared_histograms(catalog: Catalog) -> Iterator[SeriesKey]:
    """Yields every histogram series that the catalog declares."""
    yield from consent_histograms(catalog)
    for source in catalog.sources:
        for stage in STAGES:
            yield metrics.LATENCY.name, (source, stage)
        for direction in _DIRECTIONS:
            yield metrics.CLOCK_SKEW.name, (source, direction)


def declared_counters(catalog: Catalog) -> Iterator[SeriesKey]:
    """Yields every counter series that the catalog declares."""
    reasons = [code.removeprefix("decoding.") for code in catalogue() if code.startswith("decoding.")]
    for source in catalog.sources.values():
        claimed = {contract.id for contract in source.contracts.values()}
        for contract, verdict in product((*sorted(claimed), metrics.NONE), Verdict):
            yield metrics.EVENTS.name, (contract, source.id, verdict.value)
        for contract, version, ends in contract_versions(source):
            yield metrics.VERSION_EVENTS.name, (contract, version, source.id)
            if ends:
                yield metrics.DEPRECATED_EVENTS.name, (contract, version, source.id)
        yield metrics.DRIFT.name, (metrics.NONE, source.id, "event")
        for contract in sorted(claimed):
            yield metrics.DRIFT_SAMPLED.name, (contract, source.id)
            for kind in ("property", "type"):
                yield metrics.DRIFT.name, (contract, source.id, kind)
        yield metrics.RECEIVED.name, (source.id,)
        for verdict in Verdict:
            yield metrics.REPLAYED.name, (source.id, verdict.value)
        for reason in reasons:
            yield metrics.UNDECODABLE.name, (source.id, reason)
        for stage in STAGES:
            yield metrics.TIME_DISORDER.name, (source.id, stage)
        for direction in _DIRECTIONS:
            yield metrics.CLOCK_SKEW_EVENTS.name, (source.id, direction)
    yield from consent_counters(catalog)
    yield metrics.QUARANTINE_FAILURES.name, ()
    yield metrics.PROOF_OVERFLOW.name, ()
    yield from _of_contracts(catalog)
    for tool in catalog.tools.values():
        yield (
            metrics.TOOL_EVENTS.name,
            (tool.id, tool.capability, "declared" if tool.declared else "undeclared"),
        )
    yield metrics.TOOL_EVENTS.name, (metrics.OTHER, metrics.OTHER, "undeclared")
    for label in sorted({label for metric in metrics.METRICS for label in metric.labels}):
        yield metrics.LABEL_OVERFLOW.name, (label,)
    for why in ("age", "size", "erased"):
        yield metrics.QUARANTINE_EXPIRED.name, (why,)


def _of_contracts(catalog: Catalog) -> Iterator[SeriesKey]:
    for name, sample, result in product((*catalog.contracts, metrics.NONE), SAMPLES, ("clean", "leaking")):
        yield metrics.LEAK_EVENTS.name, (name, sample, result)
    for name, kind, field in product((*catalog.contracts, metrics.NONE), LEAK_KINDS, FIELDS):
        if name == metrics.NONE or field != "unreadable":
            yield metrics.LEAKS.name, (name, kind, field)
    for contract in catalog.contracts.values():
        for rule, kind in contract.rules.items():
            yield metrics.VIOLATIONS.name, (contract.id, rule, kind.value)
        for level, result in product(contract.service_levels, ("good", "bad")):
            yield metrics.SLI_EVENTS.name, (contract.id, level.slo, result)
        for gate in contract.quality:
            for outcome in Outcome:
                yield metrics.GATE_DECISIONS.name, (contract.id, gate.gate, outcome.value)
            yield metrics.INCIDENTS.name, (contract.id, gate.gate, gate.severity)
        if contract.quality:
            yield metrics.LATE_EVENTS.name, (contract.id,)
    for name, verdict in product((*catalog.contracts, metrics.NONE), sorted(QUARANTINED_VERDICTS)):
        yield metrics.QUARANTINE_EVENTS.name, (name, verdict.value)
