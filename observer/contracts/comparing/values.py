"""Values near the edges of a shape: those that two versions of a contract are likely to judge differently."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import chain, islice
from math import ceil, floor
from typing import Any, Final

import jsonschema_rs

from observer.contracts import vocabulary
from observer.contracts.comparing.pattern_texts import texts
from observer.contracts.comparing.temporal_texts import moments
from observer.contracts.json_schema import without_null, written
from observer.contracts.shape import Shape
from observer.contracts.validators import validator

OTHER_KINDS: Final[tuple[Any, ...]] = ("text", 7, 1.5, True, [], {})
"""One value of each JSON kind."""

UNDECLARED: Final = "undeclared"
_LONGEST: Final = 5_000
_MANY: Final = 300
_TRIES: Final = 60
_FORMATS: Final[Mapping[str, tuple[str, ...]]] = {
    "date": ("2026-03-01",),
    "date-time": ("2026-03-01T10:00:00Z",),
    "duration": ("P1D",),
    "email": ("name@shop.example",),
    "hostname": ("shop.example",),
    "idn-email": ("name@shop.example", "é@shop.example"),
    "idn-hostname": ("shop.example", "é.example"),
    "ipv4": ("192.0.2.1",),
    "ipv6": ("2001:db8::1",),
    "iri": ("https://shop.example/", "https://shop.example/é"),
    "iri-reference": ("a", "/é"),
    "json-pointer": ("", "/a"),
    "regex": ("a+",),
    "time": ("10:00:00Z",),
    "uri": ("https://shop.example/",),
    "uri-reference": ("/a",),
    "uri-template": ("https://shop.example/{id}",),
    "uuid": ("6f1c0b6e-9a55-4a7c-8a38-1f1f3f9c2c11",),
}
_PLACEHOLDERS: Final = ("a", "", "text", "two words", "[", "{", "1")


class NoValueError(Exception):
    """No value was found that keeps the shape."""


def example(shape: Shape) -> Any:
    """Returns a value that keeps `shape`, null left out. Raises NoValueError."""
    return next(iter(examples(shape, 1)))


def shared(shape: Shape, other: Shape | None) -> Any:
    """Returns a value that keeps `shape`, and `other` too where one is found that does. Raises NoValueError."""
    first = example(shape)
    if other is None or other == shape:
        return first
    own, theirs = _validator(shape), _validator(other)
    for value in chain([first], islice(chain(candidates(shape), tolerated(other)), _TRIES)):
        if own.is_valid(value) and theirs.is_valid(value):
            return value
    return first


def tolerated(shape: Shape) -> Iterator[Any]:
    """Yields the candidates of `shape` up to where a part of it has no value."""
    try:
        yield from candidates(shape)
    except NoValueError:
        return


def examples(shape: Shape, count: int) -> list[Any]:
    """Returns up to `count` values that keep `shape`, at least one, no two alike. Raises NoValueError."""
    keeps = _validator(shape).is_valid
    found: list[Any] = []
    for value in candidates(shape):
        if len(found) == count:
            break
        if keeps(value) and all(repr(value) != repr(other) for other in found):
            found.append(value)
    if not found:
        raise NoValueError
    return found


def candidates(shape: Shape) -> Iterator[Any]:
    """Yields values at the edges of `shape`, those that should keep it first; some do not."""
    yield from shape.enum
    match shape.type:
        case "number" | "integer":
            yield from _numbers(shape)
        case "string":
            yield from _texts(shape)
        case "date" | "timestamp" | "time":
            yield from moments(shape)
        case "boolean":
            yield from (True, False)
        case "array" | "vector":
            yield from _lists(shape)
        case "map":
            yield from _maps(shape)
        case _:
            yield from _objects(shape)


def _validator(shape: Shape) -> jsonschema_rs.Draft202012Validator:
    return validator(without_null(written(shape).schema))


def _numbers(shape: Shape) -> Iterator[int | float]:
    options = shape.options
    bounds = [
        value
        for name in ("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum")
        if isinstance(value := options.get(name), int | float)
    ]
    named = str(options.get("format"))
    ranges = vocabulary.INTEGER_RANGES.get(named) or vocabulary.NUMBER_RANGES.get(named)
    whole = shape.type == "integer"
    multiple = options.get("multipleOf")
    found: list[int | float] = [] if bounds else [1]
    for bound in (*bounds, *(ranges or ())):
        if isinstance(multiple, int | float):
            found += _multiples(bound, multiple)
        near = (ceil(bound), floor(bound), ceil(bound) + 1, floor(bound) - 1)
        found += [*near] if whole else [bound, *near, bound + 0.5, bound - 0.5, bound * 1.01, bound * 0.99]
    if len(bounds) > 1 and not whole:
        found.append((min(bounds) + max(bounds)) / 2)
    if isinstance(multiple, int | float):
        found += [multiple, 0, -multiple, 3 * multiple]
    found += [1, 0, -1, 7] if whole else [1, 0, 1.5, -1, 0.001]
    # A whole number is told as one, and 1e400 is no JSON that everybody reads.
    yield from (int(one) if one == int(one) else one for one in found if abs(one) < 1e300)


def _multiples(bound: float, multiple: float) -> list[int | float]:
    step, at = Decimal(str(multiple)), Decimal(str(bound))
    first = (at // step) * step
    return [_number(first), _number(first + step), _number(first - step)]


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _texts(shape: Shape) -> Iterator[str]:
    options = shape.options
    pattern, format_ = options.get("pattern"), str(options.get("format"))
    made = texts(pattern) if isinstance(pattern, str) else []
    made += _FORMATS.get(format_, ())
    sizes = [
        size
        for name in ("minLength", "maxLength")
        if isinstance(stated := options.get(name), int)
        for size in (stated, stated + 1, stated - 1)
        if 0 <= size <= _LONGEST
    ]
    yield from made
    for size in sizes:
        yield "a" * size
        # A pattern without anchors still matches a text that was made longer.
        yield from (text.ljust(size, text[-1:] or "a") for text in made if len(text) < size)
    yield from _PLACEHOLDERS


def _lists(shape: Shape) -> Iterator[list[Any]]:
    options = shape.options
    stated = [options.get(name) for name in ("minItems", "maxItems", "dimensions")]
    sizes = [near for size in stated if isinstance(size, int) for near in (size, size + 1, size - 1)]
    sizes = [size for size in [*sizes, 1, 0, 2] if 0 <= size <= _MANY]
    for size in dict.fromkeys(sizes):
        yield _items(shape.item, size, bool(options.get("uniqueItems")))
    if shape.item is None:
        yield [1, 1]
        return
    for value in candidates(shape.item):
        yield [value] * next(iter(sizes), 1)
        yield [value, value]


def _items(item: Shape | None, size: int, different: bool) -> list[Any]:
    if size == 0:
        return []
    if item is None:
        return list(range(1, size + 1))
    if not different:
        return [example(item)] * size
    found = examples(item, size)
    if len(found) < size and item.type in {"integer", "number"}:
        found = [number for number in range(size * 2) if _validator(item).is_valid(number)][:size]
    if len(found) < size and item.type == "string":
        found = [text for n in range(size * 2) if _validator(item).is_valid(text := f"a{n}")][:size]
    return found


def _maps(shape: Shape) -> Iterator[dict[str, Any]]:
    assert shape.key is not None and shape.item is not None
    yield {}
    value = example(shape.item)
    for key in candidates(shape.key):
        yield {key: value}
    key = example(shape.key)
    for value in candidates(shape.item):
        yield {key: value}


def _objects(shape: Shape) -> Iterator[dict[str, Any]]:
    needed = {name: example(inner) for name, inner in shape.properties.items() if inner.required}
    full = dict(needed)
    for name, inner in shape.properties.items():
        if name not in full:
            try:
                full[name] = example(inner)
            except NoValueError:
                continue
    yield needed
    yield {**needed, UNDECLARED: 1}
    yield full
    for name in shape.properties:
        yield from ({**needed, name: value} for value in OTHER_KINDS)
    for name in ("minProperties", "maxProperties"):
        size = shape.options.get(name)
        for count in (size, size + 1, size - 1) if isinstance(size, int) and size <= _MANY else ():
            yield _sized(needed, full, count, shape.closed)
    yield {}


def _sized(needed: dict[str, Any], full: dict[str, Any], count: int, closed: bool) -> dict[str, Any]:
    found = dict(needed)
    extra = {} if closed else {f"{UNDECLARED}_{number}": 1 for number in range(count)}
    for name, value in {**full, **extra}.items():
        if len(found) >= count:
            break
        found.setdefault(name, value)
    return found
