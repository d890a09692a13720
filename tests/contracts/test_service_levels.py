"""What an slaProperties entry promises."""

from typing import Any

import pytest
from contract_examples import contract, document, stated

from observer.contracts.compiled import ServiceLevel
from observer.contracts.not_run import not_run

VALIDITY = ServiceLevel("validity", 0.99)


def level(name: str, value: object, unit: str | None = None, **customs: object) -> dict[str, Any]:
    found: dict[str, Any] = {"property": name, "value": value}
    if unit:
        found["unit"] = unit
    if customs:
        found["customProperties"] = [{"property": key, "value": customs[key]} for key in customs]
    return found


CASES = {
    "a contract without a promise promises 99 % valid events": ([], [VALIDITY]),
    "an error rate in percent": ([level("errorRate", 0.5, "percent")], [ServiceLevel("validity", 0.995)]),
    "an error rate as a ratio": ([level("errorRate", 0.001, "ratio")], [ServiceLevel("validity", 0.999)]),
    "a latency in minutes": (
        [level("latency", 5, "minutes")],
        [VALIDITY, ServiceLevel("latency", 0.99, 300.0)],
    ),
    "a latency in milliseconds": (
        [level("latency", 250, "ms")],
        [VALIDITY, ServiceLevel("latency", 0.99, 0.25)],
    ),
    "a latency with an objective of its own": (
        [level("latency", 1, "d", martechObjective=0.9)],
        [VALIDITY, ServiceLevel("latency", 0.9, 86_400.0)],
    ),
    "names are compared without regard to case": (
        [level("ERRORRATE", 2, "%"), level("Latency", 1, "H")],
        [ServiceLevel("validity", 0.98), ServiceLevel("latency", 0.99, 3600.0)],
    ),
    "what is not run changes nothing": (
        [level("retention", 13, "months"), level("audits", "yearly")],
        [VALIDITY],
    ),
}


@pytest.mark.parametrize(("listed", "levels"), CASES.values(), ids=CASES)
def test_service_levels(listed: list[dict[str, Any]], levels: list[ServiceLevel]) -> None:
    compiled = contract(slaProperties=listed)
    assert list(compiled.service_levels) == levels
    assert compiled.latency_threshold == (levels[-1].threshold or float("inf"))


def test_what_is_read_and_not_checked_is_listed() -> None:
    listed = [
        stated("id", "string", primaryKey=True),
        stated(
            "o", "array", items={"logicalType": "object", "properties": [stated("q", "string", unique=True)]}
        ),
        stated("t", "number", quality=[{"metric": "invalidValues", "mustBe": 0}]),
    ]
    whole = document(listed, slaProperties=[level("latency", 1, "s"), level("retention", 1, "y")])
    whole["schema"][0]["quality"] = [{"type": "sql", "query": "SELECT 1", "mustBe": 1, "name": "one"}]
    contract(*listed, slaProperties=whole["slaProperties"])
    assert [(one.path, str(one.what)) for one in not_run(whole)] == [
        ("$.slaProperties[1]", "service level `retention` is shown and not measured"),
        (
            "$.schema[0].quality[0]",
            "quality rule `one` is a query and is not run: a stream has no tables to ask",
        ),
        (
            "$.schema[0].properties[1].items.properties[0].unique",
            "that `q` is unique is not checked: one event may have several of them",
        ),
    ]
