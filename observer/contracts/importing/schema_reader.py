"""JSON Schema of an object → ODCS properties.

What is made is never stricter than the schema: every event that the schema takes, the contract takes. What the
contract cannot say is left out and told. A property that may be of several types has no equal: it is not declared.
"""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from observer.contracts.importing.losses import Losses
from observer.contracts.importing.resolving import Resolved, Resolver, Schema
from observer.contracts.importing.scalars import ENUMERATING, accepted, alternatives, scalar
from observer.contracts.report import Place
from observer.contracts.shape import Shape

LARGEST: Final = 5_000
"""Properties of one contract: what lies beyond is not declared."""
DEEPEST: Final = 20
"""Levels of one contract, for its own nesting in the document has a limit."""

_SILENT: Final = frozenset({"$schema", "$id", "$anchor", "$comment", "$defs", "definitions", "self", "title"})
_TOLD: Final = frozenset({"description", "type", "$ref", "examples"})
_OBJECT: Final = frozenset({"properties", "required", "additionalProperties", "propertyNames"})
_COUNTED: Final[Mapping[str, tuple[str, ...]]] = {
    "object": ("minProperties", "maxProperties"),
    "array": ("minItems", "maxItems"),
}
_SCALARS: Final = frozenset({"string", "number", "integer", "boolean"})


class Payload(NamedTuple):
    """What a schema says of a payload, in ODCS."""

    properties: list[dict[str, Any]]
    closed: bool


class _Element(NamedTuple):
    stated: dict[str, Any]
    nullable: bool


class SchemaReader:
    """Reads the schemas of one document. root: what its references begin at."""

    def __init__(self, root: Schema, losses: Losses) -> None:
        self._resolver = Resolver(root, losses)
        self._losses = losses
        self._read = 0

    def payload(self, schema: object, at: Place) -> Payload:
        """Returns the properties of the payload that `schema` describes at `at`."""
        found = self._resolver.resolved(schema, at)
        if found.schema and self._kind(found.schema, at) != "object":
            self._losses.add(at, "no_object")
            return Payload([], False)
        self._losses.keys(at, (key for key in _COUNTED["object"] if key in found.schema))
        self._rest(found.schema, _OBJECT | set(_COUNTED["object"]), at)
        extra = found.schema.get("additionalProperties")
        if isinstance(extra, Mapping) and extra:
            self._losses.add((*at, "additionalProperties"), "keyword", name="additionalProperties")
        if "propertyNames" in found.schema:
            self._losses.add((*at, "propertyNames"), "keyword", name="propertyNames")
        properties, complete = self._properties(found, at, closed=self._is_closed(found.schema))
        closed = self._is_closed(found.schema) and complete
        if self._is_closed(found.schema) and not closed:
            # What was not declared would be refused.
            properties, _ = self._properties(found, at, closed=False)
            self._losses.add((*at, "additionalProperties"), "opened")
        return Payload(properties, closed)

    def _properties(self, found: Resolved, at: Place, closed: bool) -> tuple[list[dict[str, Any]], bool]:
        """Returns the properties and whether they are all that `found` names."""
        stated = found.schema.get("properties")
        named = stated if isinstance(stated, Mapping) else {}
        listed = found.schema.get("required")
        required = [name for name in listed if isinstance(name, str)] if isinstance(listed, list) else []
        properties: list[dict[str, Any]] = []
        for name, inner in named.items():
            place = (*at, "properties", name)
            element = self._element(inner, place, closed, found.within)
            if element is not None:
                needed = self._is_needed(name in required, element.nullable, place)
                properties.append({"name": name, **element.stated, **({"required": True} if needed else {})})
        declared = {one["name"] for one in properties}
        for name in required:
            if name not in declared:
                self._losses.add((*at, "required"), "required", name=name)
        return properties, len(properties) == len(named)

    def _is_needed(self, required: bool, nullable: bool, at: Place) -> bool:
        if required and nullable:
            self._losses.add(at, "required_null")
        if not required and not nullable:
            # Once a document: it holds for nearly every property there is.
            self._losses.add((), "null")
        return required and not nullable

    def _element(self, stated: object, at: Place, closed: bool, within: tuple[str, ...]) -> _Element | None:
        """Returns one property without its name, or None where it has no equal. closed: what is around it."""
        self._read += 1
        if self._read > LARGEST or len(at) > 2 * DEEPEST:
            self._losses.add(at, "too_large")
            return None
        found = self._resolver.resolved(stated, at, within)
        schema = found.schema
        kind = self._kind(schema, at)
        if kind is None:
            return None
        nullable = found.nullable or _admits_null(schema)
        element: dict[str, Any]
        if kind in _SCALARS:
            element, looked_at = scalar(kind, schema, at, self._losses)
        elif kind == "array":
            element, looked_at = self._array(found, at, closed)
        else:
            element, looked_at = self._object(found, at, closed)
        self._rest(schema, looked_at, at)
        return _Element({**self._told(schema, element, at), **element}, nullable)

    def _kind(self, schema: Schema, at: Place) -> str | None:
        """Returns the one JSON type beside null, or None where there is none, or more than one."""
        stated = schema.get("type")
        kinds = {one for one in (stated if isinstance(stated, list) else [stated]) if isinstance(one, str)}
        if stated is None:
            kinds = self._guessed(schema, at)
        kinds -= {"null"}
        if kinds == {"integer", "number"}:
            return "number"
        if len(kinds) == 1 and kinds <= _SCALARS | {"object", "array"}:
            return kinds.pop()
        self._losses.add(at, "types" if kinds else "any")
        return None

    def _guessed(self, schema: Schema, at: Place) -> set[str]:
        if ENUMERATING & schema.keys():
            return {_json_type(value) for value in alternatives(schema)}
        for key, kind in (("properties", "object"), ("items", "array")):
            if key in schema:
                self._losses.add(at, "assumed", type=kind)
                return {kind}
        return set()

    def _array(self, found: Resolved, at: Place, closed: bool) -> tuple[dict[str, Any], set[str]]:
        schema = found.schema
        options = self._counts("array", schema, at)
        if schema.get("uniqueItems") is True:
            options["uniqueItems"] = True
        element: dict[str, Any] = {"logicalType": "array"}
        if options:
            element["logicalTypeOptions"] = options
        items = schema.get("items")
        if isinstance(items, Mapping) and items:
            inner = self._element(items, (*at, "items"), closed, found.within)
            if inner is not None and inner.nullable:
                self._losses.add((*at, "items"), "null_items")
            elif inner is not None:
                element["items"] = inner.stated
        elif items not in (None, True, {}):
            self._losses.add((*at, "items"), "keyword", name="items")
        return element, {"items", "uniqueItems", *_COUNTED["array"]}

    def _object(self, found: Resolved, at: Place, closed: bool) -> tuple[dict[str, Any], set[str]]:
        schema = found.schema
        looked_at = {*_OBJECT, *_COUNTED["object"]}
        element = self._map(found, at, closed)
        if element is not None:
            return element, looked_at
        extra = schema.get("additionalProperties")
        for key, value in (("additionalProperties", extra), ("propertyNames", schema.get("propertyNames"))):
            if isinstance(value, Mapping) and value:
                self._losses.add((*at, key), "keyword", name=key)
        options = self._counts("object", schema, at)
        own = self._is_closed(schema)
        properties, complete = self._properties(found, at, own)
        if own and not complete:
            own = False
            properties, _ = self._properties(found, at, own)
            self._losses.add((*at, "additionalProperties"), "opened")
        if own and not properties:
            # ODCS calls an object without properties one that may hold anything.
            options = {**options, "maxProperties": 0}
        if options.get("minProperties", 0) > options.get("maxProperties", float("inf")):
            self._losses.add((*at, "minProperties"), "keyword", name="minProperties")
            del options["minProperties"]
        element = {"logicalType": "object"}
        if options:
            element["logicalTypeOptions"] = options
        if properties:
            element["properties"] = properties
            if own != closed:
                element["customProperties"] = [{"property": "martechClosed", "value": own}]
        return element, looked_at

    def _map(self, found: Resolved, at: Place, closed: bool) -> dict[str, Any] | None:
        """Returns a map where the object's keys are data: it names none, and says what each value is."""
        schema = found.schema
        extra = schema.get("additionalProperties")
        if schema.get("properties") or not isinstance(extra, Mapping) or not extra:
            return None
        value = self._element(extra, (*at, "additionalProperties"), closed, found.within)
        if value is None or value.nullable:
            return None
        key = self._element({"type": "string"}, at, closed, ())
        names = schema.get("propertyNames")
        if isinstance(names, Mapping):
            key = self._element({"type": "string", **names}, (*at, "propertyNames"), closed, found.within)
        assert key is not None
        self._losses.keys(at, (name for name in ("required", *_COUNTED["object"]) if name in schema))
        return {"logicalType": "map", "map": {"key": key.stated, "value": value.stated}}

    def _counts(self, kind: str, schema: Schema, at: Place) -> dict[str, Any]:
        least, most = _COUNTED[kind]
        found: dict[str, Any] = {}
        for name in (least, most):
            value = schema.get(name)
            fits = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 1_000_000_000
            if value is not None and (not fits or value < found.get(least, 0)):
                self._losses.add((*at, name), "keyword", name=name)
            elif value is not None:
                found[name] = value
        return found

    def _is_closed(self, schema: Schema) -> bool:
        return schema.get("additionalProperties") is False and "patternProperties" not in schema

    def _told(self, schema: Schema, element: Mapping[str, Any], at: Place) -> dict[str, Any]:
        told: dict[str, Any] = {}
        if isinstance(schema.get("title"), str) and schema["title"]:
            told["businessName"] = schema["title"]
        if isinstance(schema.get("description"), str) and schema["description"]:
            told["description"] = schema["description"]
        examples = schema.get("examples")
        if isinstance(examples, list) and element["logicalType"] not in {"object", "array", "map"}:
            words = tuple(one["value"] for one in element.get("enum", ()))
            options = element.get("logicalTypeOptions", {})
            told["examples"] = accepted(Shape(element["logicalType"], "$", True, options, words), examples)
        elif examples is not None:
            self._losses.add((*at, "examples"), "keyword", name="examples")
        return {key: value for key, value in told.items() if value}

    def _rest(self, schema: Schema, looked_at: frozenset[str] | set[str], at: Place) -> None:
        for key, value in schema.items():
            if key not in looked_at | _SILENT | _TOLD and value not in ({}, [], None, ""):
                self._losses.add((*at, key), "keyword", name=key)


def _admits_null(schema: Schema) -> bool:
    stated = schema.get("type")
    if stated is None and ENUMERATING & schema.keys():
        return None in alternatives(schema)
    admits = isinstance(stated, list) and "null" in stated
    return admits and (not ENUMERATING & schema.keys() or None in alternatives(schema))


def _json_type(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case str():
            return "string"
        case int():
            return "integer"
        case float():
            return "number"
    return "object" if isinstance(value, Mapping) else "array"
