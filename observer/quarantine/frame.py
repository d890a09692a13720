"""Frames: how groups of bytes lie one behind another in a file so that a torn or damaged one is recognised.

A frame is 32 bytes of head and a zlib stream. The head has its own checksum, so its lengths can be trusted even
where the bytes behind it are damaged. All checksums are salted, by chance and for each file: the bytes of an event
cannot pose as a frame.
"""

import struct
import zlib
from collections.abc import Sequence
from typing import Final, NamedTuple

MARK: Final = b"\x9fMOF"
_FIELDS: Final = struct.Struct("<4sIIIdI")
_CHECK: Final = struct.Struct("<I")
HEAD_BYTES: Final = _FIELDS.size + _CHECK.size
LEVEL: Final = 1
"""zlib's fastest: five times the speed of its default, for a tenth more bytes."""


class Frame(NamedTuple):
    """One whole frame as it lies in a file.

    offset: of its head; raw_bytes: of its content; events: how many it holds; newest: largest observed time of
    them;
    stored: the compressed content.
    """

    offset: int
    raw_bytes: int
    events: int
    newest: float
    stored: bytes

    @property
    def end(self) -> int:
        """Returns the offset of the first byte behind the frame."""
        return self.offset + HEAD_BYTES + len(self.stored)

    def content(self) -> bytes:
        """Returns what was packed. Raises zlib.error, which the checksum has made next to impossible."""
        return zlib.decompress(self.stored, bufsize=max(1, self.raw_bytes))


class Scan(NamedTuple):
    """What lies in a piece of a file: its whole frames; where the last of them ends; how many bytes before that
    end are in none, and how many lie behind it."""

    frames: Sequence[Frame]
    end: int
    damaged: int
    tail: int


def pack(content: bytes, events: int, newest: float, salt: int) -> bytes:
    """Returns one frame with `content`."""
    return wrap(zlib.compress(content, LEVEL), len(content), events, newest, salt)


def wrap(stored: bytes, raw_bytes: int, events: int, newest: float, salt: int) -> bytes:
    """Returns one frame around a stream that is compressed already."""
    fields = _FIELDS.pack(MARK, len(stored), raw_bytes, events, newest, zlib.crc32(stored, salt))
    return fields + _CHECK.pack(zlib.crc32(fields, salt)) + stored


def scan(data: bytes, salt: int, base: int = 0) -> Scan:
    """Returns the whole frames in `data`, whatever its bytes. base: offset of data[0] in its file.

    A head whose content is cut short ends the scan: nothing was ever written behind it. A frame with damaged
    content is stepped over; behind a damaged head the next sound one is looked for.
    """
    frames: list[Frame] = []
    position, end, sound = 0, 0, 0
    while (position := data.find(MARK, position)) >= 0:
        head = _head(data, position, salt)
        if head is None:
            position += 1
            continue
        length, raw_bytes, events, newest, checksum = head
        begin = position + HEAD_BYTES
        if begin + length > len(data):
            break
        stored = data[begin : begin + length]
        if zlib.crc32(stored, salt) == checksum:
            frames.append(Frame(base + position, raw_bytes, events, newest, stored))
            end = begin + length
            sound += HEAD_BYTES + length
        position = begin + length
    return Scan(frames, base + end, end - sound, len(data) - end)


def _head(data: bytes, position: int, salt: int) -> tuple[int, int, int, float, int] | None:
    behind = position + HEAD_BYTES
    if behind > len(data):
        return None
    (check,) = _CHECK.unpack_from(data, behind - _CHECK.size)
    if zlib.crc32(data[position : behind - _CHECK.size], salt) != check:
        return None
    _, length, raw_bytes, events, newest, checksum = _FIELDS.unpack_from(data, position)
    return length, raw_bytes, events, newest, checksum
