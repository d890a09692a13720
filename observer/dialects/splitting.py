"""Taking a JSON object or array apart at its first level, without reading what is inside.

A decoder refuses a whole batch for one number that is not JSON or one value nested too deep. This looks at
brackets and strings only, so each part can be judged on its own, and every part keeps its bytes.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

import msgspec
from msgspec import Raw

from observer.dialects.documents import BYTE_ORDER_MARK, READ_ERRORS, WHITESPACE

# What stands between two marks (texts, numbers, words, colons), then a mark: a bracket that opens, one that
# closes, a comma, or the quote of a text that never closes.
_MARK: Final = re.compile(
    rb'[^"\[\]{},]*+(?:"(?:[^"\\]++|\\.)*+"[^"\[\]{},]*+)*+(?:([\[{])|([\]}])|(,)|("))', re.DOTALL
)
_OPENS: Final = 1
_CLOSES: Final = 2
_COMMA: Final = 3
_KEY: Final = re.compile(rb'[ \t\r\n]*("(?:[^"\\]++|\\.)*+")[ \t\r\n]*:', re.DOTALL)
REMEMBERED: Final = 2
"""Records. Each event that is kept is taken out of its record, which can hold thousands and is taken apart once."""

_TEXT: Final = msgspec.json.Decoder(str)
_OBJECT: Final = msgspec.json.Decoder(dict[str, Raw])
_ARRAY: Final = msgspec.json.Decoder(list[Raw])


@lru_cache(maxsize=REMEMBERED)
def split_array(value: bytes) -> tuple[bytes, ...] | None:
    """Returns the bytes of each item of a JSON array, or None where `value` is no array.

    Items are not checked: one may still be anything that has its brackets and quotes in order. The last arrays are
    remembered, so asking again for the same one costs nothing.
    """
    try:
        return tuple([bytes(item) for item in _ARRAY.decode(value)])
    except READ_ERRORS:
        parts = _parts(value, b"[", b"]")
        return None if parts is None else tuple(parts)


def split_object(value: bytes) -> list[tuple[bytes, bytes]] | None:
    """Returns the bytes of each key (quoted) and of its value, as they follow in a JSON object, or None.

    Of a key that stands twice at least the last one is there. Values are not checked.
    """
    try:
        return [(msgspec.json.encode(key), bytes(raw)) for key, raw in _OBJECT.decode(value).items()]
    except READ_ERRORS:
        pass
    parts = _parts(value, b"{", b"}")
    if parts is None:
        return None
    members = []
    for part in parts:
        key = _KEY.match(part)
        if key is None:
            return None
        members.append((key.group(1), part[key.end() :].strip(WHITESPACE)))
    return members if all(raw for _, raw in members) else None


def key_text(key: bytes) -> str | None:
    """Returns what a quoted key says, or None where it is no valid text."""
    try:
        return _TEXT.decode(key)
    except READ_ERRORS:
        return None


def join_object(members: Iterable[tuple[bytes, bytes]]) -> bytes:
    """Returns the JSON object of `members`, in their order."""
    return b"{" + b",".join(key + b":" + raw for key, raw in members) + b"}"


def _parts(value: bytes, opening: bytes, closing: bytes) -> list[bytes] | None:
    body = value.removeprefix(BYTE_ORDER_MARK).strip(WHITESPACE)
    if body[:1] != opening or body[-1:] != closing:
        return None
    cuts = list(_cuts(body))
    if not cuts or cuts[-1] != len(body) - 1:
        return None
    starts = [1, *(cut + 1 for cut in cuts[:-1])]
    parts = [body[start:cut].strip(WHITESPACE) for start, cut in zip(starts, cuts, strict=True)]
    if parts == [b""]:
        return []
    return parts if all(parts) else None


def _cuts(body: bytes) -> Iterator[int]:
    """Yields where the first level has its commas, then where it closes; -1 where quotes or brackets are off."""
    depth = 0
    for mark in _MARK.finditer(body):
        group = mark.lastindex
        if group == _OPENS:
            depth += 1
        elif group == _CLOSES:
            depth -= 1
            if depth == 0:
                yield mark.end() - 1
                return
        elif group == _COMMA:
            if depth == 1:
                yield mark.end() - 1
        else:
            yield -1
            return
