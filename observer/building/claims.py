"""Which contract judges which event of which source: exactly one, or none."""

from collections.abc import Iterator, Mapping, Sequence

from observer.building.places import Place, custom_property
from observer.contracts.compiled import Contract, Match
from observer.contracts.versions import join
from observer.documents import Document
from observer.errors import Problem
from observer.flows.declarations import SourceDeclaration
from observer.messages import Words

Signed = Sequence[tuple[Document, Contract]]


def contracts_of(source: SourceDeclaration, contracts: Signed) -> Mapping[tuple[str, str], Contract]:
    """Returns the contracts of one source by (kind, name) of the event; where two claim one, the first.

    Where several versions of a contract claim an event, the entry chooses among them.
    """
    claimed: dict[tuple[str, str], list[Contract]] = {}
    for _, contract in contracts:
        for match in contract.matches:
            if _reaches(match, source):
                versions = claimed.setdefault((match.kind, match.name), [contract])
                if versions[0].id == contract.id and contract not in versions:
                    versions.append(contract)
    living = versions_of(contracts)
    joined: dict[tuple[Contract, ...], Contract] = {}
    for versions in claimed.values():
        key = tuple(versions)
        if key not in joined:
            joined[key] = whole(living[key[0].id], key)
    return {event: joined[tuple(versions)] for event, versions in claimed.items()}


def versions_of(contracts: Signed) -> Mapping[str, Sequence[Contract]]:
    """Returns all versions of each contract, by its id."""
    found: dict[str, list[Contract]] = {}
    for _, contract in contracts:
        found.setdefault(contract.id, []).append(contract)
    return found


def whole(living: Sequence[Contract], claiming: Sequence[Contract]) -> Contract:
    """Returns the newest of the versions that claim an event, ready to choose among them. living: all there are."""
    return living[0] if len(living) == 1 else join(living, claiming)


def check_claims(sources: Sequence[SourceDeclaration], contracts: Signed) -> Iterator[Problem]:
    """Yields a problem for each claim of a contract on events that a contract before it claims."""
    before: dict[tuple[str, str], list[tuple[Contract, Match]]] = {}
    for document, contract in contracts:
        for index, match in enumerate(contract.matches):
            same = before.setdefault((match.kind, match.name), [])
            for other, theirs in same:
                if other.id == contract.id:
                    continue
                both = [
                    source.id for source in sources if _reaches(match, source) and _reaches(theirs, source)
                ]
                if both:
                    yield _claimed_twice(document, index, match, other.id, both)
            same.append((contract, match))


def _reaches(match: Match, source: SourceDeclaration) -> bool:
    return (not match.dialects or source.dialect in match.dialects) and (
        not match.sources or source.id in match.sources
    )


def _claimed_twice(
    document: Document, index: int, match: Match, other: str, sources: Sequence[str]
) -> Problem:
    claims: Place = custom_property(document, "martechMatch")
    got = Words(
        "catalog.two_claims",
        {"event": f"{match.kind} {match.name}".strip(), "contract": other, "sources": ", ".join(sources)},
    )
    mend = Words("catalog.claim_apart")
    return Problem(document.place, Words("catalog.one_claim"), got, f"{claims.path}[{index}]", mend)
