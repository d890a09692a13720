"""A quarantine topic with known events, and what a replay sent, read back by a plain consumer."""

import json
from collections.abc import Sequence
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRecord, TopicPartition

from observer.model import Finding, Kept, Verdict, ViolationKind
from streams.quarantine import Original, QuarantineRecord, quarantine_record
from streams.quarantine.reading import partitions_of
from tests.benchmarks.samples import segment_order

NOON = 1_795_262_400.0
"""21 November 2026, 12:00 UTC: brokers refuse times that lie ahead of theirs."""
PERSON = "jeanne.martin@courriel.example"
FINDING = Finding(
    ViolationKind.TYPE_MISMATCH, "type_mismatch:$.total", "$.properties.total", "number", "string"
)


def kept(number: int, **changes: Any) -> Kept:
    """Returns an event that was refused once and is valid under the example's contracts today."""
    fields: dict[str, Any] = {
        "source": "web-shop",
        "dialect": "segment",
        "verdict": Verdict.INVALID,
        "contract": "order-completed",
        "reason": FINDING.rule,
        "findings": (FINDING,),
        "value": segment_order(number),
        "headers": {},
        "path": "",
        "place": ("shop", number % 3, number),
        "index": 0,
        "received": None,
        "timestamp": NOON,
        "observed": NOON + number,
        "digest": "d" * 64,
    }
    return Kept(**fields | changes)


def broken(number: int, **changes: Any) -> Kept:
    """Returns an event that is invalid still, and holds somebody's address."""
    event = json.loads(segment_order(number))
    event["properties"]["total"] = PERSON
    event["context"]["traits"] = {"email": PERSON}
    return kept(number, value=json.dumps(event).encode(), **changes)


def as_record(one: Kept) -> QuarantineRecord:
    """Returns the record of an event that came with a key and a header of its own."""
    return quarantine_record(one, Original(b"key-%d" % one.place[2], [("trace", b"t"), ("trace", b"u")]))


async def write(bootstrap: str, topic: str, records: Sequence[QuarantineRecord], partitions: int) -> None:
    """Writes records in one transaction, over the partitions in turn, a second apart, after a transaction that was
    aborted."""
    producer = AIOKafkaProducer(bootstrap_servers=bootstrap, transactional_id=f"{topic}-writer")
    await producer.start()
    try:
        await producer.begin_transaction()
        await producer.send_and_wait(topic, b"aborted", partition=0)
        await producer.abort_transaction()
        async with producer.transaction():
            sends = [
                await producer.send(
                    topic, one.value, one.key, number % partitions, int(NOON + number) * 1000, one.headers
                )
                for number, one in enumerate(records)
            ]
            for send in sends:
                await send
    finally:
        await producer.stop()


async def read(bootstrap: str, topic: str) -> list[ConsumerRecord]:
    """Returns every committed record of a topic."""
    found: list[ConsumerRecord] = []
    async with AIOKafkaConsumer(
        bootstrap_servers=bootstrap, auto_offset_reset="earliest", isolation_level="read_committed"
    ) as consumer:
        numbers = await partitions_of(topic, {"bootstrap_servers": bootstrap})
        places = [TopicPartition(topic, number) for number in numbers]
        consumer.assign(places)
        ends = await consumer.end_offsets(places)
        await consumer.seek_to_beginning()
        while any([await consumer.position(place) < end for place, end in ends.items()]):
            for records in (await consumer.getmany(timeout_ms=200)).values():
                found.extend(records)
    return found
