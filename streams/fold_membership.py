"""One membership of the fold's group, from joining to leaving: what is assigned is read from where the store is."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Final

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, TopicPartition
from aiokafka.errors import IllegalStateError, KafkaError

from observer.clock import Clock
from observer.settings import Kafka
from observer.store import Folded
from streams.fold_keeping import Keeping
from streams.merging import Merging, Names, Read, after

RECORDS: Final = 2_000
"""Records that are folded in one transaction, at most."""
POLL_MS: Final = 500

_LEAVE_SECONDS: Final = 3.0
_POLL_FOREVER_MS: Final = 2**31 - 1
"""While the store is away nothing is polled, and this process is a good member all the same."""

log = structlog.get_logger(__name__)


class FoldMembership(ConsumerRebalanceListener):  # type: ignore[misc]  # aiokafka says nothing of its types
    """A consumer of the group. `run` until it raises, then `leave`."""

    def __init__(
        self, kafka: Kafka, client: Mapping[str, Any], names: Names, keeping: Keeping, clock: Clock
    ) -> None:
        self.polled: float | None = None
        """When the last poll returned, in seconds since the epoch."""
        self.folded: Folded | None = None
        """How far the store is, as far as this membership knows."""
        self._kafka, self._names, self._keeping, self._clock = kafka, names, keeping, clock
        self._turn = 0
        self._covered: dict[TopicPartition, int] = {}
        self._consumer = AIOKafkaConsumer(
            group_id=f"{kafka.application}-fold",
            enable_auto_commit=False,
            # Only where the store knows of nothing, or where what it would read is gone: then the ranges tell.
            auto_offset_reset="earliest",
            isolation_level="read_committed",
            session_timeout_ms=int(kafka.session_seconds * 1000),
            heartbeat_interval_ms=int(kafka.session_seconds * 1000 / 6),
            rebalance_timeout_ms=int(kafka.rebalance_seconds * 1000),
            max_poll_interval_ms=_POLL_FOREVER_MS,
            **client,
        )

    @property
    def partitions(self) -> tuple[int, ...]:
        """The partitions of the rollups topic that are folded here."""
        return tuple(sorted(place.partition for place in self._covered if place.topic == self._names.rollups))

    def lag(self) -> dict[tuple[str, int], int]:
        """Returns how many records of each partition that is folded here are not in the store yet, where known."""
        lag = {}
        for place, covered in self._covered.items():
            # A partition that was taken a moment ago is another's: nothing is known of it.
            with suppress(AssertionError, IllegalStateError):
                end = self._consumer.highwater(place)
                if end is not None:
                    lag[place.topic, place.partition] = max(0, end - covered)
        return lag

    async def run(self, wanted: Callable[[], bool], pace: Callable[[], Any]) -> None:
        """Folds for as long as it is wanted. pace: waits a moment.

        Raises FencedError where another process folded our partitions meanwhile, KafkaError or OSError where no
        broker answers.
        """
        await self._consumer.start()
        self._consumer.subscribe([self._names.rollups, self._names.ledger], listener=self)
        while wanted():
            turn = self._turn
            if self.folded is None and not await self._locate(turn, wanted):
                continue
            fetched = await self._consumer.getmany(timeout_ms=POLL_MS, max_records=RECORDS)
            self.polled = self._clock.now()
            if turn != self._turn or fetched.keys() - self._covered.keys():
                # Fetched before we knew from where: it is fetched again.
                self.folded = None
                continue
            if fetched:
                await self._fold(fetched, partial(self._still, turn, wanted))
            await self._cover_rest(fetched)
            if sum(map(len, fetched.values())) < RECORDS // 2:
                await pace()

    async def leave(self) -> None:
        """Returns in bounded time; the group knows that we left where a broker answers."""
        stopping = asyncio.create_task(self._consumer.stop())
        await asyncio.wait([stopping], timeout=_LEAVE_SECONDS)
        stopping.cancel()
        # It awaits a fetch that it has cancelled, and its connections stay open.
        with suppress(asyncio.CancelledError, KafkaError, OSError):
            await stopping
        await self._consumer._client.close()

    async def on_partitions_revoked(self, revoked: Sequence[TopicPartition]) -> None:
        """Lets what is being written end, in half the time that a rebalance may take, and drops the rest."""
        self._forget()
        if revoked:
            await self._keeping.rest(self._kafka.rebalance_seconds / 2)

    async def on_partitions_assigned(self, assigned: Sequence[TopicPartition]) -> None:
        """Asks the store anew where to begin."""
        self._forget()
        log.info("fold assigned", partitions=len(assigned))

    def _still(self, turn: int, wanted: Callable[[], bool]) -> bool:
        return turn == self._turn and wanted()

    def _forget(self) -> None:
        self._turn += 1
        self.folded = None
        self._covered = {}

    async def _locate(self, turn: int, wanted: Callable[[], bool]) -> bool:
        """Reads how far the store is and moves every partition there. Returns whether nothing changed meanwhile."""
        assigned = self._consumer.assignment()
        mine = [place.partition for place in assigned if place.topic == self._names.rollups]
        of = len(self._consumer.partitions_for_topic(self._names.rollups) or ())
        folded = await self._keeping.begin(mine, of, partial(self._still, turn, wanted))
        if folded is None or turn != self._turn:
            return False
        covered = {}
        for place in assigned:
            covered[place] = folded.offsets.get((place.topic, place.partition), 0)
            self._consumer.seek(place, covered[place])
        self._covered, self.folded = covered, folded
        return True

    async def _fold(
        self, fetched: Mapping[TopicPartition, Sequence[Any]], wanted: Callable[[], bool]
    ) -> None:
        begun = self.folded
        assert begun is not None, "located before anything is fetched"
        merging = Merging(self._names, begun, self._clock.now())
        for place, records in fetched.items():
            merging.add(
                place.topic, place.partition, [Read(one.offset, one.key, one.value) for one in records]
            )
        batch = merging.batch()
        if not await self._keeping.keep(batch, wanted) or not wanted():
            return
        folded = self.folded = after(begun, batch)
        for place, records in fetched.items():
            self._covered[place] = records[-1].offset + 1
        await self._keeping.close(folded)

    async def _cover_rest(self, fetched: Mapping[TopicPartition, Sequence[Any]]) -> None:
        """Behind the last record stand control records of its transaction: nothing of them is missing."""
        for place in list(self._covered):
            if place not in fetched:
                with suppress(IllegalStateError):
                    position = await self._consumer.position(place)
                    if place in self._covered:
                        self._covered[place] = position
