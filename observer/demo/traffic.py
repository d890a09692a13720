"""Seeded traffic: the same seed gives the same events and plants the same faults, second by second."""

from collections.abc import Callable, Iterator
from random import Random
from typing import Final, NamedTuple

from observer.demo.consent_faults import (
    APP_SHARES,
    CATEGORIES,
    SHOP_SHARES,
    Withdrawals,
    broken,
    contradicted,
)
from observer.demo.planned import Json, Planned
from observer.demo.shop import MAGAZINE, PAGES, PRODUCTS, SHOP, Product

DRIFT_FROM: Final = 4
"""The second in which the web shop's release goes out that sends totals as text."""
TWICE_FROM: Final = 2
"""The second in which the tills' release goes out that tells each receipt twice, under another message id."""
TWICE: Final = "told_twice"
TWO_HOURS: Final = 7_200.0

_SHARES: Final = (
    ("web-shop", 48),
    ("app", 34),
    ("tills", 6),
    ("web-magazine", 5),
    ("loyalty", 4),
    ("server-orders", 2),
    ("crm", 1),
)
"""What each source has of the traffic, in percent."""
_PEOPLE: Final = 600


class Person(NamedTuple):
    """Someone who visits. choices: consent by category, or None where no choice was made yet."""

    id: str
    choices: dict[str, Json] | None


class Traffic:
    """Makes the events of one second after the other. Owns its chance and nothing else."""

    def __init__(self, seed: int, rate: int, loyalty_dies_at: int) -> None:
        """rate: events a second; loyalty_dies_at: the second from which the loyalty app's SDK is dead."""
        self._chance = Random(seed)  # noqa: S311  (a demo must be repeatable, not unpredictable)
        self._rate = rate
        self._dies_at = loyalty_dies_at
        self._people = [self._person(number) for number in range(_PEOPLE)]
        self._number = 0
        self._orders = 0
        self._withdrawals = Withdrawals()
        self._sent: dict[str, list[Planned]] = {}
        self._told: list[Planned] = []
        self._makers: dict[str, Callable[[Person, int], Planned]] = {
            "web-shop": self._web_shop,
            "app": self._app,
            "tills": self._tills,
            "web-magazine": self._magazine,
            "loyalty": self._loyalty,
            "server-orders": self._server_orders,
            "crm": self._crm,
        }

    def second(self, number: int) -> Iterator[Planned]:
        """Yields the events of the second `number`, from 0; call it for each second in turn."""
        names = [name for name, _ in _SHARES if name != "loyalty" or number < self._dies_at]
        weights = [share for name, share in _SHARES if name in names]
        for place in range(self._rate):
            if place == 1:
                yield self._withdrawals.next()
                continue
            # However low the rate, the loyalty app is heard each second until it dies.
            alive = place == 0 and "loyalty" in names
            source = "loyalty" if alive else self._chance.choices(names, weights)[0]
            if source == "tills" and self._told:
                yield self._told.pop()
                continue
            again = self._again(source)
            if again is not None:
                yield again
                continue
            event = self._makers[source](self._chance.choice(self._people), number)
            yield event
            if source == "tills" and number >= TWICE_FROM:
                self._number += 1
                self._told.append(event._replace(fault=TWICE, message_id=f"tills-{self._number:08d}"))
            self._sent.setdefault(source, []).append(event)
        for held in self._sent.values():
            del held[:-50]

    def _again(self, source: str) -> Planned | None:
        """Now and then, an event that was sent already, as a client does that missed the answer."""
        held = self._sent.get(source, [])
        if source not in {"web-shop", "app"} or len(held) < 20 or self._chance.random() >= 0.01:
            return None
        earlier = self._chance.choice(held)
        # A repeated event is a duplicate and nothing else: what it carried was counted the first time.
        return None if earlier.truncated else earlier._replace(fault="duplicate")

    def _person(self, number: int) -> Person:
        mood = self._chance.random()
        if mood < 0.58:
            choices: dict[str, Json] | None = dict.fromkeys(CATEGORIES, True)
        elif mood < 0.76:
            choices = dict.fromkeys(CATEGORIES, False)
        else:
            choices = {category: self._chance.random() < 0.5 for category in CATEGORIES}
        return Person(f"visitor-{number:04d}", choices)

    def _plan(
        self, source: str, kind: str, name: str, payload: dict[str, Json], person: Person, url: str = ""
    ) -> Planned:
        self._number += 1
        return Planned(
            source,
            kind,
            name,
            payload,
            f"{source}-{self._number:08d}",
            person.id,
            age=self._chance.uniform(0.05, 2.0),
            choices=person.choices,
            url=url,
        )

    def _chooses(self, *shares: tuple[str, float]) -> str:
        """One of the codes with its probability, else ""."""
        drawn = self._chance.random()
        for code, share in shares:
            if drawn < share:
                return code
            drawn -= share
        return ""

    def _web_shop(self, person: Person, second: int) -> Planned:
        event = self._shopping("web-shop", person)
        if event.name == "Order Completed" and second >= DRIFT_FROM:
            return event._replace(
                fault="type_drift", payload={**event.payload, "total": str(event.payload["total"])}
            )
        fault = self._chooses(
            ("wrong_clock", 0.006), ("shadow_tool", 0.01), ("unexpected_event", 0.006), ("undecodable", 0.003),
            *SHOP_SHARES,
        )  # fmt: skip
        if fault == "wrong_clock":
            return event._replace(fault=fault, clock=TWO_HOURS)
        if fault == "shadow_tool":
            return event._replace(fault=fault, url=f"{event.url}?ttclid=E.C.P.demo{self._number}")
        if fault == "unexpected_event":
            return event._replace(fault=fault, kind="track", name="Wishlist Shared", payload={"items": 3})
        if fault == "undecodable":
            return event._replace(fault=fault, truncated=True)
        return broken(event, fault)

    def _app(self, person: Person, second: int) -> Planned:
        if self._chance.random() < 0.2:
            event = self._plan("app", "track", "Application Opened", self._opening(), person)
        else:
            event = self._shopping("app", person)
        if event.name == "Product Added" and self._chance.random() < 0.1:
            payload = {name: value for name, value in event.payload.items() if name != "product_id"}
            return event._replace(fault="missing_property", payload=payload)
        if event.name == "Order Completed" and self._chance.random() < 0.15:
            return event._replace(fault="wrong_value", payload={**event.payload, "currency": "EURO"})
        fault = self._chooses(*APP_SHARES, ("late_batch", 0.006), ("upstream_violation", 0.008))
        if fault == "late_batch":
            return event._replace(fault=fault, age=TWO_HOURS)
        if fault == "upstream_violation":
            violation: Json = {
                "type": "Additional-Properties",
                "message": "coupon is not planned",
                "meta": {},
            }
            return event._replace(fault=fault, context={"violationErrors": [violation]})
        return broken(event, fault)

    def _shopping(self, source: str, person: Person) -> Planned:
        """One step of a visit: most look, some put into the basket, few buy."""
        step, product = self._chance.random(), self._chance.choice(PRODUCTS)
        if step < 0.45 and source == "web-shop":
            path, title = self._chance.choice(PAGES)
            page: dict[str, Json] = {
                "path": path,
                "title": title,
                "url": SHOP + path,
                "referrer": "",
                "search": "",
            }
            return self._plan(source, "page", "", page, person, SHOP + path)
        if step < 0.82:
            return self._plan(source, "track", "Product Viewed", _item(product), person, _page(product))
        if step < 0.95:
            payload = {
                **_item(product),
                "quantity": self._chance.randint(1, 3),
                "cart_id": f"cart-{person.id}",
            }
            return self._plan(source, "track", "Product Added", payload, person, _page(product))
        return self._plan(source, "track", "Order Completed", self._order(), person, f"{SHOP}/merci")

    def _order(self) -> dict[str, Json]:
        self._orders += 1
        lines: list[Json] = []
        total = 0.0
        for product in self._chance.sample(PRODUCTS, self._chance.randint(1, 3)):
            quantity = self._chance.randint(1, 2)
            total += product.price * quantity
            lines.append({**_item(product), "quantity": quantity})
        return {
            "order_id": f"ML-{20_000_000 + self._orders:08d}",
            "total": round(total + 4.9, 2),
            "revenue": round(total / 1.2, 2),
            "tax": round(total - total / 1.2, 2),
            "shipping": 4.9,
            "currency": "EUR",
            "payment_method": self._chance.choice(("card", "wallet", "gift_card")),
            "products": lines,
        }

    def _opening(self) -> dict[str, Json]:
        return {"from_background": self._chance.random() < 0.5, "version": "4.2.0", "build": "4200"}

    def _tills(self, person: Person, second: int) -> Planned:
        product = self._chance.choice(PRODUCTS)
        payload: dict[str, Json] = {
            "receipt_id": f"T{self._number:010d}",
            "store_id": self._chance.choice(("lyon-01", "lille-02", "nantes-01")),
            "total": product.price,
            "currency": "EUR",
            "items": 1,
        }
        return self._plan(
            "tills", "cloudevent", "example.maison-lumiere.till.receipt_issued", payload, person
        )

    def _magazine(self, person: Person, second: int) -> Planned:
        payload: dict[str, Json] = {
            "campaign_id": "automne-2026",
            "placement": "article",
            "creative_id": "lampes-1",
        }
        event = self._plan(
            "web-magazine",
            "unstruct",
            "example.maison-lumiere/campaign_exposed",
            payload,
            person,
            f"{MAGAZINE}/lampes",
        )
        return contradicted(event) if self._chance.random() < 0.05 else event

    def _loyalty(self, person: Person, second: int) -> Planned:
        payload: dict[str, Json] = {
            "card_number_hash": f"{self._number:064x}",
            "store_id": "lyon-01",
            "points": 12,
        }
        return self._plan("loyalty", "event", "Loyalty Card Scanned", payload, person)

    def _server_orders(self, person: Person, second: int) -> Planned:
        payload: dict[str, Json] = {
            "transaction_id": f"ML-{20_000_000 + self._number:08d}",
            "value": 49.5,
            "currency": "EUR",
        }
        return self._plan("server-orders", "event", "refund", payload, person)

    def _crm(self, person: Person, second: int) -> Planned:
        payload: dict[str, Json] = {
            "score": self._chance.randint(0, 100),
            "model": "leads-2026-09",
            "segment": "warm",
        }
        return self._plan("crm", "lead", "lead_scored", payload, person)


def _item(product: Product) -> dict[str, Json]:
    return {
        "product_id": product.id,
        "name": product.name,
        "category": product.category,
        "price": product.price,
    }


def _page(product: Product) -> str:
    return f"{SHOP}/{product.category}/{product.id.lower()}"
