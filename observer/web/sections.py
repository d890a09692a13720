"""The page's sections, in its order: what each says in words and shows in tables."""

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from observer.catalog import Catalog
from observer.messages import Lang, say
from observer.web.cells import Table
from observer.web.consent_signs_tables import (
    breaches_table,
    choices_table,
    contradictions_table,
    disagreements_table,
    honoured_notes,
    platforms_table,
)
from observer.web.consent_tables import channels_without_events, consent_table, destinations_table
from observer.web.drift_table import drift_table
from observer.web.leak_tables import leaks_sentence, leaks_table
from observer.web.measures_table import measures_table
from observer.web.quality_tables import budgets_table, gates_table, incidents_table
from observer.web.time_tables import skew_table, stages_by_source_table, stages_table
from observer.web.tool_tables import tools_table
from observer.web.traffic_tables import (
    findings_table,
    rules_table,
    sources_table,
    undecodable_table,
    upstream_table,
)
from observer.web.version_table import version_table
from observer.windows.numbers import decimal, whole
from observer.windows.quality import Quality
from observer.windows.sentence import plural
from observer.windows.summary import Summary


class Block(NamedTuple):
    """A table, folded away under `summary` where that is not ""; below `note`, where that is not ""."""

    table: Table
    note: str = ""
    summary: str = ""


class Section(NamedTuple):
    """One section. answer: the sentence that stands out; notes: what to know when reading it."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    answer: str = ""
    notes: tuple[str, ...] = ()


def sections(summary: Summary, catalog: Catalog, lang: Lang) -> tuple[Section, ...]:
    """Returns every section of the page."""
    period = say(f"page.in_period.{summary.choice.period}", lang)

    def caption(name: str) -> str:
        return say(f"page.caption.{name}", lang, period=period)

    def section(name: str, *blocks: Block, answer: str = "", notes: tuple[str, ...] = ()) -> Section:
        return Section(name, say(f"page.section.{name}", lang), blocks, answer, notes)

    reasons = (
        undecodable_table(summary, lang, caption("undecodable")),
        upstream_table(summary, lang, caption("upstream")),
    )
    return (
        section(
            "sources",
            Block(sources_table(summary, lang, caption("sources"))),
            *(Block(table, summary=table.caption) for table in reasons if table.rows),
            notes=conserved(summary, lang),
        ),
        section(
            "quality",
            *(
                Block(table)
                for table in (incidents_table(summary, lang, caption("incidents")),)
                if table.rows
            ),
            Block(gates_table(summary, lang, caption("gates")), note=say("page.note.gates", lang)),
            notes=(gates_sentence(summary.quality, lang), *incident_rate(summary.quality, lang)),
        ),
        section(
            "budgets",
            Block(budgets_table(summary, lang, caption("budgets")), note=say("page.note.budgets", lang)),
        ),
        section(
            "consent",
            Block(consent_table(summary, catalog, lang, caption("consent"))),
            *consent_blocks(summary, catalog, lang, caption),
            notes=(*unheard(summary, lang), *honoured_notes(summary, lang)),
        ),
        section("destinations", Block(destinations_table(summary, catalog, lang, caption("destinations")))),
        section(
            "latency",
            Block(stages_table(summary, lang, caption("stages"))),
            Block(
                stages_by_source_table(summary, lang, caption("stages_by_source")),
                summary=caption("stages_by_source"),
            ),
            Block(skew_table(summary, lang, caption("skew")), note=say("page.note.skew", lang)),
            notes=(say("page.note.latency", lang),),
        ),
        section(
            "tools",
            Block(tools_table(summary, catalog, lang, caption("tools"))),
            notes=(census(summary, lang),),
        ),
        section(
            "drift",
            Block(drift_table(summary, lang, caption("drift")), note=say("page.note.drift", lang)),
            *(Block(table) for table in (version_table(summary, lang, caption("versions")),) if table.rows),
        ),
        section(
            "findings",
            Block(rules_table(summary, lang, caption("rules"))),
            Block(findings_table(summary, lang, caption("findings")), note=say("page.note.findings", lang)),
            Block(leaks_table(summary, lang, caption("leaks")), note=leaks_sentence(summary, lang)),
        ),
    )


def consent_blocks(
    summary: Summary, catalog: Catalog, lang: Lang, caption: Callable[[str], str]
) -> tuple[Block, ...]:
    """Returns what shows that something is wrong with consent, and what the figures mean; breaches stand open."""
    folded = (
        choices_table(summary, lang, caption("choices")),
        disagreements_table(summary, catalog, lang, caption("disagreements")),
        contradictions_table(summary, catalog, lang, caption("contradictions")),
        platforms_table(summary, catalog, lang, caption("platforms")),
    )
    breaches = breaches_table(summary, lang, caption("breaches"))
    return (
        *((Block(breaches, note=say("page.note.breaches", lang)),) if breaches.rows else ()),
        *(Block(table, summary=table.caption) for table in folded if table.rows),
        Block(measures_table(lang), summary=say("page.caption.measures", lang)),
    )


def unheard(summary: Summary, lang: Lang) -> tuple[str, ...]:
    """Returns which declared channels brought no event, where there are some."""
    quiet = channels_without_events(summary, lang)
    return (say("page.note.unheard", lang, channels=", ".join(quiet)),) if quiet else ()


def conserved(summary: Summary, lang: Lang) -> tuple[str, ...]:
    """Returns that every event that came in was judged, where there are any and it is so."""
    counts = summary.counts
    if not counts.events or counts.received != counts.events:
        return ()
    return (say("page.conserved", lang, events=whole(counts.events, lang)),)


def gates_sentence(quality: Quality, lang: Lang) -> str:
    """Returns how many gates are closed, of how many."""
    gates, closed = len(quality.gates), len(quality.closed)
    if not gates:
        return say("page.quality.none", lang)
    if not closed:
        return say("page.quality.all_open", lang, gates=whole(gates, lang))
    code = plural("page.quality.closed", closed, lang)
    return say(code, lang, closed=whole(closed, lang), gates=whole(gates, lang))


def incident_rate(quality: Quality, lang: Lang) -> tuple[str, ...]:
    """Returns incidents and incidents per million events, where there were events."""
    rate = quality.incidents_per_million
    if rate is None:
        return ()
    incidents = whole(len(quality.incidents), lang)
    return (say("page.quality.incidents", lang, incidents=incidents, rate=decimal(rate, lang)),)


def census(summary: Summary, lang: Lang) -> str:
    """Returns how many tools are declared, seen and neither."""
    states = Counter(line.state for line in summary.tools)
    return say(
        "page.note.tools",
        lang,
        declared=whole(len(summary.tools) - states["undeclared"], lang),
        seen=whole(states["seen"], lang),
        idle=whole(states["idle"], lang),
        untraceable=whole(states["untraceable"], lang),
        undeclared=whole(states["undeclared"], lang),
    )
