"""The heart: chunks of one partition in, the engine, one transaction out."""

import asyncio
import contextlib
from collections.abc import AsyncIterable
from time import monotonic, thread_time
from typing import Any, Final

import structlog
from aiokafka.errors import KafkaError
from mode import Service

from observer.engine import Chunk, observe
from observer.errors import ObserverError
from streams.channel import ChunkChannel
from streams.commands import paused_so_far
from streams.membership import LostMembershipError, Membership
from streams.owned import Fetched
from streams.routing import sources_of
from streams.work import Work, told

_BACKOFF: Final = (0.2, 1.0, 2.0, 5.0, 10.0)
"""Seconds between two memberships that were lost."""
_REGISTRY_SECONDS: Final = 2.0
"""Before a registry that did not answer is asked again."""
_HELD_SECONDS: Final = 60.0
"""A membership that held for so long was a good one: the next wait is short again."""

log = structlog.get_logger(__name__)


class Ingest(Service):
    """Joins the group, fetches, and hands chunks to the agent; where the membership is lost, joins anew."""

    def __init__(self, work: Work, channel: ChunkChannel, **options: Any) -> None:
        super().__init__(**options)
        self.work = work
        self.membership: Membership | None = None
        self._channel = channel
        self._task: asyncio.Task[None] | None = None
        self._crashing: asyncio.Future[None] | None = None

    async def on_started(self) -> None:
        """Begins to fetch."""
        self.work.adopt()
        self._task = asyncio.create_task(self._ingest())
        self._task.add_done_callback(self._ended)

    async def on_stop(self) -> None:
        """Returns once what is in hand is committed, or abandoned where that takes too long."""
        task = self._task
        if task is not None:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError, Exception):
                await task

    def _ended(self, task: "asyncio.Task[None]") -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("ingest failed", exc_info=error)
            self._crashing = asyncio.ensure_future(self.crash(error))

    async def _ingest(self) -> None:
        lost = 0
        await self._learn_commands()
        while True:
            begun = monotonic()
            membership = self.membership = Membership(self.work)
            patience = self.work.settings.kafka.stop_seconds / 3
            try:
                await membership.join()
                await membership.run(self._put)
            except LostMembershipError:
                patience = 0.0
            except (KafkaError, OSError, TimeoutError) as error:
                log.warning("membership lost", reason=told(error))
            finally:
                # Also when the worker is stopped, by a cancellation: what is in hand is committed first.
                self.membership = None
                await membership.leave(patience)
            lost = 1 if monotonic() - begun > _HELD_SECONDS else lost + 1
            await asyncio.sleep(_BACKOFF[min(lost, len(_BACKOFF)) - 1])

    async def _learn_commands(self) -> None:
        """A source that was paused stays paused when a worker starts: that is known before anything is judged."""
        work = self.work
        while True:
            try:
                work.paused, work.commands_upto = await paused_so_far(work.clients, work.topics.commands)
            except (KafkaError, OSError, TimeoutError) as error:
                log.warning("commands not read", reason=told(error))
                await asyncio.sleep(_BACKOFF[1])
            else:
                return

    async def _put(self, fetched: Fetched) -> None:
        await self._channel.put(fetched)  # type: ignore[arg-type]  # a channel takes more than Faust's events

    @property
    def alive(self) -> bool:
        """Whether records are being fetched and judged, or soon will be."""
        return self._task is not None and not self._task.done()

    def adopt(self) -> None:
        """Takes over a catalog that has just come into force: from the next chunk on."""
        self.work.adopt()
        membership = self.membership
        if membership is None:
            return
        if any(
            sources_of(self.work.catalog, place.topic) != [owned.source]
            for place, owned in membership.owned.items()
        ):
            # What such a partition remembers is another source's: all is begun anew from what is committed.
            membership.failed(LostMembershipError("catalog"))
        else:
            membership.subscribe()

    async def judge(self, chunks: AsyncIterable[Fetched]) -> None:
        """Judges chunk after chunk: the body of the agent. No exception leaves it."""
        async for fetched in chunks:
            try:
                await self._judge(fetched)
            except Exception as error:  # an agent that raised would have its chunk taken for done
                log.exception("chunk not judged", partition=fetched.owned.partition)
                if self.membership is not None:
                    self.membership.failed(error)

    async def _judge(self, fetched: Fetched) -> None:
        owned, work = fetched.owned, self.work
        if owned.closed or owned.source not in work.catalog.sources:
            return None
        try:
            records, refused = await work.read(owned.place, fetched.records)
        except ObserverError as error:
            # The registry is away: nothing is judged until it is back.
            log.error("chunk not read", partition=owned.partition, reason=error.told())
            return owned.again(_REGISTRY_SECONDS)
        if owned.closed:
            return None
        # Of this thread alone: chunks must not shrink because others keep the processor busy.
        begun = thread_time()
        catalog, now = work.catalog, work.clock.now()
        chunk = Chunk(owned.source, records, owned.partition, refused)
        result = observe(chunk, catalog, work.memory, now, work.limits)
        work.pace.judged(len(records), thread_time() - begun)
        owned.commit(fetched, chunk, result, catalog.digest, now)
        # The loop's turn: heartbeats, answers, the next fetch.
        await asyncio.sleep(0)
        return None
