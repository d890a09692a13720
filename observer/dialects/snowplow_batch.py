"""The envelope of a POST: `payload_data` with its list of events, taken apart without touching their bytes."""

from functools import lru_cache
from typing import Final, NamedTuple

from observer.dialects.base import Cut
from observer.dialects.batches import cut_from
from observer.dialects.documents import BYTE_ORDER_MARK, kind_of, refusal
from observer.dialects.snowplow_reading import broken
from observer.dialects.splitting import REMEMBERED, key_text, split_array, split_object
from observer.model import Finding, Undecodable, ViolationKind

PAYLOAD_DATA: Final = "iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-"


class Envelope(NamedTuple):
    """A self-describing body. schema: "" where it has none; data: the bytes of the member `data`, or b"" where it has
    none."""

    schema: str
    data: bytes

    @property
    def holds_events(self) -> bool:
        """Returns whether this is a batch of tracker events: by its schema, or by its list where it names none."""
        return self.schema.startswith(PAYLOAD_DATA) or (not self.schema and self.data[:1] == b"[")


def open_envelope(body: bytes) -> Envelope | Undecodable:
    """Returns the parts of a POST body, even of one that no parser accepts whole, or why it is no JSON object."""
    members = split_object(body)
    if members is None:
        document = body.removeprefix(BYTE_ORDER_MARK)
        return refusal(document) or Undecodable("not_an_object", "$", "object", kind_of(document.strip()))
    schema, data = "", b""
    for name, value in members:
        member = key_text(name)
        if member == "schema":
            schema = key_text(value) or ""
        elif member == "data":
            data = value
    return Envelope(schema, data)


def events_of(envelope: Envelope) -> tuple[bytes, ...] | Undecodable:
    """Returns the bytes of each event in a batch, at least one, or why there is none."""
    items = split_array(envelope.data)
    if items is None:
        return Undecodable(
            "empty_batch", "$.data", "array", kind_of(envelope.data) if envelope.data else "nothing"
        )
    return items or Undecodable("empty_batch", "$.data", "an event", "empty array")


def event_cut(body: bytes, index: int) -> Cut | None:
    """Returns the event at `index` and what its batch has around it; None where it already stands alone."""
    return cut_from(body, "data", index) if _is_batch(body) else None


@lru_cache(maxsize=REMEMBERED)
def _is_batch(body: bytes) -> bool:
    envelope = open_envelope(body)
    return not isinstance(envelope, Undecodable) and envelope.holds_events


def schema_missing(envelope: Envelope) -> tuple[Finding, ...]:
    """Returns the broken rule of a batch that does not name its schema."""
    if envelope.schema:
        return ()
    return (broken(ViolationKind.MISSING_REQUIRED, "schema", f"{PAYLOAD_DATA}4", "nothing"),)
