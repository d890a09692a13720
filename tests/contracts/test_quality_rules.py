"""What a contract's `quality`, its unique fields and its service levels become: gates."""

from typing import Any

import pytest
from contract_examples import contract, document, stated

from observer.contracts.document import problems
from observer.contracts.not_run import not_run
from observer.contracts.quality import Bound, Metric, QualityRule

FIELDS = [
    stated("order_id", "string"),
    stated("total", "number"),
    stated("customer", "object", properties=[stated("email", "string")]),
    stated("lines", "array", items={"logicalType": "object", "properties": [stated("sku", "string")]}),
]

OPERATORS: dict[str, tuple[Bound, list[float], list[float]]] = {
    "mustBe": (Bound("mustBe", 5), [5], [4, 5.1]),
    "mustNotBe": (Bound("mustNotBe", 5), [4, 5.1], [5]),
    "mustBeGreaterThan": (Bound("mustBeGreaterThan", 5), [5.1], [5, 4]),
    "mustBeGreaterOrEqualTo": (Bound("mustBeGreaterOrEqualTo", 5), [5, 6], [4.9]),
    "mustBeLessThan": (Bound("mustBeLessThan", 5), [4.9], [5, 6]),
    "mustBeLessOrEqualTo": (Bound("mustBeLessOrEqualTo", 5), [5, 4], [5.1]),
    "mustBeBetween": (Bound("mustBeBetween", 2, 5), [2, 3, 5], [1.9, 5.1]),
    "mustNotBeBetween": (Bound("mustNotBeBetween", 2, 5), [1.9, 5.1], [2, 3, 5]),
}


def rules(*on_schema: dict[str, Any], fields: list[dict[str, Any]] | None = None, **keys: Any) -> Any:
    whole = document(FIELDS if fields is None else fields, **keys)
    whole["schema"][0]["quality"] = list(on_schema)
    return whole


def gates(whole: dict[str, Any]) -> tuple[QualityRule, ...]:
    return contract(**whole).quality


def custom(**customs: object) -> list[dict[str, Any]]:
    return [{"property": name, "value": value} for name, value in customs.items()]


@pytest.mark.parametrize("operator", OPERATORS)
def test_an_operator(operator: str) -> None:
    bound, passing, failing = OPERATORS[operator]
    value = [bound.low, bound.high] if "Between" in operator else bound.low
    (rule,) = gates(rules({"metric": "rowCount", operator: value}))
    assert rule.bound == bound
    assert [value for value in (*passing, *failing) if rule.bound.holds(value)] == passing


def test_a_rule_with_nothing_said_takes_what_is_usual() -> None:
    (rule,) = gates(rules({"metric": "nullValues", "arguments": {"properties": ["order_id"]}, "mustBe": 0}))
    assert rule._replace(probe=None) == QualityRule(
        gate="nullvalues-order-id",
        metric=Metric.NULL_VALUES,
        fields=("$.order_id",),
        bound=Bound("mustBe", 0),
        unit="rows",
        severity="error",
        window=3_600,
        lateness=300,
        minimum_events=30,
        close_after=1,
        open_after=2,
        title="nullValues",
    )
    assert rule.bad == ("quality/nullvalues-order-id/bad",)
    assert rule.of == ("quality/nullvalues-order-id/of",)


def test_a_rule_says_how_it_is_judged() -> None:
    (rule,) = gates(
        rules(
            {
                "id": "few_missing",
                "name": "few are missing",
                "metric": "missingValues",
                "arguments": {"properties": ["order_id", "customer.email"], "missingValues": ["", "N/A"]},
                "mustBeLessThan": 2,
                "unit": "percent",
                "severity": "warning",
                "dimension": "completeness",
                "customProperties": custom(
                    martechWindow=300,
                    martechLateness=60,
                    martechMinimumEvents=5,
                    martechCloseAfter=2,
                    martechOpenAfter=3,
                ),
            }
        )
    )
    assert rule.gate == "few_missing"
    assert rule.fields == ("$.order_id", "$.customer.email")
    assert (rule.unit, rule.severity, rule.dimension, rule.title) == (
        "percent", "warning", "completeness", "few are missing",
    )  # fmt: skip
    assert (rule.window, rule.lateness, rule.minimum_events, rule.close_after, rule.open_after) == (
        300, 60, 5, 2, 3,
    )  # fmt: skip
    assert rule.probe is not None
    assert rule.probe.words == {None, "", "N/A"}


SCHEDULES = {
    "*/5 * * * *": 300,
    "*/15 * * * *": 900,
    "0 * * * *": 3_600,
    "30 6 * * *": 86_400,
    "0 20 * * 1": 3_600,
    "every hour": 3_600,
}


@pytest.mark.parametrize(("schedule", "window"), SCHEDULES.items())
def test_a_schedule_says_the_window(schedule: str, window: int) -> None:
    whole = rules({"metric": "rowCount", "mustBeGreaterThan": 1, "schedule": schedule})
    assert gates(whole)[0].window == window
    assert bool(not_run(whole)) is (schedule in {"0 20 * * 1", "every hour"})


def test_the_window_is_said_more_surely_than_by_a_schedule() -> None:
    rule = {"metric": "rowCount", "mustBe": 1, "schedule": "0 * * * *"}
    assert gates(rules({**rule, "customProperties": custom(martechWindow=900)}))[0].window == 900


def test_few_events_are_what_a_row_count_is_about() -> None:
    assert gates(rules({"metric": "rowCount", "mustBe": 1}))[0].minimum_events == 0


def test_a_volume_is_a_row_count_beside_earlier_weeks() -> None:
    rule = {"metric": "rowCount", "mustBeBetween": [50, 200], "customProperties": custom(martechVolume=4)}
    (found,) = gates(rules(rule))
    assert (found.metric, found.unit, found.weeks) == (Metric.VOLUME, "percent", 4)


def test_gates_have_names_of_their_own() -> None:
    rule = {"metric": "rowCount", "mustBeGreaterThan": 1}
    named = [gate.gate for gate in gates(rules(rule, rule, {**rule, "name": "Enough, surely!"}))]
    assert named == ["rowcount", "rowcount-2", "enough-surely"]


def test_a_rule_on_a_property_is_about_that_property() -> None:
    inner = stated("email", "string", quality=[{"metric": "invalidValues", "mustBe": 0}])
    (rule,) = gates(rules(fields=[stated("customer", "object", properties=[inner])]))
    assert rule.fields == ("$.customer.email",)
    assert rule.probe is not None and rule.probe.own


UNIQUE = {
    "a unique field": ([stated("a", "string", unique=True)], [("$.a",)]),
    "a primary key of two fields": (
        [
            stated("a", "string", primaryKey=True) | {"primaryKeyPosition": 2},
            stated("b", "string", primaryKey=True) | {"primaryKeyPosition": 1},
        ],
        [("$.b", "$.a")],
    ),
    "a unique primary key is one gate": ([stated("a", "string", unique=True, primaryKey=True)], [("$.a",)]),
    "a rule says how unique": (
        [stated("a", "string", unique=True, quality=[{"metric": "duplicateValues", "mustBeLessThan": 3}])],
        [("$.a",)],
    ),
    "inside a list it is not run": (
        [
            stated(
                "o",
                "array",
                items={"logicalType": "object", "properties": [stated("a", "string", unique=True)]},
            )
        ],
        [],
    ),
}


@pytest.mark.parametrize(("fields", "gated"), UNIQUE.values(), ids=UNIQUE)
def test_uniqueness(fields: list[dict[str, Any]], gated: list[tuple[str, ...]]) -> None:
    whole = rules(fields=fields)
    found = gates(whole)
    assert [rule.fields for rule in found] == gated
    assert all(rule.metric is Metric.DUPLICATE_VALUES for rule in found)
    assert len(not_run(whole)) == (0 if gated else 1)


LEVELS = {
    "an error rate": (
        [{"property": "errorRate", "value": 0.5, "unit": "percent"}],
        [(Metric.VALIDITY, Bound("mustBeLessOrEqualTo", 0.5), "percent", 3_600)],
    ),
    "a frequency in minutes": (
        [{"property": "Frequency", "value": 10, "unit": "minutes"}],
        [(Metric.FRESHNESS, Bound("mustBeLessOrEqualTo", 600), "seconds", 300)],
    ),
    "a frequency in hours": (
        [{"property": "frequency", "value": 2, "unit": "h"}],
        [(Metric.FRESHNESS, Bound("mustBeLessOrEqualTo", 7_200), "seconds", 3_600)],
    ),
    "an availability with its frequency": (
        [
            {"property": "availability", "value": 0.999, "unit": "ratio"},
            {"property": "frequency", "value": 1, "unit": "d"},
        ],
        [
            (Metric.AVAILABILITY, Bound("mustBeGreaterOrEqualTo", 99.9), "percent", 86_400),
            (Metric.FRESHNESS, Bound("mustBeLessOrEqualTo", 86_400), "seconds", 86_400),
        ],
    ),
    "an availability alone is only shown": ([{"property": "availability", "value": 99, "unit": "%"}], []),
    "a frequency in words is only shown": ([{"property": "frequency", "value": "daily"}], []),
    "a throughput is only shown": ([{"property": "throughput", "value": 9, "unit": "per second"}], []),
}


@pytest.mark.parametrize(("listed", "expected"), LEVELS.values(), ids=LEVELS)
def test_service_levels_that_are_gates(listed: list[dict[str, Any]], expected: list[Any]) -> None:
    whole = rules(slaProperties=listed)
    found = [(rule.metric, rule.bound, rule.unit, rule.window) for rule in gates(whole)]
    assert found == expected
    assert len(found) + len(not_run(whole)) == len(listed)


def test_a_service_level_says_how_it_is_judged() -> None:
    level = {"property": "frequency", "value": 1, "unit": "h"}
    (rule,) = gates(rules(slaProperties=[level | {"customProperties": custom(martechWindow=900)}]))
    assert (rule.window, rule.every, rule.minimum_events) == (900, 3_600, 0)


NOT_RUN: dict[str, dict[str, Any]] = {
    "sql": {"type": "sql", "query": "SELECT 1", "mustBe": 1},
    "custom": {"type": "custom", "engine": "soda", "implementation": "checks: []"},
    "text": {"type": "text", "description": "Looks right."},
    "former": {"description": "No test orders."},
}


@pytest.mark.parametrize("why", NOT_RUN)
def test_what_no_stream_can_run_is_listed(why: str) -> None:
    whole = rules(NOT_RUN[why])
    assert gates(whole) == ()
    assert [one.what.code for one in not_run(whole)] == [f"contract.not_run.{why}"]


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "a metric in an unknown unit": ({"unit": "share"}, "one of rows, percent, got `share`"),
    "a severity that is none": ({"severity": "eror"}, "one of info, warning, error, got `eror`"),
    "an operator on text": ({"mustBe": "none"}, "a number, got `none`"),
    "a property that is not declared": (
        {"arguments": {"properties": ["order"]}},
        "a property that the object declares, got `order`",
    ),
    "no properties": ({"arguments": {}}, "a list of the properties that the rule is about, got nothing"),
    "an argument of another metric": (
        {"arguments": {"properties": ["order_id"], "validValues": ["x"]}},
        "an argument that missingValues has (missingValues, properties), got `validValues`",
    ),
    "no list of values": (
        {"arguments": {"properties": ["order_id"], "missingValues": "x"}},
        "a list of values, got `x`",
    ),
    "a list of lists": (
        {"arguments": {"properties": ["order_id"], "missingValues": [["x"]]}},
        "a text, a number, true, false or null, got a list",
    ),
    "a window of seven minutes": (
        {"customProperties": custom(martechWindow=420)},
        "one of 300, 900, 3600, 86400, got `420`",
    ),
    "a gate that closes after nothing": (
        {"customProperties": custom(martechCloseAfter=0)},
        "a whole number from 1 to 100, got `0`",
    ),
    "a volume of missing values": ({"customProperties": custom(martechVolume=4)}, "one of rowCount"),
    "a misspelt property of ours": (
        {"customProperties": custom(martechWindw=300)},
        "Did you mean `martechWindow`?",
    ),
}


@pytest.mark.parametrize(("changed", "said"), WRONG.values(), ids=WRONG)
def test_a_rule_that_does_not_hold_together_is_refused(changed: dict[str, Any], said: str) -> None:
    rule = {"metric": "missingValues", "arguments": {"properties": ["order_id"]}, "mustBe": 0, **changed}
    told = [str(problem) for problem in problems("x", rules(rule))]
    assert any(said in line for line in told), told


def test_a_range_the_wrong_way_round_is_refused() -> None:
    told = [str(problem) for problem in problems("x", rules({"metric": "rowCount", "mustBeBetween": [9, 1]}))]
    assert told == [
        "x: expected the smaller number first, got `9, 1` - at `$.schema[0].quality[0].mustBeBetween`"
    ]


@pytest.mark.parametrize(
    ("stated_rule", "sums", "value"),
    [
        ({"metric": "rowCount", "mustBe": 1}, (0, 7), 7),
        ({"metric": "nullValues", "mustBe": 1, "arguments": {"properties": ["total"]}}, (3, 7), 3),
        (
            {"metric": "nullValues", "mustBe": 1, "unit": "percent", "arguments": {"properties": ["total"]}},
            (3, 12),
            25,
        ),
        (
            {"metric": "nullValues", "mustBe": 1, "unit": "percent", "arguments": {"properties": ["total"]}},
            (0, 0),
            None,
        ),
    ],
)
def test_the_value_of_a_window(
    stated_rule: dict[str, Any], sums: tuple[float, float], value: float | None
) -> None:
    assert gates(rules(stated_rule))[0].value(*sums) == value
