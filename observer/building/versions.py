"""Several files of one contract: one for each version that lives."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from observer.building.places import custom_property
from observer.contracts.compiled import Contract
from observer.contracts.versions import number
from observer.documents import Document
from observer.documents.check import word
from observer.errors import CatalogError, Problem, nearest
from observer.messages import Words

_OF_VERSION: Final = re.compile(r"(?P<id>.+)-v(?P<numbers>\d+(?:-\d+)*)")


def of_version(document: Document, contract: Contract) -> bool:
    """Returns whether a file is named as its contract with a version behind it, which must then be the contract's.

    Version 1.4.0 of `order-completed` stands in `order-completed`, `order-completed-v1`, `-v1-4` or `-v1-4-0`. Raises
    CatalogError where the contract's version is another.
    """
    found = _OF_VERSION.fullmatch(document.stem)
    if document.stem == contract.id or found is None or found["id"] != contract.id:
        return False
    named = tuple(int(part) for part in found["numbers"].split("-"))
    if (number(contract.version) or ())[: len(named)] != named:
        expected = Words("catalog.version_of_file", {"version": ".".join(map(str, named))})
        raise CatalogError(Problem(document.place, expected, word(contract.version), "$.version"))
    return True


def check_versions(contracts: Sequence[tuple[Document, Contract]]) -> Iterator[Problem]:
    """Yields a problem for each version that cannot be told from another, or that refers to one that is not there."""
    by_id: dict[str, list[tuple[Document, Contract]]] = {}
    for document, contract in contracts:
        by_id.setdefault(contract.id, []).append((document, contract))
    for versions in by_id.values():
        yield from _apart(versions)
        known = [contract.version for _, contract in versions]
        for document, contract in versions:
            asked = contract.lifetime.replaced_by
            if asked and asked not in known:
                at = custom_property(document, "martechReplacedBy")
                expected = Words("contract.expected.known_version", {"versions": ", ".join(known)})
                yield Problem(document.place, expected, word(asked), at.path, nearest(asked, known))


def _apart(versions: Sequence[tuple[Document, Contract]]) -> Iterator[Problem]:
    if len(versions) == 1:
        return
    met: dict[tuple[int, ...], Document] = {}
    for document, contract in versions:
        numbers = number(contract.version)
        if numbers is None:
            expected = Words("contract.expected.numbered_version")
            yield Problem(document.place, expected, word(contract.version), "$.version")
        elif numbers in met:
            got = Words(
                "contract.got.version_again", {"version": contract.version, "file": met[numbers].place}
            )
            yield Problem(document.place, Words("contract.expected.version_once"), got, "$.version")
        else:
            met[numbers] = document
