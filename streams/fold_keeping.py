"""The fold's side towards the store: it is asked until it answers, and what it is told is kept whole."""

import asyncio
from bisect import bisect_left
from collections.abc import Awaitable, Callable, Sequence
from time import monotonic
from typing import Final, Protocol, TypeVar

import structlog

from observer import metrics
from observer.clock import Clock
from observer.errors import FencedError, StoreError
from observer.model import Distribution
from observer.sinks.totals import Totals
from observer.store import Cursor, FoldBatch, Folded, Store
from streams.merging import LEDGER

FIRST_DELAY: Final = 0.25
LONGEST_DELAY: Final = 10.0
"""Seconds between two attempts to reach the store, at first and at most."""

Answer = TypeVar("Answer")

log = structlog.get_logger(__name__)


class Closes(Protocol):
    """What follows from merged windows: gates, incidents. Called in a thread, one call at a time."""

    def beside(self, cursor: Cursor, batch: FoldBatch) -> None:
        """Writes, in the transaction of the fold and before its rows, what came for windows that are decided."""

    def close(self, folded: Folded, partitions: Sequence[int], now: float) -> None:
        """Decides, in order, the windows that are over.

        folded: how far the store is; partitions: those of the rollups topic that are folded here, a subject being of
        the one that `rollup_partition` says. Raises StoreError: the call is made again after the next fold.
        """


class Keeping:
    """Asks the store, in a thread. sleep: waits some seconds, or until all ends."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        totals: Totals,
        sleep: Callable[[float], Awaitable[None]],
        closes: Closes | None,
    ) -> None:
        self.reachable = True
        """Whether the store answered when it was last asked."""
        self._store, self._clock, self._totals, self._sleep, self._closes = (
            store,
            clock,
            totals,
            sleep,
            closes,
        )
        self._resting = asyncio.Event()
        self._resting.set()

    async def folded(self, wanted: Callable[[], bool]) -> Folded | None:
        """Returns how far the store is, however long it takes; None once that is not wanted any more."""
        return await self._until_answered(self._store.folded, wanted)

    async def keep(self, batch: FoldBatch, wanted: Callable[[], bool]) -> bool:
        """Returns whether `batch` was kept, however long it takes; False once it is not wanted any more.

        Raises FencedError where the store is not where the batch begins. That may be our own doing, when the
        connection broke in the very commit: what is read anew from where the store is counts once all the same.
        """

        def fold() -> float:
            begun = monotonic()
            beside = None if self._closes is None else self._closes.beside
            self._store.fold(batch, self._clock.now(), beside)
            return monotonic() - begun

        seconds = await self._until_answered(fold, wanted)
        if seconds is None:
            return False
        self._count(batch, seconds)
        return True

    async def close(self, folded: Folded, partitions: Sequence[int]) -> None:
        """Decides what is over."""
        if self._closes is None:
            return
        try:
            await asyncio.to_thread(self._closes.close, folded, partitions, self._clock.now())
        except StoreError as error:
            self._silent(error)

    async def compact(self) -> None:
        """Lets the store grow old, where it answers."""
        if not self.reachable:
            return
        try:
            await asyncio.to_thread(self._store.compact, self._clock.now())
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
