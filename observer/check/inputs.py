"""What is read: files, folders walked, standard input, and the HTTP request whose body a file is."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from observer.errors import InputError, Problem, literal
from observer.messages import Words

STANDARD_INPUT: Final = "-"
STANDARD_INPUT_NAME: Final = "<stdin>"

REQUEST: Final = ".request.json"
"""`x.request.json` says of which HTTP request `x.json` is the body; without `x.json`, of one that has no body."""
_BODY: Final = ".json"
_EXPECTED: Final = ".expected.json"
"""What a golden case says of the file beside it: no traffic."""
ENDINGS: Final = (".json", ".ndjson", ".jsonl", ".tsv", ".txt", ".log", ".gz", "")
"""Of the files that are read in a folder. A file that is named is read whatever it is called."""


class Input(NamedTuple):
    """One thing to read.

    name: as people know it, fit to be printed; path: None for standard input and for a request without a body;
    size: bytes on disk, 0 where unknown; request: the file that tells the HTTP request, or None.
    """

    name: str
    path: Path | None
    size: int = 0
    request: Path | None = None


class Request(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The HTTP request, or Kafka record, whose value a file is. headers: their names in lower case."""

    path: str = ""
    headers: dict[str, str] = {}


def find_inputs(names: Iterable[str]) -> list[Input]:
    """Returns what to read, each once, folders walked in order of names; hidden files are left out.

    Raises InputError for what is not there, for a folder that cannot be read or that holds nothing to check.
    """
    found: dict[str, Input] = {}
    for name in names:
        try:
            for one in _named(name):
                found.setdefault(one.name, one)
        except OSError as error:
            raise InputError(unreadable(printable(Path(name)), error)) from error
    return list(found.values())


def read_request(source: Input) -> Request | None:
    """Returns the request of an input, or None where it has none. Raises InputError where it cannot be read."""
    if source.request is None:
        return None
    place = printable(source.request)
    try:
        request = msgspec.json.decode(source.request.read_bytes(), type=Request)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(Problem(place, Words("check.request"), literal(str(error)))) from error
    except OSError as error:
        raise InputError(unreadable(place, error)) from error
    return Request(request.path, {name.lower(): value for name, value in request.headers.items()})


def unreadable(name: str, error: Exception) -> Problem:
    """Returns the problem of an input that cannot be read or unpacked."""
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return Problem(name, Words("check.readable"), literal(reason))


def printable(path: Path) -> str:
    """Returns a path as it is shown: `/` between its steps, bytes and controls that cannot be printed escaped."""
    text = os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")
    return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in text)


def _named(name: str) -> Iterator[Input]:
    if name == STANDARD_INPUT:
        yield Input(STANDARD_INPUT_NAME, None)
        return
    path = Path(name)
    if path.is_dir():
        walked = [_file(inner) for inner in sorted(_walk(path)) if _is_read(inner)]
        if not walked:
            endings = ", ".join(f"`{ending}`" for ending in ENDINGS if ending)
            expected = Words("check.folder", {"endings": endings})
            raise InputError(Problem(printable(path), expected, Words("check.nothing")))
        yield from walked
    elif path.exists():
        yield _file(path)
    else:
        expected, mend = Words("check.file"), Words("check.mend_file")
        raise InputError(Problem(printable(path), expected, Words("check.nothing"), mend=mend))


def _walk(folder: Path) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        raise InputError(unreadable(printable(Path(error.filename or folder)), error)) from error

    for inner, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(inner) / name for name in files if not name.startswith("."))


def _is_read(path: Path) -> bool:
    if path.name.endswith(REQUEST):
        return not _body_of(path).exists()
    return path.is_file() and path.suffix.lower() in ENDINGS and not path.name.endswith(_EXPECTED)


def _file(path: Path) -> Input:
    if path.name.endswith(REQUEST):
        body = _body_of(path)
        return _file(body) if body.exists() else Input(printable(path), None, 0, path)
    beside = path.with_name(path.name.removesuffix(_BODY) + REQUEST) if path.name.endswith(_BODY) else None
    request = beside if beside is not None and beside.exists() else None
    return Input(printable(path), path, path.stat().st_size if path.is_file() else 0, request)


def _body_of(request: Path) -> Path:
    return request.with_name(request.name.removesuffix(REQUEST) + _BODY)
