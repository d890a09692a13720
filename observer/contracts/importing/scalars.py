"""The rules of text, numbers and booleans in a JSON Schema → logicalType, logicalTypeOptions and enum."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from observer.contracts import vocabulary
from observer.contracts.importing.losses import Losses
from observer.contracts.json_schema import without_null, written
from observer.contracts.report import Place, Report
from observer.contracts.shape import Scalar, Shape
from observer.contracts.shape_options import check_options
from observer.contracts.temporal_keywords import BOUNDS
from observer.contracts.validators import validator

_TEMPORAL_FORMATS: Final[Mapping[str, tuple[str, dict[str, Any]]]] = {
    "date": ("date", {}),
    "date-time": ("timestamp", {}),
    "time": ("time", {"timezone": True}),
}
_MOMENTS: Final = {keyword: option for option, keyword in BOUNDS.items()}
_RANGES: Final = {**vocabulary.INTEGER_RANGES, **vocabulary.NUMBER_RANGES}
_READ: Final = frozenset(
    {
        "minLength", "maxLength", "pattern", "format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
        "multipleOf", "enum", "const", "allOf", "martechTemporal", *_MOMENTS,
    }
)  # fmt: skip
_TYPED: Final[Mapping[str, frozenset[str]]] = {
    "string": frozenset({"minLength", "maxLength", "pattern", "format", "martechTemporal", *_MOMENTS}),
    "number": frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "format"}),
    "boolean": frozenset(),
}  # fmt: skip
ENUMERATING: Final = frozenset({"enum", "const"})


class Typed(NamedTuple):
    """A logicalType with its options."""

    kind: str
    options: dict[str, Any]


def scalar(
    kind: str, schema: Mapping[str, Any], at: Place, losses: Losses
) -> tuple[dict[str, Any], set[str]]:
    """Returns an element of JSON type `kind` and the keywords that were looked at. Never stricter than `schema`."""
    typed = _typed(kind, schema)
    kept: dict[str, Any] = {}
    for name, value in typed.options.items():
        if _holds(typed.kind, {**kept, name: value}):
            kept[name] = value
        else:
            losses.add((*at, name), "keyword", name=name)
    found: dict[str, Any] = {"logicalType": typed.kind}
    if kept:
        found["logicalTypeOptions"] = kept
    shape = Shape(typed.kind, "$", options=kept)
    if ENUMERATING & schema.keys():
        values = accepted(shape, alternatives(schema))
        if values:
            found["enum"] = [{"value": value} for value in values]
        else:
            losses.add((*at, "enum"), "keyword", name="enum")
    return found, _looked_at(kind, schema, at, losses)


def alternatives(schema: Mapping[str, Any]) -> list[Any]:
    """Returns the values that `enum` or `const` allow."""
    if "const" in schema:
        return [schema["const"]]
    return schema["enum"] if isinstance(schema.get("enum"), list) else []


def accepted(shape: Shape, values: Iterable[Any]) -> list[Scalar]:
    """Returns those of `values` that `shape` takes, each once."""
    takes = validator(without_null(written(shape).schema))
    once = {json.dumps(value, sort_keys=True): value for value in values}
    return [value for value in once.values() if takes.is_valid(value)]


def _typed(kind: str, schema: Mapping[str, Any]) -> Typed:
    if kind == "string":
        return _text(schema)
    if kind == "boolean":
        return Typed(kind, {})
    return Typed(kind, {**_bounds(schema), **_range(kind, schema)})


def _text(schema: Mapping[str, Any]) -> Typed:
    asked = schema.get("martechTemporal")
    if isinstance(asked, Mapping) and asked.get("as") in vocabulary.TEMPORAL:
        options = {key: asked[key] for key in ("format", "timezone") if asked.get(key) is not None}
        return Typed(asked["as"], {**options, **_moments(schema)})
    own = {key: schema[key] for key in ("minLength", "maxLength", "pattern", "format") if key in schema}
    temporal = _TEMPORAL_FORMATS.get(str(own.get("format")))
    if temporal is not None and len(own) == 1:
        return Typed(temporal[0], {**temporal[1], **_moments(schema)})
    return Typed("string", own)


def _moments(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {
        option: schema[keyword]["bound"]
        for keyword, option in _MOMENTS.items()
        if isinstance(schema.get(keyword), Mapping) and "bound" in schema[keyword]
    }


def _bounds(schema: Mapping[str, Any]) -> dict[str, Any]:
    found = {key: schema[key] for key in ("minimum", "maximum", "multipleOf") if key in schema}
    for exclusive, plain in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if schema.get(exclusive) is True and plain in found:
            # Drafts 3 and 4 wrote the bound once and said beside it that it is not in.
            found[exclusive] = found.pop(plain)
        elif exclusive in schema and not isinstance(schema[exclusive], bool):
            found[exclusive] = schema[exclusive]
    return found


def _range(kind: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    parts = schema.get("allOf")
    if not isinstance(parts, list) or len(parts) != 1 or not isinstance(parts[0], Mapping):
        return {}
    bounds = (parts[0].get("minimum"), parts[0].get("maximum"))
    known = {"integer": vocabulary.INTEGER_RANGES, "number": vocabulary.NUMBER_RANGES}[kind]
    name = next((name for name in known if _RANGES[name] == bounds), None)
    return {"format": name} if name else {}


def _holds(kind: str, options: Mapping[str, Any]) -> bool:
    if any(not _is_plain(name, value) for name, value in options.items()):
        return False
    report = Report("")
    check_options(kind, options, (), report)
    return not report.problems


def _is_plain(name: str, value: object) -> bool:
    if name in {"pattern", "format"} or isinstance(value, str):
        return isinstance(value, str)
    if name == "timezone":
        return isinstance(value, bool)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    if name in vocabulary.COUNTS:
        return isinstance(value, int) and value >= 0
    return name != "multipleOf" or value > 0


def _looked_at(kind: str, schema: Mapping[str, Any], at: Place, losses: Losses) -> set[str]:
    """Returns the keywords that are dealt with; those that say nothing of `kind` and a number's format are told."""
    carried = "number" if kind == "integer" else kind
    for name in schema.keys() & _READ - _TYPED[carried] - ENUMERATING:
        if name != "allOf" or not _range("integer" if kind == "integer" else "number", schema):
            losses.add((*at, name), "keyword", name=name)
    if carried == "number" and "format" in schema:
        losses.add((*at, "format"), "keyword", name="format")
    return set(_READ)
