"""Folds, in this process or in others, and waits until they have folded all."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import NamedTuple

from observer.clock import SystemClock
from observer.contracts.compiled import Contract
from observer.errors import StoreError
from observer.settings import Settings
from observer.sinks.totals import Totals
from observer.store import Reader, Store, open_reader
from streams.connection import client_arguments
from streams.fold import Fold, fold_store
from tests.kafka.fold_traffic import Expected, stored

SECONDS = 150.0


class Folding(NamedTuple):
    """A fold in this process."""

    service: Fold
    totals: Totals

    def gauge(self, name: str) -> float | None:
        """Returns the sum of a gauge's series now, None where there is none."""
        found = [value for metric, _, value in self.service.gauges() if metric.name == name]
        return sum(found) if found else None


@asynccontextmanager
async def folding(
    settings: Settings, store: Store | None = None, contracts: Mapping[str, Contract] | None = None
) -> AsyncIterator[Folding]:
    """Yields a fold of this process, stopped at the end."""
    totals = Totals()
    client = client_arguments(settings.kafka)
    asked = None if contracts is None else lambda: contracts
    service = Fold(settings, client, store or fold_store(settings), SystemClock(), totals, asked)
    await service.start()
    try:
        yield Folding(service, totals)
    finally:
        await service.stop()


def reader_of(settings: Settings) -> Reader:
    """Returns a reader of the store that settings name, to be closed."""
    url = settings.store.url
    return open_reader(settings.state, None if url is None else url.get_secret_value())


def told_of(settings: Settings) -> tuple[set[tuple[str, str, int, int]], int]:
    """Returns what the store was told that does not tile (reader, kind, first, next), and how many foreign records."""
    with closing(reader_of(settings)) as reader:
        return {(one.reader, one.kind, one.first, one.next) for one in reader.refusals()}, len(
            reader.unreadable()
        )


def offsets_in(settings: Settings) -> Mapping[tuple[str, int], int]:
    """Returns how far the store is."""
    with closing(reader_of(settings)) as reader:
        return reader.folded().offsets


async def until(said: Callable[[], bool], what: str, seconds: float = SECONDS) -> None:
    """Returns once something is so."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while not said():
        assert loop.time() < end, f"not in time: {what}"
        await asyncio.sleep(0.05)


async def folded(settings: Settings, expected: Expected, seconds: float = SECONDS) -> None:
    """Returns once the store holds what is expected, exactly; fails with what it holds instead."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    reader = reader_of(settings)
    try:
        while True:
            try:
                found = stored(reader)
            except StoreError:
                if loop.time() > end:
                    raise
                found = Expected({}, {}, {}, {})
            if found == expected or loop.time() > end:
                break
            await asyncio.sleep(0.1)
    finally:
        reader.close()
    for name, ours, theirs in zip(Expected._fields, found, expected, strict=True):
        assert ours == theirs, f"{name}: expected {theirs}, got {ours}"


class FoldProcess:
    """A fold in a process of its own."""

    def __init__(self, settings: Settings) -> None:
        told = settings.model_dump(mode="json")
        url = settings.store.url
        told["store"]["url"] = None if url is None else url.get_secret_value()
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
        child = Path(__file__).with_name("folding_child.py")
        self.process = subprocess.Popen(
            [sys.executable, str(child), json.dumps(told)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, text=True,
        )  # fmt: skip

    async def started(self) -> None:
        """Returns once it folds."""
        assert self.process.stdout is not None
        assert await asyncio.to_thread(self.process.stdout.readline) == "folding\n"

    def send(self, number: int) -> None:
        """Sends a signal."""
        self.process.send_signal(number)

    async def end(self, number: int = signal.SIGTERM) -> tuple[int, str]:
        """Ends it by a signal. Returns its exit code and what it said of errors."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        _, said = await asyncio.to_thread(self.process.communicate, timeout=30)
        return self.process.returncode, said
