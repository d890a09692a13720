"""A bounded memory of the choices that people told, by a keyed hash of who they are."""

from collections.abc import Mapping
from typing import Final, NamedTuple

MARKS: Final = 0xFFFFFF


class Told(NamedTuple):
    """One person's latest choice.

    time: its event time; created: when it was made by the device's clock, or None; granted, refused: purposes;
    waiting: whether no event has honoured it yet; mark: 24 bits of Python's own hash of who it was, by which nearly
        everybody else is told apart at once.
    """

    time: float
    created: float | None
    granted: frozenset[str]
    refused: frozenset[str]
    waiting: bool = True
    mark: int = 0


class Choices:
    """The latest choices of the last `limit` people of one source partition who made any."""

    __slots__ = ("_told", "limit", "marks")

    def __init__(self, limit: int) -> None:
        if limit < 1:
            raise ValueError(f"limit: expected at least 1 person, got {limit}")
        self.limit = limit
        self.marks: dict[int, int] = {}
        self._told: dict[bytes, Told] = {}

    def __len__(self) -> int:
        return len(self._told)

    def get(self, person: bytes) -> Told | None:
        """Returns the latest choice of a person, or None where it is not remembered."""
        return self._told.get(person)

    def learn(self, learned: Mapping[bytes, Told]) -> None:
        """Takes choices in their order; those of whoever chose longest ago are forgotten."""
        told = self._told
        for person, choice in learned.items():
            held = told.get(person)
            if held is None:
                self.marks[choice.mark] = self.marks.get(choice.mark, 0) + 1
            elif held.time != choice.time:
                # A new choice begins its time anew; that an event honoured one does not.
                del told[person]
            told[person] = choice
        while len(told) > self.limit:
            self._unmark(told.pop(next(iter(told))).mark)

    def _unmark(self, mark: int) -> None:
        self.marks[mark] -= 1
        if not self.marks[mark]:
            del self.marks[mark]
