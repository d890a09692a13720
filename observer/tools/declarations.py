"""What schemas/tools may hold: capabilities.yaml, tools.yaml and fingerprints.yaml.

Keys are camelCase and unknown ones are refused. A document that does not fit raises pydantic.ValidationError,
which the loader translates. What only shows when the three are read together is the work of lint.py.
"""

from datetime import date
from typing import Annotated, Final, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

LONGEST_NAME: Final = 200
"""Characters of a title, a vendor or a piece of evidence."""

Id: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
"""Kebab-case, so that no id can be mistaken for `_other`."""

Line: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_NAME)]

Pattern: TypeAlias = Annotated[
    str, StringConstraints(pattern=r"^[^*]*[\p{L}\p{N}][^*]*\*?$", max_length=LONGEST_NAME)
]
"""A name, or the beginning of one followed by `*`. No other wildcard, so that matching stays linear."""


class Declaration(BaseModel):
    """What all models here share."""

    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=to_camel)


class Bilingual(Declaration):
    """One line in both languages of the house."""

    en: Line
    fr: Line


class Capability(Declaration):
    """A job that a tool can do for the company."""

    id: Id
    title: Bilingual
    description: Bilingual


class Capabilities(Declaration):
    """schemas/tools/capabilities.yaml, in the order in which pages show them."""

    capabilities: tuple[Capability, ...]


class Person(Declaration):
    """Who answers for something, and where to reach them."""

    name: Line
    contact: Line


class Owners(Declaration):
    """One person on each side of the house. Both are needed; lint.py says which one is missing."""

    marketing: Person | None = None
    technical: Person | None = None


class DeclaredTool(Declaration):
    """One tool that the company says it runs.

    yearly_cost_eur: licences and running cost of one year, in euros; contract_ends: last day of the current
    term, absent where there is none; review_by: the day by which its owners decide to keep or to leave it.
    """

    id: Id
    title: Line
    vendor: Line
    capability: Id
    owners: Owners
    yearly_cost_eur: Annotated[int, Field(ge=0, strict=True)]
    contract_ends: date | None = None
    review_by: date


class Tools(Declaration):
    """schemas/tools/tools.yaml. note: what a reader must know of its figures."""

    note: Annotated[str, StringConstraints(min_length=1)]
    tools: tuple[DeclaredTool, ...]


class KnownByTraces(Declaration):
    """A tool that can be recognised although the company did not declare it."""

    id: Id
    title: Line
    vendor: Line
    capability: Id


class Trace(Declaration):
    """One piece of evidence and the tool that it shows."""

    name: Pattern
    tool: Id


class LibraryTrace(Trace):
    """The name of an SDK, optionally of some versions only."""

    version: Pattern | None = None


class ClickIdTrace(Trace):
    """The name of a parameter in a URL's query: the whole name, in any case."""

    name: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]+$", max_length=40)]


class Fingerprints(Declaration):
    """schemas/tools/fingerprints.yaml. tools: those that need not be declared to be recognised."""

    tools: tuple[KnownByTraces, ...] = ()
    libraries: tuple[LibraryTrace, ...] = ()
    integrations: tuple[Trace, ...] = ()
    click_ids: tuple[ClickIdTrace, ...] = ()
    context_vendors: tuple[Trace, ...] = ()
