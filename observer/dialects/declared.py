"""A dialect whose source declares that the payload of its events carries consent, and under which names."""

from collections.abc import Sequence
from typing import Final

import msgspec
from msgspec import Raw

from observer.dialects.base import Cut, Dialect, Sharing
from observer.dialects.carried import of_members
from observer.dialects.documents import READ_ERRORS
from observer.dialects.mending import ABSENT, members_of
from observer.model import Decoded, Event, Record, Signal

_WHERE: Final = "signals"


def reading_consent_of(dialect: Dialect, names: Sequence[str]) -> Dialect:
    """Returns the dialect, which then also reads the members `names` of each payload; each is of carried.NAMES."""
    return _ReadingPayloads(dialect, names) if names else dialect


class _ReadingPayloads:
    """Does what the dialect beneath does, and adds to each event's signals. One look into each payload."""

    def __init__(self, beneath: Dialect, names: Sequence[str]) -> None:
        self._beneath = beneath
        self._names = tuple(names)
        # A member's name need not be one that Python takes for a field.
        self._fields = tuple(f"member_{number}" for number in range(len(names)))
        self._decoder = msgspec.json.Decoder(
            msgspec.defstruct(
                "Declared",
                [
                    (field, Raw, msgspec.field(default=ABSENT, name=name))
                    for field, name in zip(self._fields, self._names, strict=True)
                ],
            )
        )

    @property
    def name(self) -> str:
        """The dialect's id."""
        return self._beneath.name

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """Which field goes where."""
        return (
            *self._beneath.fields,
            (_WHERE, ", ".join(f"`{name}` of the payload" for name in self._names)),
        )

    def decode(self, record: Record) -> Sequence[Decoded]:
        """Returns the record's events in their order; see Dialect."""
        return [
            self._with_declared(one) if isinstance(one, Event) else one
            for one in self._beneath.decode(record)
        ]

    def alone(self, record: Record, index: int) -> bytes | None:
        """Returns a record that holds one of the events alone; see Dialect."""
        return self._beneath.alone(record, index)

    def cut(self, record: Record, index: int) -> Cut | None:
        """Returns one of the events and what is around it, or None where they share nothing; see Sharing."""
        return self._beneath.cut(record, index) if isinstance(self._beneath, Sharing) else None

    def recognises(self, record: Record) -> int:
        """Returns how surely the record is of this dialect; see Dialect."""
        return self._beneath.recognises(record)

    def _with_declared(self, event: Event) -> Event:
        found = self._signals(event.payload)
        return msgspec.structs.replace(event, signals=event.signals + found) if found else event

    def _signals(self, payload: bytes) -> tuple[Signal, ...]:
        try:
            read = self._decoder.decode(payload)
        except READ_ERRORS:
            members = members_of(payload) or {}
            return of_members({name: members[name] for name in self._names if name in members})
        found = {name: getattr(read, field) for name, field in zip(self._names, self._fields, strict=True)}
        return of_members({name: raw for name, raw in found.items() if raw})
