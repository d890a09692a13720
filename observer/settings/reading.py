"""Settings out of one YAML file, the environment on top of it, and the command line on top of both."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, cast

from pydantic import ValidationError

from observer.documents import Json, checked, located, read_yaml
from observer.documents.check import problems as told
from observer.documents.reading import DEFAULT_SIZE
from observer.errors import CatalogError, Problem, SettingsError, literal, nearest
from observer.messages import Words
from observer.settings.agreeing import disagreements
from observer.settings.names import KEY_PREFIX, NESTED, PREFIX, names, variable
from observer.settings.secret_files import with_secrets
from observer.settings.whole import Settings


class _File(NamedTuple):
    place: str = ""
    values: Mapping[str, Json] = MappingProxyType({})
    lines: Mapping[str, int] = MappingProxyType({})


def load_settings(
    path: Path | None, environ: Mapping[str, str], options: Mapping[str, object] | None = None
) -> Settings:
    """Returns the settings of a YAML file, where one is named, with the environment's on top of them and the
    options of the command line, by setting, on top of both.

    Raises SettingsError with every problem: the file cannot be read, a name is unknown, a value is of the wrong
    kind or out of bounds, a secret's file is missing, two settings do not go together. No message repeats a
    secret.
    """
    problems: list[Problem] = []
    in_file = _from_file(path, problems) if path is not None else _File()
    in_environment = _from_environment(environ, problems)
    if problems:
        raise SettingsError(problems)
    asked = {name: value for name, value in (options or {}).items() if value is not None}
    settings = with_secrets(_with_options(_over(in_file.values, in_environment), asked))
    if wrong := disagreements(settings):
        set_here = {name.upper() for name in environ}
        raise SettingsError(_placed(problem, in_file, set_here, asked) for problem in wrong)
    return settings


def _from_file(path: Path, problems: list[Problem]) -> _File:
    place = str(path)
    try:
        with path.open("rb") as file:
            data = file.read(DEFAULT_SIZE.bytes + 1)
    except OSError as error:
        problems.append(Problem(place, Words("settings.file"), literal(error.strerror or "?")))
        return _File()
    reading = read_yaml(place, data)
    if reading.problems:
        problems.extend(reading.problems)
        return _File()
    try:
        checked(Settings, place, reading.value)
    except CatalogError as error:
        problems.extend(located(problem, reading.lines) for problem in error.problems)
        return _File()
    return _File(place, reading.value if isinstance(reading.value, dict) else {}, reading.lines)


def _from_environment(environ: Mapping[str, str], problems: list[Problem]) -> dict[str, Any]:
    ours = {
        name: value
        for name, value in environ.items()
        if name.upper().startswith(PREFIX) and not name.upper().startswith(KEY_PREFIX)
    }
    known = {variable(name) for name in names()}
    for name in sorted(ours):
        if name.upper() not in known:
            expected, got = Words("settings.variable"), Words("settings.unknown")
            problems.append(Problem(f"${name}", expected, got, mend=_meant(name)))
    values = _nested({name.upper(): value for name, value in ours.items()})
    try:
        Settings.model_validate(values)
    except ValidationError as error:
        problems.extend(_at_variable(problem) for problem in told(Settings, "", values, error))
    return values


def _meant(given: str) -> Words:
    # All begin alike, so that only what follows tells them apart.
    known = {variable(name).removeprefix(PREFIX): variable(name) for name in names()}
    word = given.upper().removeprefix(PREFIX)
    of_section = next((name for name in known if name.startswith(word + NESTED)), None)
    near = nearest(of_section or word, list(known))
    if near is None:
        return Words("settings.key_prefix", {"prefix": KEY_PREFIX})
    return Words(near.code, {"word": known[str(near.values["word"])]})


def _nested(variables: Mapping[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name in names():
        if (value := variables.get(variable(name))) is not None:
            *sections, field = name.split(".")
            into = values
            for section in sections:
                into = into.setdefault(section, {})
            into[field] = value
    return values


def _at_variable(problem: Problem) -> Problem:
    return problem._replace(place=f"${variable(problem.path.removeprefix('$.'))}", path="")


def _over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Returns `below` with `above` on top of it, section by section."""
    merged = dict(below)
    for name, value in above.items():
        under = merged.get(name)
        both = isinstance(under, dict) and isinstance(value, dict)
        merged[name] = _over(cast(dict[str, Any], under), value) if both else value
    return merged


def _with_options(values: Mapping[str, Any], asked: Mapping[str, Any]) -> Settings:
    try:
        return Settings(**_over(values, asked))
    except ValidationError as error:
        raise SettingsError(
            problem._replace(place=f"--{problem.path.removeprefix('$.')}", path="")
            for problem in told(Settings, "", {**values, **asked}, error)
        ) from None


def _placed(problem: Problem, file: _File, in_environment: set[str], asked: Mapping[str, object]) -> Problem:
    """Returns a problem of the settings as a whole at the place where that setting was given."""
    name = problem.path.removeprefix("$.")
    if name in asked:
        return problem._replace(place=f"--{name}", path="")
    if variable(name) in in_environment or not file.place:
        return problem._replace(place=f"${variable(name)}", path="")
    return located(problem._replace(place=file.place), file.lines)
