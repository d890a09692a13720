"""What a worker keeps from one membership of its group to the next: the catalog, the memory, the counts."""

import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from secrets import token_bytes
from time import monotonic
from typing import Any, Final
from uuid import uuid4

from aiokafka import TopicPartition

from observer import metrics
from observer.catalog import Catalog
from observer.clock import Clock
from observer.consent.proof import Prover
from observer.engine import Chunk, Limits, Memory, remember
from observer.loader import Holder, example_folder, limits_of
from observer.metrics import Metric
from observer.model import Distribution
from observer.settings import Settings
from observer.settings.proof_keys import proof_keys
from observer.sinks.totals import Totals
from streams.clients import Clients
from streams.connection import client_arguments
from streams.fold import fold_counters
from streams.naming import OwnTopics
from streams.outgoing import Judged, Writing
from streams.pacing import Pace
from streams.position import Ends
from streams.reading import Read, read
from streams.recalling import Recalling
from streams.registry import Registry
from streams.wire import framed, unwrap_json

RESULTS: Final = ("committed", "aborted", "fenced")


class Work:
    """One worker process: how it judges, what it remembers, what it has counted."""

    def __init__(
        self, settings: Settings, holder: Holder, clock: Clock, clients: Clients, worker: str
    ) -> None:
        self.settings = settings
        self.holder = holder
        self.clock = clock
        self.clients = clients
        self.worker = worker
        self.topics = OwnTopics.of(settings)
        limits = settings.limits
        self.memory = Memory(
            limits.duplicate_window, limits.cache_entries, limits.choices_remembered, token_bytes(32)
        )
        self.limits = Limits(
            settings.clock_tolerance_seconds,
            settings.metrics.rules_per_contract,
            Prover(proof_keys(settings, make=True)[0]),
            leak_share=settings.leaks.share,
        )
        self.totals = Totals()
        self.pace = Pace(settings.kafka.chunk_records)
        registry = settings.kafka.registry
        self._registry = Registry(registry) if registry.url is not None else None
        self.paused: set[str] = set()
        """Sources that are not read for now."""
        self.commands_upto: dict[int, int] = {}
        """Up to which offset of each partition of the commands `paused` holds what they say."""
        self.started = clock.now()
        self._recalling = Recalling(
            clients.reader, settings.limits.duplicate_window, settings.kafka.request_seconds
        )
        self._upto: dict[tuple[str, str], int] = {}

    @property
    def catalog(self) -> Catalog:
        """The catalog in force."""
        return self.holder.catalog

    def adopt(self) -> None:
        """Makes every series that the catalog in force declares exist."""
        self.totals.declare(self.catalog)
        for metric, labels in kafka_counters(self.catalog):
            self.totals.count(metric, labels, 0)

    def writing(self, partitions: dict[str, int]) -> Writing:
        """Returns where records go. partitions: of each topic that we write."""
        return Writing(self.topics, partitions, self.worker)

    def settled(self, source: str, partition: str, judged: Judged) -> None:
        """Takes what a committed chunk came to."""
        self.memory.learn(source, partition, judged.result.learned, judged.now)
        self.memory.learn_values(source, partition, judged.result.learned_values, judged.now)
        self.memory.learn_choices(source, partition, judged.result.learned_choices)
        self._upto[source, partition] = judged.next
        self.totals.add(judged.result)

    def remembers(self, source: str, partition: str, position: int) -> bool:
        """Returns whether the memory holds the events before a position."""
        return self._upto.get((source, partition)) == position

    async def remember(self, source: str, place: TopicPartition, position: int, ends: Ends) -> None:
        """Reads the ids of the events before a position. Raises KafkaError or TimeoutError."""
        partition = f"{place.topic}/{place.partition}"

        async def learn(fetched: Sequence[Any]) -> int:
            records, refused = await self.read(place, fetched)
            at = fetched[-1].timestamp / 1000 if fetched else 0.0
            remember(Chunk(source, records, partition, refused), self.catalog, self.memory, at)
            return self.memory.recent(source, partition).position

        await self._recalling.recall(
            place, position, ends.first, lambda: self.forget(source, partition), learn
        )
        self._upto[source, partition] = position

    async def read(self, place: TopicPartition, fetched: Sequence[Any]) -> Read:
        """Returns records as the dialects read them. Raises BrokerError where the schema registry does not answer."""
        if self._registry is None:
            return read(fetched, place.topic, place.partition, unwrap_json)
        await self._registry.learn(
            one.value for one in fetched if one.value is not None and framed(one.value)
        )
        return read(fetched, place.topic, place.partition, self._registry.unwrap)

    def keep_only(self, partitions: set[tuple[str, str]]) -> None:
        """Forgets what is remembered of all others: they are another worker's now."""
        for source, partition in self._upto.keys() - partitions:
            self.forget(source, partition)

    def forget(self, source: str, partition: str) -> None:
        """Drops what is remembered of one partition."""
        self._upto.pop((source, partition), None)
        self.memory.forget(source, partition)

    @contextmanager
    def timing(self) -> Iterator[None]:
        """Measures one transaction."""
        begun = monotonic()
        try:
            yield
        finally:
            self._observe(metrics.TRANSACTION_SECONDS, monotonic() - begun)

    def _observe(self, metric: Metric, seconds: float) -> None:
        counts = [0] * (len(metric.buckets) + 1)
        counts[sum(seconds > bound for bound in metric.buckets)] = 1
        self.totals.observe((metric.name, ()), Distribution(counts, seconds))


def begin(settings: Settings, clock: Clock, index: int) -> Work:
    """Returns what worker `index` begins with. Raises CatalogError, BrokerError.

    Its name is its own, on this machine and on all others, and another after each start: by it Faust reads the
    commands, which each worker must read whole.
    """
    holder = Holder(settings.catalog or example_folder(), clock, limits_of(settings))
    name = f"{settings.kafka.application}-{socket.gethostname()}-{index}-{uuid4().hex[:8]}"
    return Work(
        settings, holder, clock, Clients(settings.kafka, client_arguments(settings.kafka), name), name
    )


def kafka_counters(catalog: Catalog) -> Iterator[tuple[Metric, tuple[str, ...]]]:
    """Yields the counters of a worker, each to be there from the start."""
    yield from fold_counters()
    yield metrics.REBALANCES, ()
    for result in RESULTS:
        yield metrics.TRANSACTIONS, (result,)
    for source in catalog.sources:
        yield metrics.REMOVED_UNREAD, (source,)


def told(error: BaseException) -> str:
    """Returns the kind of an error: its words may hold what it failed on."""
    return type(error).__name__
