"""What comes and no contract names is counted, on a sample, without a name that could tell a person."""

import json
from typing import Any

import pytest

from observer import metrics
from observer.catalog import Catalog
from observer.engine import Chunk, Limits, Memory, Result, observe
from observer.engine.drift import EVERY, FAMILY, FIRST, NAMES
from observer.model import Record, Verdict

NOW = 1_795_341_602.0
KEY = b"a key of sixteen bytes, at least"
VALID = {"product_id": "LAMP-ARC-02", "name": "Lampadaire Arc", "category": "luminaires", "price": 189.9}


def viewed(number: int, *, name: str = "Product Viewed", **more: Any) -> dict[str, Any]:
    return {
        "type": "track",
        "event": name,
        "messageId": f"m-{number}",
        "userId": "u",
        "properties": {**VALID, **more},
    }


def having(properties: dict[str, Any]) -> dict[str, Any]:
    return {**viewed(1), "properties": {**VALID, **properties}}


def seen(catalog: Catalog, *events: dict[str, Any], key: bytes = KEY) -> Result:
    record = Record(json.dumps({"batch": events}).encode(), received=NOW)
    return observe(Chunk("web-shop", [record]), catalog, Memory(), NOW, Limits(drift_key=key))


def measures(result: Result, contract: str = "product-viewed") -> dict[str, float]:
    return {
        measure: number
        for (family, name, _), rollup in result.rollups.items()
        if (family, name) == (FAMILY, contract)
        for measure, number in rollup.items()
    }


def test_an_undeclared_property_is_drift_and_no_fault(catalog: Catalog) -> None:
    result = seen(catalog, viewed(1, loyalty_level="gold"), viewed(2))
    assert result.verdicts[Verdict.VALID] == 2
    found = measures(result)
    assert found.pop("sampled/web-shop") == 2
    ((measure, number),) = found.items()
    kind, source, name, came, path = measure.split("/", 4)
    assert (kind, source, came, path, number) == ("property", "web-shop", "string", "$", 1)
    assert len(name) == 12 and int(name, 16) >= 0
    assert result.counts[metrics.DRIFT.name, ("product-viewed", "web-shop", "property")] == 1
    assert result.counts[metrics.DRIFT_SAMPLED.name, ("product-viewed", "web-shop")] == 2


def test_the_same_name_has_the_same_hash_and_another_key_another(catalog: Catalog) -> None:
    def name(key: bytes, property_name: str) -> str:
        found = measures(seen(catalog, having({property_name: 1}), key=key))
        (measure,) = (one for one in found if one.startswith("property/"))
        return measure.split("/")[2]

    assert name(KEY, "loyalty_level") == name(KEY, "loyalty_level") != name(KEY, "loyalty_rank")
    assert name(KEY, "loyalty_level") != name(KEY[::-1], "loyalty_level")


def test_no_name_leaves_the_engine(catalog: Catalog) -> None:
    """A property may be called by an e-mail address, and an event by a person's name."""
    personal = "claire.fontaine@example.org"
    result = seen(catalog, having({personal: {"a": 1}}), viewed(2, name=personal))
    assert personal not in repr((result.rollups, result.counts, result.newest))
    assert len(measures(result)) == 2 and len(measures(result, "_none")) == 1


def test_a_type_that_a_declared_property_does_not_allow_is_drift_too(catalog: Catalog) -> None:
    assert "type/web-shop/-/string/$.price" in measures(seen(catalog, viewed(1, price="189.9")))


def test_inside_lists_each_property_counts_once_an_event(catalog: Catalog) -> None:
    line = {"product_id": "LAMP-ARC-02", "price": 1, "quantity": 1, "engraving": "C."}
    order = {"order_id": "ML-20418833", "total": 2, "currency": "EUR", "products": [line, line]}
    event = {**viewed(1, name="Order Completed"), "properties": order}
    found = measures(seen(catalog, event), "order-completed")
    assert [
        (one.split("/", 3)[3], number) for one, number in found.items() if one.startswith("property")
    ] == [("string/$.products[*]", 1.0)]


def test_an_event_that_no_contract_claims_is_always_counted(catalog: Catalog) -> None:
    found = measures(seen(catalog, *(viewed(number, name="Nobody Knows") for number in range(30))), "_none")
    assert list(found.values()) == [30]


def test_a_busy_contract_is_sampled_and_the_sample_is_counted(catalog: Catalog) -> None:
    found = measures(seen(catalog, *(viewed(number, extra=1) for number in range(100))))
    looked = sum(number < FIRST or number % EVERY == 0 for number in range(100))
    assert set(found.values()) == {looked}


def test_names_that_never_end_are_one(catalog: Catalog) -> None:
    result = seen(catalog, having({f"name_{number}": 1 for number in range(40)}))
    names = {measure.split("/")[2] for measure in measures(result) if measure.startswith("property/")}
    assert len(names) == NAMES + 1 and "_other" in names


def test_without_a_key_nothing_is_looked_at(catalog: Catalog) -> None:
    assert measures(seen(catalog, viewed(1, extra=1), key=b"")) == {}


@pytest.mark.parametrize("payload", [b"[", b'{"a": NaN}', b"{" * 2000])
def test_what_cannot_be_read_has_no_drift(catalog: Catalog, payload: bytes) -> None:
    body = (
        b'{"type":"track","event":"Product Viewed","messageId":"m","userId":"u","properties":'
        + payload
        + b"}"
    )
    result = observe(
        Chunk("web-shop", [Record(body, received=NOW)]), catalog, Memory(), NOW, Limits(drift_key=KEY)
    )
    assert sum(result.verdicts.values()) == 1
