"""Shape → JSON Schema (draft 2020-12), with the rule that each of its keywords stands for.

The schema is written without references, so the path of a keyword in it is known beforehand: that path finds the
rule when the validator reports an error. Null counts as absent: an optional property admits it, a required one
does not, and list items, map entries and the payload itself are never null.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple, TypeAlias

from observer.contracts import vocabulary
from observer.contracts.shape import Scalar, Shape
from observer.contracts.temporal import Reader, reader
from observer.contracts.temporal_keywords import BOUNDS
from observer.model import ViolationKind

Location: TypeAlias = tuple[str | int, ...]
"""Where a keyword stands in the schema; for `required` with the property's name behind, for null with `null`."""

_ENUM_SHOWN: Final = 12
_USUAL: Final[Mapping[str, str]] = {"date": "date", "timestamp": "date-time", "time": "time"}


class Rule(NamedTuple):
    """One thing that a payload can break. id: `<keyword>:<path>`; path: list items as `[*]`, map entries as `.*`."""

    id: str
    kind: ViolationKind
    path: str
    expected: str


class Written(NamedTuple):
    """A JSON Schema and the rule behind each of its keywords, in the order of the contract."""

    schema: dict[str, Any]
    rules: Mapping[Location, Rule]


def written(shape: Shape) -> Written:
    """Returns the JSON Schema of `shape`."""
    writer = _Writer()
    return Written(writer.schema(shape, ()), writer.rules)


class _Writer:
    def __init__(self) -> None:
        self.rules: dict[Location, Rule] = {}

    def schema(self, shape: Shape, at: Location) -> dict[str, Any]:
        carried = vocabulary.JSON_TYPES[shape.type]
        schema: dict[str, Any] = {"type": carried if shape.required else [carried, "null"]}
        self._rule((*at, "type"), "type", ViolationKind.TYPE_MISMATCH, shape.path, carried)
        if shape.enum:
            schema["enum"] = [*shape.enum] if shape.required else [*shape.enum, None]
            expected = "one of " + _listed(shape.enum)
            self._rule((*at, "enum"), "enum", ViolationKind.OUT_OF_CONSTRAINT, shape.path, expected)
        if shape.type in vocabulary.TEMPORAL:
            self._temporal(shape, at, schema)
        else:
            self._options(shape, at, schema)
        match carried:
            case "object":
                self._object(shape, at, schema)
            case "array" if shape.item is not None:
                schema["items"] = self.schema(shape.item, (*at, "items"))
        return schema

    def _options(self, shape: Shape, at: Location, schema: dict[str, Any]) -> None:
        for option, value in shape.options.items():
            if option not in vocabulary.CONSTRAINTS or (option == "uniqueItems" and not value):
                continue
            if option == "format":
                self._format(shape, str(value), at, schema)
            elif option == "dimensions":
                schema |= {"minItems": value, "maxItems": value}
                self._option((*at, "minItems"), shape, option, value)
                self._option((*at, "maxItems"), shape, option, value)
            else:
                schema[option] = value
                self._option((*at, option), shape, option, value)

    def _format(self, shape: Shape, name: str, at: Location, schema: dict[str, Any]) -> None:
        if shape.type == "string":
            if name in vocabulary.CHECKED_FORMATS:
                schema["format"] = name
                self._option((*at, "format"), shape, "format", name)
            return
        bounds = vocabulary.INTEGER_RANGES.get(name) or vocabulary.NUMBER_RANGES.get(name)
        if bounds is None:
            return
        # In a schema of its own, since the contract may have a minimum and a maximum beside it.
        schema["allOf"] = [{"minimum": bounds[0], "maximum": bounds[1]}]
        for keyword in ("minimum", "maximum"):
            place = (*at, "allOf", 0, keyword)
            self._rule(place, "format", ViolationKind.OUT_OF_CONSTRAINT, shape.path, f"format {name}")

    def _temporal(self, shape: Shape, at: Location, schema: dict[str, Any]) -> None:
        found = temporal_reader(shape)
        stated = shape.options.get("format")
        as_read = {"as": shape.type, "format": stated, "timezone": shape.options.get("timezone")}
        if found.usual and (found.zoned or shape.type == "date"):
            schema["format"] = _USUAL[shape.type]
            place, told = (*at, "format"), _USUAL[shape.type]
        else:
            schema["martechTemporal"] = as_read
            place, told = (*at, "martechTemporal"), str(stated or f"local {_USUAL[shape.type]}")
        self._rule(place, "format", ViolationKind.WRONG_FORMAT, shape.path, f"format {told}")
        for option, keyword in BOUNDS.items():
            if option in shape.options:
                schema[keyword] = {**as_read, "bound": shape.options[option]}
                self._option((*at, keyword), shape, option, shape.options[option])

    def _object(self, shape: Shape, at: Location, schema: dict[str, Any]) -> None:
        if shape.type == "map":
            self._map(shape, at, schema)
            return
        if not shape.declared:
            return
        schema["properties"] = {}
        for name, inner in shape.properties.items():
            place = (*at, "properties", name)
            if inner.required:
                self._missing(inner, (*at, "required", name), place)
            schema["properties"][name] = self.schema(inner, place)
        required = [name for name, inner in shape.properties.items() if inner.required]
        if required:
            schema["required"] = required
        if shape.closed:
            schema["additionalProperties"] = False
            path = f"{shape.path}.*"
            place = (*at, "additionalProperties")
            kind = ViolationKind.UNEXPECTED_PROPERTY
            self._rule(place, "unexpected", kind, path, "a declared property")

    def _map(self, shape: Shape, at: Location, schema: dict[str, Any]) -> None:
        assert shape.key is not None and shape.item is not None
        keys = _Writer()
        schema["propertyNames"] = keys.schema(shape.key, (*at, "propertyNames"))
        for place, rule in keys.rules.items():
            self.rules[place] = Rule(
                f"keys:{shape.path}", ViolationKind.WRONG_FORMAT, shape.path, rule.expected
            )
        schema["additionalProperties"] = self.schema(shape.item, (*at, "additionalProperties"))

    def _missing(self, inner: Shape, at: Location, place: Location) -> None:
        expected = vocabulary.JSON_TYPES[inner.type]
        self._rule(at, "required", ViolationKind.MISSING_REQUIRED, inner.path, expected)
        # Null counts as absent, so the wrong type null is the same broken rule.
        self.rules[(*place, "type", "null")] = self.rules[at]

    def _option(self, at: Location, shape: Shape, option: str, value: object) -> None:
        constraint = vocabulary.CONSTRAINTS[option]
        self._rule(at, option, constraint.kind, shape.path, constraint.expected.format(_text(value)))

    def _rule(self, at: Location, keyword: str, kind: ViolationKind, path: str, expected: str) -> None:
        self.rules[at] = Rule(f"{keyword}:{path}", kind, path, expected)


def temporal_reader(shape: Shape) -> Reader:
    """Returns the reader of a date, timestamp or time, whose options were checked when it was read."""
    stated, timezone = shape.options.get("format"), shape.options.get("timezone")
    found = reader(
        shape.type,
        stated if isinstance(stated, str) else None,
        timezone if isinstance(timezone, bool) else None,
    )
    assert found is not None
    return found


def without_null(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Returns a schema of `written` that does not admit null at its own root."""
    kind = schema["type"]
    return {**schema, "type": kind[0] if isinstance(kind, list) else kind}


def _listed(values: Iterable[Scalar]) -> str:
    told = [_text(value) for value in values]
    more = f", … ({len(told)} in all)" if len(told) > _ENUM_SHOWN else ""
    return ", ".join(told[:_ENUM_SHOWN]) + more


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)
