"""Files of one contract: one for each version."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from observer.cli.catalog import catalog as commands
from observer.clock import ManualClock
from observer.errors import CatalogError
from observer.loader import Holder, load

NEWEST = "contracts/order-completed.odcs.yaml"


def add(schemas: Path, stem: str, *changes: tuple[str, str]) -> None:
    text = (schemas / NEWEST).read_text("utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    (schemas / "contracts" / f"{stem}.odcs.yaml").write_text(text, "utf-8")


@pytest.mark.parametrize("stem", ["order-completed-v0", "order-completed-v0-9", "order-completed-v0-9-0"])
def test_two_files_are_two_versions_of_one_contract(schemas: Path, stem: str) -> None:
    add(schemas, stem, ("1.0.0", "0.9.0"))
    loaded = load(schemas)
    whole = loaded.contracts["order-completed"]
    assert (whole.version, [each.version for each in whole.versions]) == ("1.0.0", ["1.0.0", "0.9.0"])
    entry = loaded.sources["web-shop"].contracts["track", "Order Completed"]
    assert (entry.version, entry.choose is not None) == ("1.0.0", True)


def test_the_newest_is_the_one_with_the_highest_number_whatever_its_file(schemas: Path) -> None:
    add(schemas, "order-completed-v10", ("1.0.0", "10.0.0"))
    assert load(schemas).contracts["order-completed"].version == "10.0.0"


def test_versions_may_claim_events_of_different_names(schemas: Path) -> None:
    add(schemas, "order-completed-v0", ("1.0.0", "0.9.0"), ("event: Order Completed", "event: Order Done"))
    claims = load(schemas).sources["web-shop"].contracts
    assert {event: entry.version for event, entry in claims.items() if entry.id == "order-completed"} == {
        ("track", "Order Completed"): "1.0.0",
        ("track", "Order Done"): "0.9.0",
    }


def test_a_contract_of_one_version_is_what_it_was(schemas: Path) -> None:
    whole = load(schemas).contracts["order-completed"]
    assert (whole.choose, whole.versions) == (None, ())


def test_lint_lists_versions_that_near_their_end(schemas: Path) -> None:
    end = "slaProperties: [{property: endOfLife, value: '2999-01-01'}]\nteam:"
    add(schemas, "order-completed-v0", ("1.0.0", "0.9.0"), ("active", "deprecated"), ("team:", end))
    result = CliRunner().invoke(commands, ["lint", str(schemas)])
    assert result.exit_code == 0
    assert [line for line in result.stderr.splitlines() if line.startswith("order-completed:")] == [
        "order-completed: version 0.9.0 is deprecated: its events are warned of",
        "order-completed: version 0.9.0 ends on 2999-01-01: its events will be invalid from then on",
    ]
    told = json.loads(CliRunner().invoke(commands, ["lint", str(schemas), "--format", "json"]).stdout)
    assert [each["code"] for each in told["aging"]] == ["contract.aging.deprecated", "contract.aging.ends"]


def test_a_version_asked_for_in_vain_leaves_the_catalog_before_it_in_force(schemas: Path) -> None:
    holder = Holder(schemas, ManualClock(0.0))
    before = holder.catalog
    text = (schemas / NEWEST).read_text("utf-8")
    asked = "customProperties:\n  - {property: martechReplacedBy, value: 7.0.0}"
    (schemas / NEWEST).write_text(text.replace("customProperties:", asked), "utf-8")
    assert not holder.reload()
    assert holder.catalog is before
    assert "a version of this contract (1.0.0), got `7.0.0`" in str(CatalogError(holder.state.problems))
