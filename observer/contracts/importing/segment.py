"""Segment tracking plans, as the Public API gives rules and as the older plans of the Config API hold events."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from observer.contracts.importing.drafting import Described, Drafts, SourceFile, mappings, text_of
from observer.contracts.importing.losses import Losses
from observer.contracts.importing.refusal import refused
from observer.contracts.importing.schema_reader import SchemaReader
from observer.contracts.report import Place

_PAYLOADS: Final[Mapping[str, str]] = {
    "track": "properties", "page": "properties", "screen": "properties", "identify": "traits", "group": "traits",
}  # fmt: skip
"""kind → the part of the message that its contract judges."""
_PLAN: Final = frozenset(
    {"rules", "events", "name", "display_name", "create_time", "update_time", "id", "slug"}
)


def read(files: Sequence[SourceFile], drafts: Drafts) -> None:
    """Adds a contract for each rule of the plans. Raises InputError for a file that is no such plan."""
    for file in files:
        rules = list(_rules(file))
        if not rules:
            raise refused(file.name, "segment")
        for at, kind, rule in rules:
            _add(file, at, kind, rule, drafts)


def _rules(file: SourceFile) -> Iterator[tuple[Place, str, Mapping[str, Any]]]:
    """Yields (place, kind, rule) of one plan; the rule has its JSON Schema at `rules` or `jsonSchema`."""
    value, at = file.value, tuple[str, ...]()
    if isinstance(value, Mapping) and isinstance(value.get("data"), Mapping):
        value, at = value["data"], ("data",)
    rules = value.get("rules") if isinstance(value, Mapping) else value
    at = (*at, "rules") if isinstance(value, Mapping) else at
    for index, rule in mappings(rules):
        kind = text_of(rule, "type").lower()
        if kind in _PAYLOADS:
            yield (*at, index), kind, rule
    if isinstance(rules, Mapping):
        for index, rule in mappings(rules.get("events")):
            yield (*at, "events", index), "track", rule
        for kind in ("identify", "group"):
            schema = rules.get(kind) or rules.get(f"{kind}_traits")
            if isinstance(schema, Mapping) and schema.get("properties"):
                yield (*at, kind), kind, {"rules": schema}


def _add(file: SourceFile, at: Place, kind: str, rule: Mapping[str, Any], drafts: Drafts) -> None:
    losses = Losses(file.name)
    key = "jsonSchema" if "jsonSchema" in rule else "rules"
    schema = rule.get(key)
    if not isinstance(schema, Mapping):
        raise refused(file.name, "segment", "$." + ".".join(map(str, at)))
    part = _PAYLOADS[kind]
    parts = schema.get("properties")
    inner = parts.get(part, {}) if isinstance(parts, Mapping) else {}
    _envelope(schema, part, (*at, key), losses)
    name = text_of(rule, "name", "key") if kind == "track" else ""
    payload = SchemaReader(schema, losses).payload(inner, (*at, key, "properties", part))
    version = rule.get("version")
    described = Described(
        title=name or f"{kind} call",
        kind=kind,
        event=name,
        payload=payload,
        description=text_of(rule, "description") or text_of(schema, "description"),
        version=f"{version}.0.0" if isinstance(version, int) and version > 0 else "1.0.0",
        dialects=("segment",),
    )
    drafts.add(described, losses)


def _envelope(schema: Mapping[str, Any], part: str, at: Place, losses: Losses) -> None:
    """Tells what the plan asks of the message around the payload: a contract judges the payload alone."""
    parts = schema.get("properties")
    for name, stated in parts.items() if isinstance(parts, Mapping) else ():
        if (
            name != part
            and isinstance(stated, Mapping)
            and (stated.get("properties") or stated.get("required"))
        ):
            losses.add((*at, "properties", name), "envelope", name=name)
    if schema.get("labels"):
        losses.add((*at, "labels"), "keyword", name="labels")
