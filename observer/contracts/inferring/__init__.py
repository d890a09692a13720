"""Traffic → first contracts, and → changes of contracts that are there. Payloads are arguments."""

from typing import NamedTuple

from observer.contracts.importing import Wanted
from observer.contracts.importing.drafting import Described, Drafts
from observer.contracts.importing.losses import Losses
from observer.contracts.importing.schema_reader import Payload
from observer.contracts.inferring.guessing import MINIMUM, Guess, Guesser, support
from observer.contracts.inferring.learning import LIMITS, Learner, Lesson, Limits
from observer.contracts.inferring.updating import Update, updated


class Inferred(NamedTuple):
    """One contract as an ODCS document, the number of its events, and the support of each guess in it."""

    document: dict[str, object]
    events: int
    guesses: tuple[Guess, ...]


def inferred(learner: Learner, dialect: str, wanted: Wanted, minimum: int = MINIMUM) -> tuple[Inferred, ...]:
    """Returns a first contract for each (kind, name) that was learned, in the order in which they came.

    dialect: in which the events came, or ""; minimum: values below which a property's presence, words, range and
    pattern are not guessed.
    """
    drafts = Drafts(wanted)
    told: list[tuple[int, tuple[Guess, ...]]] = []
    for (kind, name), lesson in learner.lessons.items():
        guesser = Guesser(minimum)
        payload = Payload(guesser.payload(lesson), closed=False)
        title = name or f"{kind} call"
        drafts.add(
            Described(title, kind, name, payload, dialects=(dialect,) if dialect else ()), Losses(title)
        )
        told.append((lesson.root.values, tuple(guesser.guesses)))
    made = zip(drafts.made, told, strict=True)
    return tuple(Inferred(one.document, events, guesses) for one, (events, guesses) in made)


__all__ = [
    "LIMITS",
    "MINIMUM",
    "Guess",
    "Inferred",
    "Learner",
    "Lesson",
    "Limits",
    "Update",
    "inferred",
    "support",
    "updated",
]
