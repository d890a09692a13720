"""A problem for machines: the same keys in every command."""

import re
from typing import Any, Final

from observer.errors import Problem
from observer.messages import Lang, speak

_LINE: Final = re.compile(r"(.+):([0-9]+)")


def problem_json(problem: Problem, lang: Lang) -> dict[str, Any]:
    """Returns the problem as JSON values: its parts in English, and `message`, the whole line, in `lang`."""
    file, line = file_and_line(problem.place)
    return {
        "file": file,
        "line": line,
        "path": problem.path or None,
        "code": problem.expected.code,
        "expected": speak(problem.expected),
        "got": speak(problem.got),
        "mend": speak(problem.mend) if problem.mend else None,
        "message": problem.told(lang),
    }


def file_and_line(place: str) -> tuple[str, int | None]:
    """Returns the file and the line that a place names, the line None where it names none."""
    found = _LINE.fullmatch(place)
    return (found[1], int(found[2])) if found else (place, None)
