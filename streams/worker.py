"""One worker process: the Faust app, until it is told to stop or dies."""

import asyncio
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Final

import structlog

from observer.clock import SystemClock
from observer.errors import ObserverError
from observer.settings import Settings
from streams.app import WorkerApp, create_app
from streams.work import begin

FATAL: Final = 75
"""Exit code of a worker that could not go on: another start may help (EX_TEMPFAIL of sysexits.h)."""

_FAUST_SECONDS: Final = 3.0
"""What the stop of Faust's own clients may take."""
_LEAST_SECONDS: Final = 1.0
_QUIET_SECONDS: Final = 10.0

log = structlog.get_logger(__name__)


class _ToStructlog(logging.Handler):
    """Writes what Faust and aiokafka have to say as lines like ours, and each not too often: while a broker is away
    they say the same ten times a second."""

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[tuple[str, str], float] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Writes one line, without the traceback: its text may hold anything."""
        kind = (record.name, str(record.msg))
        if record.created - self._said.get(kind, 0.0) < _QUIET_SECONDS:
            return
        self._said[kind] = record.created
        structlog.get_logger(record.name).log(record.levelno, record.getMessage())


def run_worker(settings: Settings, index: int, orphaned: int | None = None) -> int:
    """Runs worker `index` until SIGTERM or SIGINT. Returns the exit code: 0, or FATAL.

    orphaned: a file descriptor that becomes readable when whoever started this process is gone.
    """
    logging.basicConfig(handlers=[_ToStructlog()], level=logging.WARNING, force=True)
    port = settings.port + index if settings.port else 0
    app = create_app(begin(settings, SystemClock(), index), index, port)
    with asyncio.Runner() as runner:
        return runner.run(_run(app, settings.kafka.stop_seconds, orphaned))


async def _run(app: WorkerApp, stop_seconds: float, orphaned: int | None) -> int:
    stop = asyncio.Event()
    _handle(app, stop.set, orphaned)
    starting = asyncio.ensure_future(app.start())
    told = asyncio.ensure_future(stop.wait())
    await asyncio.wait([starting, told], return_when=asyncio.FIRST_COMPLETED)
    if starting.done() and (error := starting.exception()) is not None:
        if isinstance(error, ObserverError):
            raise error  # what the settings say cannot be done: another start would not help
        log.error("worker not started", exc_info=error)
        return FATAL
    if not stop.is_set():
        log.info("worker started", worker=app.ingest.work.worker, port=app.listener.port)
        ended = asyncio.ensure_future(app.wait_until_stopped())
        await asyncio.wait([ended, told], return_when=asyncio.FIRST_COMPLETED)
    crashed = app.crashed
    code = FATAL if crashed else 0
    _end_by(stop_seconds, code)
    # What must be safe first: chunks in hand, then the store. Faust's own clients have nothing that could be lost.
    for service in (app.ingest, app.fold):
        if service is not None:
            await service.stop()
    log.info("worker stopped", worker=app.ingest.work.worker, crashed=crashed)
    with suppress(TimeoutError):
        async with asyncio.timeout(_FAUST_SECONDS):
            await app.stop()
            return code
    _exit(code)
    return code


def _end_by(seconds: float, code: int) -> None:
    """Ends the process by a deadline, whatever it waits for then. What is not committed by then is abandoned."""
    timer = threading.Timer(max(_LEAST_SECONDS, seconds - _LEAST_SECONDS), _exit, (code,))
    timer.daemon = True
    timer.start()


def _exit(code: int) -> None:
    # Without a word to threads and clients that wait for a broker: Faust's do so for as long as it is away.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


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
