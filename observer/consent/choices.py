"""What one signal says before our purposes enter: answers by the categories of its platform."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from observer.consent.answer import CHOICE_AFTER_EVENT, EXPIRED, NO_CHOICE_YET, Answer


class Choices(NamedTuple):
    """What one signal says, category by category.

    platforms: whose category ids these are, as `schemas/consent/categories.yaml` names the platforms;
    answers: by category id; rest: the answer for a category that the signal does not list, or None where the
        signal then says nothing about its purposes;
    vendors: answers by the platform's own vendor ids, where it asks for vendors too;
    vendors_alone: whether it speaks of vendors and of no purpose: one that it does not list has no consent;
    chosen, expires: days since the epoch: of the choice, and the last on which it holds by its own word; None
        where the signal does not say.
    """

    platforms: tuple[str, ...]
    answers: Mapping[str, Answer]
    rest: Answer | None = NO_CHOICE_YET
    vendors: Mapping[str, Answer] = {}
    chosen: int | None = None
    expires: int | None = None
    vendors_alone: bool = False

    def on(self, day: int, maximum_age: int) -> "Choices":
        """Returns what the choices say for an event of that day: nothing but their fault where they are later than
        it, or older than `maximum_age` days."""
        fault = self._fault(day, maximum_age)
        if fault is None:
            return self
        return self._replace(
            answers=dict.fromkeys(self.answers, fault),
            rest=None if self.rest is None else fault,
            vendors=dict.fromkeys(self.vendors, fault),
        )

    def _fault(self, day: int, maximum_age: int) -> Answer | None:
        if self.chosen is not None and self.chosen > day:
            return CHOICE_AFTER_EVENT
        if self.chosen is not None and day - self.chosen > maximum_age:
            return EXPIRED
        return EXPIRED if self.expires is not None and self.expires < day else None


class Reading(NamedTuple):
    """Everything that one signal holds. Empty: the platform is there and says nothing.

    refuses_only: whether only its refusals are this person's: a link may have been made by anybody.
    """

    choices: tuple[Choices, ...] = ()
    tc_strings: tuple[str, ...] = ()
    refuses_only: bool = False


Reader = Callable[[bytes], Reading]
"""Reads the raw bytes of one format. Raises SignalError where they are malformed as a whole."""
