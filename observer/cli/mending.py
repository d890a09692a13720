"""How to mend what lower rooms refuse: they do not know the commands and options that people type."""

from collections.abc import Mapping
from typing import Final

from observer.errors import ObserverError, Problem
from observer.messages import Lang, Words

_MENDS: Final[Mapping[str, str]] = {
    "settings.file": "cli.mend.settings_file",
    "layout.folder_of_catalog": "catalog.init.mend",
}
"""What was expected → how to mend it, where the problem does not say."""

_MISSING_KEY: Final = "collector.key_mend"


def told(error: ObserverError, lang: Lang) -> str:
    """Returns the error's problems, one a line, each with how to mend it where that is known."""
    problems = [_mended(problem) for problem in error.problems]
    keyless = [number for number, problem in enumerate(problems) if _is(problem, _MISSING_KEY)]
    for number in keyless[:-1]:
        # What would do for all of them is said once, with the last.
        mend = problems[number].mend
        assert mend is not None
        problems[number] = problems[number]._replace(mend=Words("collector.key_set", mend.values))
    return "\n".join(problem.told(lang) for problem in problems)


def _is(problem: Problem, mend: str) -> bool:
    return problem.mend is not None and problem.mend.code == mend


def _mended(problem: Problem) -> Problem:
    if problem.mend is not None:
        return problem
    code = _MENDS.get(problem.expected.code)
    # Among settings, the page's token alone is too short outside of a file of settings.
    if problem.expected.code == "declaration.shortest" and problem.path in {"", "$.page_token"}:
        code = "cli.mend.token"
    return problem if code is None else problem._replace(mend=Words(code))
