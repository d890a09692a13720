"""How many events were replayed, counted by the workers: what replays wrote is read as it comes, each record by one
worker of the group."""

import asyncio
from collections.abc import Mapping
from typing import Any, Final

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRecord
from aiokafka.errors import KafkaError
from mode import Service

from observer import metrics
from observer.model import Verdict
from observer.sinks.totals import Totals
from streams.clients import stop_consumer
from streams.quarantine import markers

_POLL_MILLISECONDS: Final = 1_000
_AGAIN_SECONDS: Final = 10.0
_STOP_SECONDS: Final = 2.0
_VERDICTS: Final = frozenset(verdict.value for verdict in Verdict)

log = structlog.get_logger(__name__)


class ReplayedCount(Service):
    """Counts committed markers of replays into `martech_replayed_events_total`, from when this group first ran.

    client: arguments that every client of this worker has; application: prefix of the group. A record is counted at
    most once: like every counter, it forgets what it had counted when the worker dies.
    """

    def __init__(self, client: Mapping[str, Any], application: str, topic: str, totals: Totals) -> None:
        super().__init__()
        self._client, self._group, self._topic = client, f"{application}-replayed", topic
        self._totals = totals

    @Service.task
    async def _count(self) -> None:
        while not self.should_stop:
            try:
                await self._follow()
            except (KafkaError, OSError, TimeoutError) as error:
                log.warning("replayed events not counted", reason=type(error).__name__)
                await self.sleep(_AGAIN_SECONDS)

    async def _follow(self) -> None:
        consumer = AIOKafkaConsumer(
            self._topic,
            **self._client,
            group_id=self._group,
            auto_offset_reset="earliest",
            isolation_level="read_committed",
        )
        try:
            await consumer.start()
            while not self.should_stop:
                for records in (await consumer.getmany(timeout_ms=_POLL_MILLISECONDS)).values():
                    for record in records:
                        self._take(record)
        finally:
            await asyncio.shield(stop_consumer(consumer, _STOP_SECONDS))

    def _take(self, record: ConsumerRecord) -> None:
        said = {name: value.decode("utf-8", "replace") for name, value in record.headers if value is not None}
        source, outcome = said.get(markers.SOURCE), said.get(markers.OUTCOME)
        if source is not None and outcome in _VERDICTS:
            # Anybody who may write the topic can write any name: only what is declared becomes a label.
            known = (metrics.REPLAYED.name, (source, outcome)) in self._totals.counts
            self._totals.count(metrics.REPLAYED, (source if known else metrics.OTHER, outcome))
