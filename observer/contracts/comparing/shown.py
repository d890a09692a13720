"""What a change shows of the old and the new words of a contract."""

import json
from typing import Final

_LONGEST: Final = 120


def text(value: object) -> str:
    """Returns a value of the operator's own file as one short line; "" for nothing."""
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        found = ", ".join(value)
    else:
        found = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    line = "".join(letter if letter.isprintable() else "?" for letter in found)
    return line if len(line) <= _LONGEST else line[:_LONGEST] + "…"
