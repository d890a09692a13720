"""Reading a topic of ours from end to end or from its end back: committed records alone, no group, no offset kept."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final, NamedTuple

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient

from observer.errors import literal
from streams.quarantine.failure import missing, silent, told

BATCH: Final = 500
_POLL_MILLISECONDS: Final = 500


class Range(NamedTuple):
    """Offsets of one partition: from `first` up to `next`."""

    first: int
    next: int


class TopicReader:
    """The records of one topic up to the moment at which they are asked for.

    Memory: one fetch, whatever the topic holds. Raises QuarantineError where the broker does not answer in time.
    """

    def __init__(
        self, consumer: AIOKafkaConsumer, topic: str, partitions: Sequence[int], patience: float
    ) -> None:
        """patience: seconds to wait for an answer."""
        self.topic = topic
        self._consumer = consumer
        self._partitions = partitions
        self._patience = patience
        self._ranges: dict[int, Range] = {}

    async def ranges(self) -> Mapping[int, Range]:
        """Returns what each partition held when this was first asked."""
        if not self._ranges:
            places = [TopicPartition(self.topic, number) for number in self._partitions]
            with told(self.topic):
                first = await self._consumer.beginning_offsets(places)
                last = await self._consumer.end_offsets(places)
            self._ranges = {
                place.partition: Range(first[place], max(first[place], last[place])) for place in places
            }
        return self._ranges

    async def since(self, at: float) -> dict[int, int]:
        """Returns by partition the first offset of a record written at `at`, in seconds, or later."""
        ranges = await self.ranges()
        moment = max(0, int(at * 1000))
        with told(self.topic):
            found = await self._consumer.offsets_for_times(
                {TopicPartition(self.topic, partition): moment for partition in ranges}
            )
        return {
            place.partition: ranges[place.partition].next if answer is None else answer.offset
            for place, answer in found.items()
        }

    async def forward(self, partition: int, span: Range) -> AsyncIterator[Sequence[ConsumerRecord]]:
        """Yields the records of a partition in `span`, oldest first."""
        place = TopicPartition(self.topic, partition)
        with told(self.topic):
            self._consumer.assign([place])
            self._consumer.seek(place, span.first)
        position = span.first
        while position < span.next:
            records, position = await self._next(place, position)
            inside = [record for record in records if record.offset < span.next]
            if inside:
                yield inside

    async def backward(self, partition: int, span: Range) -> AsyncIterator[Sequence[ConsumerRecord]]:
        """Yields the records of a partition in `span`, newest first, some hundred at a time."""
        end = span.next
        while end > span.first:
            begin = max(span.first, end - BATCH)
            block = [
                record async for records in self.forward(partition, Range(begin, end)) for record in records
            ]
            if block:
                yield block[::-1]
            end = begin

    async def one(self, partition: int, offset: int) -> ConsumerRecord | None:
        """Returns the record at one offset, or None where there is none."""
        span = (await self.ranges()).get(partition)
        if span is None or not span.first <= offset < span.next:
            return None
        async for records in self.forward(partition, Range(offset, offset + 1)):
            return records[0]
        return None

    async def _next(self, place: TopicPartition, before: int) -> tuple[Sequence[ConsumerRecord], int]:
        """Returns the next records and the position behind them, which moves past what holds no record too."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + self._patience
        while loop.time() < deadline:
            with told(self.topic):
                found = await self._consumer.getmany(place, timeout_ms=_POLL_MILLISECONDS, max_records=BATCH)
                position = await self._consumer.position(place)
            if found or position > before:
                return found.get(place, ()), position
        raise silent(self.topic, literal(f"{self._patience:g} s"))


@asynccontextmanager
async def reading(topic: str, arguments: Mapping[str, Any], patience: float) -> AsyncIterator[TopicReader]:
    """Yields a reader of `topic`. arguments: how to connect; patience: seconds that the broker has for an answer.

    Raises QuarantineError where it cannot be reached or there is no such topic.
    """
    partitions = await partitions_of(topic, arguments)
    if not partitions:
        raise missing(topic)
    consumer = AIOKafkaConsumer(
        **arguments,
        group_id=None,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        isolation_level="read_committed",
    )
    with told(topic):
        await consumer.start()
    # aiokafka's consumer without a group fails to stop before its own task has begun.
    await asyncio.sleep(0)
    try:
        yield TopicReader(consumer, topic, partitions, patience)
    finally:
        await consumer.stop()


async def partitions_of(topic: str, arguments: Mapping[str, Any]) -> Sequence[int]:
    """Returns the numbers of a topic's partitions; none where there is no such topic. Raises QuarantineError."""
    admin = AIOKafkaAdminClient(**arguments)
    with told(topic):
        await admin.start()
    try:
        with told(topic):
            described = await admin.describe_topics([topic])
    finally:
        await admin.close()
    return sorted(partition["partition"] for one in described for partition in one["partitions"])
