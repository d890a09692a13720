"""ODCS properties → Shape, with every contradiction told.

Reads a document that the standard has accepted: what is of the wrong type here was refused before.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from observer.contracts import vocabulary
from observer.contracts.custom import Customs
from observer.contracts.jsonpath import ROOT, member
from observer.contracts.report import Place, Report, shown, word
from observer.contracts.shape import Shape
from observer.contracts.shape_options import check_options
from observer.errors import literal, nearest
from observer.messages import Words

_FOR_ANYBODY: Final = frozenset({"public", "internal", "unclassified", "none"})


class Shaper:
    """Reads the properties of one document; tells `report` what does not hold together."""

    def __init__(self, report: Report, customs: Customs) -> None:
        self._report = report
        self._customs = customs
        self.shapes: list[tuple[Place, Mapping[str, Any], Shape]] = []
        """Every property that was read, with its place and its words in the document."""

    def payload(self, schema: Mapping[str, Any], at: Place, closed: bool) -> Shape:
        """Returns the shape of the payload that the schema object `schema` describes."""
        listed = schema.get("properties") or []
        properties = self._properties(listed, (*at, "properties"), ROOT, closed, ())
        return Shape("object", ROOT, closed=closed, declared=True, properties=properties)

    def _properties(
        self, listed: Sequence[Mapping[str, Any]], at: Place, path: str, closed: bool, required: Sequence[str]
    ) -> dict[str, Shape]:
        found: dict[str, Shape] = {}
        for index, stated in enumerate(listed):
            name = stated["name"]
            if name in found:
                self._report.add((*at, index, "name"), Words("contract.expected.name_once"), word(name))
                continue
            needed = bool(stated.get("required") or stated.get("primaryKey") or name in required)
            found[name] = self._shape(stated, (*at, index), member(path, name), closed, needed)
        for name in required:
            if name not in found:
                self._report.add(
                    (*at[:-1], "logicalTypeOptions", "required"),
                    Words("contract.expected.declared_property"),
                    word(name),
                    nearest(name, list(found)),
                )
        return found

    def _shape(self, stated: Mapping[str, Any], at: Place, path: str, closed: bool, required: bool) -> Shape:
        kind = stated.get("logicalType")
        if kind is None:
            # The standard's schema overlooks it where there is a `map`.
            self._report.missing(at, Words("contract.expected.key", {"key": "logicalType"}))
            return Shape("string", path, required)
        options = stated.get("logicalTypeOptions") or {}
        check_options(kind, options, (*at, "logicalTypeOptions"), self._report)
        closed = self._closed(stated, at, closed)
        shape = Shape(
            kind, path, required, options, self._enum(stated), closed, classified=_classified(stated)
        )
        match kind:
            case "object":
                shape = self._object(shape, stated, at)
            case "array":
                shape = shape._replace(
                    item=self._inner(stated.get("items"), (*at, "items"), f"{path}[*]", closed)
                )
            case "vector":
                element = vocabulary.ELEMENT_RANGES.get(str(options.get("elementType")))
                bounds = {"minimum": element[0], "maximum": element[1]} if element else {}
                item = Shape("integer" if element else "number", f"{path}[*]", options=bounds)
                shape = shape._replace(item=item)
            case "map":
                shape = self._map(shape, stated["map"], (*at, "map"))
        self.shapes.append((at, stated, shape))
        return shape

    def _object(self, shape: Shape, stated: Mapping[str, Any], at: Place) -> Shape:
        listed = stated.get("properties")
        needed = shape.options.get("required") or ()
        if not listed and not needed:
            return shape._replace(closed=False)
        assert isinstance(needed, Sequence)
        inner = self._properties(listed or [], (*at, "properties"), shape.path, shape.closed, needed)
        return shape._replace(properties=inner, declared=True)

    def _map(self, shape: Shape, stated: Mapping[str, Any], at: Place) -> Shape:
        path = f"{shape.path}.*"
        key = self._inner(stated["key"], (*at, "key"), path, shape.closed)
        if key is not None and key.type not in vocabulary.TEXTUAL:
            self._report.add(
                (*at, "key", "logicalType"), Words("contract.expected.text_map_key"), word(key.type)
            )
        value = self._inner(stated["value"], (*at, "value"), path, shape.closed)
        return shape._replace(key=key, item=value)

    def _inner(self, stated: Mapping[str, Any] | None, at: Place, path: str, closed: bool) -> Shape | None:
        return self._shape(stated, at, path, closed, True) if stated else None

    def _enum(self, stated: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(entry["value"] for entry in stated.get("enum") or ())

    def _closed(self, stated: Mapping[str, Any], at: Place, closed: bool) -> bool:
        own = self._customs.closed(stated, at)
        if own is None:
            return closed
        if stated["logicalType"] not in {"object", "array", "map"}:
            self._report.add(
                (*at, "customProperties"),
                Words("contract.expected.closed_object"),
                shown(stated["logicalType"]),
                Words("contract.mend.remove", {"key": literal("martechClosed")}),
            )
        return own


def _classified(stated: Mapping[str, Any]) -> bool:
    """Returns whether a property's `classification` says that it may hold personal data: any word but those for what
    anybody may see. The standard leaves the words to each company."""
    return str(stated.get("classification") or "public").strip().lower() not in _FOR_ANYBODY
