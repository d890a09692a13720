"""The contract that is exported: its document, what the compiler made of it, and what is lost on the way."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from observer.contracts.document import Signed, signed
from observer.contracts.importing.losses import Losses
from observer.contracts.plain import plain
from observer.contracts.report import Place, Report

_FRAME: Final = frozenset({"apiVersion", "kind", "schema"})
_INNER: Final = frozenset(
    {"id", "properties", "items", "map", "logicalType", "logicalTypeOptions", "required", "name"}
)


class Subject(NamedTuple):
    """One contract. document: as plain values; signed: what the compiler needs of it."""

    place: str
    document: Mapping[str, Any]
    signed: Signed

    @property
    def schema(self) -> Mapping[str, Any]:
        """Returns the schema of the payload."""
        found: Mapping[str, Any] = self.document["schema"][0]
        return found

    @property
    def described(self) -> dict[str, str]:
        """Returns the keyword `description` with what the contract says of its data; empty where it says nothing."""
        described = self.document.get("description") or {}
        told = [text for text in (described.get("purpose"), self.schema.get("description")) if text]
        return {"description": "\n".join(told)} if told else {}


class Carried(NamedTuple):
    """What a form can hold. root: keys of the document; schema: of its schema; properties: of each property;
    customs: names of customProperties; whole_description: usage and limits beside the purpose."""

    root: frozenset[str] = frozenset()
    schema: frozenset[str] = frozenset()
    properties: frozenset[str] = frozenset()
    customs: frozenset[str] = frozenset()
    whole_description: bool = False


def subject(place: str, document: Mapping[str, object]) -> Subject:
    """Returns the contract in `document`. Raises ContractError where it is not valid."""
    contract = signed(place, document)
    stated = plain(document, Report(place))
    assert stated is not None
    return Subject(place, stated, contract)


def tell_left_out(exported: Subject, carried: Carried, losses: Losses) -> None:
    """Tells `losses` each part of the contract that a form cannot hold."""
    document = exported.document
    if not carried.whole_description:
        # Of the description only the purpose has a place in a schema.
        losses.keys(("description",), (key for key in document.get("description") or () if key != "purpose"))
    _keys(document, (), _FRAME | carried.root, carried, losses)
    at: Place = ("schema", 0)
    _keys(exported.schema, at, _INNER | carried.schema, carried, losses)
    for place, stated in elements(exported.schema, at):
        _keys(stated, place, _INNER | carried.properties, carried, losses)


def elements(stated: Mapping[str, Any], at: Place) -> Iterator[tuple[Place, Mapping[str, Any]]]:
    """Yields every property below `stated` with its place: those of objects, items, keys and values of maps."""
    for index, inner in enumerate(stated.get("properties") or ()):
        yield from _with(inner, (*at, "properties", index))
    if stated.get("items"):
        yield from _with(stated["items"], (*at, "items"))
    for key, inner in (stated.get("map") or {}).items():
        yield from _with(inner, (*at, "map", key))


def _with(stated: Mapping[str, Any], at: Place) -> Iterator[tuple[Place, Mapping[str, Any]]]:
    yield at, stated
    yield from elements(stated, at)


def _keys(
    stated: Mapping[str, Any], at: Place, known: frozenset[str], carried: Carried, losses: Losses
) -> None:
    for key, value in stated.items():
        if key == "customProperties" and key not in known:
            for index, custom in enumerate(value or ()):
                if custom["property"] not in carried.customs:
                    losses.add((*at, key, index), "keyword", name=custom["property"])
        elif key not in known and value not in (None, False, [], {}):
            for place in (
                [(*at, key, index) for index in range(len(value))]
                if isinstance(value, list)
                else [(*at, key)]
            ):
                losses.add(place, "keyword", name=key)
