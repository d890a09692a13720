"""Documents → declarations, file by file: what each says on its own."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from pydantic import BaseModel

from observer.building import layout
from observer.building.gathering import Gathered
from observer.building.versions import of_version
from observer.consent.declarations import CategoriesFile, DestinationsFile, PolicyFile, PurposesFile
from observer.consent.vendor_list import read_vendor_list
from observer.contracts.compiled import Contract
from observer.contracts.compiler import compile_contract
from observer.documents import Document, checked
from observer.documents.check import came, word
from observer.errors import CatalogError, Problem
from observer.flows.declarations import CompanyDeclaration, FlowDeclaration, SourceDeclaration
from observer.messages import Words
from observer.tools.declarations import Capabilities, Fingerprints, Tools

Identified = TypeVar("Identified", SourceDeclaration, FlowDeclaration, Contract)
Made = TypeVar("Made")
Model = TypeVar("Model", bound=BaseModel)


class Declared(NamedTuple):
    """What all files say, each right on its own. The documents stay at hand, for the places of problems.

    sources, flows, contracts: each with its document; documents: by name.
    """

    company: CompanyDeclaration
    sources: Sequence[tuple[Document, SourceDeclaration]]
    flows: Sequence[tuple[Document, FlowDeclaration]]
    contracts: Sequence[tuple[Document, Contract]]
    purposes: PurposesFile
    categories: CategoriesFile
    destinations: DestinationsFile
    policy: PolicyFile
    capabilities: Capabilities
    tools: Tools
    fingerprints: Fingerprints
    documents: Mapping[str, Document]

    def place(self, name: str) -> str:
        """Returns the file of that name as people know it."""
        return self.documents[name].place


def read_all(documents: Sequence[Document], gathered: Gathered) -> Declared:
    """Returns what the documents say. Raises CatalogError with the problems of all of them."""
    by_name = {document.name: document for document in documents if not document.problems}
    for document in documents:
        gathered.add(document.problems)

    def one(read: Callable[[Document], Made], name: str) -> Made | None:
        return gathered.attempt(read, by_name[name]) if name in by_name else None

    def each(read: Callable[[Document], Made], folder: str) -> list[tuple[Document, Made | None]]:
        within = [by_name[name] for name in sorted(by_name) if layout.folder_of(name) == folder]
        return [(document, gathered.attempt(read, document)) for document in within]

    company = one(_as(CompanyDeclaration), layout.COMPANY)
    sources = each(_source, layout.SOURCES)
    contracts = each(_contract, layout.CONTRACTS)
    flows = each(_flow, layout.FLOWS)
    purposes = one(_as(PurposesFile), layout.PURPOSES)
    categories = one(_as(CategoriesFile), layout.CATEGORIES)
    destinations = one(_as(DestinationsFile), layout.DESTINATIONS)
    policy = one(_as(PolicyFile), layout.POLICY)
    each(read_vendor_list, layout.VENDOR_LISTS)
    capabilities = one(_as(Capabilities), layout.CAPABILITIES)
    tools = one(_as(Tools), layout.TOOLS)
    fingerprints = one(_as(Fingerprints), layout.FINGERPRINTS)
    gathered.refuse()
    # Whatever is None has left a problem, so that nothing below is None: said again for the reader of types.
    assert company and purposes and categories and destinations and policy
    assert capabilities and tools and fingerprints
    return Declared(
        company,
        [(each, source) for each, source in sources if source is not None],
        [(each, flow) for each, flow in flows if flow is not None],
        [(each, contract) for each, contract in contracts if contract is not None],
        purposes,
        categories,
        destinations,
        policy,
        capabilities,
        tools,
        fingerprints,
        by_name,
    )


def _as(model: type[Model]) -> Callable[[Document], Model]:
    return lambda document: checked(model, document.place, document.value)


def _source(document: Document) -> SourceDeclaration:
    return _named_as_file(document, checked(SourceDeclaration, document.place, document.value))


def _flow(document: Document) -> FlowDeclaration:
    return _named_as_file(document, checked(FlowDeclaration, document.place, document.value))


def _contract(document: Document) -> Contract:
    if not isinstance(document.value, dict):
        raise CatalogError(Problem(document.place, Words("declaration.mapping"), came(document.value), "$"))
    contract = compile_contract(document.place, document.value)
    return contract if of_version(document, contract) else _named_as_file(document, contract)


def _named_as_file(document: Document, declared: Identified) -> Identified:
    """One file an id: two files cannot then claim the same one, and an id is found without searching."""
    if declared.id != document.stem:
        expected = Words("catalog.id_of_file", {"stem": document.stem})
        raise CatalogError(Problem(document.place, expected, word(declared.id), "$.id"))
    return declared
