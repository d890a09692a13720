"""Every kind of change, whom it breaks, and the events that show it: one sentence each."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import pytest
from contract_examples import document, stated

from observer.contracts.comparing.change import Change
from observer.contracts.comparing.compare import Mode, breaks, breaks_mode, compare

S = stated


def told(change: Change) -> str:
    """One line: rule, where, consumer, producer, and the event that shows each side."""
    events = [f"{'old' if one.valid_under_old else 'new'} {one.event}" for one in change.examples]
    where = f"{change.path} {change.keyword}".strip()
    line = f"{change.rule} {where}: {change.consumer.value}/{change.producer.value}"
    return " | ".join((line, *events))


def schemas(*properties: dict[str, Any], closed: bool = False) -> dict[str, Any]:
    return document(properties, closed=closed)


class Case(NamedTuple):
    old: dict[str, Any]
    new: dict[str, Any]
    changes: list[str]


_INNER = {"logicalType": "object", "properties": [S("q", "integer", True)]}
_INNER_OPTIONAL = {"logicalType": "object", "properties": [S("q", "integer", False)]}

SCHEMAS = {
    "a minimum rises": Case(
        schemas(S("t", "number", True, minimum=0)),
        schemas(S("t", "number", True, minimum=1)),
        ['validation-constraint-changed $.t minimum: fine/breaking | old {"t": 0}'],
    ),
    "a minimum falls": Case(
        schemas(S("t", "number", True, minimum=1)),
        schemas(S("t", "number", True, minimum=0)),
        ['validation-constraint-changed $.t minimum: breaking/fine | new {"t": 0}'],
    ),
    "a maximum where there was none": Case(
        schemas(S("t", "integer", True)),
        schemas(S("t", "integer", True, maximum=5)),
        ['validation-constraint-changed $.t maximum: fine/breaking | old {"t": 6}'],
    ),
    "another type": Case(
        schemas(S("t", "number", True)),
        schemas(S("t", "string", True)),
        ['type-changed $.t type: breaking/breaking | old {"t": 1} | new {"t": "a"}'],
    ),
    "an integer becomes a number": Case(
        schemas(S("t", "integer", True)),
        schemas(S("t", "number", True)),
        ['type-changed $.t type: breaking/fine | new {"t": 1.5}'],
    ),
    "a text becomes a date": Case(
        schemas(S("t", "string")),
        schemas(S("t", "date")),
        ['type-changed $.t type: fine/breaking | old {"t": "a"}'],
    ),
    "optional becomes required": Case(
        schemas(S("t", "string")),
        schemas(S("t", "string", True)),
        ["required-changed $.t required: fine/breaking | old {}"],
    ),
    "required becomes optional, inside a list": Case(
        schemas(S("a", "array", True, items=_INNER)),
        schemas(S("a", "array", True, items=_INNER_OPTIONAL)),
        ['required-changed $.a[*].q required: breaking/fine | new {"a": [{}]}'],
    ),
    "a word more": Case(
        schemas(S("c", "string", True, enum=["EUR"])),
        schemas(S("c", "string", True, enum=["EUR", "CHF"])),
        ['enum-constraint-changed $.c enum: breaking/fine | new {"c": "CHF"}'],
    ),
    "a word less": Case(
        schemas(S("c", "string", True, enum=["EUR", "CHF"])),
        schemas(S("c", "string", True, enum=["EUR"])),
        ['enum-constraint-changed $.c enum: fine/breaking | old {"c": "CHF"}'],
    ),
    "another pattern": Case(
        schemas(S("id", "string", True, pattern="^ML-[0-9]{2}$")),
        schemas(S("id", "string", True, pattern="^ML-[0-9]{3}$")),
        [
            "validation-constraint-changed $.id pattern: breaking/breaking"
            ' | old {"id": "ML-11"} | new {"id": "ML-111"}'
        ],
    ),
    "a pattern that means the same cannot be told apart": Case(
        schemas(S("id", "string", True, pattern="^a+$")),
        schemas(S("id", "string", True, pattern="^aa*$")),
        ["validation-constraint-changed $.id pattern: warning/warning"],
    ),
    "a pattern that is wider one way may be narrower another": Case(
        schemas(S("id", "string", True, pattern="^ab$")),
        schemas(S("id", "string", True, pattern="^ab?$")),
        ['validation-constraint-changed $.id pattern: breaking/warning | new {"id": "a"}'],
    ),
    "a required property comes": Case(
        schemas(),
        schemas(S("t", "string", True)),
        ["property-added $.t property: fine/breaking | old {}"],
    ),
    "an optional property comes to an open object": Case(
        schemas(),
        schemas(S("t", "string")),
        ['property-added $.t property: fine/warning | old {"t": 7}'],
    ),
    "an optional property comes to a closed object": Case(
        schemas(closed=True),
        schemas(S("t", "string"), closed=True),
        ['property-added $.t property: breaking/fine | new {"t": "a"}'],
    ),
    "an optional property goes from an open object": Case(
        schemas(S("t", "string")),
        schemas(),
        ['property-removed $.t property: breaking/fine | new {"t": 7}'],
    ),
    "a property goes from a closed object": Case(
        schemas(S("t", "string"), closed=True),
        schemas(closed=True),
        ['property-removed $.t property: breaking/breaking | old {"t": "a"}'],
    ),
    "an object is closed": Case(
        schemas(S("t", "string")),
        schemas(S("t", "string"), closed=True),
        ['closed-changed $ unexpected: fine/breaking | old {"undeclared": 1}'],
    ),
    "keys of a map": Case(
        schemas(S("m", "map", map={"key": {"logicalType": "string"}, "value": {"logicalType": "number"}})),
        schemas(S("m", "map", map={"key": {"logicalType": "date"}, "value": {"logicalType": "number"}})),
        ['validation-constraint-changed $.m keys: fine/breaking | old {"m": {"a": 1}}'],
    ),
    "no item twice any more": Case(
        schemas(S("a", "array")),
        schemas(S("a", "array", uniqueItems=True)),
        ['validation-constraint-changed $.a uniqueItems: fine/breaking | old {"a": [1, 1]}'],
    ),
    "an earliest date": Case(
        schemas(S("d", "date", True, minimum="2024-01-01")),
        schemas(S("d", "date", True, minimum="2025-01-01")),
        ['validation-constraint-changed $.d minimum: fine/breaking | old {"d": "2024-01-01"}'],
    ),
    "dimensions of a vector": Case(
        schemas(S("v", "vector", True, dimensions=2)),
        schemas(S("v", "vector", True, dimensions=1)),
        ['vector-shape-changed $.v dimensions: breaking/breaking | old {"v": [1, 1]} | new {"v": [1]}'],
    ),
    "a rule that no event can tell apart": Case(
        schemas(S("n", "integer", True, minimum=1)),
        schemas(S("n", "integer", True, minimum=0.5)),
        ["validation-constraint-changed $.n minimum: warning/warning"],
    ),
    "the needed properties of the other version come too, so that one reason is shown": Case(
        schemas(S("t", "number", True, minimum=0)),
        schemas(S("t", "number", True, minimum=1), S("u", "string", True)),
        [
            'validation-constraint-changed $.t minimum: fine/breaking | old {"t": 0, "u": "a"}',
            'property-added $.u property: fine/breaking | old {"t": 1}',
        ],
    ),
}


@pytest.mark.parametrize("case", SCHEMAS.values(), ids=SCHEMAS)
def test_schemas(case: Case) -> None:
    assert [told(change) for change in compare(case.old, case.new)] == case.changes


def with_rule(**keys: Any) -> dict[str, Any]:
    return document([S("id", "string", quality=[{"name": "rule", "metric": "nullValues", **keys}])])


def with_level(name: str, value: object, unit: str | None = None, **keys: Any) -> dict[str, Any]:
    level = {"property": name, "value": value, **({"unit": unit} if unit else {}), **keys}
    return document(slaProperties=[level])


def with_class(word: str | None) -> dict[str, Any]:
    return document([S("id", "string") | ({"classification": word} if word else {})])


def with_customs(**customs: object) -> dict[str, Any]:
    return document(customProperties=[{"property": key, "value": value} for key, value in customs.items()])


def with_owners(*members: tuple[str, str]) -> dict[str, Any]:
    return document(team={"members": [{"username": who, "role": role} for who, role in members]})


M, T = "marketing owner", "technical owner"
OWNED = with_owners(("a@shop.example", M), ("b@shop.example", T))
TRACK = {"kind": "track", "event": "A"}

PROMISES: dict[str, tuple[dict[str, Any], dict[str, Any], list[str]]] = {
    "a rule of quality comes": (
        document([S("id", "string")]),
        with_rule(mustBe=0),
        ["quality-added $.id: fine/breaking"],
    ),
    "a rule of quality goes": (
        with_rule(mustBe=0),
        document([S("id", "string")]),
        ["quality-removed $.id: breaking/fine"],
    ),
    "a threshold is laxer": (
        with_rule(mustBeLessThan=1),
        with_rule(mustBeLessThan=5),
        ["quality-changed $.id: breaking/fine"],
    ),
    "a threshold is stricter, in other words": (
        with_rule(mustBeBetween=[0, 5]),
        with_rule(mustBeLessThan=-9, mustBeGreaterThan=-10),
        ["quality-changed $.id: breaking/breaking"],
    ),
    "the same threshold in other words": (
        with_rule(mustBeBetween=[3, 3]),
        with_rule(mustBe=3),
        [],
    ),
    "a rule measures something else": (
        with_rule(mustBe=0, unit="rows"),
        with_rule(mustBe=0, unit="percent"),
        ["quality-changed $.id: breaking/breaking"],
    ),
    "a query is another": (
        with_rule(type="sql", query="SELECT 1", mustBe=1),
        with_rule(type="sql", query="SELECT 2", mustBe=1),
        ["quality-changed $.id: warning/warning"],
    ),
    "a severity falls": (
        with_rule(mustBe=0, severity="error"),
        with_rule(mustBe=0, severity="info"),
        ["quality-severity-changed $.id: warning/fine"],
    ),
    "unique no longer": (
        document([S("id", "string", unique=True)]),
        document([S("id", "string")]),
        ["unique-constraint-changed $.id unique: breaking/fine"],
    ),
    "a laxer latency": (
        with_level("latency", 5, "s"),
        with_level("latency", 10, "s"),
        ["service-level-changed $.slaProperties[latency]: breaking/fine"],
    ),
    "a stricter latency in another unit": (
        with_level("latency", 5, "minutes"),
        with_level("Latency", 90, "seconds"),
        ["service-level-changed $.slaProperties[latency]: fine/breaking"],
    ),
    "the same latency in another unit is for people": (
        with_level("latency", 5, "minutes"),
        with_level("latency", 300, "s"),
        ["metadata-changed $.slaProperties[latency] unit: fine/fine"],
    ),
    "a lower availability": (
        with_level("availability", 99.9, "%"),
        with_level("availability", 0.98, "ratio"),
        ["service-level-changed $.slaProperties[availability]: breaking/fine"],
    ),
    "an earlier end": (
        with_level("endOfLife", "2028-01-01"),
        with_level("endOfLife", "2027-01-01"),
        ["service-level-changed $.slaProperties[endOfLife]: breaking/fine"],
    ),
    "units that do not compare": (
        with_level("latency", 5, "s"),
        with_level("latency", 5, "hops"),
        ["service-level-changed $.slaProperties[latency]: warning/warning"],
    ),
    "a level goes": (
        with_level("latency", 5, "s"),
        document(),
        ["service-level-removed $.slaProperties[latency]: breaking/fine"],
    ),
    "a lower objective": (
        with_level("latency", 5, "s", customProperties=[{"property": "martechObjective", "value": 0.99}]),
        with_level("latency", 5, "s", customProperties=[{"property": "martechObjective", "value": 0.9}]),
        ["service-level-objective-changed $.slaProperties[latency]: breaking/fine"],
    ),
    "a classification is lowered": (
        with_class("confidential"),
        with_class("public"),
        ["classification-changed $.id: fine/breaking"],
    ),
    "a classification is raised": (
        with_class("internal"),
        with_class("Restricted"),
        ["classification-changed $.id: breaking/fine"],
    ),
    "a classification goes": (with_class("internal"), with_class(None), ["classification-changed $.id: fine/breaking"]),
    "a classification comes": (with_class(None), with_class("internal"), ["classification-changed $.id: warning/fine"]),
    "a word of one's own": (with_class("c2"), with_class("c1"), ["classification-changed $.id: warning/warning"]),
    "a purpose more": (
        with_customs(martechPurposes=["newsletter"]),
        with_customs(martechPurposes=["newsletter", "advertising"]),
        ["purpose-added $.customProperties[martechPurposes]: fine/breaking"],
    ),
    "a purpose less": (
        with_customs(martechPurposes=["newsletter", "advertising"]),
        with_customs(martechPurposes=["newsletter"]),
        ["purpose-removed $.customProperties[martechPurposes]: breaking/fine"],
    ),
    "an owner changes": (
        OWNED,
        with_owners(("c@shop.example", M), ("b@shop.example", T)),
        ["owner-changed $.team[marketing owner]: warning/warning", "metadata-changed $.team team: fine/fine"],
    ),
    "an owner goes": (
        OWNED,
        with_owners(("a@shop.example", M)),
        ["owner-removed $.team[technical owner]: breaking/breaking", "metadata-changed $.team team: fine/fine"],
    ),
    "an event is no longer claimed": (
        with_customs(martechMatch=[TRACK, {**TRACK, "event": "B"}]),
        with_customs(martechMatch=[TRACK]),
        ["claim-removed $.customProperties[martechMatch]: breaking/fine"],
    ),
    "an event is claimed": (
        with_customs(martechMatch=[TRACK]),
        with_customs(martechMatch=[TRACK, {**TRACK, "event": "B"}]),
        ["claim-added $.customProperties[martechMatch]: fine/warning"],
    ),
    "a server goes": (
        document(servers=[{"server": "prod", "type": "kafka", "host": "kafka.shop.example"}]),
        document(),
        ["server-removed $.servers[prod]: breaking/fine"],
    ),
    "another version and another description are for people": (
        document(version="1.0.0", domain="a"),
        document(version="1.0.1", domain="b"),
        ["metadata-changed $.version version: fine/fine", "metadata-changed $.domain domain: fine/fine"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "changes"), PROMISES.values(), ids=PROMISES)
def test_promises(old: Mapping[str, Any], new: Mapping[str, Any], changes: list[str]) -> None:
    assert [told(change) for change in compare(old, new)] == changes


TABLE = {"apiVersion": "v3.1.0", "kind": "DataContract", "id": "Some Table", "version": "1"}


def test_a_table_of_another_trade_is_compared() -> None:
    """No logicalType, a pattern that no stream check can hold, a schema object more and one less."""
    note: dict[str, Any] = {"name": "note", "physicalType": "TEXT"}
    amount = {"name": "amount", "physicalType": "DECIMAL(5,2)", "required": True}
    code = {"name": "code", "logicalType": "string", "logicalTypeOptions": {"pattern": "^(?=a)"}}
    old = {**TABLE, "schema": [{"name": "orders", "properties": [amount, code, note]}, {"name": "gone"}]}
    changed = [
        {**amount, "physicalType": "DOUBLE", "required": False},
        {**code, "logicalTypeOptions": {"pattern": "^(?=b)"}},
        {**note, "logicalType": "integer"},
    ]
    new = {**TABLE, "schema": [{"name": "orders", "properties": changed}, {"name": "new"}]}
    assert [f"{one.schema}: {told(one)}" for one in compare(old, new)] == [
        "orders: required-changed $.amount required: breaking/fine | new {}",
        "orders: validation-constraint-changed $.code pattern: warning/warning",
        "orders: type-changed $.note type: warning/warning",
        "new: schema-added $: fine/fine",
        "gone: schema-removed $: breaking/fine",
        "orders: physical-type-changed $.amount: warning/warning",
    ]


MODES = {
    "a tighter schema": (SCHEMAS["a minimum rises"], {"BACKWARD", "FULL"}),
    "a looser schema": (SCHEMAS["a minimum falls"], {"FORWARD", "FULL"}),
    "another type": (SCHEMAS["another type"], {"BACKWARD", "FORWARD", "FULL"}),
    "an optional property": (SCHEMAS["an optional property comes to an open object"], set()),
}


@pytest.mark.parametrize(("case", "broken"), MODES.values(), ids=MODES)
def test_modes(case: Case, broken: set[str]) -> None:
    changes = compare(case.old, case.new)
    assert {mode.value for mode in Mode if not mode.transitive and breaks_mode(changes, mode)} == broken
    assert {mode.value.removesuffix("_TRANSITIVE") for mode in Mode if breaks_mode(changes, mode)} == broken


def test_a_mode_is_about_schemas_alone() -> None:
    old, new, _ = PROMISES["a laxer latency"]
    changes = compare(old, new)
    assert breaks(changes) and not any(breaks_mode(changes, mode) for mode in Mode)
    assert breaks(changes, producer=False) and not breaks(changes, consumer=False)
