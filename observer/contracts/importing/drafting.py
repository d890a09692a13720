"""The ODCS document around what was read: a draft until two people have signed it."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from observer.contracts import vocabulary
from observer.contracts.importing.losses import Losses, Lost
from observer.contracts.importing.schema_reader import Payload

TO_BE_NAMED: Final = "to be named"
"""Marks an owner whom the other side does not know. The role carries it too, so that `lint` asks for the right one."""

FIRST_VERSION: Final = "1.0.0"


class SourceFile(NamedTuple):
    """One file of the other side, parsed. name: as people know it."""

    name: str
    value: object


class Wanted(NamedTuple):
    """What the other side does not know and the caller may. Owners: how to reach them, or "".

    kind, event: which events the contract claims, where the other side does not say; "" for its own guess.
    """

    marketing_owner: str = ""
    technical_owner: str = ""
    kind: str = ""
    event: str = ""


class Described(NamedTuple):
    """One event as the other side describes it. kind, event: what martechMatch claims; dialects: () for any."""

    title: str
    kind: str
    event: str
    payload: Payload
    description: str = ""
    version: str = FIRST_VERSION
    dialects: tuple[str, ...] = ()


class Imported(NamedTuple):
    """One contract as an ODCS document, and what could not come with it."""

    document: dict[str, Any]
    lost: tuple[Lost, ...]


class Drafts:
    """The contracts made of one import. Their ids are unlike each other."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self.made: list[Imported] = []
        self._ids = set[str]()

    def add(self, described: Described, losses: Losses) -> None:
        """Adds the contract of one event."""
        losses.add((), "promises")
        if not (self.wanted.marketing_owner and self.wanted.technical_owner):
            losses.add((), "owners")
        self.made.append(Imported(self._document(described), tuple(losses.found)))

    def _document(self, described: Described) -> dict[str, Any]:
        identity = self._identity(described.title)
        match: dict[str, Any] = {"kind": self.wanted.kind or described.kind}
        event = self.wanted.event or described.event
        if event:
            match["event"] = event
        if described.dialects:
            match["dialects"] = list(described.dialects)
        customs: list[dict[str, Any]] = [{"property": "martechMatch", "value": [match]}]
        if described.payload.closed:
            customs.append({"property": "martechClosed", "value": True})
        document: dict[str, Any] = {
            "apiVersion": vocabulary.WRITTEN,
            "kind": "DataContract",
            "id": identity,
            "name": described.title or identity,
            "version": described.version,
            "status": "draft",
        }
        if described.description:
            document["description"] = {"purpose": described.description}
        schema: dict[str, Any] = {"name": identity.replace("-", "_"), "logicalType": "object"}
        if described.payload.properties:
            schema["properties"] = described.payload.properties
        document["schema"] = [schema]
        document["team"] = {"members": signers(self.wanted)}
        document["customProperties"] = customs
        return document

    def _identity(self, title: str) -> str:
        wanted = kebab(title) or "event"
        identity, number = wanted, 1
        while identity in self._ids:
            number += 1
            identity = f"{wanted}-{number}"
        self._ids.add(identity)
        return identity


def signers(wanted: Wanted) -> list[dict[str, str]]:
    """Returns the two owners of a draft; those who are not known are marked and do not count as owners."""
    named = (
        (wanted.marketing_owner, vocabulary.MARKETING_OWNER),
        (wanted.technical_owner, vocabulary.TECHNICAL_OWNER),
    )
    return [
        {"username": who, "role": role}
        if who
        else {"username": TO_BE_NAMED.upper(), "role": f"{role} {TO_BE_NAMED}"}
        for who, role in named
    ]


def kebab(title: str) -> str:
    """Returns a title as an id of the house: small Latin letters and digits, parted by hyphens; "" for none."""
    plain = unicodedata.normalize("NFKD", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", title))
    letters = plain.encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


def text_of(stated: Mapping[str, Any], *keys: str) -> str:
    """Returns the first text that stands at one of `keys`, or ""."""
    return next((stated[key] for key in keys if isinstance(stated.get(key), str)), "")


def mappings(stated: object) -> Sequence[tuple[int, Mapping[str, Any]]]:
    """Returns the mappings of a list, each with its index; () of anything else."""
    listed = stated if isinstance(stated, list) else []
    return [(index, one) for index, one in enumerate(listed) if isinstance(one, Mapping)]
