"""Real workers of `observer stream` in processes of their own, and readers of what they wrote."""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from observer.settings import Settings, load_settings
from streams.topics import topics
from tests.kafka.broker import free_port
from tests.kafka.topics import make_topic
from tests.running import EXAMPLE

READY_SECONDS = 60.0


class Range(NamedTuple):
    """What a ledger record says."""

    first: int
    next: int
    events: int
    verdicts: Mapping[str, int]
    worker: str


class Company:
    """The example company on a broker, with topics, a group and names of its own. One for each test."""

    def __init__(
        self, folder: Path, bootstrap: str, prefix: str, *, fold: bool = False, **kafka: Any
    ) -> None:
        self.folder = folder
        self.bootstrap = bootstrap
        self.prefix = prefix
        self.schemas = folder / "schemas"
        shutil.copytree(EXAMPLE, self.schemas)
        for source in (self.schemas / "sources").glob("*.yaml"):
            source.write_text(source.read_text("utf-8").replace("tracking.", f"{prefix}tracking."), "utf-8")
        self.config = folder / "observer.yaml"
        chosen = {
            "bootstrap": bootstrap, "prefix": f"{prefix}own.", "application": f"{prefix}app", "replication": 1,
            "session_seconds": 6,
            "transaction_seconds": 5, "rebalance_seconds": 10, "request_seconds": 10, "stop_seconds": 10, "fold": fold,
            "idle_watermark_seconds": 1,
            **kafka,
        }  # fmt: skip
        self.config.write_text(
            yaml.safe_dump({"catalog": str(self.schemas), "state": str(folder / "state"), "kafka": chosen}),
            "utf-8",
        )
        self.settings: Settings = load_settings(self.config, {})

    def topic(self, source: str) -> str:
        """Returns the topic of a source."""
        return f"{self.prefix}tracking.{source}"

    async def make_topics(
        self, partitions: Mapping[str, int], others: Mapping[str, Mapping[str, str]] | None = None
    ) -> None:
        """Makes our own topics, and those of the sources named. others: settings of ours that are to differ."""
        for name, topic in topics(self.settings).items():
            await make_topic(
                self.bootstrap,
                name,
                partitions=topic.partitions,
                settings={**topic.configuration(), **(others or {}).get(topic.kind, {})},
            )
        for source, number in partitions.items():
            await make_topic(self.bootstrap, self.topic(source), partitions=number)

    async def produce(self, source: str, values: Iterable[bytes | None], partition: int = 0) -> None:
        """Writes records to one partition, in their order."""
        async with AIOKafkaProducer(bootstrap_servers=self.bootstrap, acks="all") as producer:
            topic = self.topic(source)
            sent = [
                await producer.send(topic, value, key=b"" if value is None else None, partition=partition)
                for value in values
            ]
            await asyncio.gather(*sent)

    async def read(self, topic: str) -> list[Any]:
        """Returns all committed records of a topic."""
        consumer = AIOKafkaConsumer(
            topic,
            bootstrap_servers=self.bootstrap,
            auto_offset_reset="earliest",
            isolation_level="read_committed",
        )
        await consumer.start()
        try:
            ends = await consumer.end_offsets(list(consumer.assignment()))
            found: list[Any] = []
            for place, end in ends.items():
                while await consumer.position(place) < end:
                    found += (await consumer.getmany(place, timeout_ms=200)).get(place, [])
            return found
        finally:
            await consumer.stop()

    async def ledger(self) -> dict[tuple[str, int], list[Range]]:
        """Returns the ranges of each partition, in the order of their begin."""
        found: dict[tuple[str, int], list[Range]] = {}
        for record in await self.read(self.settings.kafka.prefix + "ledger"):
            said = json.loads(record.value)
            one = Range(said["first"], said["next"], said["events"], said["verdicts"], said["worker"])
            found.setdefault((said["topic"], said["partition"]), []).append(one)
        return {place: sorted(ranges) for place, ranges in found.items()}

    async def verdicts(self) -> Counter[str]:
        """Returns the verdicts that the whole ledger tells of."""
        total: Counter[str] = Counter()
        for ranges in (await self.ledger()).values():
            for one in ranges:
                total.update(one.verdicts)
        return total

    async def until_events(self, number: int, seconds: float = 30.0) -> Counter[str]:
        """Returns the verdicts once the ledger tells of a number of events; fails where it never does."""
        found = await self.verdicts()
        for _ in range(int(seconds * 5)):
            if found.total() >= number:
                break
            await asyncio.sleep(0.2)
            found = await self.verdicts()
        assert found.total() == number, f"expected {number} events, got {found}"
        return found

    async def quarantined(self) -> list[str]:
        """Returns the identities in the quarantine, sorted."""
        records = await self.read(self.settings.kafka.prefix + "quarantine")
        return sorted(dict(record.headers)["martech.identity"].decode() for record in records)


def tiles(ranges: Sequence[Range]) -> bool:
    """Returns whether each range begins where the one before it ended."""
    return all(after.first == before.next for before, after in pairwise(ranges))


class Worker:
    """One process of `observer stream`. Use as a context: it is killed at the end where it still runs."""

    def __init__(
        self, company: Company, *arguments: str, environment: Mapping[str, str] | None = None
    ) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._log = company.folder / f"worker-{self.port}.log"
        command = [sys.executable, "-m", "observer", "stream", "--config", str(company.config)]
        command += ["--port", str(self.port), *arguments]
        bare = {name: value for name, value in os.environ.items() if not name.startswith("MARTECH_")}
        with self._log.open("w") as log:
            self.process = subprocess.Popen(
                command, env={**bare, **(environment or {})}, stdout=log, stderr=log, text=True
            )

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.kill()
        self.process.wait()

    @property
    def log(self) -> str:
        """What the process has said so far."""
        return self._log.read_text("utf-8")

    def get(self, path: str) -> tuple[int, str]:
        """Returns status and body of a GET; 0 where nobody answers."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=5) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def until_ready(self, partitions: int | None = None) -> None:
        """Returns once the worker says that it is ready, with so many partitions where a number is given."""
        until = time.monotonic() + READY_SECONDS
        while time.monotonic() < until:
            assert self.process.poll() is None, f"the worker ended:\n{self.log}"
            if self.get("/readyz")[0] == 200 and (
                partitions is None or self.value("martech_kafka_partitions") == partitions
            ):
                return
            time.sleep(0.1)
        raise AssertionError(f"the worker was not ready in time: {self.get('/readyz')}\n{self.log}")

    def value(self, metric: str, **labels: str) -> float:
        """Returns the sum of a metric's series whose labels are as given."""
        total = 0.0
        for line in self.get("/metrics")[1].splitlines():
            name, _, rest = line.partition("{") if "{" in line else (*line.partition(" ")[:2], line)
            if name == metric and all(f'{label}="{value}"' in rest for label, value in labels.items()):
                total += float(line.rpartition(" ")[2])
        return total

    def kill(self) -> None:
        """SIGKILL, and waits until the process is gone."""
        self.process.kill()
        self.process.wait()

    def stop(self, seconds: float = 30.0) -> int:
        """SIGTERM. Returns the exit code."""
        self.process.terminate()
        return self.process.wait(seconds)
