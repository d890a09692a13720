"""Golden cases of the four Snowplow dialects: what the wire carries beside what becomes of it.

`<name>.tsv` holds one record a line; a case with a request and no body is a GET.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from golden_cases import CASES, expected_of, names_of, shown

from observer.dialects import Dialect
from observer.dialects.snowplow import SNOWPLOW
from observer.dialects.snowplow_bad_rows import SNOWPLOW_BAD_ROWS
from observer.dialects.snowplow_enriched import SNOWPLOW_ENRICHED
from observer.dialects.snowplow_json import SNOWPLOW_JSON
from observer.model import Record

DIALECTS: dict[str, Dialect] = {
    dialect.name: dialect for dialect in (SNOWPLOW, SNOWPLOW_ENRICHED, SNOWPLOW_JSON, SNOWPLOW_BAD_ROWS)
}
NAMED = [(dialect, name) for dialect in DIALECTS for name in names_of(dialect)]


def records_of(dialect: str, name: str) -> list[Record]:
    folder = CASES / dialect
    lines = folder / f"{name}.tsv"
    if lines.exists():
        return [Record(line) for line in lines.read_bytes().splitlines()]
    request = _request(folder / f"{name}.request.json")
    body = folder / f"{name}.json"
    value = body.read_bytes() if body.exists() else None
    return [Record(value, headers=request.get("headers", {}), path=request.get("path", ""))]


def _request(file: Path) -> dict[str, Any]:
    if not file.exists():
        return {}
    read: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return read


@pytest.mark.parametrize(("dialect", "name"), NAMED)
def test_a_snowplow_case_becomes_what_it_says(dialect: str, name: str) -> None:
    decoded = [one for record in records_of(dialect, name) for one in DIALECTS[dialect].decode(record)]
    assert [shown(one) for one in decoded] == expected_of(dialect, name)


@pytest.mark.parametrize(("dialect", "name"), NAMED)
def test_each_event_of_a_snowplow_case_alone_is_that_event_again(dialect: str, name: str) -> None:
    decoder = DIALECTS[dialect]
    for record in records_of(dialect, name):
        for index, one in enumerate(decoder.decode(record)):
            alone = Record(decoder.alone(record, index), headers=record.headers, path=record.path)
            assert list(decoder.decode(alone)) == [one]


@pytest.mark.parametrize(("dialect", "name"), NAMED)
def test_a_snowplow_case_is_recognised_by_its_own_dialect_first(dialect: str, name: str) -> None:
    """Except where the case is that it is none of its dialect."""
    foreign = {"a-tracker-batch-is-no-bad-row": "snowplow"}
    for record in records_of(dialect, name):
        surest = max(DIALECTS.values(), key=lambda one: one.recognises(record))
        assert surest.recognises(record) > 0
        assert surest.name == foreign.get(name, dialect)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_there_are_enough_snowplow_cases(dialect: str) -> None:
    assert len(names_of(dialect)) >= 6
