"""Avro record schemas, by way of the JSON Schema of their records as plain JSON."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from observer.contracts.importing.drafting import Described, Drafts, SourceFile, mappings, text_of
from observer.contracts.importing.losses import Losses
from observer.contracts.importing.refusal import refused
from observer.contracts.importing.schema_reader import SchemaReader
from observer.contracts.report import Place

_BITS: Final = {"int": 32, "long": 64}
_PRIMITIVES: Final[Mapping[str, Mapping[str, Any]]] = {
    "boolean": {"type": "boolean"},
    "string": {"type": "string"},
    "float": {"type": "number"},
    "double": {"type": "number"},
    "null": {"type": "null"},
    **{
        name: {"type": "integer", "allOf": [{"minimum": -(2 ** (bits - 1)), "maximum": 2 ** (bits - 1) - 1}]}
        for name, bits in _BITS.items()
    },
}
_KNOWN: Final = frozenset(
    {
        "type",
        "name",
        "namespace",
        "doc",
        "fields",
        "symbols",
        "items",
        "values",
        "size",
        "logicalType",
        "aliases",
    }
)


def read(files: Sequence[SourceFile], drafts: Drafts) -> None:
    """Adds a contract for each record schema. Raises InputError for a file that holds none."""
    for file in files:
        record = file.value
        if not isinstance(record, Mapping) or record.get("type") != "record" or not text_of(record, "name"):
            raise refused(file.name, "avro")
        losses = Losses(file.name)
        schema = _Avro(losses).schema(record, ())
        title = text_of(record, "name")
        if not drafts.wanted.event:
            losses.add((), "guessed_match", event=title)
        payload = SchemaReader(schema, losses).payload(schema, ())
        drafts.add(Described(title, "track", title, payload, text_of(record, "doc")), losses)


class _Avro:
    def __init__(self, losses: Losses) -> None:
        self._losses = losses
        self._named: dict[str, object] = {}
        self._open: list[str] = []

    def schema(self, stated: object, at: Place) -> dict[str, Any]:
        """Returns the JSON Schema of what `stated` holds as plain JSON, {} where it has no equal."""
        if isinstance(stated, str):
            return self._word(stated, at)
        if isinstance(stated, list):
            return self._union(stated, at)
        if not isinstance(stated, Mapping):
            self._losses.add(at, "any")
            return {}
        self._losses.keys(at, (key for key in stated if key not in _KNOWN))
        if "aliases" in stated:
            self._losses.add((*at, "aliases"), "keyword", name="aliases")
        match stated.get("type"):
            case "record":
                return self._record(stated, at)
            case "enum":
                self._named[text_of(stated, "name")] = stated
                return {"type": "string", "enum": stated.get("symbols")}
            case "array":
                return {"type": "array", "items": self.schema(stated.get("items"), (*at, "items"))}
            case "map":
                values = self.schema(stated.get("values"), (*at, "values"))
                return {"type": "object", "additionalProperties": values}
            case "fixed" | "bytes":
                self._losses.add(at, "bytes")
                return {}
            case inner:
                return self._logical(self.schema(inner, (*at, "type")), stated, at)

    def _word(self, name: str, at: Place) -> dict[str, Any]:
        if name in _PRIMITIVES:
            return dict(_PRIMITIVES[name])
        if name == "bytes":
            self._losses.add(at, "bytes")
            return {}
        known = self._named.get(name) or self._named.get(name.rpartition(".")[2])
        if known is None or name.rpartition(".")[2] in self._open:
            self._losses.add(at, "cycle" if known is not None else "nowhere")
            return {}
        return self.schema(known, at)

    def _union(self, stated: Sequence[object], at: Place) -> dict[str, Any]:
        others = [one for one in stated if one != "null"]
        if len(others) != 1:
            self._losses.add(at, "types")
            return {}
        inner = self.schema(others[0], at)
        return {"anyOf": [inner, {"type": "null"}]} if len(others) < len(stated) and inner else inner

    def _record(self, stated: Mapping[str, Any], at: Place) -> dict[str, Any]:
        name = text_of(stated, "name")
        self._named[name] = stated
        self._open.append(name)
        properties: dict[str, Any] = {}
        required: list[str] = []
        for index, field in mappings(stated.get("fields")):
            place = (*at, "fields", index)
            self._losses.keys(place, (key for key in ("default", "order", "aliases") if key in field))
            inner = self.schema(field.get("type"), (*place, "type"))
            if inner and text_of(field, "doc"):
                inner = {**inner, "description": text_of(field, "doc")}
            properties[text_of(field, "name")] = inner
            if not _admits_null(field.get("type")):
                required.append(text_of(field, "name"))
        self._open.pop()
        found = {"type": "object", "properties": properties, "required": required}
        return {**found, "description": text_of(stated, "doc")} if at and text_of(stated, "doc") else found

    def _logical(self, schema: dict[str, Any], stated: Mapping[str, Any], at: Place) -> dict[str, Any]:
        logical = stated.get("logicalType")
        if logical == "uuid" and schema.get("type") == "string":
            return {**schema, "format": "uuid"}
        if logical is not None:
            # As plain JSON it is the number that carries it.
            self._losses.add((*at, "logicalType"), "keyword", name=str(logical))
        return schema


def _admits_null(stated: object) -> bool:
    return stated == "null" or (isinstance(stated, list) and "null" in stated)
