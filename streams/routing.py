"""Which source a topic belongs to."""

import re
from collections.abc import Iterator
from typing import Final

from observer.catalog import Catalog
from observer.flows.topics import claims, is_pattern

NOTHING: Final = r"(?!)"
"""A pattern that matches no topic."""


def sources_of(catalog: Catalog, topic: str) -> list[str]:
    """Returns the ids of the sources whose declaration covers a topic: one, where it can be judged."""
    return [
        source.id
        for source in catalog.sources.values()
        if any(claims(declared, topic) for declared in source.topics)
    ]


def subscription(catalog: Catalog, own: str) -> str:
    """Returns the regular expression of all topics of all sources. own: the prefix of the topics that we write, none
    of which is ever read as a source's, whatever a pattern says."""
    parts = list(_parts(catalog))
    if not parts:
        return NOTHING
    return rf"(?!{re.escape(own)})(?!__)(?:{'|'.join(parts)})\Z"


def _parts(catalog: Catalog) -> Iterator[str]:
    for source in catalog.sources.values():
        for declared in source.topics:
            yield f"(?:{declared[1:-1]})" if is_pattern(declared) else re.escape(declared)
