"""Chunks as ingest tells of them, without ingest: seeded, in real transactions, and read back by an oracle of its own."""

import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from observer.engine import Result
from observer.model import Rollup, RollupKey, Verdict
from observer.settings import Settings
from observer.store import Reader
from observer.windows.merge import Resolution
from streams.records import encode_chunk, encode_watermark, rollup_partition
from tests.kafka.topics import make_topic

NOW = 4_000_000_000.0
"""Far ahead, so that no window of these is old enough to become an hour."""
MINUTE = int(NOW // 60)
PARTITIONS = 3
"""Of the rollups and of the ledger."""
INPUTS = (("shop", 0), ("shop", 1), ("till", 0))

Windows = dict[tuple[str, str, int], dict[str, float]]


class Chunk(NamedTuple):
    """What one chunk came to, and its range."""

    topic: str
    partition: int
    first: int
    next: int
    result: Result


class Expected(NamedTuple):
    """What the oracle found in the topics. events, records: by input partition; newest: by subject."""

    windows: Windows
    newest: dict[tuple[str, str], float]
    ranges: dict[tuple[str, int], list[tuple[int, int]]]
    events: dict[tuple[str, int], int]


def settings_of(bootstrap: str, prefix: str, state: Any, url: str | None = None, **kafka: Any) -> Settings:
    """Returns settings of a small installation whose names are this test's alone."""
    asked = {
        "bootstrap": bootstrap, "prefix": prefix, "application": prefix.rstrip("."), "rollup_partitions": PARTITIONS,
        "session_seconds": 6, "request_seconds": 10, "rebalance_seconds": 6,
    }  # fmt: skip
    return Settings.model_validate({"state": state, "kafka": asked | kafka, "store": {"url": url}})


def chunks(number: int, seed: int, start: Mapping[tuple[str, int], int] = {}) -> Iterator[Chunk]:
    """Yields chunks of several input partitions that tile, with gaps in their offsets as control records leave them."""
    chance = random.Random(seed)
    positions = {place: start.get(place, chance.randrange(1000)) for place in INPUTS}
    for _ in range(number):
        place = chance.choice(INPUTS)
        first = positions[place]
        events = chance.randrange(1, 400)
        positions[place] = first + events + chance.randrange(3)
        yield Chunk(*place, first, positions[place], result(chance, events))


def result(chance: random.Random, events: int) -> Result:
    """Returns a made-up result: a handful of subjects over some minutes. Seconds are exact in binary, as sums are."""
    verdicts = dict.fromkeys(Verdict, 0)
    rollups: dict[RollupKey, Rollup] = {}
    newest: dict[tuple[str, str], float] = {}
    for _ in range(events):
        verdict = chance.choice(tuple(Verdict))
        verdicts[verdict] += 1
        minute = MINUTE - 2 - chance.randrange(6)
        for subject in (
            ("source", chance.choice("ab")),
            ("contract", chance.choice("xyz")),
            ("tool", "_other"),
        ):
            rollup = rollups.setdefault((*subject, minute), {})
            rollup[f"verdict/{verdict}"] = rollup.get(f"verdict/{verdict}", 0.0) + 1
            rollup["latency_sum/s"] = rollup.get("latency_sum/s", 0.0) + chance.randrange(4096) / 1024
            newest[subject] = max(newest.get(subject, 0.0), minute * 60.0 + chance.randrange(60))
    return Result(
        events, verdicts, counts={}, histograms={}, newest=newest, rollups=rollups, kept=(), learned=(), unreadable={},
        sizes=[1] * events,
    )  # fmt: skip


class Ingest:
    """Stands for the workers that judge: one transaction a chunk, as they send it. Use as a context."""

    def __init__(self, settings: Settings, name: str = "ingest") -> None:
        self.settings = settings
        self.rollups, self.ledger = settings.kafka.prefix + "rollups", settings.kafka.prefix + "ledger"
        self._producer = AIOKafkaProducer(
            bootstrap_servers=settings.kafka.bootstrap,
            transactional_id=settings.kafka.prefix + name,
            linger_ms=2,
        )

    async def __aenter__(self) -> "Ingest":
        await self._producer.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._producer.stop()

    async def make_topics(self) -> None:
        """Makes both topics."""
        for name in (self.rollups, self.ledger):
            await make_topic(self.settings.kafka.bootstrap, name, partitions=PARTITIONS)

    async def tell(self, told: Iterable[Chunk], *, abort: bool = False) -> None:
        """Sends chunks, each in a transaction that is committed, or aborted."""
        for chunk in told:
            await self._producer.begin_transaction()
            sent = [
                await self._producer.send(topic, value, key, partition=partition)
                for topic, partition, key, value in self.routed(chunk)
            ]
            for one in sent:
                await one
            await (self._producer.abort_transaction() if abort else self._producer.commit_transaction())

    async def idle(self, place: tuple[str, int], position: int, time: float) -> None:
        """Says the watermark of an idle partition."""
        _, key, value = encode_watermark(*place, position, position, time, NOW)
        for partition in range(PARTITIONS):
            await self.raw(self.rollups, partition, key, value)

    async def raw(self, topic: str, partition: int, key: bytes | None, value: bytes | None) -> None:
        """Sends any bytes."""
        await self._producer.begin_transaction()
        await (await self._producer.send(topic, value, key, partition=partition))
        await self._producer.commit_transaction()

    def routed(self, chunk: Chunk) -> Iterator[tuple[str, int, bytes, bytes]]:
        """Yields the records of a chunk and where each goes."""
        watermark = max(chunk.result.newest.values(), default=NOW)
        told = encode_chunk(chunk.result, *chunk[:4], "digest", "worker", NOW, watermark)
        for kind, key, value in told:
            if kind == "watermarks":
                for partition in range(PARTITIONS):
                    yield self.rollups, partition, key, value
            else:
                topic = self.rollups if kind == "rollups" else self.ledger
                yield topic, rollup_partition(key, PARTITIONS), key, value


async def topic_values(bootstrap: str, topic: str) -> list[tuple[bytes | None, bytes | None]]:
    """Returns every committed record of a topic: key and value."""
    consumer = AIOKafkaConsumer(
        topic, bootstrap_servers=bootstrap, isolation_level="read_committed", auto_offset_reset="earliest"
    )
    await consumer.start()
    try:
        found = []
        ends = await consumer.end_offsets(list(consumer.assignment()))
        while any([await consumer.position(place) < end for place, end in ends.items()]):
            for records in (await consumer.getmany(timeout_ms=200)).values():
                found += [(record.key, record.value) for record in records]
        return found
    finally:
        await consumer.stop()


async def oracle(settings: Settings) -> Expected:
    """Reads both topics back and adds up what they say, with nothing of the fold's code."""
    kafka = settings.kafka
    windows: Windows = {}
    newest: dict[tuple[str, str], float] = {}
    for _, value in await topic_values(kafka.bootstrap, kafka.prefix + "rollups"):
        told = json.loads(value or b"{}")
        if told["kind"] != "rollup":
            continue
        subject = (told["family"], told["key"])
        newest[subject] = max(newest.get(subject, 0.0), told["newest"])
        for minute, measures in told["minutes"].items():
            window = windows.setdefault((*subject, int(minute) * 60), {})
            for measure, number in measures.items():
                window[measure] = window.get(measure, 0.0) + number
    ranges: dict[tuple[str, int], list[tuple[int, int]]] = {}
    events: dict[tuple[str, int], int] = {}
    for _, value in await topic_values(kafka.bootstrap, kafka.prefix + "ledger"):
        told = json.loads(value or b"{}")
        place = (told["topic"], told["partition"])
        ranges.setdefault(place, []).append((told["first"], told["next"]))
        events[place] = events.get(place, 0) + sum(told["verdicts"].values())
    return Expected(windows, newest, {place: sorted(found) for place, found in ranges.items()}, events)


def stored(reader: Reader) -> Expected:
    """Returns what the store holds, in the same shape."""
    ranges: dict[tuple[str, int], list[tuple[int, int]]] = {}
    events: dict[tuple[str, int], int] = {}
    for row in reader.ledger():
        place = (row.topic, row.partition)
        ranges.setdefault(place, []).append((row.first, row.next))
        events[place] = events.get(place, 0) + sum(row.verdicts.values())
    read = reader.readings(0.0, 1e12, 60)
    windows = {key: dict(rollup) for key, rollup in reader.windows(Resolution.MINUTE).items()}
    return Expected(windows, dict(read.last_seen), ranges, events)


def total(told: Sequence[Chunk]) -> int:
    """Returns how many events chunks hold."""
    return sum(chunk.result.received for chunk in told)


def tiles(ranges: Mapping[tuple[str, int], Sequence[tuple[int, int]]]) -> bool:
    """Returns whether the ranges of each partition follow each other without hole or overlap."""
    return all(before[1] == behind[0] for found in ranges.values() for before, behind in pairwise(found))
