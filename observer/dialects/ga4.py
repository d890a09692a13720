"""Google Analytics 4: the Measurement Protocol.

Source: Google's "Measurement Protocol (Google Analytics 4)" reference. The protocol gives events no id, so none
of them is ever a duplicate. Google takes 25 events at most; how many there are is for the contract to judge.
"""

import re
from collections.abc import Sequence
from typing import Final

import msgspec
from msgspec import Raw

from observer.dialects.base import Cut
from observer.dialects.batches import Shape, alone_in, cut_from, read_each
from observer.dialects.carried import AROUND, of_members, of_page, with_request
from observer.dialects.documents import READ_ERRORS, holds_something, refusal
from observer.dialects.mending import ABSENT, Count, Text
from observer.dialects.recognition import last_steps
from observer.model import Decoded, Event, Finding, Record, Signal, Undecodable

_MICROSECONDS: Final = 1e6
_ROUTE: Final = "mp/collect"
_OWN_WORDS: Final = re.compile(rb'"(?:client_id|app_instance_id)"\s*:')
_EVENTS: Final = re.compile(rb'"events"\s*:')


class _Event(msgspec.Struct, frozen=True, gc=False):
    """One entry of `events`."""

    name: Text = None
    params: Raw = ABSENT
    timestamp_micros: Count = None


class _Shared(msgspec.Struct, frozen=True, gc=False):
    """What a body says of all its events."""

    client_id: Text = None
    app_instance_id: Text = None
    user_id: Text = None
    timestamp_micros: Count = None
    consent: Raw = ABSENT


class _Body(_Shared, frozen=True, gc=False):
    """A request."""

    events: list[_Event] = []


class _Place(msgspec.Struct, frozen=True, gc=False):
    """The parameters of an event that name the page, and those of a browser's hit that carry consent."""

    page_location: Text = None
    gcs: Raw = ABSENT
    gcd: Raw = ABSENT


_BODY: Final = msgspec.json.Decoder(_Body)
_EVENT: Final = msgspec.json.Decoder(_Event)
_PLACE: Final = msgspec.json.Decoder(_Place)
_SHAPE: Final = Shape("events", alone=False)


class MeasurementProtocol:
    """Bodies of `/mp/collect`."""

    name = "ga4"
    fields = (
        ("kind", "always `event`"),
        ("name", "`events[].name`"),
        ("payload", "`events[].params`"),
        ("user_id", "`user_id` of the body"),
        ("anonymous_id", "`client_id` of the body, else its `app_instance_id`"),
        ("created", "`events[].timestamp_micros`, else that of the body"),
        (
            "signals",
            "`consent` of the body, where it holds anything; `gcs` and `gcd` of `events[].params`; " + AROUND,
        ),
        ("url", "`events[].params.page_location`"),
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
        """Returns 100 for the path of the protocol, 90 for a body with events and a client's id."""
        if last_steps(record.path, 2) == _ROUTE or last_steps(record.path, 3) == f"debug/{_ROUTE}":
            return 100
        value = record.value or b""
        return 90 if _OWN_WORDS.search(value) and _EVENTS.search(value) else 0


def _events(value: bytes | None) -> list[Decoded]:
    if not value:
        return [refusal(value) or Undecodable("empty")]
    try:
        if not value.isascii():
            value.decode()
        body = _BODY.decode(value)
        if body.events:
            return [_event(event, body, ()) for event in body.events]
    except READ_ERRORS:
        pass
    return read_each(value, _SHAPE, _Shared, _EVENT, _event)


def _event(event: _Event, shared: _Shared | None, problems: tuple[Finding, ...]) -> Decoded:
    if not event.name:
        return Undecodable("no_name", "$.name", "string", "nothing")
    body = shared or _Shared()
    micros = event.timestamp_micros
    if micros is None:
        micros = body.timestamp_micros
    consent = bytes(body.consent)
    url, signals = _page(event.params)
    return Event(
        kind="event",
        name=event.name,
        payload=event.params or b"{}",
        root="$.params",
        user_id=body.user_id or "",
        anonymous_id=body.client_id or body.app_instance_id or "",
        created=None if micros is None else micros / _MICROSECONDS,
        signals=((Signal("ga4", consent),) if holds_something(consent) else ()) + signals,
        url=url,
        problems=problems,
    )


def _page(params: Raw) -> tuple[str, tuple[Signal, ...]]:
    """Returns the page, and what the parameters and the page's address say of consent."""
    try:
        place = _PLACE.decode(params)
    except READ_ERRORS:
        return "", ()
    url = place.page_location or ""
    carried = of_page(url)
    if place.gcs or place.gcd:
        members = {"gcs": place.gcs, "gcd": place.gcd}
        carried += of_members({name: raw for name, raw in members.items() if raw})
    return url, carried
