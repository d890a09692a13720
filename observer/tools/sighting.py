"""What one event shows of the tools behind it."""

from collections.abc import Callable
from typing import Literal, NamedTuple, TypeAlias


class Evidence(NamedTuple):
    """What an event carries that can show a tool. Small and often repeated: the engine caches by it.

    integrations: the JSON object of switched destinations, or b"";
    click_ids: names of click-id parameters in the page's URL, sorted;
    vendors: schema vendors of attached contexts.
    """

    library: str
    library_version: str
    integrations: bytes
    click_ids: tuple[str, ...]
    vendors: tuple[str, ...]


class Sighting(NamedTuple):
    """One tool that an event shows. tool: its id in schemas/tools or in the fingerprints, or `_other`."""

    tool: str
    capability: str
    status: Literal["declared", "undeclared"]


ToolFinder: TypeAlias = Callable[[Evidence], tuple[Sighting, ...]]
"""Compiled fingerprints: evidence -> each tool once, in a stable order. Pure, raises nothing."""

TraceKind: TypeAlias = Literal["library", "integration", "click_id", "vendor"]
"""By what an event shows a tool: the SDK that made it, a destination that is switched on, a click id in the page's
address, a vendor's data attached to it."""

TraceFinder: TypeAlias = Callable[[Evidence], tuple[tuple[str, TraceKind], ...]]
"""Compiled: evidence -> (tool, by what it shows), each once, sorted; tools that no fingerprint knows are left out.
Pure, raises nothing."""

ClickIdFinder: TypeAlias = Callable[[str], tuple[str, ...]]
"""Compiled: URL -> the sorted names of the known click-id parameters in its query."""
