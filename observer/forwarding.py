"""The collector alone: it hands requests on and judges nothing. Page, store and verdicts are the readers'."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress

import structlog
from aiohttp import web

from observer import __version__, metrics
from observer.app import RELOAD_LOOK_SECONDS, ReadKeys, every, listening
from observer.catalog import Catalog
from observer.clock import Clock
from observer.errors import CatalogError, SettingsError
from observer.loader import Holder
from observer.settings import Settings
from observer.sinks import prometheus
from observer.sinks.gauges import Reading
from observer.sinks.totals import Totals
from observer.sources import collector
from observer.sources.forward import MakeForwarder, without_topic
from observer.sources.keyring import KeyRing
from observer.sources.pace import Pace

WHY_NOT = ("away", "full", "too_large", "refused")
"""Why a request was not handed on, as the metric says."""

log = structlog.get_logger(__name__)


class ForwardingCollector:
    """One running collector. `start`, then `stop`; both once."""

    def __init__(
        self, settings: Settings, holder: Holder, read_keys: ReadKeys, clock: Clock, make: MakeForwarder
    ) -> None:
        """Connects to nothing. Raises SettingsError, and CatalogError where a source names no topic."""
        self._settings, self._holder, self._read_keys, self._clock = settings, holder, read_keys, clock
        if problems := list(without_topic(holder.catalog, holder.folder)):
            raise CatalogError(problems)
        self.keys, missing = read_keys(holder.catalog)
        if missing:
            raise SettingsError(missing)
        self.totals = Totals()
        self.forwards = make(settings, lambda: holder.catalog, self.totals.count)
        self._ring = KeyRing(holder.catalog, self.keys)
        self._reloading = asyncio.Lock()
        self._tasks: list[asyncio.Task[None]] = []
        self._runner: web.AppRunner | None = None
        self.port = settings.port

    @property
    def catalog(self) -> Catalog:
        """The catalog in force."""
        return self._holder.catalog

    async def start(self) -> None:
        """Returns once the collector listens. Raises SettingsError when the port is taken, and what the log's
        own start raises."""
        self._adopt()
        try:
            await self.forwards.start()
            self._runner = await listening(self._application(), self._settings)
        except BaseException:
            await self.stop()
            raise
        self.port = self._runner.addresses[0][1]
        self._tasks = [asyncio.create_task(every(RELOAD_LOOK_SECONDS, self._look_for_changes))]

    async def stop(self) -> None:
        """Returns once nothing more is accepted and every request has its answer."""
        for task in self._tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        if self._runner is not None:
            await self._runner.cleanup()
        await self.forwards.stop()

    async def reload(self) -> bool:
        """Reads schemas/ again. Returns whether that gave a catalog, in force from the next request on."""
        async with self._reloading:
            reloaded = await asyncio.to_thread(self._holder.reload)
        if reloaded:
            self._adopt()
            log.info("catalog loaded", digest=self.catalog.digest)
        else:
            log.error("catalog refused", problems=[problem.told() for problem in self._holder.state.problems])
        return reloaded

    def _adopt(self) -> None:
        self.keys, problems = self._read_keys(self.catalog)
        for problem in (*problems, *without_topic(self.catalog, self._holder.folder)):
            # The catalog is good; this source is refused at the door until its key or topic is there.
            log.error("source that cannot be taken", reason=problem.told())
        self._ring = KeyRing(self.catalog, self.keys)
        for source in self.catalog.sources:
            self.totals.count(metrics.PRODUCED, (source,), 0)
        for why in WHY_NOT:
            self.totals.count(metrics.PRODUCE_FAILURES, (why,), 0)

    def _application(self) -> web.Application:
        limits = self._settings.limits
        app = web.Application(client_max_size=limits.body_bytes)
        door = collector.Collector(
            lambda: self._ring,
            self.forwards.submit,
            self._clock.now,
            self._count_answer,
            Pace(limits.source_events_per_second),
            collector.Limits(
                limits.body_bytes,
                limits.batch_events,
                limits.requests_in_flight,
                limits.body_seconds,
                limits.bytes_in_flight,
            ),
        )
        app.add_routes(door.routes())
        app.add_routes(
            [
                web.get("/metrics", self._metrics),
                web.get("/healthz", self._healthy),
                web.get("/readyz", self._ready),
            ]
        )
        app.add_routes(door.declared_routes())
        return app

    def _count_answer(self, dialect: str, status: int) -> None:
        self.totals.count(metrics.REQUESTS, (dialect or metrics.OTHER, str(status)))

    def _gauges(self) -> Iterator[Reading]:
        # Nothing about events: what was not judged here would read as a source that is silent.
        yield metrics.BUILD_INFO, (__version__,), 1
        yield metrics.CATALOG_SUCCESS, (), float(self._holder.state.success)
        yield metrics.CATALOG_TIME, (), self._holder.state.loaded
        yield metrics.CATALOG_INFO, (self.catalog.digest,), 1
        yield metrics.QUEUE, (), self.forwards.waiting

    async def _metrics(self, request: web.Request) -> web.Response:
        reading = prometheus.read(self.totals, self._gauges())
        accept = request.headers.get("Accept", "")
        body, content_type = await asyncio.to_thread(prometheus.render, reading, accept)
        return web.Response(body=body, headers={"Content-Type": content_type})

    async def _healthy(self, _request: web.Request) -> web.Response:
        alive = self.forwards.alive
        return web.json_response({"alive": alive}, status=200 if alive else 503)

    async def _ready(self, _request: web.Request) -> web.Response:
        state = {
            "catalog_in_force": True,
            "last_catalog_accepted": self._holder.state.success,
            "queue_has_room": not self.forwards.full,
            "kafka_answers": self.forwards.answers,
            "alive": self.forwards.alive,
        }
        # An older catalog still knows its sources: a refused file alone does not take the collector out of service.
        ready = all(value for name, value in state.items() if name != "last_catalog_accepted")
        return web.json_response(state, status=200 if ready else 503)

    async def _look_for_changes(self) -> None:
        if await asyncio.to_thread(self._holder.changed):
            await self.reload()
