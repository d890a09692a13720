"""One valid event a dialect, each as its wire carries it, judged against the example company's contracts."""

import base64
import json
from collections.abc import Callable
from typing import Any, NamedTuple

from observer.demo.planned import Planned
from observer.demo.traffic import Traffic
from observer.demo.wires import WIRES, Way
from observer.model import Record

NOW = 1_795_341_602.0


class Sample(NamedTuple):
    """One dialect's event. source: in the example catalog; make: the record of the event with a number."""

    source: str
    make: Callable[[int], Record]


def segment_order(number: int) -> bytes:
    """A valid Segment order of 1.3 kB, as analytics.js sends it and Segment forwards it."""
    products = [
        {"product_id": "LAMP-ARC-02", "sku": "ML-LAMP-ARC-02-NOIR", "name": "Lampadaire Arc", "price": 189.9,
         "quantity": 1, "category": "luminaires", "brand": "Maison Lumière", "variant": "noir mat"},
        {"product_id": "PLAI-LIN-01", "sku": "ML-PLAI-LIN-01-ECRU", "name": "Plaid en lin lavé", "price": 49.5,
         "quantity": 2, "category": "textile", "brand": "Maison Lumière", "variant": "écru"},
    ]  # fmt: skip
    call = {
        "type": "track",
        "event": "Order Completed",
        "messageId": f"ajs-next-1795341600000-{number:012d}",
        "anonymousId": f"5f2c7d0a-8d7b-4c53-9f60-{number % 5000:012d}",
        "userId": f"client-{number % 3000}",
        "originalTimestamp": "2026-11-22T10:00:00.123Z",
        "sentAt": "2026-11-22T10:00:00.423Z",
        "receivedAt": "2026-11-22T10:00:00.600Z",
        "timestamp": "2026-11-22T10:00:00.300Z",
        "integrations": {"All": True, "Mixpanel": False},
        "context": {
            "library": {"name": "analytics.js", "version": "next-1.81.0"},
            "userAgent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36",
            "locale": "fr-FR",
            "page": {"path": "/merci", "title": "Merci", "url": "https://www.maison-lumiere.example/merci"},
            "consent": {"categoryPreferences": {"advertising": number % 3 != 0, "analytics": True,
                                                "personalisation": number % 5 != 0, "newsletter": True}},
        },
        "properties": {
            "order_id": f"ML-{number % 100_000_000:08d}", "total": 293.8, "revenue": 240.75, "tax": 48.15,
            "shipping": 4.9, "currency": "EUR", "payment_method": "card", "coupon": "AUTOMNE", "products": products,
        },
    }  # fmt: skip
    return json.dumps(call, separators=(",", ":"), ensure_ascii=False).encode()


def samples() -> dict[str, Sample]:
    """Returns a sample for each dialect by its name."""
    made = {"segment": Sample("web-shop", lambda number: Record(value=segment_order(number)))}
    sources = {
        "rudderstack": ("app", ""),
        "snowplow": ("web-magazine", "magazine"),
        "ga4": ("server-orders", "G-MAISON0001"),
        "amplitude": ("loyalty", ""),
        "cloudevents": ("tills", "https://tills.maison-lumiere.example"),
        "plain": ("crm", ""),
    }
    planned: dict[str, Planned] = {}
    traffic = Traffic(seed=1, rate=400, loyalty_dies_at=100)
    for event in traffic.second(0):
        if not event.fault and event.name != "Application Opened":
            planned.setdefault(event.source, event)
    for dialect, (source, identifier) in sources.items():
        made[dialect] = Sample(source, _sent(dialect, planned[source], Way("key", identifier)))
    made["snowplow_enriched"] = Sample("web-magazine", _enriched)
    return made


def _sent(dialect: str, event: Planned, way: Way) -> Callable[[int], Record]:
    def make(number: int) -> Record:
        import gzip

        request = WIRES[dialect]([event._replace(message_id=f"m-{number:012d}")], way, NOW)
        body = gzip.decompress(request.body) if request.body[:2] == b"\x1f\x8b" else request.body
        return Record(value=body, received=NOW + 0.2, path=request.path)

    return make


def _enriched(number: int) -> Record:
    from observer.dialects.snowplow_columns import COLUMNS

    inner = {"schema": "iglu:example.maison-lumiere/campaign_exposed/jsonschema/1-0-0",
             "data": {"campaign_id": "automne-2026", "placement": "article", "creative_id": "lampes-1"}}  # fmt: skip
    outer: dict[str, Any] = {
        "schema": "iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0",
        "data": inner,
    }
    cells = {
        "app_id": "magazine",
        "platform": "web",
        "collector_tstamp": "2026-11-22 10:00:00.600",
        "dvce_created_tstamp": "2026-11-22 10:00:00.123",
        "dvce_sent_tstamp": "2026-11-22 10:00:00.423",
        "event": "unstruct",
        "event_id": f"5f2c7d0a-8d7b-4c53-9f60-{number:012d}",
        "v_tracker": "js-3.24.0",
        "domain_userid": base64.b32encode(str(number).encode()).decode(),
        "unstruct_event": json.dumps(outer),
        "event_vendor": "example.maison-lumiere",
        "event_name": "campaign_exposed",
        "event_format": "jsonschema",
        "event_version": "1-0-0",
    }
    return Record(value="\t".join(cells.get(column, "") for column in COLUMNS).encode())
