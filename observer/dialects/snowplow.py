"""Snowplow tracker protocol 2: what its trackers send to a collector.

POST `payload_data` to `/com.snowplowanalytics.snowplow/tp2` or to a path of one's own; GET `/i` with one event in the
query; the Iglu webhook. Source: Snowplow's tracker protocol; `payload_data` 1-0-4 and `unstruct_event` 1-0-0 of Iglu
Central.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from observer.dialects.base import Cut
from observer.dialects.carried import AROUND, with_request
from observer.dialects.documents import READ_ERRORS
from observer.dialects.snowplow_batch import (
    PAYLOAD_DATA,
    event_cut,
    events_of,
    open_envelope,
    schema_missing,
)
from observer.dialects.snowplow_item import checked, event_of, item_of, missing
from observer.dialects.snowplow_query import parameters
from observer.dialects.snowplow_reading import empty
from observer.dialects.snowplow_webhook import PATH, decode_described, decode_webhook, webhook_alone
from observer.model import Decoded, Finding, Record, Undecodable

_HEAD: Final = 512


class _Batch(msgspec.Struct, frozen=True, gc=False):
    schema: str
    data: list[dict[str, str]]


_BATCH: Final = msgspec.json.Decoder(_Batch)


class SnowplowDialect:
    """Decodes requests of Snowplow trackers. Every event of a batch stands for itself."""

    name: Final = "snowplow"
    fields: Final = (
        (
            "kind",
            "$.e, in words: pv page_view, pp page_ping, se struct, ue unstruct, tr transaction, ti transaction_item",
        ),
        ("name", "unstruct: <vendor>/<name> of the event's schema; struct: $.se_ac"),
        (
            "payload",
            "unstruct: the event's data; else all parameters under the names of their columns, as strings",
        ),
        ("root", "$.ue_px.data.data, $.ue_pr.data.data, or $"),
        ("message_id", "$.eid"),
        ("user_id", "$.uid"),
        ("anonymous_id", "$.duid, else $.tnuid, else $.nuid"),
        ("created", "$.ttm, else $.dtm"),
        ("sent", "$.stm"),
        (
            "signals",
            "snowplow_preferences: a consent_preferences event; snowplow_gdpr: each gdpr entity in $.cx or $.co; "
            + AROUND,
        ),
        ("library", "$.tv before the first dash, as snowplow-js"),
        ("library_version", "$.tv after the first dash"),
        ("url", "$.url"),
        ("vendors", "schema vendors of the entities in $.cx and $.co"),
        ("version", "SchemaVer of the event's schema"),
        ("problems", "what payload_data forbids, and entities or times that cannot be read"),
    )

    def decode(self, record: Record) -> Sequence[Decoded]:
        """Returns the events of a request, in their order; see Dialect."""
        return with_request(self._events(record), record)

    def _events(self, record: Record) -> Sequence[Decoded]:
        path = record.path
        if path.startswith(PATH):
            return decode_webhook(record)
        query = path.partition("?")[2] if "?" in path else ""
        value = record.value
        if not value:
            return [_from_query(query) if query else empty(value)]
        if not query:
            try:
                batch = _BATCH.decode(value)
            except READ_ERRORS:
                return _decode_slowly(value, query)
            if batch.data and batch.schema.startswith(PAYLOAD_DATA):
                return [event_of(item, checked(item)) for item in batch.data]
        return _decode_slowly(value, query)

    def alone(self, record: Record, index: int) -> bytes | None:
        """Returns the request with one of its events; see Dialect."""
        if record.path.startswith(PATH):
            return webhook_alone(record, index)
        cut = self.cut(record, index)
        return record.value if cut is None else cut.whole

    def cut(self, record: Record, index: int) -> Cut | None:
        """Returns one of its events and what the request has around it; see Sharing."""
        if record.path.startswith(PATH) or not record.value:
            return None
        return event_cut(record.value, index)

    def recognises(self, record: Record) -> int:
        """Returns how surely this is a tracker's request; see Dialect."""
        path = record.path
        if path.startswith((PATH, "/com.snowplowanalytics.snowplow/tp2", "/r/tp2")):
            return 100
        value = record.value
        if not value:
            return 90 if path.startswith("/i?") else 0
        return _recognised_body(value)


def _recognised_body(value: bytes) -> int:
    ends = value[:_HEAD] + value[-_HEAD:]
    if b"payload_data" in ends and b"badrows" not in value[:_HEAD]:
        return 100
    if value.lstrip()[:1] == b"{" and b'"iglu:' in ends and b"badrows" not in ends:
        return 40
    return 0


def _from_query(query: str) -> Decoded:
    item, problems = parameters(query)
    return event_of(item, problems + missing(item))


def _decode_slowly(value: bytes, query: str) -> Sequence[Decoded]:
    envelope = open_envelope(value)
    if isinstance(envelope, Undecodable):
        return [envelope]
    added, problems = parameters(query) if query else ({}, ())
    if not envelope.holds_events:
        if not envelope.schema:
            return [Undecodable("unsupported_format", "$.schema", PAYLOAD_DATA + "4", "nothing")]
        return [decode_described(envelope, added, problems)]
    items = events_of(envelope)
    if isinstance(items, Undecodable):
        return [items]
    problems += schema_missing(envelope)
    return [_from_item(item, added, problems) for item in items]


def _from_item(raw: bytes, added: Mapping[str, str], problems: tuple[Finding, ...]) -> Decoded:
    read = item_of(raw)
    if isinstance(read, Undecodable):
        return read
    item, found = read
    return event_of(item | dict(added), problems + found)


SNOWPLOW: Final = SnowplowDialect()
