"""Counting consent: states by purpose, decisions by destination, and what shows that something is wrong with it."""

from collections.abc import Iterable, Mapping
from typing import Final

from observer import metrics
from observer.catalog import Catalog, ConsentPlatform, Source
from observer.consent.contradictions import Contradiction
from observer.consent.outcome import NOT_DECLARED, Cmp, ConsentOutcome, ConsentReason
from observer.engine.choices import Directions
from observer.engine.counts import Counts
from observer.model import Distribution, SeriesKey
from observer.tools.sighting import TraceKind

_APART: Final = frozenset({ConsentReason.EXEMPT, ConsentReason.NOT_APPLICABLE})
"""Decisions about events that need no consent: neither usable nor required."""


def count_consent(
    counts: Counts, catalog: Catalog, source: Source, outcome: ConsentOutcome, minute: int, number: int
) -> None:
    """Counts `number` events of one minute that share one outcome."""
    channel = source.channel
    for purpose, state in outcome.states:
        counts.count(metrics.CONSENT_EVENTS, (source.id, channel, purpose, state.value), number)
        counts.roll("channel", channel, minute, f"consent/{purpose}/{state.value}", number)
    for destination, allowed, reason in outcome.decisions:
        result = "allowed" if allowed else "refused"
        counts.count(metrics.CONSENT_DECISIONS, (destination, channel, result, reason.value), number)
        counts.roll("destination", destination, minute, f"decision/{channel}/{result}/{reason.value}", number)
        if reason not in _APART:
            labels = (source.id, channel, destination)
            counts.count(metrics.CONSENT_REQUIRED, labels, number)
            if allowed:
                counts.count(metrics.CONSENT_USABLE, labels, number)
    counts.count(metrics.CONSENT_CHOICES, (source.id, channel, outcome.choice.value), number)
    counts.roll("channel", channel, minute, f"choice/{outcome.choice.value}", number)
    for purpose, yes, no in outcome.disagreements:
        counts.count(metrics.CONSENT_DISAGREEMENTS, (source.id, channel, purpose), number)
        counts.roll("channel", channel, minute, f"disagreement/{purpose}/{yes}/{no}", number)
    for cmp in outcome.cmps:
        name, version = _bounded(counts, catalog.consent_platforms, cmp, number)
        for purpose, state in outcome.states:
            counts.count(metrics.CONSENT_PLATFORMS, (name, version, purpose, state.value), number)
            counts.roll("channel", channel, minute, f"cmp/{name}/{version}/{purpose}/{state.value}", number)


def count_breaches(
    counts: Counts,
    catalog: Catalog,
    source: Source,
    outcome: ConsentOutcome,
    traces: Iterable[tuple[str, TraceKind]],
    minute: int,
    number: int,
) -> None:
    """Counts `number` events that show a tool whose destination may not use them: by what shows it, and why not.

    A destination that the source is not declared to feed has no basis either; only an integration that is on shows it,
    since a click id or an SDK says nothing of where else an event goes.
    """
    shown: dict[str, list[TraceKind]] = {}
    for tool, kind in traces:
        shown.setdefault(tool, []).append(kind)
    for destination, allowed, reason in outcome.decisions:
        if allowed:
            continue
        for kind in shown.get(catalog.destinations[destination].tool, ()):
            _breach(counts, source, destination, kind, reason.value, minute, number)
    for other in catalog.destinations.values():
        if source.id not in other.sources and "integration" in shown.get(other.tool, ()):
            _breach(counts, source, other.id, "integration", NOT_DECLARED, minute, number)


def _breach(
    counts: Counts,
    source: Source,
    destination: str,
    kind: TraceKind,
    reason: str,
    minute: int,
    number: int,
) -> None:
    counts.count(metrics.CONSENT_BREACHES, (destination, source.channel, kind, reason), number)
    counts.roll("destination", destination, minute, f"breach/{source.channel}/{kind}/{reason}", number)


def count_contradictions(
    counts: Counts,
    source: Source,
    found: Iterable[tuple[str, Contradiction]],
    minute: int,
    number: int,
) -> None:
    """Counts `number` events that show what their source's exemption rules out."""
    for purpose, contradiction in found:
        counts.count(metrics.CONSENT_CONTRADICTIONS, (source.id, purpose, contradiction.value), number)
        measure = f"contradiction/{purpose}/{contradiction.value}"
        counts.roll("channel", source.channel, minute, measure, number)


def count_honoured(
    counts: Counts, source: Source, honoured: Directions, histograms: dict[SeriesKey, Distribution]
) -> None:
    """Counts how long choices waited until an event honoured them, into the windows and into `histograms`."""
    for (minute, direction), span in honoured.items():
        key = (metrics.CONSENT_LATENCY.name, (source.id, direction))
        into = histograms.setdefault(key, Distribution([0] * len(span.counts)))
        into.counts = [ours + theirs for ours, theirs in zip(into.counts, span.counts, strict=True)]
        into.total += span.total
        for index, number in enumerate(span.counts):
            if number:
                counts.roll("source", source.id, minute, f"honoured/{direction}/{index}", number)
        counts.roll("source", source.id, minute, f"honoured_sum/{direction}", span.total)


def _bounded(
    counts: Counts, declared: Mapping[int, ConsentPlatform], cmp: Cmp, number: int
) -> tuple[str, str]:
    """Returns a platform and its version as labels: what nobody declared is `_other`."""
    platform = declared.get(cmp.id)
    if platform is None:
        counts.count(metrics.LABEL_OVERFLOW, ("cmp",), number)
        return metrics.OTHER, metrics.OTHER
    if cmp.version not in platform.versions:
        counts.count(metrics.LABEL_OVERFLOW, ("version",), number)
        return str(cmp.id), metrics.OTHER
    return str(cmp.id), str(cmp.version)
