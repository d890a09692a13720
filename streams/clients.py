"""How each of our clients speaks to Kafka. Only what differs from one to the other is here."""

import asyncio
from contextlib import suppress
from typing import Any, Final

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.errors import KafkaError

from observer.settings import Kafka
from streams.connection import ClientArguments

_METADATA_SECONDS: Final = 30
"""After how long new partitions, and topics that a pattern covers, are noticed."""
_FETCH_BYTES: Final = 1_048_576
_POLL_FOREVER_MS: Final = 2**31 - 1
"""We poll nothing while every source is paused, and are alive all the same: our own liveness tells."""
_BATCH_BYTES: Final = 900_000
_BATCH_MARGIN: Final = 200
_LINGER_MS: Final = 2
_ANY_SIZE: Final = 2**31 - 1


class Clients:
    """Makes consumers and producers. connection: arguments that every client of this cluster has."""

    def __init__(self, kafka: Kafka, connection: ClientArguments, worker: str) -> None:
        self._kafka = kafka
        self._connection = connection
        self._common = {
            **connection,
            "client_id": worker,
            "metadata_max_age_ms": _METADATA_SECONDS * 1000,
        }

    @property
    def connection(self) -> ClientArguments:
        """What the connection alone asks for."""
        return self._connection

    @property
    def common(self) -> dict[str, Any]:
        """What every client has in common."""
        return dict(self._common)

    def member(self) -> AIOKafkaConsumer:
        """Returns a consumer of the group of ingest. It never commits by itself, and never moves by itself: where
        records that we need are gone, it says so."""
        kafka = self._kafka
        return AIOKafkaConsumer(
            group_id=kafka.application,
            enable_auto_commit=False,
            auto_offset_reset="none",
            isolation_level="read_committed",
            session_timeout_ms=int(kafka.session_seconds * 1000),
            heartbeat_interval_ms=int(kafka.session_seconds * 1000 / 6),
            rebalance_timeout_ms=int(kafka.rebalance_seconds * 1000),
            max_poll_interval_ms=_POLL_FOREVER_MS,
            max_partition_fetch_bytes=_FETCH_BYTES,
            **self._common,
        )

    def reader(self) -> AIOKafkaConsumer:
        """Returns a consumer without a group."""
        return AIOKafkaConsumer(
            group_id=None,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            isolation_level="read_committed",
            **self._common,
        )

    def writer(self, transactional_id: str, largest_batch: int) -> AIOKafkaProducer:
        """Returns a producer of transactions. largest_batch: the smallest `max.message.bytes` of its topics."""
        return AIOKafkaProducer(
            transactional_id=transactional_id,
            transaction_timeout_ms=int(self._kafka.transaction_seconds * 1000),
            acks="all",
            compression_type="lz4",
            max_batch_size=max(1, min(_BATCH_BYTES, largest_batch - _BATCH_MARGIN)),
            **self._common,
        )

    def sender(self, largest_batch: int) -> AIOKafkaProducer:
        """Returns a producer without transactions, that writes nothing twice. largest_batch: as for `writer`. A record
        that is larger by itself is left to the brokers to refuse."""
        return AIOKafkaProducer(
            enable_idempotence=True,
            acks="all",
            compression_type="lz4",
            linger_ms=_LINGER_MS,
            max_batch_size=max(1, min(_BATCH_BYTES, largest_batch - _BATCH_MARGIN)),
            max_request_size=_ANY_SIZE,
            **self._common,
        )


async def stop_consumer(consumer: AIOKafkaConsumer, seconds: float) -> None:
    """Stops a consumer in bounded time, and closes its connections whatever comes of that.

    `AIOKafkaConsumer.stop` awaits a fetch that it has cancelled: the cancellation comes out at whoever called it, as
    if that one had been cancelled, and the connections stay open.
    """
    stopping = asyncio.create_task(consumer.stop())
    await asyncio.wait([stopping], timeout=seconds)
    stopping.cancel()
    with suppress(asyncio.CancelledError, KafkaError, OSError):
        await stopping
    await consumer._client.close()
