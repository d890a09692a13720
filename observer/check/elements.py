"""A stream of JSON values cut into its records, in bounded memory: the values one after the other, or, of an array,
its elements.

It looks at brackets and strings only, so an element that is no JSON costs itself and not its neighbours.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

import msgspec

from observer.check.reading import TooLongError, filled

_BETWEEN: Final = re.compile(rb"[ \t\r\n,]*+")
# Everything up to the next bracket that stands outside of a string.
_BRACKET: Final = re.compile(rb'[^\[\]{}"]*+(?:"(?:[^"\\]++|\\.)*+"[^\[\]{}"]*+)*+([\[\]{}])', re.DOTALL)
# A number, a word, texts (one that never closes ends with its line), or whatever else is no object and no array; or
# a bracket that nothing opened.
_SCALAR: Final = re.compile(
    rb'(?:[^\[\]{},"\r\n]++|"(?:[^"\\\r\n]++|\\[^\r\n]|\\(?=[\r\n]))*+(?:"|(?=[\r\n])))++(?=[\[\]{},\r\n])|[\]}]'
)
_ELEMENTS: Final = msgspec.json.Decoder(list[msgspec.Raw])
_BEGINNING: Final = 12
"""Bytes by which the beginning of an element is told."""
_AT_ONCE: Final = 1_000_000
"""Bytes of elements that are decoded at once: of numbers, these are half a million."""
_OPENING: Final = frozenset(b"[{")
_OPEN, _CLOSE = b"[", b"]"

NEVER_CLOSED: Final = _OPEN
"""Stands for an array that was cut off between two elements: it cannot be read, and says so."""
NOTHING: Final = b"[]"


class Element(NamedTuple):
    """The bytes of one record, and the line on which it begins, from 1."""

    value: bytes
    line: int


class Cutter:
    """Cuts what a stream holds. step: bytes to read at a time; longest: of one element."""

    def __init__(self, head: bytes, stream: BinaryIO, step: int, longest: int) -> None:
        self._text = head
        self._stream = stream
        self._step = step
        self._longest = longest
        self._at = 0
        self._line = 1
        self._ended = False
        self._cut_off = False
        self._tried = False

    def elements(self) -> Iterator[Element]:
        """Yields each element. Raises TooLongError for one that does not end within the limit."""
        inside, found = False, 0
        while self._skip():
            mark = self._text[self._at : self._at + 1]
            if mark == _OPEN and not inside:
                self._at += 1
                inside, found = True, 0
            elif mark == _CLOSE and inside:
                self._at += 1
                inside = False
                if not found:
                    yield Element(NOTHING, self._line)
            else:
                found += 1
                yield self._element()
                if inside:
                    yield from self._alike()
        if inside and not self._cut_off:
            yield Element(NEVER_CLOSED, self._line)

    def _alike(self) -> Iterator[Element]:
        """Yields the elements that a decoder finds up to the last one, in what was read, that begins like the next.

        Nothing where they are not all JSON: brackets tell them apart then, which takes ten times as long.
        """
        text = self._text
        between = _BETWEEN.match(text, self._at)
        start = between.end() if between else self._at
        end = text.rfind(text[self._at : start + _BEGINNING], start, start + _AT_ONCE)
        if self._tried or end <= start:
            return
        try:
            found = _ELEMENTS.decode(_OPEN + text[start:end] + _CLOSE)
        except (msgspec.DecodeError, RecursionError):
            self._tried = True
            return
        for raw in found:
            self._skip()
            line = self._line
            self._move(self._at + len(raw))
            yield Element(bytes(raw), line)

    def _skip(self) -> bool:
        """Moves to where an element or a bracket begins. Returns whether there is one."""
        while True:
            found = _BETWEEN.match(self._text, self._at)
            self._move(found.end() if found else self._at)
            if self._at < len(self._text):
                return True
            if not self._more():
                return False

    def _element(self) -> Element:
        line = self._line
        while True:
            end = self._end()
            if end is not None or not self._more():
                break
        start = self._at
        self._cut_off = end is None and self._text[start] in _OPENING
        self._move(len(self._text) if end is None else end)
        return Element(self._text[start : self._at], line)

    def _end(self) -> int | None:
        """Where the element ends, or None where that cannot be told before more is read."""
        text, at = self._text, self._at
        if text[at] not in _OPENING:
            scalar = _SCALAR.match(text, at)
            return None if scalar is None else scalar.end()
        depth = 0
        while bracket := _BRACKET.match(text, at):
            at = bracket.end()
            depth += 1 if text[at - 1] in _OPENING else -1
            if depth == 0:
                return at
        return None

    def _move(self, to: int) -> None:
        # Most elements stand on one line, and to look for an end of line is much faster than to count them.
        if self._text.find(b"\n", self._at, to) >= 0:
            self._line += self._text.count(b"\n", self._at, to)
        self._at = to

    def _more(self) -> bool:
        """Reads on, what was cut let go. Returns whether there was more."""
        if self._ended:
            return False
        held = self._text[self._at :]
        if len(held) > self._longest:
            raise TooLongError
        # An element that is not whole yet is looked at again from its beginning: each time there is twice as much.
        more = filled(self._stream, max(self._step, len(held)))
        self._ended = not more
        self._text, self._at, self._tried = held + more, 0, False
        return bool(more)
