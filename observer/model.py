"""The nouns that every room shares. Data only: no room's rules live here.

Times are seconds since the epoch (UTC) as float; durations are seconds; rates are ratios from 0 to 1.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, Literal, NamedTuple, TypeAlias

import msgspec


class Verdict(StrEnum):
    """Exactly one for each event, in this precedence. Order of definition is order of precedence."""

    UNDECODABLE = "undecodable"
    DUPLICATE = "duplicate"
    UNKNOWN_CONTRACT = "unknown_contract"
    UNVALIDATED = "unvalidated"
    INVALID = "invalid"
    VALID = "valid"


QUARANTINED_VERDICTS: Final = frozenset(
    {Verdict.UNDECODABLE, Verdict.UNKNOWN_CONTRACT, Verdict.UNVALIDATED, Verdict.INVALID}
)
"""Duplicates are counted and never kept: the first of them stands for all."""


class ViolationKind(StrEnum):
    """How an event broke its contract: the vocabulary of tracking plans."""

    UNEXPECTED_EVENT = "unexpected_event"
    UNEXPECTED_PROPERTY = "unexpected_property"
    MISSING_REQUIRED = "missing_required"
    TYPE_MISMATCH = "type_mismatch"
    OUT_OF_CONSTRAINT = "out_of_constraint"
    WRONG_FORMAT = "wrong_format"
    WRONG_VERSION = "wrong_version"
    UNDECODABLE = "undecodable"
    NOT_CHECKED = "not_checked"


class ConsentState(StrEnum):
    """The state of one purpose for one event. Only GRANTED is a yes."""

    GRANTED = "granted"
    DENIED = "denied"
    MISSING = "missing"
    EXPIRED = "expired"
    MALFORMED = "malformed"
    UNKNOWN = "unknown"
    EXEMPT = "exempt"
    NOT_APPLICABLE = "not_applicable"


CONSENT_REQUIRED: Final = frozenset(ConsentState) - {ConsentState.EXEMPT, ConsentState.NOT_APPLICABLE}
"""The states of events that need consent: the denominator of the usable rate."""


class Finding(msgspec.Struct, frozen=True, gc=False):
    """One broken rule in one event. Holds no personal value.

    rule: the contract's rule, as `required:$.order_id` (stable, bounded by the contract);
    path: JSONPath in the event, undeclared names masked as `*`;
    expected: what the contract asks for, in terms of the schema language (`number`, `>= 0`, `one of EUR, USD`);
    came: the kind of thing that came (`string`, `null`, `nothing`), never its value.
    """

    kind: ViolationKind
    rule: str
    path: str
    expected: str
    came: str


class Signal(NamedTuple):
    """One consent signal as the event carries it, not yet judged.

    format: `segment`, `rudderstack`, `tcf`, `gpp`, `ga4`, `gcs`, `gcd`, `gpc`, `snowplow_preferences`,
        `plain`, ...: chooses the decoder in observer.consent;
    raw: the bytes of the JSON value or of the string.
    """

    format: str
    raw: bytes


class Record(msgspec.Struct, frozen=True, gc=False):
    """What a source hands over: one HTTP request, one Kafka record, one line of a file.

    value: the bytes, or None for a tombstone;
    received: when our own collector received it, or None where it did not come through our collector;
    timestamp: the record's own time (a Kafka record's timestamp), or None;
    headers: names in lower case; for HTTP only those that a dialect reads, never cookies or Authorization;
    path: path and query of the HTTP request, or "";
    place: what identifies it: `(topic, partition, offset)`, `(file, line)` or a request's number.
    """

    value: bytes | None
    received: float | None = None
    timestamp: float | None = None
    headers: Mapping[str, str] = {}
    path: str = ""
    place: tuple[str, int, int] = ("", 0, 0)


class Event(msgspec.Struct, frozen=True, gc=False, kw_only=False):
    """One tracking event, whatever its dialect. Built positionally on the hot path: keep the order.

    kind: the call, in the dialect's word (`track`, `page`, `unstruct`, `page_view`, ...);
    name: what a contract matches beside the kind (`Order Completed`); "" where the kind says it all;
    payload: the JSON object that the contract judges, as bytes (msgspec.Raw or bytes);
    root: JSONPath of the payload in the record (`$.properties`);
    created, sent: by the device's clock; received: by the vendor's server, as the event itself says;
    signals: the consent signals; integrations: the JSON object of switched destinations, or b"";
    library, library_version: the SDK or tracker; url: of the page, or "";
    vendors: schema vendors of attached contexts (Snowplow), else ();
    version: the contract version that the event names, or "";
    upstream: verdicts of others that it carries, each (system, reason);
    problems: broken rules of the envelope itself.
    """

    kind: str
    name: str
    payload: bytes
    root: str
    message_id: str = ""
    user_id: str = ""
    anonymous_id: str = ""
    created: float | None = None
    sent: float | None = None
    received: float | None = None
    signals: tuple[Signal, ...] = ()
    integrations: bytes = b""
    library: str = ""
    library_version: str = ""
    url: str = ""
    vendors: tuple[str, ...] = ()
    version: str = ""
    upstream: tuple[tuple[str, str], ...] = ()
    problems: tuple[Finding, ...] = ()


class Undecodable(msgspec.Struct, frozen=True, gc=False):
    """What stood where an event should: counted and kept like one.

    reason: a stable code (`not_json`, `truncated`, `tombstone`, `too_deep`, ...), each with a message
        `decoding.<reason>`; path: where in the record; expected, came: as in Finding.
    """

    reason: str
    path: str = "$"
    expected: str = ""
    came: str = ""


Decoded: TypeAlias = Event | Undecodable

Stage: TypeAlias = Literal["created_to_sent", "received_to_observed", "end_to_end"]
STAGES: Final[tuple[Stage, ...]] = ("created_to_sent", "received_to_observed", "end_to_end")

LATENCY_BUCKETS: Final[tuple[float, ...]] = (
    0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600, 21600, 86400,
)  # fmt: skip
"""Upper bounds in seconds. Wide, since telephones send late batches."""


class Envelope(NamedTuple):
    """What stands around an event in a record that holds it alone: the bytes before it and those behind it."""

    before: bytes
    behind: bytes


class Kept(msgspec.Struct, frozen=True, gc=False):
    """One event for the quarantine: whole, with what was found.

    value: the event's own bytes where there is an envelope, else a record that holds this event alone, and `whole`
        gives that record of both; envelope: one object for all events of a record, so that what they share is held
        once and not once an event;
    event: index in the original record; identity: place and index, as text, unique within a source;
    findings: why; contract: id or `_none`; digest: of the catalog that judged.
    """

    source: str
    dialect: str
    verdict: Verdict
    contract: str
    reason: str
    findings: tuple[Finding, ...]
    value: bytes | None
    headers: Mapping[str, str]
    path: str
    place: tuple[str, int, int]
    index: int
    received: float | None
    timestamp: float | None
    observed: float
    digest: str
    name: str = ""
    message_id: str = ""
    user_id: str = ""
    anonymous_id: str = ""
    envelope: Envelope | None = None

    @property
    def whole(self) -> bytes | None:
        """Returns a record that holds this event alone, with its envelope; it decodes to the same event again."""
        if self.envelope is None or self.value is None:
            return self.value
        return self.envelope.before + self.value + self.envelope.behind

    @property
    def whole_bytes(self) -> int:
        """Returns how long `whole` is, without making it."""
        around = 0 if self.envelope is None else sum(map(len, self.envelope))
        return around + len(self.value or b"")


RollupKey: TypeAlias = tuple[str, str, int]
"""(family, key, minute): family is contract, source, channel, tool or destination; minute is event time // 60."""

Rollup: TypeAlias = dict[str, float]
"""Additive measures by name, as `verdict/valid`, `consent/advertising/granted`, `latency/end_to_end/le/5`."""

SeriesKey: TypeAlias = tuple[str, tuple[str, ...]]
"""(metric name, label values in the order that metrics.py declares)."""


class Distribution(msgspec.Struct):
    """A histogram's additive parts: counts by bucket (the last is above every bound) and the sum of values."""

    counts: list[int]
    total: float = 0.0
