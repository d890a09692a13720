"""What workers do when the catalog changes, topics appear, or are not what they were."""

import asyncio
import json
import signal

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition

from tests.benchmarks.samples import segment_order
from tests.kafka.topics import make_topic
from tests.kafka.workers import Company, Worker, tiles

pytestmark = pytest.mark.kafka


async def _until(worker: Worker, metric: str, value: float, **labels: str) -> None:
    for _ in range(200):
        if worker.value(metric, **labels) == value:
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"{metric}: expected {value}\n{worker.log}")


async def test_a_reload_changes_the_verdicts_from_the_next_chunk_on(company: Company) -> None:
    await company.make_topics({"web-shop": 1})
    contract = company.schemas / "contracts" / "order-completed.odcs.yaml"
    with Worker(company) as worker:
        await asyncio.to_thread(worker.until_ready)
        await company.produce("web-shop", map(segment_order, range(10)))
        await company.until_events(10)
        before = contract.read_text("utf-8")
        contract.write_text("apiVersion: none\n", "utf-8")
        worker.process.send_signal(signal.SIGHUP)
        await _until(worker, "martech_catalog_load_success", 0)
        await company.produce("web-shop", map(segment_order, range(10, 20)))
        assert (await company.until_events(20))["valid"] == 20
        contract.write_text(before.replace("event: Order Completed", "event: Order Finished"), "utf-8")
        worker.process.send_signal(signal.SIGHUP)
        await _until(worker, "martech_catalog_load_success", 1)
        await company.produce("web-shop", map(segment_order, range(20, 30)))
        assert (await company.until_events(30))["unknown_contract"] == 10
        assert worker.stop() == 0
    digests = [
        json.loads(one.value)["digest"]
        for one in await company.read(company.settings.kafka.prefix + "ledger")
    ]
    assert len(set(digests)) == 2


async def test_topics_that_appear_later_are_read_from_their_first_record(company: Company) -> None:
    source = company.schemas / "sources" / "web-shop.yaml"
    text = source.read_text("utf-8")
    named = f"topics: [{company.topic('web-shop')}]"
    assert named in text
    await company.make_topics({"web-shop": 1})
    with Worker(company) as worker:
        await asyncio.to_thread(worker.until_ready)
        await make_topic(company.bootstrap, company.topic("other"))
        await company.produce("other", map(segment_order, range(5)))
        source.write_text(
            text.replace(named, f"topics: ['/{company.prefix}tracking[.](web-shop|other)/']"), "utf-8"
        )
        worker.process.send_signal(signal.SIGHUP)
        await company.produce("web-shop", map(segment_order, range(5)))
        await company.until_events(10)
        assert worker.stop() == 0
    assert set(await company.ledger()) == {(company.topic("web-shop"), 0), (company.topic("other"), 0)}


async def test_a_source_that_moves_to_another_topic_leaves_nothing_behind(company: Company) -> None:
    """A topic that is another source's after a reload is judged by that one's contracts, from where it was."""
    await company.make_topics({"web-shop": 1})
    shop, crm = (company.schemas / "sources" / f"{name}.yaml" for name in ("web-shop", "crm"))
    with Worker(company) as worker:
        await asyncio.to_thread(worker.until_ready)
        await company.produce("web-shop", map(segment_order, range(10)))
        assert (await company.until_events(10))["valid"] == 10
        texts = {one: one.read_text("utf-8") for one in (shop, crm)}
        shop.write_text(texts[shop].replace(company.topic("web-shop"), company.topic("nothing")), "utf-8")
        crm.write_text(texts[crm].replace(company.topic("crm"), company.topic("web-shop")), "utf-8")
        worker.process.send_signal(signal.SIGHUP)
        await asyncio.sleep(2)
        await asyncio.to_thread(worker.until_ready)
        await company.produce("web-shop", map(segment_order, range(10)))
        verdicts = await company.until_events(20)
        assert verdicts["valid"] == 10
        assert verdicts["duplicate"] == 0
        assert worker.value("martech_events_total", source="crm") == 10
        assert worker.stop() == 0
    assert tiles((await company.ledger())[company.topic("web-shop"), 0])


async def test_a_log_that_ends_before_what_was_committed_is_not_read(company: Company) -> None:
    await company.make_topics({"web-shop": 1})
    await company.produce("web-shop", map(segment_order, range(3)))
    place = TopicPartition(company.topic("web-shop"), 0)
    member = AIOKafkaConsumer(
        bootstrap_servers=company.bootstrap,
        group_id=company.settings.kafka.application,
        enable_auto_commit=False,
    )
    await member.start()
    member.assign([place])
    await member.commit({place: 10})
    await member.stop()
    with Worker(company) as worker:
        for _ in range(200):
            status, said = worker.get("/readyz")
            if status and json.loads(said)["partitions_not_read"]:
                break
            await asyncio.sleep(0.1)
        assert status == 503
        (why,) = json.loads(said)["partitions_not_read"].values()
        assert "expected a log that reaches offset 10" in why
        assert worker.value("martech_kafka_partitions", state="refused") == 1
        assert worker.stop() == 0
    assert not await company.verdicts()
