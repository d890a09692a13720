"""What every dialect offers."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol, runtime_checkable

from observer.model import Decoded, Envelope, Record


class Dialect(Protocol):
    """One wire format."""

    @property
    def name(self) -> str:
        """The dialect's id, as `schemas/sources/*.yaml` names it."""

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """Which field goes where: (name of an Event field, where the dialect finds it). Feeds the docs."""

    def decode(self, record: Record) -> Sequence[Decoded]:
        """Returns the record's events in their order, never empty (an empty batch is one Undecodable), never
        raising. The fast path may fail and fall back to a lenient one; both agree on what they both accept."""

    def alone(self, record: Record, index: int) -> bytes | None:
        """Returns the value of a record that holds the event at `index` alone with its whole envelope, such that
        `decode` of it gives that same event again. The event's own bytes are unchanged. Where the record holds a
        single event, or cannot be taken apart, its value as it came."""

    def recognises(self, record: Record) -> int:
        """Returns how surely the record is of this dialect: 0 not at all, 100 beyond doubt. Cheap, never raises."""


class Cut(NamedTuple):
    """One event of a record: its own bytes, and what its record has around it when it holds that event alone."""

    event: bytes
    envelope: Envelope

    @property
    def whole(self) -> bytes:
        """Returns the record with that event alone."""
        return self.envelope.before + self.event + self.envelope.behind


@runtime_checkable
class Sharing(Protocol):
    """A wire format whose records hold several events that share more than brackets."""

    def cut(self, record: Record, index: int) -> Cut | None:
        """Returns the two parts of what `alone` returns, or None where that is the record's value as it came.

        The envelope is the same object for each event of a record: whoever keeps thousands of events keeps it
        once. The record is taken apart once, not once an event."""
