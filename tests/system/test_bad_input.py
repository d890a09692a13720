"""Whatever comes from the street gets a verdict or a clear refusal; nothing is lost, and the process lives on."""

import base64
import gzip
import json
import re
import socket
import subprocess
import time
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.running import KEYS, RunningObserver, observer_running
from tests.sdk.counting import Scrape

AUTHORIZATION = "Basic " + base64.b64encode(f"{KEYS['MARTECH_KEY_WEB_SHOP']}:".encode()).decode()
PERSON = "jeanne.martin@courriel.example"
"""Stands in what nobody can read, and must be in no log."""


class Given(NamedTuple):
    """A body. status: what must be answered; verdicts: what must be counted; reason: why it could not be read."""

    body: bytes
    status: int
    verdicts: dict[str, int]
    reason: str = ""


@pytest.fixture(scope="module")
def observer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningObserver]:
    """One observer for all that follows: each thing must leave it fit for the next."""
    with observer_running(tmp_path_factory.mktemp("bad-input") / "state") as running:
        yield running


@pytest.fixture(autouse=True)
def lives_on(observer: RunningObserver) -> Iterator[None]:
    """After every test: alive, and as many events judged as were counted at the door."""
    yield
    assert observer.process.poll() is None
    assert json.loads(observer.get("/healthz")) == {"alive": True}
    scrape = Scrape(observer)
    assert scrape.conserved
    assert scrape.sum("martech_engine_failures_total") == 0
    assert scrape.sum("martech_collector_requests_total", status="500") == 0


def product(message_id: str, price: str = "149.0", more: str = "") -> bytes:
    """A track call that the contract accepts, as long as `price` and `more` let it."""
    return (
        f'{{"type":"track","event":"Product Viewed","messageId":"{message_id}","anonymousId":"a",{more}'
        f'"properties":{{"product_id":"LAMP-ARC-02","category":"luminaires","price":{price}}}}}'
    ).encode()


def batch(*events: bytes) -> bytes:
    return b'{"batch":[' + b",".join(events) + b"]}"


def fifty(name: str, bad: bytes) -> bytes:
    """A batch of fifty in which one event is bad."""
    events = [product(f"{name}-{number}") for number in range(50)]
    events[17] = bad
    return batch(*events)


def undecodable(body: bytes, reason: str) -> Given:
    return Given(body, 400, {"undecodable": 1}, reason)


def judged(body: bytes, verdict: str) -> Given:
    return Given(body, 200, {verdict: 1})


def one_of_fifty(name: str, bad: bytes, reason: str) -> Given:
    return Given(fifty(name, bad), 200, {"valid": 49, "undecodable": 1}, reason)


DEEP = b"[" * 1_000 + b"]" * 1_000
BODIES = {
    "nothing": undecodable(b"", "empty"),
    "blanks": undecodable(b" \r\n\t", "empty"),
    "a call cut off": undecodable(product("cut")[:-9], "not_json"),
    "a batch cut off": undecodable(batch(product("cut-1"), product("cut-2"))[:-40], "not_json"),
    "no JSON": undecodable(b"event=Product+Viewed", "not_json"),
    "zero bytes": undecodable(bytes(1_000), "not_json"),
    "Latin-1": undecodable('{"type":"track","event":"Café"}'.encode("latin-1"), "wrong_encoding"),
    "UTF-16": undecodable('{"type":"track","event":"Café"}'.encode("utf-16"), "wrong_encoding"),
    "UTF-8 with a byte order mark": judged(b"\xef\xbb\xbf" + product("mark"), "valid"),
    "half a surrogate pair": undecodable(product("half", more=r'"userId":"\ud83d",'), "wrong_encoding"),
    "nested 1,000 deep": undecodable(product("deep", DEEP.decode()), "too_deep"),
    "brackets that never close": undecodable(b"[" * 2_000_000, "too_deep"),
    "quotes that never close": undecodable(b'{"a":"' + b"\\" * 2_000_001, "not_json"),
    "NaN": undecodable(product("nan", "NaN"), "not_json"),
    "Infinity": undecodable(product("infinity", "-Infinity"), "not_json"),
    "a number of 400 digits": judged(product("digits", "9" * 400), "invalid"),
    "a number beyond every float": judged(product("float", "1e999"), "invalid"),
    "a key that stands twice: the last counts": judged(product("twice", more='"event":"Product Viewed","event":"Lamp Dimmed",'), "unknown_contract"),
    "null": undecodable(b"null", "not_an_object"),
    "a number": undecodable(b"7", "not_an_object"),
    "a text": undecodable(b'"track"', "not_an_object"),
    "a list": undecodable(b"[" + product("list") + b"]", "not_an_object"),
    "an object without a call": undecodable(b"{}", "no_type"),
    "an unknown kind of call": undecodable(b'{"type":"purchase"}', "unknown_type"),
    "a batch of nothing": undecodable(b'{"batch":[]}', "empty_batch"),
    "a batch that is no list": undecodable(b'{"batch":{}}', "empty_batch"),
    "an event that no contract claims": judged(b'{"type":"track","event":"Lamp Dimmed","messageId":"unknown"}', "unknown_contract"),
    "a name of control characters": judged(rb'{"type":"track","event":"\u0000\u0007","messageId":"control"}', "unknown_contract"),
    "one NaN of fifty": one_of_fifty("nan", product("x", "NaN"), "not_json"),
    "one half surrogate pair of fifty": one_of_fifty("half", product("x", r'"\ud83d"'), "wrong_encoding"),
    "one event in Latin-1 of fifty": one_of_fifty("latin", '{"type":"track","event":"Café"}'.encode("latin-1"), "wrong_encoding"),
    "one deep event of fifty": one_of_fifty("deep", product("x", DEEP.decode()), "too_deep"),
    "one number of fifty": one_of_fifty("number", b"7", "not_an_object"),
    "one event without a name of fifty": one_of_fifty("name", b'{"type":"track"}', "no_name"),
    "one event that breaks its contract of fifty": Given(
        fifty("broken", product("x", '"149,00"')), 200, {"valid": 49, "invalid": 1}
    ),
    "10 MB in one event": Given(product("large", more=f'"x":"{"y" * 10_000_000}",'), 413, {}),
    "more events than one request may hold": Given(batch(*[b"{}"] * 20_000), 413, {}),
    "the same, of which one is no JSON": Given(batch(b"NaN", *[b"{}"] * 1_500_000), 413, {}),
}  # fmt: skip


@pytest.mark.parametrize("given", BODIES.values(), ids=BODIES)
def test_body_gets_its_verdict_or_a_refusal(observer: RunningObserver, given: Given) -> None:
    before = Scrape(observer)
    status = observer.post("/v1/batch", given.body, Authorization=AUTHORIZATION)
    assert (status, counted(observer, before)) == (given.status, given.verdicts)
    reasons = Scrape(observer).by("martech_undecodable_events_total", "reason") - before.by(
        "martech_undecodable_events_total", "reason"
    )
    assert dict(reasons) == ({(given.reason,): 1} if given.reason else {})


def counted(observer: RunningObserver, before: Scrape) -> dict[str, int]:
    """Returns the events by verdict since `before`, over all sources."""
    new = Scrape(observer).by("martech_events_total", "outcome") - before.by(
        "martech_events_total", "outcome"
    )
    return {outcome: number for (outcome,), number in new.items()}


def test_a_key_in_a_body_with_one_bad_event_is_still_found(observer: RunningObserver) -> None:
    """Browsers and Amplitude's SDKs carry the key in the body alone."""
    before = Scrape(observer)
    key = KEYS["MARTECH_KEY_WEB_SHOP"].encode()
    body = fifty("in-body", product("x", "NaN"))[:-1] + b',"writeKey":"' + key + b'"}'
    assert observer.post("/v1/b", body) == 200
    assert counted(observer, before) == {"valid": 49, "undecodable": 1}
    assert observer.post("/v1/t", b'{"writeKey":"' + key + b'","type":"track","event":"Prod') == 400
    assert counted(observer, before) == {"valid": 49, "undecodable": 2}


def test_a_body_that_hides_its_key_is_refused_as_unreadable(observer: RunningObserver) -> None:
    before = Scrape(observer)
    assert observer.post("/v1/t", b'{"type":"track","event":"Prod') == 400
    assert observer.post("/2/httpapi", b"") == 400
    assert counted(observer, before) == {}


KEYLESS = {
    "an unknown key": {"Authorization": "Basic " + base64.b64encode(b"guess:").decode()},
    "no key": {},
    "a key of no base64": {"Authorization": "Basic ***"},
    "a key of other bytes": {"Authorization": "Basic é"},
    "a token of other bytes": {"Authorization": "Bearer é"},
    "a scheme without a key": {"Authorization": "Basic"},
}


@pytest.mark.parametrize("headers", KEYLESS.values(), ids=KEYLESS)
def test_without_a_known_key_nothing_is_accepted(observer: RunningObserver, headers: dict[str, str]) -> None:
    before = Scrape(observer)
    assert observer.post("/v1/batch", product("no-key"), **headers) == 401
    assert counted(observer, before) == {}


TYPES = [
    "text/plain", "image/png", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
    "application/json; charset=utf-16", ";;;", "",
]  # fmt: skip


@pytest.mark.parametrize("content_type", TYPES)
def test_a_wrong_content_type_changes_nothing(observer: RunningObserver, content_type: str) -> None:
    before = Scrape(observer)
    headers = {"Authorization": AUTHORIZATION, "Content-Type": content_type}
    assert observer.post("/v1/batch", product(f"type-{content_type}"), **headers) == 200
    assert counted(observer, before) == {"valid": 1}


ZIPPED = gzip.compress(product("zipped"), mtime=0)
TWO_MEMBERS = gzip.compress(product("members")[:40]) + gzip.compress(product("members")[40:])
PACKED = {
    "gzip": (ZIPPED, 200),
    "gzip in two members": (TWO_MEMBERS, 200),
    "gzip cut off": (ZIPPED[:-20], 400),
    "gzip with a wrong checksum": (ZIPPED[:-8] + bytes(8), 400),
    "gzip with other bytes behind it": (ZIPPED + b"other bytes", 400),
}


@pytest.mark.parametrize("encoding", ["", "gzip"], ids=["undeclared", "declared"])
@pytest.mark.parametrize(("body", "status"), PACKED.values(), ids=PACKED)
def test_gzip_is_whole_or_refused(observer: RunningObserver, body: bytes, status: int, encoding: str) -> None:
    before = Scrape(observer)
    headers = {"Authorization": AUTHORIZATION} | ({"Content-Encoding": encoding} if encoding else {})
    assert observer.post("/v1/batch", body, **headers) == status
    found = counted(observer, before)
    if status == 200:
        assert sum(found.values()) == found.get("valid", 0) + found.get("duplicate", 0) == 1
    else:
        # What was declared as gzip and cut off may be unpacked as far as it goes: then it is no whole JSON.
        assert found in ({}, {"undecodable": 1})


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_an_encoding_that_was_declared_and_is_not_there_is_refused(
    observer: RunningObserver, encoding: str
) -> None:
    before = Scrape(observer)
    headers = {"Authorization": AUTHORIZATION, "Content-Encoding": encoding}
    assert observer.post("/v1/batch", product("not-packed"), **headers) == 400
    assert counted(observer, before) == {}


@pytest.mark.parametrize("encoding", ["", "gzip"], ids=["undeclared", "declared"])
def test_a_gzip_bomb_is_refused_before_it_goes_off(observer: RunningObserver, encoding: str) -> None:
    packer = zlib.compressobj(1, wbits=31)
    bomb = b"".join(packer.compress(bytes(10_000_000)) for _ in range(40)) + packer.flush()
    headers = {"Authorization": AUTHORIZATION} | ({"Content-Encoding": encoding} if encoding else {})
    before, memory, most = Scrape(observer), resident(observer), 0
    with ThreadPoolExecutor(1) as sender:
        status = sender.submit(observer.post, "/v1/batch", bomb, **headers)
        while not status.done():
            most = max(most, resident(observer))
    assert status.result() == 413
    assert counted(observer, before) == {}
    assert most - memory < 100_000_000, "400 MB would come of it"


def resident(observer: RunningObserver) -> int:
    """Returns the bytes of memory that the process holds."""
    said = subprocess.run(
        ["ps", "-o", "rss=", "-p", str(observer.process.pid)], capture_output=True, text=True, check=True
    )
    return int(said.stdout) * 1024


ROTTEN = {
    "nothing": b"",
    "no JSON": b"\x00\xff{",
    "a number": b"7",
    "an empty object": b"{}",
    "an empty list": b"[]",
    "lists of the wrong things": b'{"batch":[7],"events":[null],"data":["x"]}',
    "objects of nothing": b'{"batch":[{}],"events":[{}],"data":[{}]}',
    "the wrong type everywhere": b'{"type":[],"event":{},"context":7,"api_key":{},"events":7,"data":7,"source":[]}',
    "deep": DEEP,
}
ADDRESSES = {
    "Segment": ("/v1/track", {"Authorization": AUTHORIZATION}),
    "RudderStack": ("/beacon/v1/batch?writeKey=" + KEYS["MARTECH_KEY_APP"], {}),
    "Snowplow": ("/maison/lecture", {}),
    "Snowplow's webhook": ("/com.snowplowanalytics.iglu/v1?aid=magazine", {}),
    "Google Analytics": (
        f"/mp/collect?measurement_id=G-MAISON0001&api_secret={KEYS['MARTECH_KEY_SERVER_ORDERS']}", {},
    ),
    "Amplitude": ("/2/httpapi", {}),
    "CloudEvents": ("/cloudevents", {"Authorization": f"Bearer {KEYS['MARTECH_KEY_TILLS']}"}),
    "JSON of one's own": ("/events/crm", {"Authorization": f"Bearer {KEYS['MARTECH_KEY_CRM']}"}),
}  # fmt: skip


@pytest.mark.parametrize(("path", "headers"), ADDRESSES.values(), ids=ADDRESSES)
def test_every_format_answers_what_is_rotten_and_counts_what_it_took(
    observer: RunningObserver, path: str, headers: dict[str, str]
) -> None:
    for name, body in ROTTEN.items():
        before = Scrape(observer)
        status = observer.post(path, body, **headers)
        found = counted(observer, before)
        # Of a format that carries its key in the body, what cannot be read has no source.
        assert status in {400, 401} or (status in {200, 204} and found), name
        assert found == {} or sum(found.values()) == found.get("undecodable", 0) + found.get(
            "unknown_contract", 0
        ), name


def head(*lines: str, path: str = "/v1/batch") -> bytes:
    """The head of a POST to the web shop's address."""
    start = [f"POST {path} HTTP/1.1", "Host: localhost", f"Authorization: {AUTHORIZATION}"]
    return "\r\n".join([*start, *lines, "", ""]).encode("latin-1")


CALL = product("by-hand", more=f'"userId":"{PERSON}",')
CHUNKED = b"%x\r\n%s\r\n0\r\n\r\n" % (len(CALL), CALL)
BY_HAND = {
    "a length of letters": (head("Content-Length: abc") + CALL, 400),
    "a length below zero": (head("Content-Length: -5") + CALL, 400),
    "a length beyond all bounds": (head(f"Content-Length: {10**30}") + CALL, 400),
    "two lengths": (head("Content-Length: 5", f"Content-Length: {len(CALL)}") + CALL, 400),
    "a length and chunks": (head("Content-Length: 5", "Transfer-Encoding: chunked") + CHUNKED, 400),
    "chunks of no size": (head("Transfer-Encoding: chunked") + b"zz\r\n" + CALL, 400),
    "no length at all": (head() + CALL, 400),
    "a length that is too short": (head(f"Content-Length: {len(CALL) - 20}") + CALL, 400),
    "no host": (b"POST /v1/batch HTTP/1.1\r\n\r\n", 400),
    "an address that is none": (b"POST http://[::1/v1/batch HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
    "an address that is too long": (f"GET /i?uid={PERSON}&x={'y' * 20_000} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode(), 400),
    "a header that is too long": (head(f"X-Person: {PERSON}{'y' * 20_000}"), 400),
    "the start of TLS": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200), 400),
    "no HTTP": (f"{PERSON} hello\r\n\r\n".encode(), 400),
    "an unknown method": (b"PUT /v1/batch HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n", 405),
    "an unknown address": (b"POST /v1/teleport HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n", 404),
    "chunks as they should be": (head("Transfer-Encoding: chunked") + CHUNKED, 200),
    "a question before the body": (head("Expect: 100-continue", f"Content-Length: {len(CALL)}") + CALL, 100),
}  # fmt: skip


@pytest.mark.parametrize(("sent", "status"), BY_HAND.values(), ids=BY_HAND)
def test_bytes_that_are_hardly_http_get_an_honest_answer(
    observer: RunningObserver, sent: bytes, status: int
) -> None:
    before = Scrape(observer)
    with socket.create_connection(("127.0.0.1", observer.port), timeout=10) as connection:
        connection.sendall(sent)
        answer = connection.recv(65_536)
    assert re.match(rb"HTTP/1\.[01] (\d+)", answer), answer
    assert int(answer[9:12]) == status
    time.sleep(0.05)
    assert sum(counted(observer, before).values()) == (status in {100, 200})


@pytest.mark.parametrize("with_reset", [False, True], ids=["closed", "reset"])
def test_an_upload_that_breaks_off_is_no_event(observer: RunningObserver, with_reset: bool) -> None:
    before = Scrape(observer)
    for _ in range(20):
        with socket.create_connection(("127.0.0.1", observer.port), timeout=10) as connection:
            connection.sendall(head(f"Content-Length: {len(CALL) + 500}") + CALL)
            if with_reset:
                # Closing at once, without waiting for what is on its way: the other side sees a reset.
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
    time.sleep(0.3)
    assert counted(observer, before) == {}


def test_a_slow_sender_is_waited_for_and_holds_up_nobody(observer: RunningObserver) -> None:
    before = Scrape(observer)
    body = product("slow")
    with socket.create_connection(("127.0.0.1", observer.port), timeout=10) as connection:
        connection.sendall(head(f"Content-Length: {len(body)}"))
        for start in range(0, len(body), 20):
            connection.sendall(body[start : start + 20])
            time.sleep(0.02)
            assert observer.post("/v1/batch", product(f"quick-{start}"), Authorization=AUTHORIZATION) == 200
        assert connection.recv(65_536).startswith(b"HTTP/1.1 200")
    assert counted(observer, before) == {"valid": 1 + len(range(0, len(body), 20))}


def test_senders_that_go_away_before_the_answer_are_counted_all_the_same(observer: RunningObserver) -> None:
    before = Scrape(observer)
    for number in range(20):
        body = product(f"gone-{number}")
        with socket.create_connection(("127.0.0.1", observer.port), timeout=10) as connection:
            connection.sendall(head(f"Content-Length: {len(body)}") + body)
    until = time.monotonic() + 10
    while counted(observer, before) != {"valid": 20} and time.monotonic() < until:
        time.sleep(0.05)
    assert counted(observer, before) == {"valid": 20}


def test_nothing_that_was_sent_is_in_the_log(observer: RunningObserver) -> None:
    """Runs last: all the above had its chance to leave a trace."""
    log = Path(f"{observer.state}.log").read_text()
    for trace in (PERSON, "LAMP-ARC-02", AUTHORIZATION, *KEYS.values()):
        assert trace not in log
    assert "Traceback" not in log
