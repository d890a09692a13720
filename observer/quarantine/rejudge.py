"""The judge of a replay: one kept event under a catalog, without memory, so that none is a duplicate."""

from collections.abc import Callable
from typing import Final, NamedTuple, TypeAlias

from observer.catalog import Catalog, Source
from observer.consent.outcome import Decision
from observer.engine.judge import claimant, judge
from observer.model import Decoded, Kept, Record, Undecodable, Verdict
from observer.quarantine.replay import Judge

_SECONDS_A_DAY: Final = 86_400


class Judgement(NamedTuple):
    """What a catalog says of a kept event. decisions: for each destination, under the consent that the event carries
    and the policy of that catalog, on the day of the replay."""

    verdict: Verdict
    decisions: tuple[Decision, ...] = ()


Rejudge: TypeAlias = Callable[[Kept], Judgement | None]
"""Kept event -> judgement, or None where the catalog no longer declares its source."""


def judgements(catalog: Catalog, at: float) -> Rejudge:
    """Returns the judge of `catalog` at the time `at`, in seconds since the epoch."""
    today = int(at // _SECONDS_A_DAY)

    def judged(kept: Kept) -> Judgement | None:
        source = catalog.sources.get(kept.source)
        if source is None:
            return None
        event = _event(source, kept)
        if isinstance(event, Undecodable):
            return Judgement(Verdict.UNDECODABLE)
        return Judgement(_verdict(source, event, kept), source.consent(event.signals, today).decisions)

    return judged


def rejudge(catalog: Catalog) -> Judge:
    """Returns the judge of verdicts alone: None for an event whose source the catalog no longer declares."""

    def verdict(kept: Kept) -> Verdict | None:
        source = catalog.sources.get(kept.source)
        return None if source is None else _verdict(source, _event(source, kept), kept)

    return verdict


def event_of(catalog: Catalog, kept: Kept) -> Decoded | None:
    """Returns what a kept event decodes to under `catalog`: None where that no longer declares its source."""
    source = catalog.sources.get(kept.source)
    return None if source is None else _event(source, kept)


def _event(source: Source, kept: Kept) -> Decoded:
    decoded = source.dialect.decode(_record(kept))
    # An event that could not be taken out of its record was kept with all of it, and is still the same one.
    return decoded[kept.index] if 1 < len(decoded) > kept.index else decoded[0]


def _verdict(source: Source, event: Decoded, kept: Kept) -> Verdict:
    if isinstance(event, Undecodable):
        return Verdict.UNDECODABLE
    times = (kept.received, event.received, kept.timestamp, kept.observed)
    # The event's own time, as when it was judged first: a version that has ended since was in force then.
    time = next(each for each in times if each is not None)
    return judge(event, claimant(source.contracts, event), time).verdict


def _record(kept: Kept) -> Record:
    return Record(
        value=kept.whole,
        received=kept.received,
        timestamp=kept.timestamp,
        headers=kept.headers,
        path=kept.path,
        place=kept.place,
    )
