"""Where something stands in a contract's document."""

from typing import NamedTuple

from observer.documents import Document


class Place(NamedTuple):
    """A file as people know it, and a JSONPath in it."""

    file: str
    path: str


def custom_property(document: Document, name: str) -> Place:
    """Returns where the value of a custom property of the document's root stands, or its root without one."""
    properties = document.value.get("customProperties") if isinstance(document.value, dict) else None
    for index, entry in enumerate(properties if isinstance(properties, list) else ()):
        if isinstance(entry, dict) and entry.get("property") == name:
            return Place(document.place, f"$.customProperties[{index}].value")
    return Place(document.place, "$")
