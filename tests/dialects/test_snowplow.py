"""Snowplow's tracker protocol: what a golden case cannot show."""

import base64
import json
from typing import Any

import pytest

from observer.dialects.snowplow import SNOWPLOW
from observer.dialects.snowplow_columns import BATCH_PARAMETERS, CANONICAL, COLUMNS, SIZES
from observer.dialects.snowplow_reading import tracker
from observer.model import Decoded, Event, Record, Undecodable

PATH = "/com.snowplowanalytics.snowplow/tp2"
WEBHOOK = "/com.snowplowanalytics.iglu/v1"
SCHEMA = "iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4"
SCORED = "iglu:example.maison-lumiere/lead_scored/jsonschema/2-0-0"
VIEW: dict[str, Any] = {"e": "pv", "tv": "js-3.24.0", "p": "web"}
CONTEXTS = "iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-1"
OUTER = "iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0"


def unstruct(data: object, schema: str = SCORED) -> str:
    return json.dumps({"schema": OUTER, "data": {"schema": schema, "data": data}})


def batch(*items: Any) -> bytes:
    return json.dumps({"schema": SCHEMA, "data": list(items)}).encode()


def entities(*names: str) -> str:
    uris = [name if "/" in name else f"com.snowplowanalytics.snowplow/{name}" for name in names]
    data = [{"schema": f"iglu:{uri}/jsonschema/1-0-0", "data": {}} for uri in uris]
    return json.dumps({"schema": CONTEXTS, "data": data})


def decoded(value: bytes | None, path: str = PATH) -> list[Decoded]:
    return list(SNOWPLOW.decode(Record(value, path=path)))


def event(value: bytes | None, path: str = PATH) -> Event:
    (one,) = decoded(value, path)
    assert isinstance(one, Event)
    return one


def rules(one: Event) -> list[str]:
    return [f"{found.kind} {found.rule}" for found in one.problems]


WHOLE = {
    "no value and no query is a tombstone": (None, PATH, "tombstone", "$"),
    "no bytes and no query is empty": (b"", PATH, "empty", "$"),
    "an empty query is nothing": (None, "/i?", "tombstone", "$"),
    "half a document": (b'{"schema":"iglu:', PATH, "not_json", "$"),
    "a list in place of the envelope": (b"[1]", PATH, "not_an_object", "$"),
    "events that are no list": (
        b'{"schema":"' + SCHEMA.encode() + b'","data":{}}',
        PATH,
        "empty_batch",
        "$.data",
    ),
    "no events at all": (b'{"schema":"' + SCHEMA.encode() + b'"}', PATH, "empty_batch", "$.data"),
    "an object without a schema": (b'{"hello":"world"}', PATH, "unsupported_format", "$.schema"),
    "another schema's list": (
        b'{"schema":"iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-0","data":[]}',
        PATH,
        "not_an_object",
        "$.data",
    ),
    "no kind in a query": (None, "/i?tv=js-3.24.0&p=web", "no_type", "$.e"),
    "a kind that is a number": (batch({**VIEW, "e": 7}), PATH, "unknown_type", "$.e"),
    "a kind that is null": (batch({**VIEW, "e": None}), PATH, "no_type", "$.e"),
    "a webhook without a schema": (None, WEBHOOK + "?lead=P-1", "no_name", "$.schema"),
    "a webhook with nothing": (None, WEBHOOK, "tombstone", "$"),
    "a webhook with another schema": (None, WEBHOOK + "?schema=lead", "snowplow_bad_schema", "$.schema"),
    "a webhook with no events": (b"[]", WEBHOOK + "?schema=" + SCORED, "empty_batch", "$"),
    "a webhook with half a list": (b"[{", WEBHOOK + "?schema=" + SCORED, "not_json", "$"),
}


@pytest.mark.parametrize(("value", "path", "reason", "place"), WHOLE.values(), ids=WHOLE)
def test_what_holds_no_event_says_why(value: bytes | None, path: str, reason: str, place: str) -> None:
    (one,) = decoded(value, path)
    assert isinstance(one, Undecodable)
    assert (one.reason, one.path) == (reason, place)


def url_safe(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode()


SCORE = unstruct({"note": "???>>>~~~é", "score": 10})
SPELLINGS = {
    "URL-safe and padded": url_safe(SCORE),
    "URL-safe without padding": url_safe(SCORE).rstrip("="),
    "standard and padded": base64.b64encode(SCORE.encode()).decode(),
    "standard without padding": base64.b64encode(SCORE.encode()).decode().rstrip("="),
}


@pytest.mark.parametrize("encoded", SPELLINGS.values(), ids=SPELLINGS)
def test_base64_is_read_in_each_spelling(encoded: str) -> None:
    one = event(batch({**VIEW, "e": "ue", "ue_px": encoded}))
    assert json.loads(one.payload) == {"note": "???>>>~~~é", "score": 10}


def test_the_spellings_of_base64_differ() -> None:
    assert len(set(SPELLINGS.values())) == 4


UNREADABLE = {
    "base64 cut in the middle": ({"ue_px": url_safe(SCORE)[:41]}, "bad_base64", "$.ue_px"),
    "base64 with other text in it": ({"ue_px": "eyJ*" + url_safe(SCORE)}, "bad_base64", "$.ue_px"),
    "base64 cut behind whole bytes": ({"ue_px": url_safe(SCORE)[:40]}, "data_not_json", "$.ue_px"),
    "base64 of other bytes": ({"ue_px": "__79"}, "wrong_encoding", "$.ue_px"),
    "NaN inside the data": ({"ue_pr": unstruct({"score": float("nan")})}, "data_not_json", "$.ue_pr"),
    "a thousand lists inside the data": (
        {"ue_pr": unstruct({"deep": 0}).replace("0}", "[" * 1500 + "]" * 1500 + "}")},
        "too_deep",
        "$.ue_pr",
    ),
    "data that is null": ({"ue_pr": unstruct(None)}, "not_an_object", "$.ue_pr.data.data"),
    "an event inside that names no schema": (
        {"ue_pr": json.dumps({"schema": OUTER, "data": {"score": 1}})},
        "snowplow_not_self_describing",
        "$.ue_pr",
    ),
    "a schema without its version": (
        {"ue_pr": unstruct({}, "iglu:example.maison-lumiere/lead_scored/jsonschema")},
        "snowplow_bad_schema",
        "$.ue_pr.data.schema",
    ),
    "a schema longer than any": (
        {"ue_pr": unstruct({}, f"iglu:{'a' * 300}/lead_scored/jsonschema/1-0-0")},
        "snowplow_bad_schema",
        "$.ue_pr.data.schema",
    ),
}


@pytest.mark.parametrize(("given", "reason", "place"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_self_describing_event_that_cannot_be_read_says_why(
    given: dict[str, str], reason: str, place: str
) -> None:
    before, one, after = decoded(batch(VIEW, {**VIEW, "e": "ue", **given}, VIEW))
    assert isinstance(before, Event) and isinstance(after, Event)
    assert isinstance(one, Undecodable)
    assert (one.reason, one.path) == (reason, place)


def test_wrong_bytes_inside_the_data_are_told_where_they_are() -> None:
    raw = unstruct({"note": "?"}).encode().replace(b"?", b"\xe9")
    (one,) = decoded(batch({**VIEW, "e": "ue", "ue_px": base64.b64encode(raw).decode()}))
    assert one == Undecodable("wrong_encoding", "$.ue_px.data.data", "UTF-8", "other bytes")


def test_an_event_sent_as_an_object_in_place_of_text_is_read_and_told() -> None:
    one = event(batch({**VIEW, "e": "ue", "ue_pr": json.loads(SCORE)}))
    assert one.name == "example.maison-lumiere/lead_scored"
    assert rules(one) == ["type_mismatch envelope:$.ue_pr"]


ODD_ITEMS = {
    "a lone surrogate in a title": (b'"\\ud83d"', "wrong_format envelope:$.page"),
    "wrong bytes in a title": (b'"caf\xe9"', "wrong_format envelope:$.page"),
    "NaN for a title": (b"NaN", "wrong_format envelope:$.page"),
    "a thousand lists for a title": (b"[" * 1500 + b"]" * 1500, "type_mismatch envelope:$.page"),
    "a huge number for a title": (b"9" * 5000, "type_mismatch envelope:$.page"),
    "an unbounded number for a title": (b"1e999", "type_mismatch envelope:$.page"),
}


@pytest.mark.parametrize(("title", "rule"), ODD_ITEMS.values(), ids=ODD_ITEMS)
def test_one_odd_value_is_a_problem_of_its_event_alone(title: bytes, rule: str) -> None:
    value = batch(VIEW, {**VIEW, "page": "?"}, {**VIEW, "eid": "7"}).replace(b'"?"', title)
    first, odd, last = decoded(value)
    assert (first, last) == tuple(decoded(batch(VIEW, {**VIEW, "eid": "7"})))
    assert isinstance(odd, Event)
    assert rules(odd) == [rule]
    for index, one in enumerate((first, odd, last)):
        alone = SNOWPLOW.alone(Record(value, path=PATH), index)
        assert decoded(alone) == [one]


def test_an_event_alone_keeps_its_bytes_and_its_envelope() -> None:
    item = b'{ "e" : "pv","tv":"js-3.24.0" ,"p":"web","page":"caf\\u00e9"}'
    value = b'{"extra": [1, 2], "schema": "' + SCHEMA.encode() + b'", "data": [ {"e":"xx"} , ' + item + b" ]}"
    alone = SNOWPLOW.alone(Record(value, path=PATH), 1)
    assert alone == b'{"extra":[1, 2],"schema":"' + SCHEMA.encode() + b'","data":[' + item + b"]}"


def test_a_batch_of_one_stays_as_it_came() -> None:
    value = b' {"data":[{"e":"pv"}] , "schema":""} '
    assert SNOWPLOW.alone(Record(value, path=PATH), 0) == value


def test_a_batch_without_its_schema_is_read_and_told() -> None:
    one = event(json.dumps({"data": [VIEW]}).encode())
    assert rules(one) == ["missing_required envelope:$.schema"]


def test_a_batch_with_escaped_slashes_is_read_as_php_writes_it() -> None:
    value = batch(VIEW, VIEW).replace(b"/", b"\\/")
    assert decoded(value) == decoded(batch(VIEW, VIEW))
    assert SNOWPLOW.recognises(Record(value)) == 100


def test_entities_in_base64_and_in_plain_text_count_together() -> None:
    one = event(
        batch(
            {
                **VIEW,
                "cx": url_safe(entities("org.w3/timing", "gdpr")),
                "co": entities("gdpr", "nl.basjes/ua"),
            }
        )
    )
    assert one.vendors == ("com.snowplowanalytics.snowplow", "nl.basjes", "org.w3")
    assert [signal.format for signal in one.signals] == ["snowplow_gdpr", "snowplow_gdpr"]


def test_only_the_schemas_of_snowplow_itself_are_signals() -> None:
    foreign = unstruct({}, "iglu:example.elsewhere/consent_preferences/jsonschema/1-0-0")
    one = event(batch({**VIEW, "e": "ue", "ue_pr": foreign, "co": entities("example.elsewhere/gdpr")}))
    assert one.signals == ()


def test_a_query_is_held_to_what_every_event_needs() -> None:
    assert rules(event(None, "/i?e=pv&p=web")) == ["missing_required envelope:$.tv"]


def test_a_query_that_is_not_utf8_is_read_and_told() -> None:
    one = event(None, "/i?e=pv&tv=js-3.24.0&p=web&page=caf%E9")
    assert json.loads(one.payload)["page_title"] == "caf�"
    assert rules(one) == ["wrong_format envelope:$.*"]


def test_half_a_surrogate_in_a_path_is_read_and_told() -> None:
    one = event(None, "/i?e=pv&tv=js-3.24.0&p=web&page=caf\udce9")
    assert json.loads(one.payload)["page_title"] == "caf?"
    assert rules(one) == ["wrong_format envelope:$.*"]


def test_a_get_may_hold_what_a_batch_may_not() -> None:
    """Snowplow holds only batches to payload_data."""
    one = event(None, "/i?e=se&tv=js-0.9.0&p=web&ev_ca=galerie&ev_ac=ouvrir&cv=clj-1.0")
    assert (one.name, one.problems) == ("ouvrir", ())


def test_a_webhook_with_a_list_holds_one_event_each() -> None:
    value = b'[{"lead":"P-1"}, {"lead":NaN}, {"lead":"P-3"}]'
    path = f"{WEBHOOK}?schema={SCORED}&eid=5d6f1a00-0000-4000-8000-000000000001&ttm=1794823200000"
    first, bad, last = decoded(value, path)
    assert isinstance(first, Event) and isinstance(last, Event)
    assert (first.payload, last.payload) == (b'{"lead":"P-1"}', b'{"lead":"P-3"}')
    assert (first.created, first.message_id) == (1794823200.0, "5d6f1a00-0000-4000-8000-000000000001")
    assert bad == Undecodable("data_not_json", "$", "JSON", "other bytes")
    assert SNOWPLOW.alone(Record(value, path=path), 2) == b'[{"lead":"P-3"}]'


def test_a_webhook_reads_a_form() -> None:
    one = event(b"lead=P-1&note=&score=4+2", f"{WEBHOOK}?schema={SCORED}")
    assert json.loads(one.payload) == {"lead": "P-1", "note": None, "score": "4 2"}


def test_a_self_describing_body_needs_no_path_of_its_own() -> None:
    value = json.dumps({"schema": SCORED, "data": {"lead": "P-1"}}).encode()
    one = event(value, "")
    assert (one.kind, one.name, one.version, one.root) == (
        "unstruct",
        "example.maison-lumiere/lead_scored",
        "2-0-0",
        "$.data",
    )
    assert 0 < SNOWPLOW.recognises(Record(value)) < 100


TRACKERS = {
    "js-3.24.0": ("snowplow-js", "3.24.0"),
    "py-1.1.0": ("snowplow-py", "1.1.0"),
    "js-4.0.0-beta.1": ("snowplow-js", "4.0.0-beta.1"),
    "andr-6.0.2 flutter-0.7.2": ("snowplow-andr", "6.0.2"),
    "pixel": ("snowplow-pixel", ""),
    "": ("", ""),
}


@pytest.mark.parametrize(("spelled", "read"), TRACKERS.items(), ids=TRACKERS)
def test_a_tracker_names_library_and_version(spelled: str, read: tuple[str, str]) -> None:
    assert tracker(spelled) == read


TIMES = {
    "milliseconds": ("1794823200123", 1794823200.123),
    "nothing": ("", None),
    "a fraction": ("1794823200123.5", None),
    "a sign": ("-5", None),
    "digits of another script": ("١٧٩٤٨٢٣٢٠٠٠٠٠", None),
    "a superscript": ("²", None),
    "the last moment of the year 9999": ("253402300799999", 253402300799.999),
    "the year 10000": ("253402300800000", None),
    "far beyond": ("9" * 400, None),
}


@pytest.mark.parametrize(("text", "seconds"), TIMES.values(), ids=TIMES)
def test_a_time_is_milliseconds_or_a_problem(text: str, seconds: float | None) -> None:
    one = event(batch({**VIEW, "dtm": text}))
    assert one.created == seconds
    assert rules(one) == ([] if seconds is not None or not text else ["wrong_format envelope:$.dtm"])


def test_a_size_that_is_none_is_kept_as_it_came() -> None:
    columns = json.loads(event(batch({**VIEW, "vp": "1280", "res": "1920x1080x2"})).payload)
    assert (columns["br_viewwidth"], columns["br_viewheight"]) == ("1280", "")
    assert (columns["dvce_screenwidth"], columns["dvce_screenheight"]) == ("1920", "1080x2")


def test_the_names_fit_together() -> None:
    assert len(COLUMNS) == len(set(COLUMNS)) == 131
    assert len(BATCH_PARAMETERS) == 80
    assert {*CANONICAL.values(), *(name for pair in SIZES.values() for name in pair)} <= set(COLUMNS)
    assert set(SIZES) <= BATCH_PARAMETERS


RECOGNISED = {
    "a GET of the pixel": (Record(None, path="/i?e=pv"), 90),
    "the path of the protocol": (Record(b"oops", path=PATH), 100),
    "the path of the webhook": (Record(b"oops", path=WEBHOOK), 100),
    "a batch on any path": (Record(batch(VIEW), path="/collecte"), 100),
    "a bad row": (Record(b'{"schema":"iglu:com.snowplowanalytics.snowplow.badrows/x/jsonschema/1-0-0"}'), 0),
    "another document": (Record(b'{"type":"track"}'), 0),
    "a tombstone": (Record(None), 0),
}


@pytest.mark.parametrize(("record", "sure"), RECOGNISED.values(), ids=RECOGNISED)
def test_a_tracker_is_recognised(record: Record, sure: int) -> None:
    assert SNOWPLOW.recognises(record) == sure
