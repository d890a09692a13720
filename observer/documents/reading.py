"""What one file gave."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

from observer.errors import Problem

Json: TypeAlias = str | int | float | bool | list["Json"] | dict[str, "Json"] | None
"""A plain value. Lists and mappings may be shared between places: nothing may change them."""

LARGEST_INTEGER: Final = 2**63 - 1
_PLAIN_KEY: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)


class Size(NamedTuple):
    """What bounds one file. bytes: of its text; depth: of lists in mappings in lists; values: all of them, with
    what an alias stands for counted each time that it stands there."""

    bytes: int = 1_000_000
    depth: int = 64
    values: int = 200_000


DEFAULT_SIZE: Final = Size()


class Reading(NamedTuple):
    """The value of a file (None where it could not be read), the line of each path, and what is wrong with it."""

    value: Json
    lines: Mapping[str, int]
    problems: tuple[Problem, ...]


class Document(NamedTuple):
    """One file.

    name: below the folder, with `/`, the same on every machine (`sources/web-shop.yaml`);
    place: the file as people know it; lines: the line of each JSONPath, where known;
    problems: why it could not be read: its value then means nothing.
    """

    name: str
    place: str
    value: Json
    lines: Mapping[str, int] = {}
    problems: tuple[Problem, ...] = ()

    @property
    def stem(self) -> str:
        """The file's name without its folder and without all that follows the first dot."""
        return self.name.rsplit("/", 1)[-1].split(".", 1)[0]


def step(path: str, part: str | int) -> str:
    """Returns the JSONPath of a key or an index below `path`."""
    if isinstance(part, int):
        return f"{path}[{part}]"
    return path + _below(part)


@lru_cache(4096)
def _below(key: str) -> str:
    if _PLAIN_KEY.fullmatch(key):
        return f".{key}"
    escaped = key.replace("\\", "\\\\").replace("'", "\\'")
    return f"['{escaped}']"


def located(problem: Problem, lines: Mapping[str, int]) -> Problem:
    """Returns the problem with the line of its path in its place, as editors understand it (`file:12`).

    lines: of the file that the problem names. Unchanged where the line is not known.
    """
    line = _nearest_line(lines, problem.path)
    return problem if line is None else problem._replace(place=f"{problem.place}:{line}")


def _nearest_line(lines: Mapping[str, int], path: str) -> int | None:
    """The line of `path`, or of the nearest thing around it."""
    while path:
        if path in lines:
            return lines[path]
        path = path[: max(path.rfind("."), path.rfind("["))] if len(path) > 1 else ""
    return None
