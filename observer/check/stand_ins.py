"""Dialects that only a check needs."""

from collections.abc import Callable, Sequence

from observer.dialects import Dialect
from observer.dialects.documents import BYTE_ORDER_MARK, refusal
from observer.model import Decoded, Record, Undecodable


class Reading:
    """A dialect of which only the reading is used: a check keeps no event, so none is cut out of its batch."""

    def __init__(self, dialect: Dialect) -> None:
        self.name = dialect.name
        self.fields = dialect.fields
        self.decode: Callable[[Record], Sequence[Decoded]] = dialect.decode
        self.recognises: Callable[[Record], int] = dialect.recognises

    def alone(self, record: Record, index: int) -> bytes | None:
        """Returns None."""
        return None


class Unrecognised:
    """Stands in where no dialect knows the records: each of them is undecodable, and says why."""

    name = "unrecognised"
    fields: tuple[tuple[str, str], ...] = ()

    def decode(self, record: Record) -> list[Decoded]:
        """Returns one Undecodable: what is no JSON although it begins so, or no text, is told as that."""
        value = (record.value or b"").removeprefix(BYTE_ORDER_MARK)
        stripped = value.strip()
        if stripped == b"[]":
            return [Undecodable("empty_batch", "$", "an event", "empty array")]
        if not stripped or stripped[:1] in (b"{", b"[") or not _is_text(value):
            unreadable = refusal(value)
            if unreadable is not None:
                return [unreadable]
        return [Undecodable("unrecognised", "$", "a record of a known dialect", "another record")]

    def alone(self, record: Record, index: int) -> bytes | None:
        """Returns the record's value."""
        return record.value

    def recognises(self, record: Record) -> int:
        """Returns 0: it knows nothing."""
        return 0


def _is_text(value: bytes) -> bool:
    try:
        value.decode()
    except UnicodeDecodeError:
        return False
    return True
