"""The table of tools seen against tools declared."""

from collections.abc import Mapping
from typing import Final

from observer import metrics
from observer.catalog import Catalog
from observer.messages import Lang, say
from observer.web.cells import Cell, Column, Note, Table, Tone, moment, number, rows_of
from observer.windows.census import ToolLine, ToolState
from observer.windows.summary import Summary

_TOOLS: Final = (
    Column("tool"),
    Column("capability", metric=metrics.TOOLS),
    Column("tool_state", metric=metrics.TOOLS),
    Column("tool_events", True, metrics.TOOL_EVENTS),
    Column("last_seen", True, metrics.TOOL_LAST_EVENT),
)
_TONES: Final[Mapping[ToolState, Tone]] = {
    "undeclared": "warn",
    "idle": "grey",
    "seen": "good",
    "untraceable": "grey",
}


def tools_table(summary: Summary, catalog: Catalog, lang: Lang, caption: str) -> Table:
    """Returns a row for each tool that is declared or was seen."""
    rows = rows_of(_tool_row(line, catalog, summary.now, lang) for line in summary.tools)
    return Table("tools", caption, _TOOLS, rows)


def _tool_row(line: ToolLine, catalog: Catalog, now: float, lang: Lang) -> list[Cell]:
    title = say("page.other_tools", lang) if line.id == metrics.OTHER else line.title
    return [
        Cell(title, (Note(line.vendor),) if line.vendor else ()),
        Cell(_capability(line.capability, catalog, lang)),
        Cell(badge=say(f"page.tool_state.{line.state}", lang), tone=_TONES[line.state]),
        number(line.events, lang),
        moment(line.last_seen, now, lang),
    ]


def _capability(capability: str, catalog: Catalog, lang: Lang) -> str:
    known = catalog.capabilities.get(capability)
    if known is None:
        return capability
    return known.title_fr if lang == "fr" else known.title_en
