"""A judge that remembers its latest outcomes, by what decides them and no more.

Of a TC string's dates only this decides: whether the choice is later than the event, fresh or too old, and on which
side of the framework's deadlines it stands. So the thousands of strings that many people's one choice makes over
months of days are judged once.
"""

from typing import Final, TypeAlias

from observer.consent.bits import ALPHABET
from observer.consent.generations import Generations
from observer.consent.outcome import ConsentJudge, ConsentOutcome
from observer.consent.tcf import DECISECONDS_A_DAY
from observer.consent.tcf_decision import DISCLOSURE_REQUIRED, POLICY_4_ALONE
from observer.model import Signal

_DATES: Final = slice(1, 13)
_UNDATED: Final = slice(13, None)
_VALUES: Final = {character: value for value, character in enumerate(ALPHABET)}

_REMEMBERED: Final = 2_048
_LONGEST: Final = 4_096
"""Bytes of all signals of an event. Longer ones are rare, and would make the memory's size unbounded."""

Question: TypeAlias = tuple[tuple[object, ...], ...]


class RememberingJudge:
    """Answers as the judge that it asks, and asks it once for each question."""

    __slots__ = ("_alike", "_judge", "_maximum_age", "_outcomes", "_updated")

    def __init__(self, judge: ConsentJudge, maximum_age: int) -> None:
        """maximum_age: of a choice, in days, as the judge has it."""
        self._judge = judge
        self._maximum_age = maximum_age
        self._outcomes: Generations[Question, ConsentOutcome] = Generations(_REMEMBERED)
        self._alike: Generations[ConsentOutcome, ConsentOutcome] = Generations(_REMEMBERED)
        self._updated: Generations[bytes, int] = Generations(_REMEMBERED)

    def __call__(self, signals: tuple[Signal, ...], day: int) -> ConsentOutcome:
        """Returns the outcome for an event of that day with those signals."""
        question = tuple([self._asked(signal, day) for signal in signals])
        outcome = self._outcomes.get(question)
        if outcome is None:
            outcome = self._one_of(self._judge(signals, day))
            if sum(len(signal.raw) for signal in signals) <= _LONGEST:
                self._outcomes.put(question, outcome)
        return outcome

    def _one_of(self, outcome: ConsentOutcome) -> ConsentOutcome:
        """Returns the same object for outcomes that are equal: whoever counts can then compare by identity."""
        held = self._alike.get(outcome)
        if held is None:
            self._alike.put(outcome, outcome)
            return outcome
        return held

    def _asked(self, signal: Signal, day: int) -> tuple[object, ...]:
        """Returns what of the signal decides: two that are alike in this have one meaning on their days."""
        raw = signal.raw
        if signal.format != "tcf" or raw[:1] != b"C":
            return signal.format, raw, day
        dates = raw[_DATES]
        updated = self._updated.get(dates)
        if updated is None:
            updated = _updated_day(dates)
            self._updated.put(dates, updated)
        if updated < 0:
            return signal.format, raw, day
        age = day - updated
        standing = -1 if age < 0 else age > self._maximum_age
        return raw[_UNDATED], standing, updated >= POLICY_4_ALONE, updated >= DISCLOSURE_REQUIRED


def _updated_day(dates: bytes) -> int:
    """Returns the day of the last update, in days since the epoch, or -1 where these are no dates."""
    if len(dates) < 12 or dates.translate(None, ALPHABET):
        return -1
    deciseconds = 0
    for character in dates[6:]:
        deciseconds = deciseconds << 6 | _VALUES[character]
    return deciseconds // DECISECONDS_A_DAY
