"""The one room that knows prometheus_client: reads our own counts when it is scraped."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from typing import NamedTuple, TypeVar

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


class Reading(NamedTuple):
    """What one scrape shows: all of it as of one moment, so that no count contradicts another."""

    counts: Mapping[SeriesKey, float]
    histograms: Mapping[SeriesKey, Distribution]
    gauges: Mapping[SeriesKey, float]


def read(totals: Totals, gauges: Iterable[tuple[Metric, tuple[str, ...], float]]) -> Reading:
    """Returns copies that later results do not change. Call it where results are added, never beside it."""
    counts, histograms = totals.snapshot()
    states = {(metric.name, labels): value for metric, labels, value in gauges}
    series = len(counts) + len(states) + sum(len(one.counts) + 2 for one in histograms.values())
    states[SERIES.name, ()] = series + 1
    return Reading(counts, histograms, states)


def render(reading: Reading, accept: str) -> tuple[bytes, str]:
    """Returns the exposition and its content type: OpenMetrics where `accept` asks for it, else text. Takes tens of
    milliseconds and touches nothing but the reading: fit for a thread."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Scrape(reading))
    for collector in (ProcessCollector, PlatformCollector, GCCollector):
        collector(registry=registry)
    encoder, content_type = choose_encoder(accept)
    return encoder(registry), content_type


class _Scrape(Collector):
    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def describe(self) -> Iterator[Family]:
        return iter(())

    def collect(self) -> Iterator[Family]:
        counts, histograms, gauges = (
            _by_name(self._reading.counts),
            _by_name(self._reading.histograms),
            _by_name(self._reading.gauges),
        )
        for metric in METRICS:
            yield _family(metric, counts, gauges, histograms)


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
