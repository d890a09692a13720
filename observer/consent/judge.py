"""The judge of one source: what its events' signals mean for each purpose and each destination."""

from itertools import product
from typing import NamedTuple

from observer.consent.answer import (
    ALLOWING_STATES,
    GLOBAL_PRIVACY_CONTROL,
    MALFORMED,
    NO_SIGNAL,
    UNMAPPED,
    UNSUPPORTED,
    Answer,
    strictest,
    together,
)
from observer.consent.formats import READERS
from observer.consent.outcome import Choice, ConsentOutcome, Decision, Disagreement
from observer.consent.statement import CategoriesByPlatform, Statement, VendorIds, by_category
from observer.consent.tcf_statement import TcfReader, TcfTerms
from observer.errors import SignalError
from observer.model import ConsentState, Signal


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
    vendor: VendorIds = VendorIds()


class Spoken(NamedTuple):
    """What one signal says for one destination. answers: one for each purpose of the destination, None where the
    signal does not speak of it."""

    signal: Signal
    answers: tuple[Answer | None, ...]


class Trace(NamedTuple):
    """How one decision came about.

    purposes: those of the destination; spoken: by the signals, in their order, several of one signal that holds
    several; answers: one for each purpose, all signals joined and exemptions applied.
    """

    purposes: tuple[JudgedPurpose, ...]
    spoken: tuple[Spoken, ...]
    answers: tuple[Answer, ...]
    decision: Decision


class Judge:
    """Answers for one source. Pure, raises nothing, and says yes only where every signal that speaks says yes."""

    __slots__ = ("_categories", "_destinations", "_known", "_maximum_age", "_purposes", "_read_tcf")

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
        self._read_tcf = TcfReader(tcf)
        self._maximum_age = tcf.maximum_age

    def __call__(self, signals: tuple[Signal, ...], day: int) -> ConsentOutcome:
        """Returns the states and decisions for an event of that day with those signals."""
        told = [(signal.format, said) for signal in signals for said in self._statements(signal, day)]
        statements = [said for _, said in told]
        answers = self._joined(statements, VendorIds())
        states = tuple(
            (purpose.id, (purpose.exemption or answer).state)
            for purpose, answer in zip(self._purposes, answers, strict=True)
        )
        by_vendor: dict[VendorIds, list[Answer]] = {VendorIds(): answers}
        decisions = []
        for destination in self._destinations:
            vendor = destination.vendor
            if vendor not in by_vendor:
                by_vendor[vendor] = self._joined(statements, vendor)
            decisions.append(self._decide(destination, by_vendor[vendor]))
        cmps = {statement.cmp for statement in statements if statement.cmp is not None}
        return ConsentOutcome(
            states,
            tuple(decisions),
            self._disagreements(told),
            tuple(sorted(cmps)),
            _choice(statements) if signals else Choice.NO_SIGNAL,
        )

    def trace(self, signals: tuple[Signal, ...], day: int, destination: str) -> Trace | None:
        """Returns how the decision for one destination comes about, as `__call__` takes it; None where this source
        does not feed it."""
        fed = next((each for each in self._destinations if each.id == destination), None)
        if fed is None:
            return None
        told = [(signal, said) for signal in signals for said in self._statements(signal, day)]
        answers = self._joined([said for _, said in told], fed.vendor)
        spoken = []
        for signal, said in told:
            column = said.for_vendor(fed.vendor)
            spoken.append(Spoken(signal, tuple(column[position] for position in fed.purposes)))
        return Trace(
            tuple(self._purposes[position] for position in fed.purposes),
            tuple(spoken),
            tuple(self._for_destination(destination, position, answers) for position in fed.purposes),
            self._decide(fed, answers),
        )

    def _statements(self, signal: Signal, day: int) -> list[Statement]:
        reader = READERS.get(signal.format)
        if reader is None:
            return [self._throughout(UNSUPPORTED)]
        try:
            reading = reader(signal.raw)
            said = [
                by_category(choices.on(day, self._maximum_age), self._categories, self._known)
                for choices in reading.choices
            ]
            said += [self._read_tcf(text, day) for text in reading.tc_strings]
        except SignalError:
            return [self._throughout(MALFORMED)]
        return [statement.refusals() for statement in said] if reading.refuses_only else said

    def _throughout(self, answer: Answer) -> Statement:
        return Statement((answer,) * len(self._purposes))

    def _joined(self, statements: list[Statement], vendor: VendorIds) -> list[Answer]:
        """Returns one answer for each purpose: the strictest of the signals that speak of it."""
        silences = {statement.silence for statement in statements} or {NO_SIGNAL}
        silence = UNMAPPED if UNMAPPED in silences else silences.pop()
        columns = [statement.for_vendor(vendor) for statement in statements]
        joined = []
        for position in range(len(self._purposes)):
            spoken = [answer for column in columns if (answer := column[position]) is not None]
            joined.append(strictest(spoken) if spoken else silence)
        return joined

    def _disagreements(self, told: list[tuple[str, Statement]]) -> tuple[Disagreement, ...]:
        if len(told) < 2:
            return ()
        found = []
        for position, purpose in enumerate(self._purposes):
            by_state: dict[ConsentState, set[str]] = {}
            for kind, statement in told:
                answer = statement.answers[position]
                if answer is not None:
                    by_state.setdefault(answer.state, set()).add(kind)
            yes, no = by_state.get(ConsentState.GRANTED, ()), by_state.get(ConsentState.DENIED, ())
            found += [Disagreement(purpose.id, *pair) for pair in sorted(product(yes, no))]
        return tuple(found)

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


_CHOSEN = frozenset({ConsentState.GRANTED, ConsentState.DENIED, ConsentState.EXPIRED})
_UNREADABLE = frozenset({ConsentState.MALFORMED, ConsentState.UNKNOWN})


def _choice(statements: list[Statement]) -> Choice:
    # What a browser objects on its own is nobody's answer to a banner.
    states = {
        answer.state
        for statement in statements
        for answer in statement.answers
        if answer is not None and answer != GLOBAL_PRIVACY_CONTROL
    }
    if states & _CHOSEN:
        return Choice.MADE
    return Choice.UNREADABLE if states & _UNREADABLE else Choice.NOT_YET
