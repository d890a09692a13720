"""What is read for one period before it means anything: sums, moments and the latest findings."""

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from observer.model import Finding, Rollup
from observer.windows.drift_readings import DriftRow
from observer.windows.gate_readings import GateReadings

Subject: TypeAlias = tuple[str, str]
"""(family, key), as (`source`, `web-shop`)."""


class LatestFinding(NamedTuple):
    """One finding as the page lists it. Holds no value of the event.

    observed: when it was found; contract: id or `_none`; finding: the broken rule.
    """

    observed: float
    source: str
    contract: str
    verdict: str
    finding: Finding


class Step(NamedTuple):
    """Verdicts of one source over one step of a timeline. start: its first second."""

    start: int
    source: str
    events: float
    valid: float


class Readings(NamedTuple):
    """One period, read at one moment.

    since: first second covered, which may be earlier than asked where only hours or days are kept;
    until: end of the period; step: seconds between two steps of the timeline;
    measures: sums over the period by subject;
    last_seen: event time of the newest event by subject, ever;
    findings: newest first; written: when the store last took something in, or None before the first time;
    gates: as they stand; drift: all that is remembered, the latest first.
    """

    since: float
    until: float
    step: int
    measures: Mapping[Subject, Rollup]
    last_seen: Mapping[Subject, float]
    timeline: tuple[Step, ...]
    findings: tuple[LatestFinding, ...]
    written: float | None
    gates: GateReadings = GateReadings()
    drift: tuple[DriftRow, ...] = ()


def subject_measures(readings: Readings, family: str) -> dict[str, Rollup]:
    """Returns the measures of every key of `family`, by key."""
    return {key: rollup for (kind, key), rollup in readings.measures.items() if kind == family}
