"""`observer run --kafka`: what got 200 is in the topic, whatever dies, and is judged there as it would have been here."""

import asyncio
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from observer.loader import load
from observer.model import Record
from streams.producing import headers_of, key_of
from streams.reading import read
from tests.benchmarks.samples import segment_order
from tests.kafka.broker import Broker, free_port
from tests.kafka.workers import Company, Worker
from tests.running import KEYS, RunningObserver, observer_running

pytestmark = pytest.mark.kafka

BATCH = "/v1/batch"
SOURCES = ("web-shop", "app", "web-magazine", "tills", "loyalty", "server-orders", "crm")
SAMPLE = {"Content-Type": "application/json", "Sec-GPC": "1"}


@contextmanager
def collecting(company: Company, **environment: str) -> Iterator[RunningObserver]:
    """Yields a collector that hands on to a company's topics."""
    port = free_port()
    log = company.folder / f"collector-{port}.log"
    command = [sys.executable, "-m", "observer", "run", "--kafka", "--config", str(company.config)]
    with log.open("w") as out:
        process = subprocess.Popen(
            [*command, "--port", str(port)],
            env={**_bare(), **KEYS, **environment}, stdout=out, stderr=out, text=True,
        )  # fmt: skip
        running = RunningObserver(process, port, company.folder)
        try:
            until = time.monotonic() + 40
            while _status(running, "/readyz") != 200:
                assert process.poll() is None, f"the collector ended:\n{log.read_text()}"
                assert time.monotonic() < until, f"the collector was not ready in time:\n{log.read_text()}"
                time.sleep(0.1)
            yield running
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait(40)


def _bare() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("MARTECH_")}


def _status(running: RunningObserver, path: str) -> int:
    try:
        running.get(path)
    except OSError as error:
        return int(getattr(error, "code", 0))
    return 200


def body(begin: int, count: int = 1, *, person: str = "", padding: int = 0) -> bytes:
    """Returns a batch of orders, of which each tenth breaks its contract."""
    events = [json.loads(segment_order(number)) for number in range(begin, begin + count)]
    for number, event in enumerate(events, begin):
        if number % 10 == 0:
            event["properties"]["total"] = "dear"
        if person:
            event["anonymousId"] = person
    return json.dumps(
        {"batch": events, "writeKey": KEYS["MARTECH_KEY_WEB_SHOP"], "padding": "x" * padding}
    ).encode()


async def made(company: Company, partitions: int = 1) -> Company:
    """Makes all topics of a company."""
    await company.make_topics(dict.fromkeys(SOURCES, 1) | {"web-shop": partitions})
    return company


async def test_workers_judge_what_the_collector_handed_on_as_the_embedded_run_does(
    company: Company, tmp_path: Path
) -> None:
    await made(company, 2)
    # Twenty events a request, the second request twice, and one that is no JSON.
    bodies = [body(0, 20), body(20, 20), body(20, 20), b'{"batch":[{"type":"track","eve']
    broken = {"Authorization": "Basic dGVzdC1rZXktd2ViLXNob3A6"}
    with observer_running(tmp_path / "embedded") as embedded:
        answers = [await asyncio.to_thread(embedded.post, BATCH, one, **broken) for one in bodies]
        expected = {
            verdict: embedded.value("martech_events_total", source="web-shop", outcome=verdict)
            for verdict in ("valid", "invalid", "duplicate", "undecodable")
        }
    assert expected["invalid"] and expected["duplicate"] and expected["undecodable"]
    with collecting(company) as collector:
        assert [await asyncio.to_thread(collector.post, BATCH, one, **broken) for one in bodies] == answers
        assert collector.value("martech_collector_produced_requests_total", source="web-shop") == len(bodies)
        assert collector.value("martech_collector_produce_failures_total") == 0
        with Worker(company):
            found = await company.until_events(int(sum(expected.values())))
    assert {verdict: found[verdict] for verdict in expected} == expected


async def test_a_request_is_one_record_with_its_person_as_key_and_all_that_a_dialect_reads(
    company: Company,
) -> None:
    await made(company, 4)
    before = time.time()
    with collecting(company) as collector:
        for number in range(6):
            sent = body(10 * number, 3, person="a-visitor")
            assert await asyncio.to_thread(collector.post, f"{BATCH}?x=1", sent, **SAMPLE) == 200
        assert await asyncio.to_thread(collector.post, BATCH, body(99, person="another")) == 200
    records = await company.read(company.topic("web-shop"))
    ours = [one for one in records if b"a-visitor" in one.value]
    assert (len(records), len(ours)) == (7, 6)
    assert len({(one.key, one.partition) for one in ours}) == 1
    assert len({one.key for one in records}) == 2
    assert not any(b"visitor" in one.key for one in records)
    (one,) = read(ours[:1], "topic", 0, _untouched).records
    assert one.path == f"{BATCH}?x=1"
    assert one.headers["sec-gpc"] == "1" and one.headers["content-type"] == "application/json"
    assert one.received is not None and before <= one.received <= time.time()


async def test_nothing_that_got_200_is_missing_when_the_broker_is_killed(tmp_path: Path, prefix: str) -> None:
    accepted: list[int] = []
    refused: list[int] = []
    with Broker() as broker:
        company = await made(Company(tmp_path, broker.bootstrap, prefix), 2)
        # One copy on a broker that is killed: only what it wrote to its disk survives a machine, all of it a process.
        with collecting(company, MARTECH_KAFKA__PRODUCE_SECONDS="2") as collector:
            stop = threading.Event()

            def send(begin: int) -> None:
                number = begin
                while not stop.is_set():
                    status = collector.post(BATCH, body(number))
                    (accepted if status == 200 else refused).append(number)
                    assert status in {200, 503}
                    number += 1

            senders = [asyncio.create_task(asyncio.to_thread(send, 100_000 * k)) for k in range(4)]
            await until(lambda: len(accepted) > 100)
            broker.kill()
            await until(lambda: len(refused) >= 4)
            assert await asyncio.to_thread(_status, collector, "/readyz") == 503
            assert await asyncio.to_thread(_status, collector, "/healthz") == 200
            assert collector.value("martech_collector_produce_failures_total", why="away") > 0
            broker.start()
            again = len(accepted)
            await until(lambda: len(accepted) > again + 100)
            stop.set()
            await asyncio.gather(*senders)
            assert await asyncio.to_thread(_status, collector, "/readyz") == 200
        records = await company.read(company.topic("web-shop"))
    ids = {json.loads(one.value)["batch"][0]["messageId"] for one in records}
    wanted = {json.loads(segment_order(number))["messageId"] for number in accepted}
    assert wanted <= ids, f"{len(wanted - ids)} of {len(wanted)} are missing"


async def test_what_a_topic_does_not_take_is_413_and_leaves_the_others_theirs(company: Company) -> None:
    await made(company)
    with collecting(company) as collector:
        assert await asyncio.to_thread(collector.post, BATCH, body(1, padding=1_100_000)) == 413
        assert collector.value("martech_collector_produce_failures_total", why="too_large") == 1
        assert await asyncio.to_thread(collector.post, BATCH, body(2)) == 200
        # The collector learnt its limit at the start. Now the brokers are stricter: they reject, and leave a hole.
        await company_limit(company, 3_000)
        noise = os.urandom(6_000).hex()
        large = body(3).replace(b'"padding": ""', b'"padding": "' + noise.encode() + b'"')
        assert await asyncio.to_thread(collector.post, BATCH, large) == 413
        await until(lambda: collector.post(BATCH, body(4)) == 200)
        assert await asyncio.to_thread(collector.post, BATCH, body(5)) == 200
        assert await asyncio.to_thread(collector.post, BATCH, large) == 413
        assert await asyncio.to_thread(collector.post, BATCH, body(6)) == 200
    records = await company.read(company.topic("web-shop"))
    assert all(len(one.value) < 3_000 for one in records)


async def company_limit(company: Company, limit: int) -> None:
    """Sets what the topic of the web shop takes."""
    from aiokafka.admin import AIOKafkaAdminClient
    from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

    admin = AIOKafkaAdminClient(bootstrap_servers=company.bootstrap)
    await admin.start()
    try:
        settings = {"max.message.bytes": str(limit)}
        topic = ConfigResource(ConfigResourceType.TOPIC, company.topic("web-shop"), settings)
        await admin.alter_configs([topic])
    finally:
        await admin.close()


async def test_a_source_without_a_topic_by_name_is_refused_at_the_start(company: Company) -> None:
    await made(company)
    path = company.schemas / "sources" / "web-shop.yaml"
    text, topic = path.read_text("utf-8"), company.topic("web-shop")
    path.write_text(text.replace(topic, '"/shop-.*/"'), "utf-8")
    said = refusal(company)
    assert (
        said.startswith(f"{path}: expected a topic by its name") and "patterns alone - at `$.topics`" in said
    )
    path.write_text(text.replace(topic, f"{topic}-gone"), "utf-8")
    assert refusal(company).startswith(f"{topic}-gone: expected a topic that is there")


def refusal(company: Company) -> str:
    """Returns what a collector says that does not start."""
    command = [sys.executable, "-m", "observer", "run", "--kafka", "--config", str(company.config)]
    ended = subprocess.run(
        [*command, "--port", str(free_port())],
        env={**_bare(), **KEYS}, capture_output=True, text=True, timeout=30,
    )  # fmt: skip
    assert ended.returncode == 2, ended.stderr
    return ended.stderr


ODD = {
    "a plain one": Record(b"{}", 1_700_000_000.123456, None, {}, "/v1/batch"),
    "nothing in it": Record(b"", 1_700_000_000.0, None, {"content-type": "text/plain"}, "/i?e=pv&aid=magazine"),
    "what begins as if a registry framed it": Record(b"\x00\x00\x00\x00\x07{}", 1_700_000_000.5, None, {}, "/v1/t"),
    "wild bytes in a header": Record(b"{}", 1_700_000_000.5, None, {"ce-id": "\udcff\u00e9"}, "/cloudevents"),
}  # fmt: skip


@pytest.mark.parametrize("record", ODD.values(), ids=ODD)
def test_a_record_comes_back_as_it_was_received(record: Record) -> None:
    fetched = Fetched(record.value, headers_of(record))
    (back,) = read([fetched], "topic", 0, _untouched).records
    assert (back.value, back.received, back.path) == (record.value, record.received, record.path)
    assert record.headers.items() <= back.headers.items()


def test_the_key_is_of_the_first_event_and_no_event_without_an_id_has_one(company: Company) -> None:
    decode = load(company.schemas).sources["web-shop"].dialect.decode
    keys = [
        key_of(decode(Record(text)))
        for text in (
            b'{"batch":[{"type":"track","event":"E","anonymousId":"a","userId":"u"},{"type":"track","event":"E","anonymousId":"b"}]}',
            b'{"type":"track","event":"E","anonymousId":"a"}',
            b'{"type":"track","event":"E","userId":"a"}',
            b'{"type":"track","event":"E","userId":"u"}',
            b'{"type":"track","event":"Order Completed"}',
            b"{",
        )
    ]
    assert keys[0] == keys[1] == keys[2] != keys[3]
    assert keys[4:] == [None, None]


class Fetched:
    """A record as a consumer gives it."""

    def __init__(self, value: bytes | None, headers: Any) -> None:
        self.value, self.headers, self.timestamp, self.offset = value, headers, 1_700_000_001_000, 0


def _untouched(topic: str, value: bytes) -> bytes:
    raise AssertionError("what came to our collector is in nobody's frame")


async def until(true: Any, seconds: float = 60) -> None:
    """Returns once something is true; fails where it never is."""
    end = time.monotonic() + seconds
    while not await asyncio.to_thread(true):
        assert time.monotonic() < end, "it never came true"
        await asyncio.sleep(0.05)
