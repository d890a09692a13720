"""Where two shapes part: one difference for each rule that one of them has and the other has not, or has otherwise."""

import json
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple, TypeAlias

from observer.contracts import vocabulary
from observer.contracts.comparing.lenient import Facet, Lenient
from observer.contracts.shape import Shape

Steps: TypeAlias = tuple[str | None, ...]
"""The way to a value: the name of a property, or None for an item of a list and the value of a map."""

ABSENT: Final = "property"
"""The keyword of a difference that is a whole property, there in one version alone."""


class Difference(NamedTuple):
    """One rule that differs. keyword, path: as in rule ids; old, new: what it says, None for nothing.

    old_shape, new_shape: what stands at `steps` in each version, None where nothing does.
    """

    keyword: str
    path: str
    steps: Steps
    old: object
    new: object
    old_shape: Shape | None
    new_shape: Shape | None


def differences(old: Lenient, new: Lenient) -> Iterator[Difference]:
    """Yields every difference in the order of the new version; properties that are gone come last in their object."""
    yield from _compared(old.shape, new.shape, (), old.left, new.left)


def _compared(
    old: Shape, new: Shape, steps: Steps, old_left: Mapping[Facet, object], new_left: Mapping[Facet, object]
) -> Iterator[Difference]:
    path = new.path

    def difference(keyword: str, before: object, after: object) -> Difference:
        return Difference(keyword, path, steps, before, after, old, new)

    before, after = _type(old, old_left), _type(new, new_left)
    if before != after:
        yield difference("type", before, after)
        return
    old_rules, new_rules = _rules(old, old_left), _rules(new, new_left)
    for keyword in dict.fromkeys((*new_rules, *old_rules)):
        if old_rules.get(keyword) != new_rules.get(keyword):
            yield difference(keyword, old_rules.get(keyword), new_rules.get(keyword))
    if old.item is not None and new.item is not None:
        yield from _compared(old.item, new.item, (*steps, None), old_left, new_left)
    elif old.item is not None or new.item is not None:
        yield difference("items", _told(old.item), _told(new.item))
    for name, inner in new.properties.items():
        there = (*steps, name)
        former = old.properties.get(name)
        if former is None:
            yield Difference(ABSENT, inner.path, there, None, _told(inner), None, inner)
            continue
        if former.required != inner.required:
            yield Difference("required", inner.path, there, former.required, inner.required, former, inner)
        yield from _compared(former, inner, there, old_left, new_left)
    for name, former in old.properties.items():
        if name not in new.properties:
            yield Difference(ABSENT, former.path, (*steps, name), _told(former), None, former, None)


def _type(shape: Shape, left: Mapping[Facet, object]) -> object:
    return left.get(("type", shape.path), shape.type)


def _rules(shape: Shape, left: Mapping[Facet, object]) -> dict[str, object]:
    """Returns what a shape asks of its own value, by keyword."""
    found: dict[str, object] = {}
    if shape.enum:
        # As JSON texts, since 1 and true are the same to Python.
        found["enum"] = sorted(json.dumps(value, ensure_ascii=False) for value in shape.enum)
    for option, value in shape.options.items():
        constraint = option in vocabulary.CONSTRAINTS and option != "format"
        if constraint and not (option == "uniqueItems" and not value):
            found[option] = value
    stated = (shape.options.get("format"), shape.options.get("timezone"))
    if stated != (None, None):
        found["format"] = (
            stated[0] if stated[1] is None else f"{stated[0] or shape.type}, timezone: {stated[1]}"
        )
    if shape.closed and shape.declared:
        found["unexpected"] = True
    if shape.key is not None:
        found["keys"] = {"type": shape.key.type, **_rules(shape.key, {})}
    found |= {
        keyword: value for (keyword, path), value in left.items() if path == shape.path and keyword != "type"
    }
    return found


def _told(shape: Shape | None) -> str | None:
    if shape is None:
        return None
    return shape.type + (", required" if shape.required else "")
