"""Several worker processes, the store that one of them folds into, and how they end."""

import asyncio
import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from observer.store import open_reader
from tests.benchmarks.samples import segment_order
from tests.kafka.broker import Broker, free_port
from tests.kafka.workers import Company, Worker, tiles

pytestmark = pytest.mark.kafka


def children(pid: int) -> list[int]:
    """Returns the worker processes of a supervisor: what else it started, as a tracker of resources, has another name."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(one) for one in found if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()]


def stored(company: Company) -> float:
    """Returns how many valid events the store knows of."""
    sources = open_reader(company.folder / "state", None).measures("source", 0, 2e9)
    return sum(measures.get("verdict/valid", 0) for measures in sources.values())


def alive(pid: int) -> bool:
    """Returns whether a process runs."""
    return Path(f"/proc/{pid}").exists()


async def test_a_process_that_dies_is_started_again_and_the_store_holds_every_event(
    tmp_path: Path, bootstrap: str, prefix: str
) -> None:
    company = Company(tmp_path, bootstrap, prefix, fold=True)
    await company.make_topics({"web-shop": 4})
    with Worker(company, "--workers", "2") as parent:
        await asyncio.to_thread(parent.until_ready)
        first = children(parent.process.pid)
        for partition in range(4):
            await company.produce(
                "web-shop", map(segment_order, range(2_000 * partition, 2_000 * partition + 2_000)), partition
            )
        os.kill(first[1], signal.SIGKILL)
        verdicts = await company.until_events(8_000)
        assert verdicts["valid"] == 8_000
        assert set(children(parent.process.pid)) != set(first)
        for _ in range(150):
            if stored(company) == 8_000:
                break
            await asyncio.sleep(0.1)
        assert stored(company) == 8_000
        assert parent.value("martech_fold_ledger_refusals_total") == 0
        begun = time.monotonic()
        assert parent.stop() == 0
        assert time.monotonic() - begun < company.settings.kafka.stop_seconds
    assert all(tiles(ranges) for ranges in (await company.ledger()).values())


async def test_a_worker_whose_parent_is_killed_ends_too(company: Company) -> None:
    await company.make_topics({"web-shop": 1})
    with Worker(company, "--workers", "2") as parent:
        await asyncio.to_thread(parent.until_ready)
        orphans = children(parent.process.pid)
        parent.kill()
        for _ in range(150):
            if not any(map(alive, orphans)):
                break
            await asyncio.sleep(0.1)
        assert not any(map(alive, orphans))


async def test_a_worker_ends_in_time_while_the_broker_is_away(tmp_path: Path, prefix: str) -> None:
    with Broker() as broker:
        company = Company(tmp_path, broker.bootstrap, prefix)
        await company.make_topics({"web-shop": 2})
        with Worker(company) as worker:
            await asyncio.to_thread(worker.until_ready)
            await company.produce("web-shop", map(segment_order, range(3_000)))
            broker.kill()
            begun = time.monotonic()
            code = worker.stop(30)
            took = time.monotonic() - begun
            assert (code, took < company.settings.kafka.stop_seconds) == (0, True), f"{took}: {worker.log}"


async def test_a_broker_that_is_away_for_long_costs_nothing(tmp_path: Path, prefix: str) -> None:
    with Broker() as broker:
        company = Company(tmp_path, broker.bootstrap, prefix)
        await company.make_topics({"web-shop": 2})
        for partition in (0, 1):
            values = map(segment_order, range(6_000 * partition, 6_000 * partition + 6_000))
            await company.produce("web-shop", values, partition)
        with Worker(company) as worker:
            for _ in range(1_000):
                if await company.verdicts():
                    break
            broker.kill()
            # Longer than a transaction and a session last.
            await asyncio.sleep(company.settings.kafka.session_seconds + 2)
            assert worker.process.poll() is None, worker.log
            broker.start()
            verdicts = await company.until_events(12_000)
            assert worker.stop() == 0
        assert verdicts["valid"] == 12_000
        for ranges in (await company.ledger()).values():
            assert tiles(ranges)


async def test_faust_itself_runs_a_worker_and_opens_no_port_of_its_own(company: Company) -> None:
    await company.make_topics({"web-shop": 1})
    port = free_port()
    kafka = company.settings.kafka
    chosen = {
        "MARTECH_CATALOG": str(company.schemas), "MARTECH_STATE": str(company.folder / "faust"),
        "MARTECH_PORT": str(port), "MARTECH_KAFKA__BOOTSTRAP": kafka.bootstrap,
        "MARTECH_KAFKA__PREFIX": kafka.prefix, "MARTECH_KAFKA__APPLICATION": kafka.application,
        "MARTECH_KAFKA__FOLD": "false",
    }  # fmt: skip
    bare = {name: value for name, value in os.environ.items() if not name.startswith("MARTECH_")}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "faust", "-A", "streams.app", "worker",
        env={**bare, **chosen}, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        await company.produce("web-shop", map(segment_order, range(10)))
        assert (await company.until_events(10, seconds=60))["valid"] == 10
        assert listening(process.pid) == {port}
    finally:
        process.terminate()
        await process.wait()


def listening(pid: int) -> set[int]:
    """Returns the TCP ports that a process listens on."""
    sockets = set()
    for one in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(OSError):
            sockets.add(os.readlink(one).removeprefix("socket:[").removesuffix("]"))
    rows = [line.split() for line in Path(f"/proc/{pid}/net/tcp").read_text().splitlines()[1:]]
    return {int(row[1].partition(":")[2], 16) for row in rows if row[3] == "0A" and row[9] in sockets}
