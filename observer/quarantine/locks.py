"""Locks between processes, which the kernel releases when their holder dies, however it dies."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from observer.errors import Problem, QuarantineError, literal
from observer.messages import Words
from observer.quarantine.disk import open_private, write_all
from observer.quarantine.failure import failure

_PAUSE: Final = 0.002


class WriterLock:
    """Held from open to close by the one process that appends. Its file names that process."""

    def __init__(self, path: Path) -> None:
        """Takes the lock. Raises QuarantineError, which names the process, when another holds it."""
        self._path = path
        self._descriptor = _open(path)
        if not _taken(path, self._descriptor):
            holder = os.pread(self._descriptor, 32, 0).decode("ascii", "replace").strip()
            os.close(self._descriptor)
            raise QuarantineError(
                Problem(
                    str(path),
                    Words("quarantine.expect_one_writer"),
                    Words("quarantine.got_writer", {"process": holder}),
                    mend=Words("quarantine.mend_writer"),
                )
            )
        try:
            os.ftruncate(self._descriptor, 0)
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            write_all(self._descriptor, f"{os.getpid()}\n".encode())
        except OSError as error:
            os.close(self._descriptor)
            raise failure(path, "quarantine.expect_writable", error) from error

    def release(self) -> None:
        """Lets another process write."""
        os.close(self._descriptor)


@contextmanager
def hold_if_free(path: Path) -> Iterator[bool]:
    """Holds the lock file `path` where nobody else does; yields whether it does. Raises QuarantineError."""
    descriptor = _open(path)
    try:
        yield _taken(path, descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def hold(path: Path, patience: float) -> Iterator[None]:
    """Holds the lock file `path`. Raises QuarantineError when it is not to be had within `patience` seconds."""
    descriptor = _open(path)
    try:
        deadline = time.monotonic() + patience
        while not _taken(path, descriptor):
            if time.monotonic() >= deadline:
                raise QuarantineError(
                    Problem(
                        str(path),
                        Words("quarantine.expect_free_lock"),
                        Words("quarantine.got_held_lock", {"seconds": literal(f"{patience:g}")}),
                        mend=Words("quarantine.mend_lock"),
                    )
                )
            time.sleep(_PAUSE)
        yield
    finally:
        os.close(descriptor)


def _open(path: Path) -> int:
    try:
        return open_private(path, os.O_RDWR | os.O_CREAT)
    except OSError as error:
        raise failure(path, "quarantine.expect_writable", error) from error


def _taken(path: Path, descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        raise failure(path, "quarantine.expect_lockable", error) from error
    return True
