"""A schema object of any valid ODCS document as a Shape, as far as it can be checked.

A contract of another trade may leave out logicalType, or use options that no stream check can hold. They are left
out of the Shape and kept beside it, so that a change of them is seen all the same.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeAlias

from observer.contracts import vocabulary
from observer.contracts.custom import Customs
from observer.contracts.jsonpath import ROOT, member
from observer.contracts.report import Report
from observer.contracts.shape import Shape
from observer.contracts.shape_options import check_options
from observer.contracts.shaping import Shaper

Facet: TypeAlias = tuple[str, str]
"""(keyword, path) of one rule, as in a rule id."""

UNTYPED: Final = ""
"""The type of a property that does not state one."""


class Lenient(NamedTuple):
    """shape: what can be checked; left: what was left out of it, by facet; stated: the words of each property."""

    shape: Shape
    left: Mapping[Facet, object]
    stated: Mapping[str, Mapping[str, Any]]


def lenient(document: Mapping[str, Any], schema: Mapping[str, Any]) -> Lenient:
    """Returns the schema object `schema` of a document that keeps the standard. Raises nothing."""
    reading = _Reading()
    report = Report("")
    customs = Customs(document, report)
    listed = reading.listed(schema.get("properties") or (), ROOT)
    # The schema object itself says nothing about closing; the root of the document does, as for a signed contract.
    closed = bool(customs.closed(document, ()))
    shape = Shaper(report, customs).payload({"properties": listed}, ("schema", 0), closed)
    return Lenient(shape, reading.left, reading.stated)


class _Reading:
    def __init__(self) -> None:
        self.left: dict[Facet, object] = {}
        self.stated: dict[str, Mapping[str, Any]] = {}

    def listed(self, properties: Sequence[Mapping[str, Any]], path: str) -> list[dict[str, Any]]:
        return [self._property(stated, member(path, stated["name"])) for stated in properties]

    def _property(self, stated: Mapping[str, Any], path: str) -> dict[str, Any]:
        self.stated.setdefault(path, stated)
        kind = stated.get("logicalType") or self._guessed(stated, path)
        found = {**stated, "logicalType": kind}
        self._options(found, kind, path)
        if kind == "object":
            inner = self.listed(stated.get("properties") or (), path)
            names = {one["name"] for one in inner}
            found["properties"] = inner
            options = found.get("logicalTypeOptions") or {}
            if "required" in options:
                kept = [name for name in options["required"] if name in names]
                found["logicalTypeOptions"] = {**options, "required": kept}
        elif kind == "array" and stated.get("items"):
            found["items"] = self._property(stated["items"], f"{path}[*]")
        elif kind == "map":
            entries = stated["map"]
            key = self._property(entries["key"], f"{path}.*")
            key = key if key["logicalType"] in vocabulary.TEXTUAL else {"logicalType": "string"}
            self.stated.pop(f"{path}.*", None)
            found["map"] = {"key": key, "value": self._property(entries["value"], f"{path}.*")}
        return found

    def _guessed(self, stated: Mapping[str, Any], path: str) -> str:
        if stated.get("map"):
            return "map"
        if stated.get("properties"):
            return "object"
        if stated.get("items"):
            return "array"
        self.left["type", path] = UNTYPED
        return "string"

    def _options(self, found: dict[str, Any], kind: str, path: str) -> None:
        options = dict(found.get("logicalTypeOptions") or {})
        while True:
            report = Report("")
            check_options(kind, options, (), report)
            faulty = [name for name in options if any(one.path == f"$.{name}" for one in report.problems)]
            if not faulty:
                break
            for name in faulty:
                self.left[name, path] = options.pop(name)
        found["logicalTypeOptions"] = options
        if found.get("enum") and kind not in {*vocabulary.TEXTUAL, *vocabulary.NUMERIC, "boolean"}:
            self.left["enum", path] = [entry["value"] for entry in found.pop("enum")]
