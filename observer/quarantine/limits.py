"""What bounds the quarantine. All of it comes from settings."""

from typing import Final, NamedTuple

DAY: Final = 86_400.0
MEBIBYTE: Final = 1 << 20
SMALLEST_SEGMENT: Final = 64 << 10


class Limits(NamedTuple):
    """max_age: seconds that an event is kept; max_bytes: of everything on disk, the oldest goes first;
    segment_bytes, segment_seconds: how much, and how long a time, one segment file holds at most. An event stays
    at most max_age + segment_seconds, since a segment goes when its newest event is too old.
    """

    max_age: float = 14 * DAY
    max_bytes: int = 1024 * MEBIBYTE
    segment_bytes: int = 16 * MEBIBYTE
    segment_seconds: float = 3_600.0

    def rotate_at(self) -> int:
        """Returns the size in bytes at which a segment is closed: small enough that max_bytes holds eight."""
        return min(self.segment_bytes, max(self.max_bytes // 8, SMALLEST_SEGMENT))


DEFAULTS: Final = Limits()
