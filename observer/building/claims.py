"""Which contract judges which event of which source: exactly one, or none."""

from collections.abc import Iterator, Mapping, Sequence

from observer.building.places import Place, custom_property
from observer.contracts.compiled import Contract, Match
from observer.documents import Document
from observer.errors import Problem
from observer.flows.declarations import SourceDeclaration
from observer.messages import Words

Signed = Sequence[tuple[Document, Contract]]


def contracts_of(source: SourceDeclaration, contracts: Signed) -> Mapping[tuple[str, str], Contract]:
    """Returns the contracts of one source by (kind, name) of the event; where two claim one, the first."""
    claimed: dict[tuple[str, str], Contract] = {}
    for _, contract in contracts:
        for match in contract.matches:
            if _reaches(match, source):
                claimed.setdefault((match.kind, match.name), contract)
    return claimed


def check_claims(sources: Sequence[SourceDeclaration], contracts: Signed) -> Iterator[Problem]:
    """Yields a problem for each claim of a contract on events that a contract before it claims."""
    claims = [
        (document, contract, index, match)
        for document, contract in contracts
        for index, match in enumerate(contract.matches)
    ]
    for number, (document, contract, index, match) in enumerate(claims):
        for _, other, _, before in claims[:number]:
            if other is contract or (before.kind, before.name) != (match.kind, match.name):
                continue
            both = [source.id for source in sources if _reaches(match, source) and _reaches(before, source)]
            if both:
                yield _claimed_twice(document, index, match, other.id, both)


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
