"""Snowplow enriched events as JSON, as its analytics SDKs and its loaders write them.

Each entity has a column of its own, named after its schema (`unstruct_event_com_example_sign_up_1`,
`contexts_org_w3_performance_timing_1`); the form that keeps `unstruct_event` and `contexts` self-describing is read
too. Source: Snowplow's analytics SDKs.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import msgspec
from msgspec import Raw

from observer.dialects.documents import READ_ERRORS, kind_of, refusal
from observer.dialects.snowplow_atomic import FIELDS, event_of_columns, refused_kind
from observer.dialects.snowplow_columns import ATOMIC
from observer.dialects.snowplow_entities import SelfDescribed, described, read_event
from observer.dialects.snowplow_failed import failed_event
from observer.dialects.snowplow_iglu import column_name, schema_key
from observer.dialects.snowplow_reading import broken, empty, is_utf8
from observer.dialects.snowplow_shredded import FAILURE_COLUMN, shredded_entities
from observer.model import Decoded, Finding, Record, Undecodable, ViolationKind

_HEAD: Final = 8192
_UNSTRUCT: Final = "unstruct_event"
_FAILED_ROOT: Final = f"$.{FAILURE_COLUMN}.data"
_NULL: Final = Raw(b"null")
_MEMBERS: Final = msgspec.json.Decoder(dict[str, Raw])
_TEXT: Final = msgspec.json.Decoder(str)
_PLAIN: Final = {name: f'"{name}":'.encode() for name in ATOMIC}


class SnowplowJsonDialect:
    """Decodes enriched events in JSON, failed ones among them."""

    name: Final = "snowplow_json"
    fields: Final = (
        *FIELDS,
        ("name", "unstruct: <$.event_vendor>/<$.event_name>; struct: $.se_action"),
        ("payload", "unstruct: $.unstruct_event_<vendor>_<name>_<model>; else the columns that are not null"),
        ("root", "$.unstruct_event_<vendor>_<name>_<model>, or $"),
        ("vendors", "schema vendors of the columns contexts_*, where they are public or the event's own"),
        ("version", "$.event_version"),
        ("upstream", f"failureType of each entity in $.{FAILURE_COLUMN}"),
    )

    def decode(self, record: Record) -> Sequence[Decoded]:
        """Returns the one event of the document; see Dialect."""
        value = record.value
        if not value:
            return [empty(value)]
        try:
            columns = _MEMBERS.decode(value)
        except READ_ERRORS:
            return [refusal(value) or Undecodable("not_an_object", "$", "object", kind_of(value.strip()))]
        if not is_utf8(value):
            return [Undecodable("wrong_encoding", "$", "UTF-8", "other bytes")]
        return [_event(columns)]

    def alone(self, record: Record, index: int) -> bytes | None:
        """Returns the document as it came, since it holds one event; see Dialect."""
        return record.value

    def recognises(self, record: Record) -> int:
        """Returns how surely this is an enriched event, by two columns that each has; see Dialect."""
        head = (record.value or b"")[:_HEAD]
        if head.lstrip()[:1] != b"{" or b"badrows" in head[:512]:
            return 0
        return 95 if b'"collector_tstamp"' in head and b'"event_id"' in head else 0


def _event(columns: Mapping[str, Raw]) -> Decoded:
    problems: list[Finding] = []

    def read(name: str) -> str:
        return _text(columns, name, problems)

    kind = read("event")
    refusal = refused_kind(kind)
    if refusal is not None:
        return refusal
    vendor = read("event_vendor")
    entities = shredded_entities(columns, vendor)
    if kind != "unstruct":
        return event_of_columns(kind, read, entities, None, _plain_columns(columns), problems)
    described_event = _described(columns, vendor, read) or failed_event(entities.failures, _FAILED_ROOT)
    if isinstance(described_event, Undecodable):
        return described_event
    return event_of_columns(kind, read, entities, described_event, b"", problems)


def _described(
    columns: Mapping[str, Raw], vendor: str, read: Callable[[str], str]
) -> SelfDescribed | Undecodable | None:
    """Returns the self-describing event, why it cannot be read, or None where there is none."""
    whole = columns.get(_UNSTRUCT, _NULL)
    if whole != _NULL:
        return read_event(bytes(whole), _UNSTRUCT)
    name = read("event_name")
    uri = f"iglu:{vendor}/{name}/jsonschema/{read('event_version')}"
    key = schema_key(uri)
    column = _event_column(columns, "" if key is None else column_name(_UNSTRUCT, key))
    if column is None:
        return None
    if not (vendor and name):
        return Undecodable("no_name", "$.event_name", "string", "nothing")
    if key is None:
        return Undecodable("snowplow_bad_schema", "$.event_version", "SchemaVer", "other text")
    return described(uri, bytes(columns[column]), f"$.{column_name(_UNSTRUCT, key)}")


def _event_column(columns: Mapping[str, Raw], expected: str) -> str | None:
    """Returns the column of the self-describing event: the expected one, or else the only one that there is."""
    if columns.get(expected, _NULL) != _NULL:
        return expected
    others = [name for name, raw in columns.items() if name.startswith(f"{_UNSTRUCT}_") and raw != _NULL]
    return others[0] if len(others) == 1 else None


def _plain_columns(columns: Mapping[str, Raw]) -> bytes:
    parts = [_PLAIN[name] + bytes(raw) for name, raw in columns.items() if raw != _NULL and name in _PLAIN]
    return b"{" + b",".join(parts) + b"}"


def _text(columns: Mapping[str, Raw], name: str, problems: list[Finding]) -> str:
    raw = columns.get(name, _NULL)
    if raw == _NULL:
        return ""
    try:
        return _TEXT.decode(raw)
    except READ_ERRORS:
        problems.append(broken(ViolationKind.TYPE_MISMATCH, name, "string", kind_of(raw)))
        return ""


SNOWPLOW_JSON: Final = SnowplowJsonDialect()
