"""YAML text → plain values: the part of YAML that JSON knows, and no more.

Stricter than most readers, since a file that says something other than its author believes is the worst of
errors. `no`, `on` and `12:30` are text (YAML 1.2 core schema, section 10.3.2), as is a date; a key that stands
twice is refused, and so are tags, anchors that grow without bound, and a second document.

The parser's events are folded here rather than by PyYAML's constructors: one pass, no recursion whatever the
depth, and the line of every value is at hand.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

import yaml

from observer.documents.reading import DEFAULT_SIZE, LARGEST_INTEGER, Json, Reading, Size, step
from observer.errors import Problem, literal
from observer.messages import Words

_PARSER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser in C where PyYAML was built with it: ten times as fast, the same events."""

_NULL: Final = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE: Final = frozenset({"true", "True", "TRUE"})
_FALSE: Final = frozenset({"false", "False", "FALSE"})
_INTEGER: Final = re.compile(r"[-+]?[0-9]+", re.ASCII)
_OTHER_BASE: Final = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+", re.ASCII)
_NUMBER: Final = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", re.ASCII)
_RESOLVED: Final = frozenset("~nNtTfF+-.0123456789")
"""What text begins with that may be no text: all other need not be looked at."""
_ENDS: Final = frozenset({yaml.SequenceEndEvent, yaml.MappingEndEvent})
_TEXT_TAG: Final = "tag:yaml.org,2002:str"
_TAGS: Final = frozenset({None, "!", _TEXT_TAG, "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"})
_DIGITS: Final = 19
_SEVERAL: Final = 20
"""Faults told of one file: the rest is most often the same fault again."""


class _RefusalError(Exception):
    """Reading cannot go on."""


class _Open:
    """A list or a mapping whose end has not come yet."""

    __slots__ = ("anchor", "at", "key", "keyed", "path", "size", "value")

    def __init__(self, value: list[Json] | dict[str, Json], path: str, anchor: str | None) -> None:
        self.value = value
        self.path = path
        self.anchor = anchor
        self.size = 1
        self.keyed = False
        self.key = ""
        self.at = path


class _Fold:
    """Folds the events of one text into its value."""

    def __init__(self, place: str, size: Size) -> None:
        self.problems: list[Problem] = []
        self.lines: dict[str, int] = {}
        self.root: Json = None
        self.documents = 0
        self._place = place
        self._size = size
        self._values = 0
        self._open: list[_Open] = []
        self._anchors: dict[str, tuple[Json, int]] = {}

    def take(self, event: Any) -> None:
        """Takes the next event. Raises _RefusalError where going on would tell nothing true."""
        line = event.start_mark.line + 1
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._scalar(event, line)
        elif kind is yaml.SequenceStartEvent:
            self._begin([], event, line)
        elif kind is yaml.MappingStartEvent:
            self._begin({}, event, line)
        elif kind in _ENDS:
            self._end()
        elif kind is yaml.AliasEvent:
            self._alias(event, line)
        elif kind is yaml.DocumentStartEvent:
            self.documents += 1
            if self.documents > 1:
                self._refuse(line, Words("document.one"), Words("document.got.second"))

    def fault(self, line: int, expected: Words, got: Words, mend: Words | None = None) -> None:
        """Notes what is wrong in a line."""
        self.problems.append(Problem(f"{self._place}:{line}", expected, got, mend=mend))
        if len(self.problems) >= _SEVERAL:
            raise _RefusalError

    def _refuse(self, line: int, expected: Words, got: Words, mend: Words | None = None) -> None:
        self.fault(line, expected, got, mend)
        raise _RefusalError

    def _scalar(self, event: Any, line: int) -> None:
        if event.tag not in _TAGS:
            self.fault(line, Words("document.untagged"), Words("document.got.tag"))
        plain = event.implicit[0] and event.tag is None
        value: Json = event.value
        if self._wants_key():
            self._key(event.value, plain, line)
            return
        if plain:
            value = self._resolved(event.value, line)
        elif _has_surrogate(event.value):
            self.fault(line, Words("document.characters"), Words("document.got.surrogate"))
        self._put(value, 1, event.anchor, line)

    def _resolved(self, text: str, line: int) -> Json:
        if text and text[0] not in _RESOLVED:
            return text
        if text in _NULL:
            return None
        if text in _TRUE or text in _FALSE:
            return text in _TRUE
        if _INTEGER.fullmatch(text) or _OTHER_BASE.fullmatch(text):
            digits = text.lstrip("+-0ox")
            whole = int(text, 0 if text[1:2] in {"o", "x"} else 10) if len(digits) <= _DIGITS else None
            if whole is None or abs(whole) > LARGEST_INTEGER:
                self._too_large(line)
                return None
            return whole
        if _NUMBER.fullmatch(text):
            number = float(text)
            if abs(number) == float("inf"):
                self._too_large(line)
                return None
            return number
        return text

    def _too_large(self, line: int) -> None:
        self.fault(line, Words("document.number"), Words("document.got.large_number"))

    def _wants_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1].value, dict) and not self._open[-1].keyed

    def _key(self, key: str, plain: bool, line: int) -> None:
        top = self._open[-1]
        if plain and not isinstance(self._resolved(key, line), str):
            self.fault(line, Words("document.key"), literal(f"`{key[:60]}`"), Words("document.quote"))
        if _has_surrogate(key):
            self._refuse(line, Words("document.characters"), Words("document.got.surrogate"))
        if isinstance(top.value, dict) and key in top.value:
            self.fault(
                line,
                Words("document.key_once"),
                Words("document.got.key_again", {"key": key[:60]}),
                Words("document.mend.key"),
            )
        top.key, top.keyed = key, True
        top.at = step(top.path, key)
        self.lines[top.at] = line

    def _begin(self, value: list[Json] | dict[str, Json], event: Any, line: int) -> None:
        if event.tag not in _TAGS:
            self.fault(line, Words("document.untagged"), Words("document.got.tag"))
        if self._wants_key():
            self._refuse(line, Words("document.key"), Words("document.got.collection"))
        if len(self._open) >= self._size.depth:
            self._refuse(
                line, Words("document.depth", {"depth": self._size.depth}), Words("document.got.deeper")
            )
        path = self._path()
        self.lines.setdefault(path, line)
        self._grow(1, line)
        self._open.append(_Open(value, path, event.anchor))

    def _end(self) -> None:
        closed = self._open.pop()
        if closed.anchor is not None:
            self._anchors[closed.anchor] = (closed.value, closed.size)
        self._hang(closed.value, closed.size)

    def _alias(self, event: Any, line: int) -> None:
        if self._wants_key():
            self._refuse(line, Words("document.key"), Words("document.got.alias"))
        if event.anchor not in self._anchors:
            self._refuse(line, Words("document.anchor"), Words("document.got.unknown_alias"))
        value, size = self._anchors[event.anchor]
        self._put(value, size, None, line)

    def _put(self, value: Json, size: int, anchor: str | None, line: int) -> None:
        if anchor is not None:
            self._anchors[anchor] = (value, size)
        if not self._open or isinstance(self._open[-1].value, list):
            # What stands under a key has the key's line.
            self.lines.setdefault(self._path(), line)
        self._grow(size, line)
        self._hang(value, size)

    def _path(self) -> str:
        if not self._open:
            return "$"
        top = self._open[-1]
        return top.at if isinstance(top.value, dict) else step(top.path, len(top.value))

    def _grow(self, size: int, line: int) -> None:
        self._values += size
        if self._values > self._size.values:
            limit = Words("document.values", {"values": self._size.values})
            self._refuse(line, limit, Words("document.got.more_values"), Words("document.mend.values"))

    def _hang(self, value: Json, size: int) -> None:
        if not self._open:
            self.root = value
            return
        top = self._open[-1]
        top.size += size
        if isinstance(top.value, dict):
            top.value[top.key] = value
            top.keyed = False
        else:
            top.value.append(value)


def read_yaml(place: str, data: bytes, size: Size = DEFAULT_SIZE) -> Reading:
    """Returns the one document of a YAML text, with the line of each path. Raises nothing.

    Mappings have text keys, each once; scalars are text, whole numbers of 64 bits, finite numbers, true, false
    or null. place: the file as people know it; problems name it with the line.
    """
    if len(data) > size.bytes:
        limit = Words("document.bytes", {"bytes": size.bytes})
        return _nothing(place, limit, Words("document.got.more"), Words("document.mend.bytes"))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return _nothing(f"{place}:{line}", Words("document.utf8"), Words("document.got.other_bytes"))
    fold = _Fold(place, size)
    try:
        for event in _events(text):
            fold.take(event)
    except _RefusalError:
        return Reading(None, fold.lines, tuple(fold.problems))
    except yaml.YAMLError as error:
        return Reading(None, fold.lines, (*fold.problems, _syntax(place, text, error)))
    if fold.root is None and not fold.problems:
        return _nothing(place, Words("document.content"), Words("document.got.empty"))
    return Reading(fold.root, fold.lines, tuple(fold.problems))


def _events(text: str) -> Iterator[Any]:
    parser = _PARSER(text)
    while True:
        event = parser.get_event()
        if event is None or type(event) is yaml.StreamEndEvent:
            return
        yield event


def _syntax(place: str, text: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    if mark is not None:
        line = mark.line + 1
        got = Words("document.got.syntax", {"reason": str(getattr(error, "problem", None) or "?")})
    else:
        # A character that YAML forbids: the reader's error knows its place in the text and no line.
        line = text.count("\n", 0, int(getattr(error, "position", 0) or 0)) + 1
        got = Words("document.got.character")
    return Problem(f"{place}:{line}", Words("document.yaml"), got)


def _nothing(place: str, expected: Words, got: Words, mend: Words | None = None) -> Reading:
    return Reading(None, {}, (Problem(place, expected, got, mend=mend),))


def _has_surrogate(text: str) -> bool:
    return not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text)
