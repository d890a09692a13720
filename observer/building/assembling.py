"""Declarations that fit together → the catalog."""

from collections.abc import Sequence

from observer.building import layout
from observer.building.claims import contracts_of, versions_of, whole
from observer.building.declared import Declared
from observer.building.gathering import Gathered
from observer.building.holdings import holdings
from observer.building.references import PLAIN
from observer.catalog import (
    Capability,
    Catalog,
    ConsentPlatform,
    Destination,
    Flow,
    Hop,
    Purpose,
    Source,
    Tool,
)
from observer.consent.explaining import compile_explainer
from observer.consent.policy import (
    ConsentPolicy,
    compile_judge,
    compile_policy,
    destinations_of,
    purposes_of,
)
from observer.consent.reviews import reviews
from observer.consent.watching import compile_watch
from observer.contracts.compiled import Owner
from observer.dialects import DIALECTS, Dialect
from observer.dialects.declared import reading_consent_of
from observer.dialects.plain import compile_plain
from observer.documents import Document
from observer.flows.declarations import FlowDeclaration, Person, SourceDeclaration
from observer.tools.fingerprints import compile_finders, compile_traces, known_tools, trace_kinds


def join_consent(declared: Declared) -> ConsentPolicy:
    """Returns the consent policy. Raises CatalogError where its four files and the vendor lists do not fit."""
    named = declared.documents
    lists = [named[name] for name in sorted(named) if layout.is_vendor_list(name)]
    return compile_policy(
        named[layout.PURPOSES],
        named[layout.CATEGORIES],
        named[layout.DESTINATIONS],
        named[layout.POLICY],
        lists,
    )


def assemble(declared: Declared, policy: ConsentPolicy, digest: str, gathered: Gathered) -> Catalog:
    """Returns the catalog. Raises CatalogError where a dialect of declared fields cannot be compiled."""
    sources = [
        (source, gathered.attempt(_dialect, document, source)) for document, source in declared.sources
    ]
    gathered.refuse()
    find_tools, find_click_ids = compile_finders(declared.tools, declared.capabilities, declared.fingerprints)
    known = known_tools(declared.tools, declared.capabilities, declared.fingerprints)
    return Catalog(
        digest=digest,
        company=declared.company.name,
        sources={
            source.id: _source(source, dialect, declared, policy)
            for source, dialect in sources
            if dialect is not None
        },
        contracts={name: whole(living, living) for name, living in versions_of(declared.contracts).items()},
        tools={tool.id: Tool(*tool) for tool in known},
        purposes={
            purpose.id: Purpose(purpose.id, purpose.title.en, purpose.title.fr)
            for purpose in declared.purposes.purposes
        },
        destinations={
            each.id: Destination(each.id, each.title, each.tool, each.purposes, each.sources)
            for each in declared.destinations.destinations
        },
        find_tools=find_tools,
        find_click_ids=find_click_ids,
        capabilities={
            each.id: Capability(each.id, each.title.en, each.title.fr)
            for each in declared.capabilities.capabilities
        },
        flows={flow.id: _flow(flow) for _, flow in declared.flows},
        trace_kinds=trace_kinds(declared.fingerprints),
        find_traces=compile_traces(declared.tools, declared.capabilities, declared.fingerprints),
        consent_platforms={
            each.cmp: ConsentPlatform(each.title, frozenset(each.versions))
            for each in policy.policy.consent_platforms
        },
        reviews=reviews(policy.policy),
        holdings=holdings(declared),
    )


def _dialect(document: Document, source: SourceDeclaration) -> Dialect:
    if source.dialect == PLAIN:
        dialect: Dialect = compile_plain(document.place, source.fields)
    else:
        dialect = DIALECTS[source.dialect]
    return reading_consent_of(dialect, source.consent_properties)


def _source(source: SourceDeclaration, dialect: Dialect, declared: Declared, policy: ConsentPolicy) -> Source:
    return Source(
        id=source.id,
        title=source.title,
        channel=source.channel,
        dialect=dialect,
        marketing_owner=_owner(source.owners.marketing),
        technical_owner=_owner(source.owners.technical),
        contracts=contracts_of(source, declared.contracts),
        consent=compile_judge(policy, source.id, source.channel),
        purposes=purposes_of(policy, source.id),
        destinations=destinations_of(policy, source.id),
        origins=source.origins,
        paths=source.paths,
        write_key_env=source.write_key_env or "",
        identifiers=source.identifiers,
        silent_after=float(source.silent_after_seconds) if source.silent_after_seconds else None,
        topics=source.topics,
        explain_consent=compile_explainer(policy, source.id, source.channel),
        watch=compile_watch(policy, source.id, source.channel),
    )


def _owner(person: Person) -> Owner:
    return Owner(person.name, person.contact)


def _flow(flow: FlowDeclaration) -> Flow:
    hops: Sequence[Hop] = [Hop(hop.id, hop.title, hop.kind, hop.tool or "") for hop in flow.hops]
    product = flow.data_product
    return Flow(flow.id, flow.title, flow.source, tuple(hops), product.id, product.title)
