"""The Iglu webhook: any tool that can call an address sends a self-describing event, without a tracker.

Source: Snowplow's documentation of `/com.snowplowanalytics.iglu/v1`. The schema stands in the query, and the data in
the other parameters, in a JSON body (a list holds one event each) or in a form; or the body is self-describing.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Final

import msgspec

from observer.dialects.carried import of_page
from observer.dialects.documents import refusal
from observer.dialects.snowplow_batch import Envelope, open_envelope
from observer.dialects.snowplow_entities import SCHEMA_EXPECTED, described
from observer.dialects.snowplow_query import parameters
from observer.dialects.snowplow_reading import empty, epoch_milliseconds, refused, tracker
from observer.dialects.splitting import REMEMBERED, split_array
from observer.model import Decoded, Event, Finding, Record, Undecodable

PATH: Final = "/com.snowplowanalytics.iglu/"
LIBRARY, LIBRARY_VERSION = tracker("com.snowplowanalytics.iglu-v1")

_NOT_DATA: Final = frozenset({"schema", "nuid", "aid", "cv", "p"})
_ENCODE: Final[Callable[[object], bytes]] = msgspec.json.Encoder().encode


def decode_webhook(record: Record) -> Sequence[Decoded]:
    """Returns the events of a call to the webhook."""
    query, problems = parameters(record.path.partition("?")[2])
    schema = query.get("schema")
    body = (record.value or b"").strip()
    if not body and not query:
        return [empty(record.value)]
    if not body:
        return [_event(schema, _flat(query), "$", query, problems)]
    if schema is None:
        envelope = open_envelope(body)
        return [
            envelope if isinstance(envelope, Undecodable) else decode_described(envelope, query, problems)
        ]
    if body[:1] == b"[":
        return _decode_list(body, schema, query, problems)
    if body[:1] == b"{":
        return [_event(schema, body, "$", query, problems)]
    return [_event(schema, *_form(body), query, problems)]


def decode_described(
    envelope: Envelope, query: Mapping[str, str], problems: tuple[Finding, ...] = ()
) -> Decoded:
    """Returns the event of a self-describing body."""
    return _event(envelope.schema, envelope.data, "$.data", query, problems)


def webhook_alone(record: Record, index: int) -> bytes | None:
    """Returns the body with the event at `index` alone, or the body as it came where it holds one event."""
    items = _listed(record.value) if record.value else None
    return record.value if items is None or len(items) < 2 else b"[" + items[index] + b"]"


@lru_cache(maxsize=REMEMBERED)
def _listed(value: bytes) -> tuple[bytes, ...] | None:
    body = value.strip()
    return split_array(body) if body[:1] == b"[" else None


def _decode_list(
    body: bytes, schema: str, query: Mapping[str, str], problems: tuple[Finding, ...]
) -> Sequence[Decoded]:
    items = split_array(body)
    if items is None:
        return [refusal(body) or Undecodable("not_json", "$", "array", "other bytes")]
    if not items:
        return [Undecodable("empty_batch", "$", "an event", "empty array")]
    return [_event(schema, item, "$", query, problems) for item in items]


def _event(
    schema: str | None, payload: bytes, root: str, query: Mapping[str, str], problems: tuple[Finding, ...]
) -> Decoded:
    if schema is None:
        return Undecodable("no_name", "$.schema", SCHEMA_EXPECTED, "nothing")
    found = refused(payload, root) or described(schema, payload, root)
    if isinstance(found, Undecodable):
        return found
    return Event(
        "unstruct",
        found.key.title,
        payload,
        root,
        query.get("eid", ""),
        "",
        query.get("nuid", ""),
        epoch_milliseconds(query.get("ttm", "")),
        signals=found.signals + of_page(query.get("url", "")),
        library=LIBRARY,
        library_version=LIBRARY_VERSION,
        url=query.get("url", ""),
        version=found.key.version,
        problems=problems,
    )


def _flat(query: Mapping[str, str]) -> bytes:
    """Returns the data of an event whose parameters are its properties; an empty one is null."""
    return _ENCODE({name: value or None for name, value in query.items() if name not in _NOT_DATA})


def _form(body: bytes) -> tuple[bytes, str]:
    fields, _ = parameters(body.decode("utf-8", "replace"))
    return _ENCODE({name: value or None for name, value in fields.items()}), "$"
