"""A bounded memory of answers for questions that come in waves, a few of them all the time."""

from typing import Generic, TypeVar

Question = TypeVar("Question")
Answer = TypeVar("Answer")


class Generations(Generic[Question, Answer]):
    """Remembers at least the latest `size` answers that were put, and at most twice as many.

    Two generations: when the young one is full it becomes the old one, and the old one is forgotten, save what was
    asked for since. So nothing is done for each hit but a look into a dict, and what is asked all the time stays.
    """

    __slots__ = ("_old", "_size", "_young")

    def __init__(self, size: int) -> None:
        self._size = size
        self._young: dict[Question, Answer] = {}
        self._old: dict[Question, Answer] = {}

    def __len__(self) -> int:
        return len(self._young.keys() | self._old.keys())

    def get(self, question: Question) -> Answer | None:
        """Returns the answer, or None where it is not remembered."""
        found = self._young.get(question)
        if found is None:
            found = self._old.get(question)
            if found is not None:
                self.put(question, found)
        return found

    def put(self, question: Question, answer: Answer) -> None:
        """Remembers an answer."""
        if len(self._young) >= self._size:
            self._old = self._young
            self._young = {}
        self._young[question] = answer
