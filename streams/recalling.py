"""Reads the events before a position again, for their ids alone: duplicates are told as if the worker had never
stopped."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

from aiokafka import AIOKafkaConsumer, TopicPartition

from streams.clients import stop_consumer

_RECORDS: Final = 1_000
_POLL_SECONDS: Final = 1.0


class Recalling:
    """What reading back needs. make: builds a consumer without a group; window: how many events are remembered."""

    def __init__(self, make: Callable[[], AIOKafkaConsumer], window: int, seconds: float) -> None:
        self._make = make
        self._window = window
        self._seconds = seconds

    async def recall(
        self,
        place: TopicPartition,
        position: int,
        first: int,
        begin: Callable[[], None],
        learn: Callable[[Sequence[Any]], Awaitable[int]],
    ) -> None:
        """Has the last `window` events before `position` learned, in order; fewer where the log begins later.

        first: the first offset that is there; begin: called before each look back; learn: takes records, returns how
        many events are learned since. Raises KafkaError, or TimeoutError where nothing comes for long.
        """
        begin()
        if position <= first:
            return
        back = self._window
        consumer = self._make()
        await consumer.start()
        try:
            consumer.assign([place])
            while True:
                start = max(first, position - back)
                learned = await self._between(consumer, place, start, position, learn)
                # Offsets that hold no event, as control records, make a look from further back necessary.
                if learned >= self._window or start <= first:
                    return
                begin()
                back *= 2
        finally:
            await stop_consumer(consumer, _POLL_SECONDS)

    async def _between(
        self,
        consumer: AIOKafkaConsumer,
        place: TopicPartition,
        start: int,
        end: int,
        learn: Callable[[Sequence[Any]], Awaitable[int]],
    ) -> int:
        learned = 0
        consumer.seek(place, start)
        async with asyncio.timeout(self._seconds) as patience:
            while await consumer.position(place) < end:
                fetched = await consumer.getmany(
                    place, timeout_ms=int(_POLL_SECONDS * 1000), max_records=_RECORDS
                )
                if fetched:
                    patience.reschedule(asyncio.get_running_loop().time() + self._seconds)
                learned = await learn([record for record in fetched.get(place, ()) if record.offset < end])
                await asyncio.sleep(0)
        return learned
