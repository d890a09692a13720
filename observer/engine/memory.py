"""What the engine remembers between chunks: recent message ids, and answers it has already worked out."""

from collections import deque
from collections.abc import Hashable, Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Final, Generic, NamedTuple, TypeAlias, TypeVar

from observer.consent.outcome import ConsentOutcome
from observer.consent.proof import Prove
from observer.engine.told import Choices, Told
from observer.model import Signal
from observer.tools.sighting import Sighting, TraceKind

Answer = TypeVar("Answer")
Known = TypeVar("Known", bound=Hashable)

DUPLICATE_WINDOW: Final = 200_000
CACHE_ENTRIES: Final = 10_000
CHOICES_REMEMBERED: Final = 50_000
"""People in each source partition whose latest choice is remembered: some 25 MB where all of it is used."""
LONGEST_ID: Final = 200
"""Characters of a message id that are remembered as they are; SDKs send under 100."""


def identity(message_id: str) -> str:
    """Returns what a message id is remembered by: itself, or a digest where it is too long for 200,000 of them."""
    if len(message_id) <= LONGEST_ID:
        return message_id
    return sha256(message_id.encode("utf-8", "surrogatepass")).hexdigest()


class Recent(Generic[Known]):
    """The message ids of the last `window` events of one source partition, or digests of their values.

    A position is an event's number in its partition, from 0. An id is remembered by its newest position, so an
    event is a duplicate exactly when its id stood among the `window` events before it.
    """

    __slots__ = ("_marks", "_newest", "_ring", "position", "window")

    def __init__(self, window: int = DUPLICATE_WINDOW) -> None:
        if window < 1:
            raise ValueError(f"window: expected at least 1 event, got {window}")
        self.window = window
        self.position = 0
        self._newest: dict[Known, int] = {}
        self._ring: list[Known] = []
        self._marks: deque[tuple[int, float]] = deque()

    def position_of(self, message_id: Known) -> int:
        """Returns the newest position of an id, or one so far back that it is outside every window."""
        return self._newest.get(message_id, -1 - self.window)

    def known(self, message_ids: Iterable[Known]) -> set[Known]:
        """Returns those of the ids that are remembered at all, in a window or just outside of one."""
        return self._newest.keys() & set(message_ids)

    def learn(self, message_ids: Sequence[Known], at: float) -> None:
        """Takes the ids of the next events, in order; "" or 0 for an event without one. at: when they were observed."""
        newest, ring, window, position = self._newest, self._ring, self.window, self.position
        if message_ids:
            self._marks.append((position, at))
        for message_id in message_ids:
            if position < window:
                ring.append(message_id)
            else:
                slot = position % window
                forgotten = ring[slot]
                if forgotten and newest.get(forgotten) == position - window:
                    del newest[forgotten]
                ring[slot] = message_id
            if message_id:
                newest[message_id] = position
            position += 1
        self.position = position
        oldest = position - window
        while len(self._marks) > 1 and self._marks[1][0] <= oldest:
            self._marks.popleft()

    def horizon(self, now: float) -> float:
        """Returns how many seconds back ids are remembered; 0 while nothing is."""
        return max(0.0, now - self._marks[0][1]) if self._marks else 0.0


class Arriving(Generic[Known]):
    """The ids of one chunk as they come, beside those that are remembered. Mutates nothing but itself.

    learned: what `Recent.learn` must take once the chunk is safe.
    """

    __slots__ = ("_base", "_fresh", "_recent", "learned")

    def __init__(self, recent: Recent[Known]) -> None:
        self.learned: list[Known] = []
        self._fresh: dict[Known, int] = {}
        self._recent = recent
        self._base = recent.position

    def again(self, known: Known) -> bool:
        """Takes the id of the next event, "" or 0 where it has none. Returns whether it came among the last ones."""
        position = self._base + len(self.learned)
        self.learned.append(known)
        if not known:
            return False
        before = self._fresh.get(known)
        if before is None:
            before = self._recent.position_of(known)
        self._fresh[known] = position
        return position - before <= self._recent.window


class Shared(Generic[Answer]):
    """One answer that many events share. Compared and hashed by identity, so that grouping by it is cheap."""

    __slots__ = ("value",)

    def __init__(self, value: Answer) -> None:
        self.value = value


class Proof(NamedTuple):
    """What stands for an event's signals in what is kept of them: their tokens, each once, and its day."""

    tokens: tuple[str, ...]
    day: int


class Answered(NamedTuple):
    """What an event's own signals come to. proof: None where they say nothing, or where no proof is kept."""

    outcome: Shared[ConsentOutcome]
    proof: Shared[Proof] | None


class Seen(NamedTuple):
    """The tools that an event shows, and by what it shows each."""

    sightings: tuple[Sighting, ...]
    traces: tuple[tuple[str, TraceKind], ...]


ConsentQuestion: TypeAlias = tuple[tuple[Signal, ...], int, bool]
"""(signals, day of the event time, whether the event contradicts an exemption)."""
OverruledQuestion: TypeAlias = tuple[Shared[ConsentOutcome], frozenset[str], frozenset[str]]
"""(the event's own consent, purposes taken back since, purposes granted only later)."""
ToolQuestion: TypeAlias = tuple[str, str, bytes, tuple[str, ...], tuple[str, ...]]
"""The fields of tools.sighting.Evidence, as a plain tuple: it is built for every event."""


class Caches:
    """Bounded caches of pure answers, all of one catalog. A cache beyond its bound starts again empty."""

    def __init__(self, digest: str, entries: int) -> None:
        self.digest = digest
        self._entries = entries
        self._consents: dict[tuple[str, Prove | None], dict[ConsentQuestion, Answered]] = {}
        self._overruled: dict[str, dict[OverruledQuestion, Shared[ConsentOutcome]]] = {}
        self._outcomes: dict[int, Shared[ConsentOutcome]] = {}
        self._proofs: dict[Proof, Shared[Proof]] = {}
        self._measures: dict[str, dict[Shared[ConsentOutcome], tuple[str, ...]]] = {}
        self._tools: dict[ToolQuestion, Shared[Seen]] = {}

    def consents(self, source: str, prove: Prove | None) -> dict[ConsentQuestion, Answered]:
        """Returns the consent answers of one source, with the proofs that `prove` makes: who proves nothing must leave
        no answer behind for who does."""
        found = self._consents.setdefault((source, prove), {})
        if len(found) > self._entries:
            found.clear()
        return found

    def shared(self, outcome: ConsentOutcome) -> Shared[ConsentOutcome]:
        """Returns the one that stands for an outcome: events whose signals differ and mean the same share it."""
        found = self._outcomes.get(id(outcome))
        if found is None:
            if len(self._outcomes) > self._entries:
                self._outcomes.clear()
            found = self._outcomes[id(outcome)] = Shared(outcome)
        return found

    def proof(self, proof: Proof) -> Shared[Proof]:
        """Returns the one that stands for a proof: the thousands of strings that one choice makes share it."""
        found = self._proofs.get(proof)
        if found is None:
            if len(self._proofs) > self._entries:
                self._proofs.clear()
            found = self._proofs[proof] = Shared(proof)
        return found

    def proof_measures(self, source: str) -> dict[Shared[ConsentOutcome], tuple[str, ...]]:
        """Returns the names under which events of one source are counted as proof, by what they came to."""
        found = self._measures.setdefault(source, {})
        if len(found) > self._entries:
            found.clear()
        return found

    def overruled(self, source: str) -> dict[OverruledQuestion, Shared[ConsentOutcome]]:
        """Returns what consents came to beside people's later choices, for one source."""
        found = self._overruled.setdefault(source, {})
        if len(found) > self._entries:
            found.clear()
        return found

    def tools(self) -> dict[ToolQuestion, Shared[Seen]]:
        """Returns the tools by evidence."""
        if len(self._tools) > self._entries:
            self._tools.clear()
        return self._tools


class Memory:
    """Recent ids by source partition, and bounded caches of pure answers.

    `observe` reads the ids and never writes them; the caller calls `learn` once a chunk's result is safe. The
    caches hold only what the catalog of their digest would answer again, so filling them changes no result.
    """

    def __init__(
        self,
        window: int = DUPLICATE_WINDOW,
        cache_entries: int = CACHE_ENTRIES,
        choices: int = CHOICES_REMEMBERED,
        key: bytes = b"",
    ) -> None:
        """choices: of how many people in each source partition; key: of the hashes of who they are, of at most 64
        bytes."""
        self.key = key
        self._people = choices
        self._choices: dict[tuple[str, str], Choices] = {}
        self._window = window
        self._cache_entries = cache_entries
        self._recent: dict[tuple[str, str], Recent[str]] = {}
        self._values: dict[tuple[str, str, str, str], Recent[int]] = {}
        self._caches = Caches("", cache_entries)

    def recent(self, source: str, partition: str = "") -> Recent[str]:
        """Returns the ids of one source partition; empty at first."""
        found = self._recent.get((source, partition))
        if found is None:
            found = self._recent[source, partition] = Recent(self._window)
        return found

    def learn(self, source: str, partition: str, message_ids: Sequence[str], at: float) -> None:
        """Takes what a chunk's result says must be learned, at the time `at`."""
        self.recent(source, partition).learn(message_ids, at)

    def choices(self, source: str, partition: str = "") -> Choices:
        """Returns the choices that people told in one source partition; empty at first."""
        found = self._choices.get((source, partition))
        if found is None:
            found = self._choices[source, partition] = Choices(self._people)
        return found

    def learn_choices(self, source: str, partition: str, learned: Mapping[bytes, Told]) -> None:
        """Takes the choices that a chunk's result says must be learned."""
        self.choices(source, partition).learn(learned)

    def values(self, partition: tuple[str, str], gate: tuple[str, str]) -> Recent[int]:
        """Returns the values of one gate in one source partition; empty at first.

        partition: (source, partition); gate: (contract, gate).
        """
        key = (*partition, *gate)
        found = self._values.get(key)
        if found is None:
            found = self._values[key] = Recent(self._window)
        return found

    def learn_values(
        self, source: str, partition: str, learned: Mapping[tuple[str, str], Sequence[int]], at: float
    ) -> None:
        """Takes the values that a chunk's result says must be learned, at the time `at`."""
        for gate, digests in learned.items():
            self.values((source, partition), gate).learn(digests, at)

    def forget(self, source: str, partition: str) -> None:
        """Drops what is remembered of one source partition."""
        self._recent.pop((source, partition), None)
        self._choices.pop((source, partition), None)
        for key in [key for key in self._values if key[:2] == (source, partition)]:
            del self._values[key]

    def partitions(self) -> Mapping[tuple[str, str], Recent[str]]:
        """Returns what is remembered, by source and partition."""
        return self._recent

    def caches(self, digest: str) -> Caches:
        """Returns the caches of the catalog `digest`, empty when it is another than before."""
        if digest != self._caches.digest:
            self._caches = Caches(digest, self._cache_entries)
        return self._caches
