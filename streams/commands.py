"""What an operator tells all workers: reload the catalog, pause a source, resume it.

The topic is compacted, keyed by the source: what holds of each is there for ever, and a worker that starts reads it
before it judges anything.
"""

import asyncio
from typing import Final, Literal, TypeAlias

import msgspec
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from streams.clients import Clients, stop_consumer

Verb: TypeAlias = Literal["reload", "pause", "resume"]
RELOAD: Final = "reload"

_READ_SECONDS: Final = 30.0


class Command(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One command. source: which, and "" for reload; at: when it was given."""

    command: Verb
    source: str = ""
    at: float = 0.0
    v: Literal[1] = 1


def decoded(value: bytes | None) -> Command | None:
    """Returns the command that a record holds, or None where it holds none of ours."""
    try:
        return msgspec.json.decode(value or b"", type=Command)
    except msgspec.DecodeError:
        return None


async def give(clients: Clients, topic: str, command: Command) -> None:
    """Returns once a command is written, so that every worker will read it. Raises KafkaError."""
    producer = AIOKafkaProducer(acks="all", enable_idempotence=True, **clients.common)
    await producer.start()
    try:
        key = (command.source or RELOAD).encode()
        await producer.send_and_wait(topic, msgspec.json.encode(command), key)
    finally:
        await producer.stop()


def obeyed(paused: set[str], command: Command) -> None:
    """Changes the set of paused sources as a command says."""
    if command.command == "pause":
        paused.add(command.source)
    elif command.command == "resume":
        paused.discard(command.source)


async def paused_so_far(clients: Clients, topic: str) -> tuple[set[str], dict[int, int]]:
    """Returns the sources that are paused, and up to which offset of each partition that was read.

    Raises KafkaError or TimeoutError where the topic cannot be read.
    """
    paused: set[str] = set()
    consumer = clients.reader()
    # Before it has started: then it is given every partition of the topic.
    consumer.subscribe([topic])
    try:
        async with asyncio.timeout(_READ_SECONDS):
            await consumer.start()
            upto: dict[TopicPartition, int] = await consumer.end_offsets(list(consumer.assignment()))
            for place, end in upto.items():
                await _read(consumer, place, end, paused)
    finally:
        await stop_consumer(consumer, 1.0)
    return paused, {place.partition: end for place, end in upto.items()}


async def _read(consumer: AIOKafkaConsumer, place: TopicPartition, end: int, paused: set[str]) -> None:
    while await consumer.position(place) < end:
        for records in (await consumer.getmany(place, timeout_ms=500)).values():
            for record in records:
                command = decoded(record.value)
                if command is not None:
                    obeyed(paused, command)
