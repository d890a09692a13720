"""One process folds into a store: the second refuses to start. The lock ends with its process, however it ends."""

import fcntl
import os
from pathlib import Path
from typing import Final

from observer.errors import Problem, StoreError
from observer.messages import Words

LOCK_NAME: Final = "observer.lock"


class FolderLock:
    """Held from its making until `release`, or until the process ends. Raises StoreError when another holds it."""

    def __init__(self, folder: Path) -> None:
        self._descriptor = os.open(folder / LOCK_NAME, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(self._descriptor, 20).decode("ascii", "replace").strip()
            os.close(self._descriptor)
            raise StoreError(_held_by(folder, holder)) from None
        except OSError:
            os.close(self._descriptor)
            raise
        os.ftruncate(self._descriptor, 0)
        os.write(self._descriptor, str(os.getpid()).encode("ascii"))

    def release(self) -> None:
        """Lets another process fold. The file stays: removing it would open a race between two that wait."""
        os.close(self._descriptor)


def _held_by(folder: Path, holder: str) -> Problem:
    return Problem(
        str(folder),
        Words("store.alone"),
        Words("store.held", {"process": holder or "?"}),
        mend=Words("store.held.mend"),
    )
