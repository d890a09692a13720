"""What holds for every Snowplow dialect, whatever comes: tried on generated and on broken bytes."""

import base64
import json
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_snowplow_golden import DIALECTS, NAMED, records_of

from observer.dialects import Dialect
from observer.dialects.snowplow import SNOWPLOW
from observer.dialects.snowplow_columns import BATCH_PARAMETERS, COLUMNS
from observer.dialects.snowplow_item import checked, event_of, from_base64, item_of
from observer.model import Event, Record, Undecodable

PATHS = (
    "",
    "/com.snowplowanalytics.snowplow/tp2",
    "/i?",
    "/com.snowplowanalytics.iglu/v1?schema=iglu:a/b/jsonschema/1-0-0",
)
SCHEMA = "iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4"
GOLDEN = [record for dialect, name in NAMED for record in records_of(dialect, name)]
BROKEN = (
    b"NaN", b"Infinity", b"1e400", b"-", b"9" * 5000, b"null", b"true", b"{}", b"[]", b'""', b'"', b"\\", b"\x00",
    b"\xff", b"\xef\xbb\xbf", b"\\ud800", b"{", b"}", b"[", b"]", b",", b":", b"\t", b"\n",
    b"[" * 2000, b'{"a":' * 2000,
    b'"data":[],', b'"schema":1,', b'"e":"ue",', b'"ue_px":"e30",', b"iglu:a/b/jsonschema/1-0-0", b"%ff", b"&",
)  # fmt: skip

quick = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
documents = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
uris = texts | st.sampled_from(
    [
        "iglu:example.maison-lumiere/lead_scored/jsonschema/2-0-0",
        "iglu:com.snowplowanalytics.snowplow/consent_preferences/jsonschema/1-0-0",
        "iglu:com.snowplowanalytics.snowplow/gdpr/jsonschema/1-0-0",
        "iglu:com.snowplowanalytics.snowplow/failure/jsonschema/1-0-0",
        "iglu:com.snowplowanalytics.snowplow.badrows/size_violation/jsonschema/1-0-0",
        SCHEMA,
    ]
)
described = st.fixed_dictionaries({"schema": uris, "data": documents})
events = st.fixed_dictionaries({"schema": uris, "data": described}).map(json.dumps)
entities = st.fixed_dictionaries({"schema": uris, "data": st.lists(described, max_size=3)}).map(json.dumps)


def encoded(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return inner.map(lambda text: base64.urlsafe_b64encode(text.encode()).decode())


items = st.fixed_dictionaries(
    {"e": st.sampled_from(["pv", "pp", "se", "ue", "tr", "ti", "", "xx"])},
    optional={
        "tv": texts,
        "p": texts,
        "eid": texts,
        "dtm": texts | st.integers(0, 10**13).map(str),
        "ttm": texts,
        "url": texts,
        "se_ac": texts,
        "vp": texts,
        "ev_ac": texts,
        "duid": texts,
        "tnuid": texts,
        "ue_pr": texts | events,
        "ue_px": texts | encoded(events),
        "co": texts | entities,
        "cx": texts | encoded(entities),
    },
)
odd_items = (
    items | documents | st.dictionaries(st.sampled_from(sorted(BATCH_PARAMETERS)), documents, max_size=6)
)
columns = st.dictionaries(
    st.sampled_from(COLUMNS), texts | st.just("unstruct") | events | entities | st.just("1-0-0"), max_size=12
)


def holds_its_promises(dialect: Dialect, record: Record) -> None:
    """Never raises, never empty, and each event alone is that same event again."""
    decoded = dialect.decode(record)
    assert decoded
    assert 0 <= dialect.recognises(record) <= 100
    for index, one in enumerate(decoded):
        assert isinstance(one, Event | Undecodable)
        alone = Record(dialect.alone(record, index), headers=record.headers, path=record.path)
        assert list(dialect.decode(alone)) == [one]


@pytest.mark.parametrize("name", DIALECTS)
@quick
@given(value=st.binary(max_size=200), path=st.sampled_from(PATHS))
def test_any_bytes_are_survived_by_snowplow(name: str, value: bytes, path: str) -> None:
    holds_its_promises(DIALECTS[name], Record(value, path=path))


@pytest.mark.parametrize("name", DIALECTS)
@quick
@given(data=st.data())
def test_broken_golden_bytes_are_survived_by_snowplow(name: str, data: st.DataObject) -> None:
    record = data.draw(st.sampled_from(GOLDEN))
    value = record.value or b""
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(value)))
        end = min(len(value), start + data.draw(st.integers(0, 12)))
        value = value[:start] + data.draw(st.sampled_from(BROKEN)) + value[end:]
    holds_its_promises(DIALECTS[name], Record(value, path=record.path))


@pytest.mark.parametrize(("dialect", "name"), NAMED)
def test_every_beginning_of_a_snowplow_case_is_survived(dialect: str, name: str) -> None:
    for record in records_of(dialect, name):
        value = record.value or b""
        for end in range(0, len(value.rstrip()), 13):
            decoded = DIALECTS[dialect].decode(Record(value[:end], path=record.path))
            assert len(decoded) == 1


@quick
@given(st.lists(odd_items, min_size=1, max_size=5), st.sampled_from([SCHEMA, SCHEMA[:-1] + "0"]))
def test_each_snowplow_event_alone_is_that_event_again(batch: list[Any], schema: str) -> None:
    value = json.dumps({"schema": schema, "data": batch}, ensure_ascii=False).encode()
    assert len(SNOWPLOW.decode(Record(value))) == len(batch)
    holds_its_promises(SNOWPLOW, Record(value))


@quick
@given(items)
def test_both_paths_read_an_event_of_strings_alike(item: dict[str, str]) -> None:
    read = item_of(json.dumps(item).encode())
    assert not isinstance(read, Undecodable)
    same, problems = read
    assert (same, problems) == (item, checked(item))
    assert event_of(same, problems) == event_of(item, checked(item))


@quick
@given(st.lists(items, min_size=1, max_size=4), documents)
def test_one_more_event_of_any_kind_leaves_the_others_as_they_were(batch: list[Any], more: Any) -> None:
    alone = SNOWPLOW.decode(Record(json.dumps({"schema": SCHEMA, "data": batch}).encode()))
    joined = SNOWPLOW.decode(Record(json.dumps({"schema": SCHEMA, "data": [*batch, more]}).encode()))
    assert list(joined[:-1]) == list(alone)


@quick
@given(items)
def test_a_get_and_a_post_of_one_event_are_alike(item: dict[str, str]) -> None:
    """But for what only a batch is held to: an undeclared parameter."""
    declared = {name: text for name, text in item.items() if name in BATCH_PARAMETERS}
    (posted,) = SNOWPLOW.decode(Record(json.dumps({"schema": SCHEMA, "data": [declared]}).encode()))
    (got,) = SNOWPLOW.decode(Record(None, path="/i?" + urlencode(declared)))
    assert got == posted


@quick
@given(texts, documents, st.sampled_from(PATHS))
def test_any_query_is_survived(query: str, body: Any, path: str) -> None:
    separator = "&" if "?" in path else "?"
    holds_its_promises(SNOWPLOW, Record(None, path=f"{path}{separator}{query}"))
    holds_its_promises(SNOWPLOW, Record(json.dumps(body).encode(), path=f"{path}{separator}{query}"))


@quick
@given(columns)
def test_any_columns_are_survived(given_columns: dict[str, str]) -> None:
    flat = {name: text.translate({9: " ", 10: " ", 13: " "}) for name, text in given_columns.items()}
    line = "\t".join(flat.get(name, "") for name in COLUMNS)
    holds_its_promises(DIALECTS["snowplow_enriched"], Record(line.encode()))
    holds_its_promises(DIALECTS["snowplow_json"], Record(json.dumps(given_columns).encode()))


@quick
@given(
    st.dictionaries(
        st.sampled_from(
            [
                *COLUMNS,
                "contexts_com_snowplowanalytics_snowplow_failure_1",
                "contexts_a_b_1",
                "unstruct_event_a_b_1",
            ]
        ),
        documents,
        max_size=12,
    ),
    st.sampled_from(["unstruct", "page_view", "struct"]),
)
def test_any_values_of_columns_are_survived(columns_of_any_kind: dict[str, Any], kind: str) -> None:
    value = json.dumps({**columns_of_any_kind, "event": kind}).encode()
    holds_its_promises(DIALECTS["snowplow_json"], Record(value))


@quick
@given(uris, documents)
def test_any_bad_row_is_survived(uri: str, data: Any) -> None:
    holds_its_promises(
        DIALECTS["snowplow_bad_rows"], Record(json.dumps({"schema": uri, "data": data}).encode())
    )


@quick
@given(st.binary(max_size=60), st.integers(0, 2))
def test_base64_is_what_it_was_encoded_from(raw: bytes, cut: int) -> None:
    for encode in (base64.urlsafe_b64encode, base64.b64encode):
        padded = encode(raw).decode()
        assert from_base64(padded) == from_base64(padded.rstrip("=")) == raw
    assert from_base64("é" * cut + "*") is None
