"""Evidence for quality rules: what each event of a chunk says for or against the gates of its contract.

Only contracts whose rules look into payloads come here. What is counted is additive; values that must not come twice
are remembered as message ids are, by source partition and gate, and learned only once the chunk is safe.
"""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from observer.contracts.compiled import Contract
from observer.contracts.looking import NO_VALUE, Look
from observer.contracts.payload import UnreadableError, read
from observer.engine.counts import Counts
from observer.engine.judge import NOT_ACCEPTED, REFUSED
from observer.engine.memory import Arriving, Memory
from observer.model import Event, Finding

GateKey: TypeAlias = tuple[str, str]
"""(contract, gate)."""

LearnedValues: TypeAlias = Mapping[GateKey, Sequence[int]]
"""Digests of values in the order of their events, for `Memory.learn_values`."""


class Gathered:
    """What the events of one minute say for one gate: how many were looked at, how many count against it."""

    __slots__ = ("bad", "of", "values")

    def __init__(self, values: Arriving[int] | None) -> None:
        """values: those of the gate, where it compares values."""
        self.bad = 0
        self.of = 0
        self.values = values


class Evidence:
    """What the events of one chunk say for the gates of their contracts."""

    __slots__ = ("_gathered", "_memory", "_partition", "_values")

    def __init__(self, memory: Memory, partition: tuple[str, str]) -> None:
        """partition: (source, partition) of the chunk."""
        self._memory = memory
        self._partition = partition
        self._gathered: dict[tuple[Contract, int], list[tuple[Look, Gathered]]] = {}
        self._values: dict[GateKey, Arriving[int]] = {}

    @property
    def learned(self) -> LearnedValues:
        """The values that came, by gate."""
        return {gate: arriving.learned for gate, arriving in self._values.items()}

    def add(
        self, contract: Contract, event: Event, decoded: object, findings: Sequence[Finding], minute: int
    ) -> None:
        """Counts one event that is no duplicate. decoded: what the fast path made of its payload, or REFUSED."""
        payload = decoded if decoded is not REFUSED else _read(event)
        if payload is REFUSED:
            return
        gathered = self._gathered.get((contract, minute)) or self._begun(contract, minute)
        for look, sums in gathered:
            if look.bad is not None:
                sums.bad += look.bad(payload, findings)
            elif look.digest is not None and sums.values is not None:
                digest = look.digest(payload)
                if digest == NO_VALUE:
                    continue
                sums.bad += sums.values.again(digest)
            sums.of += 1

    def remember(self, contract: Contract, event: Event) -> None:
        """Takes the values of one event and counts nothing."""
        compared = [(look.gate, look.digest) for look in contract.looks if look.digest is not None]
        payload = _decoded(contract, event) if compared else REFUSED
        if payload is REFUSED:
            return
        for gate, of in compared:
            digest = of(payload)
            if digest != NO_VALUE:
                self._arriving(contract, gate).again(digest)

    def count(self, counts: Counts) -> None:
        """Adds what was gathered to the windows of the contracts."""
        for (contract, minute), gathered in self._gathered.items():
            for look, sums in gathered:
                counts.roll("contract", contract.id, minute, f"quality/{look.gate}/bad", sums.bad)
                counts.roll("contract", contract.id, minute, f"quality/{look.gate}/of", sums.of)

    def _begun(self, contract: Contract, minute: int) -> list[tuple[Look, Gathered]]:
        gathered = self._gathered[contract, minute] = [
            (look, Gathered(self._arriving(contract, look.gate) if look.digest else None))
            for look in contract.looks
        ]
        return gathered

    def _arriving(self, contract: Contract, gate: str) -> Arriving[int]:
        key = (contract.id, gate)
        arriving = self._values.get(key)
        if arriving is None:
            arriving = self._values[key] = Arriving(self._memory.values(self._partition, key))
        return arriving


def _decoded(contract: Contract, event: Event) -> object:
    try:
        return contract.fast(event.payload)
    except NOT_ACCEPTED:
        return _read(event)


def _read(event: Event) -> object:
    """Returns the payload as the exact path reads it, or REFUSED where it cannot be read."""
    try:
        return read(event.payload)
    except UnreadableError:
        return REFUSED
