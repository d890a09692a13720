"""The events of the benchmark on a topic: a Segment order of 1.3 kB each, 1 % of them broken, lz4."""

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from itertools import zip_longest

from aiokafka import AIOKafkaProducer
from aiokafka.producer.message_accumulator import BatchBuilder

from tests.benchmarks.samples import segment_order

BROKEN_IN = 100
"""Of so many events one breaks its contract."""
VARIETY = 15_000
"""Events until all but the message id comes again."""
BATCH_BYTES = 256 << 10
MOST_WAITING = 50


def values(first: int, count: int) -> Iterator[bytes]:
    """Yields the events from the number `first` on. They differ in their ids for good, in the rest now and then."""
    made = [_made(number) for number in range(min(VARIETY, count))]
    for number in range(first, first + count):
        before, behind = made[number % len(made)]
        yield before + b"%012d" % number + behind


def _made(number: int) -> tuple[bytes, bytes]:
    """Returns what stands before and behind the number in the message id of an event."""
    value = segment_order(number)
    if number % BROKEN_IN == 0:
        event = json.loads(value)
        event["properties"]["total"] = "a lot"
        value = json.dumps(event, separators=(",", ":"), ensure_ascii=False).encode()
    before, mark, behind = value.partition(b'"messageId":"ajs-next-1795341600000-')
    return before + mark, behind[12:]


async def fill(
    bootstrap: str, topic: str, partitions: int, events: int, a_second: float | None = None
) -> None:
    """Writes `events` events, as many into each partition, in batches as busy producers make them.

    a_second: events a second, in batches of a tenth of a second; None: as fast as it goes.
    """
    producer = AIOKafkaProducer(
        bootstrap_servers=bootstrap, compression_type="lz4", max_batch_size=BATCH_BYTES, acks="all"
    )
    await producer.start()
    try:
        each = events // partitions
        parts = [
            _batches(producer, values(partition * each, each), a_second) for partition in range(partitions)
        ]
        started, sent, sends = time.monotonic(), 0, []
        for batches in zip_longest(*parts):
            for partition, batch in enumerate(batches):
                if batch is not None:
                    sends.append(await producer.send_batch(batch, topic, partition=partition))
                    sent += batch.record_count()
            if a_second is not None:
                await asyncio.sleep(max(0.0, started + sent / a_second - time.monotonic()))
            elif len(sends) > MOST_WAITING:
                await asyncio.gather(*sends)
                sends = []
        await asyncio.gather(*sends)
    finally:
        await producer.stop()


def _batches(
    producer: AIOKafkaProducer, made: Iterator[bytes], a_second: float | None
) -> Iterator[BatchBuilder]:
    most = max(1, int(a_second / 10)) if a_second is not None else sys.maxsize
    batch = producer.create_batch()
    for one in made:
        if batch.record_count() >= most or batch.append(key=None, value=one, timestamp=None) is None:
            yield batch
            batch = producer.create_batch()
            batch.append(key=None, value=one, timestamp=None)
    yield batch
