"""What shows over a period that something is wrong with consent, or that nobody was asked."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import NamedTuple, TypeVar

from observer.catalog import Catalog
from observer.consent.outcome import BEFORE_CHOICE, Choice
from observer.consent.reviews import overdue
from observer.model import ConsentState, Rollup
from observer.windows.quantile import Durations, durations, together
from observer.windows.readings import Readings, subject_measures
from observer.windows.shares import ratio
from observer.windows.usable import ConsentLine

DIRECTIONS = ("refused", "granted")
Line = TypeVar("Line", "BreachLine", "DisagreementLine", "ContradictionLine")


class BreachLine(NamedTuple):
    """Events of one channel that show a destination that may not use them. evidence: what shows it; reason: why not."""

    destination: str
    title: str
    channel: str
    evidence: str
    reason: str
    events: int


class DisagreementLine(NamedTuple):
    """Events of one channel of whose signals one said yes to a purpose and another no. yes, no: their formats."""

    channel: str
    purpose: str
    yes: str
    no: str
    events: int


class PlatformLine(NamedTuple):
    """What TC strings of one version of a consent platform said for a purpose. cmp, version: `_other` where nobody
    declared it."""

    cmp: str
    version: str
    states: ConsentLine


class ChoiceLine(NamedTuple):
    """Events of one channel by whether the person had chosen when they were collected."""

    channel: str
    events: Mapping[Choice, int]

    @property
    def total(self) -> int:
        """Events of every kind."""
        return sum(self.events.values())

    @property
    def before(self) -> int:
        """Events that were collected before any choice."""
        return sum(self.events[choice] for choice in BEFORE_CHOICE)

    @property
    def before_share(self) -> float | None:
        """before ÷ total; None where there is no event."""
        return ratio(self.before, self.total)


class ContradictionLine(NamedTuple):
    """Events of one channel that show what the exemption of a purpose rules out."""

    channel: str
    purpose: str
    contradiction: str
    events: int


class HonouredLine(NamedTuple):
    """How long choices in one direction waited until an event honoured them."""

    direction: str
    waited: Durations


class ConsentSigns(NamedTuple):
    """All of it. Lines are most frequent first; overdue: justifications that should have been read again."""

    breaches: tuple[BreachLine, ...] = ()
    disagreements: tuple[DisagreementLine, ...] = ()
    platforms: tuple[PlatformLine, ...] = ()
    choices: tuple[ChoiceLine, ...] = ()
    contradictions: tuple[ContradictionLine, ...] = ()
    honoured: tuple[HonouredLine, ...] = ()
    overdue: int = 0


def consent_signs(
    catalog: Catalog, readings: Readings, channel: str = "", purpose: str = "", now: float = 0.0
) -> ConsentSigns:
    """Returns the signs for one channel (all where ""), and for one purpose where it matters (any where "").

    now: seconds since the epoch, against which reviews are overdue.
    """
    channels = {
        name: rollup
        for name, rollup in sorted(subject_measures(readings, "channel").items())
        if channel in {"", name}
    }
    return ConsentSigns(
        _by_events(_breaches(catalog, readings, channel, purpose)),
        _by_events(
            DisagreementLine(name, of, yes, no, events)
            for name, (of, yes, no), events in _measures(channels, "disagreement")
            if purpose in {"", of}
        ),
        tuple(_platforms(channels, purpose)),
        tuple(line for line in (_choices(name, rollup) for name, rollup in channels.items()) if line.total),
        _by_events(
            ContradictionLine(name, of, what, events)
            for name, (of, what), events in _measures(channels, "contradiction")
            if purpose in {"", of}
        ),
        tuple(_honoured(catalog, readings, channel)),
        len(overdue(catalog.reviews, datetime.fromtimestamp(now, UTC).date())),
    )


def _breaches(catalog: Catalog, readings: Readings, channel: str, purpose: str) -> Iterator[BreachLine]:
    rollups = subject_measures(readings, "destination")
    for destination in catalog.destinations.values():
        if purpose and purpose not in destination.purposes:
            continue
        held = {destination.id: rollups.get(destination.id, {})}
        for _, (where, evidence, reason), events in _measures(held, "breach"):
            if channel in {"", where}:
                yield BreachLine(destination.id, destination.title, where, evidence, reason, events)


def _platforms(channels: Mapping[str, Rollup], purpose: str) -> Iterator[PlatformLine]:
    found: dict[tuple[str, str, str], dict[ConsentState, int]] = {}
    for _, (cmp, version, of, state), events in _measures(channels, "cmp"):
        if purpose in {"", of}:
            states = found.setdefault((cmp, version, of), dict.fromkeys(ConsentState, 0))
            states[ConsentState(state)] += events
    for (cmp, version, of), states in sorted(found.items()):
        yield PlatformLine(cmp, version, ConsentLine("", of, states))


def _choices(channel: str, rollup: Rollup) -> ChoiceLine:
    return ChoiceLine(channel, {choice: round(rollup.get(f"choice/{choice.value}", 0)) for choice in Choice})


def _honoured(catalog: Catalog, readings: Readings, channel: str) -> Iterator[HonouredLine]:
    rollups = subject_measures(readings, "source")
    sources = [source.id for source in catalog.sources.values() if channel in {"", source.channel}]
    for direction in DIRECTIONS:
        parts = [durations(rollups[name], f"honoured/{direction}") for name in sources if name in rollups]
        waited = together(parts)
        if waited.number:
            yield HonouredLine(direction, waited)


def _measures(rollups: Mapping[str, Rollup], kind: str) -> Iterator[tuple[str, tuple[str, ...], int]]:
    """Yields (subject, the parts of the measure's name behind its kind, events) for each measure of a kind."""
    for name, rollup in rollups.items():
        for measure, value in rollup.items():
            found, *parts = measure.split("/")
            if found == kind:
                yield name, tuple(parts), round(value)


def _by_events(lines: Iterator[Line]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda line: (-line.events, line)))
