"""Brokers that die and come back, and topics that take less than they are given."""

import time
from collections.abc import Iterator

import pytest
from fault_world import PARTITIONS, Make

from tests.kafka.broker import Broker, Cluster

pytestmark = [pytest.mark.kafka, pytest.mark.faults]
STOP_SECONDS = 20


@pytest.fixture
def broker() -> Iterator[Broker]:
    """A broker of the case's own, to be killed."""
    with Broker() as started:
        yield started


@pytest.mark.parametrize("seconds", [3, 25], ids=["for less than a request may take", "for longer"])
def test_a_broker_that_is_gone_for_a_while(make: Make, broker: Broker, seconds: int) -> None:
    with make(broker.bootstrap) as here:
        here.feed((0, 0.7))
        here.workers()
        here.until_judged(0.2)
        broker.kill()
        time.sleep(seconds)
        broker.start()
        here.feed((0.7, 1))
        here.until_done()
        here.check()


def test_a_worker_stops_in_time_while_the_broker_is_gone(make: Make, broker: Broker) -> None:
    with make(broker.bootstrap) as here:
        here.feed()
        workers = here.workers()
        here.until_judged(0.2)
        broker.kill()
        time.sleep(2)
        workers.stop(STOP_SECONDS)
        broker.start()
        here.workers()
        here.until_done()
        here.check()


@pytest.mark.xfail(
    strict=False,
    reason="on a machine under load a partition was once begun again at its first offset after the death of a leader: "
    "the fold refused what came twice, but rollups and quarantine held it",
)
def test_the_leader_of_three_brokers_is_killed(make: Make) -> None:
    with Cluster() as cluster, make(cluster.bootstrap, replication=3) as here:
        here.feed((0, 0.7))
        here.workers()
        here.until_judged(0.1)
        for node in (1, 2):
            cluster.nodes[node].kill()
            time.sleep(4)
            cluster.nodes[node].start()
            time.sleep(2)
        here.feed((0.7, 1))
        here.until_done()
        here.check()


def test_an_output_topic_that_takes_small_batches_alone(make: Make, bootstrap: str) -> None:
    with make(bootstrap, topic_bytes={"quarantine": 8_000, "rollups": 250_000, "ledger": 2_000}) as here:
        here.feed()
        here.workers()
        here.until_done()
        here.check()
        assert len(here.lying) == PARTITIONS
