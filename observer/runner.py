"""The embedded corridor: source → engine → quarantine → windows and metrics, one group of records at a time.

A record is answered for only when its group is judged and what must be quarantined is on disk. Memory, counts
and windows move after that, so a group that could not be kept leaves no trace and may be sent again.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from typing import Final, NamedTuple, Protocol

import structlog

from observer import metrics
from observer.catalog import Catalog
from observer.clock import Clock
from observer.contracts.compiled import Contract
from observer.engine import Chunk, Limits, Memory, Result, observe
from observer.errors import ObserverError, OverloadedError, Problem, QuarantineError
from observer.messages import Words
from observer.model import Kept, Record, Rollup, RollupKey
from observer.sinks.totals import Totals
from observer.sources.receipt import Receipt
from observer.windows.gates import Amendment, Closed, Late
from observer.windows.merge import merge
from observer.windows.readings import LatestFinding

FLUSH_SECONDS: Final = 1.0
"""How often windows go to the store: what a SIGKILL can lose of their counts."""

_GROUP_BYTES: Final = 4_000_000
"""Bytes of records judged at a stretch."""
_THREAD_FROM_BYTES: Final = 200_000
"""Groups above this are judged in a thread, so that the event loop answers others meanwhile."""

LATEST_FINDINGS: Final = 500
"""How many kept events a flush tells the store of: the page shows the latest."""

log = structlog.get_logger(__name__)


class Keeps(Protocol):
    """The part of the quarantine that the corridor needs."""

    def append(self, kept: Sequence[Kept]) -> None:
        """Returns once every record is on disk; raises QuarantineError where it is not."""


class Folds(Protocol):
    """The part of the store that the corridor needs."""

    def add(
        self,
        rollups: Mapping[RollupKey, Rollup],
        findings: Iterable[LatestFinding],
        newest: Mapping[tuple[str, str], float],
        now: float,
        amendments: Iterable[Amendment] = (),
    ) -> None:
        """Returns once the windows are stored; raises StoreError where they are not."""


class Closes(Protocol):
    """The part of the gates that the corridor needs."""

    def late(self, contracts: Mapping[str, Contract], rollups: Mapping[RollupKey, Rollup]) -> Late:
        """Returns what of `rollups`, which are not stored yet, came after its window was decided."""

    def close(self, contracts: Mapping[str, Contract], watermark: float) -> Closed:
        """Returns what the windows that are over say, once it is stored; raises StoreError where it is not."""


class OpenForEver:
    """Closes no window: for a run without gates."""

    def late(self, contracts: Mapping[str, Contract], rollups: Mapping[RollupKey, Rollup]) -> Late:
        """Returns that nothing is late."""
        return Late({}, ())

    def close(self, contracts: Mapping[str, Contract], watermark: float) -> Closed:
        """Returns that nothing was decided."""
        return Closed()


class Waiting(NamedTuple):
    """One record in the queue, and who waits for it."""

    source: str
    record: Record
    receipt: asyncio.Future[Receipt]


class Corridor:
    """Takes records in, one consumer, bounded in requests. Owns the engine's memory and the windows in hand."""

    def __init__(
        self,
        catalog: Callable[[], Catalog],
        keeps: Keeps,
        folds: Folds,
        totals: Totals,
        clock: Clock,
        *,
        memory: Memory,
        limits: Limits,
        queue_requests: int,
        queue_bytes: int,
        closes: Closes = OpenForEver(),  # noqa: B008  (holds nothing)
    ) -> None:
        self._catalog = catalog
        self._closes = closes
        self._keeps = keeps
        self._folds = folds
        self._totals = totals
        self._clock = clock
        self._limits = limits
        self._queue: asyncio.Queue[Waiting] = asyncio.Queue(queue_requests)
        self._queue_requests = queue_requests
        self._queue_bytes = queue_bytes
        self._bytes = 0
        self._stopping = False
        self._tasks: list[asyncio.Task[None]] = []
        self._rollups: dict[RollupKey, Rollup] = {}
        self._findings: list[LatestFinding] = []
        self._newest: dict[tuple[str, str], float] = {}
        self._outstanding: deque[float] = deque()
        self._not_kept: Exception = QuarantineError(())
        self.memory = memory
        self.stored = True
        """Whether the last flush of windows reached the store."""
        self.kept = True
        """Whether the last append reached the quarantine."""

    @property
    def waiting(self) -> int:
        """Requests in the queue."""
        return self._queue.qsize()

    @property
    def full(self) -> bool:
        """Whether the next request would be refused."""
        return self._queue.full() or self._bytes >= self._queue_bytes

    @property
    def alive(self) -> bool:
        """Whether records are being judged."""
        return bool(self._tasks) and not any(task.done() for task in self._tasks)

    async def submit(self, source: str, record: Record) -> Receipt:
        """Returns the receipt of a record once it is judged and kept. Raises as sources.receipt.Submit says."""
        receipt: asyncio.Future[Receipt] = asyncio.get_running_loop().create_future()
        if self._stopping or self.full or (self._tasks and not self.alive):
            raise self._full()
        self._queue.put_nowait(Waiting(source, record, receipt))
        self._outstanding.append(self._clock.now() if record.received is None else record.received)
        self._bytes += _size(record)
        return await receipt

    async def start(self) -> None:
        """Starts the consumer and the flushing of windows."""
        self._tasks = [asyncio.create_task(self._consume()), asyncio.create_task(self._flush_often())]

    async def stop(self) -> None:
        """Returns once all that waits is answered and every window is in the store. Takes nothing new."""
        self._stopping = True
        if self.alive:
            await self._queue.join()
        for task in self._tasks:
            task.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await task
        await self.flush()

    async def flush(self) -> None:
        """Moves the windows in hand to the store; where it cannot be reached they stay in hand.

        Then every window that is over is closed: what is still in the queue holds the watermark back.
        """
        watermark = min([self._clock.now(), *islice(self._outstanding, 1)])
        await self._store_windows()
        if self.stored:
            await self.close_windows(watermark)

    async def _store_windows(self) -> None:
        rollups, self._rollups = self._rollups, {}
        findings, self._findings = self._findings, []
        newest, self._newest = self._newest, {}
        if not rollups and not findings and not newest:
            return
        late = self._closes.late(self._catalog().contracts, rollups)
        try:
            now = self._clock.now()
            await asyncio.to_thread(self._folds.add, rollups, findings, newest, now, late.amendments)
            self.stored = True
        except Exception as error:  # whatever it is, the windows in hand must not be lost with it
            self.stored = False
            _tell("windows not stored", reason=_reason(error))
            merge(rollups, self._rollups)
            self._rollups = rollups
            self._findings = [*findings, *self._findings][-LATEST_FINDINGS:]
            _latest_of(self._newest, newest)
        else:
            for contract, events in late.events.items():
                self._totals.count(metrics.LATE_EVENTS, (contract,), events)

    async def close_windows(self, watermark: float) -> None:
        """Closes every window that is over at `watermark`, of those in the store. Raises nothing: what could not be
        kept was not decided."""
        try:
            closed = await asyncio.to_thread(self._closes.close, self._catalog().contracts, watermark)
        except Exception as error:  # the next call decides it
            _tell("windows not closed", reason=_reason(error))
            return
        self._totals.closed(closed)
        for incident in closed.began:
            with suppress(Exception):
                log.warning(
                    "gate closed", contract=incident.contract, gate=incident.gate, severity=incident.severity
                )

    async def _flush_often(self) -> None:
        while True:
            await asyncio.sleep(FLUSH_SECONDS)
            await self.flush()

    async def _consume(self) -> None:
        while True:
            group = [await self._queue.get()]
            size = _size(group[0].record)
            while not self._queue.empty() and size < _GROUP_BYTES:
                group.append(self._queue.get_nowait())
                size += _size(group[-1].record)
            try:
                await self._judge(group, size)
            except Exception as error:  # nothing kills the corridor: it refuses, the log says why, it goes on
                _tell("corridor failed", trace=True, records=len(group))
                self._refuse(group, error)
            finally:
                self._bytes -= size
                for _ in group:
                    self._outstanding.popleft()
                    self._queue.task_done()

    async def _judge(self, group: list[Waiting], size: int) -> None:
        """Judges, keeps, learns and answers for a group of `size` bytes."""
        by_source: dict[str, list[Waiting]] = {}
        for waiting in group:
            by_source.setdefault(waiting.source, []).append(waiting)
        catalog, now = self._catalog(), self._clock.now()
        judged: list[tuple[list[Waiting], Result]] = []
        for source, members in by_source.items():
            try:
                if size > _THREAD_FROM_BYTES:
                    result = await asyncio.to_thread(self._observe, catalog, source, members, now)
                else:
                    result = self._observe(catalog, source, members, now)
            except Exception as error:  # a fault of one source's judging leaves the others theirs
                _tell("engine failed", trace=True, source=source, records=len(members))
                self._refuse(members, error)
            else:
                judged.append((members, result))
        if not await self._keep([one for _, result in judged for one in result.kept]):
            return self._refuse([waiting for members, _ in judged for waiting in members], self._not_kept)
        for members, result in judged:
            self._apply(members, result, now)
        return None

    async def _keep(self, kept: list[Kept]) -> bool:
        """Returns whether everything that must be kept is on disk."""
        if not kept:
            return True
        try:
            await asyncio.to_thread(self._keeps.append, kept)
        except Exception as error:  # whatever it is, nothing of it may count as accepted
            self.kept = False
            self._not_kept = error
            self._totals.count(metrics.QUARANTINE_FAILURES)
            _tell("quarantine not written", reason=_reason(error))
            return False
        self.kept = True
        return True

    def _refuse(self, members: Sequence[Waiting], cause: Exception) -> None:
        if not isinstance(cause, ObserverError):
            for waiting in members:
                self._totals.count(metrics.ENGINE_FAILURES, (waiting.source,))
            cause = ObserverError(
                Problem("engine", Words("collector.judge_expected"), Words("collector.judge_failed"))
            )
        for waiting in members:
            if not waiting.receipt.done():
                waiting.receipt.set_exception(cause)

    def _observe(self, catalog: Catalog, source: str, members: list[Waiting], now: float) -> Result:
        chunk = Chunk(source, [waiting.record for waiting in members])
        return observe(chunk, catalog, self.memory, now, self._limits)

    def _apply(self, members: list[Waiting], result: Result, now: float) -> None:
        self.memory.learn(members[0].source, "", result.learned, now)
        self.memory.learn_values(members[0].source, "", result.learned_values, now)
        self.memory.learn_choices(members[0].source, "", result.learned_choices)
        self._totals.add(result)
        merge(self._rollups, result.rollups)
        _latest_of(self._newest, result.newest)
        self._findings = [*self._findings, *_latest(result.kept)][-LATEST_FINDINGS:]
        for number, waiting in enumerate(members):
            if not waiting.receipt.done():
                waiting.receipt.set_result(Receipt(result.sizes[number], result.unreadable.get(number, "")))

    def _full(self) -> OverloadedError:
        return OverloadedError(
            Problem(
                "collector",
                Words("collector.queue_expected", {"limit": self._queue_requests}),
                Words("collector.queue_full"),
            )
        )


def _latest(kept: Sequence[Kept]) -> list[LatestFinding]:
    return [
        LatestFinding(one.observed, one.source, one.contract, one.verdict.value, finding)
        for one in kept[-LATEST_FINDINGS:]
        for finding in one.findings
    ]


def _latest_of(times: dict[tuple[str, str], float], others: Mapping[tuple[str, str], float]) -> None:
    """Takes the later of two times for each name: event times of two chunks may come in any order."""
    for name, time in others.items():
        times[name] = max(time, times.get(name, time))


def _tell(event: str, *, trace: bool = False, **fields: object) -> None:
    # A log that cannot be written, as a closed pipe, must not cost a sender its answer.
    with suppress(Exception):
        log.error(event, exc_info=trace, **fields)


def _size(record: Record) -> int:
    return len(record.value or b"") + len(record.path)


def _reason(error: Exception) -> str:
    # Another error's own words may hold what it failed on: its kind alone is told.
    return error.told() if isinstance(error, ObserverError) else type(error).__name__
