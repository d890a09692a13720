"""A Kafka record → a record as the dialects read it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from observer.model import Record, Undecodable
from streams.quarantine.record import read_headers
from streams.wire import Unwrap, framed

RECEIVED: Final = "martech-received"
"""Header in which our collector says when it received the request, in seconds since the epoch."""
PATH: Final = "martech-path"
"""Header in which our collector says the request's path and query."""

_NONE: Final[Mapping[str, str]] = {}


class Read(NamedTuple):
    """records: in their order; refused: those that could not be unwrapped, by position."""

    records: list[Record]
    refused: dict[int, Undecodable]


def read(fetched: Sequence[Any], topic: str, partition: int, unwrap: Unwrap) -> Read:
    """Returns records of one partition as the dialects read them. unwrap: what takes a value out of a schema
    registry's frame. Raises what `unwrap` raises where the registry cannot be asked, and nothing for any bytes.
    """
    records: list[Record] = []
    refused: dict[int, Undecodable] = {}
    for number, one in enumerate(fetched):
        value = one.value
        headers = read_headers(one.headers) if one.headers else _NONE
        # What came to our collector is as its sender wrote it, whatever it begins with.
        if value is not None and framed(value) and RECEIVED not in headers:
            unwrapped = unwrap(topic, value)
            if isinstance(unwrapped, Undecodable):
                refused[number] = unwrapped
            else:
                value = unwrapped
        records.append(
            Record(
                value,
                _received(headers) if headers else None,
                one.timestamp / 1000 if one.timestamp >= 0 else None,
                headers,
                headers.get(PATH, "") if headers else "",
                (topic, partition, one.offset),
            )
        )
    return Read(records, refused)


def _received(headers: Mapping[str, str]) -> float | None:
    said = headers.get(RECEIVED)
    if said is None:
        return None
    try:
        received = float(said)
    except ValueError:
        return None
    return received if 0 < received < 1e11 else None
