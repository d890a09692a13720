"""Segment: golden cases, and what a case cannot show."""

from typing import Any

import msgspec
import pytest
from golden_cases import becomes, expected_of, names_of

from observer.dialects.segment import Segment
from observer.model import Event, Record, Signal, Undecodable

SEGMENT = Segment()


def call(**changes: Any) -> bytes:
    good = {
        "type": "track",
        "event": "Order Completed",
        "messageId": "m-1",
        "properties": {"order_id": "CMD-1"},
    }
    return msgspec.json.encode(good | changes)


def one(value: bytes, path: str = "") -> Event:
    (decoded,) = SEGMENT.decode(Record(value, path=path))
    assert isinstance(decoded, Event)
    return decoded


@pytest.mark.parametrize("name", names_of("segment"))
def test_golden_case(name: str) -> None:
    assert becomes(SEGMENT, name) == expected_of("segment", name)


def test_there_are_enough_golden_cases() -> None:
    assert len(names_of("segment")) >= 6


PATHS = {
    "/v1/t": "track",
    "/v1/track": "track",
    "/v1/p?writeKey=k": "page",
    "/v1/page/": "",
    "/v1/i": "identify",
    "/v1/g": "group",
    "/v1/a": "alias",
    "/v1/s": "screen",
    "/proxy/v1/screen": "screen",
    "/v1/b": "",
    "": "",
}


@pytest.mark.parametrize(("path", "kind"), PATHS.items(), ids=PATHS)
def test_the_path_names_the_call_where_the_body_does_not(path: str, kind: str) -> None:
    (decoded,) = SEGMENT.decode(Record(call(type=None), path=path))
    assert (decoded.kind if isinstance(decoded, Event) else decoded.reason) == (kind or "no_type")


def test_the_body_wins_over_the_path() -> None:
    assert one(call(type="page", name="Accueil"), "/v1/t").kind == "page"


def test_properties_keep_their_bytes() -> None:
    raw = b'{ "total": 1.00, "note":"caf\xc3\xa9", "huge": 1e400 }'
    assert bytes(one(b'{"type":"track","event":"e","properties":' + raw + b"}").payload) == raw


def test_of_a_key_that_stands_twice_the_last_one_counts() -> None:
    event = one(b'{"type":"track","event":"first","event":"second","properties":{},"properties":{"a":1}}')
    assert (event.name, bytes(event.payload)) == ("second", b'{"a":1}')


CONSENTS = {
    "absent": (b"", False),
    "null": (b'"consent":null', False),
    "an empty object": (b'"consent":{}', False),
    "an empty object with blanks": (b'"consent":{ \n }', False),
    "categories": (b'"consent":{"categoryPreferences":{"a":true}}', True),
    "no categories": (b'"consent":{"categoryPreferences":{}}', True),
    "a word is kept for the consent room to refuse": (b'"consent":"all"', True),
    "an array is kept for the consent room to refuse": (b'"consent":[]', True),
}


@pytest.mark.parametrize(("consent", "is_signal"), CONSENTS.values(), ids=CONSENTS)
def test_consent(consent: bytes, is_signal: bool) -> None:
    event = one(b'{"type":"track","event":"e","context":{' + consent + b"}}")
    raw = consent.partition(b":")[2]
    assert event.signals == ((Signal("segment", raw),) if is_signal else ())


def test_an_item_that_says_null_does_not_take_the_consent_of_its_batch() -> None:
    """Consent that a call takes back must not come in again by the batch."""
    value = (
        b'{"batch":[{"type":"track","event":"e","context":{"consent":null}}],'
        b'"context":{"consent":{"categoryPreferences":{"a":true}}}}'
    )
    assert one(value).signals == ()


VIOLATIONS = {
    "a type that is known": ({"violationType": "Required"}, "Required"),
    "a type that is not known": ({"violationType": "camille@maison-lumiere.example"}, "_other"),
    "no type": ({}, "_other"),
    "a type of another kind": ({"violationType": {"a": 1}}, "_other"),
}


@pytest.mark.parametrize(("properties", "reason"), VIOLATIONS.values(), ids=VIOLATIONS)
def test_a_forwarded_violation_has_a_bounded_reason(properties: dict[str, Any], reason: str) -> None:
    assert one(call(event="Violation Generated", properties=properties)).upstream == (("segment", reason),)


def test_a_page_of_that_name_is_no_violation() -> None:
    assert one(call(type="page", name="Violation Generated")).upstream == ()


def test_one_event_of_fifty_with_nan_leaves_the_others_whole() -> None:
    items = [call(messageId=f"m-{i}") for i in range(50)]
    items[7] = b'{"type":"track","event":"e","properties":{"total":NaN}}'
    decoded = SEGMENT.decode(Record(b'{"batch":[' + b",".join(items) + b"]}"))
    assert decoded[7] == Undecodable("not_json", "$", "JSON", "other bytes")
    assert [one.message_id for one in decoded if isinstance(one, Event)] == [
        f"m-{i}" for i in range(50) if i != 7
    ]


BAD_ITEMS = {
    "too deep": (
        b'{"type":"track","event":"e","properties":{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}}",
        "too_deep",
    ),
    "half a surrogate pair": (b'{"type":"track","event":"e","properties":{"a":"\\ud83d"}}', "wrong_encoding"),
    "half a surrogate pair before a text": (
        b'{"type":"track","event":"e\\ud83d, then","properties":{}}',
        "wrong_encoding",
    ),
    "Latin-1": ('{"type":"track","event":"e","properties":{"a":"café"}}'.encode("latin-1"), "wrong_encoding"),
    "Infinity": (b'{"type":"track","event":"e","properties":{"a":Infinity}}', "not_json"),
    "a word": (b"oops", "not_json"),
}


@pytest.mark.parametrize(("item", "reason"), BAD_ITEMS.values(), ids=BAD_ITEMS)
def test_a_bad_item_costs_itself_only(item: bytes, reason: str) -> None:
    value = (
        b'{"batch":['
        + call()
        + b","
        + item
        + b","
        + call(messageId="m-3")
        + b'],"sentAt":"2026-11-22T10:00:00Z"}'
    )
    first, second, third = SEGMENT.decode(Record(value))
    assert isinstance(first, Event) and isinstance(third, Event)
    assert isinstance(second, Undecodable)
    assert (second.reason, third.message_id, third.sent) == (reason, "m-3", 1795341600.0)


@pytest.mark.parametrize("item", [item for item, _ in BAD_ITEMS.values()], ids=list(BAD_ITEMS))
def test_a_bad_item_alone_is_as_bad(item: bytes) -> None:
    record = Record(b'{"batch":[' + call() + b"," + item + b'],"sentAt":"2026-11-22T10:00:00Z"}')
    lone = SEGMENT.alone(record, 1)
    assert lone is not None and item in lone
    assert SEGMENT.decode(Record(lone)) == [SEGMENT.decode(record)[1]]


def test_alone_keeps_the_bytes_of_the_event_and_the_whole_envelope() -> None:
    record = Record(
        b'{"sentAt" : "2026-11-22T10:00:00Z","batch":[ {"a" :1}, {"type":"track"} ],"writeKey":"k"}'
    )
    assert SEGMENT.alone(record, 0) == b'{"sentAt":"2026-11-22T10:00:00Z","writeKey":"k","batch":[{"a" :1}]}'


LONE = {
    "a single call": call(),
    "a batch of one": b'{"batch":[{}]}',
    "no JSON": b"{",
    "a tombstone": None,
    "empty": b"",
}


@pytest.mark.parametrize("value", LONE.values(), ids=LONE)
def test_what_cannot_be_taken_apart_stays_as_it_came(value: bytes | None) -> None:
    assert SEGMENT.alone(Record(value), 0) == value


WHOLE = {
    "a tombstone": (None, "tombstone"),
    "nothing": (b"", "empty"),
    "blanks": (b" \r\n\t", "empty"),
    "cut off": (call()[:-5], "not_json"),
    "a batch cut off": (b'{"batch":[' + call() + b",", "not_json"),
    "something after the end": (call() + b"x", "not_json"),
    "UTF-16": (call().decode().encode("utf-16"), "wrong_encoding"),
    "an escaped backslash before a word in something that is no JSON": (
        b'{"event":"\\\\ud83d",}',
        "not_json",
    ),
    "a whole surrogate pair in something that is no JSON": (b'{"event":"\\ud83d\\udca1",}', "not_json"),
    "a key in Latin-1": (b'{"caf\xe9":1,"type":"track","event":"e"}', "wrong_encoding"),
    "an array": (b"[" + call() + b"]", "not_an_object"),
    "a text": (b'"track"', "not_an_object"),
    "an empty batch": (b'{"batch":[]}', "empty_batch"),
    "a batch that is no list": (b'{"batch":{"type":"track"}}', "empty_batch"),
    "nested 100,000 deep": (b"[" * 100_000, "too_deep"),
    "no name": (call(event=""), "no_name"),
    "a name of another kind": (call(event={}), "no_name"),
    "an unknown call": (call(type="purchase"), "unknown_type"),
    "a merge, which Segment does not have": (call(type="merge"), "unknown_type"),
    "a type of another kind": (call(type=[]), "no_type"),
}


@pytest.mark.parametrize(("value", "reason"), WHOLE.values(), ids=WHOLE)
def test_what_cannot_be_read_says_why(value: bytes | None, reason: str) -> None:
    (decoded,) = SEGMENT.decode(Record(value))
    assert isinstance(decoded, Undecodable)
    assert decoded.reason == reason


def test_a_byte_order_mark_is_passed_over() -> None:
    assert one(b"\xef\xbb\xbf" + call()).name == "Order Completed"


def test_escaped_text_and_whole_surrogate_pairs_are_read() -> None:
    assert one(call(event="\\ud83d is no emoji")).name == "\\ud83d is no emoji"
    assert one(b'{"type":"track","event":"\\ud83d\\udca1"}').name == "💡"


TIMES = {
    "with its zone": ("2026-11-22T11:00:00+01:00", 1795341600.0, ""),
    "in another spelling of it": ("2026-11-22T11:00:00.000+0100", 1795341600.0, ""),
    "with a space": ("2026-11-22 10:00:00Z", 1795341600.0, ""),
    "without a zone": ("2026-11-22T10:00:00", 1795341600.0, ""),
    "a day": ("2026-11-22", 1795305600.0, ""),
    "seconds": (1795341600, 1795341600.0, ""),
    "milliseconds": (1795341600123, 1795341600.123, ""),
    "microseconds": (1795341600123456, 1795341600.123456, ""),
    "with a fraction": (1795341600.5, 1795341600.5, ""),
    "null": (None, None, ""),
    "a number in quotes": ("20001010112", None, "wrong_format"),
    "a date that does not exist": ("2026-02-30T00:00:00Z", None, "wrong_format"),
    "a word": ("now", None, "wrong_format"),
    "a huge number": (10**300, None, "wrong_format"),
    "an object": ({}, None, "type_mismatch"),
    "a boolean": (True, None, "type_mismatch"),
}


@pytest.mark.parametrize(("time", "seconds", "problem"), TIMES.values(), ids=TIMES)
def test_times(time: object, seconds: float | None, problem: str) -> None:
    event = one(b'{"type":"track","event":"e","sentAt":' + _huge(time) + b"}")
    assert event.sent == seconds
    assert [found.kind.value for found in event.problems] == ([problem] if problem else [])


def _huge(value: object) -> bytes:
    return str(value).encode() if isinstance(value, int) and value > 2**63 else msgspec.json.encode(value)


HUGE = {"400 digits": b"1" * 400, "5,000 digits": b"1" * 5000, "1e400": b"1e400", "-1e400": b"-1e400"}


@pytest.mark.parametrize("number", HUGE.values(), ids=HUGE)
def test_a_huge_number_anywhere_in_the_envelope_is_survived(number: bytes) -> None:
    fields = (b"messageId", b"sentAt", b"receivedAt", b"context", b"integrations", b"event", b"properties")
    for field in fields:
        assert (
            len(SEGMENT.decode(Record(b'{"type":"track","event":"e","' + field + b'":' + number + b"}"))) == 1
        )
    version = b'{"type":"track","event":"e","context":{"protocols":{"event_version":' + number + b"}}}"
    assert len(SEGMENT.decode(Record(version))) == 1


def test_a_problem_of_the_batch_is_told_with_each_of_its_events() -> None:
    value = b'{"batch":[' + call() + b"," + call(sentAt="2026-11-22T10:00:00Z") + b'],"sentAt":"soon"}'
    first, second = SEGMENT.decode(Record(value))
    assert isinstance(first, Event) and isinstance(second, Event)
    assert (
        [found.rule for found in first.problems]
        == [found.rule for found in second.problems]
        == ["envelope:$.sentAt"]
    )
    assert (first.sent, second.sent) == (None, 1795341600.0)


def test_what_a_batch_shares_of_its_times() -> None:
    event = one(
        b'{"batch":[' + call() + b'],"sentAt":"2026-11-22T10:00:00Z","receivedAt":"2026-11-22T10:00:01Z"}'
    )
    assert (event.sent, event.received) == (1795341600.0, 1795341601.0)


def test_a_shared_context_that_cannot_be_read_costs_each_event_of_its_batch() -> None:
    decoded = SEGMENT.decode(Record(b'{"batch":[' + call() + b"," + call() + b'],"context":{"page":NaN}}'))
    assert decoded == [Undecodable("not_json", "$", "JSON", "other bytes")] * 2
