"""The keywords that JSON Schema lacks: dates in a format of one's own, and the earliest and latest moment.

`martechTemporal: {as, format, timezone}` holds a text to a reader of `temporal`; `martechMinimum` and its three
sisters, `{as, format, timezone, bound}`, compare it. A text that is no moment breaks the first kind only.
"""

import operator
from collections.abc import Callable, Mapping
from typing import Any, Final

from observer.contracts.temporal import Moment, Reader, reader


class _Temporal:
    """What jsonschema-rs makes for each use of a keyword in a schema."""

    def __init__(self, parent: dict[str, Any], value: Any, path: list[str | int]) -> None:
        self._reader = _reader(value)

    def validate(self, instance: Any) -> None:
        """Raises ValueError for a text that is no such moment."""
        if isinstance(instance, str) and self._reader.read(instance) is None:
            raise ValueError("not in this format")


def _bound(keeps: Callable[[Moment, Moment], bool]) -> type:
    """Returns the class of a keyword that holds for a moment and its bound when `keeps` does."""

    class Bound:
        def __init__(self, parent: dict[str, Any], value: Any, path: list[str | int]) -> None:
            self._reader = _reader(value)
            self._bound = self._reader.read(value["bound"])

        def validate(self, instance: Any) -> None:
            moment = self._reader.read(instance) if isinstance(instance, str) else None
            if moment is not None and self._bound is not None and not keeps(moment, self._bound):
                raise ValueError("out of bounds")

    return Bound


def _reader(value: Mapping[str, Any]) -> Reader:
    found = reader(value["as"], value["format"], value["timezone"])
    if found is None:
        raise ValueError("expected a format that was checked when the contract was read")
    return found


BOUNDS: Final[Mapping[str, str]] = {
    "minimum": "martechMinimum",
    "maximum": "martechMaximum",
    "exclusiveMinimum": "martechExclusiveMinimum",
    "exclusiveMaximum": "martechExclusiveMaximum",
}
"""logicalTypeOption → the keyword that compares moments."""

KEYWORDS: Final[dict[str, Any]] = {
    "martechTemporal": _Temporal,
    "martechMinimum": _bound(operator.ge),
    "martechMaximum": _bound(operator.le),
    "martechExclusiveMinimum": _bound(operator.gt),
    "martechExclusiveMaximum": _bound(operator.lt),
}
