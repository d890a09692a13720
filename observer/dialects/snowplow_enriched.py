"""Snowplow enriched events: one line of 131 tab-separated columns, as its pipeline writes them to a stream.

Source: Snowplow's canonical event model, and the column order of its analytics SDKs.
"""

from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from observer.dialects.snowplow_atomic import FIELDS, event_of_columns, refused_kind
from observer.dialects.snowplow_columns import ATOMIC, COLUMNS
from observer.dialects.snowplow_entities import (
    NO_ENTITIES,
    Entities,
    SelfDescribed,
    joined,
    read_entities,
    read_event,
)
from observer.dialects.snowplow_failed import failed_event
from observer.dialects.snowplow_reading import empty
from observer.model import Decoded, Record, Undecodable

_WIDTH: Final = len(COLUMNS)
_PLACES: Final = {name: place for place, name in enumerate(COLUMNS)}
_FAILED_ROOT: Final = "$.derived_contexts.data.data.data"
_ENCODE: Final[Callable[[object], bytes]] = msgspec.json.Encoder().encode


class SnowplowEnrichedDialect:
    """Decodes enriched events, failed ones among them."""

    name: Final = "snowplow_enriched"
    fields: Final = (
        *FIELDS,
        ("name", "unstruct: <vendor>/<name> of the event's schema; struct: $.se_action"),
        (
            "payload",
            "unstruct: the event's data; else all columns that are not empty and hold no JSON, as strings",
        ),
        ("root", "$.unstruct_event.data.data, or $"),
        ("vendors", "schema vendors of $.contexts and $.derived_contexts"),
        ("version", "SchemaVer of the event's schema"),
        ("upstream", "failureType of each failure entity in $.derived_contexts"),
    )

    def decode(self, record: Record) -> Sequence[Decoded]:
        """Returns the one event of the line; see Dialect."""
        value = record.value
        if not value:
            return [empty(value)]
        try:
            columns = value.decode().rstrip("\r\n").split("\t")
        except UnicodeDecodeError:
            return [Undecodable("wrong_encoding", "$", "UTF-8", "other bytes")]
        if len(columns) != _WIDTH:
            return [Undecodable("snowplow_column_count", "$", f"{_WIDTH} columns", f"{len(columns)} columns")]
        return [_event(columns)]

    def alone(self, record: Record, index: int) -> bytes | None:
        """Returns the line as it came, since it holds one event; see Dialect."""
        return record.value

    def recognises(self, record: Record) -> int:
        """Returns how surely this is an enriched event, by its tabs; see Dialect."""
        value = record.value
        if not value or value[:1] in b"{[":
            return 0
        tabs = value.count(b"\t")
        if tabs == _WIDTH - 1:
            return 100
        return 40 if tabs >= 100 else 0


def _event(columns: list[str]) -> Decoded:
    def read(name: str) -> str:
        return columns[_PLACES[name]]

    kind = read("event")
    refusal = refused_kind(kind)
    if refusal is not None:
        return refusal
    entities = _entities(read("contexts"), read("derived_contexts"))
    if kind != "unstruct":
        return event_of_columns(kind, read, entities, None, _plain_columns(columns), [])
    described = _described(read("unstruct_event"), entities)
    if isinstance(described, Undecodable):
        return described
    return event_of_columns(kind, read, entities, described, b"", [])


def _plain_columns(columns: list[str]) -> bytes:
    plain = {name: text for name, text in zip(COLUMNS, columns, strict=True) if text and name in ATOMIC}
    return _ENCODE(plain)


def _described(text: str, entities: Entities) -> SelfDescribed | Undecodable:
    if text:
        return read_event(text.encode(), "unstruct_event")
    return failed_event(entities.failures, _FAILED_ROOT)


def _entities(contexts: str, derived: str) -> Entities:
    found = read_entities(contexts.encode(), "contexts") if contexts else NO_ENTITIES
    return joined(found, read_entities(derived.encode(), "derived_contexts")) if derived else found


SNOWPLOW_ENRICHED: Final = SnowplowEnrichedDialect()
