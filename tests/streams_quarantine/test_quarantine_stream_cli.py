"""`observer stream quarantine` as an operator types it, on a real broker."""

import asyncio
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from quarantine_topics import PERSON, as_record, broken, kept, read, write

from observer.cli.main import root
from streams.quarantine import QuarantineRecord
from tests.kafka.topics import make_topic
from tests.running import EXAMPLE

pytestmark = [pytest.mark.kafka]


class Operator:
    """Somebody at a terminal, whose settings name the broker."""

    def __init__(self, bootstrap: str, prefix: str, folder: Path) -> None:
        self.bootstrap = bootstrap
        self.prefix = prefix
        self.folder = folder
        self.config = folder / "observer.yaml"
        kafka = {"bootstrap": bootstrap, "prefix": prefix, "application": prefix.strip(".")}
        self.config.write_text(yaml.safe_dump({"kafka": kafka, "state": str(folder / "state")}), "utf-8")

    @property
    def access_log(self) -> Path:
        return self.folder / "state" / "quarantine" / "access.log"

    def run(self, *words: str, lang: str = "en") -> Result:
        command, *rest = words
        line = ["--lang", lang, "stream", "quarantine", command, "--config", str(self.config), *rest]
        return CliRunner().invoke(root, line)

    def answer(self, *words: str) -> dict[str, Any]:
        done = self.run(*words, "--format", "json")
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        document: dict[str, Any] = json.loads(done.stdout)
        return document

    def keep(self, records: list[QuarantineRecord]) -> None:
        asyncio.run(self._keep(records))

    def read(self, topic: str) -> list[bytes]:
        return [record.value for record in asyncio.run(read(self.bootstrap, self.prefix + topic))]

    def make(self, topic: str) -> str:
        asyncio.run(make_topic(self.bootstrap, self.prefix + topic))
        return self.prefix + topic

    async def _keep(self, records: list[QuarantineRecord]) -> None:
        for topic in ("quarantine", "replayed"):
            await make_topic(self.bootstrap, self.prefix + topic, partitions=2)
        await write(self.bootstrap, self.prefix + "quarantine", records, 2)


@pytest.fixture
def operator(bootstrap: str, prefix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Operator:
    for name in [name for name in os.environ if name.startswith("MARTECH_")]:
        monkeypatch.delenv(name)
    return Operator(bootstrap, prefix, tmp_path)


def test_events_are_listed_and_shown_without_a_value(operator: Operator) -> None:
    operator.keep([as_record(broken(number)) for number in range(5)])
    listed = operator.run("list", "--limit", "2")
    assert [line.split()[2:4] for line in listed.stdout.splitlines()] == [["web-shop", "invalid"]] * 2
    assert "Only the newest 2 are shown" in listed.stderr
    newest = operator.answer("list", "--limit", "1")
    assert (newest["id"], newest["identity"]) == ("0-4", "shop/1/4/0")
    shown = operator.run("show", "0-4")
    assert "type_mismatch:$.total" in shown.stdout
    assert PERSON not in listed.output + shown.output
    assert not operator.access_log.exists()


def test_an_event_is_revealed_for_a_reason_that_is_written_down(operator: Operator) -> None:
    operator.keep([as_record(broken(0))])
    assert operator.run("show", "0-1", "--reveal").exception is not None
    whole = operator.run("show", "0-2", "--reveal", "--reason", "ticket 12", "--who", "camille")
    assert PERSON in whole.stdout
    assert f"Written down in {operator.access_log}" in whole.stderr
    line = json.loads(operator.access_log.read_text())
    assert (line["action"], line["name"], line["reason"]) == ("reveal", "camille", "ticket 12")
    assert operator.access_log.stat().st_mode & 0o077 == 0


def test_a_replay_is_tried_then_done_then_adds_nothing(operator: Operator) -> None:
    operator.keep([as_record(kept(0)), as_record(kept(1)), as_record(broken(2))])
    tried = operator.run("replay", "--dry-run")
    assert tried.exit_code == 1
    assert "Nothing was sent" in tried.stderr
    assert "       2  invalid → valid" in tried.stdout
    assert not operator.access_log.exists()
    done = operator.answer("replay", "--source", "web-shop", "--rate", "0")
    assert (done["sent"], done["already"], done["outcomes"]["invalid"]) == (2, 0, 1)
    assert {one["destination"] for one in done["decisions"]} >= {"google-ads"}
    assert json.loads(operator.access_log.read_text())["action"] == "replay"
    again = operator.answer("replay")
    assert (again["sent"], again["already"]) == (0, 2)
    assert len(operator.read("replayed")) == 2


def test_events_are_judged_under_a_contract_named_by_hand(operator: Operator) -> None:
    operator.keep([as_record(kept(0))])
    file = operator.folder / "stricter.odcs.yaml"
    contract = (EXAMPLE / "contracts" / "order-completed.odcs.yaml").read_text("utf-8")
    file.write_text(contract.replace("maximum: 50000", "maximum: 200"), "utf-8")
    assert operator.answer("replay", "--dry-run")["outcomes"]["valid"] == 1
    assert operator.answer("replay", "--dry-run", "--under", str(file))["outcomes"]["invalid"] == 1
    file.write_text(contract.replace("id: order-completed", "id: order-forgotten"), "utf-8")
    refused = operator.run("replay", "--dry-run", "--under", str(file))
    assert "an id that none of its contracts has" in str(refused.exception)


def test_only_a_topic_that_nobody_observes_takes_replayed_events(operator: Operator) -> None:
    operator.keep([as_record(kept(0))])
    company = operator.folder / "company"
    shutil.copytree(EXAMPLE, company)
    source = company / "sources" / "web-shop.yaml"
    observed = operator.make("observed")
    document = yaml.safe_load(source.read_text("utf-8")) | {"topics": [observed]}
    source.write_text(yaml.safe_dump(document), "utf-8")
    refused = {
        observed: "a topic of the source web-shop",
        operator.prefix + "quarantine": "a topic of our own",
        operator.prefix + "nowhere": "no such topic",
    }
    for topic, why in refused.items():
        done = operator.run("replay", "--to", topic, "--catalog", str(company))
        assert why in str(done.exception)
    hand = operator.make("by-hand")
    assert operator.answer("replay", "--to", hand, "--catalog", str(company))["sent"] == 1
    assert len(operator.read("by-hand")) == 1


def test_what_is_told_is_told_in_french(operator: Operator) -> None:
    operator.keep([as_record(kept(0))])
    assert "Rien n’a été envoyé" in operator.run("replay", "--dry-run", lang="fr").stderr


def test_the_rate_bounds_what_goes_out_at_once_and_what_is_waited(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    real = asyncio.sleep

    async def sleep(seconds: float) -> None:
        waits.append(seconds)
        await real(0)

    operator.keep([as_record(kept(number)) for number in range(30)])
    monkeypatch.setattr("streams.quarantine.replay.asyncio.sleep", sleep)
    assert operator.answer("replay", "--rate", "10")["sent"] == 30
    longest = sorted(waits, reverse=True)[:3]
    assert all(0.3 < seconds <= 1 for seconds in longest), f"three batches of ten, a second each: {waits}"
