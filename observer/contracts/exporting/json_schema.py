"""A contract → the JSON Schema that its exact path judges by, with the words that people wrote beside it."""

from collections.abc import Mapping
from typing import Any, Final

from observer.contracts import vocabulary
from observer.contracts.exporting.subject import Carried, Subject, elements, tell_left_out
from observer.contracts.importing.losses import Losses
from observer.contracts.json_schema import written
from observer.contracts.report import Place

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
PROPERTY_KEYS: Final = frozenset({"description", "businessName", "enum", "examples"})
_TOLD_OPTIONS: Final = frozenset(
    {"defaultTimezone", "distanceMetric", "embeddingModel", "embeddingModelVersion", "normalized"}
)
"""Options that ask nothing of a value, and that JSON Schema does not know."""
_CARRIED: Final = Carried(
    root=frozenset({"name", "description"}),
    schema=frozenset({"description"}),
    properties=PROPERTY_KEYS | {"deprecated"},
    customs=frozenset({"martechClosed"}),
)


def json_schema(subject: Subject, losses: Losses) -> dict[str, Any]:
    """Returns the JSON Schema (draft 2020-12) of the payload: it takes what the contract takes."""
    tell_left_out(subject, _CARRIED, losses)
    schema = payload_schema(subject, losses)
    for place in own_keywords(schema, ()):
        losses.add(place, "own_keyword", name=place[-1])
    title = {"title": subject.signed.title}
    return {"$schema": DRAFT, **title, **subject.described, **schema}


def payload_schema(subject: Subject, losses: Losses) -> dict[str, Any]:
    """Returns the schema of the payload with titles, descriptions and examples; tells what asks nothing of a value."""
    for at, stated in elements(subject.schema, ("schema", 0)):
        options = stated.get("logicalTypeOptions") or {}
        names = [name for name in options if name in _TOLD_OPTIONS]
        if stated["logicalType"] == "string" and options.get("format") in vocabulary.TOLD_FORMATS:
            names.append("format")
        losses.keys((*at, "logicalTypeOptions"), names)
        for index, word in enumerate(stated.get("enum") or ()):
            losses.keys((*at, "enum", index), (key for key in word if key != "value"))
    schema = written(subject.signed.payload).schema
    for inner in subject.schema.get("properties") or ():
        _annotate(schema["properties"][inner["name"]], inner)
    return schema


def own_keywords(schema: object, at: Place) -> list[Place]:
    """Returns where keywords stand that JSON Schema does not know: those for dates in a format of their own."""
    found: list[Place] = []
    if isinstance(schema, Mapping):
        for key, inner in schema.items():
            if str(key).startswith("martech") and at[-1:] != ("properties",):
                found.append((*at, key))
            else:
                found += own_keywords(inner, (*at, key))
    return found


def _annotate(schema: dict[str, Any], stated: Mapping[str, Any]) -> None:
    words = {"title": stated.get("businessName"), "description": stated.get("description")}
    schema.update({key: value for key, value in words.items() if value})
    if stated.get("examples"):
        schema["examples"] = stated["examples"]
    if stated.get("deprecated"):
        schema["deprecated"] = True
    for inner in stated.get("properties") or ():
        _annotate(schema["properties"][inner["name"]], inner)
    if stated.get("items"):
        _annotate(schema["items"], stated["items"])
    pair = stated.get("map") or {}
    for key, place in (("key", "propertyNames"), ("value", "additionalProperties")):
        if key in pair:
            _annotate(schema[place], pair[key])
