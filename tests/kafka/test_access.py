"""What docs/topics.md says the brokers must allow is enough, on a broker that allows nothing else."""

import asyncio
import subprocess
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from observer.cli.main import root
from observer.loader import load
from observer.settings.kafka import CLEAR_TEXT
from streams.access import Access, access
from tests.benchmarks.samples import segment_order
from tests.kafka.broker import JARS, Broker, Listener
from tests.kafka.topics import make_topic
from tests.kafka.workers import Company, Worker

pytestmark = pytest.mark.kafka

PASSWORDS = {"observer": "a-password", "stranger": "another-password"}


@pytest.fixture(scope="module")
def guarded() -> Iterator[Broker]:
    """A broker that allows only what is granted, but for its plain listener."""
    users = " ".join(f'user_{name}="{password}"' for name, password in PASSWORDS.items())
    module = f"org.apache.kafka.common.security.plain.PlainLoginModule required {users};"
    listener = Listener(
        "GUARDED", "SASL_PLAINTEXT", {"sasl.enabled.mechanisms": "PLAIN", "plain.sasl.jaas.config": module}
    )
    authorizer = {
        "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        "super.users": "User:ANONYMOUS",
    }
    with Broker(authorizer, listeners=[listener]) as broker:
        yield broker


def _company(guarded: Broker, folder: Path, prefix: str, user: str) -> Company:
    sasl = {"mechanism": "PLAIN", "username": user, "password": PASSWORDS[user], "without_tls": CLEAR_TEXT}
    address = guarded.address("GUARDED")
    company = Company(folder, address, prefix, sasl=sasl, fold=True, rollup_partitions=1, partitions=1)
    company.bootstrap = guarded.bootstrap  # the test itself is let in
    return company


def _needed(company: Company) -> list[Access]:
    sources = load(company.schemas).sources.values()
    return access(company.settings, [topic for source in sources for topic in source.topics])


def _grant(guarded: Broker, given: list[Access]) -> None:
    def alike(one: Access) -> tuple[str, bool]:
        return one.resource, one.prefixed

    for (resource, prefixed), same in groupby(sorted(given, key=alike), key=alike):
        granted = list(same)
        command = ["java", "-cp", f"{JARS}/*", "org.apache.kafka.tools.AclCommand", "--add"]
        command += ["--bootstrap-server", guarded.bootstrap, "--allow-principal", "User:observer"]
        command += ["--resource-pattern-type", "prefixed" if prefixed else "literal"]
        for operation in sorted({operation for one in granted for operation in one.operations}):
            command += ["--operation", operation]
        for name in sorted({one.name for one in granted}):
            command += ["--cluster"] if resource == "cluster" else [f"--{resource}", name]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stdout + done.stderr


async def test_what_is_listed_is_enough_to_make_to_check_and_to_judge(
    guarded: Broker, tmp_path: Path, prefix: str
) -> None:
    company = _company(guarded, tmp_path, prefix, "observer")
    await asyncio.to_thread(_grant, guarded, _needed(company))
    made = await asyncio.to_thread(_run, "create", company)
    assert made.exit_code == 0, made.exception
    await make_topic(guarded.bootstrap, company.topic("web-shop"))
    checked = await asyncio.to_thread(_run, "check", company)
    assert "The brokers’ own settings were not checked" not in checked.stderr
    left = [
        line for line in checked.stderr.splitlines() if "tracking." not in line and "two copies" not in line
    ]
    assert left == ["8 topics checked, 14 to mend."]
    with Worker(company) as worker:
        worker.until_ready()
        good, bad = segment_order(1), segment_order(2).replace(b'"total":293.8', b'"total":"dear"')
        await company.produce("web-shop", [good, bad])
        verdicts = await company.until_events(2)
        assert (verdicts["valid"], verdicts["invalid"]) == (1, 1)
        assert len(await company.quarantined()) == 1
        assert worker.stop() == 0
    assert "Authorization" not in worker.log


def test_a_stranger_is_told_what_to_ask_for(guarded: Broker, tmp_path: Path, prefix: str) -> None:
    made = _run("create", _company(guarded, tmp_path, prefix, "stranger"))
    assert f"{prefix}own.ledger: expected brokers that let us see and set it, got" in str(made.exception)
    assert "docs/topics.md lists what is needed" in str(made.exception)


def _run(command: str, company: Company) -> Result:
    return CliRunner().invoke(root, ["stream", "topics", command, "--config", str(company.config)])
