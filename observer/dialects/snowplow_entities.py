"""Self-describing JSON: the event and the entities (contexts) inside a Snowplow event, whatever carries them.

{"schema": "iglu:.../unstruct_event/jsonschema/1-0-0", "data": {"schema": "iglu:...", "data": {...}}}
{"schema": "iglu:.../contexts/jsonschema/1-0-1", "data": [{"schema": "iglu:...", "data": {...}}, ...]}
"""

from typing import Final, NamedTuple

import msgspec

from observer.dialects.documents import READ_ERRORS, kind_of
from observer.dialects.snowplow_failures import Failure, failure
from observer.dialects.snowplow_iglu import SNOWPLOW_VENDOR, SchemaKey, schema_key
from observer.dialects.snowplow_reading import broken, is_utf8, refused
from observer.model import Finding, Signal, Undecodable, ViolationKind

SCHEMA_EXPECTED: Final = "iglu:<vendor>/<name>/jsonschema/<model>-<revision>-<addition>"
_EVENT_SCHEMA: Final = f"iglu:{SNOWPLOW_VENDOR}/unstruct_event/jsonschema/1-0-"
_ENTITIES_SCHEMA: Final = f"iglu:{SNOWPLOW_VENDOR}/contexts/jsonschema/1-0-"
PREFERENCES: Final = "snowplow_preferences"
GDPR: Final = "snowplow_gdpr"


class Entity(msgspec.Struct, frozen=True, gc=False):
    """One self-describing JSON."""

    schema: str
    data: msgspec.Raw


class _EventEnvelope(msgspec.Struct, frozen=True, gc=False):
    schema: str
    data: Entity


class _EntitiesEnvelope(msgspec.Struct, frozen=True, gc=False):
    schema: str
    data: tuple[Entity, ...]


_EVENT: Final = msgspec.json.Decoder(_EventEnvelope)
_ENTITIES: Final = msgspec.json.Decoder(_EntitiesEnvelope)


class SelfDescribed(NamedTuple):
    """A self-describing event. root: JSONPath of the payload; problems: what is wrong with its envelope."""

    key: SchemaKey
    payload: bytes
    root: str
    signals: tuple[Signal, ...] = ()
    problems: tuple[Finding, ...] = ()


class Entities(NamedTuple):
    """The entities of an event. vendors: sorted, each once; failures: what Snowplow found wrong with it."""

    vendors: tuple[str, ...] = ()
    signals: tuple[Signal, ...] = ()
    failures: tuple[Failure, ...] = ()
    problems: tuple[Finding, ...] = ()


NO_ENTITIES: Final = Entities()


def read_event(raw: bytes, field: str) -> SelfDescribed | Undecodable:
    """Returns the self-describing event in `raw`, which stood in `field`, or why it cannot be read."""
    try:
        envelope = _EVENT.decode(raw)
    except READ_ERRORS:
        return refused(raw, f"$.{field}") or _not_self_describing(f"$.{field}")
    found = described(envelope.data.schema, bytes(envelope.data.data), f"$.{field}.data.data")
    if isinstance(found, SelfDescribed) and not envelope.schema.startswith(_EVENT_SCHEMA):
        return found._replace(problems=(_wrong_envelope(field, "unstruct_event"),))
    return found


def described(schema: str, payload: bytes, root: str) -> SelfDescribed | Undecodable:
    """Returns the event that `schema` and `payload` make, or why they make none.

    Args: payload: valid JSON; root: its JSONPath.
    """
    key = schema_key(schema)
    if key is None:
        path = f"{root.removesuffix('.data')}.schema"
        return Undecodable("snowplow_bad_schema", path, SCHEMA_EXPECTED, "string" if schema else "nothing")
    refusal = payload_refused(payload, root)
    if refusal is not None:
        return refusal
    chosen = key.vendor == SNOWPLOW_VENDOR and key.name == "consent_preferences"
    signals = (Signal(PREFERENCES, payload),) if chosen else ()
    return SelfDescribed(key, payload, root, signals)


def payload_refused(payload: bytes, root: str) -> Undecodable | None:
    """Returns why a payload is no JSON object in UTF-8, or None where it is one."""
    if payload[:1] != b"{":
        return Undecodable("not_an_object", root, "object", kind_of(payload))
    if not is_utf8(payload):
        return Undecodable("wrong_encoding", root, "UTF-8", "other bytes")
    return None


def read_entities(raw: bytes, field: str) -> Entities:
    """Returns the entities in `raw`, which stood in `field`. Those that cannot be read are problems of the event:
    Snowplow refuses the event for them."""
    try:
        envelope = _ENTITIES.decode(raw)
    except READ_ERRORS:
        refusal = refused(raw, field) or _not_self_describing(field)
        return Entities(problems=(_wrong(field, refusal.expected, refusal.came),))
    entities = _sorted_out(envelope.data, field)
    if envelope.schema.startswith(_ENTITIES_SCHEMA):
        return entities
    return entities._replace(problems=(*entities.problems, _wrong_envelope(field, "contexts")))


def joined(first: Entities, second: Entities) -> Entities:
    """Returns both together, as an enriched event has `contexts` and `derived_contexts`."""
    if first is NO_ENTITIES:
        return second
    return Entities(
        tuple(sorted({*first.vendors, *second.vendors})),
        first.signals + second.signals,
        first.failures + second.failures,
        first.problems + second.problems,
    )


def _sorted_out(found: tuple[Entity, ...], field: str) -> Entities:
    vendors: set[str] = set()
    signals: list[Signal] = []
    failures: list[Failure] = []
    problems: tuple[Finding, ...] = ()
    for entity in found:
        key = schema_key(entity.schema)
        if key is None:
            problems = (_wrong(field, SCHEMA_EXPECTED, "string"),)
            continue
        vendors.add(key.vendor)
        if key.vendor != SNOWPLOW_VENDOR:
            continue
        if key.name == "gdpr":
            signals.append(Signal(GDPR, bytes(entity.data)))
        elif key.name == "failure":
            failures.append(failure(entity.data))
    return Entities(tuple(sorted(vendors)), tuple(signals), tuple(failures), problems)


def _not_self_describing(path: str) -> Undecodable:
    return Undecodable("snowplow_not_self_describing", path, "self-describing JSON", "other JSON")


def _wrong(field: str, expected: str, came: str) -> Finding:
    return broken(ViolationKind.WRONG_FORMAT, field, expected, came)


def _wrong_envelope(field: str, name: str) -> Finding:
    return broken(
        ViolationKind.WRONG_VERSION, f"{field}.schema", f"{name}/jsonschema/1-0-*", "another schema"
    )
