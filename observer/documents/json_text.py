"""JSON text → plain values, as strictly as YAML text; and plain values → one canonical JSON."""

import json
from collections.abc import Iterable
from typing import Final

from observer.documents.reading import DEFAULT_SIZE, LARGEST_INTEGER, Json, Reading, Size
from observer.errors import Problem
from observer.messages import Words

_DIGITS: Final = 19


class _RefusalError(ValueError):
    """A part of the text is JSON that we do not take."""

    def __init__(self, expected: Words, got: Words) -> None:
        super().__init__()
        self.expected = expected
        self.got = got


def read_json(place: str, data: bytes, size: Size = DEFAULT_SIZE) -> Reading:
    """Returns the value of a JSON text. Raises nothing. Lines are not known, except of a fault in the syntax."""
    if len(data) > size.bytes:
        limit = Words("document.bytes", {"bytes": size.bytes})
        return _nothing(place, limit, Words("document.got.more"))
    try:
        value: Json = json.loads(
            data.decode("utf-8-sig"),
            object_pairs_hook=_mapping,
            parse_constant=_constant,
            parse_int=_integer,
            parse_float=_number,
        )
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return _nothing(f"{place}:{line}", Words("document.utf8"), Words("document.got.other_bytes"))
    except json.JSONDecodeError as error:
        got = Words("document.got.syntax", {"reason": error.msg})
        return _nothing(f"{place}:{error.lineno}", Words("document.json"), got)
    except _RefusalError as refused:
        return _nothing(place, refused.expected, refused.got)
    except RecursionError:
        return _nothing(place, Words("document.depth", {"depth": size.depth}), Words("document.got.deeper"))
    if _deeper(value, size.depth):
        return _nothing(place, Words("document.depth", {"depth": size.depth}), Words("document.got.deeper"))
    if b"\\u" in data and _has_surrogate(value):
        return _nothing(place, Words("document.characters"), Words("document.got.surrogate"))
    return Reading(value, {}, ())


def canonical(value: Json) -> bytes:
    """Returns the one JSON text of a value: keys sorted, no space, UTF-8. For what was read strictly."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode()


def _deeper(value: Json, depth: int) -> bool:
    level = [value]
    for _ in range(depth + 1):
        level = [below for one in level for below in _below(one)]
        if not level:
            return False
    return True


def _below(value: Json) -> Iterable[Json]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _has_surrogate(value: Json) -> bool:
    try:
        canonical(value)
    except UnicodeEncodeError:
        return True
    return False


def _mapping(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        again = next(key for key in keys if keys.count(key) > 1)
        raise _RefusalError(Words("document.key_once"), Words("document.got.key_again", {"key": again[:60]}))
    return found


def _constant(_: str) -> float:
    raise _RefusalError(Words("document.number"), Words("document.got.not_a_number"))


def _integer(text: str) -> int:
    whole = int(text) if len(text.lstrip("-")) <= _DIGITS else None
    if whole is None or abs(whole) > LARGEST_INTEGER:
        raise _RefusalError(Words("document.number"), Words("document.got.large_number"))
    return whole


def _number(text: str) -> float:
    number = float(text)
    if abs(number) == float("inf"):
        raise _RefusalError(Words("document.number"), Words("document.got.large_number"))
    return number


def _nothing(place: str, expected: Words, got: Words) -> Reading:
    return Reading(None, {}, (Problem(place, expected, got),))
