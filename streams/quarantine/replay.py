"""Replay: what a catalog says today of events that were kept, and those that pass now sent on, each once.

Past windows stay as they are: nothing that a replay writes is read by the workers, and a topic that a source
declares is refused as a target.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final, NamedTuple

from aiokafka import AIOKafkaProducer

from observer.model import Verdict
from observer.quarantine.rejudge import Judgement, Rejudge
from streams.quarantine.choosing import Chosen, Found, found
from streams.quarantine.failure import told
from streams.quarantine.markers import outgoing, sent_to
from streams.quarantine.reading import BATCH, TopicReader
from streams.quarantine.sent import Sent, nothing_sent
from streams.quarantine.showing import spans

BATCH_BYTES: Final = 4_000_000


class Target(NamedTuple):
    """Where events go. topic: that they are sent to; replayed: our own, which holds the markers; digest: of the
    catalog that judges; rate: events a second at most, or None."""

    topic: str
    replayed: str
    digest: str
    rate: float | None = None


class Report(NamedTuple):
    """What a replay did. events: that fit; already: sent to this target before; unjudged: their source is no longer
    declared; described: too large to have been kept; foreign: records that no worker wrote; sent: to the target;
    moves: of those judged, by (first verdict, new verdict); decisions: by (destination, `allowed` or `refused`,
    reason)."""

    events: int
    already: int
    unjudged: int
    described: int
    foreign: int
    sent: int
    moves: Mapping[tuple[Verdict, Verdict], int]
    decisions: Mapping[tuple[str, str, str], int]

    @property
    def outcomes(self) -> Mapping[Verdict, int]:
        """Returns how many events were judged, by new verdict."""
        counted: Counter[Verdict] = Counter()
        for (_, outcome), events in self.moves.items():
            counted[outcome] += events
        return counted


class Replay:
    """One replay. Memory: one batch of events."""

    def __init__(self, reader: TopicReader, markers: TopicReader, judge: Rejudge, target: Target) -> None:
        """reader: of the quarantine; markers: of our own topic of replayed events."""
        self._reader = reader
        self._markers = markers
        self._judge = judge
        self._target = target
        self._totals: Counter[str] = Counter()
        self._moves: Counter[tuple[Verdict, Verdict]] = Counter()
        self._decisions: Counter[tuple[str, str, str]] = Counter()

    async def run(self, chosen: Chosen, producer: AIOKafkaProducer | None) -> Report:
        """Judges every event that fits and was not sent before; sends those that are valid now.

        producer: started, so that an earlier replay is fenced and what it committed is read; None for a dry run.
        Raises QuarantineError: what was committed by then counts, and is not sent again.
        """
        with nothing_sent() as sent:
            await self._read_markers(sent)
            async for batch in self._batches(chosen):
                passing = self._judged(batch, sent)
                if producer is not None and passing:
                    await self._send(producer, passing)
                sent.add(one.event.identity for one in passing)
                self._totals["sent"] += len(passing) if producer is not None else 0
        return Report(
            self._totals["events"],
            self._totals["already"],
            self._totals["unjudged"],
            self._totals["described"],
            self._totals["foreign"],
            self._totals["sent"],
            dict(self._moves),
            dict(self._decisions),
        )

    async def _read_markers(self, sent: Sent) -> None:
        for partition, span in (await self._markers.ranges()).items():
            async for records in self._markers.forward(partition, span):
                identities = (sent_to(record.headers, self._target.topic) for record in records)
                sent.add(identity for identity in identities if identity is not None)

    async def _batches(self, chosen: Chosen) -> AsyncIterator[Sequence[Found]]:
        most = BATCH if self._target.rate is None else max(1, min(BATCH, int(self._target.rate)))
        batch: list[Found] = []
        size = 0
        for partition, span in (await spans(self._reader, chosen)).items():
            async for records in self._reader.forward(partition, span):
                for one in found(records):
                    if one is None:
                        self._totals["foreign"] += 1
                    elif chosen.takes(one.event):
                        batch.append(one)
                        size += len(one.event.kept.value or b"")
                    if len(batch) >= most or size >= BATCH_BYTES:
                        yield batch
                        batch, size = [], 0
        if batch:
            yield batch

    def _judged(self, batch: Sequence[Found], sent: Sent) -> list[Found]:
        """Counts a batch and returns the events that are valid now and were not sent before."""
        passing: dict[str, Found] = {}
        known = sent.among([one.event.identity for one in batch])
        for one in batch:
            self._totals["events"] += 1
            if one.event.identity in known or one.event.identity in passing:
                self._totals["already"] += 1
            elif one.event.described is not None:
                self._totals["described"] += 1
            elif (judgement := self._judge(one.event.kept)) is None:
                self._totals["unjudged"] += 1
            else:
                self._count(one, judgement)
                if judgement.verdict is Verdict.VALID:
                    passing[one.event.identity] = one
        return list(passing.values())

    def _count(self, one: Found, judgement: Judgement) -> None:
        self._moves[one.event.kept.verdict, judgement.verdict] += 1
        for destination, allowed, reason in judgement.decisions:
            self._decisions[destination, "allowed" if allowed else "refused", reason.value] += 1

    async def _send(self, producer: AIOKafkaProducer, passing: Sequence[Found]) -> None:
        """Sends the events and their markers in one transaction, no faster than the rate."""
        target = self._target
        loop = asyncio.get_running_loop()
        begun = loop.time()
        with told(target.topic):
            async with producer.transaction():
                sends = [
                    await producer.send(record.topic, record.value, record.key, headers=record.headers)
                    for one in passing
                    for record in outgoing(one, Verdict.VALID, target.digest, target.topic, target.replayed)
                ]
                # A transaction commits although its sends failed: each must be seen to have arrived.
                for arrived in await asyncio.gather(*sends, return_exceptions=True):
                    if isinstance(arrived, BaseException):
                        raise arrived
        if target.rate is not None:
            await asyncio.sleep(max(0.0, len(passing) / target.rate - (loop.time() - begun)))


@asynccontextmanager
async def replaying(
    arguments: Mapping[str, Any], application: str, seconds: float
) -> AsyncIterator[AIOKafkaProducer]:
    """Yields the producer of a replay. Starting it ends every replay of the same application that goes on elsewhere.

    application: prefix of its transactional id; seconds: that one transaction may last. Raises QuarantineError.
    """
    producer = AIOKafkaProducer(
        **arguments,
        transactional_id=f"{application}-replay",
        transaction_timeout_ms=int(seconds * 1000),
        compression_type="lz4",
    )
    with told(application):
        await producer.start()
    try:
        yield producer
    finally:
        await producer.stop()
