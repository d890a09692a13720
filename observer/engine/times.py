"""Counting time: the stages and offsets of a chunk, into histograms and windows."""

from observer import metrics
from observer.catalog import Source
from observer.engine.counts import Counts
from observer.engine.timing import Span, Timing
from observer.model import Distribution, SeriesKey


def count_times(counts: Counts, source: Source, timing: Timing) -> dict[SeriesKey, Distribution]:
    """Counts what `timing` gathered and returns the histograms that the metrics grow by."""
    histograms: dict[SeriesKey, Distribution] = {}
    for at, held in timing.minutes.items():
        for stage, span in held.stages():
            _merge(histograms, (metrics.LATENCY.name, (source.id, stage)), span)
            _roll_span(counts, source, at, "latency", stage, span)
            if span.disorder:
                counts.count(metrics.TIME_DISORDER, (source.id, stage), span.disorder)
                counts.roll("source", source.id, at, f"disorder/{stage}", span.disorder)
        for direction, span in held.offsets():
            _merge(histograms, (metrics.CLOCK_SKEW.name, (source.id, direction)), span)
            _roll_span(counts, source, at, "skew", direction, span)
            if held.skewed[direction]:
                counts.count(metrics.CLOCK_SKEW_EVENTS, (source.id, direction), held.skewed[direction])
                counts.roll("source", source.id, at, f"skewed/{direction}", held.skewed[direction])
    return histograms


def _roll_span(counts: Counts, source: Source, minute: int, measure: str, of: str, span: Span) -> None:
    found = False
    for index, number in enumerate(span.counts):
        if number:
            found = True
            counts.roll("source", source.id, minute, f"{measure}/{of}/{index}", number)
    if found:
        counts.roll("source", source.id, minute, f"{measure}_sum/{of}", span.total)


def _merge(into: dict[SeriesKey, Distribution], key: SeriesKey, span: Span) -> None:
    found = into.setdefault(key, Distribution([0] * len(span.counts)))
    found.counts = [ours + theirs for ours, theirs in zip(found.counts, span.counts, strict=True)]
    found.total += span.total
