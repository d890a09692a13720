"""One tree of errors and one grammar: the place, what was expected, what kind of thing came, how to mend it.

    schemas/contracts/order.odcs.yaml: expected a declared purpose, got `advertizing` - at `$.team[0]`.
    Did you mean `advertising`?

`got` names the kind of thing that came, or a word of the operator's own files; never a value out of an event.
"""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from observer.messages import Lang, Words, say, speak


class Problem(NamedTuple):
    """One thing that is wrong, before its language is known.

    place: a file, a setting, a route; path: where inside it (JSONPath), or empty; mend: what to do.
    """

    place: str
    expected: Words
    got: Words
    path: str = ""
    mend: Words | None = None

    def told(self, lang: Lang = "en") -> str:
        """Returns the problem as one line for people."""
        line = say("error.problem", lang, place=self.place, expected=self.expected, got=self.got)
        if self.path:
            line += say("error.at", lang, path=self.path)
        if self.mend is not None:
            line += ". " + speak(self.mend, lang)
        return line

    def __str__(self) -> str:
        return self.told()


class ObserverError(Exception):
    """The root of every error that the observer raises on purpose. Holds at least one Problem."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(problem.told() for problem in self.problems))

    def told(self, lang: Lang = "en") -> str:
        """Returns all problems, one a line, in `lang`."""
        return "\n".join(problem.told(lang) for problem in self.problems)


class CatalogError(ObserverError):
    """A file in schemas/ is wrong, or two of them do not fit together."""


class ContractError(CatalogError):
    """A contract is not a valid ODCS document, or cannot be compiled."""


class SettingsError(ObserverError):
    """A setting is missing, unknown or of the wrong kind."""


class SignalError(ObserverError):
    """A consent signal is malformed. `reason` is its stable code."""

    def __init__(self, reason: str, problem: Problem) -> None:
        super().__init__(problem)
        self.reason = reason


class InputError(ObserverError):
    """What the caller gave cannot be read: a file, a folder, an argument."""


class QuarantineError(ObserverError):
    """The quarantine cannot be written or read, or its access log cannot be written."""


class OverloadedError(ObserverError):
    """More came than may wait. Nothing was accepted; the sender may try again after `retry_after` seconds."""

    def __init__(self, problem: Problem, retry_after: int = 1) -> None:
        super().__init__(problem)
        self.retry_after = retry_after


class TooLargeError(ObserverError):
    """What came is larger than `limit` bytes, which is all that is taken. Nothing of it was accepted."""

    def __init__(self, problem: Problem, limit: int) -> None:
        super().__init__(problem)
        self.limit = limit


class StoreError(ObserverError):
    """The store cannot be opened, reached or written, is in use by another process, or is of a newer version."""


class FencedError(StoreError):
    """Another process folded these partitions meanwhile. Nothing was kept: read anew how far the store is."""


class RecordError(ObserverError):
    """A record of our own Kafka topics is of an unknown version, or none of ours."""


class BrokerError(ObserverError):
    """The Kafka brokers refuse us, or we refuse them, or what they hold. Trying again mends nothing."""


class UnreachableError(BrokerError):
    """No Kafka broker answers. It may later."""


def literal(text: object) -> Words:
    """Returns text that is the same in every language: a name, a number, a type."""
    return Words("error.literal", {"text": text})


def nearest(word: str, known: Sequence[str]) -> Words | None:
    """Returns "Did you mean ...?" with the nearest of `known`, or None when nothing is near."""
    found = get_close_matches(word, known, n=1, cutoff=0.6)
    return Words("error.did_you_mean", {"word": found[0]}) if found else None
