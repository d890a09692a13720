"""The promise of the two paths: what the fast path accepts, the exact path accepts."""

from typing import Any

import pytest
from contract_examples import PLACE, accepts, document
from contract_examples import stated as property_of
from contract_strategies import BOUNDS, EDGES, NUMBERS, documents, edges_for, object_for, properties
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from observer.contracts.compiled import Contract
from observer.contracts.compiler import compile_contract
from observer.errors import ContractError

KINDS_THAT_COME = {
    "nothing", "null", "boolean", "string", "number", "array", "object", "an undeclared property",
    "something else", "another encoding", "half a surrogate pair", "nesting too deep",
}  # fmt: skip


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(properties(depth=1, name="p"))
def test_one_property_and_every_edge(stated: dict[str, Any]) -> None:
    contract = _compiled(document([stated]))
    for value in edges_for(stated):
        _holds(contract, b'{"p":' + value + b"}")


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_whole_payloads_with_keys_twice_and_undeclared(data: st.DataObject) -> None:
    stated = data.draw(documents())
    contract = _compiled(stated)
    for _ in range(4):
        _holds(contract, data.draw(object_for(stated["schema"][0]["properties"])))


@pytest.mark.parametrize("kind", ["number", "integer"])
@pytest.mark.parametrize("option", BOUNDS)
def test_each_bound_at_each_number(kind: str, option: str) -> None:
    for bound in (-1, 0, -0.0, 0.5, 2.5, 10, 2**53, 2**53 + 1, 2**62, 2**63, 1e300, -1e300):
        contract = compile_contract(PLACE, document([property_of("p", kind, False, **{option: bound})]))
        for number in NUMBERS:
            _holds(contract, b'{"p":' + number + b"}")


@pytest.mark.parametrize("kind", ["number", "integer"])
def test_two_bounds_on_one_side(kind: str) -> None:
    for low, high in ((0, 1), (1, 0)):
        stated = property_of(
            "p", kind, minimum=low, exclusiveMinimum=high, maximum=9 + low, exclusiveMaximum=9 + high
        )
        contract = compile_contract(PLACE, document([stated]))
        for number in NUMBERS:
            _holds(contract, b'{"p":' + number + b"}")


def test_every_edge_in_a_property_that_is_not_declared() -> None:
    contract = compile_contract(PLACE, document([property_of("p", "string")]))
    for value in EDGES:
        _holds(contract, b'{"x":' + value + b"}")
        _holds(contract, b'{"p":"a","x":{"y":[' + value + b"]}}")


def _compiled(stated: dict[str, Any]) -> Contract:
    try:
        return compile_contract(PLACE, stated)
    except ContractError:
        # It contradicts itself, as generated contracts do.
        reject()


def _holds(contract: Contract, payload: bytes) -> None:
    findings = contract.exact(payload, "$")
    assert not (accepts(contract, payload) and findings), (payload, findings)
    for finding in findings:
        assert contract.rules[finding.rule] is finding.kind
        assert finding.came in KINDS_THAT_COME
