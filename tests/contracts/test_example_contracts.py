"""The example company's contracts: each takes a right event, and names the rule that a wrong one breaks."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from contract_examples import accepts

from observer.contracts.compiled import Contract
from observer.contracts.compiler import compile_contract

FOLDER = Path(__file__).parents[2] / "schemas" / "contracts"

PAGE = {
    "url": "https://www.maison-lumiere.example/luminaires?tri=prix",
    "path": "/luminaires",
    "title": "Luminaires | Maison Lumière",
    "referrer": "",
    "search": "?tri=prix",
}
ITEM = {"product_id": "LAMP-ARC-02", "name": "Lampadaire Arc", "category": "luminaires", "price": 149.0}
ORDER = {
    "order_id": "ML-20418833",
    "total": 153.9,
    "revenue": 124.17,
    "tax": 24.83,
    "shipping": 4.9,
    "currency": "EUR",
    "payment_method": "card",
    "first_order": False,
    "products": [{**ITEM, "quantity": 1}],
}
REFUND = {"transaction_id": "ML-20418833", "value": 49.95, "currency": "EUR", "reason": "returned"}
CARD = {"card_number_hash": "0" * 64, "store_id": "lyon-01", "points": 12}
RECEIPT = {
    "receipt_id": "T0000004711",
    "store_id": "lille-02",
    "total": 54.5,
    "currency": "EUR",
    "items": 3,
    "opened_at": "09:30:00",
}
CONSENT = {
    "choice": "custom",
    "purposes": {"advertising": False, "audience-measurement": True},
    "banner_version": "4.2",
    "chosen_at": "2026-11-22T10:00:00Z",
}

GOOD: dict[str, dict[str, Any]] = {
    "app-opened": {"from_background": True, "version": "4.2.0", "build": "4200", "url": None},
    "campaign-exposed": {"campaign_id": "automne-2026", "creative_id": "lampes-1", "placement": "article"},
    "consent-updated": CONSENT,
    "lead-scored": {
        "score": 72,
        "model": "leads-2026-09",
        "segment": "warm",
        "reasons": ["basket", "visits"],
    },
    "loyalty-card-scanned": CARD,
    "newsletter-opened": {"issue_id": "2026-W47", "edition": "jardin", "sent_on": "2026-11-19"},
    "order-completed": ORDER,
    "order-refunded": REFUND,
    "page-viewed": PAGE,
    "product-added": {**ITEM, "quantity": 2, "cart_id": "cart-1"},
    "product-list-viewed": {
        "list_id": "lampes-de-chevet",
        "list_kind": "category",
        "page": 1,
        "products": [{"product_id": "LAMP-ARC-02", "position": 1, "price": 149}],
    },
    "product-viewed": ITEM,
    "signed-up": {"method": "email", "newsletter": False, "country": "FR", "signed_up_on": "2026-11-22"},
    "till-receipt-issued": RECEIPT,
}

BAD: dict[str, dict[str, dict[str, Any]]] = {
    "app-opened": {"pattern:$.version": {"version": "4.2"}},
    "campaign-exposed": {"enum:$.placement": {"placement": "magazine"}},
    "consent-updated": {
        "type:$.purposes.*": {"purposes": {"advertising": "yes"}},
        "keys:$.purposes": {"purposes": {"C0004": True}},
        "minimum:$.chosen_at": {"chosen_at": "1970-01-01T00:00:00Z"},
    },
    "lead-scored": {
        "maximum:$.score": {"score": 101},
        "uniqueItems:$.reasons": {"reasons": ["visits", "visits"]},
    },
    "loyalty-card-scanned": {
        "pattern:$.card_number_hash": {"card_number_hash": "2990001234567"},
        "unexpected:$.*": {"email": "camille@maison-lumiere.example"},
    },
    "newsletter-opened": {"format:$.sent_on": {"sent_on": "19/11/2026"}},
    "order-completed": {
        "type:$.total": {"total": "153.90"},
        "enum:$.currency": {"currency": "EURO"},
        "required:$.order_id": {"order_id": None},
        "minItems:$.products": {"products": []},
        "required:$.products[*].price": {"products": [{**ITEM, "quantity": 1, "price": None}]},
    },
    "order-refunded": {
        "exclusiveMinimum:$.value": {"value": 0},
        "multipleOf:$.value": {"value": 49.955},
    },
    "page-viewed": {"format:$.url": {"url": "not an address"}},
    "product-added": {"minimum:$.quantity": {"quantity": 0}},
    "product-list-viewed": {
        "type:$.products[*].position": {"products": [{"product_id": "LAMP", "position": 1.5}]}
    },
    "product-viewed": {"minLength:$.product_id": {"product_id": ""}},
    "signed-up": {"type:$.newsletter": {"newsletter": "true"}},
    "till-receipt-issued": {"type:$.items": {"items": "3"}, "format:$.opened_at": {"opened_at": "9h30"}},
}


@cache
def compiled() -> Mapping[str, Contract]:
    found = {}
    for path in sorted(FOLDER.glob("*.odcs.yaml")):
        contract = compile_contract(f"schemas/contracts/{path.name}", yaml.safe_load(path.read_text("utf-8")))
        assert path.name == f"{contract.id}.odcs.yaml"
        found[contract.id] = contract
    return found


def test_every_contract_has_its_events() -> None:
    assert list(compiled()) == sorted(GOOD) == sorted(BAD)


@pytest.mark.parametrize("identity", GOOD)
def test_a_right_event_is_taken_by_both_paths(identity: str) -> None:
    payload = msgspec.json.encode(GOOD[identity])
    assert compiled()[identity].exact(payload, "$") == ()
    assert accepts(compiled()[identity], payload)


CASES = [(identity, rule, change) for identity, rules in BAD.items() for rule, change in rules.items()]


@pytest.mark.parametrize(("identity", "rule", "change"), CASES, ids=[f"{one[0]} {one[1]}" for one in CASES])
def test_a_wrong_event_breaks_that_rule_alone(identity: str, rule: str, change: dict[str, Any]) -> None:
    payload = msgspec.json.encode({**GOOD[identity], **change})
    assert [one.rule for one in compiled()[identity].exact(payload, "$")] == [rule]
    assert not accepts(compiled()[identity], payload)


@pytest.mark.parametrize("identity", GOOD)
def test_every_contract_is_signed_and_promises_something(identity: str) -> None:
    contract = compiled()[identity]
    owners = (contract.marketing_owner, contract.technical_owner)
    assert all(owner.contact.endswith("@maison-lumiere.example") and owner.name for owner in owners)
    assert contract.purposes
    assert contract.runbook == f"https://wiki.maison-lumiere.example/runbooks/{identity}"
    assert [level.slo for level in contract.service_levels] == ["validity", "latency"]
    assert len(contract.rules) < 60


def test_no_two_contracts_claim_one_event() -> None:
    claims = [
        (match.kind, match.name, dialect)
        for contract in compiled().values()
        for match in contract.matches
        for dialect in match.dialects
    ]
    assert len(claims) == len(set(claims))
