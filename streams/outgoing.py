"""What one judged chunk sends: quarantine records, rollups, watermarks, its ledger record."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from zlib import crc32

from observer.engine import Result
from streams.naming import OwnTopics
from streams.quarantine import Original, described_record, quarantine_record
from streams.records import Outgoing, encode_chunk, encode_watermark, rollup_partition
from streams.transactions import Output


class Judged(NamedTuple):
    """A chunk and what came of it. fetched: the records as they were consumed; first, next: its range; digest: of the
    catalog that judged; now: when."""

    topic: str
    partition: int
    first: int
    next: int
    fetched: Sequence[Any]
    result: Result
    digest: str
    now: float
    watermark: float


class Writing(NamedTuple):
    """Where records go. partitions: of each topic that we write; worker: the name of this process."""

    topics: OwnTopics
    partitions: Mapping[str, int]
    worker: str


def of_chunk(judged: Judged, writing: Writing, describe_above: int | None = None) -> Iterator[Output]:
    """Yields every record of a chunk. describe_above: bytes above which a description takes the place of a kept
    event; None: none is described."""
    yield from _quarantine(judged, writing, describe_above)
    encoded = encode_chunk(
        judged.result,
        judged.topic,
        judged.partition,
        judged.first,
        judged.next,
        judged.digest,
        writing.worker,
        judged.now,
        judged.watermark,
    )
    for one in encoded:
        yield from _routed(one, writing)


def of_watermark(
    topic: str, partition: int, position: int, watermark: float, now: float, writing: Writing
) -> Iterator[Output]:
    """Yields the watermark of an idle partition, for every partition of the rollups."""
    yield from _routed(encode_watermark(topic, partition, position, position, watermark, now), writing)


def _quarantine(judged: Judged, writing: Writing, describe_above: int | None) -> Iterator[Output]:
    kept = judged.result.kept
    if not kept:
        return
    topic = writing.topics.quarantine
    # Of one input partition all go to one partition: in order, and in one batch.
    partition = (crc32(judged.topic.encode()) + judged.partition) % writing.partitions[topic]
    fetched = {one.offset: one for one in judged.fetched}
    for each in kept:
        source = fetched[each.place[2]]
        original = Original(source.key, source.headers)
        if describe_above is not None and _size(each.whole_bytes, original) > describe_above:
            record = described_record(each, original)
        else:
            record = quarantine_record(each, original)
        yield Output(topic, partition, record.key, record.value, record.headers)


def _size(value: int, original: Original) -> int:
    headers = sum(len(name) + len(value or b"") for name, value in original.headers)
    return value + len(original.key or b"") + headers


def _routed(one: Outgoing, writing: Writing) -> Iterator[Output]:
    topics, partitions = writing.topics, writing.partitions
    if one.topic == "ledger":
        number = crc32(one.key) % partitions[topics.ledger]
        yield Output(topics.ledger, number, one.key, one.value)
    elif one.topic == "rollups":
        number = rollup_partition(one.key, partitions[topics.rollups])
        yield Output(topics.rollups, number, one.key, one.value)
    else:
        for number in range(partitions[topics.rollups]):
            yield Output(topics.rollups, number, one.key, one.value)
