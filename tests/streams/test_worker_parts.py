"""What the workers decide without a broker: positions, pace, routes, records, lag."""

import re
from collections import deque
from typing import Any, NamedTuple

import pytest

from observer.catalog import Catalog
from observer.errors import ObserverError
from observer.model import Undecodable
from streams.commands import Command, decoded, obeyed
from streams.health import WINDOW, Sample, Status, status
from streams.pacing import STRETCH_SECONDS, Pace, cut
from streams.position import Ends, Policy, TruncatedError, starting
from streams.reading import read
from streams.routing import sources_of, subscription
from streams.wire import framed, schema_id, unwrap_json


class Fetched(NamedTuple):
    """What a consumer gives, as far as it is read."""

    value: bytes | None
    offset: int = 0
    timestamp: int = 1_795_000_000_500
    headers: tuple[tuple[str, bytes], ...] = ()


STARTS: dict[str, tuple[int | None, Ends, Policy, int]] = {
    "nobody has read, from the first": (None, Ends(3, 9), "earliest", 3),
    "nobody has read, from the next": (None, Ends(3, 9), "latest", 9),
    "where it was committed": (5, Ends(3, 9), "latest", 5),
    "at the end": (9, Ends(3, 9), "earliest", 9),
    "what was removed unread belongs to the next chunk": (1, Ends(3, 9), "earliest", 1),
}


@pytest.mark.parametrize(("committed", "ends", "policy", "position"), STARTS.values(), ids=STARTS)
def test_where_reading_begins(committed: int | None, ends: Ends, policy: Policy, position: int) -> None:
    assert starting("t/0", committed, ends, policy) == position


def test_a_log_that_ends_before_what_was_read_is_refused() -> None:
    with pytest.raises(TruncatedError) as caught:
        starting("t/0", 10, Ends(0, 9), "earliest")
    assert isinstance(caught.value, ObserverError)
    assert "offset 10" in caught.value.told("en") and "9" in caught.value.told("fr")


def _window(*samples: tuple[int, int, float]) -> deque[Sample]:
    return deque(Sample(*sample) for sample in samples)


def _long(offset: int, advance: int, lag: int, more: int) -> deque[Sample]:
    return _window(*((offset + advance * n, lag + more * n, 10.0 * n) for n in range(WINDOW)))


STATUSES = {
    "nothing was seen yet": (_window(), 5.0, 7, Status.OK),
    "nothing is left": (_long(0, 0, 9, 0), 500.0, 0, Status.OK),
    "it advances and catches up": (_long(0, 10, 90, -5), 95.0, 40, Status.OK),
    "it advances and falls behind": (_long(0, 10, 90, 5), 95.0, 140, Status.WARN),
    "it advances and is as far behind as before": (_long(0, 10, 90, 0), 95.0, 90, Status.WARN),
    "it stands while more comes": (_long(50, 0, 9, 1), 95.0, 20, Status.STALL),
    "it stands and as much is left": (_long(50, 0, 9, 0), 95.0, 9, Status.STALL),
    "once it was at the end": (
        _window(*((n, 0 if n == 4 else 9 + n, 10.0 * n) for n in range(WINDOW))), 95.0, 20, Status.OK,
    ),
    "too little was seen to tell": (_window((0, 5, 0.0), (0, 6, 10.0)), 15.0, 6, Status.OK),
    "silent for longer than the window took": (_long(0, 10, 90, -5), 181.0, 40, Status.STOP),
    "silent for as long as the window took": (_long(0, 10, 90, -5), 180.0, 40, Status.OK),
    "it went back": (_window((10, 5, 0.0), (4, 11, 10.0)), 15.0, 11, Status.REWIND),
}  # fmt: skip


@pytest.mark.parametrize(("window", "now", "lag", "expected"), STATUSES.values(), ids=STATUSES)
def test_status_by_the_rules_of_burrow(window: deque[Sample], now: float, lag: int, expected: Status) -> None:
    assert status(window, now, lag) is expected


def test_the_pace_follows_what_a_record_costs() -> None:
    pace = Pace(5_000)
    assert pace.records == 500
    pace.judged(500, 0.005)
    assert pace.records == 5_000
    pace.judged(1_000, 1.0)
    assert pace.records == int(STRETCH_SECONDS / 0.001)
    for _ in range(50):
        pace.judged(100, 0.001)
    assert pace.records == 5_000
    pace.judged(1, 60.0)
    assert pace.records == 1


def test_a_chunk_is_cut_by_records_and_by_bytes() -> None:
    def sizes(most_records: int, most_bytes: int, *values: int) -> tuple[int, int]:
        part, rest = cut([Fetched(b"x" * size) for size in values], most_records, most_bytes)
        return len(part), len(rest)

    assert sizes(2, 100, 1, 1, 1) == (2, 1)
    assert sizes(9, 10, 6, 6, 6) == (1, 2)
    assert sizes(9, 10, 60, 6) == (1, 1)
    assert sizes(9, 100, 1, 1) == (2, 0)


def test_a_topic_leads_to_its_source(catalog: Catalog) -> None:
    source = catalog.sources["web-shop"]
    shop = catalog._replace(
        sources={
            "web-shop": source._replace(topics=("tracking.web-shop", "/shop[.].+/")),
            "tills": catalog.sources["tills"]._replace(topics=("/.*[.]till/",)),
        }
    )
    assert sources_of(shop, "tracking.web-shop") == ["web-shop"]
    assert sources_of(shop, "shop.till") == ["web-shop", "tills"]
    assert sources_of(shop, "other") == []
    pattern = re.compile(subscription(shop, "martech."))
    found = [
        topic
        for topic in (
            "tracking.web-shop",
            "tracking.web-shop2",
            "shop.fr",
            "martech.till",
            "__a.till",
            "a.till",
        )
        if pattern.match(topic)
    ]
    assert found == ["tracking.web-shop", "shop.fr", "a.till"]
    assert not re.compile(subscription(catalog._replace(sources={}), "martech.")).match("anything")


def test_a_record_as_the_dialects_read_it() -> None:
    fetched: list[Any] = [
        Fetched(b"{}", 7, headers=(("CE_Type", b"order"), ("ce_type", b"last"), ("raw", b"\xff"))),
        Fetched(None, 8),
        Fetched(b"", 9, timestamp=-1),
        Fetched(b"\x00\x00\x00\x00\x2a[1]", 10),
        Fetched(b"\x00\x00\x00\x00\x2a\x02\x08", 11),
        Fetched(b"{}", 12, headers=(("martech-received", b"1795000001.25"), ("martech-path", b"/v1/t?x=1"))),
        Fetched(b"{}", 13, headers=(("martech-received", b"soon"),)),
    ]
    records, refused = read(fetched, "t", 2, unwrap_json)
    assert [record.place for record in records] == [("t", 2, offset) for offset in range(7, 14)]
    assert [record.value for record in records] == [
        b"{}", None, b"", b"[1]", b"\x00\x00\x00\x00\x2a\x02\x08", b"{}", b"{}",
    ]  # fmt: skip
    assert records[0].headers["ce_type"] == "last"
    assert [record.timestamp for record in records[:3]] == [1_795_000_000.5, 1_795_000_000.5, None]
    assert (records[5].received, records[5].path) == (1_795_000_001.25, "/v1/t?x=1")
    assert records[6].received is None
    assert {number: one.reason for number, one in refused.items()} == {4: "no_registry"}


def test_a_frame_is_a_zero_byte_and_a_number() -> None:
    assert framed(b"\x00\x00\x00\x01\x00{}")
    assert not framed(b"\x00\x00\x00\x01\x00")
    assert not framed(b'{"a": 1}')
    assert schema_id(b"\x00\x00\x00\x01\x02{}") == 258
    assert isinstance(unwrap_json("t", b"\x00\x00\x00\x00\x01nonsense"), Undecodable)


def test_commands_are_understood_or_left() -> None:
    paused: set[str] = set()
    obeyed(paused, Command("pause", "tills"))
    obeyed(paused, Command("reload"))
    assert paused == {"tills"}
    obeyed(paused, Command("resume", "tills"))
    assert not paused
    assert decoded(b'{"command":"pause","source":"tills"}') == Command("pause", "tills")
    assert [
        decoded(value) for value in (None, b"", b"{}", b'{"command":"stop"}', b'{"command":"pause","v":2}')
    ] == [None] * 5
