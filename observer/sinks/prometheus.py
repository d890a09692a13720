"""The one room that knows prometheus_client: reads our own counts when it is scraped."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import accumulate
from typing import TypeAlias, TypeVar

from prometheus_client import (
    CollectorRegistry,
    GCCollector,
    PlatformCollector,
    ProcessCollector,
)
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
)
from prometheus_client.core import (
    Metric as Family,
)
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from observer.metrics import METRICS, SERIES, Metric
from observer.model import Distribution, SeriesKey
from observer.sinks.totals import Totals

Value = TypeVar("Value")

Gauges: TypeAlias = Callable[[], Iterable[tuple[Metric, tuple[str, ...], float]]]
"""Asked at each scrape: (metric, label values, value). What is not known now is left out, never 0 or NaN."""


class Exporter(Collector):
    """The observer's metrics, rendered at scrape in both exposition formats."""

    def __init__(self, totals: Totals, gauges: Gauges) -> None:
        self._totals = totals
        self._gauges = gauges
        self._registry = CollectorRegistry(auto_describe=False)
        self._registry.register(self)
        for collector in (ProcessCollector, PlatformCollector, GCCollector):
            collector(registry=self._registry)

    def render(self, accept: str) -> tuple[bytes, str]:
        """Returns the exposition and its content type: OpenMetrics where `accept` asks for it, else text."""
        encoder, content_type = choose_encoder(accept)
        return encoder(self._registry), content_type

    def describe(self) -> Iterator[Family]:
        """Yields nothing: the families are known only when they are scraped."""
        return iter(())

    def collect(self) -> Iterator[Family]:
        """Yields every declared metric as prometheus_client's family."""
        counts, histograms = self._totals.snapshot()
        gauges = {(metric.name, labels): value for metric, labels, value in self._gauges()}
        series = len(counts) + len(gauges) + sum(len(one.counts) + 2 for one in histograms.values())
        gauges[SERIES.name, ()] = series + 1
        by_name = _by_name(counts), _by_name(gauges), _by_name(histograms)
        for metric in METRICS:
            yield _family(metric, *by_name)


def _family(
    metric: Metric,
    counts: Mapping[str, list[tuple[tuple[str, ...], float]]],
    gauges: Mapping[str, list[tuple[tuple[str, ...], float]]],
    histograms: Mapping[str, list[tuple[tuple[str, ...], Distribution]]],
) -> Family:
    labels = list(metric.labels)
    if metric.kind == "counter":
        counter = CounterMetricFamily(metric.name, metric.help, labels=labels)
        for values, number in counts.get(metric.name, ()):
            counter.add_metric(values, number)
        return counter
    if metric.kind == "gauge":
        gauge = GaugeMetricFamily(metric.name, metric.help, labels=labels)
        for values, number in gauges.get(metric.name, ()):
            gauge.add_metric(values, number)
        return gauge
    histogram = HistogramMetricFamily(metric.name, metric.help, labels=labels)
    bounds = [*(str(float(bound)) for bound in metric.buckets), "+Inf"]
    for values, one in histograms.get(metric.name, ()):
        cumulative = list(zip(bounds, accumulate(one.counts), strict=True))
        histogram.add_metric(values, buckets=cumulative, sum_value=one.total)
    return histogram


def _by_name(series: Mapping[SeriesKey, Value]) -> dict[str, list[tuple[tuple[str, ...], Value]]]:
    found: dict[str, list[tuple[tuple[str, ...], Value]]] = {}
    for (name, labels), value in series.items():
        found.setdefault(name, []).append((labels, value))
    return found
