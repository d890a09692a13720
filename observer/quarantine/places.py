"""Which file of the quarantine lies where."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Places:
    """The files of one quarantine. folder: closed to everybody but its owner."""

    folder: Path

    @property
    def segments(self) -> Path:
        """The folder of the events themselves."""
        return self.folder / "segments"

    @property
    def index(self) -> Path:
        """What is kept, without a personal value. May be deleted: it is built again from the segments."""
        return self.folder / "index.sqlite"

    @property
    def journal(self) -> Path:
        """What was replayed and erased. Must not be deleted: nothing else knows it."""
        return self.folder / "journal.sqlite"

    @property
    def key(self) -> Path:
        """The key of the hashes of ids."""
        return self.folder / "key"

    @property
    def access_log(self) -> Path:
        """Who revealed or erased what, when and why. Only ever grows."""
        return self.folder / "access.log"

    @property
    def writer_lock(self) -> Path:
        """Held by the process that appends, for as long as it runs."""
        return self.folder / "writer.lock"

    @property
    def append_lock(self) -> Path:
        """Held for moments: by an append, and by whoever closes the open segment."""
        return self.folder / "append.lock"

    @property
    def upkeep_lock(self) -> Path:
        """Held by whoever removes or rewrites closed segments."""
        return self.folder / "upkeep.lock"

    @property
    def index_lock(self) -> Path:
        """Held by whoever brings the index up to date."""
        return self.folder / "index.lock"
