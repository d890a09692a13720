"""The one hand that appends: what it has returned from is on the disk."""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from observer.quarantine.disk import flush, flush_folder, open_private, remove_drafts, write_all
from observer.quarantine.failure import failure
from observer.quarantine.frame import pack
from observer.quarantine.identity import Identities
from observer.quarantine.segments import OPEN, close_segment, contents, new_head, salt_of, segments
from observer.quarantine.stored import Stored, groups


class OpenSegment:
    """A segment file that this process appends to. size: in bytes, up to the end of the last whole frame."""

    def __init__(self, folder: Path, name: str, began: float) -> None:
        """Creates the file. Raises OSError."""
        self.path = folder / (name + OPEN)
        self.began = began
        head = new_head()
        self.salt = salt_of(name)
        self._descriptor = open_private(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND)
        try:
            write_all(self._descriptor, head)
        except OSError:
            os.close(self._descriptor)
            self.path.unlink(missing_ok=True)
            raise
        self.size = len(head)
        self._named = False

    def is_current(self) -> bool:
        """Returns whether the file still has its name: another process may have closed the segment."""
        try:
            return os.path.samestat(os.fstat(self._descriptor), self.path.stat())
        except FileNotFoundError:
            return False

    def append(self, frames: bytes) -> None:
        """Writes whole frames and returns when they are on the disk. Raises OSError; they are then taken back."""
        try:
            write_all(self._descriptor, frames)
            flush(self._descriptor)
        except OSError:
            # What cannot be taken back is a torn frame, which every reader steps over.
            with suppress(OSError):
                os.ftruncate(self._descriptor, self.size)
            raise
        self.size += len(frames)
        if not self._named:
            flush_folder(self.path.parent)
            self._named = True

    def release(self) -> None:
        """Closes the descriptor and nothing else."""
        os.close(self._descriptor)


class SegmentWriter:
    """Appends groups of events to the segments in `folder`. Its caller holds the locks."""

    def __init__(self, folder: Path, rotate_bytes: int, rotate_seconds: float) -> None:
        self._folder = folder
        self._rotate_bytes = rotate_bytes
        self._rotate_seconds = rotate_seconds
        self._identities = Identities()
        self._segment: OpenSegment | None = None

    def append(self, records: Sequence[Stored]) -> bool:
        """Returns when all `records` are on the disk: whether a segment was begun for them.

        Raises QuarantineError; then none of them counts as written, and the next append begins a new segment.
        """
        before = self._segment
        self._leave_full()
        try:
            segment = self._current(records[0])
            frames = [pack(*group, segment.salt) for group in groups(records)]
            segment.append(b"".join(frames))
        except OSError as error:
            self._abandon()
            raise failure(self._folder, "quarantine.expect_space", error, "quarantine.mend_space") from error
        return segment is not before

    def name(self, at: float) -> str:
        """Returns the id of the next event, observed at `at`."""
        return self._identities.next(at)

    def rotate_if_older(self, now: float) -> None:
        """Closes the open segment where it began too long ago. Raises QuarantineError."""
        if self._segment is not None and now - self._segment.began >= self._rotate_seconds:
            self.rotate()

    def rotate(self) -> None:
        """Closes the open segment, if there is one. Raises QuarantineError."""
        segment, self._segment = self._segment, None
        if segment is None:
            return
        current = segment.is_current()
        segment.release()
        if current:
            seal(segment.path)

    def _current(self, first: Stored) -> OpenSegment:
        if self._segment is None:
            self._segment = OpenSegment(self._folder, first.id, first.kept.observed)
        return self._segment

    def _leave_full(self) -> None:
        if self._segment is None:
            return
        if self._segment.size >= self._rotate_bytes:
            self.rotate()
        elif not self._segment.is_current():
            self._segment.release()
            self._segment = None

    def _abandon(self) -> None:
        with suppress(OSError):
            segment, self._segment = self._segment, None
            if segment is not None:
                current = segment.is_current()
                segment.release()
                if current:
                    close_segment(segment.path)


def seal(path: Path) -> None:
    """Closes a segment that is open, for good. Raises QuarantineError."""
    try:
        close_segment(path)
    except OSError as error:
        raise failure(path, "quarantine.expect_writable", error) from error


def recover(folder: Path) -> int:
    """Closes every segment that a dead writer left open, without its torn tail.

    Returns how many bytes were cut: of frames that nobody was ever told were kept. Files that hold no whole frame
    and drafts of rewriting go too. Raises QuarantineError. The caller holds all locks.
    """
    cut = 0
    try:
        remove_drafts(folder)
        for segment in segments(folder):
            if not segment.is_open:
                continue
            found = contents(segment.path).scan
            cut += max(0, segment.size - found.end)
            if found.frames:
                _truncate(segment.path, found.end)
                close_segment(segment.path)
            else:
                segment.path.unlink()
    except OSError as error:
        raise failure(folder, "quarantine.expect_writable", error) from error
    return cut


def _truncate(path: Path, size: int) -> None:
    descriptor = open_private(path, os.O_WRONLY)
    try:
        os.ftruncate(descriptor, size)
        flush(descriptor)
    finally:
        os.close(descriptor)
