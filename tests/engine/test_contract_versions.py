"""Which version of a contract judges an event, and what becomes of versions that near their end."""

import json
from collections.abc import Sequence
from typing import Any

import pytest
from contract_examples import PLACE, contract, document, stated

from observer import metrics
from observer.building.series import series_by_metric
from observer.catalog import Catalog
from observer.contracts.compiled import Contract
from observer.contracts.document import problems
from observer.contracts.lifetimes import aging
from observer.contracts.versions import join
from observer.engine import Chunk, Memory, Result, observe, remember
from observer.engine.judge import judge
from observer.model import Event, Record, Verdict
from observer.sinks.totals import declared_counters

NOON = 1_795_348_800.0
"""2026-11-22 12:00:00 UTC."""


def custom(**customs: object) -> list[dict[str, Any]]:
    return [{"property": name, "value": value} for name, value in customs.items()]


def version(number: str, *fields: str, **keys: Any) -> Contract:
    """A version whose fields are all required; customs are added to those that every contract needs."""
    customs = document()["customProperties"] + custom(**keys.pop("customs", {}))
    listed = [stated(field, "string", True) for field in fields]
    return contract(*listed, version=number, customProperties=customs, **keys)


def several(*versions: Contract) -> Contract:
    return join(versions, versions)


def ends(**dates: object) -> list[dict[str, Any]]:
    return [{"property": name, "value": value} for name, value in dates.items()]


V1, V14, V2 = version("1.0.0", "a"), version("1.4.0", "a", "b"), version("2.1.0", "c")
FIELD = {"martechVersionField": "$.meta.v"}
AS_WRITTEN = [version(number, *fields, customs=FIELD) for number, fields in (("1.0.0", "a"), ("2.1.0", "c"))]

CHOSEN: dict[str, tuple[Sequence[Contract], object, str, str]] = {
    "by its full number": ((V1, V14, V2), {}, "1.0.0", "1.0.0"),
    "as SchemaVer": ((V1, V14, V2), {}, "2-1-0", "2.1.0"),
    "with a v": ((V1, V14, V2), {}, "v1.4.0", "1.4.0"),
    "by its first number, the newest of them": ((V1, V14, V2), {}, "1", "1.4.0"),
    "an earlier one that is no more": ((V1, V14, V2), {}, "1.2.7", "1.4.0"),
    "a later one than any": ((V1, V14, V2), {}, "1.5.0", "_other"),
    "another first number": ((V1, V14, V2), {}, "3-0-0", "_other"),
    "no number at all": ((V1, V14, V2), {}, "camille@maison-lumiere.example", "_other"),
    "none: the newest that takes it": ((V1, V14, V2), {"a": "x"}, "", "1.0.0"),
    "none, and all take it": ((V1, V14, V2), {"a": "x", "b": "x", "c": "x"}, "", "2.1.0"),
    "none, and none takes it": ((V1, V14, V2), {"d": "x"}, "", "2.1.0"),
    "in the payload": (AS_WRITTEN, {"meta": {"v": "1.0.0"}}, "", "1.0.0"),
    "in the payload as a number": (AS_WRITTEN, {"meta": {"v": 2}}, "", "2.1.0"),
    "the payload before the envelope": (AS_WRITTEN, {"meta": {"v": "1.0.0"}}, "2.1.0", "1.0.0"),
    "the envelope where the payload is silent": (AS_WRITTEN, {"meta": {}}, "1.0.0", "1.0.0"),
    "what is no version in the payload": (AS_WRITTEN, {"meta": {"v": [1]}, "a": "x"}, "", "1.0.0"),
    "a payload that is no object": (AS_WRITTEN, [1], "", "2.1.0"),
}


@pytest.mark.parametrize(("versions", "payload", "named", "chosen"), CHOSEN.values(), ids=CHOSEN)
@pytest.mark.parametrize("order", [1, -1], ids=["oldest first", "newest first"])
def test_an_event_names_its_version(
    versions: Sequence[Contract], payload: object, named: str, chosen: str, order: int
) -> None:
    whole = several(*versions[::order])
    event = Event("track", "Example", json.dumps(payload).encode(), "$.properties", version=named)
    judged = judge(event, whole, NOON)
    assert judged.contract is not None
    assert judged.contract.version == chosen
    assert (chosen == "_other") is (judged.findings[:1] != () and judged.findings[0].rule == "version:$")


def test_an_unknown_version_is_told_with_those_that_are_known_and_never_with_its_own_words() -> None:
    event = Event("track", "Example", b'{"meta": {"v": "camille@x.example"}}', "$.properties")
    judged = judge(event, several(*AS_WRITTEN), NOON)
    assert judged.verdict is Verdict.INVALID
    (finding,) = judged.findings
    assert (finding.kind, finding.path) == ("wrong_version", "$.properties.meta.v")
    assert (finding.expected, finding.came) == ("one of the versions 2.1.0, 1.0.0", "another version")


def test_one_version_need_not_be_named_as_the_envelope_does() -> None:
    event = Event("track", "Example", b'{"a": "x"}', "$", version="9-0-0")
    assert judge(event, V1, NOON).verdict is Verdict.VALID


def test_one_version_that_payloads_name_is_held_to_it() -> None:
    alone = AS_WRITTEN[0]
    named = Event("track", "Example", b'{"a": "x", "meta": {"v": "3"}}', "$")
    assert judge(named, alone, NOON).verdict is Verdict.INVALID
    assert judge(Event("track", "Example", b'{"a": "x"}', "$"), alone, NOON).verdict is Verdict.VALID


LIFE: dict[str, tuple[dict[str, Any], float, Verdict, list[str]]] = {
    "for good": ({}, NOON, Verdict.VALID, []),
    "deprecated": ({"status": "deprecated"}, NOON, Verdict.VALID, ["deprecated"]),
    "support that ends later": (
        {"slaProperties": ends(endOfSupport="2026-11-22T12:00:01Z")},
        NOON,
        Verdict.VALID,
        ["support_ends"],
    ),
    "support that has ended": (
        {"slaProperties": ends(endOfSupport="2026-11-22")},
        NOON,
        Verdict.VALID,
        ["unsupported"],
    ),
    "a life that ends later": (
        {"slaProperties": ends(endOfLife="2026-11-22T14:00:01+02:00")},
        NOON,
        Verdict.VALID,
        ["ends"],
    ),
    "a life that has ended": (
        {"slaProperties": ends(EndOfLife="2026-11-22T14:00:00+02:00")},
        NOON,
        Verdict.INVALID,
        ["ended"],
    ),
    "retired": ({"status": "retired"}, NOON, Verdict.INVALID, ["ended"]),
}


@pytest.mark.parametrize(("keys", "time", "verdict", "told"), LIFE.values(), ids=LIFE)
@pytest.mark.parametrize("others", [(), (V2,)], ids=["alone", "beside a newer one"])
def test_a_version_lives_until_its_end(
    keys: dict[str, Any], time: float, verdict: Verdict, told: list[str], others: tuple[Contract, ...]
) -> None:
    old = version("1.0.0", "a", customs={"martechReplacedBy": "2.1.0"}, **keys)
    whole = several(old, *others) if others else old
    judged = judge(Event("track", "Example", b'{"a": "x"}', "$", version="1.0.0"), whole, time)
    assert judged.verdict is verdict
    assert [(finding.rule, finding.expected) for finding in judged.findings] == (
        [("end_of_life:$", "version 2.1.0")] if verdict is Verdict.INVALID else []
    )
    assert [what.code.rpartition(".")[2] for what in aging(old, time)] == told


def within(catalog: Catalog, judging: Contract) -> Catalog:
    shop = catalog.sources["web-shop"]._replace(contracts={("track", "Example"): judging})
    return catalog._replace(
        sources={**catalog.sources, "web-shop": shop}, contracts={**catalog.contracts, judging.id: judging}
    )


def call(named: str | None, **properties: object) -> Record:
    sent: dict[str, Any] = {"type": "track", "event": "Example", "receivedAt": "2026-11-22T12:00:00Z"}
    if named:
        sent["context"] = {"protocols": {"event_version": named}}
    return Record(value=json.dumps({**sent, "properties": properties}).encode())


def series(result: Result, metric: metrics.Metric) -> dict[tuple[str, ...], float]:
    return {labels: number for (name, labels), number in result.counts.items() if name == metric.name}


def test_rates_say_who_still_sends_the_old_version(catalog: Catalog) -> None:
    old = version("1.0.0", "a", status="deprecated")
    judging = within(catalog, several(old, V2))
    calls = [call("1.0.0", a="x"), call("1.0.0", a="x"), call("2.1.0", c="x"), call("7"), call("2.1.0")]
    result = observe(Chunk("web-shop", calls), judging, Memory(), NOON)
    assert series(result, metrics.VERSION_EVENTS) == {
        ("example", "1.0.0", "web-shop"): 2,
        ("example", "2.1.0", "web-shop"): 2,
        ("example", "_other", "web-shop"): 1,
    }
    assert series(result, metrics.DEPRECATED_EVENTS) == {("example", "1.0.0", "web-shop"): 2}
    (measures,) = [
        m for (family, name, _), m in result.rollups.items() if (family, name) == ("contract", "example")
    ]
    assert measures["version/1.0.0/web-shop"] == 2


def test_every_series_of_a_version_is_declared_and_estimated(catalog: Catalog) -> None:
    old = version("1.0.0", "a", status="deprecated", slaProperties=ends(endOfLife="2020-01-01"))
    judging = within(catalog, several(old, V2))
    calls = [call("1.0.0", a="x"), call("2.1.0", c="x"), call("7"), call("2.1.0"), call("1.0.0")]
    result = observe(Chunk("web-shop", calls), judging, Memory(), NOON)
    declared = set(declared_counters(judging))
    for metric in (metrics.VERSION_EVENTS, metrics.DEPRECATED_EVENTS, metrics.VIOLATIONS, metrics.SLI_EVENTS):
        assert {(metric.name, labels) for labels in series(result, metric)} <= declared
    for metric in (metrics.VERSION_EVENTS, metrics.DEPRECATED_EVENTS):
        assert sum(name == metric.name for name, _ in declared) == series_by_metric(judging)[metric.name]


def test_what_is_promised_is_the_newest_versions(catalog: Catalog) -> None:
    rule = {"id": "g", "metric": "nullValues", "arguments": {"properties": ["c"]}, "mustBe": 0}
    newest = document([stated("c", "string")], version="2.1.0")
    newest["schema"][0]["quality"] = [rule]
    slow = version("1.0.0", "a", slaProperties=[{"property": "latency", "value": 1, "unit": "s"}])
    whole = several(slow, contract(**newest))
    result = observe(
        Chunk("web-shop", [call("1.0.0", a="x"), call("2.1.0", c="x")]),
        within(catalog, whole),
        Memory(),
        NOON,
    )
    (measures,) = [
        m for (family, name, _), m in result.rollups.items() if (family, name) == ("contract", "example")
    ]
    assert (measures["quality/g/bad"], measures["quality/g/of"]) == (1, 2)
    assert set(series(result, metrics.SLI_EVENTS)) == {("example", "validity", "good")}


def test_what_is_remembered_is_looked_at_by_the_version_that_judged(catalog: Catalog) -> None:
    unique = {"id": "g", "metric": "duplicateValues", "mustBe": 0}
    old = document([stated("k", "string", True)], version="1.0.0")
    new = document([stated("n", "number"), stated("k", "string", True, quality=[unique])], version="2.0.0")
    judging, calls = (
        within(catalog, several(contract(**old), contract(**new))),
        [call("1", k="x"), call("2", k="x")],
    )
    whole, again = Memory(), Memory()
    first = observe(Chunk("web-shop", calls), judging, whole, NOON)
    whole.learn_values("web-shop", "", first.learned_values, NOON)
    remember(Chunk("web-shop", calls), judging, again, NOON)
    assert [len(each) for each in first.learned_values.values()] == [2]
    for memory in (whole, again):
        counted = observe(Chunk("web-shop", [call("1", k="x")]), judging, memory, NOON).rollups
        assert sum(measures.get("quality/g/bad", 0) for measures in counted.values()) == 1


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "an end that is no date": (
        {"slaProperties": ends(endOfLife="next spring")},
        "expected a date, or a date-time with its offset",
    ),
    "an end before the end of support": (
        {"slaProperties": ends(endOfLife="2026-01-01", endOfSupport="2027-01-01")},
        "expected an endOfLife that is not before endOfSupport, got an earlier one",
    ),
    "a field that is no path": (
        {"customProperties": custom(martechVersionField="version")},
        "expected the path of a property of the payload, as `$.schema_version`, got `version`",
    ),
}


@pytest.mark.parametrize(("keys", "said"), WRONG.values(), ids=WRONG)
def test_a_version_that_does_not_hold_together_is_refused(keys: dict[str, Any], said: str) -> None:
    assert any(said in str(problem) for problem in problems(PLACE, document(**keys)))


def test_mistakes_of_the_standard_and_of_the_house_are_told_together() -> None:
    wrong = document(
        [stated("a", "string", maxLength=1, minLength=2)],
        nmae="x",
        slaProperties=[{"property": "latency", "value": -1, "unit": "s"}],
    )
    told = [problem.path for problem in problems(PLACE, wrong)]
    assert told == [
        "$.nmae",
        "$.slaProperties[0].value",
        "$.schema[0].properties[0].logicalTypeOptions.minLength",
    ]
