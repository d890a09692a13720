"""Declared tools against those that traffic shows."""

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from typing import Final, Literal, NamedTuple, Protocol, TypeAlias

from observer.metrics import OTHER

State: TypeAlias = Literal["declared", "observed", "undeclared", "idle"]
STATES: Final[tuple[State, ...]] = ("declared", "observed", "undeclared", "idle")
"""The label `state` of martech_tools. They overlap: an observed tool is declared or undeclared as well."""

Use: TypeAlias = Literal["observed", "undeclared", "idle", "unseen", "unseeable"]
"""One tool in one word: declared and seen; seen and not declared; declared and not seen; known by a fingerprint
and not seen; declared, but nothing in traffic could show it."""


class Known(Protocol):
    """What the census reads of a tool."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def capability(self) -> str:
        """The id of its capability, or `_other`."""

    @property
    def declared(self) -> bool:
        """Whether the company declared it."""


class ToolUse(NamedTuple):
    """One tool, how it stands and how many events showed it."""

    tool: str
    capability: str
    use: Use
    events: int


class CapabilityCount(NamedTuple):
    """How many tools of one capability are in each state. Idle leaves out what no traffic could show."""

    capability: str
    declared: int
    observed: int
    undeclared: int
    idle: int


class Census(NamedTuple):
    """Every tool, and the counts of every capability with a tool; `_other` is always the last of them."""

    tools: tuple[ToolUse, ...]
    capabilities: tuple[CapabilityCount, ...]

    def counts(self) -> Mapping[tuple[str, State], int]:
        """Returns the number of tools by (capability, state): the values of martech_tools, zeros included."""
        return {(row.capability, state): getattr(row, state) for row in self.capabilities for state in STATES}


def census(
    tools: Sequence[Known], seen: Mapping[str, int], recognisable: Container[str] | None = None
) -> Census:
    """Returns how declared and observed tools compare.

    tools: all that are known, declared or by a fingerprint alone; seen: events by tool id in the window, where
    an id that is not among the tools counts under `_other`; recognisable: ids that some fingerprint can show,
    None where all can. A declared tool beyond them is not idle: a BI tool sends no events.
    """
    known = [_use(tool, seen.get(tool.id, 0), recognisable) for tool in tools]
    ids = {tool.id for tool in tools}
    strangers = [
        ToolUse(id_, OTHER, "undeclared", events)
        for id_, events in sorted(seen.items())
        if events > 0 and id_ not in ids
    ]
    uses = (*known, *strangers)
    declared = Counter(tool.capability for tool in tools if tool.declared)
    by_use = Counter((use.capability, use.use) for use in uses)
    capabilities = [*dict.fromkeys(use.capability for use in uses if use.capability != OTHER), OTHER]
    return Census(
        uses,
        tuple(
            CapabilityCount(
                capability,
                declared=declared[capability],
                observed=by_use[capability, "observed"] + by_use[capability, "undeclared"],
                undeclared=by_use[capability, "undeclared"],
                idle=by_use[capability, "idle"],
            )
            for capability in capabilities
        ),
    )


def _use(tool: Known, events: int, recognisable: Container[str] | None) -> ToolUse:
    use: Use
    if events > 0:
        use = "observed" if tool.declared else "undeclared"
    elif not tool.declared:
        use = "unseen"
    elif recognisable is None or tool.id in recognisable:
        use = "idle"
    else:
        use = "unseeable"
    return ToolUse(tool.id, tool.capability, use, events)
