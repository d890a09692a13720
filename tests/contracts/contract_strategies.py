"""Contracts and payloads for property tests: near the edges where JSON readers and validators part."""

from collections.abc import Iterator
from typing import Any

from contract_examples import document, stated
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

NAMES = ("id", "total", "first name", "é", "a.b", "$ref", "f0", 'say "hi"')

NUMBERS = (
    b"0", b"-0", b"0.0", b"-0.0", b"1", b"1.0", b"-1", b"1e2", b"1E-2", b"2.5", b"0.1",
    b"0.30000000000000004", b"19.99",
    b"3", b"10", b"100", b"127", b"128", b"255", b"256", b"2147483648", b"9007199254740992", b"9007199254740993",
    b"9007199254740993.0", b"9223372036854775807", b"9223372036854775808", b"-9223372036854775809",
    b"18446744073709551616", b"1" * 40, b"-" + b"9" * 400, b"1" * 5000, b"1e22", b"1e308", b"1e309", b"1e400",
    b"-1e400", b"1e-400", b"1e99999999999999999999", b"100.00000000000000000001", b"5.000000000000000000001",
)  # fmt: skip
TEXTS = (
    "", "a", "ab", "abc", "abcdef", "ML-123456", "ML-123456\\n",
    "ML-\u0661\u0662\u0663\u0664\u0665\u0666", "aaaaaaaaaaaaaaaaaaaaaaaaaaa!",
    "\\u00e9", "é", "e\u0301", "😀", "\\ud83d\\ude00", "\\ud800", "\\udc00a", "\\u0000", "\u2028", "EUR", "eur", "1",
    "2026-03-01", "2026-02-29", "2024-02-29", "0000-01-01", "9999-12-31", "2026-3-1", "01/03/2026", "２０２６-03-01",
    "2026-03-01T10:00:00Z", "2026-03-01t10:00:00z", "2026-03-01 10:00:00Z", "2026-03-01T10:00:00",
    "2026-03-01T10:00:00.123456789012Z", "2026-03-01T23:59:60Z", "2016-12-31T23:59:60Z", "2026-03-01T24:00:00Z",
    "2026-03-01T10:00:00+24:00", "2026-03-01T10:00:00-00:00", "2026-03-01T10:00:00+0100", "10:00:00", "10:00",
    "10:00:00Z", "23:59:60", "24:00:00", "10:00:00.5", "camille@maison-lumiere.example", "a@b", "not an address",
    "https://www.maison-lumiere.example/a?b=c", "no scheme", "192.0.2.1", "999.0.0.1", "::1",
    "maison-lumiere.example",
    "6f1c0b6e-9a55-4a7c-8a38-1f1f3f9c2c11", "6F1C0B6E9A554A7C8A381F1F3F9C2C11", "P1D", "[a-", "/a/~0",
)  # fmt: skip
OTHERS = (
    b"null", b"true", b"false", b"[]", b"{}", b"[1]", b"[1,1.0]", b"[1,1]", b'["a","a"]',
    b"[null]", b"[[1]]", b"[{}]",
    b'{"a":1}', b'{"a":null}', b'{"a":"x","a":1}', b"NaN", b"Infinity", b"nul", b'"\xff"', b'"\xed\xa0\x80"', b"",
    b"[" * 30 + b"]" * 30, b"01", b"1.", b'"\t"', b"'a'", b"[1,]",
)  # fmt: skip

PATTERNS = ("^ML-[0-9]{6}$", "^\\w+$", "a", "^.$", "\\d", "^(a+)+$", "^$", "\\s")
FORMATS = (
    "email",
    "uuid",
    "uri",
    "hostname",
    "ipv4",
    "ipv6",
    "date",
    "date-time",
    "time",
    "duration",
    "regex",
    "byte",
)
MOMENTS = {
    "date": ("2024-02-29", "2026-03-01"),
    "timestamp": ("2026-03-01T10:00:00Z", "2026-03-01T11:30:00+01:00"),
    "time": ("09:00:00", "10:00:00.5"),
}
BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")


def _some(choices: dict[str, SearchStrategy[Any]]) -> SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=choices)


_TEXT_OPTIONS = st.one_of(
    _some({"minLength": st.integers(0, 3), "maxLength": st.integers(3, 6)}),
    _some({"pattern": st.sampled_from(PATTERNS), "maxLength": st.integers(3, 6)}),
    st.fixed_dictionaries({"format": st.sampled_from(FORMATS)}),
    st.fixed_dictionaries(
        {"enum": st.lists(st.sampled_from(("EUR", "", "é", "1")), min_size=1, unique=True)}
    ),
)
_NUMBER = st.one_of(
    st.integers(-3, 10), st.sampled_from((0.5, -0.0, 2.5, 2**53, 2**53 + 1, 2**63, 1e300, -1e300))
)


def _number_options(integer: bool) -> SearchStrategy[dict[str, Any]]:
    formats = ("i8", "u8", "i32", "i64", "u64", "i128") if integer else ("f32", "f64")
    enum = st.lists(st.sampled_from((1, 3, 10, 127) if integer else (1, 2.5, 10)), min_size=1, unique=True)
    return st.one_of(
        _some(dict.fromkeys(BOUNDS, _NUMBER)),
        _some(
            {
                "minimum": st.integers(-3, 3),
                "multipleOf": st.sampled_from((1, 3) if integer else (0.01, 0.1, 2.5)),
            }
        ),
        st.fixed_dictionaries({"format": st.sampled_from(formats)}),
        st.fixed_dictionaries({"enum": enum}),
    )


def _moment_options(kind: str) -> SearchStrategy[dict[str, Any]]:
    bounds: dict[str, SearchStrategy[Any]] = {name: st.sampled_from(MOMENTS[kind]) for name in BOUNDS}
    if kind == "date":
        return st.one_of(_some(bounds), st.just({"format": "dd/MM/yyyy"}))
    return st.one_of(_some(bounds), _some({"timezone": st.booleans()}))


@st.composite
def properties(draw: st.DrawFn, depth: int = 2, name: str = "") -> dict[str, Any]:
    """Draws one property; some of them contradict themselves and are refused by the compiler."""
    simple = ("string", "number", "integer", "boolean", "date", "timestamp", "time", "vector")
    kind = draw(st.sampled_from(simple + (("object", "array", "map") * 2 if depth else ())))
    keys: dict[str, Any] = {}
    match kind:
        case "string":
            keys = draw(_TEXT_OPTIONS)
        case "number" | "integer":
            keys = draw(_number_options(kind == "integer"))
        case "date" | "timestamp" | "time":
            keys = draw(_moment_options(kind))
        case "boolean":
            keys = draw(_some({"enum": st.just([True])}))
        case "vector":
            keys = {
                "dimensions": draw(st.integers(1, 2)),
                "elementType": draw(st.sampled_from(("float32", "uint8"))),
            }
        case "array":
            keys = draw(
                _some(
                    {
                        "minItems": st.integers(0, 1),
                        "maxItems": st.integers(1, 2),
                        "uniqueItems": st.booleans(),
                    }
                )
            )
            if draw(st.booleans()):
                keys["items"] = _unnamed(draw(properties(depth - 1)))
        case "map":
            key = draw(st.sampled_from(({"logicalType": "string"}, {"logicalType": "date"})))
            keys = {"map": {"key": key, "value": _unnamed(draw(properties(depth - 1)))}}
        case "object":
            keys = draw(_some({"minProperties": st.integers(0, 1), "maxProperties": st.integers(1, 2)}))
            keys["properties"] = draw(listed(depth - 1))
            keys["customProperties"] = [{"property": "martechClosed", "value": draw(st.booleans())}]
    return stated(name, kind, required=draw(st.booleans()), **keys)


@st.composite
def listed(draw: st.DrawFn, depth: int = 2) -> list[dict[str, Any]]:
    """Draws the properties of one object, each name once."""
    names = draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=3))
    return [draw(properties(depth, name)) for name in names]


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Draws a whole contract."""
    return document(draw(listed()), closed=draw(st.booleans()))


def _unnamed(found: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in found.items() if key not in {"name", "required"}}


_ANYTHING: SearchStrategy[bytes] = st.one_of(
    st.sampled_from(NUMBERS),
    st.sampled_from(TEXTS).map(lambda text: b'"' + text.encode() + b'"'),
    st.sampled_from(OTHERS),
)


@st.composite
def value_for(draw: st.DrawFn, found: dict[str, Any]) -> bytes:
    """Draws the text of a JSON value that has a fair chance to keep the property `found`."""
    if draw(st.integers(0, 9)) == 0:
        return draw(_ANYTHING)
    options = found.get("logicalTypeOptions", {})
    match found["logicalType"]:
        case "object":
            return draw(object_for(found.get("properties", [])))
        case "array":
            item = found.get("items")
            one = value_for(item) if item else _ANYTHING
            return b"[" + b",".join(draw(st.lists(one, max_size=2))) + b"]"
        case "vector":
            numbers = st.lists(
                st.sampled_from(NUMBERS), min_size=options["dimensions"], max_size=options["dimensions"]
            )
            return b"[" + b",".join(draw(numbers)) + b"]"
        case "map":
            keys = draw(st.lists(st.sampled_from(("a", "2026-03-01")), max_size=2))
            return (
                b"{" + b",".join(_entry(key, draw(value_for(found["map"]["value"]))) for key in keys) + b"}"
            )
        case "boolean":
            return draw(st.sampled_from((b"true", b"false", b"null")))
        case "number" | "integer":
            return draw(st.sampled_from(NUMBERS))
    return b'"' + draw(st.sampled_from(TEXTS)).encode() + b'"'


@st.composite
def object_for(draw: st.DrawFn, found: list[dict[str, Any]]) -> bytes:
    """Draws the text of an object with some of its properties, some twice, and some that are not declared."""
    entries = [
        _entry(stated["name"], draw(value_for(stated)))
        for stated in found
        for _ in range(draw(st.sampled_from((1, 1, 1, 1, 0, 2))))
    ]
    if draw(st.integers(0, 3)) == 0:
        entries.append(_entry(draw(st.sampled_from((*NAMES, "extra"))), draw(_ANYTHING)))
    return b"{" + b",".join(draw(st.permutations(entries))) + b"}"


EDGES: tuple[bytes, ...] = (*NUMBERS, *(b'"' + text.encode() + b'"' for text in TEXTS), *OTHERS)


def edges_for(found: dict[str, Any]) -> Iterator[bytes]:
    """Yields every edge there is for the property `found`: each value alone, and inside what the property holds."""
    yield from EDGES
    match found["logicalType"]:
        case "array" if "items" in found:
            for inner in edges_for(found["items"]):
                yield b"[" + inner + b"]"
                yield b"[" + inner + b"," + inner + b"]"
        case "vector":
            dimensions = found["logicalTypeOptions"]["dimensions"]
            for inner in EDGES:
                yield b"[" + b",".join([inner] * dimensions) + b"]"
        case "map":
            for inner in edges_for(found["map"]["value"]):
                yield b"{" + _entry("2026-03-01", inner) + b"}"
                yield b"{" + _entry("a", inner) + b"}"
        case "object":
            for stated_inside in found["properties"]:
                for inner in edges_for(stated_inside):
                    yield b"{" + _entry(stated_inside["name"], inner) + b"}"


def _entry(name: str, value: bytes) -> bytes:
    return b'"' + name.replace('"', '\\"').encode() + b'":' + value
