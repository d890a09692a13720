"""What goes, and why: events that are too old, and the oldest ones where there are too many bytes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

from observer.quarantine.disk import flush_folder, remove_drafts
from observer.quarantine.failure import failure
from observer.quarantine.limits import Limits
from observer.quarantine.segments import Segment, contents, segments

Why: TypeAlias = Literal["age", "size"]


class Extent(NamedTuple):
    """How many events a closed segment holds, and the observed time of its newest."""

    size: int
    events: int
    newest: float


class Retention:
    """Removes closed segments of one folder. Remembers their extents, since those do not change unseen."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self._folder = folder
        self._limits = limits
        self._extents: dict[str, Extent] = {}

    def remove(self, now: float, other_bytes: int) -> dict[Why, int]:
        """Removes what is too old at `now`, then the oldest until everything fits. Returns removed events by why.

        other_bytes: of the files beside the segments; they take at most half of the limit, so that an index alone
        never empties the quarantine. Raises QuarantineError. The caller holds the upkeep lock.
        """
        present = segments(self._folder)
        budget = max(self._limits.max_bytes - other_bytes, self._limits.max_bytes // 2)
        removed: dict[Why, int] = {"age": 0, "size": 0}
        try:
            remove_drafts(self._folder)
            for segment, extent, why in self._excess(present, now, budget):
                segment.path.unlink(missing_ok=True)
                self._extents.pop(segment.name, None)
                removed[why] += extent.events
            if any(removed.values()):
                flush_folder(self._folder)
        except OSError as error:
            raise failure(self._folder, "quarantine.expect_writable", error) from error
        return removed

    def _excess(
        self, present: list[Segment], now: float, budget: int
    ) -> Iterator[tuple[Segment, Extent, Why]]:
        total = sum(segment.size for segment in present)
        for segment in present:
            if segment.is_open:
                continue
            extent = self._extent(segment)
            if extent.newest < now - self._limits.max_age:
                total -= segment.size
                yield segment, extent, "age"
            elif total > budget:
                total -= segment.size
                yield segment, extent, "size"

    def _extent(self, segment: Segment) -> Extent:
        extent = self._extents.get(segment.name)
        if extent is None or extent.size != segment.size:
            frames = contents(segment.path).scan.frames
            events = sum(frame.events for frame in frames)
            newest = max((frame.newest for frame in frames), default=0.0)
            extent = self._extents[segment.name] = Extent(segment.size, events, newest)
        return extent
