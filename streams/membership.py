"""One membership of the group of ingest: from joining to leaving. What is assigned is owned; what is owned is fetched,
one chunk at a time of each partition; what is revoked is committed in time or abandoned.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import AbstractContextManager, suppress
from typing import Any, Final

import structlog
from aiokafka import ConsumerRebalanceListener, TopicPartition
from aiokafka.errors import (
    IllegalStateError,
    KafkaError,
    NoOffsetForPartitionError,
    OffsetOutOfRangeError,
)

from observer import metrics
from streams.clients import stop_consumer
from streams.committed import committed_offset
from streams.limits import LARGEST_MESSAGE, topic_settings
from streams.outgoing import Judged, Writing
from streams.owned import Fetched, Owned
from streams.pacing import cut
from streams.position import Ends, Policy
from streams.routing import sources_of, subscription
from streams.transactions import RejectedError, Transactions
from streams.work import Work, told

_IDLE_POLL_MS: Final = 200
_BUSY_POLL_MS: Final = 10
_FRESH_SECONDS: Final = 2.0
_LEAVE_SECONDS: Final = 2.0
_MARGIN_BYTES: Final = 4_000
"""What a quarantine record may have in headers of ours."""

log = structlog.get_logger(__name__)


class LostMembershipError(Exception):
    """What we own may be another's by now: nothing more is committed under this membership."""


class Membership(ConsumerRebalanceListener):  # type: ignore[misc]  # aiokafka says nothing of its types
    """A consumer of the group, and the partitions that it owns. `join`, `run` until it raises, `leave`."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.owned: dict[TopicPartition, Owned] = {}
        self.troubles: dict[TopicPartition, str] = {}
        """Why a partition is not being read, until it is."""
        self.polled: float | None = None
        """When the last poll returned."""
        self._consumer = work.clients.member()
        self._writing: Writing | None = None
        self._learn_again = False
        self._batch_bytes = self._kept_bytes = 0
        self._wake = asyncio.Event()
        self._end: BaseException | None = None
        self._subscribed = ""

    async def join(self) -> None:
        """Connects and subscribes. Raises KafkaError or OSError where no broker answers."""
        await self._consumer.start()
        self.subscribe()

    def subscribe(self) -> None:
        """Asks for the topics that the catalog in force declares, where they are others than before."""
        pattern = subscription(self.work.catalog, self.work.settings.kafka.prefix)
        if pattern != self._subscribed:
            self._subscribed = pattern
            self._consumer.subscribe(pattern=pattern, listener=self)

    async def run(self, put: Callable[[Fetched], Awaitable[None]]) -> None:
        """Fetches until this membership is lost, and raises why. put: takes a chunk to be judged; it may wait."""
        while True:
            if self._end is not None:
                raise self._end
            for owned in list(self.owned.values()):
                part = owned.rest()
                if part is not None:
                    await put(part)
            await self._say_watermarks()
            await self._fetch(put)

    async def leave(self, seconds: float) -> None:
        """Returns once nothing of this membership can be committed any more, and the group knows that we left where a
        broker answers. seconds: for the transactions in hand."""
        await self._close_all(seconds)
        await stop_consumer(self._consumer, _LEAVE_SECONDS)

    def position(self, place: TopicPartition) -> int | None:
        """Returns where the next chunk of a partition begins, or None while that is not known."""
        owned = self.owned.get(place)
        return None if owned is None else owned.position

    async def ends(self, places: Iterable[TopicPartition]) -> dict[TopicPartition, Ends]:
        """Returns where the logs of partitions begin and end. Raises KafkaError or TimeoutError."""
        wanted = list(places)
        if not wanted:
            return {}
        async with asyncio.timeout(self.request_seconds):
            first = await self._consumer.beginning_offsets(wanted)
            next_ = await self._consumer.end_offsets(wanted)
        return {place: Ends(first[place], next_[place]) for place in wanted}

    # What aiokafka calls.

    async def on_partitions_revoked(self, revoked: Sequence[TopicPartition]) -> None:
        """Commits what is in hand in half the time that a rebalance may take, or abandons it."""
        if revoked:
            log.info("partitions revoked", partitions=len(revoked))
            self.work.totals.count(metrics.REBALANCES)
        try:
            await self._close_all(self.work.settings.kafka.rebalance_seconds / 2)
        except Exception as error:  # aiokafka swallows it, and would take the partitions for handed over
            log.exception("partitions not handed over")
            self.failed(error)

    async def on_partitions_assigned(self, assigned: Sequence[TopicPartition]) -> None:
        """Owns what is assigned, and begins to open it."""
        try:
            log.info("partitions assigned", partitions=len(assigned))
            for place in assigned:
                self._own(place)
            self.work.keep_only({(owned.source, owned.partition) for owned in self.owned.values()})
        except Exception as error:  # as above
            log.exception("partitions not taken over")
            self.failed(error)

    # What an owned partition asks for.

    @property
    def policy(self) -> Policy:
        """Where a partition begins that nobody has read."""
        return self.work.settings.kafka.start

    @property
    def request_seconds(self) -> float:
        """How long a broker may take to answer."""
        return self.work.settings.kafka.request_seconds

    @property
    def writing(self) -> Writing:
        """Where records go."""
        assert self._writing is not None, "a partition is open only once it is known where to write"
        return self._writing

    @property
    def largest_record(self) -> int:
        """Bytes that a record may have to be sure that its topic takes it."""
        return max(0, self._kept_bytes - _MARGIN_BYTES)

    def cut(self, records: Sequence[Any]) -> tuple[list[Any], list[Any]]:
        """Returns the records of one chunk, and the others."""
        return cut(records, self.work.settings.kafka.chunk_records, self.work.settings.kafka.chunk_bytes)

    async def transactions(self, place: TopicPartition) -> Transactions:
        """Returns what commits the chunks of a partition, not yet started."""
        if not self._batch_bytes:
            await self._learn_limits()
        kafka = self.work.settings.kafka
        name = f"{kafka.application}-{place.topic}-{place.partition}"
        batch = self._batch_bytes
        return Transactions(
            lambda: self.work.clients.writer(name, batch), kafka.application, kafka.transaction_seconds
        )

    async def writable(self, transactions: Transactions) -> None:
        """Finds out how many partitions the topics have that we write to, the first time and after a trouble."""
        if self._writing is None or self._learn_again:
            topics = self.work.topics.transactional
            self._writing = self.work.writing(await transactions.partitions(topics))
            self._learn_again = False

    async def offsets(self, place: TopicPartition) -> tuple[int | None, Ends]:
        """Returns the committed offset, or None, and where the log begins and ends."""
        try:
            async with asyncio.timeout(self.request_seconds):
                group = self.work.settings.kafka.application
                committed = await committed_offset(self._consumer, group, place)
            return committed, (await self.ends([place]))[place]
        except (KafkaError, IllegalStateError) as error:
            raise RejectedError(told(error)) from None

    def seek(self, place: TopicPartition, offset: int) -> None:
        """Moves the reading of a partition."""
        try:
            self._consumer.seek(place, offset)
        except IllegalStateError as error:
            # Other topics were asked for meanwhile: what is ours is about to be said anew.
            raise RejectedError(told(error)) from None

    def remembers(self, source: str, partition: str, position: int) -> bool:
        """Returns whether the events before a position are remembered."""
        return self.work.remembers(source, partition, position)

    async def remember(self, source: str, place: TopicPartition, position: int, ends: Ends) -> None:
        """Reads the events before a position for their ids."""
        try:
            await self.work.remember(source, place, position, ends)
        except KafkaError as error:
            raise RejectedError(told(error)) from None

    def timing(self) -> AbstractContextManager[None]:
        """Measures one transaction."""
        return self.work.timing()

    def settled(self, owned: Owned, judged: Judged) -> None:
        """A chunk is committed."""
        self.work.totals.count(metrics.TRANSACTIONS, ("committed",))
        self.work.settled(owned.source, owned.partition, judged)

    def freed(self, owned: Owned) -> None:
        """A partition may be fetched."""
        self.troubles.pop(owned.place, None)
        self._wake.set()

    def trouble(self, owned: Owned, reason: str) -> None:
        """A partition cannot be read for now."""
        self.troubles[owned.place] = reason
        # Asked again at the next opening; until then other partitions go on writing where they did.
        self._learn_again, self._batch_bytes = True, 0

    def aborted(self, owned: Owned) -> None:
        """A transaction was not committed; the topics may have other limits than were known."""
        self.work.totals.count(metrics.TRANSACTIONS, ("aborted",))
        self._batch_bytes = 0

    def lost(self, owned: Owned, offsets: int) -> None:
        """Records were removed from the log before they were read."""
        log.error("records removed before they were read", partition=owned.partition, offsets=offsets)
        self.work.totals.count(metrics.REMOVED_UNREAD, (owned.source,), offsets)

    def fenced(self, owned: Owned) -> None:
        """Another worker writes for a partition of ours: rule 3 of streams.transactions."""
        log.error("fenced: the partition belongs to another worker", partition=owned.partition)
        self.work.totals.count(metrics.TRANSACTIONS, ("fenced",))
        self.failed(LostMembershipError(owned.partition))

    def failed(self, error: BaseException) -> None:
        """Ends this membership."""
        if self._end is None:
            self._end = error
        self._wake.set()

    def _own(self, place: TopicPartition) -> None:
        sources = sources_of(self.work.catalog, place.topic)
        if len(sources) != 1:
            # Judged by the rules of a source that it is not of, its counts would be wrong: it is not read at all.
            log.error(
                "topic not read: not exactly one source declares it", topic=place.topic, sources=sources
            )
            self.troubles[place] = "sources"
            return
        owned = self.owned[place] = Owned(place, sources[0], self)
        owned.start()

    async def _fetch(self, put: Callable[[Fetched], Awaitable[None]]) -> None:
        ready = [
            place
            for place, owned in self.owned.items()
            if owned.ready and owned.source not in self.work.paused
        ]
        if not ready:
            return await self._rest()
        wait = _IDLE_POLL_MS if len(ready) == len(self.owned) else _BUSY_POLL_MS
        try:
            fetched = await self._consumer.getmany(
                *ready, timeout_ms=wait, max_records=self.work.pace.records
            )
        except NoOffsetForPartitionError:
            return None  # said of the time before we had moved the reading ourselves
        except OffsetOutOfRangeError as error:
            return self._out_of_range(error)
        self.polled = self.work.clock.now()
        for place, records in fetched.items():
            owned = self.owned.get(place)
            if owned is None or not owned.ready:
                continue
            if await self._reach(owned):
                await put(owned.take(records, owned.reached or 0))
        return None

    async def _rest(self) -> None:
        """Waits until a partition may be fetched, for a moment at most."""
        self._wake.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(_IDLE_POLL_MS / 1000):
                await self._wake.wait()
        self.polled = self.work.clock.now()

    async def _reach(self, owned: Owned) -> bool:
        """Takes how far the consumer has read a partition. Returns whether it is still ours."""
        try:
            owned.reached = await self._consumer.position(owned.place)
        except IllegalStateError:
            return False
        return self.owned.get(owned.place) is owned

    def _out_of_range(self, error: OffsetOutOfRangeError) -> None:
        for place in error.args[0]:
            owned = self.owned.get(place)
            if owned is not None and owned.ready:
                owned.again()

    async def _say_watermarks(self) -> None:
        now = self.work.clock.now()
        idle = self.work.settings.kafka.idle_watermark_seconds
        for owned in list(self.owned.values()):
            if owned.ready and now - owned.said_at >= idle and await self._idle(owned, now):
                owned.say_watermark(now, now - idle)

    async def _idle(self, owned: Owned, now: float) -> bool:
        """Whether nothing more is in the log, as far as a fetch of this moment tells."""
        if not await self._reach(owned):
            return False
        told_at = self._consumer.last_poll_timestamp(owned.place)
        end = self._consumer.highwater(owned.place)
        if told_at is None or end is None or now - told_at / 1000 > _FRESH_SECONDS:
            return False
        return owned.ready and owned.reached is not None and owned.reached >= end

    async def _close_all(self, seconds: float) -> None:
        owned, self.owned = list(self.owned.values()), {}
        self.troubles.clear()
        await asyncio.gather(*(each.close(seconds) for each in owned))

    async def _learn_limits(self) -> None:
        try:
            async with asyncio.timeout(self.request_seconds):
                found = await topic_settings(self.work.clients.common, self.work.topics.transactional)
        except (KafkaError, OSError) as error:
            raise RejectedError(told(error)) from None
        self._kept_bytes = found[self.work.topics.quarantine][LARGEST_MESSAGE]
        self._batch_bytes = min(topic[LARGEST_MESSAGE] for topic in found.values())
