"""Proof rows of one chunk: which meanings were seen and what was decided, by day. Never a signal, never a person."""

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

_Seen = tuple[tuple[Signal, ...], Shared[ConsentOutcome], int]


class Proofs:
    """Counts events by their signals while a chunk is judged, and makes rows of them once.

    most: distinct tokens of one chunk; those beyond are `_other`, so that no traffic makes the store grow without
    bounds.
    """

    __slots__ = ("_most", "_prove", "_seen")

    def __init__(self, prove: Prove | None, most: int) -> None:
        self._prove = prove
        self._most = most
        self._seen: dict[_Seen, int] = {}

    def add(self, signals: tuple[Signal, ...], consent: Shared[ConsentOutcome], minute: int) -> None:
        """Counts one event that was judged."""
        if self._prove is not None and signals:
            seen = (signals, consent, minute // _MINUTES_A_DAY)
            self._seen[seen] = self._seen.get(seen, 0) + 1

    def expand(self, counts: Counts, source: Source) -> None:
        """Adds the rows to what the windows grow by: events, and decisions by destination."""
        if self._prove is None:
            return
        by_token: dict[tuple[str, Shared[ConsentOutcome], int], int] = {}
        for (signals, consent, day), number in self._seen.items():
            for token in {token for signal in signals for token in self._prove(signal)}:
                key = (token, consent, day)
                by_token[key] = by_token.get(key, 0) + number
        known: set[str] = set()
        for (token, consent, day), number in by_token.items():
            name = token
            if token not in known:
                if len(known) < self._most:
                    known.add(token)
                else:
                    name = OTHER
                    counts.count(PROOF_OVERFLOW, (), number)
            minute = day * _MINUTES_A_DAY
            counts.roll(FAMILY, name, minute, f"{source.id}/events", number)
            for destination, allowed, reason in consent.value.decisions:
                result = "allowed" if allowed else "refused"
                counts.roll(
                    FAMILY,
                    name,
                    minute,
                    f"{source.id}/decision/{destination}/{result}/{reason.value}",
                    number,
                )
