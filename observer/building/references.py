"""What one file says of another: every name must lead somewhere, and nothing may be claimed twice."""

from collections.abc import Iterable, Iterator, Sequence

from observer.building import layout
from observer.building.declared import Declared
from observer.building.places import Place, custom_property
from observer.dialects import DIALECTS
from observer.dialects.carried import NAMES
from observer.documents import Document
from observer.documents.check import word
from observer.errors import Problem, nearest
from observer.flows.declarations import FlowDeclaration, SourceDeclaration
from observer.flows.topics import claims, is_pattern
from observer.messages import Words

PLAIN = "plain"


def check_references(declared: Declared) -> Iterator[Problem]:
    """Yields every problem between files that consent and tools do not see themselves. None: it may be compiled."""
    sources = [source.id for _, source in declared.sources]
    tools = [tool.id for tool in declared.tools.tools]
    for document, source in declared.sources:
        yield from _dialect(document, source)
    yield from _shared(declared.sources)
    yield from _topics(declared.sources)
    for document, flow in declared.flows:
        yield from _flow(document, flow, sources, tools)
    yield from _destinations(declared, sources, tools)
    yield from _exemptions(declared, sources)
    yield from _contracts(declared, sources)


def _dialect(document: Document, source: SourceDeclaration) -> Iterator[Problem]:
    known = sorted(DIALECTS)
    if source.dialect not in known:
        yield _dangling(Place(document.place, "$.dialect"), "catalog.dialect", source.dialect, known)
    elif source.fields and source.dialect != PLAIN:
        got = Words("catalog.fields_of", {"dialect": source.dialect})
        yield Problem(document.place, Words("catalog.fields"), got, "$.fields")
    for index, name in enumerate(source.consent_properties):
        if name not in NAMES:
            where = Place(document.place, f"$.consentProperties[{index}]")
            yield _dangling(where, "catalog.consent_property", name, sorted(NAMES))


def _shared(sources: Sequence[tuple[Document, SourceDeclaration]]) -> Iterator[Problem]:
    """What finds the source of a request must find one source."""
    owners: dict[tuple[str, str], str] = {}
    for document, source in sources:
        found = [("key", source.write_key_env, "$.writeKeyEnv")] if source.write_key_env else []
        found += [("path", path, f"$.paths[{index}]") for index, path in enumerate(source.paths)]
        found += [("topic", topic, f"$.topics[{index}]") for index, topic in enumerate(source.topics)]
        found += [
            (f"identifier {source.dialect}", name, f"$.identifiers[{index}]")
            for index, name in enumerate(source.identifiers)
        ]
        for kind, name, path in found:
            first = owners.setdefault((kind, name), source.id)
            if first != source.id:
                got = Words("catalog.claimed", {"word": name, "source": first})
                yield Problem(document.place, Words(f"catalog.own_{kind.split()[0]}"), got, path)


def _topics(sources: Sequence[tuple[Document, SourceDeclaration]]) -> Iterator[Problem]:
    """A topic that one source names must not be covered by a pattern of another: its events would have two owners.

    Whether two patterns cover one topic is not known before the topic is: the workers refuse it then.
    """
    patterns = [(source, topic) for _, source in sources for topic in source.topics if is_pattern(topic)]
    for document, source in sources:
        for index, topic in enumerate(source.topics):
            for other, pattern in patterns:
                if other is not source and not is_pattern(topic) and claims(pattern, topic):
                    got = Words(
                        "catalog.topic_covered", {"word": topic, "pattern": pattern, "source": other.id}
                    )
                    yield Problem(document.place, Words("catalog.own_topic"), got, f"$.topics[{index}]")


def _flow(
    document: Document, flow: FlowDeclaration, sources: Sequence[str], tools: Sequence[str]
) -> Iterator[Problem]:
    if flow.source not in sources:
        yield _dangling(Place(document.place, "$.source"), "catalog.source", flow.source, sources)
    met: set[str] = set()
    for index, hop in enumerate(flow.hops):
        path = f"$.hops[{index}]"
        if hop.tool is not None and hop.tool not in tools:
            yield _dangling(Place(document.place, f"{path}.tool"), "catalog.tool", hop.tool, tools)
        if hop.id in met:
            got = Words("catalog.again", {"word": hop.id})
            yield Problem(document.place, Words("catalog.hop_once"), got, f"{path}.id")
        met.add(hop.id)


def _destinations(declared: Declared, sources: Sequence[str], tools: Sequence[str]) -> Iterator[Problem]:
    place = declared.place(layout.DESTINATIONS)
    for index, destination in enumerate(declared.destinations.destinations):
        path = f"$.destinations[{index}]"
        if destination.tool not in tools:
            yield _dangling(Place(place, f"{path}.tool"), "catalog.tool", destination.tool, tools)
        yield from _list(Place(place, f"{path}.sources"), "catalog.source", destination.sources, sources)


def _exemptions(declared: Declared, sources: Sequence[str]) -> Iterator[Problem]:
    place = declared.place(layout.POLICY)
    channels = sorted({source.channel for _, source in declared.sources})
    for index, exemption in enumerate(declared.policy.exemptions):
        path = f"$.exemptions[{index}]"
        yield from _list(Place(place, f"{path}.sources"), "catalog.source", exemption.sources, sources)
        yield from _list(Place(place, f"{path}.channels"), "catalog.channel", exemption.channels, channels)
    for index, region in enumerate(declared.policy.regions):
        path = f"$.regions[{index}]"
        yield from _list(Place(place, f"{path}.sources"), "catalog.source", region.sources, sources)
        yield from _list(Place(place, f"{path}.channels"), "catalog.channel", region.channels, channels)


def _contracts(declared: Declared, sources: Sequence[str]) -> Iterator[Problem]:
    purposes = [purpose.id for purpose in declared.purposes.purposes]
    dialects = sorted(DIALECTS)
    for document, contract in declared.contracts:
        stated = custom_property(document, "martechPurposes")
        yield from _list(stated, "catalog.purpose", contract.purposes, purposes)
        claims = custom_property(document, "martechMatch")
        for index, match in enumerate(contract.matches):
            at = Place(claims.file, f"{claims.path}[{index}]")
            yield from _named(document, at, "dialects", "catalog.dialect", match.dialects, dialects)
            yield from _named(document, at, "sources", "catalog.source", match.sources, sources)


def _named(
    document: Document, at: Place, key: str, code: str, words: Iterable[str], known: Sequence[str]
) -> Iterator[Problem]:
    # A set has lost the order of the file: told in the order of the alphabet, at the list as a whole.
    for name in sorted(words):
        if name not in known:
            yield _dangling(Place(document.place, f"{at.path}.{key}"), code, name, known)


def _list(at: Place, code: str, words: Sequence[str], known: Sequence[str]) -> Iterator[Problem]:
    for index, name in enumerate(words):
        if name not in known:
            yield _dangling(Place(at.file, f"{at.path}[{index}]"), code, name, known)


def _dangling(at: Place, code: str, name: str, known: Sequence[str]) -> Problem:
    return Problem(at.file, Words(code), word(name), at.path, nearest(name, known))
