"""The way from documents to the catalog, on one screen."""

import hashlib
from collections.abc import Sequence
from typing import Final

from observer.building import layout
from observer.building.assembling import assemble, join_consent
from observer.building.claims import check_claims
from observer.building.declared import read_all
from observer.building.gathering import Gathered
from observer.building.limits import BuildLimits
from observer.building.references import check_references
from observer.building.series import series_estimate
from observer.building.versions import check_versions
from observer.catalog import Catalog
from observer.documents import Document, canonical
from observer.errors import CatalogError, Problem, literal
from observer.messages import Words
from observer.tools.lint import check_tools

DEFAULT_LIMITS: Final = BuildLimits()


def build(
    documents: Sequence[Document], folder: str = "schemas", limits: BuildLimits = DEFAULT_LIMITS
) -> Catalog:
    """Returns the catalog of all documents of one folder, whatever their order.

    Raises CatalogError: with the problems of all files where one is wrong on its own; where none is, with all that
    does not fit between them. folder: as people know it.
    """
    gathered = Gathered(documents)
    gathered.add(layout.missing(folder, [document.name for document in documents]))
    declared = read_all(documents, gathered)

    gathered.add(check_references(declared))
    gathered.add(check_versions(declared.contracts))
    gathered.add(check_claims([source for _, source in declared.sources], declared.contracts))
    tools = layout.folder_of(declared.place(layout.TOOLS))
    gathered.add(check_tools(declared.tools, declared.capabilities, declared.fingerprints, tools))
    policy = gathered.attempt(join_consent, declared)
    gathered.refuse()
    assert policy is not None

    catalog = assemble(declared, policy, digest(documents), gathered)
    _refuse_too_many_series(catalog, folder, limits)
    return catalog


def digest(documents: Sequence[Document]) -> str:
    """Returns the SHA-256 in hex of what the documents say: comments, order and spelling of a value do not count."""
    return hashlib.sha256(canonical({document.name: document.value for document in documents})).hexdigest()


def _refuse_too_many_series(catalog: Catalog, folder: str, limits: BuildLimits) -> None:
    series = series_estimate(catalog, limits.rules_per_contract)
    if series > limits.series:
        expected = Words("catalog.series", {"series": limits.series})
        mend = Words("catalog.fewer_series")
        raise CatalogError(Problem(folder, expected, literal(series), mend=mend))
