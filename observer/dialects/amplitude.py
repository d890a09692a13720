"""Amplitude: HTTP API version 2 and its batch twin, which take the same body.

Source: Amplitude's "HTTP V2 API" reference. Amplitude holds two events for one where insert id and device agree.
"""

import re
from collections.abc import Sequence
from typing import Final

import msgspec
from msgspec import Raw

from observer.dialects.base import Cut
from observer.dialects.batches import Shape, alone_in, cut_from, read_each
from observer.dialects.carried import AROUND, with_request
from observer.dialects.documents import READ_ERRORS, refusal
from observer.dialects.mending import ABSENT, Count, Text
from observer.dialects.recognition import last_steps
from observer.model import Decoded, Event, Finding, Record, Undecodable

_MILLISECONDS: Final = 1e3
_ROUTE: Final = "2/httpapi"
_OWN_WORDS: Final = re.compile(rb'"(?:api_key|event_type)"\s*:')
_EVENTS: Final = re.compile(rb'"events"\s*:')


class _Event(msgspec.Struct, frozen=True, gc=False):
    """One entry of `events`."""

    event_type: Text = None
    event_properties: Raw = ABSENT
    user_id: Text = None
    device_id: Text = None
    insert_id: Text = None
    time: Count = None
    library: Text = None


class _Shared(msgspec.Struct, frozen=True, gc=False):
    """What a body says of all its events: nothing that the observer reads."""


class _Body(_Shared, frozen=True, gc=False):
    """A request."""

    events: list[_Event] = []


_BODY: Final = msgspec.json.Decoder(_Body)
_EVENT: Final = msgspec.json.Decoder(_Event)
_SHAPE: Final = Shape("events", alone=False)


class Amplitude:
    """Bodies of `/2/httpapi` and `/batch`."""

    name = "amplitude"
    fields = (
        ("kind", "always `event`"),
        ("name", "`events[].event_type`"),
        ("payload", "`events[].event_properties`"),
        (
            "message_id",
            "`events[].insert_id`, a space, `device_id` (else `user_id`): the id holds within a device",
        ),
        ("user_id", "`events[].user_id`"),
        ("anonymous_id", "`events[].device_id`"),
        ("created", "`events[].time`, in milliseconds"),
        ("signals", AROUND),
        ("library", "`events[].library`, up to its last `/`"),
        ("library_version", "`events[].library`, after its last `/`"),
    )

    def decode(self, record: Record) -> Sequence[Decoded]:
        """Returns the events of a body. Raises nothing."""
        return with_request(_events(record.value), record)

    def alone(self, record: Record, index: int) -> bytes | None:
        """Returns a body with that one event and all that its body shares."""
        return alone_in(record.value, "events", index)

    def cut(self, record: Record, index: int) -> Cut | None:
        """Returns that one event and all that its body shares; see Sharing."""
        return cut_from(record.value, "events", index)

    def recognises(self, record: Record) -> int:
        """Returns 100 for the path of the API, 95 for a body with events and a word of Amplitude's own."""
        if last_steps(record.path, 2) == _ROUTE:
            return 100
        value = record.value or b""
        return 95 if _OWN_WORDS.search(value) and _EVENTS.search(value) else 0


def _events(value: bytes | None) -> list[Decoded]:
    if not value:
        return [refusal(value) or Undecodable("empty")]
    try:
        if not value.isascii():
            value.decode()
        body = _BODY.decode(value)
        if body.events:
            return [_event(event, None, ()) for event in body.events]
    except READ_ERRORS:
        pass
    return read_each(value, _SHAPE, _Shared, _EVENT, _event)


def _event(event: _Event, shared: _Shared | None, problems: tuple[Finding, ...]) -> Decoded:
    if not event.event_type:
        return Undecodable("no_name", "$.event_type", "string", "nothing")
    device = event.device_id or event.user_id or ""
    library, slash, version = (event.library or "").rpartition("/")
    return Event(
        kind="event",
        name=event.event_type,
        payload=event.event_properties or b"{}",
        root="$.event_properties",
        message_id=f"{event.insert_id} {device}".rstrip() if event.insert_id else "",
        user_id=event.user_id or "",
        anonymous_id=event.device_id or "",
        created=None if event.time is None else event.time / _MILLISECONDS,
        library=library if slash else version,
        library_version=version if slash else "",
        problems=problems,
    )
