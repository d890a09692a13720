"""What each logicalType and each of its options asks of a value: docs/contracts.md, in cases.

The payload is `{"p": …}`; a finding is told as `rule: expected / what came`.
"""

from typing import Any, NamedTuple

import pytest
from contract_examples import accepts, contract, stated


class Case(NamedTuple):
    """A property and the text of a value. fast: the fast path takes it, which it never must."""

    property: dict[str, Any]
    value: str
    found: tuple[str, ...] = ()
    fast: bool = True


def asked(logical_type: str, **keys: Any) -> dict[str, Any]:
    return stated("p", logical_type, **keys)


def good(property: dict[str, Any], *values: str, fast: bool = True) -> list[Case]:
    return [Case(property, value, (), fast) for value in values]


def bad(property: dict[str, Any], finding: str, *values: str) -> list[Case]:
    return [Case(property, value, (finding,), False) for value in values]


STRING = {
    "a string is any text": good(asked("string"), '""', '"é"', '"\\u0000"', '"2026-03-01"'),
    "a string is nothing else": [
        *bad(asked("string"), "type:$.p: string / number", "1", "1.5", "1e400"),
        *bad(asked("string"), "type:$.p: string / boolean", "true"),
        *bad(asked("string"), "type:$.p: string / object", "{}"),
        *bad(asked("string"), "type:$.p: string / array", '["a"]'),
    ],
    "minLength and maxLength count characters, not bytes": [
        *good(asked("string", minLength=2, maxLength=2), '"é1"', '"😀😀"', '"\\ud83d\\ude00a"'),
        *bad(asked("string", minLength=2), "minLength:$.p: at least 2 characters / string", '"a"', '"😀"'),
        *bad(asked("string", maxLength=2), "maxLength:$.p: at most 2 characters / string", '"abc"'),
    ],
    "a pattern is looked for anywhere, unless it has anchors": [
        *good(asked("string", pattern="L-[0-9]"), '"ML-12"'),
        *bad(asked("string", pattern="^L-[0-9]"), "pattern:$.p: pattern ^L-[0-9] / string", '"ML-12"'),
    ],
    "$ is the very end, and \\d knows ASCII digits only": bad(
        asked("string", pattern="^\\d+$"), "pattern:$.p: pattern ^\\d+$ / string", '"1\\n"', '"١٢"', '""'
    ),
    "a nested quantifier runs in linear time": bad(
        asked("string", pattern="^(a+)+$"), "pattern:$.p: pattern ^(a+)+$ / string", '"' + "a" * 5000 + '!"'
    ),
    "format email": [
        *good(asked("string", format="email"), '"camille@maison-lumiere.example"', '"a@b"'),
        *bad(
            asked("string", format="email"),
            "format:$.p: format email / string",
            '"camille"',
            '"C <a@b.example>"',
        ),
    ],
    "format uuid": [
        *good(asked("string", format="uuid"), '"6F1C0B6E-9A55-4A7C-8A38-1F1F3F9C2C11"'),
        *bad(
            asked("string", format="uuid"),
            "format:$.p: format uuid / string",
            '"6F1C0B6E9A554A7C8A381F1F3F9C2C11"',
        ),
    ],
    "format uri": [
        *good(asked("string", format="uri"), '"https://www.maison-lumiere.example/?a=b"'),
        *bad(asked("string", format="uri"), "format:$.p: format uri / string", '"/lampes"'),
    ],
    "format password asks nothing": good(asked("string", format="password"), '""'),
    "an enum lists every word": [
        *good(asked("string", enum=["EUR", "CHF"]), '"EUR"'),
        *bad(asked("string", enum=["EUR", "CHF"]), "enum:$.p: one of EUR, CHF / string", '"eur"', '""'),
        *bad(asked("string", enum=["EUR", "CHF"]), "type:$.p: string / number", "1"),
    ],
}

NUMBERS = {
    "a number is any JSON number": good(asked("number"), "0", "-0", "-0.0", "1e2", "12345678901234567890123"),
    "a number too large for a double is one": good(asked("number"), "1e400", "-1e400", fast=False),
    "a number is no text": bad(asked("number"), "type:$.p: number / string", '"59.90"', '""'),
    "a number is no boolean": bad(asked("number"), "type:$.p: number / boolean", "true", "false"),
    "an integer may be written with a fraction of zero": good(
        asked("integer"), "1.0", "1e2", "-0.0", fast=False
    ),
    "an integer has no other fraction": bad(asked("integer"), "type:$.p: integer / number", "1.5", "1e-1"),
    "an integer of any size": good(asked("integer"), "123456789012345678901234567890", "-1"),
    "minimum and maximum are allowed themselves": [
        *good(asked("number", minimum=0, maximum=2.5), "0", "-0", "-0.0", "2.5"),
        *bad(
            asked("number", minimum=0),
            "minimum:$.p: >= 0 / number",
            "-1",
            "-0.01",
            "-1e400",
            "-1e9999999999999999999",
        ),
        *bad(asked("number", maximum=2.5), "maximum:$.p: <= 2.5 / number", "3", "2.51", "1e400"),
    ],
    "exclusive bounds are not": [
        *good(asked("integer", exclusiveMinimum=0.5, exclusiveMaximum=2), "1"),
        *bad(asked("integer", exclusiveMinimum=0), "exclusiveMinimum:$.p: > 0 / number", "0", "-0", "-1"),
        *bad(asked("number", exclusiveMaximum=2), "exclusiveMaximum:$.p: < 2 / number", "2", "2.0"),
    ],
    "bounds are exact beyond 2^53": bad(
        asked("number", maximum=2**53), "maximum:$.p: <= 9007199254740992 / number", "9007199254740993"
    ),
    "multipleOf is decimal, as money is": [
        *good(asked("number", multipleOf=0.01), "19.99", "0.07", "4.35", "0", "1e2"),
        *bad(asked("number", multipleOf=0.01), "multipleOf:$.p: a multiple of 0.01 / number", "19.999"),
    ],
    "an integer format is a range": [
        *good(asked("integer", format="u8"), "0", "255"),
        *bad(asked("integer", format="u8"), "format:$.p: format u8 / number", "-1", "256"),
        *bad(asked("integer", format="i32"), "format:$.p: format i32 / number", "2147483648"),
    ],
    "a number format is a range": [
        *good(asked("number", format="f64"), "1e308", "0.1"),
        *bad(asked("number", format="f32"), "format:$.p: format f32 / number", "1e39"),
    ],
    "an enum of numbers compares values": [
        *good(asked("number", enum=[1, 2.5]), "1", "1.0", "2.5"),
        *bad(asked("number", enum=[1, 2.5]), "enum:$.p: one of 1, 2.5 / number", "2"),
    ],
}

MOMENTS = {
    "a date is YYYY-MM-DD and in the calendar": [
        *good(asked("date"), '"2024-02-29"', '"0000-01-01"', '"9999-12-31"'),
        *bad(asked("date"), "format:$.p: format date / string", '"2026-02-29"', '"2026-3-1"', '"01/03/2026"', '""'),
        *bad(asked("date"), "format:$.p: format date / string", '"2026-03-01T00:00:00Z"', '"２０２６-03-01"'),
        *bad(asked("date"), "type:$.p: string / number", "20260301"),
    ],
    "a date in a format of its own": [
        *good(asked("date", format="dd/MM/yyyy"), '"29/02/2024"'),
        *bad(
            asked("date", format="dd/MM/yyyy"),
            "format:$.p: format dd/MM/yyyy / string", '"29/02/2026"', '"2024-02-29"',
        ),
    ],
    "a date has bounds": [
        *good(asked("date", minimum="2026-01-01", exclusiveMaximum="2027-01-01"), '"2026-01-01"', '"2026-12-31"'),
        *bad(asked("date", minimum="2026-01-01"), "minimum:$.p: >= 2026-01-01 / string", '"2025-12-31"'),
        *bad(
            asked("date", exclusiveMaximum="2027-01-01"),
            "exclusiveMaximum:$.p: < 2027-01-01 / string", '"2027-01-01"',
        ),
    ],
    "a timestamp is RFC 3339 with its offset": [
        *good(asked("timestamp"), '"2026-03-01T10:00:00Z"', '"2026-03-01t10:00:00.123456789012+01:00"'),
        *good(asked("timestamp"), '"2016-12-31T23:59:60Z"', '"2026-03-01T10:00:00-00:00"'),
        *bad(
            asked("timestamp"), "format:$.p: format date-time / string",
            '"2026-03-01T10:00:00"', '"2026-03-01 10:00:00Z"', '"2026-03-01T10:00:00+0100"', '"2026-03-01T24:00:00Z"',
            '"2026-03-01T10:00:00+24:00"', '"2026-03-01"',
        ),
    ],
    "a timestamp without a time zone has no offset": [
        *good(asked("timestamp", timezone=False), '"2026-03-01T10:00:00.5"'),
        *bad(
            asked("timestamp", timezone=False), "format:$.p: format local date-time / string",
            '"2026-03-01T10:00:00Z"', '"2026-02-30T10:00:00"',
        ),
    ],
    "timestamps compare as moments, whatever their offset": [
        *good(asked("timestamp", minimum="2026-03-01T10:00:00Z"), '"2026-03-01T11:00:00+01:00"'),
        *bad(
            asked("timestamp", minimum="2026-03-01T10:00:00Z"), "minimum:$.p: >= 2026-03-01T10:00:00Z / string",
            '"2026-03-01T10:30:00+01:00"', '"2026-03-01T09:59:59.999Z"',
        ),
    ],
    "fractions of a second compare as numbers": [
        *good(asked("time", minimum="10:00:00.5"), '"10:00:00.50"', '"10:00:00.6"', '"10:00:01"'),
        *bad(
            asked("time", exclusiveMinimum="10:00:00.5"), "exclusiveMinimum:$.p: > 10:00:00.5 / string",
            '"10:00:00.50"', '"10:00:00.45"', '"10:00:00"',
        ),
    ],
    "a year 0 comes before the year 1": [
        *bad(asked("date", minimum="0001-01-01"), "minimum:$.p: >= 0001-01-01 / string", '"0000-12-31"'),
        *good(asked("date", maximum="0000-12-31"), '"0000-02-29"'),
    ],
    "a timestamp in a format of its own": [
        *good(asked("timestamp", format="yyyy-MM-dd HH:mm:ss.SSS"), '"2026-03-01 10:00:00.500"'),
        *bad(
            asked("timestamp", format="yyyy-MM-dd HH:mm:ss.SSS"),
            "format:$.p: format yyyy-MM-dd HH:mm:ss.SSS / string", '"2026-03-01 10:00:00.5"',
        ),
        *good(asked("timestamp", format="yyyyMMdd'T'HHmmssX"), '"20260301T100000Z"', '"20260301T100000+01"'),
    ],
    "a time has no offset unless it asks for one": [
        *good(asked("time"), '"09:30:00"', '"23:59:59.999"'),
        *bad(asked("time"), "format:$.p: format local time / string", '"09:30"', '"24:00:00"', '"09:30:00Z"'),
        *good(asked("time", timezone=True), '"09:30:00Z"', '"09:30:00+02:00"'),
        *bad(asked("time", timezone=True), "format:$.p: format time / string", '"09:30:00"'),
    ],
}  # fmt: skip

HOLDERS = {
    "a boolean is true or false": [
        *good(asked("boolean"), "true", "false"),
        *bad(asked("boolean"), "type:$.p: boolean / number", "0", "1"),
        *bad(asked("boolean"), "type:$.p: boolean / string", '"true"'),
        *bad(asked("boolean", enum=[True]), "enum:$.p: one of true / boolean", "false"),
    ],
    "an array without items holds anything": good(asked("array"), "[]", '[1,"a",null,{}]'),
    "an array counts its items": [
        *bad(asked("array", minItems=1), "minItems:$.p: at least 1 items / array", "[]"),
        *bad(asked("array", maxItems=1), "maxItems:$.p: at most 1 items / array", "[1,2]"),
        *bad(asked("array"), "type:$.p: array / object", "{}"),
    ],
    "uniqueItems compares JSON values": [
        *good(asked("array", uniqueItems=True), "[1,2]", '[1,"1"]', "[1,true]"),
        *bad(
            asked("array", uniqueItems=True),
            "uniqueItems:$.p: no item twice / array", "[1,1.0]", '[{"a":1},{"a":1}]',
        ),
        *good(asked("array", uniqueItems=False), "[1,1]"),
    ],
    "items are never null": bad(
        asked("array", items={"logicalType": "string"}), "type:$.p[*]: string / null", '["a",null]', "[null]"
    ),
    "a rule broken by many items is found once": bad(
        asked("array", items={"logicalType": "number"}), "type:$.p[*]: number / string", '["1","2","3"]'
    ),
    "an object without properties holds anything": good(asked("object"), "{}", '{"a":null}'),
    "an object holds its properties": [
        *good(asked("object", properties=[stated("q", "integer")]), "{}", '{"q":1,"other":"x"}', '{"q":null}'),
        *bad(asked("object", properties=[stated("q", "integer")]), "type:$.p.q: integer / string", '{"q":"1"}'),
        *bad(
            {**asked("object", properties=[stated("q", "integer")]), "logicalTypeOptions": {"required": ["q"]}},
            "required:$.p.q: integer / nothing", "{}",
        ),
        *bad(asked("object"), "type:$.p: object / array", "[]"),
    ],
    "an object counts the names that came": [
        *bad(asked("object", minProperties=1), "minProperties:$.p: at least 1 properties / object", "{}"),
        *bad(asked("object", maxProperties=1), "maxProperties:$.p: at most 1 properties / object", '{"a":1,"b":null}'),
    ],
    "a map holds values of one type under any key": [
        *good(_MAP := asked("map", map={"key": {"logicalType": "string"}, "value": {"logicalType": "integer"}}), "{}"),
        *good(_MAP, '{"a":1,"b":2}'),
        *bad(_MAP, "type:$.p.*: integer / string", '{"camille@maison-lumiere.example":"1"}'),
        *bad(_MAP, "type:$.p.*: integer / null", '{"a":null}'),
    ],
    "the keys of a map keep their own type": [
        *good(_DAYS := asked("map", map={"key": {"logicalType": "date"}, "value": {"logicalType": "number"}}), "{}"),
        *good(_DAYS, '{"2026-03-01":1}'),
        *bad(_DAYS, "keys:$.p: format date / object", '{"camille@maison-lumiere.example":1}'),
    ],
    "a vector has its dimensions": [
        *good(asked("vector", dimensions=2), "[0.5,1]"),
        *bad(asked("vector", dimensions=2), "dimensions:$.p: 2 items / array", "[1]", "[1,2,3]"),
        *bad(asked("vector", dimensions=1), "type:$.p[*]: number / string", '["1"]'),
        *bad(asked("vector", dimensions=1, elementType="uint8"), "maximum:$.p[*]: <= 255 / number", "[256]"),
        *bad(asked("vector", dimensions=1, elementType="binary"), "type:$.p[*]: integer / number", "[0.5]"),
    ],
}  # fmt: skip

PRESENCE = {
    "null at an optional property counts as absent": [
        *good(asked("string", minLength=1), "null"),
        *good(asked("string", enum=["EUR"]), "null"),
        *good(asked("date"), "null"),
        *good(asked("number", multipleOf=5), "null"),
        *good(asked("array", uniqueItems=True), "null"),
        *good(asked("object", properties=[stated("q", "string", required=True)]), "null"),
        *good(asked("map", map={"key": {"logicalType": "date"}, "value": {"logicalType": "string"}}), "null"),
    ],
    "null at a required property is missing": [
        *bad(asked("string", required=True), "required:$.p: string / null", "null"),
        *bad(asked("date", required=True), "required:$.p: string / null", "null"),
        *bad(asked("string", required=True, enum=["EUR"]), "required:$.p: string / null", "null"),
        *bad(asked("array", required=True, uniqueItems=True), "required:$.p: array / null", "null"),
    ],
    "a primary key is required": bad(asked("string", primaryKey=True), "required:$.p: string / null", "null"),
}

CASES = {
    f"{sentence} [{number}] {case.value[:40]}": case
    for table in (STRING, NUMBERS, MOMENTS, HOLDERS, PRESENCE)
    for sentence, cases in table.items()
    for number, case in enumerate(cases)
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_logical_type(case: Case) -> None:
    compiled = contract(case.property)
    payload = b'{"p":' + case.value.encode() + b"}"
    findings = compiled.exact(payload, "$")
    found = [f"{one.rule}: {one.expected} / {one.came}" for one in findings]
    assert tuple(found) == case.found
    assert accepts(compiled, payload) is case.fast


@pytest.mark.parametrize(
    "value", ["", "camille@maison-lumiere.example", "1e400"], ids=["empty", "e-mail", "number"]
)
def test_a_finding_never_holds_what_came(value: str) -> None:
    compiled = contract(
        stated("p", "integer"),
        stated("m", "map", map={"key": {"logicalType": "date"}, "value": {"logicalType": "date"}}),
        closed=True,
    )
    findings = compiled.exact(f'{{"p":"{value}","m":{{"k{value}":"{value}"}},"n{value}":1}}'.encode(), "$")
    assert len(findings) == 4
    assert not any(value and value in str(one) for one in findings)
