"""Contract files read strictly, for commands that take single files."""

from pathlib import Path
from typing import Any

from observer.cli.problem_json import file_and_line
from observer.contracts.not_run import NotRun
from observer.documents import Document, Size, located, read_yaml
from observer.documents.check import came
from observer.errors import InputError, Problem, literal
from observer.messages import Lang, Words, say, speak


def read_contract(path: Path) -> Document:
    """Returns the file, parsed; what is wrong with its YAML, or a value that is no mapping, is in its problems.

    Raises InputError where the file cannot be read at all.
    """
    place = "".join(letter if letter.isprintable() else "?" for letter in str(path))
    size = Size()
    if path.exists() and not path.is_file():
        # Opening a pipe would wait for whoever writes to it.
        raise InputError(Problem(place, Words("contract_cli.file"), Words("layout.no_file")))
    try:
        with path.open("rb") as file:
            data = file.read(size.bytes + 1)
    except OSError as error:
        reason = literal(error.strerror or type(error).__name__)
        raise InputError(Problem(place, Words("contract_cli.file"), reason)) from None
    reading = read_yaml(place, data, size)
    problems = reading.problems
    if not problems and not isinstance(reading.value, dict):
        problems = (Problem(place, Words("declaration.mapping"), came(reading.value), "$"),)
    return Document(path.name, place, reading.value, reading.lines, problems)


def not_run_line(one: NotRun, document: Document, lang: Lang) -> str:
    """Returns what is not run as one line for people."""
    return say("contract_cli.lint.not_run", lang, place=_place(one, document), what=one.what, path=one.path)


def not_run_json(one: NotRun, document: Document, lang: Lang) -> dict[str, Any]:
    """Returns what is not run as JSON values; `message` is in `lang`."""
    file, line = file_and_line(_place(one, document))
    return {
        "file": file,
        "line": line,
        "path": one.path,
        "code": one.what.code,
        "message": speak(one.what, lang),
    }


def _place(one: NotRun, document: Document) -> str:
    return located(Problem(document.place, one.what, one.what, one.path), document.lines).place
