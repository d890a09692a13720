"""Leaks in traffic: who is looked into is decided by the event alone, what is classified is none, and costs are bounded."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observer import metrics
from observer.catalog import Catalog
from observer.contracts.shape import Shape
from observer.engine import Chunk, Limits, Memory, Result, observe
from observer.engine.leaks import MOST_PATHS, Leak, leaks_of
from observer.metrics import NONE, OTHER, Metric
from observer.model import Event, Record

NOW = 1_795_341_602.0
EMAIL = "jeanne.dupont@client.example"
EVERY, NOBODY = Limits(leak_share=1.0), Limits(leak_share=0.0)
ORDER = {"order_id": "ML-20418833", "total": 189.9, "currency": "EUR", "products": [{"product_id": "LAMP", "price": 9.9, "quantity": 1}]}  # fmt: skip


def order(number: int = 1, properties: dict[str, Any] = ORDER, **changes: Any) -> bytes:
    call = {"type": "track", "event": "Order Completed", "messageId": f"m-{number}", "anonymousId": "a-1"}
    moments = {"originalTimestamp": "2026-11-22T10:00:00Z", "sentAt": "2026-11-22T10:00:01Z"}
    return json.dumps({**call, **moments, "properties": properties, **changes}).encode()


def judged(catalog: Catalog, *values: bytes, limits: Limits = EVERY) -> Result:
    records = [Record(value=value, received=NOW - 1) for value in values]
    return observe(Chunk("web-shop", records), catalog, Memory(), NOW, limits)


def counted(result: Result, metric: Metric) -> dict[tuple[str, ...], float]:
    return {labels: number for (name, labels), number in result.counts.items() if name == metric.name}


def leaks(properties: object, shape: Shape | None = None) -> set[Leak]:
    payload = json.dumps(properties, ensure_ascii=False).encode()
    return leaks_of(Event("track", "Order", payload, "$.properties"), shape)


def test_a_clean_order_is_counted_and_nothing_is_found(catalog: Catalog) -> None:
    result = judged(catalog, order())
    assert counted(result, metrics.LEAK_EVENTS) == {("order-completed", "drawn", "clean"): 1}
    assert counted(result, metrics.LEAKS) == {}


def test_what_is_found_is_counted_by_kind_and_place_and_told_to_the_windows(catalog: Catalog) -> None:
    result = judged(catalog, order(properties={**ORDER, "coupon": EMAIL, EMAIL: 1}))
    assert counted(result, metrics.LEAK_EVENTS) == {("order-completed", "drawn", "leaking"): 1}
    assert counted(result, metrics.LEAKS) == {
        ("order-completed", "email", "payload"): 1,
        ("order-completed", "email", "property_name"): 1,
    }
    told = {
        measure
        for (family, key, _), rollup in result.rollups.items()
        if (family, key) == ("contract", "order-completed")
        for measure in rollup
        if measure.startswith("leak")
    }
    assert told == {"leaking/drawn/leaking", "leak/email/$.properties.coupon", "leak/email/$.properties.*"}


def test_what_is_quarantined_is_looked_into_though_it_was_not_drawn(catalog: Catalog) -> None:
    undeclared = order(event="Wishlist Shared", properties={"with": EMAIL})
    result = judged(catalog, order(2), undeclared, f"no JSON of {EMAIL}".encode(), limits=NOBODY)
    assert counted(result, metrics.LEAK_EVENTS) == {(NONE, "quarantined", "leaking"): 2}
    assert counted(result, metrics.LEAKS) == {(NONE, "email", "payload"): 1, (NONE, "email", "unreadable"): 1}


def test_the_share_that_is_drawn_hangs_on_the_event_alone(catalog: Catalog) -> None:
    values = [order(number) for number in range(2_000)]
    whole = counted(judged(catalog, *values, limits=Limits(leak_share=0.1)), metrics.LEAK_EVENTS)
    halves = [
        counted(judged(catalog, *part, limits=Limits(leak_share=0.1)), metrics.LEAK_EVENTS)
        for part in (values[1_000:], values[:1_000])
    ]
    key = ("order-completed", "drawn", "clean")
    assert whole[key] == sum(half[key] for half in halves)
    assert 140 <= whole[key] <= 260


def test_a_share_of_0_02_is_the_default() -> None:
    assert Limits().leak_share == 0.02


def text(path: str, classified: bool = False) -> Shape:
    return Shape("string", path, classified=classified)


SHAPE = Shape(
    "object",
    "$",
    declared=True,
    properties={
        "email": text("$.email", classified=True),
        "note": text("$.note"),
        "buyer": Shape("object", "$.buyer", classified=True, properties={"mail": text("$.buyer.mail")}),
        "notes": Shape("array", "$.notes", item=text("$.notes[*]")),
        "tags": Shape("map", "$.tags", item=text("$.tags.*", classified=True), key=text("$.tags.*")),
        "latitude": Shape("number", "$.latitude", classified=True),
    },
)  # fmt: skip

CLASSIFIED = {
    "a property that is classified": ({"email": EMAIL}, set()),
    "one that is not": ({"note": EMAIL}, {("email", "payload", "$.properties.note")}),
    "what is inside of a classified one": ({"buyer": {"mail": EMAIL, "other": [EMAIL]}}, set()),
    "items": ({"notes": ["x", EMAIL]}, {("email", "payload", "$.properties.notes[*]")}),
    "a map whose values are classified": ({"tags": {"a": EMAIL}}, set()),
    "a name that nobody declared": ({"other": EMAIL}, {("email", "payload", "$.properties.*")}),
    "deep below": ({"other": {"x": [{"y": EMAIL}]}}, {("email", "payload", "$.properties.*.*[*].*")}),
    "a position of which one half is classified": ({"latitude": 48.85661, "longitude": 2.35222}, set()),
    "a position": ({"lat": 48.85661, "lng": 2.35222}, {("location", "payload", "$.properties")}),
    "a number": ({"note": 33639981234}, {("phone", "payload", "$.properties.note")}),
    "escaped": ({"note": "jeanne\u0040client.example"}, {("email", "payload", "$.properties.note")}),
    "nothing": ({"note": None, "notes": [], "other": True}, set()),
}  # fmt: skip


@pytest.mark.parametrize(("properties", "expected"), CLASSIFIED.values(), ids=CLASSIFIED)
def test_what_the_contract_classifies_is_no_leak(properties: object, expected: set[Leak]) -> None:
    assert leaks(properties, SHAPE) == expected


def test_a_character_that_is_escaped_hides_nothing() -> None:
    event = Event("track", "x", b'{"note": "jeanne\\u0040client.example"}', "$")
    assert leaks_of(event, None) == {("email", "payload", "$.*")}


AROUND = {
    "the page's address": ({"url": f"https://www.maison-lumiere.example/?m={EMAIL}"}, {("email", "url", "url")}),
    "the user's id": ({"user_id": EMAIL}, {("email", "person_id", "person_id")}),
    "the visitor's id": ({"anonymous_id": "+33639981234"}, {("phone", "person_id", "person_id")}),
    "an id of digits": ({"user_id": "0639981234"}, set()),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "expected"), AROUND.values(), ids=AROUND)
def test_beside_the_payload(changes: dict[str, Any], expected: set[Leak]) -> None:
    assert leaks_of(Event("track", "Order", b"{}", "$", **changes), None) == expected


def test_a_classification_is_read_from_the_contract(catalog: Catalog) -> None:
    contract = catalog.contracts["loyalty-card-scanned"]
    assert contract.payload is not None
    classified = {name for name, shape in contract.payload.properties.items() if shape.classified}
    assert classified == {"card_number_hash"}


def test_more_places_than_can_be_told_are_other(catalog: Catalog) -> None:
    result = judged(catalog, *(order(n, {"x": value}) for n, value in enumerate(_nested(MOST_PATHS + 5))))
    told = {
        measure for rollup in result.rollups.values() for measure in rollup if measure.startswith("leak/")
    }
    assert f"leak/email/{OTHER}" in told
    assert len(told) <= MOST_PATHS + 1


def _nested(count: int) -> list[Any]:
    """Values at as many places: two kinds of nesting, in every mixture."""
    values: list[Any] = []
    for number in range(count):
        value: Any = EMAIL
        for bit in range(6):
            value = [value] if number >> bit & 1 else {"k": value}
        values.append(value)
    return values


@given(
    st.recursive(
        st.none() | st.booleans() | st.text() | st.floats(allow_nan=False),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=20,
    )
)
@settings(max_examples=150, deadline=None)
def test_any_payload_is_looked_into(properties: Any) -> None:
    for _, _, path in leaks(properties):
        assert set(path) <= set("$.properties*[]urlson_idevent_nam")


def test_a_payload_beyond_all_bounds_is_looked_into_in_part() -> None:
    assert leaks({"first": EMAIL, **{f"f{n}": "@ " * 4_000 for n in range(50)}, "last": EMAIL}) == {
        ("email", "payload", "$.properties.*")
    }
    assert leaks({**{f"f{n}": "x" for n in range(3_000)}, "last": EMAIL}) == set()
    assert leaks(json.loads("[" * 100 + "]" * 100)) == set()
