"""Seeded events with known faults, as they lie in the partitions of one topic.

A record may hold an event that is valid, breaks its contract, is claimed by none or cannot be read; several events at
once; an event that came before, a moment or long ago, in the same partition or in another. Some are late.
"""

import json
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple

KINDS = (
    "wrong type", "missing property", "unknown event", "cut off", "no consent", "signal malformed", "late",
    "twice at once", "twice after long", "twice in two partitions", "three at once", "headers", "no id",
)  # fmt: skip
"""Each is one record of a hundred; the rest is valid."""
SPREAD_SECONDS = 1_200
LATE_SECONDS = 4_000
LONG_AGO = 20_000


class Sent(NamedTuple):
    """One record. timestamp: milliseconds since the epoch."""

    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes], ...]
    timestamp: int


@cache
def traffic(seed: int, count: int, partitions: int, base: float) -> Sequence[Sequence[Sent]]:
    """Returns `count` records over `partitions` partitions. base: received time of the first, in seconds."""
    chance = random.Random(seed)
    lying: list[list[Sent]] = [[] for _ in range(partitions)]
    for number in range(count):
        partition = chance.randrange(partitions)
        received = base + number * SPREAD_SECONDS / count
        kind = KINDS[roll] if (roll := chance.randrange(100)) < len(KINDS) else ""
        before = lying[partition]
        if kind.startswith("twice") and before:
            first = before
            if kind == "twice in two partitions":
                first = lying[(partition + 1) % partitions] or before
            back = LONG_AGO if kind == "twice after long" else 50
            sent = first[chance.randrange(max(0, len(first) - back), len(first))]
        else:
            sent = _sent(seed, number, kind, received, chance)
        before.append(sent._replace(timestamp=int(received * 1000)))
    return lying


def _sent(seed: int, number: int, kind: str, received: float, chance: random.Random) -> Sent:
    if kind == "late":
        received -= LATE_SECONDS
    key = b"person-%d" % (number % 997)
    event = _event(seed, number, received)
    headers: tuple[tuple[str, bytes], ...] = ()
    if kind == "wrong type":
        event["properties"]["total"] = "a lot"
    elif kind == "missing property":
        del event["properties"]["order_id"]
    elif kind == "unknown event":
        event["event"] = "Order Dreamt"
    elif kind == "no consent":
        del event["context"]["consent"]
    elif kind == "signal malformed":
        event["context"]["consent"] = {"tcString": "C" + chance.randbytes(9).hex()}
    elif kind == "no id":
        del event["messageId"]
    elif kind == "headers":
        headers = (("trace", b"%d" % number), ("trace", b"again"), ("bytes", b"\xff\xfe"))
    if kind == "three at once":
        events = [event, *(_event(seed, number, received, part) for part in (1, 2))]
        events[1]["properties"]["total"] = "a lot"
        event = {"batch": events, "sentAt": event["sentAt"]}
    value = json.dumps(event, separators=(",", ":")).encode()
    return Sent(key, value[:-7] if kind == "cut off" else value, headers, int(received * 1000))


def _event(seed: int, number: int, received: float, part: int = 0) -> dict[str, Any]:
    return {
        "type": "track",
        "event": "Order Completed",
        "messageId": f"m-{seed}-{number}-{part}",
        "anonymousId": f"a-{number % 5000}",
        "originalTimestamp": _told(received - 1.2),
        "sentAt": _told(received - 0.2),
        "receivedAt": _told(received),
        "integrations": {"All": True, "Mixpanel": number % 2 == 0},
        "context": {
            "library": {"name": "analytics.js", "version": "next-1.81.0"},
            "consent": {"categoryPreferences": {"advertising": number % 3 != 0, "analytics": True}},
        },
        "properties": {
            "order_id": f"ML-{number % 100_000_000:08d}",
            "total": 293.8,
            "currency": "EUR",
            "products": [{"product_id": "LAMP-ARC-02", "price": 189.9, "quantity": 1}],
        },
    }


def _told(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def poison() -> Iterator[tuple[str, Sent]]:
    """Yields bytes of every kind that have stopped a consumer somewhere, each with its name."""
    deep = b'{"a":' * 5_000 + b"1" + b"}" * 5_000
    values: dict[str, bytes | None] = {
        "a tombstone": None,
        "nothing": b"",
        "white space": b" \n",
        "a byte order mark": b"\xef\xbb\xbf{}",
        "no UTF-8": b"\xff\xfe\xfa",
        "half a character": b'{"event":"\xc3"}',
        "a lone surrogate": b'{"type":"track","event":"\\ud800","messageId":"\\udfff"}',
        "null bytes": b'{"type":"track","event":"\\u0000","messageId":"a\\u0000b"}',
        "a number": b"17",
        "a huge number": b"9" * 5_000,
        "a list": b"[1,2]",
        "an empty batch": b'{"batch":[]}',
        "a batch of nonsense": b'{"batch":[1,null,[],{}]}',
        "too deep": deep,
        "a schema id nobody knows": b"\x00\x00\x00\x00\x07{}",
        "gzip": b"\x1f\x8b\x08\x00\x00\x00\x00\x00",
        "an infinite number": b'{"type":"track","event":"Order Completed","properties":{"total":1e999}}',
        "times far away": b'{"type":"track","event":"E","receivedAt":"9999-12-31T23:59:59Z"}',
        "times that are none": b'{"type":"track","event":"E","receivedAt":"0000-00-00T99:99:99Z","sentAt":{}}',
        "a long id": b'{"type":"track","event":"E","messageId":"' + b"x" * 100_000 + b'"}',
        "half a megabyte": b'{"type":"track","event":"E","properties":{"a":"' + b"y" * 500_000 + b'"}}',
    }
    for name, value in values.items():
        yield name, Sent(b"k", value, (), 0)
    for name, headers in {
        "headers of no text": (("\u00e9\u0000", b"\xff"), ("content-type", b"\xff")),
        "headers of ours": (("martech.original.headers", b"9"), ("martech.version", b"0")),
        "a header of CloudEvents": (("ce_id", b""), ("ce_specversion", b"9")),
        "a time of the collector that is none": (("martech-received", b"nan"),),
    }.items():
        yield name, Sent(b"k", b'{"type":"track","event":"E"}', headers, 0)
