"""Records of rollups, watermarks and the ledger, merged to what the store takes in one transaction. Pure.

A chunk goes out in one Kafka transaction: its rollups to the partitions of their keys, its watermark behind them to
every partition, its ledger record to the ledger. So each reader (`rollups/0`, ..., `ledger`) sees every chunk of an
input partition once, in order, and the ranges tile. Where they do not, the store is told:

- a chunk that begins before the position is there already. It is refused, and its rollups with it.
- a chunk that begins behind the position leaves a hole. It is taken, since what it holds is there once; the hole is
  kept as missing.
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from observer.errors import RecordError
from observer.model import Rollup, RollupKey
from observer.store import FoldBatch, Folded, LedgerRow, Position, Refusal, Unreadable
from observer.store.batch import Partition, Refused
from observer.store.retention import FINDINGS_KEPT
from observer.windows.merge import merge
from observer.windows.readings import LatestFinding, Subject
from streams.records import FoldRecord, LedgerRecord, RollupRecord, Span, WatermarkRecord, decode

LEDGER: Final = "ledger"
"""The reader of the ledger topic; those of the rollups topic are told apart by their partition."""
GONE_SECONDS: Final = 7 * 86_400.0
"""Idle partitions speak every few seconds; a week is what the topics are kept at least."""
HEAD_BYTES: Final = 4_096
"""How much of a record that nobody of us wrote is kept beside its place."""


class Read(NamedTuple):
    """One record as it came."""

    offset: int
    key: bytes | None
    value: bytes | None


class Names(NamedTuple):
    """What our two topics are called."""

    rollups: str
    ledger: str


def rollups_reader(partition: int) -> str:
    """Returns who reads a partition of the rollups topic, as the store's rows name it."""
    return f"rollups/{partition}"


class Merging:
    """Takes records in, in the order of each partition, and gives them back merged. Used once.

    folded: how far the store is. Records of a partition follow what it holds: the caller sought there.
    """

    def __init__(self, names: Names, folded: Folded, now: float) -> None:
        self._names = names
        self._offsets = folded.offsets
        self._known = folded.positions
        self._now = now
        self._positions: dict[tuple[str, int, str], Position] = {}
        self._rollups: dict[RollupKey, Rollup] = {}
        self._newest: dict[Subject, float] = {}
        self._findings: list[LatestFinding] = []
        self._ledger: list[LedgerRow] = []
        self._refused: dict[tuple[str, int, str, Refused, int, int], int] = {}
        self._unreadable: list[Unreadable] = []
        self._next: dict[Partition, int] = {}

    def add(self, topic: str, partition: int, records: Iterable[Read]) -> None:
        """Takes in records of one partition of ours. Raises nothing, whatever their bytes are."""
        reader = LEDGER if topic == self._names.ledger else rollups_reader(partition)
        for record in records:
            self._next[topic, partition] = record.offset + 1
            try:
                told = decode(record.key, record.value)
            except RecordError:
                self._put_aside(topic, partition, record)
                continue
            if isinstance(told, LedgerRecord) is not (reader == LEDGER):
                self._put_aside(topic, partition, record)
                continue
            self._take(reader, told)

    def batch(self) -> FoldBatch:
        """Returns what was taken in."""
        refusals = [
            Refusal(topic, partition, reader, kind, first, next_, self._now, records)
            for (topic, partition, reader, kind, first, next_), records in self._refused.items()
        ]
        return FoldBatch(
            rollups=self._rollups,
            newest=self._newest,
            findings=deque(sorted(self._findings, key=_observed), maxlen=FINDINGS_KEPT),
            ledger=self._ledger,
            positions=self._positions,
            refusals=refusals,
            unreadable=self._unreadable,
            offsets={where: (self._offsets.get(where), next_) for where, next_ in self._next.items()},
        )

    def _take(self, reader: str, told: FoldRecord) -> None:
        match told:
            case RollupRecord():
                self._take_rollup(reader, told)
            case WatermarkRecord():
                if told.first == told.next or self._tiles(reader, told):
                    # A clock or a timestamp in the future would end windows that have not begun.
                    self._move(reader, told, min(told.watermark, told.at), told.at)
            case LedgerRecord():
                if told.first < told.next and self._tiles(reader, told):
                    self._move(reader, told, None, told.at)
                    self._ledger.append(_row(told))

    def _take_rollup(self, reader: str, told: RollupRecord) -> None:
        held = self._position(reader, told)
        if held is not None and told.first < held.next:
            self._refuse(reader, told, "overlap", told.first, told.next)
            return
        merge(self._rollups, told.rollups())
        subject = (told.family, told.key)
        if told.newest is not None:
            self._newest[subject] = max(told.newest, self._newest.get(subject, told.newest))
        self._findings.extend(told.findings)

    def _tiles(self, reader: str, told: Span) -> bool:
        """Returns whether a chunk is to be taken."""
        held = self._position(reader, told)
        if held is None or told.first == held.next:
            return True
        if told.first < held.next:
            self._refuse(reader, told, "overlap", told.first, told.next)
            return False
        self._refuse(reader, told, "hole", held.next, told.first)
        return True

    def _move(self, reader: str, told: Span, watermark: float | None, at: float) -> None:
        held = self._position(reader, told)
        next_ = told.next
        if held is not None:
            if held.watermark is not None and watermark is not None:
                watermark = max(watermark, held.watermark)
            # What an idle partition says moves nothing but its watermark: only chunks tile.
            next_ = held.next if told.first == told.next else told.next
        self._positions[told.topic, told.partition, reader] = Position(next_, watermark, at)

    def _position(self, reader: str, told: Span) -> Position | None:
        where = (told.topic, told.partition, reader)
        return self._positions.get(where) or self._known.get(where)

    def _refuse(self, reader: str, told: Span, kind: Refused, first: int, next_: int) -> None:
        key = (told.topic, told.partition, reader, kind, first, next_)
        self._refused[key] = self._refused.get(key, 0) + 1

    def _put_aside(self, topic: str, partition: int, record: Read) -> None:
        value = record.value or b""
        head = value[:HEAD_BYTES]
        self._unreadable.append(Unreadable(topic, partition, record.offset, len(value), head, self._now))


def after(folded: Folded, batch: FoldBatch) -> Folded:
    """Returns how far the store is once it holds `batch`."""
    offsets = {**folded.offsets, **{where: new for where, (_, new) in batch.offsets.items()}}
    return Folded(offsets, {**folded.positions, **batch.positions})


def watermark(folded: Folded, partitions: Sequence[int]) -> float | None:
    """Returns the event time before which nothing more is expected of any input partition in any of these partitions
    of the rollups topic; None where not all of them have said so yet.

    A partition that said nothing for GONE_SECONDS, while others spoke, is no more: its topic is not read any longer.
    """
    readers = {rollups_reader(partition) for partition in partitions}
    said: Mapping[str, list[float]] = {reader: [] for reader in readers}
    gone = max((one.at for one in folded.positions.values()), default=0.0) - GONE_SECONDS
    for (_, _, reader), position in folded.positions.items():
        if reader in readers and position.watermark is not None and position.at > gone:
            said[reader].append(position.watermark)
    if not said or not all(said.values()):
        return None
    return min(time for times in said.values() for time in times)


def _observed(found: LatestFinding) -> float:
    return found.observed


def _row(told: LedgerRecord) -> LedgerRow:
    return LedgerRow(
        told.topic,
        told.partition,
        told.first,
        told.next,
        told.records,
        told.events,
        told.verdicts,
        told.digest,
        told.worker,
        told.at,
    )
