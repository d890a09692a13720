"""Snowplow's enriched events, as lines and as JSON: what a golden case cannot show."""

import json
from typing import Any

import pytest

from observer.dialects.snowplow_columns import COLUMNS
from observer.dialects.snowplow_enriched import SNOWPLOW_ENRICHED
from observer.dialects.snowplow_failures import UPSTREAM_REASONS, upstream
from observer.dialects.snowplow_json import SNOWPLOW_JSON
from observer.dialects.snowplow_reading import moment
from observer.model import Event, Record, Signal, Undecodable

VIEW = {"event": "page_view", "event_id": "7", "collector_tstamp": "2026-11-16 10:00:01.120"}
OUTER = "iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0"
SCORED = {"event_vendor": "example.maison-lumiere", "event_name": "LeadScored", "event_version": "2-0-1"}
SCORED_COLUMN = "unstruct_event_example_maison_lumiere_lead_scored_2"
FAILURE_COLUMN = "contexts_com_snowplowanalytics_snowplow_failure_1"


def line(**columns: str) -> bytes:
    return "\t".join({**VIEW, **columns}.get(name, "") for name in COLUMNS).encode()


def from_line(**columns: str) -> Event:
    (one,) = SNOWPLOW_ENRICHED.decode(Record(line(**columns)))
    assert isinstance(one, Event)
    return one


def document(**columns: Any) -> bytes:
    return json.dumps({**VIEW, **columns}).encode()


def from_json(**columns: Any) -> Event:
    (one,) = SNOWPLOW_JSON.decode(Record(document(**columns)))
    assert isinstance(one, Event)
    return one


def test_a_line_may_end_as_any_line_ends() -> None:
    assert (
        SNOWPLOW_ENRICHED.decode(Record(line() + b"\r\n"))
        == SNOWPLOW_ENRICHED.decode(Record(line() + b"\n"))
        == SNOWPLOW_ENRICHED.decode(Record(line()))
    )


NO_LINES = {
    "a tombstone": (None, "tombstone"),
    "no bytes": (b"", "empty"),
    "a blank line": (b"\n", "snowplow_column_count"),
    "one column too many": (line() + b"\t", "snowplow_column_count"),
    "other bytes": (line(page_title="?").replace(b"?", b"\xe9"), "wrong_encoding"),
    "an event that is no JSON": (line(event="unstruct", unstruct_event="{"), "data_not_json"),
}


@pytest.mark.parametrize(("value", "reason"), NO_LINES.values(), ids=NO_LINES)
def test_what_is_no_enriched_line_says_why(value: bytes | None, reason: str) -> None:
    (one,) = SNOWPLOW_ENRICHED.decode(Record(value))
    assert isinstance(one, Undecodable)
    assert one.reason == reason


NO_DOCUMENTS = {
    "a tombstone": (None, "tombstone"),
    "no bytes": (b"", "empty"),
    "half a document": (document()[:-1], "not_json"),
    "NaN": (document(geo_latitude=float("nan")), "not_json"),
    "a list": (b"[1]", "not_an_object"),
    "other bytes": (document(page_title="?").replace(b"?", b"\xe9"), "wrong_encoding"),
    "half a surrogate": (document(page_title="\ud83d"), "wrong_encoding"),
    "deep nesting": (document(x=0).replace(b" 0", b"[" * 1500 + b"]" * 1500), "too_deep"),
    "an event that is no object": (
        document(event="unstruct", **SCORED, **{SCORED_COLUMN: [1]}),
        "not_an_object",
    ),
    "a version that is none": (
        document(event="unstruct", **{**SCORED, "event_version": "2"}, **{SCORED_COLUMN: {}}),
        "snowplow_bad_schema",
    ),
    "no event": (document(event="unstruct", **SCORED), "snowplow_no_unstruct_event"),
    "two events, neither of that name": (
        document(event="unstruct", **SCORED, unstruct_event_a_b_1={}, unstruct_event_a_c_1={}),
        "snowplow_no_unstruct_event",
    ),
}


@pytest.mark.parametrize(("value", "reason"), NO_DOCUMENTS.values(), ids=NO_DOCUMENTS)
def test_what_is_no_enriched_document_says_why(value: bytes | None, reason: str) -> None:
    (one,) = SNOWPLOW_JSON.decode(Record(value))
    assert isinstance(one, Undecodable)
    assert one.reason == reason


def test_a_name_in_capitals_has_its_column_in_small_letters() -> None:
    one = from_json(event="unstruct", **SCORED, **{SCORED_COLUMN: {"score": 7}, "unstruct_event_other_1": {}})
    assert (one.name, one.version, one.root) == (
        "example.maison-lumiere/LeadScored",
        "2-0-1",
        f"$.{SCORED_COLUMN}",
    )


def test_the_only_column_of_an_event_is_its_data_whatever_it_is_called() -> None:
    one = from_json(event="unstruct", **SCORED, **{"unstruct_event_lead_scored": {"score": 7}})
    assert json.loads(one.payload) == {"score": 7}


COLUMN_VENDORS = {
    "a public vendor": ("contexts_org_w3_performance_timing_1", "org.w3"),
    "the longest of two that fit": (
        "contexts_com_snowplowanalytics_snowplow_media_player_1",
        "com.snowplowanalytics.snowplow.media",
    ),
    "a vendor with dashes": (
        "contexts_com_google_tag_manager_server_side_user_data_1",
        "com.google.tag-manager.server-side",
    ),
    "the event's own": ("contexts_example_maison_lumiere_card_1", "example.maison-lumiere"),
    "no vendor is half a word": ("contexts_org_w3c_card_1", "org_w3c_card"),
    "an unknown one stays as it is": ("contexts_example_elsewhere_card_12", "example_elsewhere_card"),
}


@pytest.mark.parametrize(("column", "vendor"), COLUMN_VENDORS.values(), ids=COLUMN_VENDORS)
def test_a_column_tells_its_vendor(column: str, vendor: str) -> None:
    assert from_json(event_vendor="example.maison-lumiere", **{column: [{}]}).vendors == (vendor,)


def test_a_column_that_is_null_or_endless_tells_none() -> None:
    assert from_json(contexts_org_w3_performance_timing_1=None).vendors == ()
    assert from_json(**{"contexts_" + "a" * 5000 + "_1": [{}]}).vendors == ()


def test_each_gdpr_entity_is_a_signal() -> None:
    one = from_json(contexts_com_snowplowanalytics_snowplow_gdpr_1=[{"basisForProcessing": "consent"}, {}])
    assert one.signals == (
        Signal("snowplow_gdpr", b'{"basisForProcessing": "consent"}'),
        Signal("snowplow_gdpr", b"{}"),
    )


FAILURES = {
    "a violation": ({"failureType": "ValidationError"}, "ValidationError"),
    "an enrichment, without its name": ({"failureType": "EnrichmentError: api"}, "EnrichmentError"),
    "a word that is not known": ({"failureType": "camille@maison-lumiere.example"}, "_other"),
    "no word": ({}, "_other"),
    "no object": ("ValidationError", "_other"),
    "a wrong kind": ({"failureType": 7}, "_other"),
}


@pytest.mark.parametrize(("entity", "reason"), FAILURES.values(), ids=FAILURES)
def test_a_failure_is_an_upstream_verdict_of_few_words(entity: object, reason: str) -> None:
    derived = {
        "schema": "iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-1",
        "data": [{"schema": "iglu:com.snowplowanalytics.snowplow/failure/jsonschema/1-0-0", "data": entity}],
    }
    expected = (("snowplow", reason),)
    assert from_line(derived_contexts=json.dumps(derived)).upstream == expected
    assert from_json(**{FAILURE_COLUMN: [entity]}).upstream == expected


def test_failures_that_are_no_list_are_a_problem_of_the_event() -> None:
    (problem,) = from_json(**{FAILURE_COLUMN: {}}).problems
    assert problem.rule == f"envelope:$.{FAILURE_COLUMN}"


def test_a_failure_of_an_entity_is_not_taken_for_the_event() -> None:
    entity = {
        "failureType": "ValidationError",
        "errors": [{"source": "contexts"}],
        "schema": "iglu:a/b/jsonschema/1-0-0",
        "data": {},
    }
    (one,) = SNOWPLOW_JSON.decode(Record(document(event="unstruct", **{FAILURE_COLUMN: [entity]})))
    assert isinstance(one, Undecodable)
    assert one.reason == "snowplow_no_unstruct_event"


def test_a_wrong_envelope_is_a_problem_of_the_event() -> None:
    data = {"schema": "iglu:a/b/jsonschema/1-0-0", "data": {}}
    one = from_line(event="unstruct", unstruct_event=json.dumps({"schema": OUTER + "1", "data": data}))
    assert one.problems == ()
    one = from_line(event="unstruct", unstruct_event=json.dumps({"schema": data["schema"], "data": data}))
    assert [problem.rule for problem in one.problems] == ["envelope:$.unstruct_event.schema"]


def test_a_column_of_the_wrong_kind_is_told_once() -> None:
    one = from_json(event_vendor=7, event_id=7, collector_tstamp=7, true_tstamp=7)
    assert [str(problem) for problem in one.problems] == [
        str(problem) for problem in dict.fromkeys(one.problems)
    ]
    assert {problem.kind for problem in one.problems} == {"type_mismatch"}


def test_every_known_reason_is_reported_as_it_is() -> None:
    known = sorted(UPSTREAM_REASONS)
    assert upstream(known) == tuple(("snowplow", reason) for reason in known)


MOMENTS = {
    "as a line has it": ("2026-11-16 10:00:01.120", 1794823201.12),
    "without a fraction": ("2026-11-16 10:00:01", 1794823201.0),
    "as JSON has it": ("2026-11-16T10:00:01.120Z", 1794823201.12),
    "with an offset": ("2026-11-16T11:00:01.120+01:00", 1794823201.12),
    "the first moment of all": ("0001-01-01 00:00:00", -62135596800.0),
    "a moment before that, by its offset": ("0001-01-01T00:00:00+23:59", -62135683140.0),
    "a day that is not": ("2026-02-30 00:00:00", None),
    "a count": ("1794823201120", None),
    "digits alone": ("20261116T100001", None),
    "words": ("yesterday", None),
}


@pytest.mark.parametrize(("text", "seconds"), MOMENTS.values(), ids=MOMENTS)
def test_a_moment_is_read_as_utc(text: str, seconds: float | None) -> None:
    found = moment(text)
    assert found == (seconds if seconds is None else pytest.approx(seconds))


LINES = {
    "131 columns": (line(), 100),
    "a few columns lost": (line()[:-5], 40),
    "JSON": (document(), 0),
    "text": (b"a\tb", 0),
    "a tombstone": (None, 0),
}


@pytest.mark.parametrize(("value", "sure"), LINES.values(), ids=LINES)
def test_an_enriched_line_is_recognised_by_its_tabs(value: bytes | None, sure: int) -> None:
    assert SNOWPLOW_ENRICHED.recognises(Record(value)) == sure


DOCUMENTS = {
    "an enriched event": (document(), 95),
    "another document": (b'{"event_id":"7"}', 0),
    "a line": (line(), 0),
    "a tombstone": (None, 0),
}


@pytest.mark.parametrize(("value", "sure"), DOCUMENTS.values(), ids=DOCUMENTS)
def test_an_enriched_document_is_recognised_by_two_columns(value: bytes | None, sure: int) -> None:
    assert SNOWPLOW_JSON.recognises(Record(value)) == sure
