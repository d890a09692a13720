"""The judge of one source: what its events' signals mean for each purpose and each destination."""

from typing import NamedTuple

from observer.consent.answer import (
    ALLOWING_STATES,
    MALFORMED,
    NO_SIGNAL,
    UNMAPPED,
    UNSUPPORTED,
    Answer,
    strictest,
    together,
)
from observer.consent.formats import READERS
from observer.consent.outcome import ConsentOutcome, Decision
from observer.consent.statement import CategoriesByPlatform, Statement, by_category
from observer.consent.tcf_statement import TcfTerms, tcf_statement
from observer.errors import SignalError
from observer.model import Signal


class JudgedPurpose(NamedTuple):
    """One purpose as this source needs it.

    exemption: the answer of a declared exemption, or None; exempted: the destinations that it covers.
    """

    id: str
    categories: CategoriesByPlatform
    exemption: Answer | None = None
    exempted: frozenset[str] = frozenset()


class JudgedDestination(NamedTuple):
    """One destination that this source feeds. purposes: positions of its purposes in the judge's order."""

    id: str
    purposes: tuple[int, ...]
    vendor: int | None


class Judge:
    """Answers for one source. Pure, raises nothing, and says yes only where every signal that speaks says yes."""

    __slots__ = ("_categories", "_destinations", "_known", "_purposes", "_tcf")

    def __init__(
        self,
        purposes: tuple[JudgedPurpose, ...],
        destinations: tuple[JudgedDestination, ...],
        known: frozenset[tuple[str, str]],
        tcf: TcfTerms,
    ) -> None:
        """known: every declared (platform, category)."""
        self._purposes = purposes
        self._categories = tuple(purpose.categories for purpose in purposes)
        self._destinations = destinations
        self._known = known
        self._tcf = tcf

    def __call__(self, signals: tuple[Signal, ...], day: int) -> ConsentOutcome:
        """Returns the states and decisions for an event of that day with those signals."""
        statements = [statement for signal in signals for statement in self._statements(signal, day)]
        answers = self._joined(statements, None)
        states = tuple(
            (purpose.id, (purpose.exemption or answer).state)
            for purpose, answer in zip(self._purposes, answers, strict=True)
        )
        by_vendor: dict[int | None, list[Answer]] = {None: answers}
        decisions = []
        for destination in self._destinations:
            vendor = destination.vendor
            if vendor not in by_vendor:
                by_vendor[vendor] = self._joined(statements, vendor)
            decisions.append(self._decide(destination, by_vendor[vendor]))
        return ConsentOutcome(states, tuple(decisions))

    def _statements(self, signal: Signal, day: int) -> list[Statement]:
        reader = READERS.get(signal.format)
        if reader is None:
            return [self._throughout(UNSUPPORTED)]
        try:
            reading = reader(signal.raw)
            said = [by_category(choices, self._categories, self._known) for choices in reading.choices]
            if reading.tc_string is not None:
                said.append(tcf_statement(reading.tc_string, day, self._tcf))
        except SignalError:
            return [self._throughout(MALFORMED)]
        return said

    def _throughout(self, answer: Answer) -> Statement:
        return Statement((answer,) * len(self._purposes))

    def _joined(self, statements: list[Statement], vendor: int | None) -> list[Answer]:
        """Returns one answer for each purpose: the strictest of the signals that speak of it."""
        silence = UNMAPPED if statements else NO_SIGNAL
        columns = [statement.for_vendor(vendor) for statement in statements]
        joined = []
        for position in range(len(self._purposes)):
            spoken = [answer for column in columns if (answer := column[position]) is not None]
            joined.append(strictest(spoken) if spoken else silence)
        return joined

    def _decide(self, destination: JudgedDestination, answers: list[Answer]) -> Decision:
        answer = together(
            [self._for_destination(destination.id, position, answers) for position in destination.purposes]
        )
        return Decision(destination.id, answer.state in ALLOWING_STATES, answer.reason)

    def _for_destination(self, destination: str, position: int, answers: list[Answer]) -> Answer:
        purpose = self._purposes[position]
        if purpose.exemption is not None and destination in purpose.exempted:
            return purpose.exemption
        return answers[position]
