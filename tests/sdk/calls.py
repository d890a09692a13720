"""Every call that Segment's SDKs offer, as the example company would make it, and the verdict that it must get."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

ORDER = {
    "order_id": "ML-20418833",
    "total": 189.9,
    "currency": "EUR",
    "products": [{"product_id": "LAMP-ARC-02", "price": 149.0, "quantity": 1}],
}
PRODUCT = {"product_id": "LAMP-ARC-02", "category": "luminaires", "price": 149.0}
PAGE = {
    "url": "https://www.maison-lumiere.example/luminaires",
    "path": "/luminaires",
    "title": "Luminaires — Maison Lumière",
}
CONTEXT = {
    "consent": {"categoryPreferences": {"advertising": True, "analytics": False}},
    "page": {"url": "https://www.maison-lumiere.example/luminaires?gclid=fictitious"},
}
WHO = {"user_id": "customer-1"}


class Call(NamedTuple):
    """One call. arguments: as the Python SDK names them; contract, verdict: what the observer must count."""

    method: str
    arguments: Mapping[str, Any]
    contract: str
    verdict: str


def track(event: str, properties: object, contract: str, verdict: str, **more: object) -> Call:
    """Returns a track call."""
    return Call("track", {**WHO, "event": event, "properties": properties, **more}, contract, verdict)


EVERY_CALL = {
    "an order as its contract says": track("Order Completed", ORDER, "order-completed", "valid", message_id="order-1"),
    "that order once more": track("Order Completed", ORDER, "order-completed", "duplicate", message_id="order-1"),
    "an order whose total is text": track(
        "Order Completed", {**ORDER, "total": "189,90"}, "order-completed", "invalid", message_id="order-2"
    ),
    "an event that no contract claims": track("Lamp Dimmed", {"level": 3}, "_none", "unknown_contract"),
    "an event of an anonymous visitor": Call(
        "track",
        {"anonymous_id": "visitor-1", "event": "Product Viewed", "properties": PRODUCT, "context": CONTEXT,
         "integrations": {"Facebook Pixel": True, "All": False}},
        "product-viewed",
        "valid",
    ),
    "a page": Call("page", {**WHO, "name": "Luminaires", "properties": PAGE}, "page-viewed", "valid"),
    "a page without its address": Call(
        "page", {**WHO, "name": "Luminaires", "properties": {"title": "Luminaires"}}, "page-viewed", "invalid"
    ),
    "a screen": Call("screen", {**WHO, "name": "Panier"}, "_none", "unknown_contract"),
    "who somebody is": Call("identify", {**WHO, "traits": {"loyalty": True}}, "_none", "unknown_contract"),
    "which group somebody is of": Call("group", {**WHO, "group_id": "shop-lille-02"}, "_none", "unknown_contract"),
    "two ids of one person": Call("alias", {**WHO, "previous_id": "visitor-1"}, "_none", "unknown_contract"),
}  # fmt: skip


def expected(calls: Iterable[Call]) -> Counter[tuple[str, str]]:
    """Returns how often each pair of contract and verdict must be counted."""
    return Counter((call.contract, call.verdict) for call in calls)


def in_camel_case(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Returns a call's arguments as JavaScript names them."""
    return {_camel(name): value for name, value in arguments.items()}


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
