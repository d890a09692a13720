"""How many records to judge at a stretch: heartbeats run between two stretches, on the same loop."""

from collections.abc import Sequence
from typing import Any, Final

STRETCH_SECONDS: Final = 0.2
_FIRST: Final = 500
_WEIGHT: Final = 0.3


class Pace:
    """Measures what a record costs, and says how many fit into a stretch. `most`: records, whatever they cost."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._cost: float | None = None

    @property
    def records(self) -> int:
        """Records that the next chunk may hold, at least one."""
        if self._cost is None:
            return min(_FIRST, self._most)
        return max(1, min(self._most, int(STRETCH_SECONDS / self._cost)))

    def judged(self, records: int, seconds: float) -> None:
        """Takes how long a chunk took. What costs more than before counts at once, what costs less by and by."""
        if not records:
            return
        cost = max(seconds / records, 1e-7)
        if self._cost is None or cost > self._cost:
            self._cost = cost
        else:
            self._cost += _WEIGHT * (cost - self._cost)


def cut(records: Sequence[Any], most_records: int, most_bytes: int) -> tuple[list[Any], list[Any]]:
    """Returns the records that may be judged together, at least one, and the others."""
    size = 0
    for number, record in enumerate(records):
        size += len(record.value or b"")
        if number and (number >= most_records or size > most_bytes):
            return list(records[:number]), list(records[number:])
    return list(records), []
