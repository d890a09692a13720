"""What is learned from traffic takes that traffic, says what speaks for it, and holds no personal value."""

import json
from typing import Any

import pytest
from contract_examples import PLACE, contract, document, stated
from contract_strategies import NUMBERS, TEXTS, documents, object_for
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from observer.contracts.compiler import compile_contract
from observer.contracts.importing import Wanted
from observer.contracts.inferring import Learner, Limits, inferred, support, updated

OWNERS = Wanted("ines.moreau@maison-lumiere.example", "hugo.lefebvre@maison-lumiere.example")


def learned(*payloads: bytes, limits: Limits | None = None) -> Learner:
    learner = Learner() if limits is None else Learner(limits)
    for payload in payloads:
        learner.learn("track", "Example", payload)
    return learner


def properties_of(payloads: list[bytes], minimum: int = 20) -> dict[str, Any]:
    [made] = inferred(learned(*payloads), "segment", OWNERS, minimum)
    schema: Any = made.document["schema"]
    return {one["name"]: one for one in schema[0].get("properties", [])}


def many(*values: Any, times: int = 30) -> list[bytes]:
    return [json.dumps({"p": values[index % len(values)]}).encode() for index in range(times)]


GUESSES: dict[str, tuple[list[bytes], dict[str, Any] | None]] = {
    "a whole number": (
        many(1, 40),
        {"logicalType": "integer", "logicalTypeOptions": {"minimum": 0, "maximum": 100}, "required": True},
    ),
    "a number is one, once a fraction came": (
        many(1, 2.5),
        {"logicalType": "number", "logicalTypeOptions": {"minimum": 0, "maximum": 10}, "required": True},
    ),
    "words that come again and again": (
        many("EUR", "CHF"),
        {"logicalType": "string", "enum": [{"value": "CHF"}, {"value": "EUR"}], "required": True},
    ),
    "two types are left to people": (many("a", 1), None),
    "null is absence": (many(None, True), {"logicalType": "boolean"}),
    "a date": (many("2026-03-01", "2024-02-29"), {"logicalType": "date", "required": True}),
    "a moment": (many("2026-03-01T10:00:00Z"), {"logicalType": "timestamp", "required": True}),
    "a pattern of an id": (
        many(*(f"ML-{number:08}" for number in range(30))),
        {"logicalType": "string", "logicalTypeOptions": {"pattern": "^[A-Z]{2}\\-[0-9]{8}$"}, "required": True},
    ),
    "an e-mail address": (
        many("camille@maison-lumiere.example"),
        {
            "logicalType": "string",
            "logicalTypeOptions": {"format": "email"},
            "classification": "personal",
            "required": True,
        },
    ),
    "a list of objects": (
        many([{"q": True}, {"q": False}], []),
        {
            "logicalType": "array",
            "items": {
                "logicalType": "object",
                "properties": [{"name": "q", "logicalType": "boolean", "required": True}],
            },
            "required": True,
        },
    ),
    "a list with null in it says nothing of its items": (
        many([1, None]),
        {"logicalType": "array", "required": True},
    ),
    "five events show nothing of the sixth": (many(1, 2, times=5), {"logicalType": "integer"}),
}  # fmt: skip


@pytest.mark.parametrize(("payloads", "expected"), GUESSES.values(), ids=GUESSES)
def test_a_guess(payloads: list[bytes], expected: dict[str, Any] | None) -> None:
    found = properties_of(payloads).get("p")
    assert found == (None if expected is None else {"name": "p", **expected})


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_the_contract_takes_what_it_was_learned_from(data: st.DataObject) -> None:
    shape = data.draw(documents())["schema"][0]["properties"]
    some = [data.draw(object_for(shape)) for _ in range(data.draw(st.integers(1, 6)))]
    payloads = some * data.draw(st.sampled_from((1, 10)))
    made = inferred(learned(*payloads), "segment", OWNERS, minimum=data.draw(st.sampled_from((1, 20))))
    compiled = compile_contract(PLACE, made[0].document)
    for payload in payloads:
        assert not [one for one in compiled.exact(payload, "$") if one.rule != "readable:$"], payload


@pytest.mark.parametrize("minimum", [1, 20])
def test_every_edge_is_taken(minimum: int) -> None:
    edges = [*NUMBERS, *(b'"' + text.encode() + b'"' for text in TEXTS)]
    for edge in edges:
        payloads = [b'{"p":' + edge + b',"q":[' + edge + b'],"r":{"s":' + edge + b"}}"] * 25
        [made] = inferred(learned(*payloads), "", OWNERS, minimum)
        compiled = compile_contract(PLACE, made.document)
        assert not [one for one in compiled.exact(payloads[0], "$") if one.rule != "readable:$"], edge


@pytest.mark.parametrize("name", ["user_id", "customerId", "session", "card-token"])
def test_words_that_may_stand_for_one_person_are_not_listed(name: str) -> None:
    payloads = [json.dumps({name: word}).encode() for word in ("u1", "u2")] * 20
    assert "enum" not in properties_of(payloads)[name]


def test_one_word_alone_is_no_enum() -> None:
    assert "enum" not in properties_of(many("EUR"))["p"]


PERSONAL = (
    "camille.laurent@maison-lumiere.example", "06 39 98 12 34", "0639981234", "FR7630006000011234567890189",
    "192.168.17.21", "48.856613, 2.352222",
)  # fmt: skip


@pytest.mark.parametrize("value", PERSONAL)
def test_no_personal_value_is_told(value: str) -> None:
    payload = json.dumps({"p": value, "q": [value], value: 1, "r": {value: value}}).encode()
    learner = learned(*[payload] * 40)
    [made] = inferred(learner, "segment", OWNERS)
    told = json.dumps(made.document, ensure_ascii=False) + " ".join(str(one) for one in made.guesses)
    told += " ".join(str(one.what) for one in made.guesses)
    assert value not in told
    assert properties_of([payload] * 40)["p"]["classification"] == "personal"


@pytest.mark.parametrize(
    "words", [("0639981234", "0639981235"), ("192.168.17.21", "192.168.17.22"), ("a@b.example", "")]
)
def test_personal_words_that_come_again_are_neither_listed_nor_shaped(words: tuple[str, str]) -> None:
    found = properties_of(many(*words))["p"]
    assert found["classification"] == "personal"
    assert "enum" not in found
    assert "pattern" not in found.get("logicalTypeOptions", {})


@pytest.mark.parametrize("name", ["first_name", "firstName", "billing.address", "Email", "PHONE", "user-zip"])
def test_a_name_alone_makes_suspicious(name: str) -> None:
    found = properties_of([json.dumps({name: "abc"}).encode()] * 30)[name]
    assert found["classification"] == "personal"
    assert "enum" not in found


@pytest.mark.parametrize("name", ["product_name", "price", "recipe", "hotel", "phonetic"])
def test_a_harmless_name_does_not(name: str) -> None:
    assert "classification" not in properties_of([json.dumps({name: "abc"}).encode()] * 30)[name]


def test_an_event_whose_name_is_personal_is_counted_and_not_told() -> None:
    learner = Learner()
    learner.learn("track", "camille@maison-lumiere.example", b"{}")
    assert (learner.nameless, learner.lessons) == (1, {})


def test_memory_is_bounded() -> None:
    limits = Limits(contracts=2, nodes=50, properties=10, depth=3)
    learner = Learner(limits)
    for number in range(200):
        deep = b'{"a":' * 20 + b"1" + b"}" * 20
        names = json.dumps({f"n{number}_{key}": key for key in range(5)}).encode()
        for payload in (deep, names, json.dumps({"m": {f"k{number}": 1}, "s": f"v{number}"}).encode()):
            learner.learn("track", f"Event {number % 4}", payload)
    assert len(learner.lessons) == 2
    assert learner.beyond == 300
    assert sum(lesson.root.count for lesson in learner.lessons.values()) <= 52
    for made in inferred(learner, "", OWNERS):
        assert not compile_contract(PLACE, made.document).exact(deep, "$")


def test_the_same_traffic_gives_the_same_contract() -> None:
    payloads = [json.dumps({"b": n, "a": str(n % 3), "c": [n]}).encode() for n in range(50)]
    first, second = (inferred(learned(*payloads), "segment", OWNERS) for _ in range(2))
    assert first == second


def test_each_guess_says_what_speaks_for_it() -> None:
    payloads = [b'{"p":1,"q":"x"}'] * 20 + [b'{"p":2}'] * 20
    [made] = inferred(learned(*payloads), "segment", OWNERS)
    told = {(one.path, one.what.code): support(one) for one in made.guesses}
    assert told["$.p", "exchange.guess.required"] == {"events": 40, "of": 40, "share": 1.0}
    assert ("$.q", "exchange.guess.required") not in told
    assert told["$.q", "exchange.guess.type"] == {"events": 20, "of": 20, "share": 1.0}


def test_an_update_adds_what_no_contract_names_and_widens_what_it_can() -> None:
    before = document(
        [
            stated("total", "integer", minimum=0),
            stated("currency", "string"),
            stated(
                "lines", "array", items={"logicalType": "object", "properties": [stated("sku", "string")]}
            ),
        ]
    )
    payload = b'{"total":2.5,"currency":3,"lines":[{"sku":"a","gift":true}],"coupon":"SUMMER"}'
    found = updated(before, learned(*[payload] * 25).lessons["track", "Example"], 20)
    assert [(one.path, one.what.code.rpartition(".")[2]) for one in found.changes] == [
        ("$.total", "widened"),
        ("$.lines[*].gift", "added"),
        ("$.coupon", "added"),
    ]
    assert [(one.path, str(one.what)) for one in found.left] == [
        ("$.currency", "came as integer where the contract says string: left as it is")
    ]
    assert (before["version"], found.document["version"]) == ("1.0.0", "1.1.0")
    after = compile_contract(PLACE, found.document)
    assert [one.rule for one in after.exact(payload, "$")] == ["type:$.currency"]


def test_an_update_of_an_older_document_is_written_in_the_newest_version_of_the_standard() -> None:
    before = document([stated("total", "number")], apiVersion="v3.0.2")
    found = updated(before, learned(*[b'{"total":1,"coupon":"SUMMER"}'] * 25).lessons["track", "Example"], 20)
    assert found.document["apiVersion"] == "v3.2.0"
    compile_contract(PLACE, found.document)


def test_an_update_of_what_fits_changes_nothing() -> None:
    before = document([stated("total", "number")])
    found = updated(before, learned(b'{"total":1}').lessons["track", "Example"], 20)
    assert (found.document, found.changes, found.left) == (before, (), ())


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_an_update_never_refuses_what_was_taken(data: st.DataObject) -> None:
    shape = data.draw(documents())["schema"][0]["properties"]
    payloads = [data.draw(object_for(shape)) for _ in range(3)] * 10
    before = document([stated("total", "integer"), stated("id", "string")])
    found = updated(before, learned(*payloads).lessons["track", "Example"], 20)
    after, was = (
        compile_contract(PLACE, found.document),
        contract(stated("total", "integer"), stated("id", "string")),
    )
    for payload in payloads:
        if not was.exact(payload, "$"):
            assert not after.exact(payload, "$"), payload
