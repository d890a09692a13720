"""RudderStack tracking plans: YAML resources of events, properties, custom types and plans that point at each other.

Both generations are read: `rudder/v0.1` (`$ref: "#/events/group/id"`, `propConfig`, `allow_unplanned`) and
`rudder/v1` (`"#event:id"`, `config`, `additional_properties`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from observer.contracts.importing.drafting import Described, Drafts, SourceFile, mappings, text_of
from observer.contracts.importing.losses import Losses
from observer.contracts.importing.refusal import refused
from observer.contracts.importing.schema_reader import SchemaReader
from observer.contracts.report import Place

_KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "events": ("event", "events"),
    "properties": ("property", "properties"),
    "custom-types": ("custom-type", "types"),
    "categories": ("category", "categories"),
}
"""kind of a resource → (what one of them is called in a reference, the key of its list)."""
_PLANS: Final = frozenset({"tp", "tracking-plan"})
_REFERENCE: Final = re.compile(r"#/([a-z-]+)/(?:.+/)?([^/]+)|#([a-z-]+):(.+)")
_CONFIG: Final = frozenset(
    {
        "enum", "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
        "pattern", "format", "minItems", "maxItems", "uniqueItems",
    }
)  # fmt: skip
_ITEMS: Final = frozenset({"itemTypes", "itemType"})
_PROPERTY: Final = frozenset(
    {
        "id",
        "name",
        "description",
        "type",
        "types",
        "propConfig",
        "config",
        "properties",
        "item_type",
        "item_types",
    }
)
_TRAITS: Final = frozenset({"identify", "group"})
_DEEPEST: Final = 20


def read(files: Sequence[SourceFile], drafts: Drafts) -> None:
    """Adds a contract for each event rule of the plans among `files`. Raises InputError where there is no plan."""
    resources = _Resources()
    plans: list[tuple[SourceFile, Mapping[str, Any]]] = []
    for file in files:
        value = file.value
        spec = value.get("spec") if isinstance(value, Mapping) else None
        if not isinstance(value, Mapping) or not isinstance(spec, Mapping):
            raise refused(file.name, "rudderstack")
        if value.get("kind") in _PLANS:
            plans.append((file, spec))
        else:
            resources.add(str(value.get("kind")), spec)
    if not plans:
        raise refused(files[0].name if files else "rudderstack", "rudderstack")
    for file, spec in plans:
        for index, rule in mappings(spec.get("rules")):
            _Rule(file, ("spec", "rules", index), rule, resources).add_to(drafts)


class _Resources:
    """What plans point at, by (what it is, id)."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Mapping[str, Any]] = {}

    def add(self, kind: str, spec: Mapping[str, Any]) -> None:
        """Learns the resources of one file; kinds that no plan needs are passed over."""
        called, key = _KINDS.get(kind, ("", ""))
        for _, one in mappings(spec.get(key)):
            self._known[called, text_of(one, "id")] = one

    def at(self, reference: object) -> Mapping[str, Any] | None:
        """Returns what a reference of either generation points at, or None."""
        found = _REFERENCE.fullmatch(reference) if isinstance(reference, str) else None
        if found is None:
            return None
        called = _KINDS.get(found[1], ("", ""))[0] if found[1] else found[3]
        return self._known.get((called, found[2] or found[4]))


class _Listed(NamedTuple):
    place: Place
    stated: Mapping[str, Any]
    use: Mapping[str, Any]


class _Rule:
    """One rule of a plan: the event it is about and the properties it lists."""

    def __init__(self, file: SourceFile, at: Place, rule: Mapping[str, Any], resources: _Resources) -> None:
        self._file = file
        self._at = at
        self._rule = rule
        self._resources = resources
        self._losses = Losses(file.name)

    def add_to(self, drafts: Drafts) -> None:
        """Adds the contract of the rule."""
        used = self._rule.get("event")
        reference = used.get("$ref") if isinstance(used, Mapping) else used
        event = self._resources.at(reference)
        if event is None:
            raise refused(self._file.name, "rudderstack", "$.spec.rules")
        if "variants" in self._rule:
            self._losses.add((*self._at, "variants"), "variants")
        if "category" in event:
            self._losses.add((*self._at, "event"), "keyword", name="category")
        kind = text_of(event, "event_type") or "track"
        unplanned = used.get("allow_unplanned") if isinstance(used, Mapping) else None
        closed = False in (unplanned, self._rule.get("additional_properties"))
        section = used.get("identity_section") if isinstance(used, Mapping) else None
        section = section or self._rule.get("identity_section")
        if section:
            self._losses.add((*self._at, "event"), "envelope", name=str(section))
        schema = self._object(self._rule.get("properties"), (*self._at, "properties"), closed, ())
        payload = SchemaReader({}, self._losses).payload(schema, self._at)
        name = text_of(event, "name") if kind == "track" else ""
        title = name or f"{kind} call"
        described = Described(
            title, kind, name, payload, text_of(event, "description"), dialects=("rudderstack",)
        )
        drafts.add(described, self._losses)

    def _object(self, listed: object, at: Place, closed: bool, within: tuple[str, ...]) -> dict[str, Any]:
        properties: dict[str, Any] = {}
        required: list[str] = []
        for place, stated, use in self._listed(listed, at):
            name = text_of(stated, "name") or text_of(stated, "id")
            properties[name] = self._property(stated, use, place, within)
            if use.get("required") is True:
                required.append(name)
        found: dict[str, Any] = {"type": "object", "properties": properties, "required": required}
        return {**found, "additionalProperties": False} if closed else found

    def _listed(self, listed: object, at: Place) -> Iterator[_Listed]:
        for index, use in mappings(listed):
            reference = use.get("$ref") or use.get("property")
            stated = self._resources.at(reference)
            if stated is None:
                self._losses.add((*at, index), "nowhere")
            else:
                yield _Listed((*at, index), stated, use)

    def _property(
        self, stated: Mapping[str, Any], use: Mapping[str, Any], at: Place, within: tuple[str, ...]
    ) -> dict[str, Any]:
        schema = self._typed(stated, at, within)
        if "variants" in stated:
            self._losses.add(at, "variants")
        inner = use.get("properties")
        if inner and len(within) < _DEEPEST:
            unplanned = use.get("additional_properties", use.get("additionalProperties"))
            nested = self._object(inner, (*at, "properties"), unplanned is False, (*within, "."))
            if schema.get("type") == "array":
                schema = {**schema, "items": nested}
            else:
                schema = {**nested, "type": schema.get("type", "object")}
        told = text_of(stated, "description")
        return {**schema, "description": told} if told and schema else schema

    def _typed(self, stated: Mapping[str, Any], at: Place, within: tuple[str, ...]) -> dict[str, Any]:
        kind = stated.get("types", stated.get("type"))
        if isinstance(kind, str) and kind.startswith("#"):
            return self._custom(kind, at, within)
        kinds = [one.strip() for one in kind.split(",")] if isinstance(kind, str) else kind
        if not isinstance(kinds, list) or not kinds or kinds == [""]:
            return {}
        schema: dict[str, Any] = {"type": kinds[0] if len(kinds) == 1 else kinds}
        config = stated.get("propConfig", stated.get("config"))
        stated_items = stated.get("item_types", stated.get("item_type"))
        for key, value in config.items() if isinstance(config, Mapping) else ():
            name = _camel(key)
            if name in _CONFIG:
                schema[name] = value
            elif name in _ITEMS:
                stated_items = value
            else:
                self._losses.add((*at, key), "keyword", name=key)
        if stated_items is not None and "array" in kinds:
            schema["items"] = self._items(stated_items, at, within)
        return schema

    def _items(self, stated: object, at: Place, within: tuple[str, ...]) -> dict[str, Any]:
        kinds = stated if isinstance(stated, list) else [stated]
        if len(kinds) == 1:
            return self._typed({"type": kinds[0]}, at, within)
        return {"type": kinds}

    def _custom(self, reference: str, at: Place, within: tuple[str, ...]) -> dict[str, Any]:
        found = self._resources.at(reference)
        if found is None or reference in within or len(within) > _DEEPEST:
            self._losses.add(at, "nowhere" if found is None else "cycle")
            return {}
        if "variants" in found:
            self._losses.add(at, "variants")
        schema = self._typed(found, at, (*within, reference))
        if found.get("properties"):
            schema = self._object(found["properties"], at, False, (*within, reference))
        return schema


def _camel(key: str) -> str:
    return re.sub(r"_([a-z])", lambda found: found[1].upper(), key)
