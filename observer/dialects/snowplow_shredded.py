"""Entities of an event whose JSON has a column for each schema: `contexts_<vendor>_<name>_<model>`, a list each."""

from collections.abc import Mapping
from typing import Final

import msgspec
from msgspec import Raw

from observer.dialects.documents import READ_ERRORS
from observer.dialects.snowplow_columns import ATOMIC
from observer.dialects.snowplow_entities import GDPR, NO_ENTITIES, Entities, joined, read_entities
from observer.dialects.snowplow_failures import failure
from observer.dialects.snowplow_iglu import vendor_of_column
from observer.dialects.snowplow_reading import broken
from observer.model import Finding, Signal, ViolationKind

FAILURE_COLUMN: Final = "contexts_com_snowplowanalytics_snowplow_failure_1"
GDPR_COLUMN: Final = "contexts_com_snowplowanalytics_snowplow_gdpr_1"

_PREFIX: Final = "contexts_"
_WHOLE: Final = ("contexts", "derived_contexts")
_NULL: Final = Raw(b"null")
_NONE: Final = frozenset({b"null", b"{}"})
_LIST: Final = msgspec.json.Decoder(list[Raw])


def shredded_entities(columns: Mapping[str, Raw], own_vendor: str) -> Entities:
    """Returns what the columns say of the event's entities.

    Args: own_vendor: vendor of the event itself, whose entities are told apart from others' by it.
    """
    vendors = {
        vendor_of_column(name[len(_PREFIX) :].rpartition("_")[0], own_vendor)
        for name in [name for name in columns if name not in ATOMIC]
        if name.startswith(_PREFIX) and columns[name] != _NULL
    }
    problems: list[Finding] = []
    signals = tuple(Signal(GDPR, bytes(raw)) for raw in _listed(columns, GDPR_COLUMN, problems))
    failures = tuple(failure(raw) for raw in _listed(columns, FAILURE_COLUMN, problems))
    found = NO_ENTITIES
    if vendors:
        found = Entities(tuple(sorted(vendors - {""})), signals, failures, tuple(problems))
    for name in _WHOLE:
        whole = bytes(columns.get(name, _NULL))
        if whole not in _NONE:
            found = joined(found, read_entities(whole, name))
    return found


def _listed(columns: Mapping[str, Raw], name: str, problems: list[Finding]) -> list[Raw]:
    raw = columns.get(name, _NULL)
    if raw == _NULL:
        return []
    try:
        return _LIST.decode(raw)
    except READ_ERRORS:
        problems.append(broken(ViolationKind.WRONG_FORMAT, name, "a list of entities", "other JSON"))
        return []
