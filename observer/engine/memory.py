"""What the engine remembers between chunks: recent message ids, and answers it has already worked out."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Final, Generic, TypeAlias, TypeVar

from observer.consent.outcome import ConsentOutcome
from observer.model import Signal
from observer.tools.sighting import Sighting

Answer = TypeVar("Answer")

DUPLICATE_WINDOW: Final = 200_000
CACHE_ENTRIES: Final = 10_000
LONGEST_ID: Final = 200
"""Characters of a message id that are remembered as they are; SDKs send under 100."""


def shortened(message_id: str) -> str:
    """Returns a digest that stands for an id too long to be remembered 200,000 times over."""
    return sha256(message_id.encode("utf-8", "surrogatepass")).hexdigest()


class Recent:
    """The message ids of the last `window` events of one source partition.

    A position is an event's number in its partition, from 0. An id is remembered by its newest position, so an
    event is a duplicate exactly when its id stood among the `window` events before it.
    """

    __slots__ = ("_marks", "_newest", "_ring", "position", "window")

    def __init__(self, window: int = DUPLICATE_WINDOW) -> None:
        if window < 1:
            raise ValueError(f"window: expected at least 1 event, got {window}")
        self.window = window
        self.position = 0
        self._newest: dict[str, int] = {}
        self._ring: list[str] = []
        self._marks: deque[tuple[int, float]] = deque()

    def position_of(self, message_id: str) -> int:
        """Returns the newest position of an id, or one so far back that it is outside every window."""
        return self._newest.get(message_id, -1 - self.window)

    def known(self, message_ids: Iterable[str]) -> set[str]:
        """Returns those of the ids that are remembered at all, in a window or just outside of one."""
        return self._newest.keys() & set(message_ids)

    def learn(self, message_ids: Sequence[str], at: float) -> None:
        """Takes the ids of the next events, in order; "" for an event without one. at: when they were observed."""
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


class Shared(Generic[Answer]):
    """One answer that many events share. Compared and hashed by identity, so that grouping by it is cheap."""

    __slots__ = ("value",)

    def __init__(self, value: Answer) -> None:
        self.value = value


ConsentQuestion: TypeAlias = tuple[tuple[Signal, ...], int]
"""(signals, day of the event time)."""
ToolQuestion: TypeAlias = tuple[str, str, bytes, tuple[str, ...], tuple[str, ...]]
"""The fields of tools.sighting.Evidence, as a plain tuple: it is built for every event."""


class Caches:
    """Bounded caches of pure answers, all of one catalog. A cache beyond its bound starts again empty."""

    def __init__(self, digest: str, entries: int) -> None:
        self.digest = digest
        self._entries = entries
        self._consents: dict[str, dict[ConsentQuestion, Shared[ConsentOutcome]]] = {}
        self._tools: dict[ToolQuestion, Shared[tuple[Sighting, ...]]] = {}

    def consents(self, source: str) -> dict[ConsentQuestion, Shared[ConsentOutcome]]:
        """Returns the consent answers of one source."""
        found = self._consents.setdefault(source, {})
        if len(found) > self._entries:
            found.clear()
        return found

    def tools(self) -> dict[ToolQuestion, Shared[tuple[Sighting, ...]]]:
        """Returns the tools by evidence."""
        if len(self._tools) > self._entries:
            self._tools.clear()
        return self._tools


class Memory:
    """Recent ids by source partition, and bounded caches of pure answers.

    `observe` reads the ids and never writes them; the caller calls `learn` once a chunk's result is safe. The
    caches hold only what the catalog of their digest would answer again, so filling them changes no result.
    """

    def __init__(self, window: int = DUPLICATE_WINDOW, cache_entries: int = CACHE_ENTRIES) -> None:
        self._window = window
        self._cache_entries = cache_entries
        self._recent: dict[tuple[str, str], Recent] = {}
        self._caches = Caches("", cache_entries)

    def recent(self, source: str, partition: str = "") -> Recent:
        """Returns the ids of one source partition; empty at first."""
        found = self._recent.get((source, partition))
        if found is None:
            found = self._recent[source, partition] = Recent(self._window)
        return found

    def learn(self, source: str, partition: str, message_ids: Sequence[str], at: float) -> None:
        """Takes what a chunk's result says must be learned, at the time `at`."""
        self.recent(source, partition).learn(message_ids, at)

    def partitions(self) -> Mapping[tuple[str, str], Recent]:
        """Returns what is remembered, by source and partition."""
        return self._recent

    def caches(self, digest: str) -> Caches:
        """Returns the caches of the catalog `digest`, empty when it is another than before."""
        if digest != self._caches.digest:
            self._caches = Caches(digest, self._cache_entries)
        return self._caches
