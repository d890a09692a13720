"""What every dialect offers."""

from collections.abc import Sequence
from typing import Protocol

from observer.model import Decoded, Record


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
