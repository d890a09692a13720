"""Kept events as bytes: what the content of a frame is.

Thousands of events can come of one request. What it gave to each of them is written once in a frame: one that is
long stands with the first event that has it, and the others point there. Read back, they share one object again.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec

from observer.model import Kept

FRAME_BYTES: Final = 4 << 20
"""Content above which a group is split: with what its events share, what reading one event must hold in memory."""
LONG: Final = 128
"""Bytes above which a field is worth pointing to."""

_SHARED: Final[Mapping[str, Any]] = {
    "envelope": None, "headers": {}, "path": "", "user_id": "", "anonymous_id": "", "message_id": "",
}  # fmt: skip
"""What events of one request can have in common, and what stands in the place of it."""
_NOWHERE: Final[Mapping[str, int]] = {}


class Stored(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One kept event with its id.

    like: only as it is written: name of a field -> position in the group of the event that has the same.
    """

    id: str
    kept: Kept
    like: Mapping[str, int] = _NOWHERE


def _plain(value: object) -> object:
    """Returns what msgpack knows for what it does not: headers may be any mapping."""
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"expected a mapping, got {type(value).__name__}")


_encoder: Final = msgspec.msgpack.Encoder(enc_hook=_plain)
_decoder: Final = msgspec.msgpack.Decoder(list[Stored])


def groups(records: Sequence[Stored]) -> list[tuple[bytes, int, float]]:
    """Returns the contents of the frames that hold `records`: (bytes, number of records, newest observed time).

    A text that UTF-8 cannot hold (a header with wild bytes, a lone surrogate) is kept with those escaped.
    """
    found: list[tuple[bytes, int, float]] = []
    group = _Group()
    for record in records:
        long, size = _long_fields(record.kept)
        repeated = sum(length for name, length in long.items() if group.holds(record.kept, name))
        # What is shared comes again in each frame: the more there is of it, the more events must share it.
        if group.size and group.size + size - repeated > FRAME_BYTES + 2 * repeated:
            found.append(group.content())
            group, repeated = _Group(), 0
        group.add(record, long, size - repeated)
    if group.size:
        found.append(group.content())
    return found


def ungroup(content: bytes) -> list[Stored]:
    """Returns the records of one frame. Raises msgspec.DecodeError for anything that `groups` did not make."""
    found: list[Stored] = []
    for record in _decoder.decode(content):
        found.append(_resolved(record, found) if record.like else record)
    return found


def _resolved(record: Stored, before: Sequence[Stored]) -> Stored:
    if not all(name in _SHARED and 0 <= position < len(before) for name, position in record.like.items()):
        raise msgspec.DecodeError("an event that points to none before it")
    fields = {name: getattr(before[position].kept, name) for name, position in record.like.items()}
    return Stored(record.id, msgspec.structs.replace(record.kept, **fields))


class _Group:
    """The records of one frame as they gather. size: in bytes, more than nothing once there is a record."""

    def __init__(self) -> None:
        self.size = 0
        self._records: list[Stored] = []
        self._holders: dict[str, tuple[int, object]] = {}

    def holds(self, kept: Kept, name: str) -> bool:
        """Returns whether an event before has the same in the field `name`."""
        holder = self._holders.get(name)
        # Equal objects that are one and the same are found so without a look at their bytes.
        return holder is not None and holder[1] == getattr(kept, name)

    def add(self, record: Stored, long: Iterable[str], size: int) -> None:
        """Takes one more record. long: its fields that are worth sharing; size: how many of its bytes are new."""
        like = {}
        for name in long:
            if self.holds(record.kept, name):
                like[name] = self._holders[name][0]
            else:
                self._holders[name] = len(self._records), getattr(record.kept, name)
        if like:
            blank = msgspec.structs.replace(record.kept, **{name: _SHARED[name] for name in like})
            record = Stored(record.id, blank, like)
        self._records.append(record)
        self.size += max(1, size)

    def content(self) -> tuple[bytes, int, float]:
        """Returns the content of the frame, the number of records, and their newest observed time."""
        records = self._records
        try:
            content = _encoder.encode(records)
        except UnicodeEncodeError:
            content = _encoder.encode([Stored(one.id, _writable(one.kept), one.like) for one in records])
        return content, len(records), max(one.kept.observed for one in records)


def _long_fields(kept: Kept) -> tuple[dict[str, int], int]:
    """Returns the lengths of the fields that are worth sharing, and how long all of the event is."""
    long, size = {}, len(kept.value or b"")
    for name in _SHARED:
        length = _length(getattr(kept, name))
        size += length
        if length > LONG:
            long[name] = length
    return long, size


def _length(value: object) -> int:
    """Returns the length of a text or of all parts of an envelope or of headers, roughly in bytes."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, tuple):
        return sum(map(len, value))
    return sum(len(name) + len(text) for name, text in value.items()) if isinstance(value, Mapping) else 0


def _writable(kept: Kept) -> Kept:
    texts = {
        name: escaped(value)
        for name in ("path", "name", "message_id", "user_id", "anonymous_id")
        if isinstance(value := getattr(kept, name), str)
    }
    headers = {escaped(name): escaped(value) for name, value in kept.headers.items()}
    return msgspec.structs.replace(kept, **texts, headers=headers)


def escaped(text: str) -> str:
    """Returns `text` as it is kept: what UTF-8 cannot hold stands as `\\udc80`."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
