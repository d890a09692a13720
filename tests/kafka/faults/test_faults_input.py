"""Bytes of every kind among good events: none stops a worker, each is counted."""

import time

import pytest
from fault_events import Sent, poison, traffic
from fault_world import HOURS_AGO, PARTITIONS, Make

pytestmark = [pytest.mark.kafka, pytest.mark.faults]


def test_poison_of_every_kind_stops_nobody(make: Make, bootstrap: str, events: int, seed: int) -> None:
    base = time.time() // 3_600 * 3_600 - HOURS_AGO
    lying = [list(part) for part in traffic(seed, events, PARTITIONS, base)]
    kinds = [sent._replace(timestamp=int(base * 1000)) for _, sent in poison()]
    for number, sent in enumerate(kinds * 5):
        part: list[Sent] = lying[number % PARTITIONS]
        part.insert(len(part) * (number + 1) // (len(kinds) * 5 + 1), sent)
    with make(bootstrap, lying=lying) as here:
        here.feed()
        workers = here.workers()
        here.until_done()
        assert workers.running
        here.check()
