"""A store that is down or full: the fold waits, and then nothing is missing and nothing doubled."""

import resource
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fault_world import Make, Workers

from tests.postgres import Postgres

pytestmark = [pytest.mark.kafka, pytest.mark.faults]
DOWN_SECONDS = 60
SHORT_SECONDS = 8


SMALL_BYTES = 200_000
"""Room for a store that was just made, and not for what it must hold."""


@pytest.mark.postgres
@pytest.mark.parametrize("how", ["killed", "stopped"])
def test_a_store_that_is_down_for_a_while(make: Make, bootstrap: str, events: int, how: str) -> None:
    with Postgres() as server, server.database() as url, make(bootstrap, store_url=url) as here:
        here.feed((0, 0.5))
        workers = here.workers()
        here.until_judged(0.2)
        if how == "killed":
            server.kill()
        else:
            server.stop()
        here.feed((0.5, 1))
        time.sleep(DOWN_SECONDS if events > 100_000 and how == "killed" else SHORT_SECONDS)
        server.start()
        here.until_done()
        assert workers.running
        here.check()
        here.close()


@pytest.mark.postgres
def test_two_folds_share_a_store_and_one_is_killed(make: Make, bootstrap: str) -> None:
    with Postgres() as server, server.database() as url, make(bootstrap, store_url=url) as here:
        here.feed((0, 0.6))
        first = here.workers()
        here.workers()
        here.until_judged(0.3)
        first.kill()
        here.feed((0.6, 1))
        here.until_done()
        here.check()
        here.close()


def test_a_disk_that_is_full_for_a_while(make: Make, bootstrap: str, tmp_path: Path) -> None:
    state = tmp_path / "state"
    state.mkdir()
    with _small_disk(state) as disk, make(bootstrap) as here:
        here.feed()
        workers = here.workers()
        room = disk(workers)
        here.until_judged(1)
        time.sleep(SHORT_SECONDS)
        room()
        here.until_done()
        assert workers.running
        here.check()
        here.close()


@contextmanager
def _small_disk(folder: Path) -> Iterator[Callable[[Workers], Callable[[], None]]]:
    """Yields what makes the disk of a worker's store small, and returns what makes it large again: a file system of
    its own where we may mount one, else a limit on the size of that worker's files."""
    size = f"size={SMALL_BYTES}"
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)], capture_output=True)
    if mounted.returncode == 0:
        try:
            yield lambda _: lambda: _run("mount", "-o", "remount,size=64m", str(folder))
        finally:
            _run("umount", "--lazy", str(folder))
        return

    def limited(workers: Workers) -> Callable[[], None]:
        _limit(workers.pid, SMALL_BYTES)
        return lambda: _limit(workers.pid, resource.RLIM_INFINITY)

    yield limited


def _limit(pid: int, size: int) -> None:
    hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)[1]
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, hard))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
