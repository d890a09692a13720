"""The events of the benchmark on a topic: a Segment order of 1.3 kB each, 1 % of them broken, lz4."""

import asyncio
import json
from collections.abc import Callable, Iterator

from aiokafka import AIOKafkaProducer

from tests.benchmarks.samples import segment_order

BROKEN_IN = 100
"""Of so many events one breaks its contract."""
BATCH_BYTES = 256 << 10


def values(first: int, count: int) -> Iterator[bytes]:
    """Yields the events from the number `first` on."""
    for number in range(first, first + count):
        value = segment_order(number)
        if number % BROKEN_IN == 0:
            event = json.loads(value)
            event["properties"]["total"] = "a lot"
            value = json.dumps(event, separators=(",", ":"), ensure_ascii=False).encode()
        yield value


async def fill(
    bootstrap: str,
    topic: str,
    partitions: int,
    events: int,
    value: Callable[[int, int], Iterator[bytes]] = values,
) -> None:
    """Writes `events` events, as many into each partition, in batches as busy producers make them."""
    producer = AIOKafkaProducer(
        bootstrap_servers=bootstrap, compression_type="lz4", max_batch_size=BATCH_BYTES, acks="all"
    )
    await producer.start()
    try:
        each = events // partitions
        for partition in range(partitions):
            batch = producer.create_batch()
            sends = []
            for one in value(partition * each, each):
                if batch.append(key=None, value=one, timestamp=None) is None:
                    sends.append(await producer.send_batch(batch, topic, partition=partition))
                    batch = producer.create_batch()
                    batch.append(key=None, value=one, timestamp=None)
            sends.append(await producer.send_batch(batch, topic, partition=partition))
            await asyncio.gather(*sends)
    finally:
        await producer.stop()
