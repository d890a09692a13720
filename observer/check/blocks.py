"""Inputs cut into blocks: each holds whole records and can be judged on its own, so that many are at once."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple, TypeAlias

from observer.check.elements import Cutter, Element
from observer.check.inputs import Input, Request, read_request
from observer.check.reading import Opened, TooLongError, filled, opened
from observer.check.shape import BYTE_ORDER_MARK, shape_of
from observer.model import Record


class Sizes(NamedTuple):
    """What bounds the memory. All in bytes but `records`.

    block: cut after as many, at the end of a record; record: of the longest line, element or document;
    head: looked at to tell how an input holds its records; records: that are judged in one go.
    """

    block: int = 4_000_000
    record: int = 32_000_000
    head: int = 1_000_000
    records: int = 5_000


SIZES: Final = Sizes()
_HOLDING: Final = 150
"""Bytes that an element takes beside its own."""


class Records(NamedTuple):
    """The records of a block, `place` being (file, index in the block, line). Made one by one: a block of short lines
    has millions.

    lines: that the block spans, where it counts its own; 0 where each record knows its line in the input.
    """

    records: Iterator[Record]
    lines: int = 0


class Lines(NamedTuple):
    """Records that stand one a line. data: whole lines."""

    data: bytes

    def records(self) -> Records:
        """Returns the records of the lines that are not blank, and their places in the block."""
        texts = self.data.split(b"\n")
        return Records(self._records(texts), len(texts) - (not texts[-1]))

    def _records(self, texts: list[bytes]) -> Iterator[Record]:
        index = 0
        for line, text in enumerate(texts, 1):
            if text and not text.isspace():
                yield Record(text.rstrip(b"\r"), place=("", index, line))
                index += 1

    @property
    def size(self) -> int:
        """Bytes that the block holds."""
        return len(self.data)


class Range(NamedTuple):
    """Lines that whoever judges them reads for itself: `size` bytes of a plain file from `start` on."""

    path: Path
    start: int
    size: int

    def records(self) -> Records:
        """Returns the records as `Lines` does. Raises OSError where the file cannot be read any more."""
        with self.path.open("rb") as file:
            file.seek(self.start)
            return Lines(file.read(self.size)).records()


class Elements(NamedTuple):
    """Elements of a JSON array, or JSON values one after the other."""

    elements: tuple[Element, ...]

    def records(self) -> Records:
        """Returns the records and their places in the input."""
        each = enumerate(self.elements)
        return Records(Record(value, place=("", at, line)) for at, (value, line) in each)

    @property
    def size(self) -> int:
        """Bytes that the elements take, with what holds each."""
        return sum(len(element.value) + _HOLDING for element in self.elements)


class Document(NamedTuple):
    """One record: all that an input holds, as the body of a request where one is known."""

    data: bytes
    request: Request = Request()

    def records(self) -> Records:
        """Returns the record, which begins on line 1."""
        headers, path = self.request.headers, self.request.path
        return Records(iter([Record(self.data, headers=headers, path=path, place=("", 0, 1))]))

    @property
    def size(self) -> int:
        """Bytes of the document."""
        return len(self.data)


Content: TypeAlias = Lines | Range | Elements | Document


class Block(NamedTuple):
    """A part of an input. position: bytes of the input, as stored, that were read for this block and those before;
    source: id of the source that judges it."""

    content: Content
    position: int
    source: str = ""


def blocks(source: Input, sizes: Sizes = SIZES) -> Iterator[Block]:
    """Yields the blocks of one input, at least one: an empty input is a document without bytes.

    Raises InputError where its request cannot be read, TooLongError for a record beyond the limit, and OSError,
    EOFError or zlib.error where the input cannot be read or unpacked.
    """
    request = read_request(source)
    if source.path is None and request is not None:
        yield Block(Document(b"", request), 0)
        return
    with opened(source.path, sys.stdin.buffer) as reader:
        empty = True
        for content in _contents(source, reader, request, sizes):
            position = content.start + content.size if isinstance(content, Range) else reader.position()
            yield Block(content, position)
            empty = False
        if empty:
            yield Block(Document(b""), reader.position())


def _contents(source: Input, reader: Opened, request: Request | None, sizes: Sizes) -> Iterator[Content]:
    stream = reader.stream
    head = filled(stream, max(sizes.head, len(BYTE_ORDER_MARK)))
    mark = len(BYTE_ORDER_MARK) if head.startswith(BYTE_ORDER_MARK) else 0
    head = head[mark:]
    if request is not None:
        yield Document(_whole(head, stream, sizes), request)
    elif shape_of(head, whole=len(head) + mark < sizes.head) == "values":
        yield from _elements(head, stream, sizes)
    elif not reader.packed and source.path is not None and source.size > sizes.block:
        yield from _ranges(source.path, mark, source.size, reader.below, sizes)
    else:
        yield from _lines(head, stream, sizes)


def _whole(head: bytes, stream: BinaryIO, sizes: Sizes) -> bytes:
    data = head + filled(stream, sizes.record - len(head) + 1)
    if len(data) > sizes.record:
        raise TooLongError
    return data


def _lines(held: bytes, stream: BinaryIO, sizes: Sizes) -> Iterator[Lines]:
    more = True
    while more:
        while end := held.find(b"\n", sizes.block - 1) + 1:
            yield Lines(held[:end])
            held = held[end:]
        if len(held) > sizes.block + sizes.record:
            raise TooLongError
        read = filled(stream, sizes.block)
        held += read
        more = bool(read)
    if held.strip():
        yield Lines(held)


def _ranges(path: Path, start: int, size: int, file: BinaryIO, sizes: Sizes) -> Iterator[Range]:
    while start < size:
        end = min(start + sizes.block, size)
        if end < size:
            file.seek(end - 1)
            rest = file.readline(sizes.record + 1)
            if len(rest) > sizes.record:
                raise TooLongError
            end += len(rest) - 1
        yield Range(path, start, end - start)
        start = end


def _elements(head: bytes, stream: BinaryIO, sizes: Sizes) -> Iterator[Elements]:
    held: list[Element] = []
    length = 0
    for element in Cutter(head, stream, sizes.block, sizes.record).elements():
        held.append(element)
        length += len(element.value)
        if length >= sizes.block or len(held) >= sizes.records:
            yield Elements(tuple(held))
            held, length = [], 0
    if held:
        yield Elements(tuple(held))
