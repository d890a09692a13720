"""The parts of the tests themselves: what is promised of the broker and of PostgreSQL."""

import psycopg
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient

from tests.kafka.broker import Broker, Cluster
from tests.kafka.topics import make_topic
from tests.postgres import Postgres

pytestmark = [pytest.mark.kafka]


async def _written(bootstrap: str, topic: str, value: bytes) -> None:
    async with AIOKafkaProducer(bootstrap_servers=bootstrap, acks="all") as producer:
        await producer.send_and_wait(topic, value)


async def _read(bootstrap: str, topic: str, count: int) -> list[bytes]:
    async with AIOKafkaConsumer(topic, bootstrap_servers=bootstrap, auto_offset_reset="earliest") as consumer:
        return [(await consumer.getone()).value for _ in range(count)]


async def test_what_was_written_is_there_after_a_kill(prefix: str) -> None:
    topic = prefix + "events"
    with Broker() as broker:
        await make_topic(broker.bootstrap, topic)
        await _written(broker.bootstrap, topic, b"before")
        broker.kill()
        broker.start()
        await _written(broker.bootstrap, topic, b"after")
        assert await _read(broker.bootstrap, topic, 2) == [b"before", b"after"]
    assert not broker.folder.exists()


async def test_two_tests_see_topics_of_their_own(bootstrap: str, prefix: str) -> None:
    await make_topic(bootstrap, prefix + "events", partitions=2)
    await _written(bootstrap, prefix + "events", b"one")
    assert await _read(bootstrap, prefix + "events", 1) == [b"one"]


@pytest.mark.postgres
def test_rows_survive_the_kill_of_the_server() -> None:
    with Postgres() as server:
        with psycopg.connect(server.url(), autocommit=True) as connection:
            connection.execute("create table kept (number int)")
            connection.execute("insert into kept values (7)")
        server.kill()
        server.start()
        with psycopg.connect(server.url()) as connection:
            assert connection.execute("select number from kept").fetchall() == [(7,)]
    assert not server.folder.exists()


@pytest.mark.postgres
def test_every_test_has_a_database_of_its_own(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        connection.execute("create table only_here (number int)")


async def test_three_brokers_go_on_when_the_leader_dies(prefix: str) -> None:
    topic = prefix + "events"
    with Cluster() as cluster:
        await make_topic(cluster.bootstrap, topic, replication=3)
        await _written(cluster.bootstrap, topic, b"before")
        cluster.nodes[await _leader(cluster.bootstrap, topic)].kill()
        await _written(cluster.bootstrap, topic, b"after")
        assert await _read(cluster.bootstrap, topic, 2) == [b"before", b"after"]


async def _leader(bootstrap: str, topic: str) -> int:
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        (described,) = await admin.describe_topics([topic])
        leader: int = described["partitions"][0]["leader"]
        return leader
    finally:
        await admin.close()
