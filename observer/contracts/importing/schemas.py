"""JSON Schemas: bare ones, and Snowplow's self-describing ones with the data structures that hold them."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from observer.contracts.importing.drafting import FIRST_VERSION, Described, Drafts, SourceFile, text_of
from observer.contracts.importing.losses import Losses
from observer.contracts.importing.refusal import refused
from observer.contracts.importing.schema_reader import SchemaReader
from observer.contracts.report import Place

SNOWPLOW_DIALECTS: Final = ("snowplow", "snowplow_enriched", "snowplow_json")
_SCHEMA_VERSION: Final = re.compile(r"([1-9][0-9]*)-(0|[1-9][0-9]*)-(0|[1-9][0-9]*)")


def read_json_schema(files: Sequence[SourceFile], drafts: Drafts) -> None:
    """Adds a contract for each JSON Schema. Its title, else its file's name, names the event of a track call."""
    for file in files:
        schema = file.value
        if not isinstance(schema, Mapping):
            raise refused(file.name, "json-schema")
        losses = Losses(file.name)
        title = text_of(schema, "title") or _stem(file.name)
        if not drafts.wanted.event:
            losses.add((), "guessed_match", event=title)
        payload = SchemaReader(schema, losses).payload(schema, ())
        drafts.add(Described(title, "track", title, payload, text_of(schema, "description")), losses)


class _SelfDescribing(NamedTuple):
    file: str
    at: Place
    schema: Mapping[str, Any]
    vendor: str
    name: str
    version: tuple[int, int, int]


def read_iglu(files: Sequence[SourceFile], drafts: Drafts) -> None:
    """Adds a contract for the newest version of each event's schema. Raises InputError for another document."""
    newest: dict[tuple[str, str], _SelfDescribing] = {}
    older: dict[tuple[str, str], list[_SelfDescribing]] = {}
    for file in files:
        found = _self_describing(file)
        key = (found.vendor, found.name)
        known = newest.get(key)
        if known is None or found.version > known.version:
            newest[key], passed = found, known
        else:
            passed = found
        if passed is not None:
            older.setdefault(key, []).append(passed)
    for key, found in newest.items():
        losses = Losses(found.file)
        for passed in older.get(key, ()):
            losses.add((), "older_version", version=".".join(map(str, passed.version)), file=passed.file)
        if _is_entity(files, found.file):
            losses.add((), "entity")
        payload = SchemaReader(found.schema, losses).payload(found.schema, found.at)
        version = ".".join(map(str, found.version))
        event = f"{found.vendor}/{found.name}"
        described = Described(
            found.name,
            "unstruct",
            event,
            payload,
            text_of(found.schema, "description"),
            version,
            SNOWPLOW_DIALECTS,
        )
        drafts.add(described, losses)


def _self_describing(file: SourceFile) -> _SelfDescribing:
    schema, at = file.value, tuple[str, ...]()
    if isinstance(schema, Mapping) and schema.get("resourceType") == "data-structure":
        schema, at = schema.get("data"), ("data",)
    own = schema.get("self") if isinstance(schema, Mapping) else None
    if not isinstance(schema, Mapping) or not isinstance(own, Mapping):
        raise refused(file.name, "iglu")
    version = _SCHEMA_VERSION.fullmatch(str(own.get("version")))
    vendor, name = text_of(own, "vendor"), text_of(own, "name")
    if version is None or not vendor or not name:
        raise refused(file.name, "iglu", "$.self")
    model, revision, addition = map(int, version.groups())
    return _SelfDescribing(file.name, at, schema, vendor, name, (model, revision, addition))


def _is_entity(files: Sequence[SourceFile], name: str) -> bool:
    value = next(file.value for file in files if file.name == name)
    meta = value.get("meta") if isinstance(value, Mapping) else None
    return isinstance(meta, Mapping) and meta.get("schemaType") == "entity"


def _stem(name: str) -> str:
    return re.sub(r"\.(schema\.)?json$", "", name.replace("\\", "/").rpartition("/")[2]) or FIRST_VERSION
