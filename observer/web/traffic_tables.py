"""Tables of events and verdicts, of broken rules and of findings."""

from collections.abc import Mapping
from typing import Final

from observer import metrics
from observer.messages import Lang, say
from observer.model import Verdict
from observer.web.cells import (
    Cell,
    Column,
    Note,
    Table,
    Tone,
    ago,
    iso,
    known_words,
    moment,
    number,
    owner_notes,
    reach,
    rows_of,
    share_bar,
)
from observer.windows.sentence import channel_title, valid_share
from observer.windows.summary import Summary
from observer.windows.traffic import FindingLine, ReasonLine, RuleLine, SourceLine, VerdictCounts

RULES_SHOWN: Final = 12
FINDINGS_SHOWN: Final = 25

VERDICT_TONES: Final[Mapping[Verdict, Tone]] = {
    Verdict.VALID: "good",
    Verdict.INVALID: "bad",
    Verdict.UNKNOWN_CONTRACT: "calm",
    Verdict.UNVALIDATED: "warn",
    Verdict.UNDECODABLE: "worse",
    Verdict.DUPLICATE: "grey",
}
"""In the order in which a bar shows them."""

_FAULTS: Final = tuple(verdict for verdict in VERDICT_TONES if verdict is not Verdict.VALID)

_SOURCES: Final = (
    Column("source"),
    Column("events", True, metrics.EVENTS),
    Column("valid", True, metrics.EVENTS, VERDICT_TONES[Verdict.VALID]),
    Column("verdicts"),
    *(Column(verdict.value, True, metrics.EVENTS, VERDICT_TONES[verdict]) for verdict in _FAULTS),
    Column("last_event", True, metrics.SOURCE_LAST_EVENT),
)
_UNDECODABLE: Final = (Column("source"), Column("reason"), Column("events", True, metrics.UNDECODABLE))
_UPSTREAM: Final = (
    Column("source"),
    Column("system"),
    Column("reason"),
    Column("events", True, metrics.UPSTREAM),
)
_RULES: Final = (
    Column("contract"),
    Column("kind"),
    Column("rule"),
    Column("times", True, metrics.VIOLATIONS),
    Column("runbook"),
)
_FINDINGS: Final = (
    Column("finding"),
    Column("where"),
    Column("expected"),
    Column("came"),
    Column("alike", True),
    Column("observed", True),
)


def sources_table(summary: Summary, lang: Lang, caption: str) -> Table:
    """Returns a row for each source."""
    rows = rows_of(_source_row(line, summary.now, lang) for line in summary.sources)
    return Table("sources", caption, _SOURCES, rows)


def undecodable_table(summary: Summary, lang: Lang, caption: str) -> Table:
    """Returns what could not be read, by source and reason."""
    rows = rows_of(
        (_source_name(line, summary), Cell(line.reason, code=True), number(line.events, lang))
        for line in summary.undecodable
    )
    return Table("undecodable", caption, _UNDECODABLE, rows)


def upstream_table(summary: Summary, lang: Lang, caption: str) -> Table:
    """Returns the verdicts of other systems, by source and reason."""
    rows = rows_of(
        (
            _source_name(line, summary),
            Cell(line.system, code=True),
            Cell(line.reason, code=True),
            number(line.events, lang),
        )
        for line in summary.upstream
    )
    return Table("upstream", caption, _UPSTREAM, rows)


def rules_table(summary: Summary, lang: Lang, caption: str) -> Table:
    """Returns the rules that broke most, with who answers and what to do."""
    return Table(
        "rules", caption, _RULES, rows_of(_rule_row(line, lang) for line in summary.rules[:RULES_SHOWN])
    )


def findings_table(summary: Summary, lang: Lang, caption: str) -> Table:
    """Returns the latest findings, those alike as one row."""
    lines = summary.findings[:FINDINGS_SHOWN]
    return Table("findings", caption, _FINDINGS, rows_of(_finding_row(line, summary, lang) for line in lines))


def _source_row(line: SourceLine, now: float, lang: Lang) -> list[Cell]:
    counts = line.counts
    badge = "" if line.declared else say("page.source.undeclared", lang)
    if line.pulse != "flowing":
        badge = say(f"page.pulse.{line.pulse}", lang)
    place = (line.id, channel_title(line.channel, lang))
    return [
        Cell(
            line.title,
            (Note(" · ".join(filter(None, place))), *owner_notes(line.owners, lang)),
            badge=badge,
            tone="warn" if line.pulse == "silent" else "",
        ),
        number(counts.events, lang),
        Cell(valid_share(counts, lang), tone="" if counts.judged_once else "quiet"),
        Cell(bar=share_bar(_parts(counts, lang), lang)),
        *(number(counts.verdicts[verdict], lang) for verdict in _FAULTS),
        moment(line.last_event, now, lang),
    ]


def _parts(counts: VerdictCounts, lang: Lang) -> list[tuple[str, float, Tone]]:
    return [
        (say(f"page.verdict.{verdict}", lang), counts.verdicts[verdict], tone)
        for verdict, tone in VERDICT_TONES.items()
    ]


def _rule_row(line: RuleLine, lang: Lang) -> list[Cell]:
    title = say("page.no_contract", lang) if line.contract == metrics.NONE else line.title
    return [
        Cell(title, (Note(line.contract), *owner_notes(line.owners, lang))),
        Cell(known_words("page.kind", line.kind, lang)),
        Cell(line.rule, code=True),
        number(line.times, lang),
        Cell(line.runbook, href=reach(line.runbook), code=True),
    ]


def _finding_row(line: FindingLine, summary: Summary, lang: Lang) -> list[Cell]:
    found, broken = line.latest, line.latest.finding
    return [
        Cell(say(f"page.kind.{broken.kind}", lang), (Note(broken.rule),)),
        Cell(broken.path, (Note(f"{found.source} · {found.contract}"),), code=True),
        Cell(broken.expected, code=True),
        Cell(broken.came, code=True),
        number(line.times, lang),
        Cell(ago(found.observed, summary.now, lang), time=iso(found.observed)),
    ]


def _source_name(line: ReasonLine, summary: Summary) -> Cell:
    title = next((source.title for source in summary.sources if source.id == line.source), line.source)
    return Cell(title, (Note(line.source),))
