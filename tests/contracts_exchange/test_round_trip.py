"""A contract that went out as JSON Schema and came in again takes the same events."""

import json
from typing import Any

import pytest
from contract_examples import PLACE, contract, document, stated
from contract_strategies import documents, object_for
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from observer.contracts.compiled import Contract
from observer.contracts.compiler import compile_contract
from observer.contracts.exporting import exported
from observer.contracts.importing import SourceFile, Wanted, imported
from observer.errors import ContractError

OWNERS = Wanted("ines.moreau@maison-lumiere.example", "hugo.lefebvre@maison-lumiere.example")


def round_trip(original: dict[str, Any]) -> Contract:
    schema = json.loads(exported("json-schema", PLACE, original).text)
    [made] = imported("json-schema", [SourceFile("example.json", schema)], OWNERS)
    return compile_contract(PLACE, made.document)


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_the_same_events_are_taken(data: st.DataObject) -> None:
    original = data.draw(documents())
    try:
        before = compile_contract(PLACE, original)
    except ContractError:
        # It contradicts itself, as generated contracts do.
        reject()
    after = round_trip(original)
    for _ in range(5):
        payload = data.draw(object_for(original["schema"][0]["properties"]))
        assert bool(before.exact(payload, "$")) == bool(after.exact(payload, "$")), payload


CASES: dict[str, tuple[dict[str, Any], bytes, bytes]] = {
    "a bound of a date": (stated("p", "date", minimum="2026-01-01"), b'{"p":"2026-01-01"}', b'{"p":"2025-12-31"}'),
    "a date as the French write it": (stated("p", "date", format="dd/MM/yyyy"), b'{"p":"01/03/2026"}', b'{"p":"2026-03-01"}'),
    "a range of 8 bits": (stated("p", "integer", format="u8"), b'{"p":255}', b'{"p":256}'),
    "words of an enum": (stated("p", "string", enum=["EUR"]), b'{"p":"EUR"}', b'{"p":"USD"}'),
    "a required property": (stated("p", "string", required=True), b'{"p":"a"}', b'{"p":null}'),
    "an optional property": (stated("p", "string"), b'{"p":null}', b'{"p":1}'),
    "a map": (
        stated("p", "map", map={"key": {"logicalType": "date"}, "value": {"logicalType": "integer"}}),
        b'{"p":{"2026-03-01":1}}',
        b'{"p":{"a":1}}',
    ),
}  # fmt: skip


@pytest.mark.parametrize(("given_", "taken", "refused"), CASES.values(), ids=CASES)
def test_a_rule_comes_back(given_: dict[str, Any], taken: bytes, refused: bytes) -> None:
    after = round_trip(document([given_]))
    assert not after.exact(taken, "$")
    assert after.exact(refused, "$")


def test_a_closed_contract_comes_back_closed() -> None:
    inner = stated("open", "object", properties=[stated("a", "string")])
    inner["customProperties"] = [{"property": "martechClosed", "value": False}]
    after = round_trip(document([inner, stated("b", "string")], closed=True))
    assert after.exact(b'{"c":1}', "$")
    assert not after.exact(b'{"open":{"z":1}}', "$")


def test_the_schema_is_the_one_that_the_exact_path_judges_by() -> None:
    wrong = b'{"p":-1}'
    assert contract(stated("p", "integer", minimum=0)).exact(wrong, "$")
    schema = json.loads(exported("json-schema", PLACE, document([stated("p", "integer", minimum=0)])).text)
    assert schema["properties"]["p"] == {"type": ["integer", "null"], "minimum": 0}
