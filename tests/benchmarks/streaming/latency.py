"""From the moment that the broker appended an event to the moment that its verdict can be read."""

import asyncio
import json
import time
from bisect import bisect_right
from typing import Any, NamedTuple

from aiokafka import AIOKafkaConsumer, TopicPartition

from tests.benchmarks.streaming.feed import fill

WARM_SHARE = 0.25
"""Of the events at the beginning that do not count: the worker starts while they wait."""
PATIENCE = 120


class Latency(NamedTuple):
    """Seconds at two quantiles."""

    events: int
    p50: float
    p99: float


async def append_to_verdict(
    bootstrap: str, topic: str, ledger: str, a_second: float, seconds: float
) -> Latency:
    """Feeds `topic`, whose broker stamps each event, and returns how long each took until the ledger record that
    counts it could be read by a reader of committed records."""
    events = int(a_second * seconds)
    readable: list[tuple[int, float]] = []
    reading = asyncio.create_task(_read_ledger(bootstrap, ledger, events, readable))
    await fill(bootstrap, topic, 1, events, a_second)
    await asyncio.wait_for(reading, PATIENCE)
    appended = await _appended(bootstrap, topic, events)
    bounds = [next_ for next_, _ in readable]
    took = sorted(
        readable[bisect_right(bounds, offset)][1] - at
        for offset, at in enumerate(appended)
        if offset >= events * WARM_SHARE
    )
    return Latency(len(took), took[len(took) // 2], took[int(len(took) * 0.99)])


async def _read_ledger(bootstrap: str, ledger: str, events: int, into: list[tuple[int, float]]) -> None:
    """Notes for each chunk the position behind it, and when its record was read."""
    async with _consumer(bootstrap, isolation_level="read_committed") as consumer:
        consumer.assign([TopicPartition(ledger, number) for number in range(4)])
        while not into or into[-1][0] < events:
            for records in (await consumer.getmany(timeout_ms=50)).values():
                now = time.time()
                into.extend((json.loads(record.value)["next"], now) for record in records)


async def _appended(bootstrap: str, topic: str, events: int) -> list[float]:
    """Returns when each event was appended, in seconds since the epoch."""
    found: list[float] = []
    async with _consumer(bootstrap) as consumer:
        consumer.assign([TopicPartition(topic, 0)])
        while len(found) < events:
            for records in (await consumer.getmany(timeout_ms=500)).values():
                found.extend(record.timestamp / 1000 for record in records)
    return found


def _consumer(bootstrap: str, **options: Any) -> AIOKafkaConsumer:
    return AIOKafkaConsumer(bootstrap_servers=bootstrap, auto_offset_reset="earliest", **options)
