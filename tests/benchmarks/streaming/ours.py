"""Our workers as their users start them, measured from outside: progress by what is committed, CPU and memory by what
the system says of the processes."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from aiokafka.admin import AIOKafkaAdminClient

from tests.running import EXAMPLE, free_port

SOURCE = "web-shop"
LOOK_SECONDS = 0.2
PATIENCE = 600.0


class Taken(NamedTuple):
    """What some events took. wall, cpu: seconds; resident: largest resident memory of one process so far, in MB."""

    events: int
    wall: float
    cpu: float
    resident: float


class Running:
    """One `observer stream` command with all its processes."""

    def __init__(
        self, bootstrap: str, topic: str, application: str, process: "subprocess.Popen[bytes]"
    ) -> None:
        self._bootstrap = bootstrap
        self._topic = topic
        self.application = application
        self.process = process

    def until(self, events: int) -> list[Taken]:
        """Returns what it took since the first commit, at each look, once `events` events are committed."""
        return asyncio.run(self._until(events))

    def cpu(self) -> float:
        """Returns the CPU seconds of all processes so far."""
        return sum(_cpu(pid) for pid in _tree(self.process.pid))

    def resident(self) -> float:
        """Returns the resident memory of the largest process, in MB."""
        return max(map(_resident, _tree(self.process.pid)), default=0.0)

    async def _until(self, events: int) -> list[Taken]:
        admin = AIOKafkaAdminClient(bootstrap_servers=self._bootstrap)
        await admin.start()
        looks: list[Taken] = []
        began: tuple[int, float, float] | None = None
        give_up = time.monotonic() + PATIENCE
        try:
            while True:
                assert self.process.poll() is None, "the workers ended"
                assert time.monotonic() < give_up, "the workers did not come to the end"
                committed = await admin.list_consumer_group_offsets(self.application)
                done = sum(
                    max(0, one.offset) for place, one in committed.items() if place.topic == self._topic
                )
                now = time.monotonic(), self.cpu()
                if done and began is None:
                    began = done, *now
                elif began is not None:
                    looks.append(
                        Taken(done - began[0], now[0] - began[1], now[1] - began[2], self.resident())
                    )
                if done >= events:
                    return looks
                await asyncio.sleep(LOOK_SECONDS)
        finally:
            await admin.close()


@contextmanager
def running(
    bootstrap: str, topic: str, workers: int = 1, *, contracts_only: bool = False
) -> Iterator[Running]:
    """Yields the command, started on `topic` from its beginning with topics of its own; stops it at the end."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        application = f"bench-{time.time_ns()}"
        config = folder / "observer.yaml"
        document = {
            "catalog": str(_company(folder / "company", topic, contracts_only)),
            "state": str(folder / "state"),
            "port": free_port(),
            "kafka": {
                "bootstrap": bootstrap,
                "prefix": f"{application}.",
                "application": application,
                "replication": 1,
                "workers": workers,
            },
        }
        config.write_text(yaml.safe_dump(document), "utf-8")
        command = [sys.executable, "-m", "observer", "stream"]
        environment = {key: value for key, value in os.environ.items() if not key.startswith("MARTECH_")}
        subprocess.run([*command, "topics", "create", "--config", str(config)], check=True, env=environment,
                       capture_output=True)  # fmt: skip
        with (folder / "log").open("ab") as log:
            process = subprocess.Popen(
                [*command, "--config", str(config)],
                stdout=log,
                stderr=log,
                env=environment,
                start_new_session=True,
            )
        try:
            yield Running(bootstrap, topic, application, process)
        except AssertionError:
            print((folder / "log").read_text("utf-8", "replace")[-4_000:], file=sys.stderr)
            raise
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _company(folder: Path, topic: str, contracts_only: bool) -> Path:
    """The example company with one topic; with contracts alone, nobody declares purposes, destinations or tools."""
    shutil.copytree(EXAMPLE, folder)
    for file in (folder / "sources").glob("*.yaml"):
        source = _read(file)
        source["topics"] = [topic] if source["id"] == SOURCE else []
        _write(file, source)
    if contracts_only:
        shutil.rmtree(folder / "flows")
        _write(
            folder / "tools" / "fingerprints.yaml", _emptied(_read(folder / "tools" / "fingerprints.yaml"))
        )
        _write(folder / "consent" / "policy.yaml", _emptied(_read(folder / "consent" / "policy.yaml")))
        _least_consent(folder / "consent")
        for file in (folder / "contracts").glob("*.yaml"):
            contract = _read(file)
            contract["customProperties"] = [
                one for one in contract.get("customProperties", []) if one["property"] != "martechPurposes"
            ]
            _write(file, contract)
    return folder


def _least_consent(folder: Path) -> None:
    """Leaves one purpose and one destination, which the source of the benchmark does not feed."""
    purpose = _read(folder / "purposes.yaml")["purposes"][0]
    destination = _read(folder / "destinations.yaml")["destinations"][0]
    category = _read(folder / "categories.yaml")["categories"][0] | {"purposes": [purpose["id"]]}
    _write(folder / "purposes.yaml", {"purposes": [purpose]})
    _write(folder / "categories.yaml", {"categories": [category]})
    fed = destination | {"purposes": [purpose["id"]], "sources": ["crm"]}
    _write(folder / "destinations.yaml", {"destinations": [fed]})


def _emptied(document: dict[str, Any]) -> dict[str, Any]:
    return {name: [] if isinstance(value, list) else value for name, value in document.items()}


def _write(file: Path, document: dict[str, Any]) -> None:
    file.write_text(yaml.safe_dump(document, allow_unicode=True), "utf-8")


def _read(file: Path) -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    return document


def _tree(pid: int) -> Iterator[int]:
    """Yields a process and all that it started."""
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from _tree(int(child))


def _cpu(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _resident(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)
