"""One change between two versions of a contract, and whom it breaks."""

from enum import StrEnum
from typing import NamedTuple

from observer.messages import Words


class Grade(StrEnum):
    """What a change means for one side. BREAKING: something that held, or was kept, no longer does or is."""

    BREAKING = "breaking"
    WARNING = "warning"
    FINE = "fine"


class Area(StrEnum):
    """What part of a contract a change is about. Only SCHEMA is about single events."""

    SCHEMA = "schema"
    QUALITY = "quality"
    SERVICE_LEVEL = "service_level"
    CLASSIFICATION = "classification"
    PURPOSES = "purposes"
    OWNERSHIP = "ownership"
    TERMS = "terms"
    DESCRIPTION = "description"


class Example(NamedTuple):
    """A counter-example: the payload of an event (JSON text) that is valid under one version alone.

    Made by this tool out of the contracts; checked against both versions by their exact validators.
    broken: the rules of the other version that it breaks.
    """

    event: str
    valid_under_old: bool
    broken: tuple[str, ...]


class Change(NamedTuple):
    """One difference.

    rule: its stable name; schema: the name of the schema object it stands in, or ""; path: where (JSONPath of the
    payload for Area.SCHEMA, else of the document); old, new: what stood and stands there, "" for nothing;
    why: the reason of both grades, for people; keyword: which word of the standard changed, or "".
    """

    rule: str
    area: Area
    path: str
    old: str
    new: str
    consumer: Grade
    producer: Grade
    why: Words
    schema: str = ""
    examples: tuple[Example, ...] = ()
    keyword: str = ""
