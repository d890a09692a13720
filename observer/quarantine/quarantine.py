"""The quarantine as the observer uses it: the archive, and the right to append."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Final, Self

from observer.errors import QuarantineError
from observer.model import Kept
from observer.quarantine.archive import Archive
from observer.quarantine.disk import private_folder
from observer.quarantine.limits import DEFAULTS, Limits
from observer.quarantine.locks import WriterLock, hold, hold_if_free
from observer.quarantine.places import Places
from observer.quarantine.retention import Retention, Why
from observer.quarantine.segments import segments
from observer.quarantine.stored import Stored
from observer.quarantine.writer import SegmentWriter, recover

APPEND_PATIENCE: Final = 5.0
OPEN_PATIENCE: Final = 60.0


class Quarantine(Archive):
    """The one writer of a folder. Its methods may be called from any thread."""

    def __init__(self, folder: Path, lock: WriterLock, limits: Limits) -> None:
        """Use `open`."""
        super().__init__(folder)
        self._lock = lock
        self._limits = limits
        self._writer = SegmentWriter(self.places.segments, limits.rotate_at(), limits.segment_seconds)
        self._retention = Retention(self.places.segments, limits)
        self._removed: dict[Why, int] = {"age": 0, "size": 0}
        self._appending = Lock()
        self._counting = Lock()
        self.cut_bytes = 0

    @classmethod
    def open(cls, folder: Path, limits: Limits = DEFAULTS) -> Self:
        """Opens or makes the quarantine in `folder` and takes the right to append.

        Cuts the torn tail that a killed writer left, of events that were never acknowledged; `cut_bytes` says how
        much. Raises QuarantineError when another process writes, or the folder cannot be used.
        """
        places = Places(folder)
        private_folder(places.folder)
        private_folder(places.segments)
        lock = WriterLock(places.writer_lock)
        try:
            with hold(places.upkeep_lock, OPEN_PATIENCE), hold(places.append_lock, OPEN_PATIENCE):
                cut = recover(places.segments)
            quarantine = cls(folder, lock, limits)
            quarantine.cut_bytes = cut
            return quarantine
        except BaseException:
            lock.release()
            raise

    def append(self, kept: Sequence[Kept]) -> None:
        """Returns when all of `kept` are on the disk. Blocks for as long as that takes.

        Raises QuarantineError when they cannot be written: then none of them counts as kept, and the sender must
        not be told that they were.
        """
        if not kept:
            return
        with self._appending:
            with hold(self.places.append_lock, APPEND_PATIENCE):
                began = self._writer.append(
                    [Stored(self._writer.name(event.observed), event) for event in kept]
                )
            if began:
                # The events are on the disk: trouble with old files is for `enforce` to tell.
                with suppress(QuarantineError):
                    self._make_room(kept[-1].observed)

    def enforce(self, now: float) -> dict[Why, int]:
        """Removes what is too old or too much, and brings the index up to date. Call it every minute or so.

        Returns how many events were removed since the last call, by why: `age`, `size`. Removes nothing while
        another process erases: the next call does. Raises QuarantineError.
        """
        with self._appending, hold(self.places.append_lock, APPEND_PATIENCE):
            self._writer.rotate_if_older(now)
        # From here on no append waits: these steps may read every segment.
        self._make_room(now)
        with self.index.synced():
            if any(self._removed.values()):
                self.journal.forget(self.places.index, now - self._limits.max_age)
        # Taken last: where one of these steps fails, the next call still tells what was removed.
        with self._counting:
            removed, self._removed = self._removed, {"age": 0, "size": 0}
        return removed

    def close(self) -> None:
        """Closes the open segment and gives up the right to append. Raises QuarantineError; the right is given up."""
        with self._appending:
            try:
                with hold(self.places.append_lock, APPEND_PATIENCE):
                    self._writer.rotate()
            finally:
                self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _make_room(self, now: float) -> None:
        with hold_if_free(self.places.upkeep_lock) as held:
            if not held:
                return
            others = self.size_bytes() - sum(segment.size for segment in segments(self.places.segments))
            removed = self._retention.remove(now, others)
            with self._counting:
                for why, events in removed.items():
                    self._removed[why] += events
