"""Declared tools against those that traffic shows."""

from typing import NamedTuple

import pytest

from observer.tools.census import CapabilityCount, census


class Tool(NamedTuple):
    id: str
    capability: str
    declared: bool = True


BRAZE = Tool("braze", "journeys")
SFMC = Tool("salesforce-marketing-cloud", "journeys")
KLAVIYO = Tool("klaviyo", "journeys", declared=False)
LOOKER = Tool("looker", "warehouse-and-bi")
NOTHING = CapabilityCount("_other", 0, 0, 0, 0)

COUNTS = {
    "no tools, no traffic": ([], {}, [NOTHING]),
    "declared and seen": ([BRAZE], {"braze": 5}, [CapabilityCount("journeys", 1, 1, 0, 0), NOTHING]),
    "declared and not seen": ([BRAZE], {}, [CapabilityCount("journeys", 1, 0, 0, 1), NOTHING]),
    "seen in no event is not seen": (
        [BRAZE],
        {"braze": 0},
        [CapabilityCount("journeys", 1, 0, 0, 1), NOTHING],
    ),
    "seen and not declared": ([KLAVIYO], {"klaviyo": 1}, [CapabilityCount("journeys", 0, 1, 1, 0), NOTHING]),
    "neither declared nor seen": ([KLAVIYO], {}, [CapabilityCount("journeys", 0, 0, 0, 0), NOTHING]),
    "three of one capability": (
        [BRAZE, SFMC, KLAVIYO],
        {"braze": 9, "klaviyo": 2},
        [CapabilityCount("journeys", 2, 2, 1, 1), NOTHING],
    ),
    "an SDK that no fingerprint knows": (
        [BRAZE],
        {"braze": 1, "_other": 7},
        [CapabilityCount("journeys", 1, 1, 0, 0), CapabilityCount("_other", 0, 1, 1, 0)],
    ),
    "a tool that left the catalog since": (
        [BRAZE],
        {"braze": 1, "gone": 7},
        [CapabilityCount("journeys", 1, 1, 0, 0), CapabilityCount("_other", 0, 1, 1, 0)],
    ),
    "a tool that left the catalog and is not seen": ([], {"gone": 0}, [NOTHING]),
    "capabilities keep the order of the tools, _other comes last": (
        [LOOKER, Tool("odd", "_other", declared=False), BRAZE],
        {"looker": 1},
        [CapabilityCount("warehouse-and-bi", 1, 1, 0, 0), CapabilityCount("journeys", 1, 0, 0, 1), NOTHING],
    ),
}


@pytest.mark.parametrize(("tools", "seen", "rows"), COUNTS.values(), ids=COUNTS)
def test_counts_by_capability(tools: list[Tool], seen: dict[str, int], rows: list[CapabilityCount]) -> None:
    assert list(census(tools, seen).capabilities) == rows


def test_each_tool_stands_in_one_way() -> None:
    found = census(
        [BRAZE, SFMC, KLAVIYO, LOOKER], {"braze": 5, "klaviyo": 2, "x": 1}, {"braze", SFMC.id, "klaviyo"}
    )
    assert [(use.tool, use.use, use.events) for use in found.tools] == [
        ("braze", "observed", 5),
        ("salesforce-marketing-cloud", "idle", 0),
        ("klaviyo", "undeclared", 2),
        ("looker", "unseeable", 0),
        ("x", "undeclared", 1),
    ]
    assert census([KLAVIYO], {}).tools[0].use == "unseen"


def test_what_no_traffic_could_show_is_not_idle() -> None:
    rows = {row.capability: row for row in census([LOOKER], {}, recognisable=()).capabilities}
    assert rows["warehouse-and-bi"] == CapabilityCount("warehouse-and-bi", 1, 0, 0, 0)


def test_every_series_has_a_value_from_the_start() -> None:
    assert census([BRAZE], {}).counts() == {
        ("journeys", "declared"): 1,
        ("journeys", "observed"): 0,
        ("journeys", "undeclared"): 0,
        ("journeys", "idle"): 1,
        ("_other", "declared"): 0,
        ("_other", "observed"): 0,
        ("_other", "undeclared"): 0,
        ("_other", "idle"): 0,
    }
