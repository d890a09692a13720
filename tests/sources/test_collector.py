"""The collector finds the source of each request and answers in the shape that its SDK reads."""

import asyncio
import base64
import gzip
import json
import zlib
from collections.abc import AsyncIterator, Callable
from typing import NamedTuple

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from observer.catalog import Catalog, Source
from observer.consent.outcome import ConsentOutcome
from observer.contracts.compiled import Owner
from observer.dialects import DIALECTS
from observer.errors import ObserverError, OverloadedError, Problem, QuarantineError, literal
from observer.model import Record
from observer.sources.collector import Collector, Limits
from observer.sources.keyring import Key, KeyRing
from observer.sources.pace import Pace
from observer.sources.receipt import Receipt

OWNER = Owner("Camille Laurent", "camille.laurent@maison-lumiere.example")
SHOP = "https://www.maison-lumiere.example"


def source(name: str, dialect: str, **more: object) -> Source:
    fields = {
        "id": name,
        "title": name,
        "channel": "web",
        "dialect": DIALECTS[dialect],
        "marketing_owner": OWNER,
        "technical_owner": OWNER,
        "contracts": {},
        "consent": lambda signals, day: ConsentOutcome((), ()),
        "purposes": (),
        "destinations": (),
        **more,
    }
    return Source(**fields)  # type: ignore[arg-type]  # the table below names the fields


SOURCES = {
    one.id: one
    for one in (
        source("web-shop", "segment", origins=(SHOP,)),
        source("app", "rudderstack"),
        source("magazine", "snowplow", identifiers=("magazine",), origins=("https://magazine.example",), paths=("/x/y",)),
        source("orders", "ga4", identifiers=("G-MAISON0001",)),
        source("loyalty", "amplitude"),
        source("tills", "cloudevents", identifiers=("https://tills.example",)),
        source("crm", "plain"),
    )
}  # fmt: skip
CATALOG = Catalog("digest", "Maison Lumière", SOURCES, {}, {}, {}, {}, lambda evidence: (), lambda url: ())
RING = KeyRing(
    CATALOG, {name: Key(f"key-of-{name}", generated=False) for name in SOURCES if name != "magazine"}
)


class House(NamedTuple):
    client: TestClient[web.Request, web.Application]
    submitted: list[tuple[str, Record]]
    behave: Callable[[Receipt | Exception], None]
    counted: list[tuple[str, int]]


@pytest.fixture
async def house() -> AsyncIterator[House]:
    submitted: list[tuple[str, Record]] = []
    counted: list[tuple[str, int]] = []
    outcome: list[Receipt | Exception] = [Receipt(1)]

    async def submit(name: str, record: Record) -> Receipt:
        submitted.append((name, record))
        if isinstance(outcome[-1], Exception):
            raise outcome[-1]
        return outcome[-1]

    collector = Collector(
        lambda: RING, submit, lambda: 1000.0, lambda *one: counted.append(one), Pace(), Limits(10_000, 5, 100)
    )
    app = web.Application(client_max_size=10_000)
    app.add_routes([*collector.routes(), *collector.declared_routes()])
    server = TestServer(app)
    await server.start_server(auto_decompress=False)
    async with TestClient(server) as client:
        yield House(client, submitted, outcome.append, counted)


def basic(key: str) -> str:
    return "Basic " + base64.b64encode(f"{key}:".encode()).decode()


TRACK = {"type": "track", "event": "Order Completed", "messageId": "m1", "anonymousId": "a1"}
FOUND = {
    "Segment by Basic authorisation": ("/v1/track", {"Authorization": basic("key-of-web-shop")}, TRACK, "web-shop"),
    "Segment by Bearer": ("/v1/batch", {"Authorization": "Bearer key-of-web-shop"}, {"batch": [TRACK]}, "web-shop"),
    "Segment by the body's writeKey": ("/v1/t", {}, {**TRACK, "writeKey": "key-of-web-shop"}, "web-shop"),
    "RudderStack by Basic authorisation": ("/v1/batch", {"Authorization": basic("key-of-app")}, {"batch": [TRACK]}, "app"),
    "a beacon by the query": ("/beacon/v1/batch?writeKey=key-of-app", {}, {"batch": [TRACK]}, "app"),
    "Snowplow by app id": ("/com.snowplowanalytics.snowplow/tp2", {}, {"data": [{"e": "pv", "aid": "magazine"}]}, "magazine"),
    "Snowplow by its own path": ("/x/y", {}, {"data": [{"e": "pv"}]}, "magazine"),
    "Snowplow by declared origin": ("/com.snowplowanalytics.snowplow/tp2", {"Origin": "https://magazine.example"}, {"data": [{"e": "pv"}]}, "magazine"),
    "GA4 by measurement id and secret": ("/mp/collect?measurement_id=G-MAISON0001&api_secret=key-of-orders", {}, {"events": []}, "orders"),
    "Amplitude by api_key": ("/2/httpapi", {}, {"api_key": "key-of-loyalty", "events": []}, "loyalty"),
    "Amplitude's batch": ("/batch", {}, {"api_key": "key-of-loyalty", "events": []}, "loyalty"),
    "CloudEvents by Bearer": ("/cloudevents", {"Authorization": "Bearer key-of-tills"}, {"specversion": "1.0", "source": "https://tills.example"}, "tills"),
    "any source by name": ("/events/crm", {"Authorization": "Bearer key-of-crm"}, {"type": "lead"}, "crm"),
}  # fmt: skip


@pytest.mark.parametrize(("path", "headers", "body", "expected"), FOUND.values(), ids=FOUND)
async def test_source_is_found(
    house: House, path: str, headers: dict[str, str], body: dict[str, object], expected: str
) -> None:
    response = await house.client.post(path, headers=headers, data=json.dumps(body))
    assert response.status in {200, 204}
    assert [name for name, _ in house.submitted] == [expected]


REFUSED = {
    "no key": ("/v1/track", {}, TRACK, 401),
    "an unknown key": ("/v1/track", {"Authorization": basic("guess")}, TRACK, 401),
    "the key of another dialect": ("/v1/track", {"Authorization": basic("key-of-loyalty")}, TRACK, 401),
    "broken base64": ("/v1/track", {"Authorization": "Basic %%%"}, TRACK, 401),
    "base64 of other letters": ("/v1/track", {"Authorization": "Basic é"}, TRACK, 401),
    "a wrong secret": ("/mp/collect?measurement_id=G-MAISON0001&api_secret=guess", {}, {}, 401),
    "an unknown app id": ("/com.snowplowanalytics.snowplow/tp2", {}, {"data": [{"aid": "other"}]}, 401),
    "Snowplow from an undeclared origin": (
        "/com.snowplowanalytics.snowplow/tp2",
        {"Origin": "https://elsewhere.example"},
        {"data": [{"aid": "magazine"}]},
        403,
    ),
    "a CloudEvents source that the key's owner does not declare": (
        "/cloudevents",
        {"Authorization": "Bearer key-of-tills"},
        {"source": "https://elsewhere.example"},
        403,
    ),
    "a key for another source by name": ("/events/crm", {"Authorization": "Bearer key-of-app"}, {}, 401),
}


@pytest.mark.parametrize(("path", "headers", "body", "status"), REFUSED.values(), ids=REFUSED)
async def test_request_is_refused(
    house: House, path: str, headers: dict[str, str], body: dict[str, object], status: int
) -> None:
    response = await house.client.post(path, headers=headers, data=json.dumps(body))
    assert response.status == status
    assert house.submitted == []
    assert [code for _, code in house.counted] == [status]


async def post(house: House, body: bytes, **headers: str) -> tuple[int, str, str]:
    given = {"Authorization": basic("key-of-web-shop"), **headers}
    response = await house.client.post("/v1/batch", headers=given, data=body)
    return response.status, await response.text(), response.headers.get("Retry-After", "")


async def test_gzip_is_unpacked_whatever_the_headers_say(house: House) -> None:
    body = json.dumps({"batch": [TRACK]}).encode()
    assert (await post(house, gzip.compress(body)))[0] == 200
    assert (await post(house, gzip.compress(body), **{"Content-Encoding": "gzip"}))[0] == 200
    assert [record.value for _, record in house.submitted] == [body, body]


async def test_a_body_that_grows_beyond_the_limit_is_413(house: House) -> None:
    assert (await post(house, gzip.compress(b" " * 20_000)))[0] == 413
    assert (await post(house, b" " * 20_000))[0] == 413
    assert house.submitted == []


async def test_broken_gzip_is_400(house: House) -> None:
    assert (await post(house, gzip.compress(b"{}" * 100)[:-9]))[0] == 400
    assert (await post(house, gzip.compress(b"{}" * 100) + b"more"))[0] == 400


async def test_gzip_of_several_members_is_whole(house: House) -> None:
    body = json.dumps({"batch": [TRACK]}).encode()
    assert (await post(house, gzip.compress(body[:30]) + gzip.compress(body[30:])))[0] == 200
    assert (await post(house, gzip.compress(b" " * 6_000) * 2))[0] == 413
    assert [record.value for _, record in house.submitted] == [body]


async def test_a_batch_of_too_many_events_is_413(house: House) -> None:
    assert (await post(house, json.dumps({"batch": [TRACK] * 6}).encode()))[0] == 413
    assert (await post(house, json.dumps({"batch": [TRACK] * 5}).encode()))[0] == 200


@pytest.mark.parametrize(("events", "status"), [(6, 413), (5, 200)])
async def test_a_batch_that_no_decoder_reads_is_counted_too(house: House, events: int, status: int) -> None:
    nested = {**TRACK, "properties": {"text": "[,,],{", "list": [[1, 2, 3, 4, 5, 6, 7, 8], float("nan")]}}
    assert (await post(house, json.dumps({"batch": [nested] * events}).encode()))[0] == status
    assert (await post(house, json.dumps([nested] * events).encode()))[0] == status


BROKEN = {
    "one event that is no JSON": (b'{"batch":[NaN],"writeKey":"key-of-web-shop"}', 200),
    "a batch cut off behind its key": (b'{"writeKey":"key-of-web-shop","batch":[{"ty', 200),
    "a batch cut off before its key": (b'{"batch":[{"type":"track","ev', 400),
    "a wrong key in a broken body": (b'{"batch":[NaN],"writeKey":"guess"}', 401),
    "a key of an event that is not that of its batch": (
        b'{"batch":[{"writeKey":"key-of-web-shop"},NaN]}',
        400,
    ),
}


@pytest.mark.parametrize(("body", "status"), BROKEN.values(), ids=BROKEN)
async def test_the_key_of_a_broken_body_is_found_where_it_can_be(
    house: House, body: bytes, status: int
) -> None:
    response = await house.client.post("/v1/b", data=body)
    assert response.status == status
    assert [name for name, _ in house.submitted] == ["web-shop"] * (status == 200)


async def test_the_app_id_of_a_broken_batch_is_found(house: House) -> None:
    body = b'{"data":[{"e":"pv","aid":"magazine"},NaN]}'
    assert (await house.client.post("/com.snowplowanalytics.snowplow/tp2", data=body)).status == 200


def problem() -> Problem:
    return Problem("x", literal("a"), literal("b"))


NOT_ACCEPTED = {
    "a full queue": (OverloadedError(problem(), 7), 503, "7"),
    "a quarantine that cannot be written": (QuarantineError(problem()), 503, "5"),
    "an engine that failed": (ObserverError(problem()), 503, "5"),
}


@pytest.mark.parametrize(("outcome", "status", "wait"), NOT_ACCEPTED.values(), ids=NOT_ACCEPTED)
async def test_200_is_answered_only_when_the_events_are_accepted(
    house: House, outcome: Exception, status: int, wait: str
) -> None:
    house.behave(outcome)
    assert (await post(house, b"{}"))[::2] == (status, wait)


async def test_a_body_that_holds_no_event_is_400_and_says_why(house: House) -> None:
    house.behave(Receipt(1, "not_json"))
    status, text, _ = await post(house, b"{")
    assert status == 400
    assert json.loads(text)["code"] == "not_json"


async def test_only_declared_origins_are_echoed(house: House) -> None:
    for origin, echoed in ((SHOP, SHOP), ("https://elsewhere.example", None)):
        response = await house.client.options("/v1/batch", headers={"Origin": origin})
        assert response.status == 204
        assert response.headers.get("Access-Control-Allow-Origin") == echoed
        assert response.headers.get("Access-Control-Allow-Credentials") == ("true" if echoed else None)
        assert response.headers["Vary"] == "Origin"


async def test_keys_do_not_reach_the_record(house: House) -> None:
    await house.client.post("/beacon/v1/batch?writeKey=key-of-app&x=1", data=b"{}", headers={"Cookie": "s=1"})
    [(_, record)] = house.submitted
    assert "key-of-app" not in f"{record.path} {record.headers}"
    assert record.path == "/beacon/v1/batch?x=1"
    assert "cookie" not in record.headers


async def test_what_a_browser_objects_to_is_kept_and_its_cookies_are_not(house: House) -> None:
    given = {
        "Authorization": basic("key-of-web-shop"),
        "Sec-GPC": "1",
        "Cookie": "euconsent-v2=CQ; OptanonConsent=x",
    }
    await house.client.post("/v1/t", headers=given, data=json.dumps(TRACK))
    ((_, record),) = house.submitted
    assert record.headers["sec-gpc"] == "1"
    assert "euconsent" not in f"{record.path} {record.headers}"


async def test_answers_have_the_shape_of_the_sdk(house: House) -> None:
    house.behave(Receipt(3))
    amplitude = await house.client.post(
        "/2/httpapi", data=json.dumps({"api_key": "key-of-loyalty", "events": []})
    )
    assert await amplitude.json() == {
        "code": 200,
        "events_ingested": 3,
        "payload_size_bytes": 43,
        "server_upload_time": 1_000_000,
    }
    rudderstack = await house.client.post(
        "/v1/batch", headers={"Authorization": basic("key-of-app")}, data=b"{}"
    )
    assert await rudderstack.text() == "OK"
    pixel = await house.client.get("/i?e=pv&aid=magazine")
    assert pixel.content_type == "image/gif"


async def test_refusals_are_told_in_the_words_of_the_sdk(house: House) -> None:
    segment = await house.client.post("/v1/track", data=json.dumps(TRACK))
    assert (await segment.json())["code"] == "unauthorized"
    amplitude = await house.client.post("/2/httpapi", data=json.dumps({"api_key": "guess", "events": []}))
    assert (await amplitude.json())["error"].startswith("Invalid API key")


async def test_a_snowplow_tracker_is_never_answered_413_since_it_would_send_again_without_end(
    house: House,
) -> None:
    many = json.dumps({"data": [{"e": "pv", "aid": "magazine"}] * 6})
    for body in (many, " " * 20_000):
        assert (await house.client.post("/com.snowplowanalytics.snowplow/tp2", data=body)).status == 422


async def test_more_requests_than_may_be_in_flight_are_503() -> None:
    async def never(_name: str, _record: Record) -> Receipt:
        raise AssertionError("it must be refused before it is judged")

    collector = Collector(lambda: RING, never, lambda: 0.0, lambda *_: None, Pace(), Limits(10_000, 5, 0))
    app = web.Application()
    app.add_routes(collector.routes())
    async with TestClient(TestServer(app)) as client:
        response = await client.post(
            "/v1/batch", headers={"Authorization": basic("key-of-web-shop")}, data=b"{}"
        )
        assert (response.status, response.headers["Retry-After"]) == (503, "1")


async def test_a_body_that_does_not_arrive_in_time_is_408_and_gives_its_place_back() -> None:
    async def accept(_name: str, _record: Record) -> Receipt:
        return Receipt(1)

    async def dawdle() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.sleep(10)

    collector = Collector(
        lambda: RING, accept, lambda: 0.0, lambda *_: None, Pace(), Limits(10_000, 5, 1, 0.05)
    )
    app = web.Application()
    app.add_routes(collector.routes())
    headers = {"Authorization": basic("key-of-web-shop")}
    async with TestClient(TestServer(app)) as client:
        response = await client.post("/v1/batch", headers=headers, data=dawdle())
        assert response.status == 408
        response.close()
        assert (await client.post("/v1/batch", headers=headers, data=b"{}")).status == 200


async def test_a_body_of_many_gzip_members_is_refused_before_it_costs(house: House) -> None:
    assert (await post(house, gzip.compress(b"", 1) * 65))[0] == 400
    assert (await post(house, gzip.compress(b"{}") + gzip.compress(b" ")))[0] == 200


async def test_a_path_that_no_source_declares_is_404_in_words(house: House) -> None:
    response = await house.client.post("/no/such/path", data=b"{}")
    assert response.status == 404
    assert "schemas/sources" in (await response.json())["error"]


async def test_small_events_without_end_are_too_many(house: House) -> None:
    assert (await post(house, b'{"batch":[' + b"1," * 6 + b"1]}"))[0] == 413


async def test_bodies_that_would_fill_the_memory_are_503() -> None:
    async def accept(_name: str, _record: Record) -> Receipt:
        return Receipt(1)

    limits = Limits(10_000, 5, 100, 30.0, bytes_in_flight=1_000)
    collector = Collector(lambda: RING, accept, lambda: 0.0, lambda *_: None, Pace(), limits)
    app = web.Application()
    app.add_routes(collector.routes())
    async with TestClient(TestServer(app)) as client:
        for size, status in ((900, 200), (1_100, 503), (900, 200)):
            response = await client.post(
                "/v1/batch", headers={"Authorization": basic("key-of-web-shop")}, data=b" " * size
            )
            assert response.status == status


CODINGS = {
    "gzip": (gzip.compress(b"{}"), "gzip", 200),
    "gzip without a word of it": (gzip.compress(b"{}"), "", 200),
    "deflate": (zlib.compress(b"{}"), "deflate", 200),
    "deflate that is none": (b"{}", "deflate", 400),
    "deflate that breaks off": (zlib.compress(b"{}" * 999)[:-6], "deflate", 400),
    "gzip that is none": (b"{}", "gzip", 400),
    "a coding that is not read": (b"{}", "br", 400),
    "identity": (b"{}", "identity", 200),
}


@pytest.mark.parametrize(("body", "coding", "status"), CODINGS.values(), ids=CODINGS)
async def test_content_coding(house: House, body: bytes, coding: str, status: int) -> None:
    headers = {"Content-Encoding": coding} if coding else {}
    assert (await post(house, body, **headers))[0] == status
    assert [record.value for _, record in house.submitted] == ([b"{}"] if status == 200 else [])
