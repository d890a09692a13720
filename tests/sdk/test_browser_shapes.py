"""What browsers, mobile SDKs and servers send where no SDK is at hand: their requests, byte for byte of that shape."""

import base64
import gzip
import http.client
import json
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import quote, urlencode

import pytest

from observer.quarantine import Archive
from tests.running import KEYS, RunningObserver, observer_running
from tests.sdk.calls import CONTEXT, ORDER, PAGE
from tests.sdk.counting import Scrape

SHOP = "https://www.maison-lumiere.example"
MAGAZINE = "https://magazine.maison-lumiere.example"
TP2 = "/com.snowplowanalytics.snowplow/tp2"


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Shape(NamedTuple):
    """One request. source, verdicts: what it must be counted as; status, body: what must come back."""

    path: str
    headers: Mapping[str, str]
    sent: object
    source: str
    verdicts: Mapping[str, int]
    status: int = 200
    body: bytes = b'{"success": true}'
    method: str = "POST"


@pytest.fixture(scope="module")
def observer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningObserver]:
    with observer_running(tmp_path_factory.mktemp("shapes") / "state") as running:
        yield running


def ask(
    observer: RunningObserver, method: str, path: str, headers: Mapping[str, str], sent: object
) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", observer.port, timeout=20)
    body = sent if isinstance(sent, bytes) else None if sent is None else json.dumps(sent).encode()
    connection.request(method, path, body, dict(headers))
    with connection.getresponse() as response:
        answer = Answer(response.status, dict(response.getheaders()), response.read())
    connection.close()
    return answer


def basic(key: str) -> str:
    return "Basic " + base64.b64encode(f"{key}:".encode()).decode()


def analytics_js(kind: str, /, **call: object) -> dict[str, object]:
    """A call as analytics.js posts it: the key in the body."""
    return {
        "type": kind,
        "timestamp": "2026-11-22T10:00:00.000Z",
        "sentAt": "2026-11-22T10:00:00.020Z",
        "messageId": f"ajs-next-1795326687325-{kind}",
        "anonymousId": "e9d72527-b5a2-477a-897f-12d5341d9556",
        "writeKey": KEYS["MARTECH_KEY_WEB_SHOP"],
        "context": {"library": {"name": "analytics.js", "version": "npm:next-1.81.0"}, **CONTEXT},
        "integrations": {},
        "_metadata": {"bundled": ["Segment.io"], "unbundled": [], "bundledIds": []},
        **call,
    }


def batched(*calls: dict[str, object]) -> dict[str, object]:
    key = KEYS["MARTECH_KEY_WEB_SHOP"]
    return {"batch": [{**call, "messageId": f"b-{call['messageId']}"} for call in calls], "writeKey": key}


def rudder_js(name: str, **call: object) -> dict[str, object]:
    """A call as RudderStack's browser SDK posts it."""
    return {
        "type": "track",
        "event": "Application Opened",
        "properties": {"from_background": False, "version": "4.2.0", "build": "4200"},
        "channel": "web",
        "messageId": name,
        "anonymousId": "4ba6c5ba-1f2e-4f76-8fd5-0a7c1a8f7d11",
        "originalTimestamp": "2026-11-22T10:00:00.000Z",
        "sentAt": "2026-11-22T10:00:00.020Z",
        "context": {
            "library": {"name": "RudderLabs JavaScript SDK", "version": "3.23.0"},
            "consentManagement": {"provider": "custom", "allowedConsentIds": ["advertising"], "deniedConsentIds": []},
        },
        **call,
    }  # fmt: skip


def snowplow_js(**event: str) -> dict[str, str]:
    """An event as Snowplow's browser tracker posts it."""
    common = {
        "tv": "js-4.6.5",
        "tna": "sp",
        "aid": "magazine",
        "p": "web",
        "dtm": "1795326687325",
        "stm": "1795326687345",
    }
    return {"e": "pv", **common, "url": f"{MAGAZINE}/lampes", **event}  # fmt: skip


def payload_data(*events: dict[str, str]) -> dict[str, object]:
    return {
        "schema": "iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4",
        "data": list(events),
    }


EXPOSED = {
    "schema": "iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0",
    "data": {
        "schema": "iglu:example.maison-lumiere/campaign_exposed/jsonschema/1-1-0",
        "data": {"campaign_id": "automne-2026", "creative_id": "lampes-1", "placement": "article"},
    },
}
UE_PX = base64.urlsafe_b64encode(json.dumps(EXPOSED).encode()).decode().rstrip("=")
RECEIPT = {"receipt_id": "T0000004711", "store_id": "lille-02", "total": 12.5, "currency": "EUR", "items": 2}
CARD = {"card_number_hash": "0a" * 32, "store_id": "lyon-01", "points": 10}


def cloudevent(name: str) -> dict[str, object]:
    """A CloudEvent in structured mode."""
    return {
        "specversion": "1.0",
        "id": name,
        "source": "https://tills.maison-lumiere.example",
        "type": "example.maison-lumiere.till.receipt_issued",
        "time": "2026-11-22T10:00:00Z",
        "datacontenttype": "application/json",
        "data": RECEIPT,
    }


PLAIN_TEXT = {"Content-Type": "text/plain", "Origin": SHOP}
BEACON = {"Content-Type": "text/plain;charset=UTF-8", "Origin": SHOP, "Cookie": "ajs_anonymous_id=visitor"}
RUDDER = {"Content-Type": "application/json;charset=UTF-8", "Authorization": basic(KEYS["MARTECH_KEY_APP"])}
RUDDER_ID = {**RUDDER, "AnonymousId": base64.b64encode(b"4ba6c5ba-1f2e-4f76-8fd5-0a7c1a8f7d11").decode()}
SNOWPLOW = {
    "Content-Type": "application/json; charset=UTF-8",
    "Origin": MAGAZINE,
    "Cookie": "sp=a-network-user-id",
}
TILLS = {"Authorization": f"Bearer {KEYS['MARTECH_KEY_TILLS']}"}
BINARY = {
    "ce-specversion": "1.0",
    "ce-id": "till-binary",
    "ce-source": "https://tills.maison-lumiere.example",
    "ce-type": "example.maison-lumiere.till.receipt_issued",
    "ce-time": "2026-11-22T10:00:00Z",
    "Content-Type": "application/json",
}
PIXEL_CALL = {
    "writeKey": KEYS["MARTECH_KEY_APP"],
    "anonymousId": "reader-1",
    "event": "Application Opened",
    "messageId": "pixel-1",
    "properties.version": "4.2.0",
    "properties.build": "4200",
}
GA4 = f"/mp/collect?measurement_id=G-MAISON0001&api_secret={KEYS['MARTECH_KEY_SERVER_ORDERS']}"
VALID = {"valid": 1}
UNKNOWN = {"unknown_contract": 1}

SHAPES = {
    "analytics.js, a track call": Shape("/v1/t", PLAIN_TEXT, analytics_js("track", event="Order Completed", properties=ORDER), "web-shop", VALID),
    "analytics.js, a page call": Shape("/v1/p", PLAIN_TEXT, analytics_js("page", properties=PAGE), "web-shop", VALID),
    "analytics.js, a screen call": Shape("/v1/s", PLAIN_TEXT, analytics_js("screen", name="Panier"), "web-shop", UNKNOWN),
    "analytics.js, an identify call": Shape("/v1/i", PLAIN_TEXT, analytics_js("identify", traits={}), "web-shop", UNKNOWN),
    "analytics.js, a group call": Shape("/v1/g", PLAIN_TEXT, analytics_js("group", groupId="g"), "web-shop", UNKNOWN),
    "analytics.js, an alias call": Shape("/v1/a", PLAIN_TEXT, analytics_js("alias", previousId="p"), "web-shop", UNKNOWN),
    "analytics.js, a batch as a beacon": Shape(
        "/v1/b", BEACON, batched(analytics_js("page", properties=PAGE), analytics_js("identify")), "web-shop", {**VALID, **UNKNOWN},
    ),
    "RudderStack JS, a call": Shape("/v1/track", RUDDER_ID, rudder_js("r-1"), "app", VALID, body=b"OK"),
    "RudderStack JS, a batch": Shape("/v1/batch", RUDDER, {"batch": [rudder_js("r-2"), rudder_js("r-3")]}, "app", {"valid": 2}, body=b"OK"),
    "RudderStack JS, a beacon": Shape(
        f"/beacon/v1/batch?writeKey={KEYS['MARTECH_KEY_APP']}", {"Content-Type": "text/plain;charset=UTF-8"},
        {"batch": [rudder_js("r-4")], "sentAt": "2026-11-22T10:00:00.020Z"}, "app", VALID, body=b"OK",
    ),
    "RudderStack mobile, a batch in gzip": Shape(
        "/v1/batch", {**RUDDER, "Content-Encoding": "gzip"}, gzip.compress(json.dumps({"batch": [rudder_js("r-5")]}).encode()),
        "app", VALID, body=b"OK",
    ),
    "RudderStack, a pixel": Shape(
        f"/pixel/v1/track?{urlencode(PIXEL_CALL)}", {}, None, "app", {"invalid": 1}, body=b"GIF89a", method="GET"
    ),
    "Snowplow JS, a batch": Shape(
        TP2, SNOWPLOW, payload_data(snowplow_js(eid="s-1"), snowplow_js(eid="s-2", e="ue", ue_px=UE_PX)),
        "web-magazine", {**VALID, **UNKNOWN}, body=b"ok",
    ),
    "Snowplow JS, a path of one's own": Shape(
        "/maison/lecture", SNOWPLOW, payload_data(snowplow_js(eid="s-3", e="ue", ue_pr=json.dumps(EXPOSED))), "web-magazine", VALID, body=b"ok",
    ),
    "Snowplow JS, a pixel": Shape(
        f"/i?{urlencode(snowplow_js(eid='s-4', e='ue', ue_px=UE_PX), quote_via=quote)}", {"Cookie": "sp=a-network-user-id"}, None,
        "web-magazine", VALID, body=b"GIF89a", method="GET",
    ),
    "Google Analytics, the Measurement Protocol": Shape(
        GA4, {"Content-Type": "application/json"},
        {"client_id": "1.2", "events": [{"name": "refund", "params": {"transaction_id": "ML-20418833", "value": 49.5, "currency": "EUR"}}]},
        "server-orders", VALID, 204, b"",
    ),
    "Amplitude, the HTTP API": Shape(
        "/2/httpapi", {"Content-Type": "application/json", "Accept": "*/*"},
        {"api_key": KEYS["MARTECH_KEY_LOYALTY"], "events": [{"device_id": "device-1", "event_type": "Loyalty Card Scanned",
         "insert_id": "a-1", "time": 1795326687325, "library": "amplitude-ts/2.11.0", "event_properties": CARD}]},
        "loyalty", VALID, body=b'{"code": 200, "events_ingested": 1',
    ),
    "CloudEvents, binary mode": Shape("/cloudevents", {**TILLS, **BINARY}, RECEIPT, "tills", VALID, 204, b""),
    "CloudEvents, structured mode": Shape(
        "/cloudevents", {**TILLS, "Content-Type": "application/cloudevents+json"}, cloudevent("till-structured"), "tills", VALID, 204, b""
    ),
    "CloudEvents, a batch": Shape(
        "/cloudevents", {**TILLS, "Content-Type": "application/cloudevents-batch+json"}, [cloudevent("till-1"), cloudevent("till-2")],
        "tills", {"valid": 2}, 204, b"",
    ),
    "JSON of one's own": Shape(
        "/events/crm", {"Authorization": f"Bearer {KEYS['MARTECH_KEY_CRM']}"},
        {"type": "email", "event_name": "newsletter_opened", "id": "crm-1", "data": {"issue_id": "2026-W47", "edition": "maison"}},
        "crm", VALID,
    ),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_shape_is_accepted_counted_and_answered_as_its_sender_expects(
    observer: RunningObserver, shape: Shape
) -> None:
    before = Scrape(observer)
    answer = ask(observer, shape.method, shape.path, shape.headers, shape.sent)
    after = Scrape(observer)
    assert (answer.status, answer.body[: len(shape.body)]) == (shape.status, shape.body)
    assert "Set-Cookie" not in answer.headers
    counted = after.by("martech_events_total", "source", "outcome") - before.by(
        "martech_events_total", "source", "outcome"
    )
    assert counted == {(shape.source, verdict): number for verdict, number in shape.verdicts.items()}
    assert after.conserved
    origin = shape.headers.get("Origin")
    assert answer.headers.get("Access-Control-Allow-Origin") == origin
    assert answer.headers.get("Access-Control-Allow-Credentials") == ("true" if origin else None)


PREFLIGHTS = {
    "analytics.js with a key in a header": ("/v1/t", SHOP, "authorization,content-type,x-retry-count"),
    "RudderStack JS": ("/v1/track", SHOP, "anonymousid,authorization,content-type"),
    "Snowplow JS without cookies": (TP2, MAGAZINE, "content-type,sp-anonymous"),
    "Snowplow JS on a path of one's own": ("/maison/lecture", MAGAZINE, "content-type"),
}


@pytest.mark.parametrize(("path", "origin", "headers"), PREFLIGHTS.values(), ids=PREFLIGHTS)
def test_preflight_allows_what_the_sdk_sends_with_credentials(
    observer: RunningObserver, path: str, origin: str, headers: str
) -> None:
    asked = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": headers,
    }
    answer = ask(observer, "OPTIONS", path, asked, None)
    assert answer.status == 204
    assert answer.headers["Access-Control-Allow-Origin"] == origin
    assert answer.headers["Access-Control-Allow-Credentials"] == "true"
    allowed = answer.headers["Access-Control-Allow-Headers"].lower().split(", ")
    assert set(headers.split(",")) <= set(allowed)
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]


def test_an_unknown_key_is_told_in_the_words_that_amplitudes_sdks_look_for(observer: RunningObserver) -> None:
    answer = ask(observer, "POST", "/2/httpapi", {}, {"api_key": "wrong", "events": [{"event_type": "x"}]})
    assert answer.status == 401
    assert json.loads(answer.body)["code"] == 401
    assert json.loads(answer.body)["error"].startswith("Invalid API key")


def test_neither_cookies_nor_keys_in_addresses_are_kept(observer: RunningObserver) -> None:
    ask(observer, "POST", TP2, SNOWPLOW, payload_data(snowplow_js(eid="s-5")))
    ask(observer, "GET", f"/pixel/v1/track?{urlencode(PIXEL_CALL)}", {"Cookie": "session=secret"}, None)
    archive = Archive(observer.state / "quarantine")
    kept = [archive.read(entry.id) for entry in archive.entries()]
    assert {one.source for one in kept} >= {"web-magazine", "app"}
    for one in kept:
        assert "cookie" not in {name.lower() for name in one.headers}
        assert KEYS["MARTECH_KEY_APP"] not in f"{one.path}{one.headers}"
