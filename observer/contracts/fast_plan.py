"""Shape → what msgspec decodes it into, and what is left for jsonschema-rs to check."""

from collections.abc import Callable, Mapping
from math import ceil, floor
from operator import attrgetter
from typing import Annotated, Any, Final, Literal, NamedTuple

import msgspec

from observer.contracts import vocabulary
from observer.contracts.json_schema import without_null, written
from observer.contracts.shape import Shape


class Plan(NamedTuple):
    """How one value is checked.

    type: what msgspec decodes it into, without null;
    schema: what jsonschema-rs checks of it, without null, or None where msgspec checks all;
    view: what of the decoded value `schema` is about, or None for the value itself.
    """

    type: Any
    schema: dict[str, Any] | None = None
    view: Callable[[Any], object] | None = None


_LARGEST: Final = 2**53
"""Bounds beyond it are left to jsonschema-rs: msgspec would round them to a double, or could not hold them."""

_UNNAMEABLE: Final = frozenset('"\\') | {chr(code) for code in range(32)}


def planned(shape: Shape) -> Plan:
    """Returns the plan for `shape`."""
    if _needs_whole(shape):
        return Plan(Any, without_null(written(shape).schema))
    match shape.type:
        case "object":
            return _object(shape)
        case "array" | "vector":
            return _list(shape)
        case "map":
            return _map(shape)
        case "number" | "integer":
            return _number(shape)
        case "boolean":
            return Plan(bool, _rest(shape) if shape.enum else None)
    return _string(shape)


def field_of(shape: Shape, name: str) -> str:
    """Returns the field that holds the property `name` of an object whose plan is a struct."""
    return f"f{list(shape.properties).index(name)}"


def _needs_whole(shape: Shape) -> bool:
    """Tells whether the value must be seen as it came: msgspec would drop or not tell what the rule is about."""
    options = shape.options
    if options.get("uniqueItems") or "minProperties" in options or "maxProperties" in options:
        return True
    if shape.enum and shape.type in {"object", "array", "map", "vector"}:
        return True
    return any(_UNNAMEABLE & set(name) for name in shape.properties)


def _rest(shape: Shape) -> dict[str, Any]:
    return without_null(written(shape).schema)


def _string(shape: Shape) -> Plan:
    options = shape.options
    checked = options.get("format") in vocabulary.CHECKED_FORMATS
    if shape.type in vocabulary.TEMPORAL or "pattern" in options or checked:
        return Plan(str, _rest(shape))
    bounds = {"min_length": options.get("minLength"), "max_length": options.get("maxLength")}
    if not shape.enum:
        return Plan(_annotated(str, bounds))
    words = tuple(value for value in shape.enum if isinstance(value, str))
    bounded = any(bound is not None for bound in bounds.values())
    return Plan(str, _rest(shape)) if bounded or not words else Plan(Literal[words])


def _number(shape: Shape) -> Plan:
    bounds = _bounds(shape.options)
    type_ = int if shape.type == "integer" else int | float
    if bounds is None or shape.enum or "multipleOf" in shape.options or "format" in shape.options:
        return Plan(type_, _rest(shape))
    whole = {
        name: value if isinstance(value, int) else (ceil(value) if name in {"ge", "lt"} else floor(value))
        for name, value in bounds.items()
    }
    if shape.type == "integer":
        return Plan(_annotated(int, whole))
    return Plan(_annotated(int, whole) | _annotated(float, bounds))


def _bounds(options: Mapping[str, object]) -> dict[str, int | float] | None:
    """Returns the bounds by msgspec's names, or None where msgspec cannot hold them."""
    found: dict[str, int | float] = {}
    names = {"minimum": "ge", "maximum": "le", "exclusiveMinimum": "gt", "exclusiveMaximum": "lt"}
    for option, name in names.items():
        value = options.get(option)
        if isinstance(value, int | float):
            found[name] = value
    # msgspec knows one lower and one upper bound.
    both = {"ge", "gt"} <= found.keys() or {"le", "lt"} <= found.keys()
    return None if both or any(abs(value) > _LARGEST for value in found.values()) else found


def _list(shape: Shape) -> Plan:
    options = shape.options
    item = planned(shape.item) if shape.item is not None else Plan(Any)
    inner: Any = item.type
    least, most = options.get("minItems"), options.get("maxItems")
    if shape.type == "vector":
        least = most = options.get("dimensions")
    type_ = _annotated(list[inner], {"min_length": least, "max_length": most})
    if item.schema is None:
        return Plan(type_)
    view = item.view
    return Plan(
        type_,
        {"type": "array", "items": item.schema},
        None if view is None else lambda values: [view(value) for value in values],
    )


def _map(shape: Shape) -> Plan:
    assert shape.key is not None and shape.item is not None
    key, value = planned(shape.key), planned(shape.item)
    if key.type is not str or key.schema is not None or value.schema is not None:
        return Plan(Any, _rest(shape))
    entries: Any = value.type
    return Plan(dict[str, entries])


def _object(shape: Shape) -> Plan:
    fields: list[tuple[str, Any] | tuple[str, Any, Any]] = []
    parts: list[_Part] = []
    for number, inner in enumerate(shape.properties.values()):
        plan, field = planned(inner), f"f{number}"
        fields.append((field, plan.type) if inner.required else (field, plan.type | None, None))
        if plan.schema is not None:
            parts.append(_Part(field, plan, inner.required))
    struct = msgspec.defstruct(
        "Payload",
        fields,
        rename={f"f{number}": name for number, name in enumerate(shape.properties)},
        forbid_unknown_fields=shape.closed,
        kw_only=True,
        gc=False,
    )
    return _viewed(struct, parts)


class _Part(NamedTuple):
    field: str
    plan: Plan
    required: bool

    @property
    def schema(self) -> dict[str, Any]:
        schema = self.plan.schema
        assert schema is not None
        if self.required:
            return schema
        kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        return {**schema, "type": [*dict.fromkeys((*kinds, "null"))]}


def _viewed(struct: type, parts: list[_Part]) -> Plan:
    """Returns the plan of a struct of which `parts` are left to check.

    They are put into one list, so that a payload crosses into jsonschema-rs once.
    """
    if not parts:
        return Plan(struct)
    if len(parts) == 1:
        return Plan(struct, parts[0].schema, _getter(parts[0]))
    schema = {"type": "array", "prefixItems": [part.schema for part in parts]}
    if all(part.plan.view is None for part in parts):
        return Plan(struct, schema, attrgetter(*(part.field for part in parts)))
    getters = [_getter(part) for part in parts]
    return Plan(struct, schema, lambda value: [get(value) for get in getters])


def _getter(part: _Part) -> Callable[[Any], object]:
    get, view = attrgetter(part.field), part.plan.view
    if view is None:
        return get

    def through(value: Any) -> object:
        inner = get(value)
        return None if inner is None else view(inner)

    return through


def _annotated(type_: Any, bounds: Mapping[str, object]) -> Any:
    stated: dict[str, Any] = {name: value for name, value in bounds.items() if value is not None}
    return Annotated[type_, msgspec.Meta(**stated)] if stated else type_
