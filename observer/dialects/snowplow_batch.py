"""The envelope of a POST: `payload_data` with its list of events, taken apart without touching their bytes."""

from typing import Final, NamedTuple

from observer.dialects.documents import BYTE_ORDER_MARK, kind_of, refusal
from observer.dialects.snowplow_reading import broken
from observer.dialects.splitting import join_object, key_text, split_array, split_object
from observer.model import Finding, Undecodable, ViolationKind

PAYLOAD_DATA: Final = "iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-"


class Envelope(NamedTuple):
    """A self-describing body. members: (name, value) as they came, names with their quotes; schema: "" where it has
    none; data: the bytes of the member `data`, or b"" where it has none."""

    members: list[tuple[bytes, bytes]]
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
    return Envelope(members, schema, data)


def events_of(envelope: Envelope) -> list[bytes] | Undecodable:
    """Returns the bytes of each event in a batch, never an empty list, or why there is none."""
    items = split_array(envelope.data)
    if items is None:
        return Undecodable(
            "empty_batch", "$.data", "array", kind_of(envelope.data) if envelope.data else "nothing"
        )
    return items or Undecodable("empty_batch", "$.data", "an event", "empty array")


def event_alone(envelope: Envelope, index: int) -> bytes | None:
    """Returns the body with the event at `index` alone in its list, its bytes unchanged; None where it already
    stands alone."""
    events = events_of(envelope)
    if isinstance(events, Undecodable) or len(events) == 1:
        return None
    alone = b"[" + events[index] + b"]"
    return join_object(
        [(name, alone if key_text(name) == "data" else value) for name, value in envelope.members]
    )


def schema_missing(envelope: Envelope) -> tuple[Finding, ...]:
    """Returns the broken rule of a batch that does not name its schema."""
    if envelope.schema:
        return ()
    return (broken(ViolationKind.MISSING_REQUIRED, "schema", f"{PAYLOAD_DATA}4", "nothing"),)
