"""What the four Snowplow dialects read in the same way: times, trackers, refusals, broken rules of an envelope."""

from datetime import UTC, datetime
from typing import Final

from observer.dialects.documents import refusal
from observer.model import Finding, Undecodable, ViolationKind

_LAST_MILLISECOND: Final = 253_402_300_799_999


def refused(raw: bytes, path: str) -> Undecodable | None:
    """Returns why the JSON that an event holds as text or bytes at `path` cannot be read, or None where it can."""
    found = refusal(raw)
    if found is None:
        return None
    reason = "data_not_json" if found.reason in ("not_json", "empty") else found.reason
    return Undecodable(reason, path, found.expected, found.came)


def empty(value: bytes | None) -> Undecodable:
    """Returns why there is nothing to read: no value at all is a tombstone."""
    return Undecodable("tombstone" if value is None else "empty", "$", "an event", "nothing")


def broken(kind: ViolationKind, field: str, expected: str, came: str) -> Finding:
    """Returns the broken rule `envelope:$.<field>`. field: a name that Snowplow declares, or `*`."""
    return Finding(kind, f"envelope:$.{field}", f"$.{field}", expected, came)


def is_utf8(raw: bytes) -> bool:
    """Returns whether the bytes are UTF-8: msgspec does not look into what it leaves raw."""
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def epoch_milliseconds(text: str) -> float | None:
    """Returns seconds since the epoch for a tracker's time (`1794823200000`), or None where it is none."""
    if text.isascii() and text.isdigit() and len(text) <= 15:
        milliseconds = int(text)
        if milliseconds <= _LAST_MILLISECOND:
            return milliseconds / 1000
    return None


def moment(text: str) -> float | None:
    """Returns seconds since the epoch for `2026-11-16 09:20:00.123` or its ISO 8601 form, or None where it is none.

    A time without an offset is UTC, as all of Snowplow's are.
    """
    if text[4:5] != "-":
        return None
    try:
        parsed = datetime.fromisoformat(text)
        return (parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).timestamp()
    except ValueError:
        return None


def tracker(version: str) -> tuple[str, str]:
    """Returns library and version for a tracker's `tv`: `js-3.24.0` is (`snowplow-js`, `3.24.0`).

    A tracker that is wrapped by another has its wrapper behind a space (`ios-6.0.1 rn-4.0.0`): the first counts,
    since it is the one that sends.
    """
    name, _, number = version.partition(" ")[0].partition("-")
    return (f"snowplow-{name}" if name else ""), number
