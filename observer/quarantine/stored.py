"""Kept events as bytes: what the content of a frame is."""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from observer.model import Kept

FRAME_BYTES: Final = 4 << 20
"""Content above which a group is split: what reading one event must hold in memory."""


class Stored(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One kept event with its id."""

    id: str
    kept: Kept


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
    begin, size = 0, 0
    for position, record in enumerate(records):
        weight = len(record.kept.value or b"") + len(record.kept.path)
        if size and size + weight > FRAME_BYTES:
            found.append(_group(records[begin:position]))
            begin, size = position, 0
        size += weight
    if begin < len(records):
        found.append(_group(records[begin:]))
    return found


def ungroup(content: bytes) -> list[Stored]:
    """Returns the records of one frame. Raises msgspec.DecodeError for anything that `groups` did not make."""
    return _decoder.decode(content)


def _group(records: Sequence[Stored]) -> tuple[bytes, int, float]:
    try:
        content = _encoder.encode(records)
    except UnicodeEncodeError:
        content = _encoder.encode([Stored(record.id, _writable(record.kept)) for record in records])
    return content, len(records), max(record.kept.observed for record in records)


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
