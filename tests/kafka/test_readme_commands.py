"""The three commands of the README lead from nothing to verdicts on one's own topic."""

import asyncio
import json
import os
import re
import shlex
import subprocess
import sys
import time
from pathlib import Path

import pytest
from aiokafka import AIOKafkaProducer

from tests.kafka.broker import free_port
from tests.kafka.topics import make_topic
from tests.kafka.workers import READY_SECONDS
from tests.running import fetched

pytestmark = pytest.mark.kafka

README = Path(__file__).parents[2] / "README.md"


def commands() -> list[list[str]]:
    """Returns the commands of the README's section on Kafka, without what they are called by."""
    section = README.read_text("utf-8").split("## On Kafka\n")[1]
    block = section.split("```sh\n")[1].split("```")[0]
    return [shlex.split(line, comments=True)[1:] for line in block.splitlines()]


def test_three_commands_lead_to_verdicts(bootstrap: str, prefix: str, tmp_path: Path) -> None:
    topic, port = f"{prefix}my-events", free_port()
    bare = {name: value for name, value in os.environ.items() if not name.startswith("MARTECH_")}
    ours = {
        "BOOTSTRAP": bootstrap, "REPLICATION": "1", "PREFIX": f"{prefix}own.", "APPLICATION": f"{prefix}app",
    }  # fmt: skip
    environment = {**bare, **{f"MARTECH_KAFKA__{name}": value for name, value in ours.items()}}
    observer = [sys.executable, "-m", "observer"]
    begin, create, run = commands()
    subprocess.run([*observer, *begin], cwd=tmp_path, env=environment, check=True)
    source = tmp_path / "my-schemas" / "sources" / "website.yaml"
    source.write_text(
        re.sub(r"^topics: .*$", f"topics: [{topic}]", source.read_text("utf-8"), flags=re.MULTILINE), "utf-8"
    )
    subprocess.run([*observer, *create], cwd=tmp_path, env=environment, check=True)
    asyncio.run(_events(bootstrap, topic))
    with (tmp_path / "log").open("w") as log:
        worker = subprocess.Popen(
            [*observer, *run, "--port", str(port)], cwd=tmp_path, env=environment, stdout=log, stderr=log
        )
    try:
        wanted = 'martech_events_total{contract="_none",outcome="unknown_contract",source="website"} 3.0'
        until = time.monotonic() + READY_SECONDS
        while (
            wanted not in (seen := fetched(f"http://127.0.0.1:{port}/metrics")) and time.monotonic() < until
        ):
            assert worker.poll() is None, (tmp_path / "log").read_text("utf-8")
            time.sleep(0.3)
        assert wanted in seen
    finally:
        worker.terminate()
        assert worker.wait(30) == 0


async def _events(bootstrap: str, topic: str) -> None:
    await make_topic(bootstrap, topic)
    async with AIOKafkaProducer(bootstrap_servers=bootstrap, acks="all") as producer:
        for number in range(3):
            call = {"type": "track", "event": "Something", "messageId": f"m-{number}", "anonymousId": "a"}
            await producer.send_and_wait(topic, json.dumps(call).encode())
