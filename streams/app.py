"""The Faust app of one worker. Importing this module does nothing: `app` is made when it is first asked for."""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

import faust
import structlog
from faust.app.base import BootStrategy

from observer.clock import SystemClock
from observer.contracts.compiled import Contract
from observer.logs import configure_logs
from observer.settings import load_settings
from streams.channel import ChunkChannel
from streams.commands import decoded, obeyed
from streams.connection import faust_credentials
from streams.fold import Fold, fold_store, folds_here
from streams.ingest import Ingest
from streams.listening import Listener
from streams.owned import Fetched
from streams.quarantine.counting import ReplayedCount
from streams.topics import Kind, topic_name
from streams.watching import Watch
from streams.work import Work, begin

_CHUNKS_WAITING: Final = 2

log = structlog.get_logger(__name__)


class QuietBoot(BootStrategy):
    """Starts no web server, whatever the command line says: `faust worker` would open one on every address."""

    enable_web = False

    def __init__(self, app: Any, **options: Any) -> None:
        super().__init__(app, **{**options, "enable_web": False})


class WorkerApp(faust.App):
    """The app of one worker: ingest, what watches it, what answers for it, and the agents. No web, tables or state of
    Faust's own."""

    BootStrategy = QuietBoot

    ingest: Ingest
    watch: Watch
    listener: Listener
    fold: Fold | None = None

    async def reload(self) -> bool:
        """Reads schemas/ again. Returns whether that gave a catalog, in force from the next chunk on."""
        work = self.ingest.work
        reloaded = await asyncio.to_thread(work.holder.reload)
        if reloaded:
            self.ingest.adopt()
            log.info("catalog loaded", digest=work.catalog.digest)
        else:
            log.error("catalog refused", problems=[problem.told() for problem in work.holder.state.problems])
        return reloaded


def create_app(work: Work, index: int, port: int) -> WorkerApp:
    """Returns the app of worker `index`, not started. port: that it listens on, 0 for any free one.

    Raises StoreError where it is to fold and the store cannot be opened.
    """
    kafka = work.settings.kafka
    app = WorkerApp(
        work.worker,
        broker=[f"kafka://{address}" for address in kafka.bootstrap.split(",")],
        broker_credentials=faust_credentials(work.clients.connection),
        datadir=Path(tempfile.mkdtemp(prefix="observer-")),
        key_serializer="raw",
        value_serializer="raw",
        topic_disable_leader=True,
        topic_allow_declare=False,
        table_standby_replicas=0,
        web_enabled=False,
    )
    channel = ChunkChannel(app, maxsize=_CHUNKS_WAITING)
    app.ingest = Ingest(work, channel)
    app.watch = Watch(work, app.ingest)
    app.fold = _fold(work, index)
    app.listener = Listener(work, app.ingest, app.watch, app.fold, port)

    @app.agent(channel, name="judge")
    async def judge(chunks: AsyncIterable[Fetched]) -> None:
        await app.ingest.judge(chunks)

    @app.agent(app.topic(work.topics.commands), name="obey")
    async def obey(commands: Any) -> None:
        async for event in commands.events():
            try:
                await _obey(app, event.message.partition, event.message.offset, event.value)
            except Exception:  # a command that fails must not end the obeying of others
                log.exception("command failed")

    replayed = ReplayedCount(
        work.clients.common, kafka.application, topic_name(work.settings, Kind.REPLAYED), work.totals
    )
    for service in (app.listener, app.fold, app.ingest, app.watch, replayed):
        if service is not None:
            app.service(service)  # type: ignore[arg-type]  # it takes services, not only their classes
    return app


def _fold(work: Work, index: int) -> Fold | None:
    if not folds_here(work.settings, index):
        return None
    store = fold_store(work.settings)
    contracts = partial(_contracts, work)
    return Fold(work.settings, work.clients.common, store, work.clock, work.totals, contracts)


def _contracts(work: Work) -> Mapping[str, Contract]:
    return work.catalog.contracts


async def _obey(app: WorkerApp, partition: int, offset: int, value: bytes) -> None:
    work = app.ingest.work
    if offset < work.commands_upto.get(partition, 0):
        return
    command = decoded(value)
    if command is None:
        log.error("command not understood", offset=offset)
        return
    log.info("command", command=command.command, source=command.source)
    obeyed(work.paused, command)
    if command.command == "reload":
        await app.reload()


def __getattr__(name: str) -> Any:
    """Makes `app` from the environment, for `faust -A streams.app worker`."""
    if name != "app":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    configure_logs()
    settings = load_settings(None, os.environ)
    app = create_app(begin(settings, SystemClock(), 0), 0, settings.port)
    globals()["app"] = app
    return app
