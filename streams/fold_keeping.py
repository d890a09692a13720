"""The fold's side towards the store: it is asked until it answers, and what it is told is kept whole."""

import asyncio
from bisect import bisect_left
from collections.abc import Awaitable, Callable, Iterable
from time import monotonic
from typing import Final, TypeVar

import structlog

from observer import metrics
from observer.clock import Clock
from observer.errors import FencedError, StoreError
from observer.model import Distribution
from observer.sinks.totals import Totals
from observer.store import FoldBatch, Folded, Store
from observer.windows.gates import Late
from streams.fold_gates import FoldGates
from streams.merging import LEDGER

FIRST_DELAY: Final = 0.25
LONGEST_DELAY: Final = 10.0
"""Seconds between two attempts to reach the store, at first and at most."""

_EVER: Final = float("inf")

Answer = TypeVar("Answer")

log = structlog.get_logger(__name__)


class Keeping:
    """Asks the store, in a thread. sleep: waits some seconds, or until all ends; gates: closed after each fold, where
    there are any."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        totals: Totals,
        sleep: Callable[[float], Awaitable[None]],
        gates: FoldGates | None,
    ) -> None:
        self.reachable = True
        """Whether the store answered when it was last asked."""
        self._store, self._clock, self._totals, self._sleep, self._gates = store, clock, totals, sleep, gates
        self._resting = asyncio.Event()
        self._resting.set()

    async def begin(self, partitions: Iterable[int], of: int, wanted: Callable[[], bool]) -> Folded | None:
        """Returns how far the store is, however long it takes; None once that is not wanted any more.

        partitions: those of the rollups topic, which has `of` in all, that are folded here from now on.
        """

        def begin() -> Folded:
            if self._gates is not None:
                self._gates.begin(partitions, of)
            return self._store.folded()

        return await self._until_answered(begin, wanted)

    async def keep(self, batch: FoldBatch, wanted: Callable[[], bool]) -> bool:
        """Returns whether `batch` was kept, however long it takes; False once it is not wanted any more.

        Raises FencedError where the store is not where the batch begins. That may be our own doing, when the
        connection broke in the very commit: what is read anew from where the store is counts once all the same.
        """

        def fold() -> tuple[float, Late | None]:
            begun = monotonic()
            late = None if self._gates is None else self._gates.late(batch.rollups)
            self._store.fold(batch, self._clock.now(), () if late is None else late.amendments)
            return monotonic() - begun, late

        done = await self._until_answered(fold, wanted)
        if done is None:
            return False
        seconds, late = done
        self._count(batch, seconds)
        for contract, events in ({} if late is None else late.events).items():
            self._totals.count(metrics.LATE_EVENTS, (contract,), events)
        return True

    async def close(self, folded: Folded) -> None:
        """Decides what is over. What the store does not take is decided after the next fold."""
        if self._gates is None:
            return
        try:
            closed = await asyncio.to_thread(self._gates.close, folded)
        except StoreError as error:
            self._silent(error)
            return
        self._totals.closed(closed)
        for incident in closed.began:
            log.error(
                "gate closed", contract=incident.contract, gate=incident.gate, severity=incident.severity
            )

    async def compact(self) -> None:
        """Lets the store grow old, where it answers."""
        if not self.reachable:
            return

        def compact() -> None:
            needed = _EVER if self._gates is None else self._gates.needed_from(self._store.folded())
            self._store.compact(self._clock.now(), needed)

        try:
            await asyncio.to_thread(compact)
        except StoreError as error:
            self._silent(error)

    async def rest(self, seconds: float) -> None:
        """Returns once nothing is being written, or after `seconds`."""
        try:
            async with asyncio.timeout(seconds):
                await self._resting.wait()
        except TimeoutError:
            log.warning("fold still writing while its partitions are taken")

    async def _until_answered(self, ask: Callable[[], Answer], wanted: Callable[[], bool]) -> Answer | None:
        delay = FIRST_DELAY
        while wanted():
            self._resting.clear()
            try:
                answer = await asyncio.to_thread(ask)
            except FencedError:
                self._answered()
                raise
            except StoreError as error:
                self._silent(error)
            else:
                self._answered()
                return answer
            finally:
                self._resting.set()
            await self._sleep(delay)
            delay = min(2 * delay, LONGEST_DELAY)
        return None

    def _answered(self) -> None:
        if not self.reachable:
            log.info("store reachable again")
        self.reachable = True

    def _silent(self, error: StoreError) -> None:
        if self.reachable:
            log.error("store not reachable: what is read waits", reason=error.told())
        self.reachable = False

    def _count(self, batch: FoldBatch, seconds: float) -> None:
        counts = [0] * (len(metrics.FOLD_SECONDS.buckets) + 1)
        counts[bisect_left(metrics.FOLD_SECONDS.buckets, seconds)] = 1
        self._totals.observe((metrics.FOLD_SECONDS.name, ()), Distribution(counts, seconds))
        for refusal in batch.refusals:
            reader = "ledger" if refusal.reader == LEDGER else "rollups"
            self._totals.count(metrics.FOLD_REFUSALS, (reader, refusal.kind))
            log.error("chunk refused" if refusal.kind == "overlap" else "chunks missing", **refusal._asdict())
        for foreign in batch.unreadable:
            self._totals.count(metrics.FOLD_UNREADABLE)
            log.error(
                "record of ours unreadable, put aside",
                topic=foreign.topic,
                partition=foreign.partition,
                offset=foreign.record,
                bytes=foreign.size,
            )
