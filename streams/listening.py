"""What a worker answers by HTTP: metrics, health, and the page over the store."""

import asyncio
import errno
from collections.abc import Iterator, Mapping
from typing import Any, Final

from aiohttp import web
from mode import Service

from observer.errors import Problem, SettingsError, literal
from observer.messages import Words
from observer.sinks import prometheus
from observer.sinks.gauges import Reading
from observer.sources.server_log import server_logger
from observer.store import Reader, open_reader
from observer.web import LOCAL_HOSTS, PageView, add_page
from observer.windows.readings import Readings
from streams import gauges
from streams.fold import Fold
from streams.ingest import Ingest
from streams.watching import Watch
from streams.work import Work

_STALE_SECONDS: Final = 30.0


class Listener(Service):
    """One port of one worker."""

    def __init__(
        self, work: Work, ingest: Ingest, watch: Watch, fold: Fold | None, port: int, **options: Any
    ) -> None:
        """fold: None where this worker does not fold; port: 0 for any free one."""
        super().__init__(**options)
        self._work = work
        self._ingest = ingest
        self._watch = watch
        self._wanted = port
        self._runner: web.AppRunner | None = None
        self._fold = fold
        self.port = port
        self._reader: Reader | None = None

    async def on_start(self) -> None:
        """Returns once the port is open. Raises SettingsError where it is taken."""
        host = self._work.settings.host
        self._runner = web.AppRunner(
            self._application(), access_log=None, logger=server_logger(), handle_signals=False
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, self._wanted, reuse_address=True)
        try:
            await site.start()
        except OSError as error:
            await self._runner.cleanup()
            raise _not_open(host, self._wanted, error) from error
        self.port = self._runner.addresses[0][1]

    async def on_stop(self) -> None:
        """Closes the port."""
        if self._runner is not None:
            await self._runner.cleanup()

    def readiness(self) -> Mapping[str, object]:
        """Returns what decides whether the worker is ready, and `ready`."""
        work, membership = self._work, self._ingest.membership
        polled = None if membership is None else membership.polled
        quiet = None if polled is None else max(0.0, work.clock.now() - polled)
        troubles = {} if membership is None else dict(membership.troubles)
        store = None if self._fold is None else self._fold.reachable
        state: dict[str, object] = {
            "alive": self._ingest.alive,
            "catalog": work.catalog.digest,
            "last_catalog_accepted": work.holder.state.success,
            "last_poll_seconds_ago": quiet,
            "lag_records": self._watch.lag,
            "partitions_not_read": {
                f"{place.topic}/{place.partition}": why for place, why in troubles.items()
            },
            "paused": sorted(work.paused),
            "store_reachable": store,
        }
        ready = (
            self._ingest.alive
            and quiet is not None
            and quiet < _STALE_SECONDS
            and not troubles
            and not work.paused
            and store is not False
        )
        return {"ready": ready, **state}

    def _application(self) -> web.Application:
        app = web.Application()
        app.add_routes(
            [
                web.get("/metrics", self._metrics),
                web.get("/healthz", self._healthy),
                web.get("/readyz", self._ready),
            ]
        )
        add_page(app, self._view())
        return app

    def _view(self) -> PageView:
        settings = self._work.settings
        return PageView(
            catalog=lambda: self._work.catalog,
            readings=self._readings,
            now=self._work.clock.now,
            token=settings.page_token.get_secret_value() if settings.page_token else "",
            hosts=LOCAL_HOSTS | {settings.host},
            language=settings.language or "en",
            secure=settings.page_behind_tls,
        )

    def _readings(self, since: float, until: float, step: int) -> Readings:
        if self._reader is None:
            settings = self._work.settings
            url = settings.store.url
            self._reader = open_reader(settings.state, url.get_secret_value() if url is not None else None)
        return self._reader.readings(since, until, step)

    def _gauges(self) -> Iterator[Reading]:
        yield from gauges.read(self._work, self._ingest, self._watch)
        if self._fold is not None:
            yield from self._fold.gauges()

    async def _metrics(self, request: web.Request) -> web.Response:
        reading = prometheus.read(self._work.totals, self._gauges())
        accept = request.headers.get("Accept", "")
        body, content_type = await asyncio.to_thread(prometheus.render, reading, accept)
        return web.Response(body=body, headers={"Content-Type": content_type})

    async def _healthy(self, _request: web.Request) -> web.Response:
        alive = self._ingest.alive
        return web.json_response({"alive": alive}, status=200 if alive else 503)

    async def _ready(self, _request: web.Request) -> web.Response:
        state = self.readiness()
        return web.json_response(state, status=200 if state["ready"] else 503)


def _not_open(host: str, port: int, error: OSError) -> SettingsError:
    busy = error.errno == errno.EADDRINUSE
    got = Words("cli.run.port_busy", {"port": port}) if busy else literal(error.strerror or "?")
    place = f"{host}:{port}"
    return SettingsError(Problem(place, Words("cli.run.port_expected"), got, mend=Words("workers.port_mend")))
