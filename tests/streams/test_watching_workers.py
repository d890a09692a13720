"""When a worker that could not begin ends all of them, and when it is started again."""

import multiprocessing
import time

import pytest

from observer.settings import Settings
from streams import processes
from streams.processes import COULD_NOT_RUN


class Process:
    """Stands for a process that ended at once because it could not run."""

    exitcode = COULD_NOT_RUN
    pid = None

    def start(self) -> None:
        """Ends at once."""

    def join(self, _seconds: float = 0) -> None:
        """It has ended."""


class Context:
    def Process(self, **_: object) -> Process:  # noqa: N802
        return Process()


@pytest.fixture(autouse=True)
def no_real_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multiprocessing, "get_context", lambda _: Context())


def worker_after(seconds: float) -> processes._Worker:
    """A worker whose first process ended after some seconds."""
    worker = processes._Worker(Settings(), 0)
    now = time.monotonic()
    worker.look(now)
    assert worker.look(now + seconds) == COULD_NOT_RUN
    return worker


def test_a_worker_that_never_ran_is_not_proven() -> None:
    assert not worker_after(1.0).proven


def test_a_worker_that_ran_well_before_is_started_again_though_it_cannot_run_now() -> None:
    worker = worker_after(3_600.0)
    assert worker.proven
    now = time.monotonic() + 4_000
    worker.look(now)
    assert worker.look(now + 1) == COULD_NOT_RUN
    assert worker.proven
