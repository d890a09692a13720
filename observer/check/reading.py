"""Reading bytes: plain or gzip, from a file, a pipe or standard input."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple, cast

_GZIP: Final = b"\x1f\x8b"


class TooLongError(Exception):
    """A record does not end within the limit."""


class Opened(NamedTuple):
    """An input that is open. stream: its bytes, unpacked; below: its bytes as they are stored."""

    stream: BinaryIO
    below: BinaryIO
    packed: bool

    def position(self) -> int:
        """Returns how many stored bytes were read so far, or 0 for a pipe."""
        return self.below.tell() if self.below.seekable() else 0


@contextmanager
def opened(path: Path | None, standard_input: BinaryIO) -> Iterator[Opened]:
    """Opens a file, or standard input where there is none; what begins as gzip does is unpacked.

    Raises OSError where it cannot be opened; reading may raise OSError, EOFError or zlib.error.
    """
    if path is None:
        yield _unpacked(standard_input)
        return
    with path.open("rb") as file:
        yield _unpacked(file)


def filled(stream: BinaryIO, size: int) -> bytes:
    """Returns the next `size` bytes, fewer only where there are no more: a pipe gives less at a time."""
    parts: list[bytes] = []
    while size > 0 and (part := stream.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _unpacked(stream: BinaryIO) -> Opened:
    # What is no BufferedReader cannot be looked at without being read.
    given = stream if isinstance(stream, BufferedReader) else BufferedReader(cast("Any", stream))
    below = cast("BinaryIO", given)
    packed = given.peek(len(_GZIP))[: len(_GZIP)] == _GZIP
    return Opened(cast("BinaryIO", gzip.open(below)) if packed else below, below, packed)
