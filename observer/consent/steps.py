"""A consent decision, step by step: what each step looks at, whether it holds, and where its rule comes from.

Steps hold codes and numbers and no sentence: `told` says one in a language. No step holds what a signal is made of:
no string, no identifier, no category that nobody declared.
"""

from collections.abc import Callable, Mapping
from typing import Final, Literal, NamedTuple, TypeAlias

from observer.consent.answer import Answer
from observer.consent.outcome import Decision
from observer.messages import Lang, Words, say
from observer.model import Signal

Authority: TypeAlias = Literal[
    "destinations", "categories", "policy", "purposes", "exemption", "tcf", "vendor_list", "article_82",
    "gpp", "gpc", "google", "platform", "gdpr", "strictest",
]  # fmt: skip
"""Whose rule a step applies: a file of schemas/consent, a specification, a law, or the house's own rule."""


class Titled(NamedTuple):
    """A name that somebody declared, in both languages."""

    en: str
    fr: str


Fact: TypeAlias = str | int | Words | Titled


class Step(NamedTuple):
    """One step. rule: its code, said by `consent.step.<rule>`; holds: whether it speaks for a yes, or None where it
    only tells; facts: what its sentence names; depth: 0 for the event, 1 inside a signal, 2 inside a purpose."""

    rule: str
    holds: bool | None
    authority: Authority
    depth: int = 0
    facts: Mapping[str, Fact] = {}

    def told(self, lang: Lang) -> str:
        """Returns the step as one sentence."""
        return say(f"consent.step.{self.rule}", lang, **_spoken(self.facts, lang))

    def authority_told(self, lang: Lang) -> str:
        """Returns where its rule comes from."""
        return say(f"consent.authority.{self.authority}", lang)


class Explanation(NamedTuple):
    """Every step of one decision.

    decision: the judge's, None where the source does not feed the destination;
    spoken: what the steps come to for each thing that a signal says, one answer a purpose, None where it does not
        speak of it. It is what the judge heard: a test holds the two together.
    """

    steps: tuple[Step, ...]
    decision: Decision | None
    spoken: tuple[tuple[Answer | None, ...], ...] = ()


ConsentExplainer: TypeAlias = Callable[[tuple[Signal, ...], int, str], Explanation]
"""Compiled for one source: (signals, day of the event time, destination) -> every step. Pure, raises nothing."""

_NOTHING: Final = Explanation((), None)


def unexplained(_signals: tuple[Signal, ...], _day: int, _destination: str) -> Explanation:
    """Explains nothing: of a source that no policy was compiled for."""
    return _NOTHING


def _spoken(facts: Mapping[str, Fact], lang: Lang) -> dict[str, object]:
    return {
        name: (value.fr if lang == "fr" else value.en) if isinstance(value, Titled) else value
        for name, value in facts.items()
    }
