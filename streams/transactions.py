"""What one chunk came to goes out in one Kafka transaction. The protocol, and nothing else.

aiokafka commits a transaction whose sends have failed, and sends no generation of the group with its offsets. So:

1. Begin, send, wait for the answer to every send; where one failed, nothing is committed. Then offsets; then commit.
2. After every start of a producer, InitProducerId comes first, which ends what was left open under its name; only
   then is the committed offset read, what is in hand dropped, and the reading moved there (`Owned.open`).
3. A fenced producer means that the partition belongs to another: it is never built again. Give up, and rejoin.
4. Batches are built below the smallest `max.message.bytes`, which limits the batch and not the record. What alone is
   too large goes alone; where the broker refuses it, a description goes in its place at the second try.
5. The broker ends a transaction that hangs after `transaction_seconds`: until then readers see nothing behind it.
6. At a revocation the chunk in hand is committed in time, or abandoned (`Owned.close`).
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Final, NamedTuple

from aiokafka import AIOKafkaProducer, TopicPartition
from aiokafka.errors import (
    InvalidProducerEpoch,
    KafkaError,
    MessageSizeTooLargeError,
    ProducerFenced,
)

_FENCED: Final = (ProducerFenced, InvalidProducerEpoch)
_ABORT_SECONDS: Final = 1.0
_CLOSE_SECONDS: Final = 1.0


class Output(NamedTuple):
    """One record to produce."""

    topic: str
    partition: int
    key: bytes | None
    value: bytes | None
    headers: Sequence[tuple[str, bytes | None]] = ()


class FencedError(Exception):
    """The partition belongs to another worker: rule 3."""


class RejectedError(Exception):
    """Nothing was committed, or it is not known whether it was: rule 2 tells. too_large: a record was refused for
    its size; cause: the kind of error, for the log."""

    def __init__(self, cause: str, *, too_large: bool = False) -> None:
        super().__init__(cause)
        self.cause = cause
        self.too_large = too_large


class Transactions:
    """The transactions of one input partition. `start`, any number of `commit`, then `close`; never used again after
    an error."""

    def __init__(self, make: Callable[[], AIOKafkaProducer], group: str, seconds: float) -> None:
        """make: builds a producer with its transactional id; group: whose offsets are committed; seconds: what one
        transaction may take."""
        self._make = make
        self._group = group
        self._seconds = seconds
        self._producer: AIOKafkaProducer | None = None
        self._in_transaction = False

    async def start(self, seconds: float) -> None:
        """Returns after InitProducerId. Raises RejectedError where the broker does not answer in time."""
        producer = self._producer = self._make()
        try:
            async with asyncio.timeout(seconds):
                await producer.start()
        except (KafkaError, OSError, TimeoutError) as error:
            raise RejectedError(type(error).__name__) from None

    async def partitions(self, topics: Iterable[str]) -> dict[str, int]:
        """Returns how many partitions each topic has. Raises RejectedError where that is not to be had."""
        try:
            async with asyncio.timeout(self._seconds):
                return {topic: len(await self._live.partitions_for(topic)) for topic in topics}
        except (KafkaError, TimeoutError) as error:
            raise RejectedError(type(error).__name__) from None

    async def commit(self, outputs: Iterable[Output], offsets: Mapping[TopicPartition, int]) -> None:
        """Returns once the outputs and the offsets are committed together. Raises FencedError or RejectedError; then
        only `close` may follow."""
        try:
            async with asyncio.timeout(self._seconds):
                await self._commit(outputs, offsets)
        except _FENCED:
            raise FencedError from None
        except TimeoutError:
            raise RejectedError("TimeoutError") from None
        except (KafkaError, AssertionError) as error:
            # A producer that died answers with the breach of its own states; its death says why.
            cause = self._death() or error
            if isinstance(cause, _FENCED):
                raise FencedError from None
            too_large = isinstance(cause, MessageSizeTooLargeError)
            raise RejectedError(type(cause).__name__, too_large=too_large) from None

    async def close(self) -> None:
        """Ends the producer in bounded time. A transaction that is open is aborted where the broker answers; else the
        next InitProducerId under this name does that, or the broker by itself after its time."""
        producer, self._producer = self._producer, None
        if producer is None:
            return
        if self._in_transaction and self._death_of(producer) is None:
            with suppress(KafkaError, AssertionError, TimeoutError):
                async with asyncio.timeout(_ABORT_SECONDS):
                    await producer.abort_transaction()
        await _dispose(producer)

    @property
    def _live(self) -> AIOKafkaProducer:
        if self._producer is None:
            raise RejectedError("closed")
        return self._producer

    async def _commit(self, outputs: Iterable[Output], offsets: Mapping[TopicPartition, int]) -> None:
        producer = self._live
        await producer.begin_transaction()
        self._in_transaction = True
        await _sent(producer, outputs)
        if offsets:
            await producer.send_offsets_to_transaction(dict(offsets), self._group)
        await producer.commit_transaction()
        self._in_transaction = False

    def _death(self) -> BaseException | None:
        return None if self._producer is None else self._death_of(self._producer)

    @staticmethod
    def _death_of(producer: AIOKafkaProducer) -> BaseException | None:
        task = producer._sender.sender_task
        if task is None or not task.done() or task.cancelled():
            return None
        error: BaseException | None = task.exception()
        return error.__cause__ or error if error is not None else None


async def _sent(producer: AIOKafkaProducer, outputs: Iterable[Output]) -> None:
    """Returns once every record is acknowledged; raises what refused the first that was not."""
    answers: list[asyncio.Future[object]] = []
    try:
        for topic, partition, batch in _batches(producer, outputs):
            answers.append(await producer.send_batch(batch, topic, partition=partition))
    finally:
        # Every answer is taken, so that none is reported as forgotten; the first failure is raised below.
        results = await asyncio.gather(*answers, return_exceptions=True)
    for result in results:
        if isinstance(result, BaseException):
            raise result


def _batches(producer: AIOKafkaProducer, outputs: Iterable[Output]) -> list[tuple[str, int, object]]:
    """Returns the records in batches, in their order within each partition."""
    done: list[tuple[str, int, object]] = []
    open_: dict[tuple[str, int], object] = {}
    for one in outputs:
        place = (one.topic, one.partition)
        batch = open_.get(place)
        if batch is None or _append(batch, one) is None:
            # What is too large for any batch is the only record of its own: a batch takes its first whatever its size.
            batch = open_[place] = producer.create_batch()
            _append(batch, one)
            done.append((*place, batch))
    return done


def _append(batch: object, one: Output) -> object:
    return batch.append(timestamp=None, key=one.key, value=one.value, headers=list(one.headers))  # type: ignore[attr-defined]


async def _dispose(producer: AIOKafkaProducer) -> None:
    """Closes a producer. Its own `stop` waits until all that was sent is acknowledged, for ever where the broker is
    away: its sender is ended before."""
    with suppress(KafkaError, AssertionError, TimeoutError, OSError):
        async with asyncio.timeout(_CLOSE_SECONDS):
            await producer._sender.close()
    with suppress(KafkaError, TimeoutError, OSError):
        async with asyncio.timeout(_CLOSE_SECONDS):
            await producer.stop()
    await producer.client.close()
