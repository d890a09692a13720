"""Usable consent by channel and purpose, and what each destination may use."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from observer.catalog import Catalog
from observer.model import CONSENT_REQUIRED, ConsentState
from observer.windows.readings import Readings, subject_measures
from observer.windows.shares import ratio, tenths

REQUIRED_STATES = tuple(state for state in ConsentState if state in CONSENT_REQUIRED)
"""The states of events that need consent, granted first."""


class ConsentLine(NamedTuple):
    """One purpose in one channel; channel "" stands for all of them."""

    channel: str
    purpose: str
    states: Mapping[ConsentState, int]

    @property
    def requires(self) -> int:
        """Events that need consent: the denominator. Exempt and not applicable ones are apart."""
        return sum(self.states[state] for state in REQUIRED_STATES)

    @property
    def events(self) -> int:
        """Events of every state."""
        return sum(self.states.values())

    @property
    def usable(self) -> int:
        """Events whose consent is a yes."""
        return self.states[ConsentState.GRANTED]

    @property
    def usable_share(self) -> float | None:
        """usable ÷ requires; None where nothing needs consent."""
        return ratio(self.usable, self.requires)

    @property
    def tenths(self) -> Mapping[ConsentState, int]:
        """The required states in tenths of a percent, adding up to 1000: what table and sentence both show."""
        return tenths({state: self.states[state] for state in REQUIRED_STATES}, ConsentState.GRANTED)


class ReasonCount(NamedTuple):
    """Events with one reason of consent.outcome.ConsentReason."""

    reason: str
    events: int


class DestinationLine(NamedTuple):
    """What one destination may use. reasons: most frequent first."""

    id: str
    title: str
    purposes: tuple[str, ...]
    allowed: int
    refused: int
    allowed_because: tuple[ReasonCount, ...]
    refused_because: tuple[ReasonCount, ...]

    @property
    def refused_share(self) -> float | None:
        """refused ÷ decided; None where nothing was decided."""
        return ratio(self.refused, self.allowed + self.refused)


def consent_lines(catalog: Catalog, readings: Readings) -> tuple[ConsentLine, ...]:
    """Returns a line for each channel and each purpose that one of its sources serves, at 0 where nothing came."""
    counted = _counted(readings)
    declared = {
        (source.channel, purpose): None
        for source in sorted(catalog.sources.values(), key=lambda source: source.channel)
        for purpose in source.purposes
    }
    order = {purpose: position for position, purpose in enumerate(catalog.purposes)}
    subjects = sorted(
        declared | dict.fromkeys(counted), key=lambda pair: (pair[0], order.get(pair[1], len(order)), pair[1])
    )
    return tuple(
        ConsentLine(channel, purpose, counted.get((channel, purpose), _no_states()))
        for channel, purpose in subjects
    )


def all_together(lines: Iterable[ConsentLine], purpose: str, channel: str = "") -> ConsentLine:
    """Returns one line for `purpose` in `channel`, or in all channels where channel is ""."""
    chosen = [line for line in lines if line.purpose == purpose and channel in {"", line.channel}]
    return ConsentLine(
        channel, purpose, {state: sum(line.states[state] for line in chosen) for state in ConsentState}
    )


def leading_purpose(catalog: Catalog) -> str:
    """Returns the purpose that most destinations need, the first of them at a tie, "" where none is declared.

    It stands in the headline: what is declared decides, so that it does not change while one looks at it.
    """
    needed = [purpose for destination in catalog.destinations.values() for purpose in destination.purposes]
    return max(catalog.purposes, key=needed.count, default="")


def destination_lines(
    catalog: Catalog, readings: Readings, channel: str = "", purpose: str = ""
) -> tuple[DestinationLine, ...]:
    """Returns a line for each destination that needs `purpose` (any where ""), for events of `channel` (or all)."""
    measures = subject_measures(readings, "destination")
    return tuple(
        _destination_line(destination.id, destination.title, destination.purposes, measures, channel)
        for destination in catalog.destinations.values()
        if not purpose or purpose in destination.purposes
    )


def _destination_line(
    destination: str,
    title: str,
    purposes: tuple[str, ...],
    measures: Mapping[str, Mapping[str, float]],
    channel: str,
) -> DestinationLine:
    reasons: dict[str, dict[str, int]] = {"allowed": {}, "refused": {}}
    for measure, value in measures.get(destination, {}).items():
        kind, _, rest = measure.partition("/")
        if kind != "decision":
            continue
        where, result, reason = rest.split("/")
        if channel in {"", where}:
            counts = reasons[result]
            counts[reason] = counts.get(reason, 0) + round(value)
    allowed, refused = (_by_frequency(reasons[result]) for result in ("allowed", "refused"))
    return DestinationLine(
        destination,
        title,
        purposes,
        sum(count.events for count in allowed),
        sum(count.events for count in refused),
        allowed,
        refused,
    )


def _by_frequency(counts: Mapping[str, int]) -> tuple[ReasonCount, ...]:
    return tuple(
        ReasonCount(reason, events)
        for reason, events in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )


def _counted(readings: Readings) -> dict[tuple[str, str], Mapping[ConsentState, int]]:
    counted: dict[tuple[str, str], dict[ConsentState, int]] = {}
    for channel, rollup in subject_measures(readings, "channel").items():
        for measure, value in rollup.items():
            if measure.startswith("consent/"):
                _, purpose, state = measure.split("/")
                counted.setdefault((channel, purpose), _no_states())[ConsentState(state)] += round(value)
    return dict(counted)


def _no_states() -> dict[ConsentState, int]:
    return dict.fromkeys(ConsentState, 0)
