"""Evidence in an event → the tools that it shows."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

import msgspec

from observer.metrics import OTHER
from observer.tools.click_ids import compile_click_ids
from observer.tools.declarations import Capabilities, Fingerprints, LibraryTrace, Tools, Trace
from observer.tools.patterns import Names, letters_only, plain
from observer.tools.sighting import ClickIdFinder, Evidence, Sighting, ToolFinder, TraceFinder, TraceKind

UNKNOWN: Final = Sighting(OTHER, OTHER, "undeclared")
"""An SDK or a destination that no fingerprint knows."""

ALL: Final = "All"
"""The switch for every destination in `integrations`; it names no tool.
Source: Segment and RudderStack, "Filtering with the integrations object"."""

_MALFORMED: Final = (msgspec.DecodeError, ValueError, RecursionError)
_INTEGRATIONS: Final = msgspec.json.Decoder(dict[str, msgspec.Raw])


class KnownTool(NamedTuple):
    """One tool that the observer can speak of. recognisable: some fingerprint can show it in traffic."""

    id: str
    title: str
    vendor: str
    capability: str
    declared: bool
    recognisable: bool


def known_tools(
    tools: Tools, capabilities: Capabilities, fingerprints: Fingerprints
) -> tuple[KnownTool, ...]:
    """Returns every tool once: the declared ones in their order, then those known by traces alone.

    A declaration outweighs an entry of the same id in the fingerprints. A capability that is not declared is
    `_other`, which bounds the label.
    """
    shown = {trace.tool for trace in _traces(fingerprints)}
    jobs = {capability.id for capability in capabilities.capabilities}
    known: dict[str, KnownTool] = {}
    for declared, entries in ((True, tools.tools), (False, fingerprints.tools)):
        for entry in entries:
            job = entry.capability if entry.capability in jobs else OTHER
            known.setdefault(
                entry.id, KnownTool(entry.id, entry.title, entry.vendor, job, declared, entry.id in shown)
            )
    return tuple(known.values())


def compile_finders(
    tools: Tools, capabilities: Capabilities, fingerprints: Fingerprints
) -> tuple[ToolFinder, ClickIdFinder]:
    """Returns the two finders that the engine calls. Both are pure and raise nothing.

    Expects documents in which check_tools found no problem; evidence that names a tool which is nowhere is
    `_other`.
    """
    sightings = {
        tool.id: Sighting(tool.id, tool.capability, "declared" if tool.declared else "undeclared")
        for tool in known_tools(tools, capabilities, fingerprints)
    }
    shown = _shown(fingerprints, sightings)
    return lambda evidence: tuple(sorted({sighting for sighting, _ in shown(evidence)})), compile_click_ids(
        trace.name for trace in fingerprints.click_ids
    )


def compile_traces(tools: Tools, capabilities: Capabilities, fingerprints: Fingerprints) -> TraceFinder:
    """Returns the finder of tools with what shows each; it knows what the finders of `compile_finders` know."""
    known = known_tools(tools, capabilities, fingerprints)
    shown = _shown(fingerprints, {tool.id: Sighting(tool.id, OTHER, "declared") for tool in known})

    def find(evidence: Evidence) -> tuple[tuple[str, TraceKind], ...]:
        return tuple(sorted({(each.tool, kind) for each, kind in shown(evidence) if each.tool != OTHER}))

    return find


def trace_kinds(fingerprints: Fingerprints) -> dict[str, tuple[TraceKind, ...]]:
    """Returns by what each tool can be shown at all: what the finder of `compile_traces` may answer."""
    traces: tuple[tuple[TraceKind, Iterable[Trace]], ...] = (
        ("library", fingerprints.libraries),
        ("integration", fingerprints.integrations),
        ("click_id", fingerprints.click_ids),
        ("vendor", fingerprints.context_vendors),
    )
    found: dict[str, tuple[TraceKind, ...]] = {}
    for kind, known in traces:
        for tool in {trace.tool for trace in known}:
            found[tool] = (*found.get(tool, ()), kind)
    return found


def _shown(
    fingerprints: Fingerprints, sightings: Mapping[str, Sighting]
) -> Callable[[Evidence], set[tuple[Sighting, TraceKind]]]:
    find_library = _Libraries(fingerprints.libraries, sightings)
    integrations = Names(
        ((trace.name, sightings.get(trace.tool, UNKNOWN)) for trace in fingerprints.integrations),
        letters_only,
    )
    click_ids = {trace.name: sightings.get(trace.tool, UNKNOWN) for trace in fingerprints.click_ids}
    vendors = Names(
        (trace.name, sightings.get(trace.tool, UNKNOWN)) for trace in fingerprints.context_vendors
    )

    def shown(evidence: Evidence) -> set[tuple[Sighting, TraceKind]]:
        found: set[tuple[Sighting, TraceKind]] = set()
        if evidence.library:
            found.add((find_library(evidence.library, evidence.library_version), "library"))
        if evidence.integrations:
            found.update(
                (integrations.get(name) or UNKNOWN, "integration") for name in _fed(evidence.integrations)
            )
        for name in evidence.click_ids:
            if (sighting := click_ids.get(name)) is not None:
                found.add((sighting, "click_id"))
        # A vendor that no fingerprint knows is as a rule the company itself: no tool.
        for vendor in evidence.vendors:
            if (sighting := vendors.get(vendor)) is not None:
                found.add((sighting, "vendor"))
        return found

    return shown


def _fed(integrations: bytes) -> Iterator[str]:
    """Yields the destinations that the event may go to: those set to true or given options."""
    try:
        switches = _INTEGRATIONS.decode(integrations)
    except _MALFORMED:
        return
    for name, raw in switches.items():
        setting = bytes(raw)
        if name != ALL and (setting == b"true" or setting.startswith(b"{")):
            yield name


class _Libraries:
    """SDK names, where a trace with a version outweighs the same name without one."""

    __slots__ = ("_any_version", "_by_version")

    def __init__(self, traces: Iterable[LibraryTrace], sightings: Mapping[str, Sighting]) -> None:
        everything = [(trace.name, trace.version, sightings.get(trace.tool, UNKNOWN)) for trace in traces]
        versions: dict[str, list[tuple[str, Sighting]]] = {}
        for name, version, sighting in everything:
            if version is not None:
                versions.setdefault(plain(name), []).append((version, sighting))
        self._any_version = Names(
            (name, sighting) for name, version, sighting in everything if version is None
        )
        self._by_version = Names((name, Names(patterns)) for name, patterns in versions.items())

    def __call__(self, library: str, version: str) -> Sighting:
        versions = self._by_version.get(library)
        sighting = None if versions is None else versions.get(version)
        return sighting or self._any_version.get(library) or UNKNOWN


def _traces(fingerprints: Fingerprints) -> Iterator[Trace]:
    yield from fingerprints.libraries
    yield from fingerprints.integrations
    yield from fingerprints.click_ids
    yield from fingerprints.context_vendors
