"""Choices that events tell when people make them or take them back, and what later events of the same person owe them.

Remembered for a person of one source partition: when the choice came, when the device says that it was made, which
purposes it granted and refused, and whether an event has honoured it yet. The person is a keyed hash of the anonymous
id, else of the user id. A choice is remembered until the person makes another, or until as many others as the limit
says have chosen since, or until the process ends; a worker that takes over learns again what it reads again.
"""

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import Final, TypeAlias

from observer.catalog import Catalog, Source
from observer.consent.outcome import Choice, ConsentOutcome
from observer.consent.overruling import overruled
from observer.engine.memory import Caches, Memory, Shared
from observer.engine.timing import Span
from observer.engine.told import MARKS, Told
from observer.model import ConsentState, Event

PREFERENCES: Final = "snowplow_preferences"
"""The format of the one signal that is a choice by itself."""

_NOTHING: Final[frozenset[str]] = frozenset()

Directions: TypeAlias = Mapping[tuple[int, str], Span]
"""(minute, `granted` or `refused`) -> how long it took until an event honoured such a choice."""


class Listening:
    """The choices of one chunk as they come, beside those that are remembered. Mutates nothing but itself and caches.

    learned: what `Memory.learn_choices` must take once the chunk is safe; honoured: how long choices waited.
    """

    __slots__ = (
        "_choices",
        "_key",
        "_marks",
        "_names",
        "_needs",
        "_nobody",
        "_overruled",
        "honoured",
        "learned",
    )

    def __init__(
        self, source: Source, catalog: Catalog, memory: Memory, partition: str, caches: Caches
    ) -> None:
        self.learned: dict[bytes, Told] = {}
        self.honoured: dict[tuple[int, str], Span] = {}
        self._marks: set[int] = set()
        self._names = source.watch.choice_events
        self._needs = {name: each.purposes for name, each in catalog.destinations.items()}
        self._choices = memory.choices(source.id, partition)
        self._nobody = not self._choices
        self._key = memory.key
        self._overruled = caches.overruled(source.id)

    def heard(self, event: Event, time: float, consent: Shared[ConsentOutcome]) -> Shared[ConsentOutcome]:
        """Returns what the event's consent comes to beside the choices of its person. time: its event time."""
        telling = tells(event, self._names)
        # Nearly every event is of somebody whose choice is not remembered: its id is then not even hashed.
        if self._nobody and not telling and not self.learned:
            return consent
        identifier = event.anonymous_id or event.user_id
        if not identifier:
            return consent
        mark = hash(identifier) & MARKS
        if not telling and mark not in self._choices.marks and mark not in self._marks:
            return consent
        person = self._person(identifier)
        held = self.learned.get(person) or self._choices.get(person)
        if telling:
            self._marks.add(mark)
            self._tell(person, mark, held, event, time, consent.value)
            return consent
        if held is None or time < held.time:
            return consent
        return self._owed(person, held, event, time, consent)

    def _person(self, identifier: str) -> bytes:
        return blake2b(identifier.encode("utf-8", "surrogatepass"), digest_size=16, key=self._key).digest()

    def _tell(
        self,
        person: bytes,
        mark: int,
        held: Told | None,
        event: Event,
        time: float,
        outcome: ConsentOutcome,
    ) -> None:
        granted = frozenset(purpose for purpose, state in outcome.states if state is ConsentState.GRANTED)
        refused = frozenset(purpose for purpose, state in outcome.states if state is ConsentState.DENIED)
        if not granted and not refused:
            return
        same = held is not None and (held.granted, held.refused) == (granted, refused)
        waiting = held.waiting if held is not None and same else True
        self.learned[person] = Told(time, event.created, granted, refused, waiting, mark)

    def _owed(
        self, person: bytes, held: Told, event: Event, time: float, consent: Shared[ConsentOutcome]
    ) -> Shared[ConsentOutcome]:
        outcome = consent.value
        granted = {purpose for purpose, state in outcome.states if state is ConsentState.GRANTED}
        earlier = held.created is not None and event.created is not None and event.created < held.created
        refused = held.refused & granted
        later = held.granted & granted if earlier else _NOTHING
        if held.waiting and not earlier and outcome.choice is Choice.MADE:
            spoken = {purpose for purpose, _ in outcome.states}
            if not refused and held.granted & spoken <= granted:
                self._honour(person, held, time)
        if not refused and not later:
            return consent
        question = (consent, refused, later)
        answer = self._overruled.get(question)
        if answer is None:
            answer = self._overruled[question] = Shared(overruled(outcome, self._needs, refused, later))
        return answer

    def _honour(self, person: bytes, held: Told, time: float) -> None:
        self.learned[person] = held._replace(waiting=False)
        key = (int(time // 60), "refused" if held.refused else "granted")
        self.honoured.setdefault(key, Span()).add(time - held.time)


def tells(event: Event, names: Iterable[str]) -> bool:
    """Returns whether an event tells a choice. names: of the events that do, as the company declares them."""
    if event.name in names:
        return True
    return bool(event.signals) and event.signals[0].format == PREFERENCES
