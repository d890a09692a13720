"""Counting consent: states by purpose, decisions by destination."""

from observer import metrics
from observer.catalog import Source
from observer.consent.outcome import ConsentOutcome
from observer.engine.counts import Counts


def count_consent(counts: Counts, source: Source, outcome: ConsentOutcome, minute: int, number: int) -> None:
    """Counts `number` events of one minute that share one outcome."""
    channel = source.channel
    for purpose, state in outcome.states:
        counts.count(metrics.CONSENT_EVENTS, (source.id, channel, purpose, state.value), number)
        counts.roll("channel", channel, minute, f"consent/{purpose}/{state.value}", number)
    for destination, allowed, reason in outcome.decisions:
        result = "allowed" if allowed else "refused"
        counts.count(metrics.CONSENT_DECISIONS, (destination, channel, result, reason.value), number)
        counts.roll("destination", destination, minute, f"decision/{channel}/{result}/{reason.value}", number)
