"""Where a finding says that it is, in which order findings come, and what happens to what cannot be read."""

import msgspec
import pytest
from contract_examples import accepts, contract, stated, told

from observer.contracts.compiled import Contract
from observer.model import Finding, ViolationKind

LINE = {
    "logicalType": "object",
    "properties": [
        stated("price", "number", required=True),
        stated("tags", "array", items={"logicalType": "string"}),
    ],
}
ORDER = contract(
    stated("order_id", "string", required=True, minLength=3),
    stated("first name", "string"),
    stated("it's", "string"),
    stated("lines", "array", items=LINE),
    stated(
        "labels",
        "map",
        map={"key": {"logicalType": "string"}, "value": {"logicalType": "array", "items": LINE}},
    ),
)

PLACES = {
    "a property of the payload": ('{"order_id":1}', "$.order_id"),
    "a missing one": ("{}", "$.order_id"),
    "a name that is no identifier": ('{"order_id":"abc","first name":1}', "$['first name']"),
    "a name with a quote": ('{"order_id":"abc","it\'s":1}', "$['it\\'s']"),
    "the index of an item": ('{"order_id":"abc","lines":[{"price":1},{"price":"1"}]}', "$.lines[1].price"),
    "what an item lacks": ('{"order_id":"abc","lines":[{"price":1},{}]}', "$.lines[1].price"),
    "an item of an item": ('{"order_id":"abc","lines":[{"price":1,"tags":["a",1]}]}', "$.lines[0].tags[1]"),
    "the key of a map is masked": ('{"order_id":"abc","labels":{"camille":[{}]}}', "$.labels.*[0].price"),
    "the payload itself": ("[]", "$"),
}


@pytest.mark.parametrize(("payload", "path"), PLACES.values(), ids=PLACES)
def test_the_path_of_a_finding(payload: str, path: str) -> None:
    assert [one.path for one in ORDER.exact(payload.encode(), "$")] == [path]
    root = "$.batch[2].properties"
    assert [one.path for one in ORDER.exact(payload.encode(), root)] == [root + path[1:]]


def test_findings_come_in_the_order_of_the_contract_each_rule_once() -> None:
    payload = b'{"lines":[{"price":"a"},{"price":"b"}],"first name":2,"order_id":"x"}'
    assert told(ORDER, payload) == [
        "out_of_constraint minLength:$.order_id $.order_id: at least 3 characters / string",
        "type_mismatch type:$['first name'] $['first name']: string / number",
        "type_mismatch type:$.lines[*].price $.lines[0].price: number / string",
    ]


def test_every_rule_is_listed_beforehand_with_its_kind() -> None:
    compiled = contract(
        stated("total", "number", required=True, minimum=0),
        stated("day", "date"),
        stated("level", "string", enum=["a"]),
        closed=True,
    )
    assert {rule: kind.value for rule, kind in compiled.rules.items()} == {
        "type:$": "type_mismatch",
        "required:$.total": "missing_required",
        "type:$.total": "type_mismatch",
        "minimum:$.total": "out_of_constraint",
        "type:$.day": "type_mismatch",
        "format:$.day": "wrong_format",
        "type:$.level": "type_mismatch",
        "enum:$.level": "out_of_constraint",
        "unexpected:$.*": "unexpected_property",
        "readable:$": "not_checked",
    }


INNER = stated("inner", "object", properties=[stated("q", "string")])
OPENED = INNER | {"customProperties": [{"property": "martechClosed", "value": False}]}
SHUT = INNER | {"customProperties": [{"property": "martechClosed", "value": True}]}
UNDECLARED = "unexpected_property unexpected:{0}.* {0}.*: a declared property / an undeclared property"

CLOSED = {
    "an open contract lets undeclared names pass": (contract(INNER), '{"x":1,"inner":{"y":1}}', []),
    "a closed one names none of them": (contract(INNER, closed=True), '{"camille@x.example":1}', ["$"]),
    "several are one finding": (contract(closed=True), '{"a":1,"b":2}', ["$"]),
    "objects inside are closed too": (contract(INNER, closed=True), '{"inner":{"y":1}}', ["$.inner"]),
    "unless they open themselves": (contract(OPENED, closed=True), '{"inner":{"y":1}}', []),
    "an object can close itself": (contract(SHUT), '{"x":1,"inner":{"y":1}}', ["$.inner"]),
    "an object that declares nothing is open": (
        contract(stated("o", "object"), closed=True),
        '{"o":{"y":1}}',
        [],
    ),
    "a closed contract takes what it declares": (contract(INNER, closed=True), '{"inner":{"q":"a"}}', []),
}


@pytest.mark.parametrize(("compiled", "payload", "places"), CLOSED.values(), ids=CLOSED)
def test_closed(compiled: Contract, payload: str, places: list[str]) -> None:
    assert told(compiled, payload.encode()) == [UNDECLARED.format(place) for place in places]
    assert accepts(compiled, payload.encode()) is not bool(places)


UNREADABLE = {
    "nothing": (b"", "JSON", "something else"),
    "cut off": (b'{"order_id":"ab', "JSON", "something else"),
    "two values": (b"{} {}", "JSON", "something else"),
    "NaN": (b'{"order_id":NaN}', "JSON", "something else"),
    "a byte order mark": (b"\xef\xbb\xbf{}", "JSON", "something else"),
    "Latin-1": (b'{"order_id":"\xe9t\xe9"}', "text in UTF-8", "another encoding"),
    "Latin-1 where nothing is declared": (
        b'{"order_id":"abc","x":"\xe9"}',
        "text in UTF-8",
        "another encoding",
    ),
    "half a surrogate pair": (b'{"order_id":"\\ud83d..."}', "Unicode text", "half a surrogate pair"),
    "half a pair in a name": (b'{"\\udc00":1,"order_id":"abc"}', "Unicode text", "half a surrogate pair"),
    "nested 100,000 deep": (b"[" * 100_000, "JSON that is not nested so deep", "nesting too deep"),
}


@pytest.mark.parametrize(("payload", "expected", "came"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_not_checked(payload: bytes, expected: str, came: str) -> None:
    assert ORDER.exact(payload, "$.data") == (
        Finding(ViolationKind.NOT_CHECKED, "readable:$", "$.data", expected, came),
    )
    assert not accepts(ORDER, payload)


ODD = {
    "the last of two keys counts": (b'{"order_id":1,"order_id":"abc"}', []),
    "and it may be the wrong one": (
        b'{"order_id":"abc","order_id":null}',
        ["missing_required required:$.order_id $.order_id: string / null"],
    ),
    "a name in escapes": (b'{"order\\u005fid":"abc"}', []),
    "a number beyond a double where nothing is declared": (b'{"order_id":"abc","x":[1e400]}', []),
    "an integer of 5,000 digits where nothing is declared": (
        b'{"order_id":"abc","x":' + b"9" * 5000 + b"}",
        [],
    ),
    "an exponent beyond all": (
        b'{"order_id":1e99999999999999999999}',
        ["type_mismatch type:$.order_id $.order_id: string / number"],
    ),
}


@pytest.mark.parametrize(("payload", "found"), ODD.values(), ids=ODD)
def test_odd_json_is_judged(payload: bytes, found: list[str]) -> None:
    assert told(ORDER, payload) == found


def test_a_raw_value_is_judged_as_bytes_are() -> None:
    class Envelope(msgspec.Struct):
        properties: msgspec.Raw

    for payload in (b'{"order_id":"abc","x":1e400}', b'{"order_id":1}', b'{"order_id":"abc"}'):
        raw = msgspec.json.decode(b'{"properties":' + payload + b"}", type=Envelope).properties
        assert accepts(ORDER, raw) == accepts(ORDER, payload)
        assert ORDER.exact(raw, "$") == ORDER.exact(payload, "$")
