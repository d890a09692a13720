"""Where a company keeps the fields of its own JSON: `$.a.b` for a member of a member, `$` for the whole event."""

import re
from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

from observer.dialects.carried import NAMES
from observer.errors import Problem, literal, nearest
from observer.messages import Words

Keys: TypeAlias = tuple[str, ...]
"""The names of the members that a path steps through; () is the whole event."""

DEFAULTS: Final[Mapping[str, str]] = {
    "kind": "$.type",
    "name": "$.event",
    "payload": "$.properties",
    "messageId": "$.messageId",
    "userId": "$.userId",
    "anonymousId": "$.anonymousId",
    "created": "$.timestamp",
    "sent": "$.sentAt",
    "received": "$.receivedAt",
    "consent": "$.consent",
}
"""Where the fields are when a source declares none."""

MEANINGS: Final[Mapping[str, str]] = {
    "kind": "kind",
    "name": "name",
    "payload": "payload",
    "messageId": "message_id",
    "userId": "user_id",
    "anonymousId": "anonymous_id",
    "created": "created",
    "sent": "sent",
    "received": "received",
    "consent": "signals",
    "integrations": "integrations",
    "library": "library",
    "libraryVersion": "library_version",
    "url": "url",
    "version": "version",
}
"""Each field that a source may declare -> the field of an event that it fills."""

KNOWN: Final = (*MEANINGS, *sorted(NAMES - MEANINGS.keys()))
"""Every field that a source may declare: those of an event, and the names under which consent is carried."""

_PATH: Final = re.compile(r"\$(?:\.[^\s.\[\]'\"*]+)*")


def keys_of(path: str) -> Keys:
    """Returns the steps of a path that `problems_of` found right."""
    return tuple(path.split(".")[1:])


def problems_of(place: str, fields: Mapping[str, str]) -> Iterator[Problem]:
    """Yields what is wrong with the declared `fields` of the file `place`: an unknown field, a path that is none."""
    for field, path in fields.items():
        where = f"$.fields.{field}"
        if field not in MEANINGS and field not in NAMES:
            yield Problem(
                place,
                Words("plain_dialect.field", {"fields": ", ".join(MEANINGS)}),
                literal(f"`{field}`"),
                where,
                nearest(field, KNOWN),
            )
        elif _PATH.fullmatch(path) is None:
            yield Problem(
                place,
                Words("plain_dialect.path"),
                literal(f"`{path}`"),
                where,
                Words("plain_dialect.path_mend"),
            )
