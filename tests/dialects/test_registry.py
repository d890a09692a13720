"""Every dialect is there, is recognised by what it sends, and says which field goes where."""

import re
from pathlib import Path

import msgspec
import pytest
from golden_cases import names_of, record_of

from observer.dialects import DIALECTS, recognise
from observer.dialects.table import fields_table
from observer.messages import catalogue
from observer.model import Event, Record

SOURCES = Path(__file__).parents[2] / "observer" / "dialects"
EXPECTED = (
    "segment", "rudderstack", "snowplow", "snowplow_enriched", "snowplow_json", "snowplow_bad_rows", "ga4", "amplitude",
    "cloudevents", "plain",
)  # fmt: skip
JSON = ("segment", "rudderstack", "ga4", "amplitude", "cloudevents", "plain")


def test_every_dialect_is_there_under_its_own_name() -> None:
    assert tuple(DIALECTS) == EXPECTED
    assert all(dialect.name == name for name, dialect in DIALECTS.items())


@pytest.mark.parametrize(("name", "case"), [(name, case) for name in JSON for case in names_of(name)])
def test_a_golden_case_is_recognised(name: str, case: str) -> None:
    dialect = recognise(record_of(name, case))
    assert dialect is not None
    assert dialect.name == name


PATHS = {
    "/mp/collect?measurement_id=G-MAISON0001": "ga4",
    "/debug/mp/collect": "ga4",
    "/2/httpapi": "amplitude",
    "/pixel/v1/track?event=e": "rudderstack",
    "/beacon/v1/batch": "rudderstack",
    "/v1/t": "segment",
    "/somewhere": None,
}


@pytest.mark.parametrize(("path", "name"), PATHS.items(), ids=PATHS)
def test_the_path_alone_tells_the_dialect_of_an_odd_body(path: str, name: str | None) -> None:
    dialect = recognise(Record(b"oops", path=path))
    assert (dialect.name if dialect else None) == name


NOBODY = {
    "a tombstone": None,
    "nothing": b"",
    "a number": b"12",
    "another object": b'{"hello":"world"}',
    "noise": b"\xff\x00",
}


@pytest.mark.parametrize("value", NOBODY.values(), ids=NOBODY)
def test_nobody_claims_what_has_no_sign(value: bytes | None) -> None:
    assert recognise(Record(value)) is None


def test_every_table_names_fields_of_an_event() -> None:
    known = {field.name for field in msgspec.structs.fields(Event)}
    for name, dialect in DIALECTS.items():
        assert dialect.fields, f"{name} says of no field where it is"
        assert {field for field, _ in dialect.fields} <= known, name


def test_the_documented_table_has_every_dialect() -> None:
    table = fields_table()
    assert re.findall(r"^### (\w+)$", table, re.MULTILINE) == list(EXPECTED)
    assert "| `message_id` | `messageId` |" in table


def test_every_reason_has_its_message() -> None:
    named = re.compile(r"""Undecodable\(\s*"([a-z_0-9]+)\"""")
    found = {
        reason
        for file in sorted(SOURCES.glob("*.py"))
        for reason in named.findall(file.read_text(encoding="utf-8"))
    }
    assert {"tombstone", "not_json", "too_deep", "no_name"} <= found
    assert not {reason for reason in found if f"decoding.{reason}" not in catalogue()}
