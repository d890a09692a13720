"""What is kept, as any process may read it, beside the one that writes."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from observer.errors import Problem, QuarantineError
from observer.messages import Words
from observer.model import Kept, Verdict
from observer.quarantine.disk import private_folder
from observer.quarantine.entry import ALL, Entry, Filters
from observer.quarantine.failure import damaged, failure
from observer.quarantine.hashing import Hashing
from observer.quarantine.identity import is_identity
from observer.quarantine.index import Index
from observer.quarantine.journal import Journal
from observer.quarantine.keys import load_key
from observer.quarantine.places import Places
from observer.quarantine.segments import frame_at, locate, records
from observer.quarantine.stored import Stored

_ATTEMPTS: Final = 3
"""How often an event is looked for: its segment may be closed or rewritten between two looks."""


class _Group(NamedTuple):
    """The events of the frame that was read last."""

    segment: str
    offset: int
    stored: list[Stored]


class Archive:
    """The kept events of one folder. Safe to use from several threads and several processes."""

    def __init__(self, folder: Path) -> None:
        """Opens an existing quarantine, without the right to append. Raises QuarantineError."""
        if not (folder / "segments").is_dir():
            raise QuarantineError(
                Problem(
                    str(folder),
                    Words("quarantine.expect_folder"),
                    Words("quarantine.got_nothing"),
                    mend=Words("quarantine.mend_folder"),
                )
            )
        self.places = Places(folder)
        private_folder(folder)
        private_folder(self.places.segments)
        self.hashing = Hashing(load_key(self.places.key))
        self.journal = Journal(self.places.journal)
        self.index = Index(self.places, self.hashing)

    def size_bytes(self) -> int:
        """Returns the bytes of all its files. Raises QuarantineError."""
        total = 0
        for folder in (self.places.folder, self.places.segments):
            try:
                for path in os.scandir(folder):
                    try:
                        total += path.stat(follow_symlinks=False).st_size if path.is_file() else 0
                    except FileNotFoundError:
                        continue
            except OSError as error:
                raise failure(folder, "quarantine.expect_readable", error) from error
        return total

    def entries(self, filters: Filters = ALL) -> Iterator[Entry]:
        """Yields what is kept at this moment and fits `filters`. Raises QuarantineError."""
        self.index.sync()
        yield from self.index.entries(filters)

    def entry(self, id_: str) -> Entry:
        """Returns the entry of one event. Raises QuarantineError when there is none, which says when it was erased."""
        found = None
        if is_identity(id_):
            self.index.sync()
            found = self.index.find(id_)
        if found is None:
            erased = is_identity(id_) and self.journal.erased_at(id_) is not None
            raise QuarantineError(
                Problem(
                    str(self.places.folder),
                    Words("quarantine.expect_id"),
                    Words("quarantine.got_erased" if erased else "quarantine.got_unknown_id"),
                    mend=None if erased else Words("quarantine.mend_id"),
                )
            )
        return found

    def read(self, id_: str) -> Kept:
        """Returns one kept event, whole. Raises QuarantineError when there is none, or it cannot be read."""
        for _ in range(_ATTEMPTS):
            entry = self.entry(id_)
            kept = self._read(entry)
            if kept is not None:
                return kept
        raise damaged(self.places.segments / entry.segment, entry.offset)

    def read_all(self, entries: Iterable[Entry]) -> Iterator[tuple[Entry, Kept | None]]:
        """Yields each of `entries` with its event, or None where that is gone meanwhile or cannot be read.

        Entries in the order of `entries()` are read fastest: a frame at a time.
        """
        group: _Group | None = None
        for entry in entries:
            if group is None or (group.segment, group.offset) != (entry.segment, entry.offset):
                group = self._group(entry)
            kept = _pick(group, entry)
            if kept is None:
                # Its segment was rewritten since the index was read.
                self.index.sync()
                moved = self.index.find(entry.id)
                kept = self._read(moved) if moved else None
            yield entry, kept

    def replay_counts(self) -> dict[tuple[str, Verdict], int]:
        """Returns how many events were ever replayed, by (source, outcome)."""
        return self.journal.counts()

    def erased_total(self) -> int:
        """Returns how many events were ever erased."""
        return self.journal.erased_total()

    def _read(self, entry: Entry) -> Kept | None:
        return _pick(self._group(entry), entry)

    def _group(self, entry: Entry) -> _Group | None:
        path = locate(self.places.segments, entry.segment)
        if path is None:
            return None
        try:
            frame = frame_at(path, entry.offset)
        except FileNotFoundError:
            return None
        return _Group(entry.segment, entry.offset, records(path, frame)) if frame else None


def _pick(group: _Group | None, entry: Entry) -> Kept | None:
    if group is None or entry.position >= len(group.stored):
        return None
    stored = group.stored[entry.position]
    return stored.kept if stored.id == entry.id else None
