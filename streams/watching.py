"""Looks at every owned partition from time to time: how far it is behind, and whether it is kept up with."""

import asyncio
from collections import deque
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import structlog
from aiokafka import TopicPartition
from aiokafka.errors import KafkaError
from mode import Service

from streams.health import WINDOW, Sample, Status, status
from streams.ingest import Ingest
from streams.owned import Owned
from streams.position import Ends
from streams.work import Work, told

LOOK_SECONDS: Final = 5.0

log = structlog.get_logger(__name__)


class Behind(NamedTuple):
    """How far behind a partition is. lag: records; seconds: age of the oldest record that is left, None where that is
    not known; margin: offsets that retention may still remove before it reaches what was not read."""

    place: TopicPartition
    lag: int
    seconds: float | None
    margin: int
    status: Status


class Watch(Service):
    """Keeps a window of samples for each partition that is owned now, and for no other."""

    def __init__(self, work: Work, ingest: Ingest, **options: Any) -> None:
        super().__init__(**options)
        self._work = work
        self._ingest = ingest
        self._ends: dict[TopicPartition, Ends] = {}
        self._windows: dict[TopicPartition, deque[Sample]] = {}
        self._task: asyncio.Task[None] | None = None

    async def on_started(self) -> None:
        """Begins to look."""
        self._task = asyncio.create_task(self._watch())

    async def on_stop(self) -> None:
        """Ends looking."""
        if self._task is not None:
            self._task.cancel()

    def read(self) -> Iterator[Behind]:
        """Yields what is known of the partitions that are owned now. What is not known is not said."""
        membership, now = self._ingest.membership, self._work.clock.now()
        if membership is None:
            return
        for place, owned in list(membership.owned.items()):
            ends = self._ends.get(place)
            if ends is None or owned.position is None:
                continue
            lag = self._lag(owned, ends)
            yield Behind(
                place,
                lag,
                _age(owned, lag, now),
                max(0, owned.position - ends.first),
                status(self._windows.get(place, ()), now, lag),
            )

    @property
    def lag(self) -> int | None:
        """Records that are left in all partitions, or None where that is not known of each."""
        membership = self._ingest.membership
        if membership is None:
            return None
        known = {behind.place: behind.lag for behind in self.read()}
        return sum(known.values()) if known.keys() == membership.owned.keys() else None

    async def _watch(self) -> None:
        while True:
            try:
                await self._look()
            except Exception:  # one that fails once must come again: without it nobody would know of the lag
                log.exception("lag not looked at")
            await asyncio.sleep(LOOK_SECONDS)

    async def _look(self) -> None:
        membership = self._ingest.membership
        owned = {} if membership is None else dict(membership.owned)
        self._windows = {place: window for place, window in self._windows.items() if place in owned}
        try:
            self._ends = {} if membership is None else await membership.ends(owned)
        except (KafkaError, TimeoutError, OSError) as error:
            # What was known of the ends is old by now: it is not said any more.
            self._ends = {}
            log.warning("lag not known", reason=told(error))
            return
        for place, one in owned.items():
            self._sample(place, one)

    def _sample(self, place: TopicPartition, owned: Owned) -> None:
        window = self._windows.setdefault(place, deque(maxlen=WINDOW))
        if owned.position is not None and (not window or owned.said_at > window[-1].time):
            window.append(Sample(owned.position, self._lag(owned, self._ends[place]), owned.said_at))

    @staticmethod
    def _lag(owned: Owned, ends: Ends) -> int:
        # Behind the position only control records may be left: then the consumer has read past them.
        reached = owned.reached if owned.ready and owned.reached is not None else owned.position
        return max(0, ends.next - (reached or 0))


def _age(owned: Owned, lag: int, now: float) -> float | None:
    if lag == 0:
        return 0.0
    return None if owned.timestamp is None else max(0.0, now - owned.timestamp)
