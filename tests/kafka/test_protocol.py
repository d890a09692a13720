"""The rules of streams/transactions.py, each on a real broker."""

import asyncio
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from streams.transactions import FencedError, Output, RejectedError, Transactions
from tests.benchmarks.samples import segment_order
from tests.kafka.topics import make_topic
from tests.kafka.workers import Company, Worker, tiles

pytestmark = pytest.mark.kafka


class Place:
    """An output topic, an input partition and a group, of one test."""

    def __init__(self, bootstrap: str, prefix: str) -> None:
        self.bootstrap, self.group = bootstrap, f"{prefix}group"
        self.out, self.input = f"{prefix}out", TopicPartition(f"{prefix}in", 0)

    async def make(self, **settings: str) -> None:
        named = {name.replace("_", "."): value for name, value in settings.items()}
        await make_topic(self.bootstrap, self.out, partitions=2, settings=named)
        await make_topic(self.bootstrap, self.input.topic)

    async def transactions(self, batch: int = 900_000) -> Transactions:
        found = Transactions(
            lambda: AIOKafkaProducer(
                bootstrap_servers=self.bootstrap, transactional_id=f"{self.group}-0",
                transaction_timeout_ms=5_000, max_batch_size=batch,
            ),
            self.group,
            5.0,
        )  # fmt: skip
        await found.start(10.0)
        return found

    def outputs(self, *values: bytes) -> list[Output]:
        return [Output(self.out, number % 2, None, value) for number, value in enumerate(values)]

    async def committed(self) -> tuple[list[bytes], int | None]:
        """Returns what a reader of committed records sees, and the group's offset."""
        consumer = AIOKafkaConsumer(
            self.out, bootstrap_servers=self.bootstrap, auto_offset_reset="earliest",
            isolation_level="read_committed",
        )  # fmt: skip
        member = AIOKafkaConsumer(
            bootstrap_servers=self.bootstrap, group_id=self.group, enable_auto_commit=False
        )
        await consumer.start()
        await member.start()
        try:
            found: list[Any] = []
            for _ in range(3):
                for records in (await consumer.getmany(timeout_ms=300)).values():
                    found += [record.value for record in records]
            return sorted(found), await member.committed(self.input)
        finally:
            await consumer.stop()
            await member.stop()


@pytest.fixture
def place(bootstrap: str, prefix: str) -> Place:
    return Place(bootstrap, prefix)


async def test_outputs_and_offset_are_committed_together(place: Place) -> None:
    await place.make()
    one = await place.transactions()
    await one.commit(place.outputs(b"a", b"b", b"c"), {place.input: 3})
    await one.commit([], {place.input: 4})
    await one.commit(place.outputs(b"d"), {})
    await one.close()
    assert await place.committed() == ([b"a", b"b", b"c", b"d"], 4)


async def test_where_one_send_fails_nothing_is_committed(place: Place) -> None:
    await place.make(max_message_bytes="1000")
    one = await place.transactions()
    with pytest.raises(RejectedError) as caught:
        await one.commit(place.outputs(b"small", b"x" * 5_000), {place.input: 2})
    assert caught.value.too_large
    await one.close()
    assert await place.committed() == ([], None)
    again = await place.transactions()
    await again.commit(place.outputs(b"small", b"described"), {place.input: 2})
    await again.close()
    assert await place.committed() == ([b"described", b"small"], 2)


async def test_a_batch_stays_below_what_the_topic_takes(place: Place) -> None:
    await place.make(max_message_bytes="2000")
    values = [b"%03d" % number + b"x" * 197 for number in range(60)]
    one = await place.transactions(batch=1_800)
    await one.commit(place.outputs(*values), {place.input: 60})
    await one.close()
    assert await place.committed() == (sorted(values), 60)


async def test_a_start_ends_what_was_left_open_and_fences_who_left_it(place: Place) -> None:
    await place.make()
    zombie = await place.transactions()
    await zombie.commit(place.outputs(b"before"), {place.input: 1})
    owner = await place.transactions()
    with pytest.raises(FencedError):
        await zombie.commit(place.outputs(b"by the zombie"), {place.input: 2})
    await owner.commit(place.outputs(b"by the owner"), {place.input: 2})
    # It stays fenced, and closing it disturbs nobody.
    with pytest.raises(FencedError):
        await zombie.commit(place.outputs(b"by the zombie again"), {place.input: 3})
    await zombie.close()
    await owner.commit(place.outputs(b"once more"), {place.input: 3})
    await owner.close()
    assert await place.committed() == ([b"before", b"by the owner", b"once more"], 3)


async def test_a_worker_that_wakes_as_a_zombie_commits_nothing_and_joins_anew(company: Company) -> None:
    await company.make_topics({"web-shop": 2})

    async def produce(begin: int) -> None:
        for partition in (0, 1):
            first = begin + 1_000_000 * partition
            values = [
                segment_order(number).replace(b'"total":293.8', b'"total":"dear"') if number % 10 == 0
                else segment_order(number)
                for number in range(first, first + 1_000)
            ]  # fmt: skip
            await company.produce("web-shop", values, partition)

    with Worker(company) as zombie:
        await asyncio.to_thread(zombie.until_ready)
        await produce(0)
        for _ in range(1_000):
            if await company.verdicts():
                break
        os.kill(zombie.process.pid, signal.SIGSTOP)
        await produce(1_000)
        with Worker(company) as owner:
            await company.until_events(4_000, seconds=60)
            os.kill(zombie.process.pid, signal.SIGCONT)
            await produce(2_000)
            await company.until_events(6_000, seconds=60)
            await asyncio.sleep(3)
            assert zombie.process.poll() is None, zombie.log
            assert {await asyncio.to_thread(one.stop) for one in (zombie, owner)} == {0}
    ledger = await company.ledger()
    assert all(tiles(ranges) for ranges in ledger.values())
    assert sum(one.events for ranges in ledger.values() for one in ranges) == 6_000
    kept = await company.quarantined()
    assert len(kept) == len(set(kept)) == 600


async def test_an_event_too_large_for_the_quarantine_is_described(
    tmp_path: Path, bootstrap: str, prefix: str
) -> None:
    company = Company(tmp_path, bootstrap, prefix)
    await company.make_topics({"web-shop": 1}, {"quarantine": {"max.message.bytes": "20000"}})
    large = (
        segment_order(1)
        .replace(b'"total":293.8', b'"total":"dear"')
        .replace(b"Merci", os.urandom(40_000).hex().encode())
    )
    small = segment_order(2).replace(b'"total":293.8', b'"total":"dear"')
    await company.produce("web-shop", [segment_order(0), large, small])
    with Worker(company) as worker:
        verdicts = await company.until_events(3)
        assert worker.stop() == 0
    assert (verdicts["valid"], verdicts["invalid"]) == (1, 2)
    records = await company.read(company.settings.kafka.prefix + "quarantine")
    described = [
        dict(record.headers).get("martech.described")
        for record in sorted(records, key=lambda one: one.offset)
    ]
    assert described == [b"too_large", None]
    assert worker.log.count("MessageSizeTooLargeError") == 1
