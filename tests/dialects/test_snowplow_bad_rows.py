"""Snowplow's bad rows: what a golden case cannot show."""

import json
from typing import Any

import pytest

from observer.dialects.snowplow_bad_rows import SNOWPLOW_BAD_ROWS
from observer.dialects.snowplow_failures import BAD_ROW_TYPES
from observer.model import Event, Record, Undecodable

BAD_ROWS = "iglu:com.snowplowanalytics.snowplow.badrows"
PROCESSOR = {"artifact": "snowplow-enrich-kafka", "version": "5.0.0"}
PERSONAL = "camille@maison-lumiere.example"


def row(kind: str = "schema_violations", **data: Any) -> bytes:
    whole = {"processor": PROCESSOR, "failure": {}, "payload": {"user_id": PERSONAL}, **data}
    return json.dumps({"schema": f"{BAD_ROWS}/{kind}/jsonschema/1-0-0", "data": whole}).encode()


def decoded(value: bytes | None) -> Event:
    (one,) = SNOWPLOW_BAD_ROWS.decode(Record(value))
    assert isinstance(one, Event)
    return one


@pytest.mark.parametrize("kind", BAD_ROW_TYPES)
def test_each_type_is_an_upstream_verdict(kind: str) -> None:
    one = decoded(row(kind))
    assert (one.kind, one.name, one.upstream) == ("bad_row", kind, (("snowplow", kind),))


def test_nothing_of_the_refused_event_is_taken() -> None:
    assert PERSONAL.encode() not in repr(decoded(row())).encode()


NO_ROWS = {
    "a tombstone": (None, "tombstone", "$"),
    "no bytes": (b"", "empty", "$"),
    "half a row": (row()[:-9], "not_json", "$"),
    "a list": (b"[]", "not_an_object", "$"),
    "no schema": (b"{}", "snowplow_not_a_bad_row", "$.schema"),
    "a schema that is a number": (b'{"schema":1}', "snowplow_not_a_bad_row", "$.schema"),
    "a schema of another vendor": (
        b'{"schema":"iglu:example/x/jsonschema/1-0-0","data":{}}',
        "snowplow_not_a_bad_row",
        "$.schema",
    ),
    "no data": (f'{{"schema":"{BAD_ROWS}/x/jsonschema/1-0-0"}}'.encode(), "not_an_object", "$.data"),
    "data that is a list": (
        f'{{"schema":"{BAD_ROWS}/x/jsonschema/1-0-0","data":[]}}'.encode(),
        "not_an_object",
        "$.data",
    ),
    "other bytes": (row(failure={"x": "?"}).replace(b"?", b"\xe9"), "wrong_encoding", "$"),
    "deep nesting": (
        row(failure={"x": 0}).replace(b" 0}", b"[" * 1500 + b"]" * 1500 + b"}"),
        "too_deep",
        "$",
    ),
}


@pytest.mark.parametrize(("value", "reason", "place"), NO_ROWS.values(), ids=NO_ROWS)
def test_what_is_no_bad_row_says_why(value: bytes | None, reason: str, place: str) -> None:
    (one,) = SNOWPLOW_BAD_ROWS.decode(Record(value))
    assert isinstance(one, Undecodable)
    assert (one.reason, one.path) == (reason, place)


FAILURES: dict[str, tuple[Any, Any, str, float | None]] = {
    "an object with its time": (
        {"timestamp": "2026-11-16T10:00:02.500Z"},
        {"timestamp": "2026-11-16T10:00:02.500Z"},
        "$.data.failure",
        1794823202.5,
    ),
    "a time that is none": ({"timestamp": "soon"}, {"timestamp": "soon"}, "$.data.failure", None),
    "a time that is a number": ({"timestamp": 7}, {"timestamp": 7}, "$.data.failure", None),
    "a list": ([{"error": "x"}], {"failure": [{"error": "x"}]}, "$.data", None),
    "a text": ("x", {"failure": "x"}, "$.data", None),
}


@pytest.mark.parametrize(("failure", "payload", "root", "created"), FAILURES.values(), ids=FAILURES)
def test_the_failure_is_the_payload(failure: Any, payload: Any, root: str, created: float | None) -> None:
    one = decoded(row(failure=failure))
    assert (json.loads(one.payload), one.root, one.created) == (payload, root, created)


def test_a_processor_of_another_kind_is_a_problem_of_the_event() -> None:
    one = decoded(row(processor="enrich"))
    assert [f"{found.kind} {found.rule}" for found in one.problems] == [
        "type_mismatch envelope:$.data.processor"
    ]
    assert (one.library, one.library_version) == ("", "")


RECOGNISED = {
    "its schema first": (row(), 100),
    "its schema last": (b'{"data":{"x":"' + b"-" * 5000 + b'"},"schema":"' + row()[12:90] + b'"}', 100),
    "slashes escaped": (row().replace(b"/", b"\\/"), 100),
    "another document": (b'{"schema":"iglu:example/x/jsonschema/1-0-0"}', 0),
    "a line that tells of one": (b"com.snowplowanalytics.snowplow.badrows", 0),
    "a tombstone": (None, 0),
}


@pytest.mark.parametrize(("value", "sure"), RECOGNISED.values(), ids=RECOGNISED)
def test_a_bad_row_is_recognised_by_its_schema(value: bytes | None, sure: int) -> None:
    assert SNOWPLOW_BAD_ROWS.recognises(Record(value)) == sure
