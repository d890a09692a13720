"""What is wrong with one contract, gathered while it is read, so that all of it is told at once."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import msgspec

from observer.contracts.jsonpath import Step, join
from observer.errors import Problem, literal
from observer.messages import Words

Place: TypeAlias = tuple[Step, ...]
"""Where in the document: the keys and indexes that lead there."""

_LONGEST = 60


class Report:
    """The problems of one document, each once, in the order in which they were found."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.problems: list[Problem] = []

    def add(self, at: Place, expected: Words, got: Words, mend: Words | None = None) -> None:
        """Adds one problem, unless the same was told before."""
        problem = Problem(self.place, expected, got, join(at), mend)
        if problem not in self.problems:
            self.problems.append(problem)

    def missing(self, at: Place, expected: Words, mend: Words | None = None) -> None:
        """Adds that nothing stands where `expected` should."""
        self.add(at, expected, Words("contract.got.nothing"), mend)


def shown(value: object) -> Words:
    """Returns how a value of the operator's own file is told: a scalar as it is, anything larger by its kind."""
    if isinstance(value, Mapping):
        return Words("contract.kind.object")
    if isinstance(value, Sequence) and not isinstance(value, str):
        return Words("contract.kind.array" if value else "contract.got.empty")
    if value is None:
        return Words("contract.kind.null")
    text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    return word(text)


def word(text: str) -> Words:
    """Returns a word of the operator's own file in quotes, shortened where it is long."""
    return Words("contract.got.word", {"word": text if len(text) <= _LONGEST else text[:_LONGEST] + "…"})


def options(words: Sequence[str]) -> Words:
    """Returns "one of …" with all of `words`."""
    return Words("contract.expected.one_of", {"options": literal(", ".join(words))})
