"""GA4 Measurement Protocol: golden cases, and what a case cannot show."""

import pytest
from golden_cases import becomes, expected_of, names_of

from observer.dialects.ga4 import MeasurementProtocol
from observer.model import Event, Record, Undecodable

GA4 = MeasurementProtocol()


@pytest.mark.parametrize("name", names_of("ga4"))
def test_golden_case(name: str) -> None:
    assert becomes(GA4, name) == expected_of("ga4", name)


def test_there_are_enough_golden_cases() -> None:
    assert len(names_of("ga4")) >= 6


def test_each_of_25_events_is_one_event() -> None:
    events = b",".join(b'{"name":"view_item","params":{"n":%d}}' % n for n in range(25))
    decoded = GA4.decode(Record(b'{"client_id":"1.2","events":[' + events + b"]}"))
    assert [bytes(one.payload) for one in decoded if isinstance(one, Event)] == [
        b'{"n":%d}' % n for n in range(25)
    ]


WHOLE = {
    "no events": (b'{"client_id":"1.2"}', "empty_batch"),
    "events that are no list": (b'{"client_id":"1.2","events":{"name":"a"}}', "empty_batch"),
    "an array": (b"[]", "not_an_object"),
    "cut off": (b'{"client_id":"1.2","events":[{"name"', "not_json"),
    "a tombstone": (None, "tombstone"),
    "nothing": (b"", "empty"),
}


@pytest.mark.parametrize(("value", "reason"), WHOLE.values(), ids=WHOLE)
def test_what_cannot_be_read_says_why(value: bytes | None, reason: str) -> None:
    (decoded,) = GA4.decode(Record(value))
    assert isinstance(decoded, Undecodable)
    assert decoded.reason == reason


def test_alone_keeps_what_the_body_says_of_all() -> None:
    record = Record(
        b'{"client_id":"1.2","events":[{"name":"a"},{ "name":"b"}],"consent":{"ad_user_data":"DENIED"}}'
    )
    assert (
        GA4.alone(record, 1)
        == b'{"client_id":"1.2","consent":{"ad_user_data":"DENIED"},"events":[{ "name":"b"}]}'
    )


def test_a_time_beyond_all_time_is_told() -> None:
    (event,) = GA4.decode(
        Record(b'{"client_id":"1.2","timestamp_micros":' + b"9" * 400 + b',"events":[{"name":"a"}]}')
    )
    assert isinstance(event, Event)
    assert (event.created, [found.path for found in event.problems]) == (None, ["$.timestamp_micros"])
