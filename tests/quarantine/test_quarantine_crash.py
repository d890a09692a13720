"""Killed at any moment, the quarantine holds all that it acknowledged, once."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from kept_events import kept

from observer.errors import QuarantineError
from observer.quarantine import Quarantine

StartChild = Callable[..., "subprocess.Popen[str]"]


@pytest.mark.parametrize("patience", [0.05, 0.21, 0.4], ids=lambda seconds: f"after {seconds} s")
def test_sigkill_loses_nothing_that_was_acknowledged(
    tmp_path: Path, start_child: StartChild, patience: float
) -> None:
    child = start_child("writing_child.py", tmp_path, 7, 0)
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    time.sleep(patience)
    child.kill()
    acknowledged = [int(line) for line in child.stdout.read().split("\n") if line]
    child.wait()
    with Quarantine.open(tmp_path) as quarantine:
        found = [event.place[1] for _, event in quarantine.read_all(quarantine.entries()) if event]
        quarantine.append([kept(1)])
    assert acknowledged
    assert found == list(range(len(found)))
    # One group more may have reached the disk before the child could say so.
    assert len(found) in {acknowledged[-1], acknowledged[-1] + 7}


def test_a_writer_is_refused_while_another_process_lives_and_welcome_once_it_is_killed(
    tmp_path: Path, start_child: StartChild
) -> None:
    child = start_child("writing_child.py", tmp_path, 1, 0.01)
    assert child.stdout is not None
    child.stdout.readline()
    with pytest.raises(QuarantineError, match=f"process {child.pid}"):
        Quarantine.open(tmp_path)
    child.kill()
    child.wait()
    Quarantine.open(tmp_path).close()


FULL_DISK = """
import resource, sys
from pathlib import Path
from kept_events import kept, undecodable
import os
from observer.errors import QuarantineError
from observer.quarantine import Quarantine

quarantine = Quarantine.open(Path(sys.argv[1]))
quarantine.append([kept(1)])
# A file may not grow beyond 60 kB from here on, as on a disk that is full.
resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, resource.RLIM_INFINITY))
try:
    quarantine.append([undecodable(os.urandom(80_000))])
except QuarantineError as error:
    print(error)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
quarantine.append([kept(2)])
print(quarantine.index.damaged_bytes() if list(quarantine.entries()) else "empty")
"""


def test_a_full_disk_refuses_a_group_and_spoils_no_other(tmp_path: Path) -> None:
    here = Path(__file__).parent
    told = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": f"{here.parents[1]}:{here}"},
    ).stdout.splitlines()
    assert told[0].startswith(
        f"{tmp_path}/segments: expected events that can be written to the disk, got File too large"
    )
    assert told[1] == "0"
    with Quarantine.open(tmp_path) as quarantine:
        assert [event and event.place[1] for _, event in quarantine.read_all(quarantine.entries())] == [1, 2]


def test_each_append_is_on_the_disk_before_it_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[int] = []
    honest = os.fsync

    def watched(descriptor: int) -> None:
        honest(descriptor)
        flushed.append(os.fstat(descriptor).st_size)

    with Quarantine.open(tmp_path) as quarantine:
        monkeypatch.setattr(os, "fsync", watched)
        for number in range(3):
            flushed.clear()
            quarantine.append([kept(number)])
            (segment,) = (tmp_path / "segments").iterdir()
            # The first append of a file flushes its name too: the folder.
            assert len(flushed) == (2 if number == 0 else 1)
            assert flushed[0] == segment.stat().st_size


def test_a_failing_flush_is_an_error_and_the_next_append_goes_to_a_new_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(descriptor: int) -> None:
        raise OSError(5, "Input/output error")

    with Quarantine.open(tmp_path) as quarantine:
        quarantine.append([kept(1)])
        with monkeypatch.context() as broken:
            broken.setattr(os, "fsync", failing)
            with pytest.raises(QuarantineError, match="got Input/output error"):
                quarantine.append([kept(2)])
        quarantine.append([kept(3)])
        assert len(list((tmp_path / "segments").iterdir())) == 2
        assert [event and event.place[1] for _, event in quarantine.read_all(quarantine.entries())] == [1, 3]
