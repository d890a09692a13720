"""A JSON Schema with what it points at put in its place. Nothing is ever fetched."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeAlias
from urllib.parse import unquote

from observer.contracts.importing.losses import Losses
from observer.contracts.report import Place

Schema: TypeAlias = Mapping[str, Any]

_JOINED: Final = ("anyOf", "oneOf")
_BOUNDS: Final = frozenset({"minimum", "maximum"})


class Resolved(NamedTuple):
    """schema: without references, {} where it allows anything; nullable: null was one of its alternatives;
    within: the references that were followed."""

    schema: Schema
    nullable: bool = False
    within: tuple[str, ...] = ()


class Resolver:
    """Follows the references of one document; tells `losses` what it could not."""

    def __init__(self, root: Schema, losses: Losses) -> None:
        self._root = root
        self._losses = losses

    def resolved(self, stated: object, at: Place, within: tuple[str, ...] = ()) -> Resolved:
        """Returns what `stated` says at `at`. A schema that contains itself allows anything there."""
        if not isinstance(stated, Mapping):
            if stated is False:
                self._losses.add(at, "never")
            return Resolved({}, within=within)
        found: Schema = stated
        if "$ref" in found:
            found, within = self._followed(found, at, within)
        nullable = False
        if "allOf" in found:
            found, within = self._merged(found, at, within)
        for key in _JOINED:
            others = _without_null(found.get(key))
            if others is not None and len(others) == 1:
                rest = {name: value for name, value in found.items() if name != key}
                inner = self.resolved(others[0], (*at, key), within)
                found, nullable, within = {**inner.schema, **rest}, True, inner.within
        return Resolved(found, nullable, within)

    def _followed(self, stated: Schema, at: Place, within: tuple[str, ...]) -> tuple[Schema, tuple[str, ...]]:
        reference = stated["$ref"]
        beside = {key: value for key, value in stated.items() if key != "$ref"}
        if not isinstance(reference, str) or not reference.startswith("#"):
            self._losses.add((*at, "$ref"), "remote")
            return beside, within
        if reference in within:
            self._losses.add((*at, "$ref"), "cycle")
            return beside, within
        target = self._target(reference)
        if target is None:
            self._losses.add((*at, "$ref"), "nowhere")
            return beside, within
        inner = self.resolved(target, at, (*within, reference))
        return {**inner.schema, **beside}, inner.within

    def _target(self, reference: str) -> object | None:
        found: Any = self._root
        for step in filter(None, reference[1:].split("/")):
            key = unquote(step).replace("~1", "/").replace("~0", "~")
            if isinstance(found, Mapping) and key in found:
                found = found[key]
            elif isinstance(found, list) and key.isdecimal() and int(key) < len(found):
                found = found[int(key)]
            else:
                return None
        return found if isinstance(found, Mapping | bool) else None

    def _merged(self, stated: Schema, at: Place, within: tuple[str, ...]) -> tuple[Schema, tuple[str, ...]]:
        """Returns `stated` with the parts of its allOf in it; a part that says the same key otherwise is lost."""
        merged: dict[str, Any] = {key: value for key, value in stated.items() if key != "allOf"}
        parts = stated["allOf"] if isinstance(stated["allOf"], list) else []
        if len(parts) == 1 and isinstance(parts[0], Mapping) and parts[0].keys() == _BOUNDS:
            # A range beside the schema's own bounds: whoever reads numbers knows which format it is.
            return stated, within
        for index, part in enumerate(parts):
            place = (*at, "allOf", index)
            inner = self.resolved(part, place, within)
            within = inner.within
            for key, value in inner.schema.items():
                self._merge(merged, key, value, (*place, key))
        return merged, within

    def _merge(self, merged: dict[str, Any], key: str, value: Any, at: Place) -> None:
        if key not in merged or merged[key] == value:
            merged[key] = value
        elif key == "required" and isinstance(value, list) and isinstance(merged[key], list):
            merged[key] = [*merged[key], *(name for name in value if name not in merged[key])]
        elif key == "properties" and isinstance(value, Mapping) and isinstance(merged[key], Mapping):
            both = dict(merged[key])
            for name, inner in value.items():
                self._merge(both, name, inner, (*at, name))
            merged[key] = both
        else:
            self._losses.add(at, "both", name=key)


def _without_null(stated: object) -> Sequence[object] | None:
    """Returns the alternatives beside null, or None where null is none of them."""
    if not isinstance(stated, list):
        return None
    others = [one for one in stated if not (isinstance(one, Mapping) and one.get("type") == "null")]
    return others if len(others) < len(stated) else None
