"""A call that a GET request carries in its query, as image tags in newsletters do.

Source: RudderStack's documentation, "Pixel API": a dot in a parameter's name nests, every value is a string.
"""

from typing import Any, Final
from urllib.parse import parse_qsl

import msgspec

_MOST_PARAMETERS: Final = 1000
_DEEPEST: Final = 16
_CREDENTIALS: Final = frozenset({"writeKey"})


def call_of(path: str) -> bytes | None:
    """Returns the call that the query of `path` spells, as a JSON object; None where the query has no end.

    The write key is left out. Of two parameters with one name, and of `a=` and `a.b=`, the later one counts.
    """
    query = path.partition("?")[2]
    try:
        parameters = parse_qsl(query, keep_blank_values=True, max_num_fields=_MOST_PARAMETERS)
    except ValueError:
        return None
    call: dict[str, Any] = {}
    for name, value in parameters:
        names = name.split(".")
        if len(names) > _DEEPEST:
            return None
        if name not in _CREDENTIALS:
            _put(call, names, value)
    return msgspec.json.encode(call)


def _put(place: dict[str, Any], names: list[str], value: str) -> None:
    for name in names[:-1]:
        inner = place.get(name)
        if not isinstance(inner, dict):
            inner = place[name] = {}
        place = inner
    place[names[-1]] = value
