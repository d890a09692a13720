"""What can be set: by one YAML file, and by variables of the environment, which outweigh it."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal, TypeAlias, cast

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic.fields import FieldInfo

from observer.documents import Json, checked, located, read_yaml
from observer.documents.check import problems as told
from observer.documents.reading import DEFAULT_SIZE
from observer.errors import CatalogError, Problem, SettingsError, literal, nearest
from observer.messages import Words

PREFIX: Final = "MARTECH_"
KEY_PREFIX: Final = "MARTECH_KEY_"
"""Variables that hold the keys of sources. They are no settings: schemas/sources names them."""

_NESTED: Final = "__"
_IN_FILE_ONLY: Final = "write_keys"
"""In the environment, each source names the variable of its own key."""

Positive: TypeAlias = Annotated[int, Field(ge=1)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Limits(_Section):
    """What one process takes on at most."""

    body_bytes: Positive = Field(default=5_000_000, description="Bytes of one request's body, once unpacked.")
    batch_events: Positive = Field(default=2_500, description="Events in one request.")
    queue_requests: Positive = Field(
        default=1_000, description="Requests that wait to be judged; beyond them the answer is 503."
    )
    queue_bytes: Positive = Field(
        default=64_000_000,
        description="Bytes of requests that wait to be judged; beyond them the answer is 503.",
    )
    requests_in_flight: Positive = Field(
        default=2_000, description="Requests that are read or wait at one time."
    )
    source_events_per_second: Annotated[int, Field(ge=0)] = Field(
        default=0, description="Events a second of one source, beyond which the answer is 429. 0: no limit."
    )
    bytes_in_flight: Positive = Field(
        default=128_000_000, description="Bytes that the bodies of those requests may come to."
    )
    body_seconds: Annotated[float, Field(gt=0)] = Field(
        default=30.0, description="Seconds that a body may take to arrive; then the answer is 408."
    )
    duplicate_window: Positive = Field(
        default=200_000,
        description="Events of a source among which a second one of the same id is a duplicate.",
    )
    cache_entries: Positive = Field(
        default=10_000, description="Answers about consent and tools that are kept at hand."
    )


class Quarantine(_Section):
    """Where refused events are kept, and how long."""

    folder: Path | None = Field(
        default=None, description="Folder. Without one: `quarantine` in the state folder."
    )
    max_bytes: Positive = Field(default=1 << 30, description="Bytes on disk; the oldest events go first.")
    days: Positive = Field(default=14, description="Days that an event is kept.")
    segment_bytes: Positive = Field(default=16 << 20, description="Bytes of one segment file at most.")
    segment_seconds: Positive = Field(
        default=3_600, description="Seconds that one segment file spans at most."
    )


class Windows(_Section):
    """What the windows remember."""

    retention_days: Positive = Field(
        default=90, description="Days that minutes, hours and days are kept in the store."
    )


class Metrics(_Section):
    """What bounds the metrics."""

    series: Positive = Field(
        default=50_000,
        description="Time series that a catalog may give rise to; a larger catalog is refused.",
    )
    rules_per_contract: Positive = Field(
        default=200, description="Rules of one contract in the label `rule`; the rest is `_other`."
    )


class Settings(_Section):
    """Everything that can be set. Every field has a safe default; unknown names are refused."""

    catalog: Path | None = Field(
        default=None, description="Folder of the company's declarations. Without one: the example company."
    )
    state: Path = Field(default=Path("var"), description="Folder of the store and the quarantine.")
    host: Annotated[str, Field(min_length=1)] = Field(
        default="127.0.0.1", description="Address to listen on."
    )
    port: Annotated[int, Field(ge=0, le=65_535)] = Field(
        default=8_700, description="Port to listen on. 0: any free one."
    )
    page_token: Annotated[SecretStr, Field(min_length=16)] | None = Field(
        default=None,
        description="What the page asks for on any address but localhost. Better set by the environment.",
    )
    page_token_file: Path | None = Field(default=None, description="A file that holds the page's token.")
    page_behind_tls: bool = Field(
        default=False,
        description="Whether a proxy serves the page by TLS, so that its cookie is for TLS alone.",
    )
    language: Literal["en", "fr"] | None = Field(
        default=None,
        description="Language of words for people. Without one: that of the reader or the locale.",
    )
    write_keys: dict[str, Annotated[SecretStr, Field(min_length=8)]] = Field(
        default={},
        description="Keys by source, for those whose variable is not set. In a file only its owner can read.",
    )
    clock_tolerance_seconds: Annotated[float, Field(ge=0)] = Field(
        default=5.0, description="How far off a device's clock may be before it counts as skewed."
    )
    limits: Limits = Field(default=Limits(), description="")
    quarantine: Quarantine = Field(default=Quarantine(), description="")
    windows: Windows = Field(default=Windows(), description="")
    metrics: Metrics = Field(default=Metrics(), description="")

    @property
    def quarantine_folder(self) -> Path:
        """The folder of the quarantine."""
        return self.quarantine.folder or self.state / "quarantine"


def load_settings(
    path: Path | None, environ: Mapping[str, str], options: Mapping[str, object] | None = None
) -> Settings:
    """Returns the settings of a YAML file, where one is named, with the environment's on top of them and the
    options of the command line, by setting, on top of both.

    Raises SettingsError with every problem: the file cannot be read, a name is unknown, a value is of the wrong
    kind or out of bounds, the token's file is missing. No message repeats a secret.
    """
    problems: list[Problem] = []
    in_file = _from_file(path, problems) if path is not None else {}
    in_environment = _from_environment(environ, problems)
    if problems:
        raise SettingsError(problems)
    asked = {name: value for name, value in (options or {}).items() if value is not None}
    return _with_token(_with_options(_over(in_file, in_environment), asked))


def settings_table() -> str:
    """Returns every setting in Markdown: name, variable, default and meaning, one table a section."""
    parts = [
        "A setting stands in the YAML file that `--config` names, or in a variable of the environment, which\n"
        f"outweighs the file. The keys of sources stand in variables that begin with `{KEY_PREFIX}`; the files\n"
        "in `schemas/sources` name them.\n"
    ]
    parts.append(_table("", Settings.model_fields))
    for name, section in _sections():
        about = (section.__doc__ or "").strip()
        parts.append(f"## {name}\n\n{about}\n\n" + _table(f"{name}.", section.model_fields))
    return "\n".join(parts)


def _from_file(path: Path, problems: list[Problem]) -> dict[str, Json]:
    place = str(path)
    try:
        with path.open("rb") as file:
            data = file.read(DEFAULT_SIZE.bytes + 1)
    except OSError as error:
        problems.append(Problem(place, Words("settings.file"), literal(error.strerror or "?")))
        return {}
    reading = read_yaml(place, data)
    if reading.problems:
        problems.extend(reading.problems)
        return {}
    try:
        checked(Settings, place, reading.value)
    except CatalogError as error:
        problems.extend(located(problem, reading.lines) for problem in error.problems)
        return {}
    return reading.value if isinstance(reading.value, dict) else {}


def _from_environment(environ: Mapping[str, str], problems: list[Problem]) -> dict[str, Any]:
    ours = {
        name: value
        for name, value in environ.items()
        if name.upper().startswith(PREFIX) and not name.upper().startswith(KEY_PREFIX)
    }
    known = {_variable(name) for name in _names()}
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


def _meant(variable: str) -> Words:
    # All begin alike, so that only what follows tells them apart.
    known = {_variable(name).removeprefix(PREFIX): _variable(name) for name in _names()}
    word = variable.upper().removeprefix(PREFIX)
    of_section = next((name for name in known if name.startswith(word + _NESTED)), None)
    near = nearest(of_section or word, list(known))
    if near is None:
        return Words("settings.key_prefix", {"prefix": KEY_PREFIX})
    return Words(near.code, {"word": known[str(near.values["word"])]})


def _nested(variables: Mapping[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name in _names():
        if (value := variables.get(_variable(name))) is not None:
            section, _, field = name.rpartition(".")
            into = values.setdefault(section, {}) if section else values
            into[field] = value
    return values


def _at_variable(problem: Problem) -> Problem:
    return problem._replace(place=f"${_variable(problem.path.removeprefix('$.'))}", path="")


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


def _with_token(settings: Settings) -> Settings:
    path = settings.page_token_file
    if path is None:
        return settings
    place = str(path)
    if settings.page_token is not None:
        raise SettingsError(Problem(place, Words("settings.one_token"), Words("settings.two_tokens")))
    try:
        token = path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or "?"
        raise SettingsError(Problem(place, Words("settings.token_file"), literal(reason))) from None
    try:
        return Settings(**{**dict(settings), "page_token": token})
    except ValidationError as error:
        raise SettingsError(
            problem._replace(place=place, path="")
            for problem in told(Settings, place, {"page_token": token}, error)
        ) from None


def _sections() -> Iterator[tuple[str, type[BaseModel]]]:
    for name, field in Settings.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, _Section):
            yield name, field.annotation


def _names() -> Iterator[str]:
    sections = dict(_sections())
    for name in Settings.model_fields:
        if name == _IN_FILE_ONLY:
            continue
        if name not in sections:
            yield name
            continue
        for inner in sections[name].model_fields:
            yield f"{name}.{inner}"


def _variable(name: str) -> str:
    return PREFIX + name.replace(".", _NESTED).upper()


def _table(prefix: str, fields: Mapping[str, FieldInfo]) -> str:
    sections = dict(_sections()) if not prefix else {}
    rows = [
        f"| `{prefix}{name}` | {_in_table(prefix + name)} | {_default(field)} | {field.description} |"
        for name, field in fields.items()
        if name not in sections
    ]
    head = "| setting | variable | default | meaning |\n| --- | --- | --- | --- |\n"
    return head + "\n".join(rows) + "\n"


def _in_table(name: str) -> str:
    return "in the file alone" if name == _IN_FILE_ONLY else f"`{_variable(name)}`"


def _default(field: FieldInfo) -> str:
    value = field.default
    if value is None or value == {}:
        return "none"
    return f"{value:,}".replace(",", " ") if isinstance(value, int) and value >= 10_000 else f"`{value}`"
