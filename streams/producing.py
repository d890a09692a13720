"""The collector's way to Kafka: each request is one record, answered once all copies of its topic have it."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import sha256
from typing import Any, Final

import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError, MessageSizeTooLargeError

from observer import metrics
from observer.catalog import Catalog, Source
from observer.errors import BrokerError, ObserverError, OverloadedError, Problem, TooLargeError, literal
from observer.messages import Words
from observer.model import Decoded, Record, Undecodable
from observer.settings import Settings
from observer.sources.forward import CountOne, first_topic
from observer.sources.receipt import Receipt
from streams.clients import Clients
from streams.connection import client_arguments
from streams.reading import PATH, RECEIVED
from streams.topic_admin import administering

LOOK_SECONDS: Final = 2.0
"""How often the brokers are asked whether they are there."""

_REBUILD_SECONDS: Final = 0.2
"""Between two producers, so that what brokers reject again and again does not keep us busy with it."""
_ANSWER_SECONDS: Final = 5.0
_STOP_SECONDS: Final = 5.0
_THREAD_FROM_BYTES: Final = 200_000
_LIMIT: Final = "max.message.bytes"
_MARGIN: Final = 500
_TO_KEY: Final = 32

log = structlog.get_logger(__name__)


class Producing:
    """Produces requests, idempotently and with acks=all. A record that a broker rejects for good leaves a hole in the
    sequence of its partition, after which nothing of that producer is taken: another one takes its place.

    What came too late for its answer may be written all the same. Its sender tries again, and the workers tell the
    second copy as a duplicate.
    """

    def __init__(self, settings: Settings, catalog: Callable[[], Catalog], count: CountOne) -> None:
        """Connects to nothing. Raises BrokerError where a file of TLS cannot be read."""
        self._settings, self._catalog, self._count = settings, catalog, count
        self._seconds = settings.kafka.produce_seconds
        application = settings.kafka.application
        self._clients = Clients(settings.kafka, client_arguments(settings.kafka), f"{application}-collector")
        self._limits: dict[str, int] = {}
        self._producer: AIOKafkaProducer | None = None
        self._outstanding: dict[asyncio.Future[Any], AIOKafkaProducer] = {}
        self._entering = 0
        self._bytes = 0
        self._stopping = False
        self._broken = asyncio.Event()
        self._watching: asyncio.Task[None] | None = None
        self.answers = False

    @property
    def waiting(self) -> int:
        """Requests that no broker acknowledged yet."""
        return len(self._outstanding) + self._entering

    @property
    def full(self) -> bool:
        """Whether the next request would be refused, since too much waits."""
        limits = self._settings.limits
        return self.waiting >= limits.queue_requests or self._bytes >= limits.queue_bytes

    @property
    def alive(self) -> bool:
        """Whether the brokers are being asked."""
        return self._watching is not None and not self._watching.done()

    async def start(self) -> None:
        """Returns once requests can be taken. Raises BrokerError where the brokers cannot be reached, refuse us, or
        lack the topic of a source."""
        await self._look()
        missing = [topic for topic in self._wanted() if topic not in self._limits]
        if missing:
            raise BrokerError(_no_topic(topic) for topic in missing)
        try:
            async with asyncio.timeout(self._settings.kafka.request_seconds):
                await self._open()
        except (KafkaError, TimeoutError) as error:
            problem = Problem(
                "kafka.bootstrap", Words("streams.expect_accepted"), literal(type(error).__name__)
            )
            raise BrokerError(problem) from None
        self._watching = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        """Returns once nothing is taken and what waits is acknowledged, or given up after five seconds."""
        self._stopping = True
        if self._watching is not None:
            self._watching.cancel()
            with suppress(asyncio.CancelledError):
                await self._watching
        await self._close()

    async def submit(self, source: str, record: Record) -> Receipt:
        """Returns the receipt of a record once all copies of its partition have it. Raises OverloadedError where the
        brokers are away or too much waits, TooLargeError, ObserverError where they refuse it."""
        declared = self._catalog().sources.get(source)
        topic = first_topic(declared) if declared is not None else ""
        if declared is None or topic not in self._limits:
            self._count(metrics.PRODUCE_FAILURES, ("refused",))
            raise ObserverError(_no_topic(topic or source))
        decoded = await _decoded(declared, record)
        key, headers = key_of(decoded), headers_of(record)
        size = _size(record, key, headers)
        if size > _largest(self._limits[topic]):
            raise self._too_large(topic)
        await self._produced(topic, record.value or b"", key, headers, size)
        self._count(metrics.PRODUCED, (source,))
        alone = decoded[0] if len(decoded) == 1 else None
        return Receipt(len(decoded), alone.reason if isinstance(alone, Undecodable) else "")

    async def _produced(
        self, topic: str, value: bytes, key: bytes | None, headers: list[tuple[str, bytes]], size: int
    ) -> None:
        if self._stopping or self.full:
            raise self._overloaded("full", "collector.queue_full")
        producer = self._producer
        if producer is None:
            raise self._overloaded("away", "collector.kafka_silent")
        try:
            async with asyncio.timeout(self._seconds):
                sent = await self._handed_over(producer, topic, value, key, headers, size)
                await asyncio.wait([sent])
        except TimeoutError:
            self.answers = False
            raise self._overloaded("away", "collector.kafka_silent") from None
        except KafkaError as error:
            raise self._rejected(producer, topic, error) from None
        if sent.cancelled():
            raise self._overloaded("away", "collector.kafka_silent")
        if (reason := sent.exception()) is not None:
            raise self._rejected(producer, topic, reason) from None
        self.answers = True

    async def _handed_over(
        self,
        producer: AIOKafkaProducer,
        topic: str,
        value: bytes,
        key: bytes | None,
        headers: list[tuple[str, bytes]],
        size: int,
    ) -> asyncio.Future[Any]:
        """Returns what is done once the record is acknowledged. Its bytes count until then, whoever still waits."""
        self._entering += 1
        self._bytes += size
        try:
            sent: asyncio.Future[Any] = await producer.send(topic, value, key, headers=headers)
        except BaseException:
            self._bytes -= size
            raise
        finally:
            self._entering -= 1
        self._outstanding[sent] = producer

        def leave(done: asyncio.Future[Any]) -> None:
            del self._outstanding[done]
            self._bytes -= size
            if not done.cancelled():
                done.exception()

        sent.add_done_callback(leave)
        return sent

    def _rejected(self, producer: AIOKafkaProducer, topic: str, error: BaseException) -> ObserverError:
        if producer is self._producer and not self._broken.is_set():
            log.warning("producer to be replaced", topic=topic, reason=type(error).__name__)
            self._broken.set()
        if isinstance(error, MessageSizeTooLargeError):
            return self._too_large(topic)
        self._count(metrics.PRODUCE_FAILURES, ("refused",))
        return ObserverError(Problem(topic, Words("streams.expect_accepted"), literal(type(error).__name__)))

    def _too_large(self, topic: str) -> TooLargeError:
        self._count(metrics.PRODUCE_FAILURES, ("too_large",))
        limit = _largest(self._limits.get(topic, 0))
        expected = Words("declaration.at_most", {"bound": limit})
        return TooLargeError(Problem(topic, expected, Words("collector.queue_full")), limit)

    def _overloaded(self, why: str, got: str) -> OverloadedError:
        self._count(metrics.PRODUCE_FAILURES, (why,))
        expected = Words("collector.kafka_expected")
        return OverloadedError(Problem("collector", expected, Words(got)), 1 if why == "full" else 5)

    async def _watch(self) -> None:
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._broken.wait(), LOOK_SECONDS)
            try:
                await self._tend()
            except (ObserverError, KafkaError, TimeoutError, OSError) as error:
                self.answers = False
                reason = error.told() if isinstance(error, ObserverError) else type(error).__name__
                log.warning("brokers do not answer", reason=reason)
                await asyncio.sleep(_REBUILD_SECONDS)

    async def _tend(self) -> None:
        if self._broken.is_set() or self._producer is None:
            await self._close()
            await asyncio.sleep(_REBUILD_SECONDS)
            await self._look()
            async with asyncio.timeout(self._settings.kafka.request_seconds):
                await self._open()
            self._broken.clear()
            return
        async with asyncio.timeout(_ANSWER_SECONDS):
            self.answers = bool(await self._producer.client.force_metadata_update())
        if self.answers and any(topic not in self._limits for topic in self._wanted()):
            await self._look()

    def _wanted(self) -> list[str]:
        found = (first_topic(source) for source in self._catalog().sources.values())
        return sorted({topic for topic in found if topic})

    async def _look(self) -> None:
        """Learns what the topics of the sources take."""
        wanted = set(self._wanted())
        async with administering(self._settings.kafka) as admin:
            seen = await admin.look(wanted.__contains__)
        self._limits = {name: int(topic.configuration[_LIMIT]) for name, topic in seen.topics.items()}

    async def _open(self) -> None:
        producer = self._clients.sender(min(self._limits.values(), default=0))
        try:
            await producer.start()
        except BaseException:
            await _stopped(producer)
            raise
        self._producer, self.answers = producer, True

    async def _close(self) -> None:
        """Ends the producer. What it has not got through by then is answered with 503."""
        producer, self._producer = self._producer, None
        if producer is None:
            return
        await _stopped(producer)
        for sent in [sent for sent, one in self._outstanding.items() if one is producer]:
            sent.cancel()


def key_of(decoded: Sequence[Decoded]) -> bytes | None:
    """Returns a key that is the same for all events of a person, and no id: of the anonymous id of the first event,
    else of its user id; None where it has neither."""
    first = decoded[0]
    person = "" if isinstance(first, Undecodable) else first.anonymous_id or first.user_id
    if not person:
        return None
    return sha256(person.encode("utf-8", "surrogatepass")).hexdigest()[:_TO_KEY].encode()


def headers_of(record: Record) -> list[tuple[str, bytes]]:
    """Returns what `streams.reading` makes the same record of: the headers, when it was received, its path."""
    ours = {RECEIVED: "" if record.received is None else repr(record.received), PATH: record.path}
    headers = {**record.headers, **{name: value for name, value in ours.items() if value}}
    return [(name, value.encode("utf-8", "surrogateescape")) for name, value in headers.items()]


async def _decoded(source: Source, record: Record) -> Sequence[Decoded]:
    if len(record.value or b"") > _THREAD_FROM_BYTES:
        return await asyncio.to_thread(source.dialect.decode, record)
    return source.dialect.decode(record)


def _size(record: Record, key: bytes | None, headers: list[tuple[str, bytes]]) -> int:
    around = sum(len(name) + len(value) + 10 for name, value in headers)
    return len(record.value or b"") + len(key or b"") + around


def _largest(limit: int) -> int:
    """Returns how large a record may be where a batch may have `limit` bytes: the batch has a head of its own."""
    return limit - limit // 100 - _MARGIN


def _no_topic(topic: str) -> Problem:
    return Problem(
        topic,
        Words("streams.topics.there"),
        Words("declaration.came.nothing"),
        mend=Words("streams.topics.mend_source"),
    )


async def _stopped(producer: AIOKafkaProducer) -> None:
    """Stops a producer in bounded time, and closes its connections whatever comes of that."""
    stopping = asyncio.create_task(producer.stop())
    await asyncio.wait([stopping], timeout=_STOP_SECONDS)
    stopping.cancel()
    with suppress(asyncio.CancelledError, KafkaError, OSError):
        await stopping
    await producer.client.close()
