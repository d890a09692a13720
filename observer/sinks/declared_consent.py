"""The series of consent that a catalog declares: each is exported as 0 from its first moment."""

from collections.abc import Iterator
from itertools import product
from typing import Final

from observer import metrics
from observer.catalog import Catalog, Source
from observer.consent.contradictions import Contradiction
from observer.consent.outcome import ALLOWING, NOT_DECLARED, Choice, ConsentReason
from observer.model import ConsentState, SeriesKey

DIRECTIONS: Final = ("granted", "refused")
REFUSALS: Final = tuple(reason for reason in ConsentReason if reason not in ALLOWING)


def consent_counters(catalog: Catalog) -> Iterator[SeriesKey]:
    """Yields every counter series of consent, some more than once."""
    for source in catalog.sources.values():
        yield from _of_source(catalog, source)
    versions = [
        (str(cmp), version)
        for cmp, declared in catalog.consent_platforms.items()
        for version in (*map(str, sorted(declared.versions)), metrics.OTHER)
    ]
    for (cmp, version), purpose, state in product(
        (*versions, (metrics.OTHER, metrics.OTHER)), catalog.purposes, ConsentState
    ):
        yield metrics.CONSENT_PLATFORMS.name, (cmp, version, purpose, state.value)


def consent_histograms(catalog: Catalog) -> Iterator[SeriesKey]:
    """Yields every histogram series of consent."""
    for source, direction in product(catalog.sources, DIRECTIONS):
        yield metrics.CONSENT_LATENCY.name, (source, direction)


def _of_source(catalog: Catalog, source: Source) -> Iterator[SeriesKey]:
    here = source.id, source.channel
    for purpose, state in product(source.purposes, ConsentState):
        yield metrics.CONSENT_EVENTS.name, (*here, purpose, state.value)
    for destination, reason in product(source.destinations, ConsentReason):
        result = "allowed" if reason in ALLOWING else "refused"
        yield metrics.CONSENT_DECISIONS.name, (destination, source.channel, result, reason.value)
    for destination in source.destinations:
        yield metrics.CONSENT_REQUIRED.name, (*here, destination)
        yield metrics.CONSENT_USABLE.name, (*here, destination)
    for choice in Choice:
        yield metrics.CONSENT_CHOICES.name, (*here, choice.value)
    for purpose in source.purposes:
        yield metrics.CONSENT_DISAGREEMENTS.name, (*here, purpose)
    for destination in source.destinations:
        kinds = catalog.trace_kinds.get(catalog.destinations[destination].tool, ())
        for kind, reason in product(kinds, REFUSALS):
            yield metrics.CONSENT_BREACHES.name, (destination, source.channel, kind, reason.value)
    for other in catalog.destinations.values():
        if source.id not in other.sources and "integration" in catalog.trace_kinds.get(other.tool, ()):
            labels = (other.id, source.channel, "integration", NOT_DECLARED)
            yield metrics.CONSENT_BREACHES.name, labels
    if source.watch.unexempted is not None:
        for purpose, contradiction in product(source.purposes, Contradiction):
            yield metrics.CONSENT_CONTRADICTIONS.name, (source.id, purpose, contradiction.value)
