"""The envelope that Segment and RudderStack share: one call, or a batch of calls with a shared context.

Source: Segment's public specification ("Spec: Common Fields", "HTTP API") and RudderStack's event specification.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar, Final

import msgspec
from msgspec import Raw

from observer.dialects.base import Cut
from observer.dialects.batches import Shape, alone_in, cut_from, read_each
from observer.dialects.carried import of_members, of_page, with_request
from observer.dialects.documents import READ_ERRORS, refusal
from observer.dialects.mending import ABSENT, Instant, Label, Text, members_of, mismatch
from observer.model import Decoded, Event, Finding, Record, Signal, Undecodable


class Library(msgspec.Struct, frozen=True, gc=False):
    """`context.library`."""

    name: Text = None
    version: Text = None


class Page(msgspec.Struct, frozen=True, gc=False):
    """`context.page`."""

    url: Text = None


class Protocols(msgspec.Struct, frozen=True, gc=False):
    """`context.protocols`: what Segment's tracking plans read."""

    event_version: Label = None


class Context(msgspec.Struct, frozen=True, gc=False, rename="camel"):
    """What the observer reads of `context`."""

    library: Library | None = None
    page: Page | None = None
    consent: Raw = ABSENT
    consent_management: Raw = ABSENT
    violation_errors: Raw = ABSENT
    traits: Raw = ABSENT
    protocols: Protocols | None = None
    gpp: Raw = ABSENT
    gpp_sid: Raw = msgspec.field(default=ABSENT, name="gpp_sid")
    gdpr_consent: Raw = msgspec.field(default=ABSENT, name="gdpr_consent")
    us_privacy: Raw = msgspec.field(default=ABSENT, name="us_privacy")
    addtl_consent: Raw = msgspec.field(default=ABSENT, name="addtl_consent")
    regs: Raw = ABSENT
    user: Raw = ABSENT


class Call(msgspec.Struct, frozen=True, gc=False, rename="camel"):
    """One call. `type` is open here, so that an unknown one costs its own event and not its batch."""

    type: Text = None
    event: Text = None
    message_id: Text = None
    anonymous_id: Text = None
    user_id: Text = None
    original_timestamp: Instant = None
    timestamp: Instant = None
    sent_at: Instant = None
    received_at: Instant = None
    context: Context | None = None
    integrations: Raw = ABSENT
    properties: Raw = ABSENT
    traits: Raw = ABSENT
    name: Text = None
    previous_id: Text = None
    merge_properties: Raw = ABSENT


class Body(Call, frozen=True, gc=False, rename="camel"):
    """A request: one call, or a batch whose other members hold for each of its calls."""

    batch: list[Call] | None = None


_BODY: Final = msgspec.json.Decoder(Body)
_CALL: Final = msgspec.json.Decoder(Call)
_SHAPE: Final = Shape("batch", alone=True)
_NO_CONTEXT: Final = Context()
_NO_LIBRARY: Final = Library()
_NO_PAGE: Final = Page()
_BRACE: Final = ord("{")
_VIEWS: Final = frozenset({"page", "screen"})
_BESIDE: Final = ("gpp", "gpp_sid", "gdpr_consent", "us_privacy", "addtl_consent", "regs", "user")
NO_MEMBERS: Final = b"{}"
CARRIED: Final = (
    "`context.gpp` with `gpp_sid`, `context.gdpr_consent`, `us_privacy`, `addtl_consent`, `regs` and `user`"
)
"""Where both dialects look for consent beside their own objects, for the docs."""
FORWARDED: Final = "Violation Generated"
"""The event as which Segment forwards a violation."""

_ROUTES: Final = {
    "track": "track", "t": "track",
    "page": "page", "p": "page",
    "screen": "screen", "s": "screen",
    "identify": "identify", "i": "identify",
    "group": "group", "g": "group",
    "alias": "alias", "a": "alias",
    "merge": "merge",
}  # fmt: skip
"""Last step of a request's path -> the call. The letters are those of Segment's browser SDK."""

_FIELDS: Final = (
    ("kind", "`type`; where it is absent, the call that the request's path names (`/v1/track`, `/v1/t`)"),
    ("name", "`event` of a track call, `name` of a page or screen call"),
    (
        "payload",
        "`properties` of track, page and screen; `traits` of identify and group; the two ids of alias",
    ),
    ("message_id", "`messageId`"),
    ("user_id", "`userId`"),
    ("anonymous_id", "`anonymousId`"),
    ("created", "`originalTimestamp`, else `timestamp`"),
    ("sent", "`sentAt`, else that of the batch"),
    ("received", "`receivedAt`, else that of the batch"),
    ("integrations", "`integrations`, over those of the batch"),
    ("library", "`context.library.name`, else that of the batch"),
    ("library_version", "`context.library.version`, else that of the batch"),
    ("url", "`context.page.url`, else that of the batch"),
)


class CallDialect(ABC):
    """What both dialects do; a subclass says what differs: its calls, consent signals and verdicts of others."""

    name: ClassVar[str]
    calls: ClassVar[frozenset[str]]
    own_fields: ClassVar[tuple[tuple[str, str], ...]]

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """Which field goes where: what the dialects share, and what is its own."""
        return tuple((dict(_FIELDS) | dict(self.own_fields)).items())

    def decode(self, record: Record) -> Sequence[Decoded]:
        """Returns the calls of a request, a Kafka record or a line. Raises nothing."""
        return with_request(self._calls(record.value, record.path), record)

    def _calls(self, value: bytes | None, path: str) -> list[Decoded]:
        if not value:
            return [refusal(value) or Undecodable("empty")]
        try:
            # The decoder does not look into what it leaves as bytes.
            if not value.isascii():
                value.decode()
            body = _BODY.decode(value)
            if body.batch is None:
                return [self._event(body, None, (), path)]
            if body.batch:
                return [self._event(call, body, (), path) for call in body.batch]
        except READ_ERRORS:
            pass
        return read_each(
            value, _SHAPE, Call, _CALL, lambda call, shared, found: self._event(call, shared, found, path)
        )

    def alone(self, record: Record, index: int) -> bytes | None:
        """Returns a batch of that one call with all that its batch shares."""
        return alone_in(record.value, "batch", index)

    def cut(self, record: Record, index: int) -> Cut | None:
        """Returns that one call and all that its batch shares; see Sharing."""
        return cut_from(record.value, "batch", index)

    @abstractmethod
    def signals(self, context: Context) -> tuple[Signal, ...]:
        """Returns the consent signals of a call."""

    @abstractmethod
    def upstream(self, call: Call, context: Context) -> tuple[tuple[str, str], ...]:
        """Returns the verdicts of others that a call carries."""

    def payload(self, call: Call, context: Context, kind: str) -> tuple[bytes, str]:
        """Returns what a contract judges of a call that is no track, page or screen, and where it was found."""
        if kind == "alias":
            ids = {"previousId": call.previous_id, "userId": call.user_id}
            return msgspec.json.encode({name: value for name, value in ids.items() if value is not None}), "$"
        return call.traits or NO_MEMBERS, "$.traits"

    def _event(self, call: Call, shared: Call | None, problems: tuple[Finding, ...], path: str) -> Decoded:
        context = call.context or _NO_CONTEXT
        switches = call.integrations
        sent = call.sent_at
        received = call.received_at
        if shared is not None:
            sent = sent or shared.sent_at
            received = received or shared.received_at
            if shared.context is not None:
                context = _over(shared.context, context)
            if shared.integrations:
                switches = _merged(shared.integrations, switches)
        kind = call.type or _ROUTES.get(path.partition("?")[0].rpartition("/")[2], "")
        payload: bytes
        if kind == "track":
            name = call.event or ""
            if not name:
                return Undecodable("no_name", "$.event", "string", "nothing")
            payload, root = call.properties or NO_MEMBERS, "$.properties"
        elif kind not in self.calls:
            return _no_call(kind)
        elif kind in _VIEWS:
            name = call.name or ""
            payload, root = call.properties or NO_MEMBERS, "$.properties"
        else:
            name = ""
            payload, root = self.payload(call, context, kind)
        integrations = bytes(switches)
        if integrations and integrations[0] != _BRACE:
            problems += _no_object(integrations)
            integrations = b""
        created = call.original_timestamp or call.timestamp
        library = context.library or _NO_LIBRARY
        page = context.page or _NO_PAGE
        return Event(
            kind,
            name,
            payload,
            root,
            call.message_id or "",
            call.user_id or "",
            call.anonymous_id or "",
            None if created is None else created.timestamp(),
            None if sent is None else sent.timestamp(),
            None if received is None else received.timestamp(),
            self.signals(context) + _beside(context) + of_page(page.url or ""),
            integrations,
            library.name or "",
            library.version or "",
            page.url or "",
            (),
            _version(context.protocols) if context.protocols is not None else "",
            self.upstream(call, context) if name == FORWARDED or context.violation_errors else (),
            problems,
        )


def _no_call(kind: str) -> Undecodable:
    if kind:
        return Undecodable("unknown_type", "$.type", "a call of the dialect", "string")
    return Undecodable("no_type", "$.type", "string", "nothing")


def _over(base: Context, context: Context) -> Context:
    """Returns `context` with what only the context of its batch has."""
    return Context(
        context.library or base.library,
        context.page or base.page,
        context.consent or base.consent,
        context.consent_management or base.consent_management,
        context.violation_errors or base.violation_errors,
        context.traits or base.traits,
        context.protocols or base.protocols,
        context.gpp or base.gpp,
        context.gpp_sid or base.gpp_sid,
        context.gdpr_consent or base.gdpr_consent,
        context.us_privacy or base.us_privacy,
        context.addtl_consent or base.addtl_consent,
        context.regs or base.regs,
        context.user or base.user,
    )


def _beside(context: Context) -> tuple[Signal, ...]:
    """Returns what the context says under the names of IAB Tech Lab's protocols, apart from the consent object."""
    if not (
        context.gpp
        or context.gdpr_consent
        or context.us_privacy
        or context.addtl_consent
        or context.regs
        or context.user
    ):
        return ()
    found = {name: getattr(context, name) for name in _BESIDE}
    return of_members({name: raw for name, raw in found.items() if raw})


def _merged(base: Raw, switches: Raw) -> Raw:
    """Returns the switches of a call over those of its batch, key by key."""
    if not switches:
        return base
    below, above = members_of(base), members_of(switches)
    if below is None or above is None:
        return switches
    return Raw(msgspec.json.encode({**below, **above}))


def _no_object(integrations: bytes) -> tuple[Finding, ...]:
    return () if integrations == b"null" else (mismatch("$.integrations", "object", integrations),)


def _version(protocols: Protocols) -> str:
    return "" if protocols.event_version is None else str(protocols.event_version)
