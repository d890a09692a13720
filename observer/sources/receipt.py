"""What the corridor tells a source about one record."""

from collections.abc import Awaitable, Callable
from typing import NamedTuple, TypeAlias

from observer.model import Record


class Receipt(NamedTuple):
    """One record was judged, and what must be kept of it is written; or it is kept whole for those who judge it.

    events: how many events it held; unreadable: why it held none that could be read, or "".
    """

    events: int
    unreadable: str = ""


Submit: TypeAlias = Callable[[str, Record], Awaitable[Receipt]]
"""(source id, record) -> receipt. Raises OverloadedError where nothing more may wait, TooLargeError, QuarantineError
where what must be kept cannot be, and ObserverError where it could not be judged: nothing of it was accepted then."""
