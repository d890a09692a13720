"""Taking every event out of its record costs as much as reading the record a few times, however many there are."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from observer.dialects import DIALECTS, snowplow_webhook
from observer.dialects import splitting as splitter
from observer.dialects.base import Sharing
from observer.model import Record

EVENTS = 120
SHARED = {"pad": "x" * 500}
PAYLOAD_DATA = "iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4"
WEBHOOK = "/com.snowplowanalytics.iglu/v1?schema=iglu:example.maison-lumiere/lead_scored/jsonschema/1-0-0"


def call(number: int) -> dict[str, Any]:
    return {"type": "track", "event": "Nobody Knows", "messageId": f"m-{number}"}


def cloudevent(number: int) -> dict[str, Any]:
    return {"specversion": "1.0", "type": "nobody.knows", "id": str(number), "source": "/tills"}


Body = Callable[[list[Any]], Any]
One = Callable[[int], dict[str, Any]]
MANY: dict[str, tuple[str, str, Body, One]] = {
    "segment": ("segment", "/v1/batch", lambda all_: {"context": SHARED, "batch": all_}, call),
    "rudderstack": ("rudderstack", "/v1/batch", lambda all_: {"context": SHARED, "batch": all_}, call),
    "ga4": (
        "ga4", "/mp/collect", lambda all_: {"client_id": "a-1", "more": SHARED, "events": all_},
        lambda number: {"name": f"nobody_knows_{number}"},
    ),
    "amplitude": (
        "amplitude", "/2/httpapi", lambda all_: {"api_key": "k", "options": SHARED, "events": all_},
        lambda number: {"event_type": "Nobody Knows", "insert_id": str(number)},
    ),
    "snowplow": (
        "snowplow", "/com.snowplowanalytics.snowplow/tp2",
        lambda all_: {"schema": PAYLOAD_DATA, "more": SHARED, "data": all_},
        lambda number: {"e": "pv", "eid": str(number)},
    ),
    "snowplow, without its schema": (
        "snowplow", "/com.snowplowanalytics.snowplow/tp2", lambda all_: {"more": SHARED, "data": all_},
        lambda number: {"e": "pv", "eid": str(number)},
    ),
    "snowplow, the webhook": ("snowplow", WEBHOOK, list, lambda number: {"lead": f"P-{number}"}),
    "cloudevents": ("cloudevents", "", list, cloudevent),
    "plain": ("plain", "", list, lambda number: {"type": "track", "event": "Nobody Knows", "id": str(number)}),
}  # fmt: skip
SINGLE = {"snowplow_enriched", "snowplow_json", "snowplow_bad_rows"}
"""Dialects whose records hold one event each."""

WRITTEN: dict[str, Callable[[bytes], bytes]] = {
    "as it is": lambda value: value,
    "with blanks around it": lambda value: b"\r\n " + value + b"\n",
    "with a number that is none": lambda value: value.replace(b'"1"', b"NaN").replace(
        b'-1"', b'-1", "x": NaN'
    ),
}


def record_of(kind: str, written: str, events: int = EVENTS) -> Record:
    """Returns a record of many events."""
    _, path, body, one = MANY[kind]
    value = json.dumps(body([one(number) for number in range(events)])).encode()
    return Record(WRITTEN[written](value), path=path)


class Counting:
    """A decoder that counts the bytes it is given."""

    def __init__(self, decoder: Any, read: list[int]) -> None:
        self._decoder = decoder
        self._read = read

    def decode(self, value: bytes) -> Any:
        self._read.append(len(value))
        return self._decoder.decode(value)


def bytes_read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Returns what becomes the list of the lengths of all that is taken apart from now on."""
    read: list[int] = []
    honest = splitter._parts

    def parts(value: bytes, opening: bytes, closing: bytes) -> list[bytes] | None:
        read.append(len(value))
        return honest(value, opening, closing)

    monkeypatch.setattr(splitter, "_OBJECT", Counting(splitter._OBJECT, read))
    monkeypatch.setattr(splitter, "_ARRAY", Counting(splitter._ARRAY, read))
    monkeypatch.setattr(splitter, "_parts", parts)
    return read


def test_every_dialect_is_looked_at() -> None:
    assert {dialect for dialect, *_ in MANY.values()} | SINGLE == set(DIALECTS)


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("kind", MANY)
def test_a_record_is_taken_apart_once_for_all_of_its_events(
    monkeypatch: pytest.MonkeyPatch, kind: str, written: str
) -> None:
    dialect, record = DIALECTS[MANY[kind][0]], record_of(kind, written)
    decoded = dialect.decode(record)
    assert len(decoded) == EVENTS
    read = bytes_read(monkeypatch)
    alone = [dialect.alone(record, index) for index in range(EVENTS)]
    # As an object and as an array, by either way of reading, and once more for what kind of object it is.
    assert sum(read) <= 6 * len(record.value or b"")
    monkeypatch.undo()
    for index in (0, 1, EVENTS // 2, EVENTS - 1):
        assert list(dialect.decode(Record(alone[index], path=record.path))) == [decoded[index]]


def test_a_list_with_blanks_around_it_is_trimmed_once_for_all_of_its_events(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each trimmed copy would have to be compared with the list that is remembered."""
    record = record_of("snowplow, the webhook", "with blanks around it", events=EVENTS + 1)
    asked: list[bytes] = []

    def split(value: bytes) -> tuple[bytes, ...] | None:
        asked.append(value)
        return splitter.split_array(value)

    monkeypatch.setattr(snowplow_webhook, "split_array", split)
    for index in range(EVENTS):
        DIALECTS["snowplow"].alone(record, index)
    assert len(asked) == 1


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("kind", [kind for kind in MANY if isinstance(DIALECTS[MANY[kind][0]], Sharing)])
def test_a_cut_is_what_stands_alone_and_its_envelope_one_object(kind: str, written: str) -> None:
    dialect, record = DIALECTS[MANY[kind][0]], record_of(kind, written)
    assert isinstance(dialect, Sharing)
    cuts = [dialect.cut(record, index) for index in range(EVENTS)]
    if MANY[kind][1] == WEBHOOK:
        assert cuts == [None] * EVENTS
        return
    assert len({id(cut.envelope) for cut in cuts if cut}) == 1
    assert [cut and cut.whole for cut in cuts] == [dialect.alone(record, index) for index in range(EVENTS)]


@pytest.mark.parametrize("kind", [kind for kind in MANY if isinstance(DIALECTS[MANY[kind][0]], Sharing)])
def test_a_record_of_one_event_is_not_cut(kind: str) -> None:
    dialect, record = DIALECTS[MANY[kind][0]], record_of(kind, "as it is", events=1)
    assert isinstance(dialect, Sharing)
    assert dialect.cut(record, 0) is None
    assert dialect.alone(record, 0) == record.value


SHARING = {"segment", "rudderstack", "ga4", "amplitude", "snowplow"}


@pytest.mark.parametrize("dialect", sorted(DIALECTS))
def test_a_dialect_whose_events_share_more_than_brackets_can_cut_them(dialect: str) -> None:
    assert isinstance(DIALECTS[dialect], Sharing) == (dialect in SHARING)
