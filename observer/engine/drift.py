"""Drift: what comes and no contract names, counted on a sample, every name as a keyed hash.

A name can be an e-mail address. What leaves the engine is a short keyed hash, by which two unknown names can be told
apart and nobody without the key can test a guess.
"""

from collections.abc import Sequence
from itertools import islice
from typing import Final

import msgspec

from observer import metrics
from observer.contracts.compiled import Contract
from observer.contracts.undeclared import Undeclared, undeclared
from observer.engine.counts import Counts
from observer.metrics import NONE, OTHER
from observer.model import Event, Finding, ViolationKind
from observer.privacy.hashing import keyed_hash

FAMILY: Final = "drift"
"""Of the rollups, keyed by contract. Measures: `sampled/<source>`, and `<kind>/<source>/<name>/<came>/<path>`."""
SAMPLED: Final = "sampled"

FIRST: Final = 3
"""Events of each contract in a chunk that are looked at: a quiet contract is seen whole."""
EVERY: Final = 50
"""Of the others, one in so many: a busy contract costs little."""

NAMES: Final = 20
"""Unlike names of one contract that a chunk tells apart. The rest is `_other`."""

PROPERTIES: Final = 50
"""Undeclared properties of one event that are counted."""

DIGITS: Final = 12
"""Hexadecimal digits of a name's hash: 48 bits, at which a few hundred names do not collide."""


class Drift:
    """What the events of one chunk have beyond their contracts. Without a key it looks at nothing."""

    __slots__ = ("_counts", "_hashes", "_key", "_names", "_seen", "_source")

    def __init__(self, source: str, key: bytes, counts: Counts) -> None:
        self._source = source
        self._key = key
        self._counts = counts
        self._seen: dict[str, int] = {}
        self._names: dict[str, set[str]] = {}
        self._hashes: dict[str, str] = {}

    def add(self, event: Event, contract: Contract | None, findings: Sequence[Finding], minute: int) -> None:
        """Counts one judged event: whole where no contract claims it, else where the sample falls on it."""
        if not self._key:
            return
        if contract is None:
            name = self._hash(NONE, f"{event.kind}\0{event.name}")
            self._count(NONE, "event", minute, f"{name}/-/")
            return
        seen = self._seen.get(contract.id, 0)
        self._seen[contract.id] = seen + 1
        if seen >= FIRST and seen % EVERY:
            return
        self._counts.roll(FAMILY, contract.id, minute, f"{SAMPLED}/{self._source}", 1)
        self._counts.count(metrics.DRIFT_SAMPLED, (contract.id, self._source), 1)
        for finding in findings:
            if finding.kind is ViolationKind.TYPE_MISMATCH:
                _, _, path = finding.rule.partition(":")
                self._count(contract.id, "type", minute, f"-/{finding.came}/{path}")
        for found in sorted(self._undeclared(event, contract)):
            name = self._hash(contract.id, found.name)
            self._count(contract.id, "property", minute, f"{name}/{found.kind}/{found.path}")

    def _count(self, contract: str, kind: str, minute: int, what: str) -> None:
        self._counts.roll(FAMILY, contract, minute, f"{kind}/{self._source}/{what}", 1)
        self._counts.count(metrics.DRIFT, (contract, self._source, kind), 1)

    def _undeclared(self, event: Event, contract: Contract) -> set[Undeclared]:
        """Returns each property once, however many items of a list have it."""
        if contract.payload is None:
            return set()
        try:
            value = msgspec.json.decode(event.payload)
        except (msgspec.DecodeError, ValueError, RecursionError):
            return set()
        return set(islice(undeclared(contract.payload, value), PROPERTIES))

    def _hash(self, contract: str, name: str) -> str:
        found = self._hashes.get(name)
        if found is None:
            found = self._hashes[name] = keyed_hash(self._key, f"drift\0{name}")[:DIGITS]
        names = self._names.setdefault(contract, set())
        if found not in names:
            if len(names) >= NAMES:
                return OTHER
            names.add(found)
        return found
