"""Lines of standard input, one at a time, however long the input or one of its lines is."""

from collections.abc import Iterator
from typing import BinaryIO


def lines_of(stream: BinaryIO, longest: int) -> Iterator[bytes]:
    """Yields each line without its end (`\\n` or `\\r\\n`), as soon as it is there.

    A line of more than `longest` bytes is cut to `longest` + 1 of them, so that its reader sees that it is too long;
    the rest of it is skipped.
    """
    while line := stream.readline(longest + 3):
        while not line.endswith(b"\n"):
            more = stream.readline(longest)
            if not more:
                break
            line = line[: longest + 1] + (b"\n" if more.endswith(b"\n") else b"")
        yield line.removesuffix(b"\n").removesuffix(b"\r")[: longest + 1]
