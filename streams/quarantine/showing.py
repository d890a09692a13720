"""Listing and showing what the quarantine topic holds: masked for everybody, whole for who gives a reason that is
written down first."""

import heapq
from collections.abc import Mapping
from typing import Final, NamedTuple

from observer.privacy import Json
from observer.quarantine.access import AccessLog, Who, checked_reason
from observer.quarantine.show import masked_event, revealed_event, whole_bytes
from streams.quarantine.choosing import Chosen, Found, found, read_id, summary, unknown
from streams.quarantine.reading import Range, TopicReader

MARGIN: Final = 60.0
"""Seconds by which a record's own time may lie before the time its event was observed: clocks get set."""


class Listing(NamedTuple):
    """The newest events that fit. more: whether there are others; foreign: records that no worker of ours wrote."""

    events: list[Found]
    more: bool
    foreign: int


async def newest(reader: TopicReader, chosen: Chosen, limit: int) -> Listing:
    """Returns the newest `limit` events that fit, newest first.

    Reads each partition from its end back until it has enough, so that a long topic costs no more than a short one.
    Holds `limit` events of each partition at most.
    """
    fitting: list[Found] = []
    foreign = 0
    for partition, span in (await spans(reader, chosen)).items():
        taken = 0
        async for records in reader.backward(partition, span):
            for one in found(records):
                if one is None:
                    foreign += 1
                elif taken <= limit and chosen.takes(one.event):
                    fitting.append(one)
                    taken += 1
            if taken > limit:
                break
    best = heapq.nlargest(limit, fitting, key=_age)
    return Listing(best, len(fitting) > limit, foreign)


async def spans(reader: TopicReader, chosen: Chosen) -> Mapping[int, Range]:
    """Returns what to read of each partition for the events that fit: no more than from `chosen.since` on."""
    ranges = await reader.ranges()
    if chosen.since is None or not ranges:
        return ranges
    begin = await reader.since(chosen.since - MARGIN)
    return {
        partition: Range(max(span.first, begin[partition]), span.next) for partition, span in ranges.items()
    }


async def event(reader: TopicReader, id_: str) -> Found:
    """Returns the event of an id. Raises QuarantineError where there is none, or no longer."""
    record = await reader.one(*await _place(reader, id_))
    one = next(found([record])) if record is not None else None
    if one is None:
        raise unknown(reader.topic)
    return one


async def reveal(reader: TopicReader, id_: str, reason: str, log: AccessLog, who: Who, at: float) -> Found:
    """Returns one event, whole, after the access log says who saw it, when and why.

    Raises QuarantineError when the reason is empty, there is no such event, or the log cannot be written: then
    nothing is read.
    """
    reason = checked_reason(reason)
    await _place(reader, id_)
    log.write("reveal", who, at, {"topic": reader.topic, "id": id_, "reason": reason})
    return await event(reader, id_)


def masked(one: Found) -> dict[str, Json]:
    """Returns what may be shown of an event to everybody: its findings, and its shape without a value."""
    key = one.event.original.key
    shown = {
        **summary(one),
        **masked_event(one.event.kept),
        "key_bytes": len(key) if key is not None else None,
    }
    return shown | _described(one)


def revealed(one: Found) -> dict[str, Json]:
    """Returns all of an event, its original key and every original header in order."""
    original = one.event.original
    return {
        **summary(one),
        **revealed_event(one.event.kept),
        "key": whole_bytes(original.key),
        "original_headers": [[name, whole_bytes(value)] for name, value in original.headers],
        **_described(one),
    }


def _described(one: Found) -> dict[str, Json]:
    described = one.event.described
    return {} if described is None else {"described": {name: str(value) for name, value in described.items()}}


def _age(one: Found) -> tuple[float, int, int]:
    return one.event.kept.observed, one.partition, one.offset


async def _place(reader: TopicReader, id_: str) -> tuple[int, int]:
    place = read_id(id_)
    span = (await reader.ranges()).get(place[0]) if place is not None else None
    if place is None or span is None or not span.first <= place[1] < span.next:
        raise unknown(reader.topic)
    return place
