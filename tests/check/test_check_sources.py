"""By which source's contracts an input is judged."""

import json
from collections.abc import Sequence

import pytest
from traffic_lines import catalog, line, order

from observer.catalog import Catalog, Source
from observer.check import Asked
from observer.check.sources import Sources
from observer.dialects.plain import compile_plain
from observer.errors import InputError
from observer.model import Record

SEGMENT = line(order("a"))
RUDDERSTACK = json.dumps(
    {**order("a"), "context": {"library": {"name": "RudderLabs JavaScript SDK"}}}
).encode()
CLOUD = b'{"specversion": "1.0", "id": "1", "source": "https://tills.maison-lumiere.example", "type": "x"}'
PLAIN = b'{"type": "lead", "event": "Lead Scored"}'
GARBAGE = b"oops"


def with_sources(*sources: Source) -> Catalog:
    return catalog()._replace(sources={source.id: source for source in sources})


def web_shop(name: str = "web-shop", contracts: Sequence[str] = ("order-completed",)) -> Source:
    source = catalog().sources["web-shop"]
    claims = {claim: contract for claim, contract in source.contracts.items() if contract.id in contracts}
    return source._replace(id=name, contracts=claims)


def crm(name: str, kind: str) -> Source:
    dialect = compile_plain("x.yaml", {"kind": f"$.{kind}"})
    return catalog().sources["crm"]._replace(id=name, dialect=dialect)


RECOGNISED = {
    "the one source that speaks the dialect": ([SEGMENT], "web-shop"),
    "the surest of all lines decides": ([SEGMENT, RUDDERSTACK, RUDDERSTACK], "app"),
    "one line of another dialect does not": ([SEGMENT] * 5 + [CLOUD], "web-shop"),
    "lines that nobody knows do not": ([GARBAGE] * 30 + [SEGMENT], "web-shop"),
    "an event of somebody else's making does not": ([PLAIN, SEGMENT, SEGMENT], "web-shop"),
    "no dialect": ([GARBAGE, b'{"a": 1}'], "unrecognised"),
    "nothing": ([], "unrecognised"),
}


@pytest.mark.parametrize(("values", "source"), RECOGNISED.values(), ids=RECOGNISED)
def test_recognised(values: list[bytes], source: str) -> None:
    assert Sources(catalog(), Asked()).of(map(Record, values)) == source


def test_two_sources_of_one_dialect_are_judged_by_the_contracts_of_both() -> None:
    both = with_sources(web_shop(), web_shop("b2b", ("product-viewed",)))
    sources = Sources(both, Asked())
    assert sources.of([Record(SEGMENT)]) == "any segment"
    assert {one.id for one in sources.by_id["any segment"].contracts.values()} == {
        "order-completed",
        "product-viewed",
    }


def test_where_two_sources_claim_one_event_the_first_counts() -> None:
    first, second = web_shop(), web_shop("b2b", ("product-viewed",))
    event, other = ("track", "Order Completed"), next(iter(second.contracts.values()))
    both = with_sources(first, second._replace(contracts={event: other}))
    assert Sources(both, Asked()).by_id["any segment"].contracts[event].id == "order-completed"


def test_a_dialect_that_no_source_speaks_is_judged_by_the_contracts_that_claim_it_of_any_source() -> None:
    sources = Sources(catalog()._replace(sources={}), Asked())
    found = sources.of([Record(SEGMENT)])
    claimed = {one.id for one in sources.by_id[found].contracts.values()}
    for contract in catalog().contracts.values():
        claims = any(not match.sources and "segment" in match.dialects for match in contract.matches)
        assert claims is (contract.id in claimed)


def test_each_plain_source_is_known_by_its_own_fields() -> None:
    sources = Sources(with_sources(crm("crm", "art"), crm("partners", "sorte")), Asked())
    assert sources.of([Record(b'{"sorte": "lead"}')]) == "partners"
    assert sources.of([Record(b'{"art": "lead"}')]) == "crm"


ASKED = {
    "a source": (Asked("tills"), SEGMENT, "tills", "cloudevents"),
    "a dialect": (Asked(dialect="rudderstack"), SEGMENT, "app", "rudderstack"),
    "both, that fit": (Asked("app", "rudderstack"), SEGMENT, "app", "rudderstack"),
    "a source in another form": (
        Asked("web-magazine", "snowplow_enriched"),
        SEGMENT,
        "web-magazine",
        "snowplow_enriched",
    ),
}


@pytest.mark.parametrize(("asked", "value", "source", "dialect"), ASKED.values(), ids=ASKED)
def test_what_is_asked_for_is_not_questioned(asked: Asked, value: bytes, source: str, dialect: str) -> None:
    sources = Sources(catalog(), asked)
    assert sources.of([Record(value)]) == source
    assert sources.by_id[source].dialect.name == dialect


def test_a_source_in_another_form_keeps_its_contracts_and_gets_those_that_claim_events_in_it() -> None:
    contract = catalog().contracts["order-completed"]
    shop = web_shop()._replace(contracts={("track", "Order Completed"): contract, ("odd", ""): contract})
    asked = Sources(with_sources(shop), Asked("web-shop", "rudderstack")).by_id["web-shop"]
    assert asked.contracts["odd", ""] is contract
    assert ("track", "Product Viewed") in asked.contracts
    assert asked.dialect.name == "rudderstack"


UNKNOWN = {
    "a source": (
        Asked("webshop"),
        "--source: expected a declared source (`app`, `crm`,",
        "Did you mean `web-shop`?",
    ),
    "a dialect": (
        Asked(dialect="segmnt"),
        "--dialect: expected a dialect (`segment`,",
        "Did you mean `segment`?",
    ),
}


@pytest.mark.parametrize(("asked", "begins", "ends"), UNKNOWN.values(), ids=UNKNOWN)
def test_what_does_not_exist_is_refused(asked: Asked, begins: str, ends: str) -> None:
    with pytest.raises(InputError) as refused:
        Sources(catalog(), asked)
    assert str(refused.value).startswith(begins)
    assert str(refused.value).endswith(ends)
