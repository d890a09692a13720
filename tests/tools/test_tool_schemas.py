"""The shipped schemas/tools are whole, and are the company that the rest of the example speaks of."""

from collections import Counter
from pathlib import Path

import yaml

from observer.messages import catalogue
from observer.tools.census import STATES
from observer.tools.declarations import Capabilities, Fingerprints, Tools
from observer.tools.fingerprints import known_tools
from observer.tools.lint import check_tools

FOLDER = Path(__file__).parents[2] / "schemas" / "tools"
TOOLS = Tools.model_validate(yaml.safe_load((FOLDER / "tools.yaml").read_text("utf-8")))
CAPABILITIES = Capabilities.model_validate(yaml.safe_load((FOLDER / "capabilities.yaml").read_text("utf-8")))
FINGERPRINTS = Fingerprints.model_validate(yaml.safe_load((FOLDER / "fingerprints.yaml").read_text("utf-8")))


def test_nothing_is_wrong() -> None:
    assert [str(problem) for problem in check_tools(TOOLS, CAPABILITIES, FINGERPRINTS)] == []


def test_the_eight_capabilities() -> None:
    assert [capability.id for capability in CAPABILITIES.capabilities] == [
        "collection",
        "customer-data-platform",
        "consent-management",
        "analytics",
        "crm",
        "journeys",
        "paid-activation",
        "warehouse-and-bi",
    ]


def test_every_capability_has_a_tool_and_some_overlap() -> None:
    jobs = Counter(tool.capability for tool in TOOLS.tools)
    assert set(jobs) == {capability.id for capability in CAPABILITIES.capabilities}
    assert jobs["analytics"] >= 2
    assert jobs["journeys"] >= 2


def test_costs_are_marked_as_invented_and_people_are_fictitious() -> None:
    assert "invented" in TOOLS.note
    for tool in TOOLS.tools:
        for person in (tool.owners.marketing, tool.owners.technical):
            assert person is not None
            assert person.contact.endswith("@maison-lumiere.example")


def test_a_tool_is_reviewed_before_its_contract_ends() -> None:
    late = [tool.id for tool in TOOLS.tools if tool.contract_ends and tool.review_by > tool.contract_ends]
    assert late == []


def test_shadow_tools_can_be_recognised() -> None:
    known = {tool.id: tool for tool in known_tools(TOOLS, CAPABILITIES, FINGERPRINTS)}
    for id_ in ("tiktok-ads", "hotjar", "microsoft-ads", "pinterest-ads", "klaviyo"):
        assert known[id_].declared is False
        assert known[id_].recognisable is True


def test_only_bi_leaves_no_trace() -> None:
    unseeable = [tool.id for tool in known_tools(TOOLS, CAPABILITIES, FINGERPRINTS) if not tool.recognisable]
    assert unseeable == ["looker", "power-bi"]


def test_every_state_has_words() -> None:
    assert {f"tools.state.{state}" for state in STATES} <= catalogue().keys()
    for use in ("observed", "undeclared", "idle", "unseen", "unseeable"):
        assert f"tools.use.{use}" in catalogue()
