"""What a replay writes: the event as it came, and the marker that it was sent.

In our own topic one record is both. Into any other topic the event goes with its original key, and the marker beside
it, in the same transaction, into our topic: so what was sent is read back from one place.
"""

from typing import Final, NamedTuple

from observer.model import Verdict
from streams.quarantine.choosing import Found
from streams.quarantine.record import Header

IDENTITY: Final = "martech.replayed.identity"
DIGEST: Final = "martech.replayed.digest"
SOURCE: Final = "martech.replayed.source"
OUTCOME: Final = "martech.replayed.outcome"
TARGET: Final = "martech.replayed.target"
ORIGINAL_KEY: Final = "martech.replayed.key"

_NOTHING: Final = b"{}"
"""The value of a marker alone: a record without one would stand for a deletion."""


class Outgoing(NamedTuple):
    """One record to send."""

    topic: str
    key: bytes | None
    value: bytes | None
    headers: list[Header]


def outgoing(one: Found, outcome: Verdict, digest: str, target: str, replayed: str) -> list[Outgoing]:
    """Returns the records that send one event to `target`.

    digest: of the catalog that judged; replayed: our own topic.
    """
    identity, original = one.event.identity, one.event.original
    marks: list[Header] = [
        (IDENTITY, identity.encode()),
        (DIGEST, digest.encode()),
        (SOURCE, one.event.kept.source.encode()),
        (OUTCOME, outcome.value.encode()),
        (TARGET, target.encode()),
    ]
    event = [*original.headers, *marks]
    if target != replayed:
        marker = Outgoing(replayed, f"{identity}#{target}".encode(), _NOTHING, marks)
        return [Outgoing(target, original.key, one.event.kept.value, event), marker]
    if original.key is not None:
        event.append((ORIGINAL_KEY, original.key))
    return [Outgoing(target, identity.encode(), one.event.kept.value, event)]


def sent_to(headers: tuple[Header, ...], target: str) -> str | None:
    """Returns the identity of the event that a marker says was sent to `target`; None where it says none."""
    # The last of a name is ours: an event may itself come from a replay.
    last = {name: value for name, value in headers if value is not None}
    identity = last.get(IDENTITY)
    return identity.decode() if identity is not None and last.get(TARGET) == target.encode() else None
