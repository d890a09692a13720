"""The catalog: everything a company declared, compiled. `observer.building` makes it out of parsed documents."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from observer.consent.outcome import ConsentJudge
from observer.consent.reviews import Review
from observer.consent.steps import ConsentExplainer, unexplained
from observer.consent.watching import ConsentWatch
from observer.contracts.compiled import Contract, Owner
from observer.dialects import Dialect
from observer.tools.sighting import ClickIdFinder, Evidence, ToolFinder, TraceFinder, TraceKind


class Source(NamedTuple):
    """One declared origin of events, compiled for the engine.

    contracts: by (kind, name) of the event; an entry with name "" claims every event of that kind that no
        other entry names;
    silent_after: seconds without an event after which it counts as silent, or None;
    write_key_env: name of the variable that holds its key, or "";
    identifiers: what else finds it in a request, as GA4's measurement id or Snowplow's app ids;
    topics: the Kafka topics that hold its events, as observer.flows.topics reads them.
    """

    id: str
    title: str
    channel: str
    dialect: Dialect
    marketing_owner: Owner
    technical_owner: Owner
    contracts: Mapping[tuple[str, str], Contract]
    consent: ConsentJudge
    purposes: tuple[str, ...]
    destinations: tuple[str, ...]
    origins: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    write_key_env: str = ""
    identifiers: tuple[str, ...] = ()
    silent_after: float | None = None
    topics: tuple[str, ...] = ()
    explain_consent: ConsentExplainer = unexplained
    watch: ConsentWatch = ConsentWatch()


class Tool(NamedTuple):
    """One tool: declared in schemas/tools, or known by a fingerprint alone (declared False).

    recognisable: whether some fingerprint can show it in traffic; a BI tool sends no events.
    """

    id: str
    title: str
    vendor: str
    capability: str
    declared: bool
    recognisable: bool = True


class Capability(NamedTuple):
    """One job that tools do, with its titles for people."""

    id: str
    title_en: str
    title_fr: str


class Purpose(NamedTuple):
    """One purpose of processing, with its titles for people."""

    id: str
    title_en: str
    title_fr: str


class Destination(NamedTuple):
    """Where events go: a tool, the purposes it needs, the sources that feed it."""

    id: str
    title: str
    tool: str
    purposes: tuple[str, ...]
    sources: tuple[str, ...]


class Hop(NamedTuple):
    """One place where the events of a flow are seen again. tool: the id of what runs it, or ""."""

    id: str
    title: str
    kind: str
    tool: str


class Flow(NamedTuple):
    """One way of a source's events, hop by hop, to a data product that somebody relies on."""

    id: str
    title: str
    source: str
    hops: tuple[Hop, ...]
    data_product: str
    data_product_title: str


class ConsentPlatform(NamedTuple):
    """A consent platform that the company runs, and the versions of it that it has released."""

    title: str
    versions: frozenset[int]


def no_traces(_evidence: Evidence) -> tuple[tuple[str, TraceKind], ...]:
    """Returns nothing: of a catalog without fingerprints."""
    return ()


class Holding(NamedTuple):
    """Who holds one contract, source or tool. kind: `contract`, `source` or `tool`; review_by: the day by which they
    look at it again, or None where none is declared."""

    kind: str
    id: str
    marketing_owner: Owner
    technical_owner: Owner
    review_by: date | None


class Catalog(NamedTuple):
    """Everything a company declared, compiled. digest: SHA-256 in hex of all documents, order-independent.

    capabilities: in the order in which pages show them; find_traces: by what an event shows each tool; trace_kinds: by
        what it can show it at all;
    consent_platforms: by their numbers in IAB Europe's list;
    reviews: when justifications must be read again; holdings: who holds what, contracts first.
    """

    digest: str
    company: str
    sources: Mapping[str, Source]
    contracts: Mapping[str, Contract]
    tools: Mapping[str, Tool]
    purposes: Mapping[str, Purpose]
    destinations: Mapping[str, Destination]
    find_tools: ToolFinder
    find_click_ids: ClickIdFinder
    capabilities: Mapping[str, Capability] = {}
    flows: Mapping[str, Flow] = {}
    find_traces: TraceFinder = no_traces
    trace_kinds: Mapping[str, tuple[TraceKind, ...]] = {}
    consent_platforms: Mapping[int, ConsentPlatform] = {}
    reviews: tuple[Review, ...] = ()
    holdings: tuple[Holding, ...] = ()
