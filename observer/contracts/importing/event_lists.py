"""GA4 event lists and mParticle data plans."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from observer.contracts.importing.drafting import Described, Drafts, SourceFile, mappings, text_of
from observer.contracts.importing.losses import Losses
from observer.contracts.importing.refusal import refused
from observer.contracts.importing.schema_reader import SchemaReader
from observer.contracts.report import Place

_GA4_TYPES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("string", "text", "str"), "string"),
    **dict.fromkeys(("number", "float", "double", "currency", "decimal"), "number"),
    **dict.fromkeys(("integer", "int"), "integer"),
    **dict.fromkeys(("boolean", "bool"), "boolean"),
    **dict.fromkeys(("array", "items", "list"), "array"),
    "object": "object",
}
_GA4_KNOWN: Final = frozenset(
    {"name", "type", "required", "description", "enum", "values", "items", "parameters", "params", "example"}
)


def read_ga4(files: Sequence[SourceFile], drafts: Drafts) -> None:
    """Adds a contract for each event of the lists: `{events: [{name, description, parameters: [...]}]}`.

    A parameter is `{name, type, required, description, values, items}` or, in a mapping, its name with its type.
    """
    for file in files:
        value = file.value
        events = mappings(value.get("events") if isinstance(value, Mapping) else value)
        if not events:
            raise refused(file.name, "ga4")
        for index, event in events:
            name = text_of(event, "name", "event_name", "event")
            at: Place = ("events", index) if isinstance(value, Mapping) else (index,)
            if not name:
                raise refused(file.name, "ga4", f"$.events[{index}].name")
            losses = Losses(file.name)
            schema = _ga4_object(event, at, losses)
            payload = SchemaReader(schema, losses).payload(schema, at)
            description = text_of(event, "description")
            drafts.add(Described(name, "event", name, payload, description, dialects=("ga4",)), losses)


def _ga4_object(stated: Mapping[str, Any], at: Place, losses: Losses) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    required: list[str] = []
    for place, name, parameter in _ga4_parameters(stated, at):
        properties[name] = _ga4_parameter(parameter, place, losses)
        if parameter.get("required") is True:
            required.append(name)
    return {"type": "object", "properties": properties, "required": required}


def _ga4_parameters(stated: Mapping[str, Any], at: Place) -> Iterator[tuple[Place, str, Mapping[str, Any]]]:
    key = "parameters" if "parameters" in stated else "params"
    listed = stated.get(key)
    for index, parameter in mappings(listed):
        yield (*at, key, index), text_of(parameter, "name"), parameter
    if isinstance(listed, Mapping):
        for name, parameter in listed.items():
            told = parameter if isinstance(parameter, Mapping) else {"type": parameter}
            yield (*at, key, name), name, told


def _ga4_parameter(stated: Mapping[str, Any], at: Place, losses: Losses) -> dict[str, Any]:
    losses.keys(at, (key for key in stated if key not in _GA4_KNOWN))
    kind = _GA4_TYPES.get(text_of(stated, "type").lower())
    schema: dict[str, Any] = {"type": kind} if kind else {}
    if kind == "array":
        items = stated.get("items") if isinstance(stated.get("items"), Mapping) else stated
        if items is not None and ("parameters" in items or "params" in items):
            schema["items"] = _ga4_object(items, (*at, "items"), losses)
    elif kind == "object":
        schema = _ga4_object(stated, at, losses)
    values = stated.get("enum", stated.get("values"))
    if isinstance(values, list) and kind:
        schema["enum"] = values
    if "example" in stated:
        schema["examples"] = [stated["example"]]
    return {**schema, "description": text_of(stated, "description")}


_PAYLOADS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "custom_event": ("track", ("data", "custom_attributes")),
    "screen_view": ("screen", ("data", "custom_attributes")),
    "product_action": ("track", ("data", "custom_attributes")),
    "promotion_action": ("track", ("data", "custom_attributes")),
    "product_impression": ("track", ("data", "custom_attributes")),
}
"""Type of data point → kind of event, and where in its schema the payload is described."""


def read_mparticle(files: Sequence[SourceFile], drafts: Drafts) -> None:
    """Adds a contract for each event of the data plans; attributes and identities of users are told as lost."""
    for file in files:
        points = list(_points(file))
        known = [one for one in points if _point_type(one[1]) in _PAYLOADS]
        if not known:
            raise refused(file.name, "mparticle")
        passed = [one for one in points if one not in known]
        for at, point in known:
            losses = Losses(file.name)
            for place, other in passed:
                losses.add(place, "data_point", type=_point_type(other))
            _add_point(point, at, losses, drafts)


def _points(file: SourceFile) -> Iterator[tuple[Place, Mapping[str, Any]]]:
    value: object = file.value
    at: tuple[str, ...] = ()
    for key in ("version_document", "data_points"):
        if isinstance(value, Mapping) and key in value:
            value, at = value[key], (*at, key)
    for index, point in mappings(value):
        yield (*at, index), point


def _point_type(point: Mapping[str, Any]) -> str:
    match = point.get("match")
    return text_of(match, "type") if isinstance(match, Mapping) else ""


def _add_point(point: Mapping[str, Any], at: Place, losses: Losses, drafts: Drafts) -> None:
    kind, way = _PAYLOADS[_point_type(point)]
    criteria = point["match"].get("criteria")
    criteria = criteria if isinstance(criteria, Mapping) else {}
    name = text_of(criteria, "event_name", "screen_name", "action") or _point_type(point)
    losses.keys((*at, "match", "criteria"), (key for key in criteria if key == "custom_event_type"))
    schema: object = point.get("validator")
    place: Place = (*at, "validator")
    if isinstance(schema, Mapping):
        schema, place = schema.get("definition"), (*place, "definition")
    root = schema if isinstance(schema, Mapping) else {}
    for step in way:
        inner = schema.get("properties") if isinstance(schema, Mapping) else None
        schema = inner.get(step, {}) if isinstance(inner, Mapping) else {}
        place = (*place, "properties", step)
    losses.add((), "no_dialect", tool="mParticle")
    payload = SchemaReader(root, losses).payload(schema, place)
    drafts.add(Described(name, kind, name, payload, text_of(point, "description")), losses)
