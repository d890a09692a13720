"""Statements as they are written here, in the words of psycopg."""

import re
from functools import lru_cache
from typing import Final

_PARAMETER: Final = re.compile(r"\?|:([a-z_]+)|%")


@lru_cache(maxsize=512)
def translated(statement: str) -> str:
    """Returns `statement` with `?` and `:name` as psycopg writes parameters, and with `%` doubled as it asks for.

    Our statements hold neither `?` nor `:` inside a literal; a test holds every statement to it.
    """
    return _PARAMETER.sub(_one, statement)


def _one(found: re.Match[str]) -> str:
    if found[0] == "%":
        return "%%"
    return f"%({found[1]})s" if found[1] else "%s"
