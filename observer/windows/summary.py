"""One period in numbers, for the page and the API: measures and catalog in, Summary out."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from observer.catalog import Catalog
from observer.model import Verdict
from observer.windows.budgets import Budget
from observer.windows.census import ToolLine, tool_lines
from observer.windows.consent_signs import ConsentSigns, consent_signs
from observer.windows.drift import DriftLine, drift_lines
from observer.windows.leaks import LeakSummary, leak_summary
from observer.windows.merge import Resolution
from observer.windows.quality import Quality, quality
from observer.windows.readings import Readings
from observer.windows.timing import SkewLine, StageLine, skew_lines, stage_lines
from observer.windows.traffic import (
    Bar,
    FindingLine,
    ReasonLine,
    RuleLine,
    SourceLine,
    VerdictCounts,
    finding_lines,
    rule_lines,
    source_lines,
    timeline,
    undecodable_lines,
    upstream_lines,
)
from observer.windows.usable import (
    ConsentLine,
    DestinationLine,
    all_together,
    consent_lines,
    destination_lines,
    leading_purpose,
)
from observer.windows.versions import VersionLine, version_lines


class Period(NamedTuple):
    """A period that can be asked for: its length and the step of its timeline, in seconds."""

    seconds: int
    step: int


PERIODS: Final[Mapping[str, Period]] = MappingProxyType(
    {
        "15m": Period(15 * Resolution.MINUTE, Resolution.MINUTE),
        "1h": Period(Resolution.HOUR, Resolution.MINUTE),
        "24h": Period(Resolution.DAY, Resolution.HOUR),
        "7d": Period(7 * Resolution.DAY, 6 * Resolution.HOUR),
    }
)
DEFAULT_PERIOD: Final = "1h"


class Choice(NamedTuple):
    """What a reader asked for. period: a key of PERIODS; channel, purpose: "" where none was chosen."""

    period: str = DEFAULT_PERIOD
    channel: str = ""
    purpose: str = ""


class Summary(NamedTuple):
    """Everything the page says about one period.

    since, until: what the numbers cover; counts: of the chosen channel's sources together;
    answer: consent of the chosen purpose (or the leading one) in the chosen channel, or None without purposes;
    consent: one line for each channel and purpose chosen; stages: over all sources first;
    signs: what shows that something is wrong with consent, of the chosen channel and purpose;
    tools, rules, gates, incidents and budgets are of all channels, the last two of thirty days.
    """

    company: str
    digest: str
    choice: Choice
    since: float
    until: float
    now: float
    written: float | None
    counts: VerdictCounts
    timeline: tuple[Bar, ...]
    answer: ConsentLine | None
    sources: tuple[SourceLine, ...]
    undecodable: tuple[ReasonLine, ...]
    upstream: tuple[ReasonLine, ...]
    consent: tuple[ConsentLine, ...]
    destinations: tuple[DestinationLine, ...]
    stages: tuple[StageLine, ...]
    skew: tuple[SkewLine, ...]
    tools: tuple[ToolLine, ...]
    rules: tuple[RuleLine, ...]
    findings: tuple[FindingLine, ...]
    leaks: LeakSummary
    quality: Quality = Quality()
    signs: ConsentSigns = ConsentSigns()
    drift: tuple[DriftLine, ...] = ()
    versions: tuple[VersionLine, ...] = ()

    @property
    def silent(self) -> tuple[SourceLine, ...]:
        """Sources that sent nothing for longer than they declare."""
        return tuple(line for line in self.sources if line.pulse == "silent")

    @property
    def undeclared(self) -> tuple[ToolLine, ...]:
        """Tools seen in traffic that nobody declared."""
        return tuple(line for line in self.tools if line.state == "undeclared")

    @property
    def end_to_end(self) -> StageLine:
        """The sum of same-clock stages, over all sources."""
        return next(line for line in self.stages if not line.source and line.stage == "end_to_end")

    @property
    def is_empty(self) -> bool:
        """Whether no source that is declared has ever sent an event."""
        return all(line.pulse == "never" for line in self.sources) and not self.counts.events


def channels(catalog: Catalog) -> tuple[str, ...]:
    """Returns the channels of the declared sources, in order of the alphabet."""
    return tuple(sorted({source.channel for source in catalog.sources.values()}))


def summarise(
    catalog: Catalog, readings: Readings, choice: Choice, now: float, budgets: Iterable[Budget] = ()
) -> Summary:
    """Returns what the page says. Pure; `choice` names a declared channel and purpose, or none.

    now: seconds since the epoch, against which silence is measured; budgets: as they were last read.
    """
    every_source = source_lines(catalog, readings, now)
    sources = tuple(line for line in every_source if choice.channel in {"", line.channel})
    ids = [line.id for line in sources]
    consent = consent_lines(catalog, readings)
    purpose = choice.purpose or leading_purpose(catalog)
    return Summary(
        company=catalog.company,
        digest=catalog.digest,
        choice=choice,
        since=readings.since,
        until=readings.until,
        now=now,
        written=readings.written,
        counts=_together(sources),
        timeline=timeline(readings, ids),
        answer=all_together(consent, purpose, choice.channel) if purpose else None,
        sources=sources,
        undecodable=undecodable_lines(readings, ids),
        upstream=upstream_lines(readings, ids),
        consent=tuple(
            line
            for line in consent
            if choice.channel in {"", line.channel} and choice.purpose in {"", line.purpose}
        ),
        destinations=destination_lines(catalog, readings, choice.channel, choice.purpose),
        stages=stage_lines(readings, ids),
        skew=skew_lines(readings, ids),
        tools=tool_lines(catalog, readings),
        rules=rule_lines(catalog, readings),
        findings=finding_lines(readings.findings, ids if choice.channel else None),
        leaks=leak_summary(catalog, readings),
        quality=quality(catalog, readings.gates, budgets),
        signs=consent_signs(catalog, readings, choice.channel, choice.purpose, now),
        drift=drift_lines(catalog, readings.drift),
        versions=version_lines(catalog, readings, now),
    )


def _together(sources: tuple[SourceLine, ...]) -> VerdictCounts:
    verdicts = [line.counts.verdicts for line in sources]
    return VerdictCounts(
        sum(line.counts.received for line in sources),
        {verdict: sum(counts[verdict] for counts in verdicts) for verdict in Verdict},
    )
