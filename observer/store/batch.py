"""What one fold hands to the store, to be kept whole or not at all."""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple, TypeAlias

from observer.model import Rollup, RollupKey, Verdict
from observer.windows.readings import LatestFinding, Subject

Partition: TypeAlias = tuple[str, int]
"""(topic, partition)."""

Refused: TypeAlias = Literal["hole", "overlap"]


class LedgerRow(NamedTuple):
    """One chunk of an input partition, or several that follow each other. at: of the last, in seconds."""

    topic: str
    partition: int
    first: int
    next: int
    records: int
    events: int
    verdicts: Mapping[Verdict, int]
    digest: str
    worker: str
    at: float
    chunks: int = 1


class Position(NamedTuple):
    """How far an input partition is in the tables. watermark: event time before which nothing more is expected."""

    next: int
    watermark: float | None
    at: float


class Refusal(NamedTuple):
    """A range of an input partition that did not fit: a chunk that came twice, or chunks that never came.

    reader: what told of it, as `rollups/0` or `ledger`; records: how many records of ours did.
    """

    topic: str
    partition: int
    reader: str
    kind: Refused
    first: int
    next: int
    at: float
    records: int = 1


class Unreadable(NamedTuple):
    """A record in a topic of ours that nobody of us wrote, with the beginning of its value."""

    topic: str
    partition: int
    record: int
    size: int
    head: bytes
    at: float


class FoldBatch(NamedTuple):
    """What was read of our topics since the last fold, merged.

    positions: by input topic, input partition and reader; offsets: for each partition of our topics, the offset up
    to which the tables hold it, None where they hold nothing of it, and the offset up to which they will.
    """

    rollups: Mapping[RollupKey, Rollup]
    newest: Mapping[Subject, float]
    findings: Sequence[LatestFinding]
    ledger: Sequence[LedgerRow]
    positions: Mapping[tuple[str, int, str], Position]
    refusals: Sequence[Refusal]
    unreadable: Sequence[Unreadable]
    offsets: Mapping[Partition, tuple[int | None, int]]
