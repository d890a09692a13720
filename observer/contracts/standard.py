"""Whether a document is ODCS: the JSON Schema of the standard, which its own Python package carries, is the judge.

That package's pydantic model drops unknown keys in silence, so it is not asked. What the schema reports is told in
our grammar: a key or a word that is not known, with the nearest one that is; a value of the wrong kind.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final

import jsonschema_rs

from observer.contracts.report import Place, Report, options, shown, word
from observer.errors import nearest
from observer.messages import Words

_Kind = jsonschema_rs.ValidationErrorKind
_VERSION: Final = "3.2.0"
_COMBINED: Final = ("allOf", "anyOf", "oneOf", "if", "then", "else")


def check_standard(document: Mapping[str, object], report: Report) -> bool:
    """Tells `report` all that ODCS does not allow. Returns whether it allows the document."""
    errors = list(_validator().iter_errors(document))
    if not errors:
        return True
    before = len(report.problems)
    untyped = _untyped(errors, document, report)
    for error in errors:
        if not _follows(tuple(error.instance_path), untyped):
            _tell(error, document, report)
    if len(report.problems) == before:
        _tell_bluntly(errors, document, report)
    return False


@cache
def _schema() -> dict[str, Any]:
    bundled = files("open_data_contract_standard").joinpath("schema.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(bundled)
    return schema


@cache
def _validator() -> jsonschema_rs.Draft201909Validator:
    return jsonschema_rs.Draft201909Validator(_schema(), validate_formats=True, offline=True)


def _untyped(
    errors: Iterable[jsonschema_rs.ValidationError], document: Mapping[str, object], report: Report
) -> set[Place]:
    """Tells each property without a logicalType, and returns their places.

    The standard's schema has an `if logicalType is …` for each type, all of which hold where there is none: a
    property without one is told to lack `map`, and more.
    """
    found = set[Place]()
    for error in errors:
        kind, at = error.kind, tuple(error.instance_path)
        if isinstance(kind, _Kind.Required) and kind.property == "map":
            stated = value_at(document, at)
            if isinstance(stated, Mapping) and "logicalType" not in stated:
                found.add(at)
                report.missing(at, Words("contract.expected.key", {"key": "logicalType"}))
                if "$ref" in stated:
                    _tell_key((*at, "$ref"), (), report)
    return found


def _follows(at: Place, untyped: set[Place]) -> bool:
    return any(at[: len(place)] == place for place in untyped)


def _tell(error: jsonschema_rs.ValidationError, document: Mapping[str, object], report: Report) -> None:
    at, kind = tuple(error.instance_path), error.kind
    value = value_at(document, at)
    match kind:
        case _Kind.Required():
            near = nearest(kind.property, list(value)) if isinstance(value, Mapping) else None
            known = _known(error.schema_path)
            mend = None
            if near is not None and near.values["word"] not in known:
                mend = Words("contract.mend.rename", {"key": near.values["word"], "right": kind.property})
            report.missing(at, Words("contract.expected.key", {"key": kind.property}), mend)
        case _Kind.AdditionalProperties() | _Kind.UnevaluatedProperties():
            known = _known(error.schema_path)
            for key in kind.unexpected:
                if key not in known:
                    _tell_key((*at, key), known, report)
        case _Kind.OneOfNotValid() | _Kind.AnyOf() | _Kind.OneOfMultipleValid():
            _tell_branches(error, kind, document, report)
        case _:
            _tell_value(at, kind, value, report)


def _tell_key(at: Place, known: Sequence[str], report: Report) -> None:
    key = str(at[-1])
    mend = Words("contract.mend.reference") if key == "$ref" else nearest(key, known)
    report.add(at, Words("contract.expected.known_key", {"version": _VERSION}), word(key), mend)


def _tell_value(at: Place, kind: jsonschema_rs.ValidationErrorKind, value: object, report: Report) -> None:
    match kind:
        case _Kind.Type():
            number = kind.types[0] == "string" and isinstance(value, int | float)
            mend = Words("contract.mend.quote") if number else None
            report.add(at, Words(f"contract.kind.{kind.types[0]}"), shown(value), mend)
        case _Kind.Enum():
            known = [str(option) for option in kind.options]
            report.add(at, options(known), shown(value), nearest(str(value), known))
        case _Kind.Pattern():
            report.add(at, Words("contract.expected.matching", {"pattern": kind.pattern}), shown(value))
        case _Kind.Format():
            report.add(at, Words("contract.expected.format", {"format": kind.format}), shown(value))
        case _Kind.UniqueItems():
            report.add(at, Words("contract.expected.unique"), shown(value))
        case _Kind.Not():
            report.add(at, Words("contract.expected.standard"), shown(value))
        case _:
            asked = Words(
                "contract.expected.keyword", {"keyword": kind.name, "value": json.dumps(kind.value)}
            )
            report.add(at, asked, shown(value))


def _tell_branches(
    error: jsonschema_rs.ValidationError,
    kind: _Kind.OneOfNotValid | _Kind.AnyOf | _Kind.OneOfMultipleValid,
    document: Mapping[str, object],
    report: Report,
) -> None:
    at = tuple(error.instance_path)
    keys = [key for branch in _definition(error.schema_path) for key in branch.get("required", ())]
    stated = value_at(document, at)
    present = [key for key in keys if isinstance(stated, Mapping) and key in stated]
    if keys and len(present) != 1:
        expected = Words("contract.expected.one_key", {"options": ", ".join(keys)})
        report.add(at, expected, word(", ".join(present)) if present else Words("contract.got.nothing"))
        return
    fitting = [branch for branch in kind.context if not any(_misses(inner, at) for inner in branch)]
    if len(fitting) == 1:
        for inner in fitting[0]:
            _tell(inner, document, report)
        return
    kinds = [name for branch in kind.context for inner in branch for name in _wrong_kind(inner, at)]
    report.add(at, options(kinds) if kinds else Words("contract.expected.standard"), shown(stated))


def _misses(error: jsonschema_rs.ValidationError, at: Place) -> bool:
    """Tells whether what stands at `at` is of another kind than a branch is about, or lacks the key it is about."""
    missing = isinstance(error.kind, _Kind.Required) and tuple(error.instance_path) == at
    return missing or bool(_wrong_kind(error, at))


def _wrong_kind(error: jsonschema_rs.ValidationError, at: Place) -> list[str]:
    """Returns the JSON types that `error` says stand at `at` in the standard, or [] when it says something else."""
    return error.kind.types if isinstance(error.kind, _Kind.Type) and tuple(error.instance_path) == at else []


def _tell_bluntly(
    errors: Sequence[jsonschema_rs.ValidationError], document: Mapping[str, object], report: Report
) -> None:
    """Tells keys that the standard knows and does not allow where they stand, as `items` on a string."""
    for error in errors:
        at, kind = tuple(error.instance_path), error.kind
        if isinstance(kind, _Kind.AdditionalProperties | _Kind.UnevaluatedProperties):
            for key in kind.unexpected:
                report.add((*at, key), Words("contract.expected.fitting_key"), word(key))
        else:
            report.add(at, Words("contract.expected.standard"), shown(value_at(document, at)))


def _known(location: Sequence[str | int]) -> list[str]:
    """Returns every key that the definition around `location` of the standard's schema may have."""
    return sorted(_keys(_definition(location[:-1])))


def _definition(location: Sequence[str | int]) -> Any:
    definition: Any = _schema()
    for step in location:
        definition = definition[step]
    return definition


def _keys(definition: Any) -> set[str]:
    if not isinstance(definition, Mapping):
        return set()
    found = set(definition.get("properties") or ())
    reference = definition.get("$ref")
    if reference:
        target: Any = _schema()
        for step in reference.removeprefix("#/").split("/"):
            target = target[step]
        found |= _keys(target)
    for name in _COMBINED:
        inner = definition.get(name)
        for part in inner if isinstance(inner, list) else [inner]:
            found |= _keys(part)
    return found


def value_at(document: object, at: Place) -> object:
    """Returns what stands at a place of the document, or None."""
    value = document
    for step in at:
        if isinstance(step, int):
            value = value[step] if isinstance(value, Sequence) and step < len(value) else None
        else:
            value = value.get(step) if isinstance(value, Mapping) else None
    return value
