"""One worker process: the Faust app, until it is told to stop or dies."""

import asyncio
import logging
import signal
from collections.abc import Callable
from contextlib import suppress
from typing import Final

import structlog

from observer.clock import SystemClock
from observer.settings import Settings
from streams.app import WorkerApp, create_app
from streams.work import begin

FATAL: Final = 75
"""Exit code of a worker that could not go on: another start may help (EX_TEMPFAIL of sysexits.h)."""

_LEAVE_SECONDS: Final = 1.0
"""Of the seconds in which a worker must end, those that are left to the interpreter."""

log = structlog.get_logger(__name__)


class _ToStructlog(logging.Handler):
    """Writes what Faust and aiokafka have to say as lines like ours."""

    def emit(self, record: logging.LogRecord) -> None:
        """Writes one line, without the traceback: its text may hold anything."""
        structlog.get_logger(record.name).log(record.levelno, record.getMessage())


def run_worker(settings: Settings, index: int, orphaned: int | None = None) -> int:
    """Runs worker `index` until SIGTERM or SIGINT. Returns the exit code: 0, or FATAL.

    orphaned: a file descriptor that becomes readable when whoever started this process is gone.
    """
    logging.basicConfig(handlers=[_ToStructlog()], level=logging.WARNING, force=True)
    port = settings.port + index if settings.port else 0
    app = create_app(begin(settings, SystemClock(), index), port)
    with asyncio.Runner() as runner:
        return runner.run(_run(app, settings.kafka.stop_seconds, orphaned))


async def _run(app: WorkerApp, stop_seconds: float, orphaned: int | None) -> int:
    stop = asyncio.Event()
    _handle(app, stop.set, orphaned)
    starting = asyncio.ensure_future(app.start())
    told = asyncio.ensure_future(stop.wait())
    await asyncio.wait([starting, told], return_when=asyncio.FIRST_COMPLETED)
    if starting.done() and starting.exception() is not None:
        log.error("worker not started", exc_info=starting.exception())
        return FATAL
    if not stop.is_set():
        log.info("worker started", worker=app.ingest.work.worker, port=app.listener.port)
        ended = asyncio.ensure_future(app.wait_until_stopped())
        await asyncio.wait([ended, told], return_when=asyncio.FIRST_COMPLETED)
    crashed = app.crashed
    with suppress(TimeoutError):
        async with asyncio.timeout(max(_LEAVE_SECONDS, stop_seconds - _LEAVE_SECONDS)):
            await app.stop()
    log.info("worker stopped", worker=app.ingest.work.worker, crashed=crashed)
    return FATAL if crashed else 0


def _handle(app: WorkerApp, stop: Callable[[], None], orphaned: int | None) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    reloads: set[asyncio.Task[bool]] = set()

    def reload() -> None:
        task = asyncio.ensure_future(app.reload())
        # The loop holds tasks weakly: one that nobody holds may vanish before it ends.
        reloads.add(task)
        task.add_done_callback(reloads.discard)

    loop.add_signal_handler(signal.SIGHUP, reload)
    if orphaned is not None:
        loop.add_reader(orphaned, stop)
