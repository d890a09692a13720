"""One input partition, from its assignment to its revocation.

    opening → ready ⇄ busy → closed
       ↑________________|      (a transaction that was not committed: opened again, by rule 2 of streams.transactions)

`busy` is one chunk in hand, queued, judged or being committed: there are never two of one partition.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import structlog
from aiokafka import TopicPartition

from observer.engine import Chunk, Result
from observer.errors import ObserverError
from streams.outgoing import Judged, of_chunk, of_watermark
from streams.position import TruncatedError, starting
from streams.transactions import FencedError, RejectedError, Transactions

if TYPE_CHECKING:
    from streams.membership import Membership

_BACKOFF: Final = (0.1, 0.5, 1.0, 2.0, 5.0)
"""Seconds between two tries to open."""

log = structlog.get_logger(__name__)


class State(StrEnum):
    """What a partition is doing."""

    OPENING = "opening"
    READY = "ready"
    BUSY = "busy"
    REFUSED = "refused"
    CLOSED = "closed"


class Fetched(NamedTuple):
    """Records of one partition that are judged together: from position `first` up to position `next`."""

    owned: "Owned"
    records: Sequence[Any]
    first: int
    next: int


class Owned:
    """A partition of ours. Its methods are called from one event loop, and by one task at a time but for `close`."""

    def __init__(self, place: TopicPartition, source: str, working: "Membership") -> None:
        """source: the id of the source that the topic belongs to."""
        self.place = place
        self.source = source
        self.state = State.OPENING
        self.position: int | None = None
        """Where the next chunk begins: what is committed."""
        self.timestamp: float | None = None
        """The timestamp of the newest record behind the position, in seconds."""
        self.reached: int | None = None
        """The consumer's position: beyond `position` where only control records follow, or where more is in hand."""
        self.watermark = 0.0
        self.said_at = 0.0
        """When a watermark last went out."""
        self._working = working
        self._rest: list[Any] = []
        self._rest_next = 0
        self._unknown: Judged | None = None
        self._describe_above: int | None = None
        self._transactions: Transactions | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def partition(self) -> str:
        """What the engine's memory knows this partition by."""
        return f"{self.place.topic}/{self.place.partition}"

    @property
    def ready(self) -> bool:
        """Whether it is open and nothing of it is in hand."""
        return self.state is State.READY

    @property
    def closed(self) -> bool:
        """Whether it is ours no more."""
        return self.state is State.CLOSED

    def start(self) -> None:
        """Begins to open the partition."""
        self._run(self._open())

    def take(self, records: Sequence[Any], next_: int) -> Fetched:
        """Returns the first part of fetched records that may be judged together; the others wait for `rest`.

        next_: the consumer's position behind them. The partition is busy until its part is committed.
        """
        assert self.state is State.READY
        assert self.position is not None
        part, self._rest = self._working.cut(records)
        behind = self._rest[0].offset if self._rest else next_
        self._rest_next = next_
        if part and (part[0].offset < self.position or behind <= part[-1].offset):
            raise RuntimeError(f"{self.partition}: expected records from the position on, in their order")
        self.state = State.BUSY
        return Fetched(self, part, self.position, behind)

    def rest(self) -> Fetched | None:
        """Returns the next part of what `take` has cut, or None."""
        if self.state is not State.READY or not self._rest:
            return None
        return self.take(self._rest, self._rest_next)

    def commit(self, fetched: Fetched, chunk: Chunk, result: Result, digest: str, now: float) -> None:
        """Begins to commit what came of a part. chunk, digest: what was judged, and by which catalog."""
        newest = result.newest.get(("source", chunk.source), 0.0)
        # An event from the future must not close the windows of the present.
        self.watermark = max(self.watermark, min(newest, now))
        judged = Judged(
            self.place.topic,
            self.place.partition,
            fetched.first,
            fetched.next,
            fetched.records,
            result,
            digest,
            now,
            self.watermark,
        )
        self._run(self._commit(judged))

    def say_watermark(self, now: float, watermark: float) -> None:
        """Begins to say how far an idle partition is."""
        assert self.state is State.READY
        self.state = State.BUSY
        self.watermark = max(self.watermark, watermark)
        self._run(self._say(now))

    async def close(self, seconds: float) -> None:
        """Returns once nothing of ours can be committed any more: the transaction in hand within `seconds`, else
        abandoned."""
        task, self._task = self._task, None
        committing = self.state is State.BUSY and task is not None
        self.state = State.CLOSED
        if task is not None:
            if committing:
                await asyncio.wait([task], timeout=seconds)
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        await self._drop_transactions()

    async def _open(self, wait: float = 0.0) -> None:
        """Rule 2: InitProducerId, then the committed offset, then seek there."""
        await asyncio.sleep(wait)
        for number in range(1_000_000):
            try:
                await self._open_once()
            except TruncatedError as error:
                log.error("partition refused", partition=self.partition, reason=error.told())
                self._working.trouble(self, error.told())
                self.state = State.REFUSED
                return await self._drop_transactions()
            except (RejectedError, ObserverError, TimeoutError, OSError) as error:
                reason = error.told() if isinstance(error, ObserverError) else str(error)
                log.warning("partition not opened", partition=self.partition, reason=reason)
                self._working.trouble(self, reason)
                await self._drop_transactions()
                await asyncio.sleep(_BACKOFF[min(number, len(_BACKOFF) - 1)])
            else:
                self.state = State.READY
                return self._working.freed(self)
        return None

    async def _open_once(self) -> None:
        working = self._working
        await self._drop_transactions()
        self._transactions = await working.transactions(self.place)
        await self._transactions.start(working.request_seconds)
        await working.writable(self._transactions)
        committed, ends = await working.offsets(self.place)
        position = starting(self.partition, committed, ends, working.policy)
        if committed is not None and committed < ends.first:
            working.lost(self, ends.first - committed)
        if committed is None:
            # Where we began must hold, whatever comes before the first commit of a chunk.
            await self._transact((), position)
        if self._unknown is not None and position == self._unknown.next:
            self._settle(self._unknown)
        elif not working.remembers(self.source, self.partition, position):
            await working.remember(self.source, self.place, position, ends)
        self._unknown = None
        self.position = self.reached = position
        working.seek(self.place, max(position, ends.first))

    async def _commit(self, judged: Judged) -> None:
        self._unknown = judged
        outputs = of_chunk(judged, self._working.writing, self._describe_above)
        try:
            await self._transact(outputs, judged.next)
        except FencedError:
            return self._working.fenced(self)
        except RejectedError as error:
            log.warning("chunk not committed", partition=self.partition, reason=error.cause)
            self._working.aborted(self)
            self._describe_above = self._working.largest_record if error.too_large else None
            return self.again()
        self._unknown = self._describe_above = None
        self._settle(judged)
        self.position = judged.next
        self._free()
        return None

    def _settle(self, judged: Judged) -> None:
        """The chunk is committed: memory and counts move."""
        self.said_at = judged.now
        if judged.fetched:
            self.timestamp = judged.fetched[-1].timestamp / 1000
        self._working.settled(self, judged)

    async def _say(self, now: float) -> None:
        assert self.position is not None
        place, writing = self.place, self._working.writing
        outputs = of_watermark(place.topic, place.partition, self.position, self.watermark, now, writing)
        try:
            await self._transact(outputs, None)
        except FencedError:
            return self._working.fenced(self)
        except RejectedError as error:
            log.warning("watermark not committed", partition=self.partition, reason=error.cause)
            self._working.aborted(self)
            return self.again()
        self.said_at = now
        return self._free()

    async def _transact(self, outputs: Any, position: int | None) -> None:
        assert self._transactions is not None
        with self._working.timing():
            await self._transactions.commit(outputs, {} if position is None else {self.place: position})

    def _free(self) -> None:
        if self.state is State.BUSY:
            self.state = State.READY
            self._working.freed(self)

    def again(self, wait: float = 0.0) -> None:
        """Drops what is in hand and opens the partition anew, after so many seconds."""
        if self.state is State.CLOSED:
            return
        self.state = State.OPENING
        self._rest = []
        self._run(self._open(wait))

    def _run(self, work: Any) -> None:
        self._task = asyncio.create_task(self._guarded(work))

    async def _guarded(self, work: Any) -> None:
        try:
            await work
        except asyncio.CancelledError:
            raise
        except FencedError:
            self._working.fenced(self)
        except Exception as error:  # a fault of ours must end the worker, never a partition in silence
            log.exception("partition failed", partition=self.partition)
            self._working.failed(error)

    async def _drop_transactions(self) -> None:
        transactions, self._transactions = self._transactions, None
        if transactions is not None:
            await transactions.close()
