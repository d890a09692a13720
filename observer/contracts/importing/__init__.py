"""What other tools know of an event → ODCS documents, with a list of what has no equal. Parsed files are arguments."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from observer.contracts.importing import avro, event_lists, rudderstack, schemas, segment
from observer.contracts.importing.drafting import Drafts, Imported, SourceFile, Wanted
from observer.contracts.importing.losses import Lost

READERS: Final[Mapping[str, Callable[[Sequence[SourceFile], Drafts], None]]] = {
    "segment": segment.read,
    "rudderstack": rudderstack.read,
    "iglu": schemas.read_iglu,
    "json-schema": schemas.read_json_schema,
    "avro": avro.read,
    "ga4": event_lists.read_ga4,
    "mparticle": event_lists.read_mparticle,
}
"""Name of a form → what reads its files."""


def imported(form: str, files: Sequence[SourceFile], wanted: Wanted) -> tuple[Imported, ...]:
    """Returns the contracts that `files` of one form describe, in their order.

    Raises InputError for a file that is not of that form, KeyError for a form that is not among READERS.
    """
    drafts = Drafts(wanted)
    READERS[form](files, drafts)
    return tuple(drafts.made)


__all__ = ["READERS", "Imported", "Lost", "SourceFile", "Wanted", "imported"]
