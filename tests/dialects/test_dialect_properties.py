"""What holds for every JSON dialect, whatever comes: tried on generated and on broken bytes."""

import json
from typing import Any

import msgspec
import pytest
from golden_cases import names_of, record_of
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from observer.dialects import DIALECTS, Dialect, recognise
from observer.dialects.calls import Call
from observer.dialects.documents import kind_of, refusal
from observer.dialects.mending import members_of, mend
from observer.dialects.splitting import split_array, split_object
from observer.model import Event, Finding, Record, Undecodable

NAMES = ("segment", "rudderstack", "ga4", "amplitude", "cloudevents", "plain")
GOLDEN = [(name, case) for name in NAMES for case in names_of(name)]
BROKEN = (
    b"NaN", b"Infinity", b"1e400", b"-", b"9" * 400, b"9" * 5000, b"null", b"true", b"{}", b"[]", b'""', b'"', b"\\",
    b"\x00", b"\xff", b"\xef\xbb\xbf", b"\\ud800", b"\\udc00", b"{", b"}", b"[", b"]", b",", b":", b"[" * 2000,
    b'{"a":' * 2000, b'"batch":[],', b'"events":[],', b'"type":"track",', b'"sentAt":1e400,', b'"time":-1,',
    b'"0001-01-01T00:00:00+23:59"',
)  # fmt: skip

quick = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts
documents = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
moments = st.datetimes(timezones=st.timezones()).map(lambda moment: moment.isoformat())
libraries = st.fixed_dictionaries({}, optional={"name": texts, "version": texts})
contexts = st.fixed_dictionaries(
    {},
    optional={
        "library": libraries,
        "page": st.fixed_dictionaries({}, optional={"url": texts}),
        "consent": documents,
        "consentManagement": documents,
        "violationErrors": documents,
        "traits": documents,
        "protocols": st.fixed_dictionaries({}, optional={"event_version": st.integers(0, 99) | texts}),
    },
)
calls = st.fixed_dictionaries(
    {
        "type": st.sampled_from(
            ["track", "page", "screen", "identify", "group", "alias", "merge", "purchase", ""]
        )
    },
    optional={
        "event": texts,
        "name": texts,
        "messageId": texts,
        "userId": texts | st.none(),
        "anonymousId": texts,
        "previousId": texts,
        "originalTimestamp": moments,
        "timestamp": moments,
        "sentAt": moments,
        "receivedAt": moments,
        "context": contexts,
        "integrations": st.dictionaries(texts, st.booleans(), max_size=3),
        "properties": documents,
        "traits": documents,
        "mergeProperties": documents,
    },
)
odd_calls = (
    calls
    | documents
    | st.fixed_dictionaries(
        {"type": st.just("track"), "event": texts, "sentAt": documents, "context": documents}
    )
)
batches = st.fixed_dictionaries(
    {"batch": st.lists(odd_calls, min_size=1, max_size=5)},
    optional={
        "context": contexts | documents,
        "integrations": documents,
        "sentAt": moments | documents,
        "writeKey": texts,
    },
)
ga4_bodies = st.fixed_dictionaries(
    {
        "events": st.lists(
            documents | st.fixed_dictionaries({"name": texts, "params": documents}), min_size=1, max_size=4
        )
    },
    optional={"client_id": scalars, "user_id": scalars, "timestamp_micros": scalars, "consent": documents},
)
amplitude_bodies = st.fixed_dictionaries(
    {
        "api_key": texts,
        "events": st.lists(
            documents | st.fixed_dictionaries({"event_type": texts, "time": scalars, "insert_id": scalars}),
            min_size=1,
            max_size=4,
        ),
    }
)
cloudevents_batches = st.lists(
    documents
    | st.fixed_dictionaries(
        {"specversion": st.just("1.0"), "id": texts, "type": texts, "time": documents, "data": documents}
    ),
    min_size=1,
    max_size=4,
)
plain_batches = st.lists(
    documents
    | st.fixed_dictionaries(
        {"type": scalars, "event": scalars, "timestamp": documents, "properties": documents}
    ),
    min_size=1,
    max_size=4,
)
BODIES: dict[str, st.SearchStrategy[Any]] = {
    "segment": batches,
    "rudderstack": batches,
    "ga4": ga4_bodies,
    "amplitude": amplitude_bodies,
    "cloudevents": cloudevents_batches,
    "plain": plain_batches,
}


def written(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def holds_its_promises(dialect: Dialect, record: Record) -> None:
    """Never raises, never empty, and each event alone is that same event again."""
    decoded = dialect.decode(record)
    assert decoded
    assert 0 <= dialect.recognises(record) <= 100
    for index, one in enumerate(decoded):
        assert isinstance(one, Event | Undecodable)
        lone = dialect.alone(record, index)
        again = dialect.decode(Record(lone, headers=record.headers, path=record.path))
        assert list(again) == [one]


@pytest.mark.parametrize("name", NAMES)
@quick
@given(value=st.binary(max_size=200))
def test_any_bytes_are_survived(name: str, value: bytes) -> None:
    holds_its_promises(DIALECTS[name], Record(value))


@pytest.mark.parametrize("name", NAMES)
@quick
@given(data=st.data())
def test_broken_golden_bytes_are_survived(name: str, data: st.DataObject) -> None:
    record = record_of(name, data.draw(st.sampled_from(names_of(name))))
    value = record.value or b""
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(value)))
        end = min(len(value), start + data.draw(st.integers(0, 12)))
        value = value[:start] + data.draw(st.sampled_from(BROKEN)) + value[end:]
    holds_its_promises(DIALECTS[name], Record(value, headers=record.headers, path=record.path))


@pytest.mark.parametrize(("name", "case"), GOLDEN)
def test_every_beginning_of_a_golden_case_is_survived(name: str, case: str) -> None:
    record = record_of(name, case)
    value = record.value or b""
    for end in range(0, len(value), 7):
        decoded = DIALECTS[name].decode(Record(value[:end], headers=record.headers, path=record.path))
        assert len(decoded) == 1, f"expected one Undecodable of {value[:end]!r}"


@pytest.mark.parametrize("name", NAMES)
@quick
@given(data=st.data())
def test_each_event_alone_is_that_event_again(name: str, data: st.DataObject) -> None:
    body = data.draw(BODIES[name])
    holds_its_promises(DIALECTS[name], Record(written(body), path="/v1/batch"))


@pytest.mark.parametrize("name", NAMES)
@quick
@given(data=st.data())
def test_one_more_event_that_is_no_json_leaves_the_others_as_they_were(
    name: str, data: st.DataObject
) -> None:
    """The body with it takes the lenient path from the first byte: both paths agree on every other event."""
    body = data.draw(BODIES[name])
    value = written(body)
    packed = written(body if isinstance(body, list) else body.get("batch", body.get("events")))
    assume(value.count(packed) == 1)
    broken = value.replace(packed, packed[:-1] + b", NaN]")
    whole = DIALECTS[name].decode(Record(value))
    decoded = DIALECTS[name].decode(Record(broken))
    assert list(decoded[:-1]) == list(whole)
    assert decoded[-1] == Undecodable("not_json", "$", "JSON", "other bytes")


@quick
@given(calls)
def test_mending_what_is_right_gives_the_strict_envelope(call: dict[str, Any]) -> None:
    raw = written(call)
    problems: list[Finding] = []
    try:
        strict = msgspec.json.decode(raw, type=Call)
    except msgspec.DecodeError:
        return
    assert mend(Call, raw, problems) == strict
    assert problems == []


@quick
@given(odd_calls)
def test_mending_never_raises(call: Any) -> None:
    problems: list[Finding] = []
    assert isinstance(mend(Call, written(call), problems), Call)


@quick
@given(st.lists(documents, max_size=4), st.sampled_from([None, 0, 2]))
def test_an_array_that_no_decoder_takes_is_split_where_it_should_be(
    items: list[Any], indent: int | None
) -> None:
    """NaN at its end keeps the decoder out, so the splitter itself is at work."""
    value = json.dumps([*items, float("nan")], indent=indent, ensure_ascii=False).encode()
    parts = split_array(value)
    assert parts is not None and parts[-1] == b"NaN"
    assert [json.loads(part) for part in parts[:-1]] == items


@quick
@given(
    st.dictionaries(texts.filter(lambda key: key != "~"), documents, max_size=4), st.sampled_from([None, 2])
)
def test_an_object_that_no_decoder_takes_is_split_where_it_should_be(
    members: dict[str, Any], indent: int | None
) -> None:
    value = json.dumps(members | {"~": float("nan")}, indent=indent, ensure_ascii=False).encode()
    parts = split_object(value)
    assert parts is not None and parts[-1] == (b'"~"', b"NaN")
    assert {json.loads(key): json.loads(raw) for key, raw in parts[:-1]} == members


@quick
@given(documents)
def test_a_json_document_is_never_refused_and_its_kind_is_known(document: Any) -> None:
    kinds = {
        type(None): "null",
        bool: "boolean",
        int: "integer",
        float: "number",
        str: "string",
        list: "array",
        dict: "object",
    }
    assert refusal(written(document)) is None
    assert kind_of(written(document)) == kinds[type(document)]


@quick
@given(st.binary(max_size=100), texts)
def test_recognising_never_raises(value: bytes, path: str) -> None:
    recognise(Record(value, path=path))
    recognise(Record(None, path=path))


@quick
@given(documents)
def test_members_are_those_of_an_object(document: Any) -> None:
    members = members_of(written(document))
    assert (members is None) == (not isinstance(document, dict))
    if members is not None:
        assert {key: json.loads(bytes(raw)) for key, raw in members.items()} == document
