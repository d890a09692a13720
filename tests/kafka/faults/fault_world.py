"""A company on a broker with real workers beside it, each a command in a process group of its own."""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any, TypeAlias

import yaml
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError
from fault_events import Sent, traffic
from fault_oracle import (
    Expected,
    check_ledger,
    check_offsets,
    check_quarantine,
    check_rollups,
    check_store,
    expected,
    records_of,
)

from observer.errors import ObserverError
from observer.loader import load
from tests.kafka.topics import make_topic
from tests.running import EXAMPLE, free_port

SOURCE = "web-shop"
PARTITIONS = 4
HOURS_AGO = 3 * 3_600
SESSION_SECONDS = 6
START_SECONDS = 60
Make: TypeAlias = Callable[..., AbstractContextManager["World"]]
"""Broker's address, and what differs from the usual world."""


class Workers:
    """One `observer stream` command and the processes that it started."""

    def __init__(self, command: Sequence[str], port: int, log: Path) -> None:
        self.port = port
        self.log = log
        with log.open("ab") as out:
            self._process = subprocess.Popen(
                command, stdout=out, stderr=out, start_new_session=True, env=_environment()
            )

    @property
    def pid(self) -> int:
        """The process of the command."""
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether the command has not ended."""
        return self._process.poll() is None

    def until_started(self) -> None:
        """Returns once the command has said that it works: before, it can be told nothing."""
        until = time.monotonic() + START_SECONDS
        while b"worker started" not in self.log.read_bytes():
            assert self.running and time.monotonic() < until, f"the workers did not start:\n{self.told()}"
            time.sleep(0.1)

    def send(self, number: signal.Signals) -> None:
        """Sends a signal to the command and to all that it started."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)

    def kill(self) -> None:
        """SIGKILL to all of it, and waits."""
        self.send(signal.SIGKILL)
        self._process.wait()

    def stop(self, seconds: float) -> int:
        """SIGTERM to the command. Returns its exit code; fails where it takes longer than `seconds`."""
        self._process.terminate()
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"the workers did not stop in {seconds} s:\n{self.told()}") from None

    def told(self) -> str:
        """Returns the last of what it logged."""
        return self.log.read_text("utf-8", "replace")[-6_000:]


class World:
    """One topic of events, the topics of the workers, a folder for the store. `lying` is what was sent or will be."""

    def __init__(
        self,
        bootstrap: str,
        prefix: str,
        folder: Path,
        count: int,
        seed: int,
        *,
        replication: int = 1,
        store_url: str | None = None,
        kafka: Mapping[str, Any] | None = None,
        topic_bytes: Mapping[str, int] | None = None,
        lying: Sequence[Sequence[Sent]] | None = None,
    ) -> None:
        self.bootstrap = bootstrap
        self.prefix = f"{prefix}own."
        self.application = prefix.strip(".")
        self.patience = 60 + count / 1_500
        self.folder = folder
        self.topic = f"{prefix}shop"
        self.seed = seed
        self.store_url = store_url
        self._replication = replication
        self._kafka = dict(kafka or {})
        self._topic_bytes = dict(topic_bytes or {})
        base = time.time() // 3_600 * 3_600 - HOURS_AGO
        self.lying = lying if lying is not None else traffic(seed, count, PARTITIONS, base)
        self._workers: list[Workers] = []
        self.catalog = self._company()
        self.expected: Expected = expected(load(self.catalog), SOURCE, self.topic, self.lying, time.time())

    @property
    def store(self) -> Path | str:
        """The store that the fold writes: a file, or an address."""
        return self.store_url or self.folder / "state" / "observer.sqlite3"

    def prepare(self) -> None:
        """Makes every topic."""
        asyncio.run(
            make_topic(self.bootstrap, self.topic, partitions=len(self.lying), replication=self._replication)
        )
        for name, most in self._topic_bytes.items():
            limit = {"max.message.bytes": str(most)}
            asyncio.run(make_topic(self.bootstrap, self.prefix + name, partitions=2, settings=limit))
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "observer",
                "stream",
                "topics",
                "create",
                "--config",
                str(self._config(0)),
            ],
            capture_output=True,
            text=True,
            env=_environment(),
        )
        assert done.returncode == 0, done.stderr

    def feed(self, part: tuple[float, float] = (0, 1)) -> None:
        """Sends a part of the records of each partition, as shares of the whole."""
        asyncio.run(self._feed(part))

    def workers(self, *, fold: bool = True) -> Workers:
        """Starts the command once more. fold: whether this one may write the store."""
        number = len(self._workers)
        config = self._config(number, fold)
        command = [sys.executable, "-m", "observer", "stream", "--config", str(config)]
        started = Workers(command, 0, self.folder / f"workers-{number}.log")
        self._workers.append(started)
        return started

    def until_judged(self, share: float) -> None:
        """Returns once the ledger covers a share of all records."""
        total = sum(self.expected.records.values())
        self._until(lambda: self._judged() >= share * total, f"{share:.0%} of the records judged")

    def until_done(self) -> None:
        """Returns once every record is in the ledger and every event in the store."""
        self.until_judged(1)
        # Subjects lie in different partitions of the rollups: one is folded before another.
        self._until(self._folded, "every window in the store")

    def _folded(self) -> bool:
        try:
            check_store(self.store, self.expected)
        except AssertionError:
            return False
        return True

    def check(self) -> None:
        """Reads everything back and holds it against what a run without a fault comes to."""
        asyncio.run(self._check())
        check_store(self.store, self.expected)

    def close(self) -> None:
        """Kills every worker that still runs."""
        for one in self._workers:
            one.kill()

    def told(self) -> str:
        """Returns the last of what all workers logged."""
        return "\n".join(f"--- {one.log.name}\n{one.told()}" for one in self._workers)

    async def _check(self) -> None:
        name = self.prefix
        await check_ledger(self.bootstrap, f"{name}ledger", self.topic, self.expected)
        await check_quarantine(self.bootstrap, f"{name}quarantine", self.expected)
        await check_rollups(self.bootstrap, f"{name}rollups", self.expected)
        await check_offsets(self.bootstrap, self.group, self.topic, self.expected)

    @property
    def group(self) -> str:
        """The consumer group of the workers."""
        return self.application

    def _judged(self) -> int:
        try:
            return asyncio.run(self._read_ledger())
        except (KafkaError, OSError, TimeoutError):
            return 0

    async def _read_ledger(self) -> int:
        furthest: dict[int, int] = {}
        async with asyncio.timeout(10):
            async for record in records_of(self.bootstrap, f"{self.prefix}ledger"):
                one = json.loads(record.value)
                furthest[one["partition"]] = max(furthest.get(one["partition"], 0), one["next"])
        return sum(furthest.values())

    def _until(self, reached: Any, what: str) -> None:
        until = time.monotonic() + self.patience
        while not _quietly(reached):
            assert time.monotonic() < until, f"expected {what} within {self.patience:.0f} s:\n{self.told()}"
            time.sleep(0.3)

    async def _feed(self, part: tuple[float, float]) -> None:
        producer = AIOKafkaProducer(
            bootstrap_servers=self.bootstrap, compression_type="lz4", max_batch_size=128 << 10, acks="all"
        )
        await producer.start()
        try:
            for partition, lying in enumerate(self.lying):
                batch = producer.create_batch()
                sends = []
                for one in lying[int(len(lying) * part[0]) : int(len(lying) * part[1])]:
                    fields = {
                        "key": one.key,
                        "value": one.value,
                        "timestamp": one.timestamp,
                        "headers": list(one.headers),
                    }
                    if batch.append(**fields) is None:
                        sends.append(await producer.send_batch(batch, self.topic, partition=partition))
                        batch = producer.create_batch()
                        assert batch.append(**fields) is not None, "a record larger than a batch"
                if batch.record_count():
                    sends.append(await producer.send_batch(batch, self.topic, partition=partition))
                await asyncio.gather(*sends)
        finally:
            await producer.stop()

    def _company(self) -> Path:
        company = self.folder / "company"
        shutil.copytree(EXAMPLE, company)
        for file in (company / "sources").glob("*.yaml"):
            source = yaml.safe_load(file.read_text("utf-8"))
            source["topics"] = [self.topic] if source["id"] == SOURCE else []
            file.write_text(yaml.safe_dump(source, allow_unicode=True), "utf-8")
        return company

    def _config(self, number: int, fold: bool = True) -> Path:
        state = "state" if fold else f"state-{number}"
        document = {
            "catalog": str(self.catalog),
            "state": str(self.folder / state),
            "port": free_port(),
            "kafka": {
                "bootstrap": self.bootstrap,
                "prefix": self.prefix,
                "application": self.application,
                "replication": self._replication,
                "chunk_records": 1_000,
                "session_seconds": SESSION_SECONDS,
                "rebalance_seconds": 15,
                "request_seconds": 15,
                "transaction_seconds": 5,
                "stop_seconds": 15,
                "idle_watermark_seconds": 2,
                "fold": fold,
                **self._kafka,
            },
        }
        if self.store_url is not None:
            document["store"] = {"url": self.store_url}
        path = self.folder / f"observer-{number}.yaml"
        path.write_text(yaml.safe_dump(document), "utf-8")
        return path


@contextmanager
def world(
    bootstrap: str, prefix: str, folder: Path, count: int, seed: int, **options: Any
) -> Iterator[World]:
    """Yields a world with its topics made; kills its workers at the end, and tells what they logged if it fails."""
    made = World(bootstrap, prefix, folder, count, seed, **options)
    try:
        made.prepare()
        yield made
    except (AssertionError, ObserverError):
        print(made.told())
        raise
    finally:
        made.close()


def _quietly(reached: Any) -> bool:
    """Returns whether something is so; while it cannot be seen, as with a store that is down, it is not."""
    import sqlite3

    import psycopg

    try:
        return bool(reached())
    except (sqlite3.Error, psycopg.Error, OSError):
        return False


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("MARTECH_")}
