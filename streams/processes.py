"""Several workers on one machine: a process each, and one that watches over them."""

import multiprocessing
import os
import signal
import sys
import threading
import time
from multiprocessing.context import SpawnProcess
from typing import Final

import structlog

from observer.errors import ObserverError
from observer.logs import configure_logs
from observer.settings import Settings
from streams.worker import FATAL, run_worker

COULD_NOT_RUN: Final = 2
_BACKOFF: Final = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
"""Seconds before the next start of a worker that died again and again."""
_HELD_SECONDS: Final = 60.0
"""A worker that ran for so long had started well: the next wait is short again."""
_LOOK_SECONDS: Final = 0.1
_GRACE_SECONDS: Final = 2.0

log = structlog.get_logger(__name__)


def run_workers(settings: Settings) -> int:
    """Runs the workers that the settings ask for until SIGTERM or SIGINT. Returns the exit code.

    One worker is this very process, and whoever starts it must start it again after exit code FATAL; of several, each
    is a process of its own, started again whenever it dies.
    """
    if settings.kafka.workers == 1:
        return run_worker(settings, 0)
    return _Watcher(settings).run()


class _Watcher:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._workers = [_Worker(settings, index) for index in range(settings.kafka.workers)]
        self._stop = threading.Event()

    def run(self) -> int:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._stop.set())
        signal.signal(signal.SIGHUP, lambda *_: self._send(signal.SIGHUP))
        while not self._stop.wait(_LOOK_SECONDS):
            for worker in self._workers:
                if worker.look(time.monotonic()) == COULD_NOT_RUN and not worker.proven:
                    # What the settings say cannot be done: another start would not help. Where they have served
                    # before, something is away for now, as a store: the others go on meanwhile.
                    self._end()
                    return COULD_NOT_RUN
        return self._end()

    def _send(self, number: signal.Signals) -> None:
        for worker in self._workers:
            worker.send(number)

    def _end(self) -> int:
        self._send(signal.SIGTERM)
        until = time.monotonic() + self._settings.kafka.stop_seconds
        codes = [worker.wait(max(0.0, until - time.monotonic())) for worker in self._workers]
        # One that was told to end before it could hear of it ended by the signal itself.
        return FATAL if set(codes) - {0, -signal.SIGTERM} else 0


class _Worker:
    """The processes of one worker, one after the other."""

    def __init__(self, settings: Settings, index: int) -> None:
        self._settings = settings
        self._index = index
        self._process: SpawnProcess | None = None
        self.proven = False
        """Whether a process of this worker has ever run well under these settings."""
        self._deaths = 0
        self._begun = 0.0
        self._next = 0.0

    def look(self, now: float) -> int | None:
        """Starts the process where none runs and its time has come. Returns the exit code of one that has ended."""
        code = None
        if self._process is not None and (code := self._process.exitcode) is not None:
            self._bury(self._process, code, now)
        if self._process is None and now >= self._next:
            context = multiprocessing.get_context("spawn")
            self._process = context.Process(
                target=_child, args=(self._settings, self._index), name=f"observer-worker-{self._index}"
            )
            self._process.start()
            self._begun = now
        return code

    def send(self, number: signal.Signals) -> None:
        """Sends a signal to the process, where one runs."""
        process = self._process
        if process is not None and process.pid is not None and process.exitcode is None:
            os.kill(process.pid, number)

    def wait(self, seconds: float) -> int:
        """Returns the exit code once the process has ended, by SIGKILL where that takes longer."""
        process = self._process
        if process is None:
            return 0
        process.join(seconds)
        if process.exitcode is None:
            process.kill()
            process.join(_GRACE_SECONDS)
        return process.exitcode or 0

    def _bury(self, process: SpawnProcess, code: int, now: float) -> None:
        process.join()
        self._process = None
        held = now - self._begun > _HELD_SECONDS
        self.proven = self.proven or held
        self._deaths = 1 if held else self._deaths + 1
        wait = _BACKOFF[min(self._deaths, len(_BACKOFF)) - 1]
        self._next = now + wait
        log.error("worker ended", worker=self._index, exit_code=code, starts_again_in=wait)


def _child(settings: Settings, index: int) -> None:
    configure_logs()
    parent = multiprocessing.parent_process()
    try:
        code = run_worker(settings, index, parent.sentinel if parent is not None else None)
    except ObserverError as error:
        sys.stderr.write(f"{error.told(settings.language or 'en')}\n")
        code = COULD_NOT_RUN
    sys.exit(code)
