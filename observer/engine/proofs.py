"""Proof rows of one chunk: which meanings were seen and what was decided, by day. Never a signal, never a person."""

from typing import Final

from observer.consent.outcome import ConsentOutcome
from observer.engine.counts import Counts
from observer.engine.memory import Proof, Shared
from observer.metrics import OTHER, PROOF_OVERFLOW

FAMILY: Final = "proof"
"""Of the rollups. Their key is a token, their minute the first of its day: a proof knows the day alone."""
_MINUTES_A_DAY: Final = 1_440


class Proofs:
    """Counts events by what proves them while a chunk is judged, and makes rows of the few groups once.

    most: distinct tokens of one chunk; those beyond are `_other`, so that no traffic makes the store grow without
    bounds.
    """

    __slots__ = ("_groups", "_most")

    def __init__(self, most: int) -> None:
        self._most = most
        self._groups: dict[tuple[Shared[Proof], Shared[ConsentOutcome]], int] = {}

    def add(self, proof: Shared[Proof], consent: Shared[ConsentOutcome]) -> None:
        """Counts one event that was judged. Both are compared by identity: no signal is looked at again."""
        group = (proof, consent)
        self._groups[group] = self._groups.get(group, 0) + 1

    def expand(
        self, counts: Counts, measures: dict[Shared[ConsentOutcome], tuple[str, ...]], source: str
    ) -> None:
        """Adds the rows to what the windows grow by: events, and decisions by destination.

        measures: the names under which this source's events are counted, by what they came to; grows.
        """
        known: set[str] = set()
        for (proof, consent), number in self._groups.items():
            named = measures.get(consent)
            if named is None:
                named = measures[consent] = _measures(source, consent.value)
            minute = proof.value.day * _MINUTES_A_DAY
            for token in proof.value.tokens:
                name = token
                if token not in known:
                    if len(known) < self._most:
                        known.add(token)
                    else:
                        name = OTHER
                        counts.count(PROOF_OVERFLOW, (), number)
                counts.roll_all(FAMILY, name, minute, named, number)


def _measures(source: str, outcome: ConsentOutcome) -> tuple[str, ...]:
    decided = [
        f"{source}/decision/{destination}/{'allowed' if allowed else 'refused'}/{reason.value}"
        for destination, allowed, reason in outcome.decisions
    ]
    return (f"{source}/events", *decided)
