"""Snowplow bad rows: what its pipeline refused, with its reason. Each counts as an event that failed upstream.

Source: Iglu Central, `com.snowplowanalytics.snowplow.badrows/*`. The payload of a bad row, which is the refused event
itself with all that is personal in it, is not read; nor is one row taken for the several events that a refused
request may have held, since it does not say how many they were.
"""

from collections.abc import Sequence
from typing import Final

import msgspec
from msgspec import Raw

from observer.dialects.documents import READ_ERRORS, kind_of, refusal
from observer.dialects.snowplow_failures import upstream
from observer.dialects.snowplow_iglu import SNOWPLOW_VENDOR, schema_key
from observer.dialects.snowplow_reading import broken, empty, is_utf8, moment
from observer.model import Decoded, Event, Finding, Record, Undecodable, ViolationKind

_VENDOR: Final = f"{SNOWPLOW_VENDOR}.badrows"
_SCHEMA_EXPECTED: Final = f"iglu:{_VENDOR}/<type>/jsonschema/<version>"
_HEAD: Final = 1024


class _BadRow(msgspec.Struct, frozen=True, gc=False):
    schema: str = ""
    data: Raw = Raw(b"")


class _Data(msgspec.Struct, frozen=True, gc=False):
    processor: Raw = Raw(b"")
    failure: Raw = Raw(b"")


class _Processor(msgspec.Struct, frozen=True, gc=False):
    artifact: str
    version: str


class _Stamped(msgspec.Struct, frozen=True, gc=False):
    timestamp: str = ""


_ROW: Final = msgspec.json.Decoder(_BadRow)
_DATA: Final = msgspec.json.Decoder(_Data)
_PROCESSOR: Final = msgspec.json.Decoder(_Processor)
_STAMPED: Final = msgspec.json.Decoder(_Stamped)


class SnowplowBadRowsDialect:
    """Decodes bad rows."""

    name: Final = "snowplow_bad_rows"
    fields: Final = (
        ("kind", "bad_row"),
        ("name", "the bad row's type, as schema_violations"),
        ("payload", "$.data.failure; where that is a list, an object that holds it as failure"),
        ("root", "$.data.failure, or $.data"),
        ("created", "$.data.failure.timestamp, by the clock of the processor"),
        ("library", "$.data.processor.artifact"),
        ("library_version", "$.data.processor.version"),
        ("version", "SchemaVer of the bad row"),
        ("upstream", "the bad row's type"),
        ("problems", "a missing failure or processor"),
    )

    def decode(self, record: Record) -> Sequence[Decoded]:
        """Returns the one bad row of the document; see Dialect."""
        value = record.value
        if not value:
            return [empty(value)]
        try:
            row = _ROW.decode(value)
        except READ_ERRORS:
            return [refusal(value) or _misfit(value)]
        if not is_utf8(value):
            return [Undecodable("wrong_encoding", "$", "UTF-8", "other bytes")]
        return [_event(row)]

    def alone(self, record: Record, index: int) -> bytes | None:
        """Returns the document as it came, since it holds one bad row; see Dialect."""
        return record.value

    def recognises(self, record: Record) -> int:
        """Returns how surely this is a bad row, by its schema, which stands first or last; see Dialect."""
        value = record.value or b""
        ends = (value[:_HEAD], value[-_HEAD:])
        if value.lstrip()[:1] != b"{":
            return 0
        return 100 if any(b"com.snowplowanalytics.snowplow.badrows" in end for end in ends) else 0


def _misfit(value: bytes) -> Undecodable:
    kind = kind_of(value.strip())
    if kind != "object":
        return Undecodable("not_an_object", "$", "object", kind)
    return Undecodable("snowplow_not_a_bad_row", "$.schema", _SCHEMA_EXPECTED, "another kind")


def _event(row: _BadRow) -> Decoded:
    key = schema_key(row.schema)
    if key is None or key.vendor != _VENDOR:
        came = "another schema" if row.schema else "nothing"
        return Undecodable("snowplow_not_a_bad_row", "$.schema", _SCHEMA_EXPECTED, came)
    try:
        data = _DATA.decode(row.data)
    except READ_ERRORS:
        return Undecodable(
            "not_an_object", "$.data", "object", kind_of(row.data) if bytes(row.data) else "nothing"
        )
    problems: list[Finding] = []
    payload, root = _failure(bytes(data.failure), problems)
    processor = _processor(data.processor, problems)
    return Event(
        "bad_row",
        key.name,
        payload,
        root,
        created=_failed_at(payload),
        library=processor.artifact,
        library_version=processor.version,
        version=key.version,
        upstream=upstream([key.name]),
        problems=tuple(problems),
    )


def _failure(raw: bytes, problems: list[Finding]) -> tuple[bytes, str]:
    """Returns the failure as an object and its JSONPath. Some loaders write a list of errors instead."""
    if raw[:1] == b"{":
        return raw, "$.data.failure"
    if not raw:
        problems.append(broken(ViolationKind.MISSING_REQUIRED, "data.failure", "object", "nothing"))
        return b"{}", "$.data.failure"
    return b'{"failure":' + raw + b"}", "$.data"


def _processor(raw: Raw, problems: list[Finding]) -> _Processor:
    try:
        return _PROCESSOR.decode(raw)
    except READ_ERRORS:
        missing = not bytes(raw)
        kind = ViolationKind.MISSING_REQUIRED if missing else ViolationKind.TYPE_MISMATCH
        came = "nothing" if missing else "another kind"
        problems.append(broken(kind, "data.processor", "artifact and version", came))
        return _Processor("", "")


def _failed_at(failure: bytes) -> float | None:
    try:
        return moment(_STAMPED.decode(failure).timestamp)
    except READ_ERRORS:
        return None


SNOWPLOW_BAD_ROWS: Final = SnowplowBadRowsDialect()
