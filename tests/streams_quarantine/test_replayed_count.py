"""Replayed events are counted by the workers, each once, and under no name that nobody declared."""

import asyncio
from collections.abc import Callable

import pytest
from quarantine_topics import NOON, as_record, kept, write

from observer import metrics
from observer.catalog import Catalog
from observer.model import Verdict
from observer.quarantine.rejudge import judgements
from observer.sinks.totals import Totals
from streams.quarantine import QuarantineRecord
from streams.quarantine.choosing import Chosen
from streams.quarantine.counting import ReplayedCount
from streams.quarantine.reading import reading
from streams.quarantine.replay import Replay, Target, replaying
from tests.kafka.topics import make_topic

pytestmark = [pytest.mark.kafka]


async def until(reached: Callable[[], bool]) -> None:
    for _ in range(300):
        if reached():
            return
        await asyncio.sleep(0.1)
    pytest.fail("what was awaited did not come")


async def test_what_a_replay_sent_is_counted_once_by_two_workers(
    bootstrap: str, prefix: str, catalog: Catalog
) -> None:
    arguments, own = {"bootstrap_servers": bootstrap}, prefix + "replayed"
    for topic in ("quarantine", "replayed"):
        await make_topic(bootstrap, prefix + topic, partitions=2)
    await write(bootstrap, prefix + "quarantine", [as_record(kept(number)) for number in range(40)], 2)
    counted = [Totals(), Totals()]
    for totals in counted:
        totals.declare(catalog)
    services = [ReplayedCount(arguments, prefix, own, totals) for totals in counted]
    for service in services:
        await service.start()
    try:
        async with (
            replaying(arguments, prefix, 10) as producer,
            reading(prefix + "quarantine", arguments, 20) as reader,
            reading(own, arguments, 20) as markers,
        ):
            target = Target(own, own, catalog.digest)
            report = await Replay(reader, markers, judgements(catalog, NOON), target).run(Chosen(), producer)
        assert report.sent == 40
        stranger = [
            ("martech.replayed.source", b"jeanne@courriel.example"),
            ("martech.replayed.outcome", b"valid"),
        ]
        await write(bootstrap, own, [QuarantineRecord(b"k", b"{}", list(stranger))], 2)

        def total(**labels: str) -> float:
            return sum(totals.value(metrics.REPLAYED, **labels) for totals in counted)

        await until(lambda: total() >= 41)
        assert total(source="web-shop", outcome=Verdict.VALID.value) == 40
        assert total(source=metrics.OTHER, outcome=Verdict.VALID.value) == 1
    finally:
        for service in services:
            await service.stop()
