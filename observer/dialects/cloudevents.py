"""CloudEvents 1.0: structured, batched or binary, over HTTP and Kafka.

Source: the CloudEvents specification 1.0.2 with its JSON format and its HTTP and Kafka bindings. What the body
is decides, since clients send wrong content types; `recordedtime` is the extension of the same project.
"""

import binascii
import re
from base64 import b64decode
from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import unquote

import msgspec
from msgspec import Raw

from observer.dialects.carried import AROUND, with_request
from observer.dialects.documents import BYTE_ORDER_MARK, WHITESPACE, kind_of, refusal
from observer.dialects.instants import seconds
from observer.dialects.mending import ABSENT, NULL, Instant, Text, read_envelope
from observer.dialects.splitting import split_array
from observer.model import Decoded, Event, Finding, Record, Undecodable, ViolationKind

_MEDIA: Final = "application/cloudevents"
_ENCODINGS: Final = frozenset({"", "+json", "-batch", "-batch+json"})
_PREFIXES: Final = ("ce-", "ce_")
_EDITION: Final = "1.0"
_OWN_WORD: Final = re.compile(rb'"specversion"\s*:')
_VERSION: Final = re.compile(r"[/:]v?(\d+(?:[.-]\d+)*)(?:\.json)?/?$")


class _Attributes(msgspec.Struct, frozen=True, gc=False):
    """The context attributes that the observer reads, and the data."""

    specversion: Text = None
    id: Text = None
    source: Text = None
    type: Text = None
    time: Instant = None
    recordedtime: Instant = None
    dataschema: Text = None
    datacontenttype: Text = None
    data: Raw = ABSENT
    data_base64: Text = None


_STRICT: Final = msgspec.json.Decoder(_Attributes)


class CloudEvents:
    """CloudEvents in each mode that HTTP and Kafka have."""

    name = "cloudevents"
    fields = (
        ("kind", "always `cloudevent`"),
        ("name", "`type`"),
        ("payload", "`data`, or what `data_base64` holds, or the body in binary mode"),
        ("message_id", "`source`, a space, `id`: an id holds within its source"),
        ("created", "`time`"),
        ("received", "`recordedtime`"),
        ("signals", AROUND),
        ("version", "the version that ends `dataschema`"),
    )

    def decode(self, record: Record) -> Sequence[Decoded]:
        """Returns the events of a request, a Kafka record or a line. Raises nothing."""
        return with_request(_events(record), record)

    def alone(self, record: Record, index: int) -> bytes | None:
        """Returns a batch of that one event; a record of one event as it came."""
        value = record.value
        if value is None or _binary_prefix(record.headers):
            return value
        items = split_array(value)
        return value if items is None or len(items) < 2 else b"[" + items[index] + b"]"

    def recognises(self, record: Record) -> int:
        """Returns 100 for the headers of CloudEvents, 95 for a body that names a specversion."""
        if _media(record.headers).startswith(_MEDIA) or _binary_prefix(record.headers):
            return 100
        return 95 if record.value and _OWN_WORD.search(record.value) else 0


def _events(record: Record) -> list[Decoded]:
    media = _media(record.headers)
    if media.startswith(_MEDIA):
        if media.removeprefix(_MEDIA) not in _ENCODINGS:
            return [Undecodable("unsupported_format", "$", "the JSON format", "another format")]
    elif _binary_prefix(record.headers):
        return [_binary(record)]
    value = (record.value or b"").removeprefix(BYTE_ORDER_MARK).strip(WHITESPACE)
    if value[:1] != b"[":
        return [_structured(value if record.value is not None else None)]
    items = split_array(value)
    if items is None:
        return [refusal(value) or Undecodable("not_json", "$", "JSON", "other bytes")]
    if not items:
        return [Undecodable("empty_batch", "$", "an event", "empty array")]
    return [_structured(item) for item in items]


def _media(headers: Mapping[str, str]) -> str:
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def _binary_prefix(headers: Mapping[str, str]) -> str:
    return next((prefix for prefix in _PREFIXES if f"{prefix}specversion" in headers), "")


def _structured(raw: bytes | None) -> Decoded:
    read = Undecodable("tombstone", "$", "bytes", "nothing") if raw is None else read_envelope(_STRICT, raw)
    if isinstance(read, Undecodable):
        return read
    attributes, problems = read
    inline, packed = attributes.data, attributes.data_base64
    if packed is None or (inline and inline != NULL):
        if packed is not None:
            problems += (_envelope(ViolationKind.UNEXPECTED_PROPERTY, "$.data_base64", "nothing", "string"),)
        if inline and kind_of(inline) == "string" and not _is_json(attributes.datacontenttype or ""):
            return Undecodable("data_not_json", "$.data", "JSON", "another content type")
        return _event(attributes, inline, "$.data", problems)
    try:
        data = b64decode(packed, validate=True)
    except (binascii.Error, ValueError):
        return Undecodable("bad_base64", "$.data_base64", "base64", "another string")
    if refusal(data) is not None:
        return Undecodable("data_not_json", "$.data_base64", "JSON", "other bytes")
    return _event(attributes, data, "$.data_base64", problems)


def _binary(record: Record) -> Decoded:
    if record.value is None:
        return Undecodable("tombstone", "$", "bytes", "nothing")
    prefix = _binary_prefix(record.headers)
    # HTTP headers spell what is not ASCII in percent encoding; Kafka headers are UTF-8 as they are.
    spelled = unquote if prefix == "ce-" else str
    read = read_envelope(
        _STRICT,
        msgspec.json.encode(
            {
                name.removeprefix(prefix): spelled(value).encode(errors="replace").decode()
                for name, value in record.headers.items()
                if name.startswith(prefix)
            }
        ),
    )
    if isinstance(read, Undecodable):
        return read
    attributes, problems = read
    if record.value and refusal(record.value) is not None:
        return Undecodable("data_not_json", "$", "JSON", "other bytes")
    return _event(attributes, record.value, "$", problems)


def _event(attributes: _Attributes, data: bytes, root: str, problems: tuple[Finding, ...]) -> Decoded:
    if not attributes.specversion:
        return Undecodable("not_cloudevents", "$.specversion", "string", "nothing")
    if attributes.specversion != _EDITION:
        return Undecodable("unsupported_format", "$.specversion", _EDITION, "another version")
    if not attributes.type:
        return Undecodable("no_type", "$.type", "string", "nothing")
    missing = [
        _envelope(ViolationKind.MISSING_REQUIRED, f"$.{name}", "string", "nothing")
        for name, value in (("id", attributes.id), ("source", attributes.source))
        if not value
    ]
    version = _VERSION.search(attributes.dataschema or "")
    return Event(
        kind="cloudevent",
        name=attributes.type,
        payload=data or b"{}",
        root=root,
        message_id=f"{attributes.source or ''} {attributes.id}".lstrip() if attributes.id else "",
        created=seconds(attributes.time),
        received=seconds(attributes.recordedtime),
        version=version.group(1) if version is not None else "",
        problems=(*problems, *missing),
    )


def _is_json(media: str) -> bool:
    essence = media.partition(";")[0].strip().lower()
    return not essence or essence.endswith(("/json", "+json"))


def _envelope(kind: ViolationKind, path: str, expected: str, came: str) -> Finding:
    return Finding(kind, f"envelope:{path}", path, expected, came)
