"""Workers on a real broker: every event has exactly one verdict, whatever dies."""

import asyncio
import json

import pytest

from observer.engine import Chunk, Memory, observe
from observer.loader import load
from observer.model import Record
from tests.benchmarks.samples import NOW, samples, segment_order
from tests.kafka.workers import Company, Worker, tiles

pytestmark = pytest.mark.kafka


def orders(count: int, begin: int = 0) -> list[bytes]:
    """Orders of which each tenth breaks its contract."""
    return [
        order.replace(b'"total":293.8', b'"total":"dear"') if number % 10 == 0 else order
        for number, order in ((number, segment_order(number)) for number in range(begin, begin + count))
    ]


async def test_verdicts_are_those_of_the_engine(company: Company) -> None:
    made = {
        sample.source: [sample.make(number).value or b"" for number in range(20)]
        for sample in samples().values()
        if not sample.make(0).path and not sample.make(0).headers
    }
    spoilt: list[bytes | None] = [
        b"",
        None,
        b"\xff\xfe",
        b"{",
        b"[]",
        b'{"type":"track"}',
        b"null",
        b"\x00\x00\x00\x00\x07{}",
    ]
    await company.make_topics(dict.fromkeys(made, 1))
    catalog, expected = load(company.schemas), dict.fromkeys(("valid",), 0)
    for source, values in made.items():
        # Twice the same: the second ones are duplicates.
        every = [*values, *values, *spoilt]
        await company.produce(source, every)
        framed = b"\x00\x00\x00\x00\x07{}"
        records = [Record(value if value != framed else b"{}", timestamp=NOW) for value in every]
        for verdict, number in observe(Chunk(source, records), catalog, Memory(), NOW).verdicts.items():
            expected[verdict.value] = expected.get(verdict.value, 0) + number
    with Worker(company) as worker:
        found = await company.until_events(sum(expected.values()))
        assert {name: number for name, number in found.items() if number} == {
            name: number for name, number in expected.items() if number
        }
        await asyncio.sleep(0.2)
        assert worker.value("martech_events_total") == sum(expected.values())
        assert worker.stop() == 0
    kept = await company.quarantined()
    assert (
        len(kept)
        == len(set(kept))
        == sum(
            expected[name]
            for name in ("undecodable", "unknown_contract", "unvalidated", "invalid")
            if name in expected
        )
    )


async def test_a_killed_worker_loses_nothing_and_doubles_nothing(company: Company) -> None:
    await company.make_topics({"web-shop": 2})
    for partition in (0, 1):
        await company.produce("web-shop", orders(3_000, 3_000 * partition), partition)
    with Worker(company) as first:
        for _ in range(1_000):
            if await company.verdicts():
                break
        first.kill()
    for partition in (0, 1):
        # The first that were judged come again: a worker that knows nothing of them would find them valid.
        await company.produce("web-shop", orders(500, 3_000 * partition), partition)
        await company.produce("web-shop", orders(1_500, 10_000 * (partition + 1)), partition)
    with Worker(company) as second:
        verdicts = await company.until_events(10_000)
        assert second.stop() == 0
    assert verdicts["duplicate"] == 1_000
    for ranges in (await company.ledger()).values():
        assert tiles(ranges)
        assert sum(one.events for one in ranges) == 5_000
    kept = await company.quarantined()
    assert len(kept) == len(set(kept)) == verdicts["invalid"] == 900


async def test_workers_join_and_leave_under_load(company: Company) -> None:
    await company.make_topics({"web-shop": 4})

    async def produce(begin: int, end: int) -> None:
        for number in range(begin, end):
            for partition in range(4):
                await company.produce(
                    "web-shop", orders(500, 1_000_000 * partition + 500 * number), partition
                )

    await produce(0, 2)
    with Worker(company) as first, Worker(company) as second:
        producing = asyncio.create_task(produce(2, 10))
        await asyncio.to_thread(first.until_ready)
        await asyncio.to_thread(second.until_ready)
        with Worker(company) as third:
            await asyncio.to_thread(third.until_ready)
            await producing
            assert await asyncio.to_thread(third.stop) == 0
        await produce(10, 11)
        verdicts = await company.until_events(4 * 11 * 500)
        assert {await asyncio.to_thread(one.stop) for one in (first, second)} == {0}
    assert verdicts == {**dict.fromkeys(verdicts, 0), "valid": 4 * 11 * 450, "invalid": 4 * 11 * 50}
    ledger = await company.ledger()
    assert all(tiles(ranges) for ranges in ledger.values())
    kept = await company.quarantined()
    assert len(kept) == len(set(kept)) == 4 * 11 * 50


async def test_a_source_that_is_paused_is_left_alone_until_it_is_resumed(company: Company) -> None:
    await company.make_topics({"web-shop": 1, "tills": 1})
    with Worker(company) as worker:
        await asyncio.to_thread(worker.until_ready)
        await _told(company, "pause", "web-shop")
        for _ in range(100):
            if worker.value("martech_source_paused", source="web-shop") == 1:
                break
            await asyncio.sleep(0.1)
        await company.produce("web-shop", orders(10))
        await company.produce("tills", [b"{}"])
        await company.until_events(1)
        status, said = worker.get("/readyz")
        assert (status, json.loads(said)["paused"]) == (503, ["web-shop"])
        worker.kill()
    with Worker(company) as restarted:
        await asyncio.sleep(6)
        await company.until_events(1)
        await _told(company, "resume", "web-shop")
        await company.until_events(11)
        assert restarted.stop() == 0


async def _told(company: Company, *arguments: str) -> None:
    import sys

    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "observer", "stream", *arguments, "--config", str(company.config)
    )
    assert await process.wait() == 0
