"""A value against its model: pydantic's errors become problems in the words of the house."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from observer.documents.declaration import KEBAB
from observer.documents.json_text import canonical
from observer.documents.reading import Json, step
from observer.errors import CatalogError, Problem, literal, nearest
from observer.messages import Words, catalogue

Model = TypeVar("Model", bound=BaseModel)

LONGEST_WORD: Final = 60
"""Characters of an operator's word that a message repeats."""

_KINDS: Final[Mapping[str, str]] = {
    "string_type": "text",
    "int_type": "whole",
    "int_parsing": "whole",
    "int_from_float": "whole",
    "float_type": "number",
    "float_parsing": "number",
    "finite_number": "number",
    "bool_type": "boolean",
    "bool_parsing": "boolean",
    "list_type": "list",
    "tuple_type": "list",
    "set_type": "list",
    "frozen_set_type": "list",
    "dict_type": "mapping",
    "mapping_type": "mapping",
    "model_type": "mapping",
    "model_attributes_type": "mapping",
    "date_type": "date",
    "date_parsing": "date",
    "date_from_datetime_parsing": "date",
    "date_from_datetime_inexact": "date",
}
"""pydantic's errors about the kind of a value: each is a message `declaration.<word>`."""

_LENGTHS: Final[Mapping[str, tuple[str, str]]] = {
    "string_too_short": ("declaration.shortest", "min_length"),
    "string_too_long": ("declaration.longest", "max_length"),
    "too_short": ("declaration.fewest", "min_length"),
    "too_long": ("declaration.most", "max_length"),
}
_BOUNDS: Final[Mapping[str, tuple[str, str]]] = {
    "greater_than": ("declaration.above", "gt"),
    "greater_than_equal": ("declaration.at_least", "ge"),
    "less_than": ("declaration.below", "lt"),
    "less_than_equal": ("declaration.at_most", "le"),
}
"""pydantic's errors about a size: message, and the name of the bound in the error's context."""


def checked(model: type[Model], place: str, value: Json) -> Model:
    """Returns `value` as `model`, strictly: no text becomes a number. Raises CatalogError with every problem."""
    try:
        # In JSON mode strict means what JSON means: a list may become a tuple, a text a date, nothing else.
        return model.model_validate_json(canonical(value), strict=True)
    except ValidationError as error:
        raise CatalogError(problems(model, place, value, error)) from None


def problems(model: type[BaseModel], place: str, value: Json, error: ValidationError) -> list[Problem]:
    """Returns pydantic's errors about `value` as problems, each place in it once."""
    found: dict[str, Problem] = {}
    for detail in error.errors(include_url=False, include_input=False):
        problem = _problem(model, place, value, detail)
        # The branches of a union each complain of the same place: the first is told.
        found.setdefault(f"{problem.path} {detail['type'] == 'missing' and detail['loc'][-1]}", problem)
    return list(found.values())


def came(value: Json) -> Words:
    """Returns the kind of a value as words. It never holds the value."""
    match value:
        case None:
            return Words("declaration.came.null")
        case bool():
            return Words("declaration.came.boolean")
        case int() | float():
            return Words("declaration.came.number")
        case str():
            return Words("declaration.came.text" if value else "declaration.came.empty")
        case list():
            return Words("declaration.came.list" if value else "declaration.came.empty_list")
    return Words("declaration.came.mapping")


def word(text: str) -> Words:
    """Returns an operator's own word, as a message may repeat it: short, and without control characters."""
    shown = "".join(character if character.isprintable() else "?" for character in text)
    return literal(f"`{shown[:LONGEST_WORD]}{'…' if len(shown) > LONGEST_WORD else ''}`")


def one_of(code: str, words: Iterable[str]) -> Words:
    """Returns the message `code`, whose `words` are listed."""
    return Words(code, {"words": ", ".join(f"`{known}`" for known in words)})


def _problem(model: type[BaseModel], place: str, value: Json, detail: ErrorDetails) -> Problem:
    kind, context = detail["type"], detail.get("ctx", {})
    path, found, trail = _walk(value, detail["loc"])
    if kind == "extra_forbidden":
        name, known = str(detail["loc"][-1]), _keys(model, trail[:-1])
        return Problem(place, one_of("declaration.key_known", known), word(name), path, nearest(name, known))
    if kind == "missing":
        missing = Words("declaration.key_missing", {"key": detail["loc"][-1]})
        return Problem(place, missing, Words("declaration.came.nothing"), path)
    if kind in {"literal_error", "enum"}:
        options = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        expected = one_of("declaration.one_of", options)
        if isinstance(found, str):
            return Problem(place, expected, word(found), path, nearest(found, options))
        return Problem(place, expected, came(found), path)
    if kind in {"too_short", "too_long"} and isinstance(found, str):
        kind = f"string_{kind}"  # of a secret, which pydantic does not take for text
    return Problem(place, _expected(kind, context), _got(kind, context, found), path)


def _got(kind: str, context: Mapping[str, Any], found: Json) -> Words:
    if kind in _BOUNDS:
        return literal(found)
    if kind in _LENGTHS and isinstance(found, str) and found:
        return Words("declaration.came.characters", {"count": len(found)})
    if kind in _LENGTHS and isinstance(found, list) and found:
        return Words("declaration.came.entries", {"count": len(found)})
    shown = bool(context.get("shown")) or context.get("pattern") == KEBAB
    if not isinstance(found, str) or not found or kind in _KINDS:
        return came(found)
    return word(found) if shown else Words("declaration.came.other_text")


def _expected(kind: str, context: Mapping[str, Any]) -> Words:
    if kind in catalogue():
        return Words(kind, {name: value for name, value in context.items() if name != "shown"})
    if kind in _KINDS:
        return Words(f"declaration.{_KINDS[kind]}")
    if kind in _LENGTHS:
        code, name = _LENGTHS[kind]
        filled = kind == "string_too_short" and context[name] == 1
        return Words("declaration.filled" if filled else code, {"bound": context[name]})
    if kind in _BOUNDS:
        code, name = _BOUNDS[kind]
        return Words(code, {"bound": context[name]})
    if kind == "string_pattern_mismatch":
        pattern = str(context["pattern"])
        if pattern == KEBAB:
            return Words("declaration.id")
        return Words("declaration.pattern", {"pattern": pattern})
    return Words("declaration.rule", {"rule": kind})


def _walk(value: Json, location: Sequence[str | int]) -> tuple[str, Json, list[str | int]]:
    """Follows a location as far as it exists in the value. Returns its path, what stands there, and its parts.

    Parts that are not in the value are pydantic's own (the branch of a union) or the key that is missing.
    """
    path = "$"
    trail: list[str | int] = []
    for part in location:
        match value, part:
            case dict(), str() if part in value:
                value = value[part]
            case list(), int() if part < len(value):
                value = value[part]
            case _:
                continue
        path = step(path, part)
        trail.append(part)
    return path, value, trail


def _keys(model: type[BaseModel], trail: Sequence[str | int]) -> list[str]:
    """Returns the keys that the model knows at the end of `trail`, in the order of their declaration."""
    schema = model.model_json_schema(by_alias=True)
    places: list[Mapping[str, Any]] = [schema]
    for part in trail:
        places = [below for place in places for below in _below(schema, place, part)]
    return list(
        dict.fromkeys(
            key for place in places for one in _meant(schema, place) for key in one.get("properties", {})
        )
    )


def _below(
    schema: Mapping[str, Any], place: Mapping[str, Any], part: str | int
) -> Iterator[Mapping[str, Any]]:
    for one in _meant(schema, place):
        if isinstance(part, int):
            below = [one.get("items")]
        elif part in one.get("properties", {}):
            below = [one["properties"][part]]
        else:
            below = [one.get("additionalProperties"), *one.get("patternProperties", {}).values()]
        yield from (place for place in below if isinstance(place, dict))


def _meant(schema: Mapping[str, Any], place: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yields what a place of a JSON Schema stands for: itself, what it refers to, each of its branches."""
    if "$ref" in place:
        yield from _meant(schema, schema["$defs"][place["$ref"].rsplit("/", 1)[-1]])
        return
    for branch in (*place.get("anyOf", ()), *place.get("oneOf", ())):
        yield from _meant(schema, branch)
    yield place
