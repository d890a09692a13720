"""What ingest tells the fold, as Kafka records: rollups, watermarks and the ledger. Every record is JSON with its
version.

A chunk covers its partition from `first`, the position before it, to `next`, the position behind it. Offsets that
hold no record (control records, compacted ones) belong to the chunk that came across them, so that the ranges of a
partition tile. Rollups and watermarks carry the range too: each reader of one rollup partition can tell by itself
whether a chunk is missing there or came twice.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Final, Literal, NamedTuple, TypeAlias
from zlib import crc32

import msgspec
from msgspec.structs import asdict

from observer.engine import Result
from observer.errors import Problem, RecordError, literal
from observer.messages import Words
from observer.model import Kept, Rollup, RollupKey, Verdict
from observer.store import storable
from observer.windows.readings import LatestFinding, Subject

VERSION: Final = 1
FINDINGS: Final = 20
"""Latest findings that a chunk tells of, at most."""
ROLLUP_BYTES: Final = 200_000
"""A subject whose minutes come to more goes out in several records, each far below the limit of any topic."""

_NUMBER_BYTES: Final = 48
"""What a measure takes beside its name at most: its number, its minute, punctuation."""
_SOURCE: Final = "source"
_WATERMARK: Final = "watermark"

TopicKind: TypeAlias = Literal["rollups", "watermarks", "ledger"]
"""Where a record goes: `rollups` and `ledger` to the partition of its key, `watermarks` to every partition of the
rollups topic, behind the rollups of the same chunk."""

Count: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]
Minute: TypeAlias = Annotated[int, msgspec.Meta(ge=-(2**40), le=2**40)]
Minutes: TypeAlias = dict[int, Rollup]


class Span(msgspec.Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True):
    """The part of an input partition that a record tells of: from position `first` up to position `next`."""

    topic: str
    partition: Count
    first: Count
    next: Count

    def __post_init__(self) -> None:
        if self.first > self.next:
            raise ValueError("expected `first` not to lie behind `next`")


class RollupRecord(Span, frozen=True, gc=False, kw_only=True, tag_field="kind", tag="rollup"):
    """Additive measures of one subject in one chunk, by minute. A large chunk may have several of a subject.

    newest: largest event time of the subject in the chunk, in seconds; findings: the latest, of sources alone.
    """

    v: int = VERSION
    family: str
    key: str
    newest: float | None = None
    minutes: dict[Minute, dict[str, float]]
    findings: tuple[LatestFinding, ...] = ()

    def rollups(self) -> dict[RollupKey, Rollup]:
        """Returns the measures as the engine gave them."""
        return {(self.family, self.key, minute): measures for minute, measures in self.minutes.items()}


class WatermarkRecord(Span, frozen=True, gc=False, kw_only=True, tag_field="kind", tag="watermark"):
    """How far one input partition is: no event of an earlier time is expected from it any more.

    watermark: event time, in seconds; at: when it was said. Of an idle partition: `first` is `next`.
    """

    v: int = VERSION
    watermark: float
    at: float


class LedgerRecord(Span, frozen=True, gc=False, kw_only=True, tag_field="kind", tag="ledger"):
    """What one chunk came to. records: read; events: judged, which is the sum of the verdicts; digest: of the
    catalog that judged; worker: which process; at: when, in seconds.
    """

    v: int = VERSION
    records: Count
    events: Count
    verdicts: dict[Verdict, Count]
    digest: str
    worker: str
    at: float

    def __post_init__(self) -> None:
        super().__post_init__()
        if sum(self.verdicts.values()) != self.events:
            raise ValueError("expected `events` to be the sum of `verdicts`")


FoldRecord: TypeAlias = RollupRecord | WatermarkRecord | LedgerRecord


class Outgoing(NamedTuple):
    """One record to send. The order of a chunk's records is part of the format."""

    topic: TopicKind
    key: bytes
    value: bytes


class _Head(msgspec.Struct):
    v: int


_ENCODER: Final = msgspec.json.Encoder()
_HEAD: Final = msgspec.json.Decoder(_Head)
_DECODER: Final[msgspec.json.Decoder[FoldRecord]] = msgspec.json.Decoder(FoldRecord)


def encode_chunk(
    result: Result,
    topic: str,
    partition: int,
    first: int,
    next: int,
    digest: str,
    worker: str,
    now: float,
    watermark: float,
) -> list[Outgoing]:
    """Returns what one judged chunk tells the fold: its rollups, its watermark, its ledger record, in this order.

    first, next: position of the consumer before and behind the chunk; digest: of the catalog that judged; worker:
    a name for the process; now, watermark: seconds since the epoch.
    """
    chunk = Span(topic=storable(topic), partition=partition, first=first, next=next)
    outgoing: list[Outgoing] = []
    measures = _by_subject(result.rollups)
    for subject in sorted(measures.keys() | result.newest.keys()):
        findings = latest_findings(result.kept) if subject[0] == _SOURCE else ()
        newest = result.newest.get(subject)
        outgoing.extend(_rollups_of(subject, measures.get(subject, {}), newest, findings, chunk))
    outgoing.append(encode_watermark(topic, partition, first, next, watermark, now))
    ledger = LedgerRecord(
        **asdict(chunk),
        records=len(result.sizes),
        events=result.received,
        verdicts={verdict: result.verdicts.get(verdict, 0) for verdict in Verdict},
        digest=storable(digest),
        worker=storable(worker),
        at=now,
    )
    outgoing.append(_outgoing("ledger", ledger))
    return outgoing


def encode_watermark(
    topic: str,
    partition: int,
    first: int,
    next: int,
    watermark: float,
    now: float,
) -> Outgoing:
    """Returns the watermark of a partition. An idle one says it with `first` and `next` where its last chunk ended."""
    return _outgoing(
        "watermarks",
        WatermarkRecord(
            topic=storable(topic), partition=partition, first=first, next=next, watermark=watermark, at=now
        ),
    )


def rollup_partition(key: bytes, partitions: int) -> int:
    """Returns the partition of the rollups topic that a key belongs to: the same in every process."""
    return crc32(key) % partitions


def decode(key: bytes | None, value: bytes | None) -> FoldRecord:
    """Returns one record as it was written. Raises RecordError for an unknown version, and for what is none of ours;
    the error repeats nothing of the record.
    """
    try:
        version = _HEAD.decode(value or b"").v
        if version != VERSION:
            expected = Words("records.version", {"version": VERSION})
            raise RecordError(
                Problem("kafka", expected, literal(version), mend=Words("records.version.mend"))
            )
        record = _DECODER.decode(value or b"")
    except (msgspec.DecodeError, RecursionError):
        raise RecordError(_foreign(value)) from None
    if key != record_key(record):
        raise RecordError(
            Problem(
                "kafka",
                Words("records.own_key"),
                Words("records.other_key"),
                mend=Words("records.foreign.mend"),
            )
        )
    return record


def subject_key(family: str, key: str) -> bytes:
    """Returns the key of a subject's rollups."""
    return f"{family}/{key}".encode()


def record_key(record: FoldRecord) -> bytes:
    """Returns the key that a record is sent with."""
    match record:
        case RollupRecord():
            return subject_key(record.family, record.key)
        case WatermarkRecord():
            key = f"{_WATERMARK}/{record.topic}/{record.partition}"
        case LedgerRecord():
            key = f"{record.topic}/{record.partition}"
    return key.encode()


def latest_findings(kept: Iterable[Kept]) -> tuple[LatestFinding, ...]:
    """Returns the last findings of what was kept, oldest first."""
    found = deque(
        (
            LatestFinding(one.observed, one.source, one.contract, one.verdict.value, finding)
            for one in kept
            for finding in one.findings
        ),
        maxlen=FINDINGS,
    )
    return tuple(found)


def _by_subject(rollups: Mapping[RollupKey, Rollup]) -> dict[Subject, Minutes]:
    grouped: dict[Subject, Minutes] = {}
    for (family, key, minute), measures in rollups.items():
        grouped.setdefault((family, key), {})[minute] = measures
    return grouped


def _rollups_of(
    subject: Subject, minutes: Minutes, newest: float | None, findings: tuple[LatestFinding, ...], chunk: Span
) -> Iterator[Outgoing]:
    family, key = map(storable, subject)
    for number, part in enumerate(_parts(minutes)):
        record = RollupRecord(
            **asdict(chunk),
            family=family,
            key=key,
            newest=newest,
            minutes=part,
            findings=() if number else findings,
        )
        yield _outgoing("rollups", record)


def _parts(minutes: Minutes) -> Iterator[Minutes]:
    """Yields the measures in parts that each stay below ROLLUP_BYTES; one, empty, where there are none."""
    part: Minutes = {}
    size = 0
    for minute, measures in minutes.items():
        for name, value in measures.items():
            measure = storable(name)
            size += len(measure.encode()) + _NUMBER_BYTES
            if size > ROLLUP_BYTES and part:
                yield part
                part, size = {}, len(measure.encode()) + _NUMBER_BYTES
            held = part.setdefault(minute, {})
            held[measure] = held.get(measure, 0.0) + value
    yield part


def _outgoing(topic: TopicKind, record: FoldRecord) -> Outgoing:
    return Outgoing(topic, record_key(record), _ENCODER.encode(record))


def _foreign(value: bytes | None) -> Problem:
    got = Words("records.foreign", {"bytes": len(value or b"")})
    return Problem("kafka", Words("records.ours"), got, mend=Words("records.foreign.mend"))
