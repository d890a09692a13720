"""Properties of a payload that its contract does not name: no fault of an open contract, but drift."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from observer.contracts.exact import kind_of
from observer.contracts.shape import Shape

LARGEST_LIST: Final = 20
"""Items of one list that are looked into: the rest of a long one seldom has other names."""


class Undeclared(NamedTuple):
    """One property. path: of the object that holds it, as the contract names it; name: as the event has it, which may
    be anything, a personal value too; kind: the JSON kind of what stands there."""

    path: str
    name: str
    kind: str


def undeclared(shape: Shape, value: object) -> Iterator[Undeclared]:
    """Yields what of a payload the shape does not name, the inside of what it names too."""
    if isinstance(value, dict):
        yield from _members(shape, value)
    elif isinstance(value, list) and shape.item is not None:
        for item in value[:LARGEST_LIST]:
            yield from undeclared(shape.item, item)


def _members(shape: Shape, value: dict[str, object]) -> Iterator[Undeclared]:
    for name, inner in value.items():
        known = shape.properties.get(name) if shape.declared else shape.item
        if known is not None:
            if isinstance(inner, dict | list):
                yield from undeclared(known, inner)
        elif shape.declared:
            yield Undeclared(shape.path, name, kind_of(inner))
