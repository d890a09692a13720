"""Forty kinds of personal value, all fictitious, and every place of an event that can hold one."""

import html
import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, quote_plus

VALUES = {
    "an e-mail address": "zoe.marchand-7731@client.example",
    "an e-mail address in capitals": "ZOE.MARCHAND-7732@CLIENT.EXAMPLE",
    "an e-mail address for URLs": "zoe.marchand-7733%40client.example",
    "an e-mail address with its name": "Zoé Marchand-7734 <zoe7734@client.example>",
    "a national telephone number": "0639987735",
    "an international one": "+33639987736",
    "one in groups": "06 39 98 77 37",
    "one for URLs": "%2B33639987738",
    "a landline": "01.99.00.77.39",
    "a card number": "4970105191987740",
    "a card number in groups": "4970 1051 9198 7741",
    "a card of fifteen digits": "378282246317742",
    "a social security number": "284058812377431",
    "one in groups, of Corsica": "2 84 05 2A 123 774 44",
    "an account number": "FR7630006000017745567890189",
    "an account number in groups": "FR76 3000 6000 0177 4656 7890 189",
    "an IPv4 address": "203.0.113.147",
    "an IPv6 address": "2001:db8::7748:370:7334",
    "a precise position": "48.8577490,2.3577491",
    "a position in degrees": "48° 51′ 24.7750″ N",
    "a first name": "Zoé-Planté7751",
    "a family name": "Marchand-Planté7752",
    "a street": "7753 rue des Lampes-Plantées",
    "a town with its code": "97753 Ville-Plantée",
    "a birthday": "1984-05-31T77:54",
    "a passport": "19FV77556",
    "a driving licence": "840577560123",
    "a number plate": "PL-757-NT",
    "a customer number": "CLIENT-0077580",
    "a loyalty card": "9250-7759-0042-1180",
    "an id of an analytics cookie": "GA1.2.7760123456.1795007760",
    "an id of a browser": "fb.1.1795007761000.7761234567",
    "an advertising id": "7762E0E4-3F5B-4D2A-9C11-A1B2C3D4E5F6",
    "a click id": "Cj0KCQiA7763planted-BwE",
    "a hashed e-mail address": "7764f5c8e2a19b3d4c6e8f0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e",
    "a hashed telephone number": "7765c2b1a09f8e7d6c5b4a3928170615",
    "a consent platform's id of a person": "7766f0d2-8c1b-4e3a-b7d5-0f9e8d7c6b5a",
    "a sentence about health": "allergique-aux-plumes-7767",
    "a password": "motdepasse-Planté-7768!",
    "a session": "sess_7769plantedqwertyuiop",
    "a browser's name": "Mozilla/5.0 (Planted7770; Zoé)",
}


def variants(value: str) -> set[str]:
    """Returns how a value may stand in an output: as it is, escaped for JSON, HTML or a URL, or in base 64."""
    raw = value.encode()
    return {
        value,
        json.dumps(value)[1:-1],
        html.escape(value),
        quote(value),
        quote_plus(value),
        b64encode(raw).decode().rstrip("="),
        urlsafe_b64encode(raw).decode().rstrip("="),
    }


def calls(number: int, value: str) -> Iterator[dict[str, Any]]:
    """Yields Segment calls that hold the value, each in a place of its own."""
    consents: list[Any] = [
        {"categoryPreferences": {value: True, "advertising": True}},
        {"categoryPreferences": {"advertising": value}},
        {"tcString": value},
        {"tcString": f"CQ{value}"},
        value,
        [value],
    ]
    contexts: list[dict[str, Any]] = [
        {"traits": {"email": value}, "ip": value, "userAgent": value},
        {"page": {"url": f"https://www.maison-lumiere.example/compte?x={value}&gclid={value}#{value}"}},
        {
            "page": {
                "url": f"https://www.maison-lumiere.example/?gpp={value}&gdpr_consent={value}",
                "referrer": value,
            }
        },
        {"library": {"name": value, "version": value}, "device": {"id": value, "advertisingId": value}},
        {"campaign": {"source": value}, "location": {"city": value}, value: value},
        {"protocols": {"sourceId": value, "violations": [{"type": value, "field": value}]}},
        *({"consent": consent} for consent in consents),
    ]
    orders: list[dict[str, Any]] = [
        {"properties": {"order_id": value, "total": value, "currency": value, "products": value}},
        {"properties": {value: value, "coupon": value}},
        {"properties": {"products": [{"product_id": value, value: {"deep": [value]}}]}},
        {"properties": value},
        {"userId": value, "anonymousId": value},
        {"integrations": {value: True, "All": value}},
        {"messageId": value},
        {"messageId": [value], "originalTimestamp": value, "sentAt": value, "timestamp": value},
        {"event": f"Order of {value}"},
        {"event": value, "type": "page", "name": value, "category": value},
        {"type": value},
        {"type": "identify", "traits": {"email": value, value: value}},
        {"version": value, "channel": value, value: value},
        *({"context": context} for context in contexts),
    ]
    for place, order in enumerate(orders):
        common = {"type": "track", "event": "Order Completed", "messageId": f"planted-{number}-{place}"}
        yield {**common, "anonymousId": f"visitor-{number}", "properties": {}, **order}


def undecodable(value: str) -> list[bytes]:
    """Returns bodies that nobody can read, with the value in them."""
    raw = value.encode()
    return [
        b'{"type": "track", "event": "' + raw,
        raw,
        b"\xff\xfe" + raw + b"\x00",
        b'{"batch": ["' + raw + b'", {"type": "' + raw + b'"}]}',
    ]
