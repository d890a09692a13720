"""What holds of every comparison, whatever the two contracts are."""

from collections import Counter
from typing import Any

from contract_examples import PLACE, document
from contract_strategies import documents, edges_for, properties
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from observer.contracts.comparing.change import Area, Change, Grade
from observer.contracts.comparing.compare import compare
from observer.contracts.compiled import Contract
from observer.contracts.compiler import compile_contract
from observer.errors import ContractError

QUICK = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
OPPOSITE = {"property-added": "property-removed", "property-removed": "property-added"}


@st.composite
def pairs(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """Draws two contracts of one property: mostly of the same type, with other rules."""
    old = draw(properties(depth=1, name="p"))
    drawn = [draw(properties(depth=1, name="p")) for _ in range(6)]
    alike = [one for one in drawn if one["logicalType"] == old["logicalType"]]
    closed = draw(st.booleans())
    return document([old], closed=closed), document([(alike or drawn)[0]], closed=closed)


PAIRS = pairs()


@QUICK
@given(documents())
def test_identical_contracts_have_no_change(stated: dict[str, Any]) -> None:
    assert compare(stated, stated) == ()


@QUICK
@given(st.one_of(PAIRS, st.tuples(documents(), documents())))
def test_a_counter_example_is_valid_under_one_and_invalid_under_the_other(
    pair: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    old, new = pair
    before, after = _compiled(old), _compiled(new)
    for change in compare(old, new):
        for example in change.examples:
            keeps, breaks = (before, after) if example.valid_under_old else (after, before)
            payload = example.event.encode()
            assert keeps.exact(payload, "$") == ()
            assert tuple(finding.rule for finding in breaks.exact(payload, "$")) == example.broken != ()


@QUICK
@given(st.one_of(PAIRS, st.tuples(documents(), documents())))
def test_every_breaking_schema_change_but_a_removal_has_its_counter_example(
    pair: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    old, new = pair
    for change in _schemas(old, new):
        shown = {example.valid_under_old for example in change.examples}
        if change.producer is Grade.BREAKING:
            assert True in shown
        if change.consumer is Grade.BREAKING and change.rule != "property-removed":
            assert False in shown


@QUICK
@given(st.one_of(PAIRS, st.tuples(documents(), documents())))
def test_grading_is_symmetric(pair: tuple[dict[str, Any], dict[str, Any]]) -> None:
    """Consumers of one direction are the producers of the other. A property that only one version has is the
    exception: its grades go beyond events, so its events alone are compared."""
    old, new = pair
    forth = Counter(_told(one) for one in _schemas(old, new))
    back = Counter(_told(_turned(one)) for one in _schemas(new, old))
    assert forth == back


@QUICK
@given(PAIRS)
def test_no_break_is_passed_over(pair: tuple[dict[str, Any], dict[str, Any]]) -> None:
    """Every edge value there is, as it would come: what one version alone takes was announced to the other side."""
    old, new = pair
    before, after = _compiled(old), _compiled(new)
    changes = _schemas(old, new)
    hurt = {
        "producer": any(change.producer is not Grade.FINE for change in changes),
        "consumer": any(change.consumer is not Grade.FINE for change in changes),
    }
    for stated in (old, new):
        for value in (*edges_for(stated["schema"][0]["properties"][0]), None):
            payload = b"{}" if value is None else b'{"p":' + value + b"}"
            kept = before.exact(payload, "$") == (), after.exact(payload, "$") == ()
            assert kept != (True, False) or hurt["producer"], (payload, changes)
            assert kept != (False, True) or hurt["consumer"], (payload, changes)


def _compiled(stated: dict[str, Any]) -> Contract:
    try:
        return compile_contract(PLACE, stated)
    except ContractError:
        # It contradicts itself, as generated contracts do.
        reject()


def _schemas(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    return [change for change in compare(old, new) if change.area is Area.SCHEMA]


def _turned(change: Change) -> Change:
    return change._replace(
        rule=OPPOSITE.get(change.rule, change.rule),
        old=change.new,
        new=change.old,
        consumer=change.producer,
        producer=change.consumer,
        examples=tuple(one._replace(valid_under_old=not one.valid_under_old) for one in change.examples),
    )


def _told(change: Change) -> tuple[object, ...]:
    events = frozenset((one.event, one.valid_under_old) for one in change.examples)
    grades = () if change.rule in OPPOSITE else (change.consumer, change.producer)
    return change.rule, change.path, change.keyword, change.old, change.new, grades, events
