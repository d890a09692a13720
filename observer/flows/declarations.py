"""What company.yaml, sources/*.yaml and flows/*.yaml may hold. What they refer to is checked by the building."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import AfterValidator, Field

from observer.documents.declaration import Contact, Declaration, Ident, Line, refused
from observer.flows.topics import compiles, is_pattern, is_topic

LONGEST_SILENCE: Final = 30 * 86_400
"""Seconds. A source that may be silent for longer is not watched."""

HopKind: TypeAlias = Literal["collector", "stream", "platform", "sync", "warehouse", "activation", "report"]
"""Where the same event is seen again: what received it, a topic, a customer data platform, a copy into another
tool, a table, an advertising tool, a dashboard."""

_ORIGIN: Final = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?")
_PATH: Final = re.compile(r"(/[A-Za-z0-9._~-]+)+")
_VARIABLE: Final = re.compile(r"[A-Z][A-Z0-9_]*")
_SETTINGS: Final = "MARTECH_"
_KEYS: Final = "MARTECH_KEY_"
"""Of the variables that begin like those of settings, these are left to sources."""


def _origin(text: str) -> str:
    if _ORIGIN.fullmatch(text):
        return text
    raise refused("flows.origin", shown=True)


def _path(text: str) -> str:
    if _PATH.fullmatch(text):
        return text
    raise refused("flows.path", shown=True)


def _variable(text: str) -> str:
    # Never shown: what stands here by mistake is most often the key itself.
    if not _VARIABLE.fullmatch(text):
        raise refused("flows.variable")
    if text.startswith(_SETTINGS) and not text.startswith(_KEYS):
        raise refused("flows.variable_of_settings", settings=_SETTINGS, keys=_KEYS)
    return text


def _topic(text: str) -> str:
    if is_pattern(text):
        if compiles(text):
            return text
        raise refused("flows.topic_pattern", shown=True)
    if is_topic(text):
        return text
    raise refused("flows.topic", shown=True)


def _country(text: str) -> str:
    if len(text) == 2 and text.isascii() and text.isupper():
        return text
    raise refused("flows.country", shown=True)


def _currency(text: str) -> str:
    if len(text) == 3 and text.isascii() and text.isupper():
        return text
    raise refused("flows.currency", shown=True)


Origin: TypeAlias = Annotated[str, AfterValidator(_origin)]
"""What a browser sends as `Origin`: scheme, host and port, in lower case, without a path."""

CollectorPath: TypeAlias = Annotated[str, AfterValidator(_path)]
"""A path of the collector, from its root, without a query."""

TopicName: TypeAlias = Annotated[str, AfterValidator(_topic)]
"""A Kafka topic by its name, or all topics whose whole name matches `/a pattern/`."""

Variable: TypeAlias = Annotated[str, AfterValidator(_variable)]
"""The name of an environment variable."""


class Person(Declaration):
    """Who answers for something, and where to reach them."""

    name: Line
    contact: Contact


class Owners(Declaration):
    """One person on each side of the house."""

    marketing: Person
    technical: Person


class CompanyDeclaration(Declaration):
    """company.yaml. country: ISO 3166-1 alpha-2; currency: ISO 4217."""

    name: Line
    country: Annotated[str, AfterValidator(_country)]
    currency: Annotated[str, AfterValidator(_currency)]
    note: str = ""


class SourceDeclaration(Declaration):
    """sources/<id>.yaml.

    write_key_env: the name of the variable that holds its key, never the key; identifiers: what else finds it in
    a request (GA4 measurement id, Snowplow app ids, CloudEvents source URIs); paths: further paths of the
    collector that are its own; topics: the Kafka topics that hold its events; silent_after_seconds: how long it
    may send nothing before somebody is told; consent_properties: names under which the payloads of its events carry
    consent; review_by: the day by which both owners look at it again; fields: where the plain
    dialect finds things, and empty for every other dialect.
    """

    id: Ident
    title: Line
    channel: Ident
    dialect: Line
    owners: Owners
    origins: tuple[Origin, ...] = ()
    write_key_env: Variable | None = None
    identifiers: tuple[Line, ...] = ()
    paths: tuple[CollectorPath, ...] = ()
    topics: tuple[TopicName, ...] = ()
    silent_after_seconds: Annotated[int, Field(ge=1, le=LONGEST_SILENCE)] | None = None
    consent_properties: tuple[Line, ...] = ()
    review_by: date | None = None
    fields: Mapping[str, Line] = Field(default_factory=dict)


class HopDeclaration(Declaration):
    """One place where the events of a flow are seen again. tool: what runs it, where a declared tool does."""

    id: Ident
    title: Line
    kind: HopKind
    tool: Ident | None = None


class DataProductDeclaration(Declaration):
    """What a flow ends in: a table, an audience, a report that somebody relies on."""

    id: Ident
    title: Line


class FlowDeclaration(Declaration):
    """flows/<id>.yaml: one way of a source's events to a data product."""

    id: Ident
    title: Line
    source: Ident
    hops: Annotated[tuple[HopDeclaration, ...], Field(min_length=1)]
    data_product: DataProductDeclaration
