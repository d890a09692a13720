"""Events and verdicts by source, what could not be read, what others said, and the rules that broke."""

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple, TypeAlias

from observer.catalog import Catalog, Source
from observer.contracts.compiled import Owner
from observer.model import Rollup, Verdict
from observer.windows.readings import LatestFinding, Readings, Step, subject_measures
from observer.windows.shares import ratio

Pulse: TypeAlias = Literal["flowing", "silent", "never"]
"""Whether a source speaks: `silent` past what it declares, `never` before its first event."""


class Owners(NamedTuple):
    """Who answers: marketing and IT. None where nothing is declared."""

    marketing: Owner | None
    technical: Owner | None


class VerdictCounts(NamedTuple):
    """Events by verdict. received: counted at the door, independently; it equals `events` unless one is lost."""

    received: int
    verdicts: Mapping[Verdict, int]

    @property
    def events(self) -> int:
        """All events judged."""
        return sum(self.verdicts.values())

    @property
    def judged_once(self) -> int:
        """Events without duplicates: the first of them stands for all."""
        return self.events - self.verdicts[Verdict.DUPLICATE]

    @property
    def valid_share(self) -> float | None:
        """Valid events ÷ events that are no duplicate; None where there is none."""
        return ratio(self.verdicts[Verdict.VALID], self.judged_once)


class SourceLine(NamedTuple):
    """One source in the period. last_event: event time of the newest, ever, or None."""

    id: str
    title: str
    channel: str
    declared: bool
    owners: Owners
    counts: VerdictCounts
    last_event: float | None
    pulse: Pulse


class ReasonLine(NamedTuple):
    """Events of one source with one reason. system: who said so; `` for the observer itself."""

    source: str
    system: str
    reason: str
    events: int


class RuleLine(NamedTuple):
    """How often one rule of a contract broke. An event can break several."""

    contract: str
    title: str
    kind: str
    rule: str
    times: int
    owners: Owners
    runbook: str


class FindingLine(NamedTuple):
    """Findings that are alike, as one. latest: the newest of them; times: how many are among the latest."""

    latest: LatestFinding
    times: int


class Bar(NamedTuple):
    """One step of the timeline. start: its first second."""

    start: int
    events: int
    valid: int


NOBODY = Owners(None, None)


def count_verdicts(rollups: Iterable[Rollup]) -> VerdictCounts:
    """Returns the verdicts of several rollups of family source or contract together."""
    held = list(rollups)
    return VerdictCounts(
        _sum(held, "received"), {verdict: _sum(held, f"verdict/{verdict}") for verdict in Verdict}
    )


def source_lines(catalog: Catalog, readings: Readings, now: float) -> tuple[SourceLine, ...]:
    """Returns a line for every declared source, in the catalog's order, then one for any other that has events."""
    measures = subject_measures(readings, "source")
    others = sorted(measures.keys() - catalog.sources.keys())
    return tuple(
        _source_line(source_id, catalog.sources.get(source_id), measures.get(source_id, {}), readings, now)
        for source_id in (*catalog.sources, *others)
    )


def undecodable_lines(readings: Readings, sources: Iterable[str]) -> tuple[ReasonLine, ...]:
    """Returns what could not be read, most frequent first."""
    return _reason_lines(readings, sources, "undecodable")


def upstream_lines(readings: Readings, sources: Iterable[str]) -> tuple[ReasonLine, ...]:
    """Returns the verdicts of other systems that events carry, most frequent first."""
    return _reason_lines(readings, sources, "upstream")


def rule_lines(catalog: Catalog, readings: Readings) -> tuple[RuleLine, ...]:
    """Returns the broken rules of all contracts, most frequent first."""
    lines = []
    for contract_id, rollup in subject_measures(readings, "contract").items():
        contract = catalog.contracts.get(contract_id)
        for measure, value in rollup.items():
            if not measure.startswith("finding/"):
                continue
            _, kind, rule = measure.split("/", 2)
            lines.append(
                RuleLine(
                    contract_id,
                    contract.title if contract else contract_id,
                    kind,
                    rule,
                    round(value),
                    Owners(contract.marketing_owner, contract.technical_owner) if contract else NOBODY,
                    contract.runbook if contract else "",
                )
            )
    return tuple(sorted(lines, key=lambda line: (-line.times, line.contract, line.rule)))


def finding_lines(
    findings: Iterable[LatestFinding], sources: Iterable[str] | None = None
) -> tuple[FindingLine, ...]:
    """Returns the findings of `sources` (None: of all), newest first, those that differ in time alone as one line."""
    wanted = None if sources is None else set(sources)
    alike: dict[tuple[object, ...], FindingLine] = {}
    for found in findings:
        if wanted is not None and found.source not in wanted:
            continue
        same = (found.source, found.contract, found.verdict, found.finding)
        held = alike.get(same)
        alike[same] = FindingLine(found, 1) if held is None else FindingLine(held.latest, held.times + 1)
    return tuple(sorted(alike.values(), key=lambda line: -line.latest.observed))


def timeline(readings: Readings, sources: Iterable[str]) -> tuple[Bar, ...]:
    """Returns a bar for every step of the period, empty ones too, for the events of `sources`."""
    wanted = set(sources)
    by_start: dict[int, list[Step]] = {}
    for step in readings.timeline:
        if step.source in wanted:
            by_start.setdefault(step.start, []).append(step)
    first = int(readings.since // readings.step) * readings.step
    return tuple(
        Bar(
            start,
            round(sum(step.events for step in by_start.get(start, ()))),
            round(sum(step.valid for step in by_start.get(start, ()))),
        )
        for start in range(first, int(readings.until) + 1, readings.step)
    )


def _source_line(
    source_id: str, source: Source | None, rollup: Rollup, readings: Readings, now: float
) -> SourceLine:
    last = readings.last_seen.get(("source", source_id))
    counts = count_verdicts([rollup])
    if source is None:
        return SourceLine(source_id, source_id, "", False, NOBODY, counts, last, "flowing")
    return SourceLine(
        source_id,
        source.title,
        source.channel,
        True,
        Owners(source.marketing_owner, source.technical_owner),
        counts,
        last,
        _pulse(source, last, now),
    )


def _pulse(source: Source, last: float | None, now: float) -> Pulse:
    if last is None:
        return "never"
    return "silent" if source.silent_after is not None and now - last > source.silent_after else "flowing"


def _reason_lines(readings: Readings, sources: Iterable[str], kind: str) -> tuple[ReasonLine, ...]:
    measures = subject_measures(readings, "source")
    lines = []
    for source_id in sources:
        for measure, value in measures.get(source_id, {}).items():
            if measure.startswith(f"{kind}/"):
                system, _, reason = measure.removeprefix(f"{kind}/").rpartition("/")
                lines.append(ReasonLine(source_id, system, reason, round(value)))
    return tuple(sorted(lines, key=lambda line: (-line.events, line.source, line.system, line.reason)))


def _sum(rollups: Iterable[Rollup], measure: str) -> int:
    return round(sum(rollup.get(measure, 0.0) for rollup in rollups))
