"""Proof rows of one chunk: which meanings were seen and what was decided, by day. Never a signal, never a person."""

from collections.abc import Iterable
from typing import Final

from observer.catalog import Source
from observer.consent.outcome import ConsentOutcome
from observer.consent.proof import Prove
from observer.engine.counts import Counts
from observer.engine.memory import Shared
from observer.metrics import OTHER, PROOF_OVERFLOW
from observer.model import Signal

FAMILY: Final = "proof"
"""Of the rollups. Their key is a token, their minute the first of its day: a proof knows the day alone."""
_MINUTES_A_DAY: Final = 1_440

_Seen = tuple[tuple[Signal, ...], int, int]
"""(signals, identity of the outcome, day): the judge gives equal questions one outcome, whose hash would be costly."""


class Proofs:
    """Counts events by their signals while a chunk is judged, and makes rows of them once.

    most: distinct tokens of one chunk; those beyond are `_other`, so that no traffic makes the store grow without
    bounds.
    """

    __slots__ = ("_most", "_outcomes", "_prove", "_seen")

    def __init__(self, prove: Prove | None, most: int) -> None:
        self._prove = prove
        self._most = most
        self._seen: dict[_Seen, int] = {}
        self._outcomes: dict[int, ConsentOutcome] = {}

    def add(self, signals: tuple[Signal, ...], consent: Shared[ConsentOutcome], minute: int) -> None:
        """Counts one event that was judged."""
        if self._prove is not None and signals:
            outcome = consent.value
            seen = (signals, id(outcome), minute // _MINUTES_A_DAY)
            number = self._seen.get(seen)
            if number is None:
                # Held, so that no other outcome takes its identity.
                self._outcomes[id(outcome)] = outcome
                number = 0
            self._seen[seen] = number + 1

    def expand(self, counts: Counts, source: Source) -> None:
        """Adds the rows to what the windows grow by: events, and decisions by destination."""
        known: set[str] = set()
        for (token, outcome, day), number in self._by_token().items():
            name = token
            if token not in known:
                if len(known) < self._most:
                    known.add(token)
                else:
                    name = OTHER
                    counts.count(PROOF_OVERFLOW, (), number)
            minute = day * _MINUTES_A_DAY
            counts.roll(FAMILY, name, minute, f"{source.id}/events", number)
            for destination, allowed, reason in self._outcomes[outcome].decisions:
                result = "allowed" if allowed else "refused"
                counts.roll(
                    FAMILY,
                    name,
                    minute,
                    f"{source.id}/decision/{destination}/{result}/{reason.value}",
                    number,
                )

    def _by_token(self) -> dict[tuple[str, int, int], int]:
        prove = self._prove
        found: dict[tuple[str, int, int], int] = {}
        if prove is None:
            return found
        for (signals, outcome, day), number in self._seen.items():
            tokens: Iterable[str] = prove(signals[0])
            if len(signals) > 1:
                tokens = {token for signal in signals for token in prove(signal)}
            for token in tokens:
                key = (token, outcome, day)
                found[key] = found.get(key, 0) + number
        return found
