"""What is kept of one record takes no more room than the record, and each event of it is still whole."""

import json
from typing import Any

import pytest

from observer.catalog import Catalog
from observer.dialects import DIALECTS
from observer.engine import Chunk, Memory, observe
from observer.model import Kept, Record

NOW = 1_795_341_602.0
EVENTS = 300
PAD = "x" * 100_000
SNOWPLOW_SCHEMA = "iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4"


def calls() -> list[Any]:
    return [{"type": "track", "event": "Nobody Knows", "messageId": f"m-{n}"} for n in range(EVENTS)]


PADDED: dict[str, tuple[str, Any]] = {
    "segment": ("/v1/batch", {"context": {"pad": PAD}, "batch": calls()}),
    "rudderstack": ("/v1/batch", {"context": {"pad": PAD}, "batch": calls()}),
    "ga4": (
        "/mp/collect",
        {"client_id": "a-1", "pad": PAD, "events": [{"name": f"nobody_{n}"} for n in range(EVENTS)]},
    ),
    "amplitude": (
        "/2/httpapi",
        {"api_key": PAD, "events": [{"event_type": "Nobody", "insert_id": f"{n}"} for n in range(EVENTS)]},
    ),
    "snowplow": (
        "/com.snowplowanalytics.snowplow/tp2",
        {"schema": SNOWPLOW_SCHEMA, "pad": PAD, "data": [{"e": "pv", "eid": f"{n}"} for n in range(EVENTS)]},
    ),
    "cloudevents": ("", [{"specversion": "1.0", "type": "nobody", "id": f"{n}"} for n in range(EVENTS)]),
    "plain": ("", [{"type": "track", "event": f"Nobody {n}"} for n in range(EVENTS)]),
}


def kept_of(catalog: Catalog, dialect: str, record: Record) -> list[Kept]:
    source = catalog.sources["web-shop"]._replace(dialect=DIALECTS[dialect], contracts={})
    own = catalog._replace(sources={"web-shop": source})
    return list(observe(Chunk("web-shop", [record]), own, Memory(), NOW).kept)


def bytes_held(kept: list[Kept]) -> int:
    """Returns the bytes of all values and envelopes, each object once."""
    objects = {id(part): part for one in kept for part in (one.value or b"", *(one.envelope or ()))}
    return sum(map(len, objects.values()))


@pytest.mark.parametrize("last", [b"", b", NaN"], ids=["read at once", "read one by one"])
@pytest.mark.parametrize("dialect", PADDED)
def test_what_the_events_share_is_held_once_and_each_is_whole(
    catalog: Catalog, dialect: str, last: bytes
) -> None:
    path, body = PADDED[dialect]
    value = json.dumps(body).encode()
    end = value.rindex(b"]")
    record = Record(value[:end] + last + value[end:], path=path)
    decoded = DIALECTS[dialect].decode(record)
    kept = kept_of(catalog, dialect, record)
    assert len(kept) == len(decoded) == EVENTS + bool(last)
    assert bytes_held(kept) <= len(record.value or b"") + 16 * len(kept)
    for one in kept:
        again = DIALECTS[dialect].decode(Record(one.whole, path=path))
        assert list(again) == [decoded[one.index]]
        assert one.whole == DIALECTS[dialect].alone(record, one.index)
        assert one.whole_bytes == len(one.whole or b"")


SINGLE = {
    "one call": json.dumps(calls()[0]).encode(),
    "a batch of one": json.dumps({"context": {"pad": 1}, "batch": calls()[:1]}).encode(),
    "what nobody can read": b'{"batch": [',
    "nothing": b"",
    "a tombstone": None,
}


@pytest.mark.parametrize("value", SINGLE.values(), ids=SINGLE)
def test_a_record_of_one_event_is_kept_as_it_came(catalog: Catalog, value: bytes | None) -> None:
    (one,) = kept_of(catalog, "segment", Record(value))
    assert (one.value, one.envelope, one.whole, one.whole_bytes) == (value, None, value, len(value or b""))


def test_another_event_of_the_batch_is_in_none_of_what_is_kept(catalog: Catalog) -> None:
    good = b'{"type": "track", "event": "Nobody Knows", "messageId": "first"}'
    again = good.replace(b"Knows", b"Minds")
    batch = b'{"batch": [' + good + b"," + good + b"," + again.replace(b"first", b"second") + b"]}"
    kept = kept_of(catalog, "segment", Record(batch))
    assert [one.index for one in kept] == [0, 2]
    assert b"Minds" not in (kept[0].whole or b"") and b"Knows" not in (kept[1].whole or b"")
