"""The embedded run, put together: collector, corridor, quarantine, store, metrics and page in one process."""

import asyncio
import errno
import os
import secrets
import signal
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from typing import Final, Protocol, TypeAlias

import structlog
from aiohttp import web

from observer import metrics, runner
from observer.catalog import Catalog
from observer.clock import Clock
from observer.consent.proof import Prover
from observer.engine import Limits, Memory
from observer.errors import ObserverError, Problem, SettingsError, literal
from observer.loader import Holder
from observer.messages import Words
from observer.quarantine import Limits as QuarantineLimits
from observer.quarantine import Quarantine
from observer.settings import Settings, proof_keys
from observer.sinks import prometheus
from observer.sinks.gauges import Moment, Reading, read
from observer.sinks.totals import Totals
from observer.sources import collector
from observer.sources.keyring import KeyRing, Keys
from observer.sources.pace import Pace
from observer.sources.server_log import server_logger
from observer.store import Gatekeeper, Reader, Retention, Store
from observer.web import LOCAL_HOSTS, PageView, add_page
from observer.web.open_page import refuse_open_page
from observer.windows.budgets import PACES, PERIOD, Budget, budgets

HOUSEKEEPING_SECONDS: Final = 30.0
RELOAD_LOOK_SECONDS: Final = 5.0
DRAIN_SECONDS: Final = 20.0
"""How long a stop waits for requests that are being answered."""

_DAY: Final = 86_400.0

ReadKeys: TypeAlias = Callable[[Catalog], Keys]
"""Asked at the start and at each reload: the keys of a catalog's sources."""

log = structlog.get_logger(__name__)


class Observer:
    """One running observer. `start`, then `stop`; both once."""

    def __init__(self, settings: Settings, holder: Holder, read_keys: ReadKeys, clock: Clock) -> None:
        """Opens the quarantine and the store. Raises SettingsError, QuarantineError, StoreError."""
        self._settings, self._holder, self._read_keys, self._clock = settings, holder, read_keys, clock
        self.keys, problems = read_keys(holder.catalog)
        if problems:
            raise SettingsError(problems)
        self._token = settings.page_token.get_secret_value() if settings.page_token else ""
        refuse_open_page(settings)
        self._quarantine = Quarantine.open(settings.quarantine_folder, _quarantine_limits(settings))
        if self._quarantine.cut_bytes:
            log.warning("torn tail cut from the quarantine", bytes=self._quarantine.cut_bytes)
        try:
            self._store = Store.open(settings.state, _retention(settings))
        except BaseException:
            self._quarantine.close()
            raise
        self._gates = Gatekeeper(self._store.database)
        self._budgets: tuple[Budget, ...] = ()
        self._reader = Reader(settings.state)
        self._started = clock.now()
        self.totals = Totals()
        key = proof_keys(settings, make=True)[0]
        self.corridor = runner.Corridor(
            lambda: holder.catalog,
            self._quarantine,
            self._store,
            self.totals,
            clock,
            memory=Memory(
                settings.limits.duplicate_window,
                settings.limits.cache_entries,
                settings.limits.choices_remembered,
                secrets.token_bytes(32),
            ),
            limits=Limits(
                settings.clock_tolerance_seconds,
                settings.metrics.rules_per_contract,
                Prover(key),
                leak_share=settings.leaks.share,
                drift_key=key.secret,
            ),
            queue_requests=settings.limits.queue_requests,
            queue_bytes=settings.limits.queue_bytes,
            closes=self._gates,
        )
        self._quarantine_bytes = 0
        self._ring = KeyRing(holder.catalog, self.keys)
        self._tasks: list[asyncio.Task[None]] = []
        self._reloading = asyncio.Lock()
        self._runner: web.AppRunner | None = None
        self.port = settings.port

    @property
    def catalog(self) -> Catalog:
        """The catalog in force."""
        return self._holder.catalog

    @property
    def now(self) -> float:
        """Seconds since the epoch, by the clock that it runs by."""
        return self._clock.now()

    def gauges(self) -> Iterator[Reading]:
        """Yields the state of the moment, as a scrape would read it."""
        return read(self._moment())

    async def start(self) -> None:
        """Returns once the observer listens. Raises SettingsError when the port is taken."""
        self._remember()
        self._adopt()
        await self.corridor.start()
        try:
            self._runner = await listening(self._application(), self._settings)
        except SettingsError:
            await self.stop()
            raise
        self.port = self._runner.addresses[0][1]
        self._tasks = [
            asyncio.create_task(every(HOUSEKEEPING_SECONDS, self._keep_house)),
            asyncio.create_task(every(RELOAD_LOOK_SECONDS, self._look_for_changes)),
        ]

    async def stop(self) -> None:
        """Returns once nothing more is accepted and all that was accepted is in the store and the quarantine."""
        for task in self._tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        if self._runner is not None:
            await self._runner.cleanup()
        await self.corridor.stop()
        self._quarantine.close()
        self._store.close()

    async def reload(self) -> bool:
        """Reads schemas/ again. Returns whether that gave a catalog, in force from the next group of records on."""
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
        for problem in problems:
            # The catalog is good and judges; this source is refused at the door until its key is mended.
            log.error("source without a key", reason=problem.told())
        self._ring = KeyRing(self.catalog, self.keys)
        self.totals.declare(self.catalog)

    def _remember(self) -> None:
        """Takes over from the last run when sources, contracts and tools were seen last, else all would be silent."""
        now = self._clock.now()
        before = self._reader.readings(now - 60, now, 60)
        for name, time in before.last_seen.items():
            self.totals.newest[name] = time
        if before.written is not None:
            # Nobody listened meanwhile: a silence of that time accuses no source.
            self._gates.gap(before.written, now)
        self._quarantine_bytes = self._quarantine.size_bytes()

    def _application(self) -> web.Application:
        limits = self._settings.limits
        app = web.Application(client_max_size=limits.body_bytes)
        door = collector.Collector(
            lambda: self._ring,
            self.corridor.submit,
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
        add_page(app, self._view())
        app.add_routes(door.declared_routes())
        return app

    def _view(self) -> PageView:
        return PageView(
            catalog=lambda: self.catalog,
            readings=self._reader.readings,
            now=self._clock.now,
            token=self._token,
            hosts=LOCAL_HOSTS | {self._settings.host},
            language=self._settings.language or "en",
            secure=self._settings.page_behind_tls,
            budgets=lambda: self._budgets,
            archive=self._quarantine,
        )

    def _count_answer(self, dialect: str, status: int) -> None:
        self.totals.count(metrics.REQUESTS, (dialect or metrics.OTHER, str(status)))

    async def _metrics(self, request: web.Request) -> web.Response:
        # Read here, between two results, so that received and judged agree; rendered in a thread, since that takes
        # tens of milliseconds.
        reading = prometheus.read(self.totals, self.gauges())
        accept = request.headers.get("Accept", "")
        body, content_type = await asyncio.to_thread(prometheus.render, reading, accept)
        return web.Response(body=body, headers={"Content-Type": content_type})

    async def _healthy(self, _request: web.Request) -> web.Response:
        alive = self.corridor.alive
        return web.json_response({"alive": alive}, status=200 if alive else 503)

    async def _ready(self, _request: web.Request) -> web.Response:
        state = {
            "catalog_in_force": True,
            "last_catalog_accepted": self._holder.state.success,
            "queue_has_room": not self.corridor.full,
            "store_written": self.corridor.stored,
            "quarantine_written": self.corridor.kept,
            "alive": self.corridor.alive,
        }
        # An older catalog still judges: a refused file alone does not take the observer out of service.
        ready = all(value for name, value in state.items() if name != "last_catalog_accepted")
        return web.json_response(state, status=200 if ready else 503)

    def _moment(self) -> Moment:
        return Moment(
            self.catalog,
            self._holder.state,
            self.totals,
            self.corridor.memory,
            self._clock.now(),
            self._started,
            self.corridor.waiting,
            self._quarantine_bytes,
            self._gates.states,
            self._budgets,
            self._settings.leaks.share,
        )

    def _read_budgets(self, now: float) -> tuple[Budget, ...]:
        paces = {
            name: self._reader.measures("contract", now - seconds, now) for name, seconds in PACES.items()
        }
        return budgets(self.catalog, self._reader.measures("contract", now - PERIOD, now), paces)

    async def _keep_house(self) -> None:
        now = self._clock.now()
        try:
            removed = await asyncio.to_thread(self._quarantine.enforce, now)
            # Ready again: where writing still fails, the next append says so.
            self.corridor.kept = True
            self._quarantine_bytes = await asyncio.to_thread(self._quarantine.size_bytes)
            replayed = await asyncio.to_thread(self._quarantine.replay_counts)
            erased = await asyncio.to_thread(self._quarantine.erased_total)
            # Nothing, added: readers see by it that the store is fresh though no event came.
            await asyncio.to_thread(self._store.add, {}, (), {}, now)
            await asyncio.to_thread(self._store.compact, now, self._gates.undecided_from)
            self._budgets = await asyncio.to_thread(self._read_budgets, now)
        except ObserverError as error:
            log.error("housekeeping failed", reason=error.told())
            return
        for why, events in removed.items():
            self.totals.count(metrics.QUARANTINE_EXPIRED, (why,), events)
        # Replay and erasure run in processes of their own; their journal is what they have come to in all.
        for (source, verdict), events in replayed.items():
            self.totals.counts[metrics.REPLAYED.name, (source, verdict.value)] = events
        self.totals.counts[metrics.QUARANTINE_EXPIRED.name, ("erased",)] = erased

    async def _look_for_changes(self) -> None:
        if await asyncio.to_thread(self._holder.changed):
            await self.reload()


class Runs(Protocol):
    """What `run` needs of a running observer."""

    async def start(self) -> None:
        """Returns once it listens."""

    async def stop(self) -> None:
        """Returns once it has ended."""

    async def reload(self) -> bool:
        """Reads schemas/ again. Returns whether that gave a catalog."""


async def run(observer: Runs, started: Callable[[], None]) -> None:
    """Starts the observer, calls `started`, and returns after SIGTERM or SIGINT, all accepted events safe.
    SIGHUP reads schemas/ again."""
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    reloads: set[asyncio.Task[bool]] = set()

    def reload() -> None:
        task = asyncio.ensure_future(observer.reload())
        # The loop holds tasks weakly: one that nobody holds may vanish before it ends.
        reloads.add(task)
        task.add_done_callback(reloads.discard)

    if hasattr(signal, "SIGHUP"):
        loop.add_signal_handler(signal.SIGHUP, reload)
    await observer.start()
    try:
        started()
        await stop.wait()
    finally:
        await observer.stop()


async def listening(application: web.Application, settings: Settings) -> web.AppRunner:
    """Returns the runner of an application that listens. Raises SettingsError where it may not, as on a busy port."""
    found = web.AppRunner(
        application,
        access_log=None,
        logger=server_logger(),
        handle_signals=False,
        shutdown_timeout=DRAIN_SECONDS,
        # The collector unpacks bodies itself, in bounded work, and answers for what it cannot unpack.
        auto_decompress=False,
    )
    await found.setup()
    try:
        await web.TCPSite(found, settings.host, settings.port, reuse_address=True).start()
    except OSError as error:
        await found.cleanup()
        raise _port_taken(settings, error) from error
    return found


async def every(seconds: float, work: Callable[[], Awaitable[None]]) -> None:
    """Does `work` now and again after so many seconds, for ever, whatever became of the last time."""
    while True:
        try:
            await work()
        except Exception:  # a housekeeper that fails once must come again
            log.exception("housekeeping failed")
        await asyncio.sleep(seconds)


def _quarantine_limits(settings: Settings) -> QuarantineLimits:
    chosen = settings.quarantine
    return QuarantineLimits(
        chosen.days * _DAY, chosen.max_bytes, chosen.segment_bytes, float(chosen.segment_seconds)
    )


def _retention(settings: Settings) -> Retention:
    return Retention(
        days=settings.windows.retention_days * _DAY,
        proofs=settings.proof.retention_days * _DAY,
        proof_rows=settings.proof.rows,
    )


def _port_taken(settings: Settings, error: OSError) -> SettingsError:
    place = f"{settings.host}:{settings.port}"
    if error.errno == errno.EADDRINUSE:
        expected, got = Words("cli.run.port_expected"), Words("cli.run.port_busy", {"port": settings.port})
        return SettingsError(Problem(place, expected, got, mend=Words("cli.run.port_mend")))
    if error.errno == errno.EACCES:
        reason = literal(os.strerror(error.errno))
        return SettingsError(
            Problem(place, Words("cli.run.port_expected"), reason, mend=Words("cli.run.port_mend"))
        )
    got = Words("cli.run.host_unknown", {"host": settings.host})
    return SettingsError(Problem(place, Words("cli.run.host_expected"), got, mend=Words("cli.run.host_mend")))
