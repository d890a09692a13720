"""Secrets that stand in files of their own: every setting `<name>_file` beside a secret `<name>`."""

from pathlib import Path
from typing import Any

from pydantic import SecretStr, ValidationError

from observer.documents.check import problems as told
from observer.errors import Problem, SettingsError, literal
from observer.messages import Words
from observer.settings.names import names, sections
from observer.settings.sections import Section
from observer.settings.whole import Settings

_FILE = "_file"


def with_secrets(settings: Settings) -> Settings:
    """Returns the settings with each secret that stands in a file. Raises SettingsError with every file that
    cannot be read, is empty or stands beside the secret itself."""
    problems: list[Problem] = []
    for name in _secrets():
        *above, field = name.split(".")
        section: Section = settings
        for part in above:
            section = getattr(section, part)
        path: Path | None = getattr(section, field + _FILE)
        if path is None:
            continue
        try:
            secret = _read(path, name, getattr(section, field) is not None)
            settings = _with(settings, above, field, secret, str(path))
        except SettingsError as error:
            problems.extend(error.problems)
    if problems:
        raise SettingsError(problems)
    return settings


def _secrets() -> list[str]:
    """Returns the full names of the secrets that may stand in a file."""
    known = {name for name, _ in sections()}
    every = [name for name in names() if name not in known]
    return [name for name in every if name + _FILE in every]


def _read(path: Path, name: str, given: bool) -> str:
    place, named = str(path), {"name": name}
    if given:
        raise SettingsError(Problem(place, Words("settings.one_place", named), Words("settings.two_places")))
    try:
        return path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or "?"
        raise SettingsError(Problem(place, Words("settings.secret_file", named), literal(reason))) from None


def _with(section: Any, above: list[str], field: str, secret: str, place: str) -> Any:
    if above:
        inner = _with(getattr(section, above[0]), above[1:], field, secret, place)
        return section.model_copy(update={above[0]: inner})
    if not secret:
        raise SettingsError(Problem(place, Words("declaration.filled"), Words("declaration.came.empty")))
    try:
        return type(section)(**{**dict(section), field: SecretStr(secret)})
    except ValidationError as error:
        raise SettingsError(
            problem._replace(place=place, path="")
            for problem in told(type(section), place, {field: secret}, error)
        ) from None
