"""What one kept event looks like: masked for everybody, whole for who gives a reason that is written down first."""

import base64
from datetime import UTC, datetime
from typing import Final

import msgspec

from observer.model import Kept
from observer.privacy import ENVELOPE_NAMES, Json, mask_document, mask_url
from observer.quarantine.access import AccessLog, Who, checked_reason
from observer.quarantine.archive import Archive
from observer.quarantine.entry import Entry

_ROUTES: Final = """
    v1 b t p i g s a track page screen identify group alias merge import pixel beacon com.snowplowanalytics.snowplow
    tp2 mp collect 2 httpapi cloudevents
"""
_KNOWN: Final = ENVELOPE_NAMES | set(_ROUTES.split())
"""What may be shown of a request's path: the collector's routes, and names that the wire formats define."""

_json: Final = msgspec.json.Decoder()


def told_time(at: float | None) -> str | None:
    """Returns a time in ISO 8601, UTC, to the millisecond; None stays None."""
    return None if at is None else datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds")


def summary(entry: Entry) -> dict[str, Json]:
    """Returns what a list says of one event. Holds no personal value."""
    return {
        "id": entry.id,
        "source": entry.source,
        "verdict": entry.verdict.value,
        "contract": entry.contract,
        "reason": entry.reason,
        "rule": entry.rule,
        "observed": told_time(entry.observed),
        "bytes": entry.bytes,
        "state": "kept" if entry.outcome is None else "replayed",
        "outcome": entry.outcome.value if entry.outcome is not None else None,
        "replayed_under": entry.replayed or None,
    }


def masked(entry: Entry, kept: Kept) -> dict[str, Json]:
    """Returns what may be shown of an event to everybody: its findings, and its shape without a value."""
    return {**summary(entry), **masked_event(kept)}


def masked_event(kept: Kept) -> dict[str, Json]:
    """Returns what `masked` shows beside the entry of the list."""
    return {
        **_circumstances(kept),
        "path": mask_url(kept.path, _KNOWN),
        "headers": mask_document(dict(kept.headers), kept.headers),
        "value": _shape(kept.whole),
    }


def revealed(entry: Entry, kept: Kept) -> dict[str, Json]:
    """Returns all of an event. Its bytes are `text` where they are UTF-8, else `base64`."""
    return {**summary(entry), **revealed_event(kept)}


def revealed_event(kept: Kept) -> dict[str, Json]:
    """Returns what `revealed` shows beside the entry of the list."""
    return {
        **_circumstances(kept),
        "place": list(kept.place),
        "path": kept.path,
        "headers": dict(kept.headers),
        "value": whole_bytes(kept.whole),
    }


def reveal(archive: Archive, id_: str, reason: str, who: Who, at: float) -> tuple[Entry, Kept]:
    """Returns one event, whole, after the access log says who saw it, when and why.

    Raises QuarantineError when the reason is empty, the event is not kept, or the log cannot be written: then
    nothing is read.
    """
    reason = checked_reason(reason)
    entry = archive.entry(id_)
    AccessLog(archive.places.access_log).write("reveal", who, at, {"id": id_, "reason": reason})
    return entry, archive.read(id_)


def _circumstances(kept: Kept) -> dict[str, Json]:
    return {
        "dialect": kept.dialect,
        "received": told_time(kept.received),
        "timestamp": told_time(kept.timestamp),
        "index": kept.index,
        "digest": kept.digest,
        "findings": [msgspec.to_builtins(finding) for finding in kept.findings],
    }


def _shape(value: bytes | None) -> Json:
    if value is None:
        return None
    size = len(value)
    try:
        return {"kind": "json", "bytes": size, "document": mask_document(_json.decode(value))}
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return {"kind": "text" if _is_text(value) else "binary", "bytes": size}


def whole_bytes(value: bytes | None) -> Json:
    """Returns bytes as `text` where they are UTF-8, else as `base64`; None stays None."""
    if value is None:
        return None
    if _is_text(value):
        return {"text": value.decode()}
    return {"base64": base64.b64encode(value).decode()}


def _is_text(value: bytes) -> bool:
    try:
        value.decode()
    except UnicodeDecodeError:
        return False
    return True
