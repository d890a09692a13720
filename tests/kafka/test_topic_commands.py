"""`observer stream topics` on a real broker."""

import asyncio
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from observer.catalog import Catalog
from observer.cli.main import root
from observer.errors import BrokerError
from observer.settings import Kafka, Settings
from streams.topic_admin import administering, require_topics
from streams.topics import topics
from tests.kafka.topics import make_topic
from tests.running import EXAMPLE

pytestmark = pytest.mark.kafka


@pytest.fixture
def settings(bootstrap: str, prefix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A settings file for the shared broker, with a prefix of the test's own."""
    for name in [name for name in os.environ if name.startswith("MARTECH_")]:
        monkeypatch.delenv(name)
    path = tmp_path / "observer.yaml"
    path.write_text(f"kafka: {{bootstrap: '{bootstrap}', prefix: '{prefix}', replication: 1}}\n", "utf-8")
    return path


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(root, [str(one) for one in arguments])


def _company(folder: Path, prefix: str) -> Path:
    """The example company, whose topics begin with the test's own prefix."""
    shutil.copytree(EXAMPLE, folder)
    for source in (folder / "sources").glob("*.yaml"):
        source.write_text(source.read_text("utf-8").replace("tracking.", f"{prefix}tracking."), "utf-8")
    return folder


def _problems(result: Result) -> list[tuple[str, str]]:
    told: dict[str, Any] = json.loads(result.stdout)
    return [(one["code"], one["topic"]) for one in told["problems"]]


async def _look(bootstrap: str, prefix: str) -> dict[str, Any]:
    async with administering(Kafka(bootstrap=bootstrap)) as admin:
        return dict((await admin.look(lambda name: name.startswith(prefix))).topics)


def test_what_is_missing_is_told_made_and_found_again(settings: Path, prefix: str) -> None:
    missing = _run("stream", "topics", "check", "--config", settings, "--catalog", EXAMPLE)
    assert missing.exit_code == 1
    assert f"{prefix}ledger: expected a topic that is there, got nothing" in missing.stderr

    made = _run("stream", "topics", "create", "--config", settings)
    assert (made.exit_code, made.stdout.split()) == (0, [f"{prefix}{name}" for name in _KINDS])

    again = _run("stream", "topics", "create", "--config", settings, "--format", "json")
    assert (again.exit_code, json.loads(again.stdout)) == (0, {"made": [], "altered": []})


_KINDS = ["quarantine", "rollups", "ledger", "hops", "incidents", "commands", "replayed"]


async def test_topics_are_made_as_they_are_declared(bootstrap: str, prefix: str) -> None:
    settings = Settings(kafka=Kafka(bootstrap=bootstrap, prefix=prefix, replication=1))
    with pytest.raises(BrokerError, match="observer stream topics create"):
        await require_topics(settings)
    async with administering(settings.kafka) as admin:
        await admin.create({name: topic.shape() for name, topic in topics(settings).items()})
    await require_topics(settings)
    seen = await _look(bootstrap, prefix)
    assert set(seen) == set(topics(settings))
    for name, topic in topics(settings).items():
        assert seen[name].partitions == topic.partitions
        assert topic.configuration().items() <= seen[name].configuration.items()


def test_one_copy_of_each_topic_is_all_that_is_left_to_mend(
    settings: Path, prefix: str, catalog: Catalog, tmp_path: Path
) -> None:
    company = _company(tmp_path / "schemas", prefix)
    made = _run("stream", "topics", "create", "--sources", "--config", settings, "--catalog", company)
    named = {prefix + topic for source in catalog.sources.values() for topic in source.topics}
    assert named <= set(made.stdout.split())
    checked = _run(
        "stream", "topics", "check", "--config", settings, "--catalog", company, "--format", "json"
    )
    assert checked.exit_code == 1
    assert {code for code, _ in _problems(checked)} == {"replication"}
    assert json.loads(checked.stdout)["topics"] == 14


async def test_what_is_there_is_altered_only_when_asked(settings: Path, bootstrap: str, prefix: str) -> None:
    own = {"retention.ms": "1000", "cleanup.policy": "compact", "compression.type": "zstd"}
    await make_topic(bootstrap, f"{prefix}quarantine", partitions=2, settings=own)
    await make_topic(bootstrap, f"{prefix}rollups", partitions=2, settings={"max.message.bytes": "5000000"})
    before = await _look(bootstrap, prefix)

    made = await asyncio.to_thread(_run, "stream", "topics", "create", "--config", settings)
    assert made.exit_code == 0
    after = await _look(bootstrap, prefix)
    assert {name: after[name] for name in before} == before

    altered = await asyncio.to_thread(_run, "stream", "topics", "create", "--alter", "--config", settings)
    assert altered.exit_code == 0
    assert f"{prefix}quarantine cleanup.policy=delete" in altered.stdout.split("\n")
    # The brokers learn of it a moment later.
    for _ in range(100):
        mended = await _look(bootstrap, prefix)
        if mended[f"{prefix}quarantine"].partitions == 4:
            break
    quarantine, rollups = mended[f"{prefix}quarantine"], mended[f"{prefix}rollups"]
    assert (quarantine.partitions, quarantine.configuration["retention.ms"]) == (4, str(14 * 86_400_000))
    assert quarantine.configuration["compression.type"] == "zstd", "what we do not ask for stays"
    assert rollups.configuration["max.message.bytes"] == "5000000", "more than we need stays"
    assert rollups.partitions == 2, "partitions of rollups must not change"


def test_more_copies_than_brokers_are_told_with_the_setting(settings: Path, prefix: str) -> None:
    settings.write_text(settings.read_text("utf-8").replace("replication: 1", "replication: 9"), "utf-8")
    result = _run("--lang", "fr", "stream", "topics", "create", "--config", settings)
    assert result.exit_code != 0
    assert "Donnez à kafka.replication le nombre de brokers au plus." in str(result.exception.told("fr"))  # type: ignore[union-attr]


def test_nothing_is_made_by_looking(bootstrap: str, settings: Path, prefix: str) -> None:
    for _ in range(2):
        checked = _run("stream", "topics", "check", "--config", settings, "--format", "json")
        assert ("missing", f"{prefix}hops") in _problems(checked)
