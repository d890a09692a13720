"""Tools seen in traffic against tools declared."""

from typing import Literal, NamedTuple, TypeAlias

from observer.catalog import Catalog
from observer.metrics import OTHER
from observer.windows.readings import Readings, subject_measures

ToolState: TypeAlias = Literal["undeclared", "idle", "seen", "untraceable"]
"""`undeclared`: seen, not declared; `idle`: declared, not seen in the period; `seen`: declared and seen;
`untraceable`: declared, and no fingerprint could show it."""

_ORDER: dict[ToolState, int] = {"undeclared": 0, "seen": 1, "idle": 2, "untraceable": 3}


class ToolLine(NamedTuple):
    """One tool. events: events that show it in the period; last_seen: event time of the newest, ever, or None."""

    id: str
    title: str
    vendor: str
    capability: str
    state: ToolState
    events: int
    last_seen: float | None


def tool_lines(catalog: Catalog, readings: Readings) -> tuple[ToolLine, ...]:
    """Returns a line for each tool that is declared or was seen: undeclared first, then declared
    and seen, then those that nothing shows, each by events.

    A fingerprint that nobody declared and nothing matched is no line.
    """
    measures = subject_measures(readings, "tool")
    lines = []
    for tool_id in dict.fromkeys((*catalog.tools, *measures)):
        rollup = measures.get(tool_id, {})
        declared = round(rollup.get("seen/declared", 0.0))
        undeclared = round(rollup.get("seen/undeclared", 0.0))
        tool = catalog.tools.get(tool_id)
        if not (declared or undeclared or (tool and tool.declared)):
            continue
        is_declared = tool.declared if tool else not undeclared
        lines.append(
            ToolLine(
                tool_id,
                tool.title if tool else tool_id,
                tool.vendor if tool else "",
                tool.capability if tool else OTHER,
                _state(is_declared, declared + undeclared, tool is None or tool.recognisable),
                declared + undeclared,
                readings.last_seen.get(("tool", tool_id)),
            )
        )
    return tuple(sorted(lines, key=lambda line: (_ORDER[line.state], -line.events, line.title.casefold())))


def _state(declared: bool, events: int, recognisable: bool) -> ToolState:
    if not declared:
        return "undeclared"
    if events:
        return "seen"
    return "idle" if recognisable else "untraceable"
