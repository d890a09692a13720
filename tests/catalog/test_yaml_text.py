"""Strict YAML: what is read, what is refused, and that nothing else happens."""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from observer.documents import Size, canonical, located, read_json, read_yaml, yaml_text
from observer.errors import Problem, literal

READ: dict[str, tuple[str, object]] = {
    "no, yes, on and off are text": ("[no, yes, on, off, NO]", ["no", "yes", "on", "off", "NO"]),
    "a time of day is text": ("[12:30, 1:2:3]", ["12:30", "1:2:3"]),
    "a date is text": ("[2026-11-22, 2026-11-22T10:00:00Z]", ["2026-11-22", "2026-11-22T10:00:00Z"]),
    "numbers as JSON knows them": ("[1, -2, +3, 4.5, 1e3, .5, 6.]", [1, -2, 3, 4.5, 1000.0, 0.5, 6.0]),
    "leading zeros make no octal": ("[010, 0o10, 0x1F]", [10, 8, 31]),
    "an underscore makes no number": ("[1_000, 0b11]", ["1_000", "0b11"]),
    "null in all its spellings": ("[~, null, NULL, ]", [None, None, None]),
    "a key without a value is null": ("a:", {"a": None}),
    "true and false in their spellings": ("[true, True, FALSE, tRUE]", [True, True, False, "tRUE"]),
    "what is quoted is text": ("['1', \"true\", '', ! 2]", ["1", "true", "", "2"]),
    "a text tag makes text": ("[!!str 1, !!str true]", ["1", "true"]),
    "infinity and NaN are text": ("[.inf, -.inf, .nan]", [".inf", "-.inf", ".nan"]),
    "an alias stands for its anchor": ("a: &x {b: 1}\nc: *x\n", {"a": {"b": 1}, "c": {"b": 1}}),
    "a scalar may have an anchor": ("a: &x 1\nb: [*x, *x]\n", {"a": 1, "b": [1, 1]}),
    "a merge key is a key": ("<<: {a: 1}", {"<<": {"a": 1}}),
    "a byte order mark is no content": ("\ufeffa: 1", {"a": 1}),
    "the largest numbers of 64 bits": (f"[{2**63 - 1}, -{2**63 - 1}]", [2**63 - 1, -(2**63 - 1)]),
    "blocks of text": ("a: |\n  x\n  y\nb: >-\n  x\n  y\n", {"a": "x\ny\n", "b": "x y"}),
    "letters of every language": ("é: 日本 😀", {"é": "日本 😀"}),
}


@pytest.mark.parametrize(("text", "value"), READ.values(), ids=READ)
def test_what_is_read(text: str, value: object) -> None:
    reading = read_yaml("x.yaml", text.encode())
    assert reading.problems == ()
    assert canonical(reading.value) == canonical(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "value"), READ.values(), ids=READ)
def test_the_parser_in_python_reads_the_same(
    text: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml_text, "_PARSER", yaml.SafeLoader)
    test_what_is_read(text, value)


def test_half_a_character_is_refused_where_the_parser_lets_it_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_text, "_PARSER", yaml.SafeLoader)
    for text in ('a: "\\ud83d"', '"\\ud83d": a'):
        assert "expected characters of Unicode" in str(read_yaml("x.yaml", text.encode()).problems[0])


def test_lines_are_known_by_path() -> None:
    lines = read_yaml("x.yaml", b"a: 1\nb:\n  - c: 2\n  - d-e: [3]\n").lines
    assert lines == {
        "$": 1, "$.a": 1, "$.b": 2, "$.b[0]": 3, "$.b[0].c": 3, "$.b[1]": 4, "$.b[1]['d-e']": 4, "$.b[1]['d-e'][0]": 4,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("path", "place"), [("$.b[1].x", "x:4"), ("$.b[7]", "x:2"), ("$.nothing", "x:1"), ("", "x"), ("?", "x")]
)
def test_a_problem_gets_the_nearest_line(path: str, place: str) -> None:
    lines = {"$": 1, "$.b": 2, "$.b[1]": 4}
    assert located(Problem("x", literal(""), literal(""), path), lines).place == place


def test_several_mistakes_of_one_file_are_told_at_once() -> None:
    problems = read_yaml("x.yaml", b"a: 1\na: 2\n3: b\nc: !x d\n").problems
    assert [problem.place for problem in problems] == ["x.yaml:2", "x.yaml:3", "x.yaml:4"]


def test_a_thousand_mistakes_are_told_as_twenty() -> None:
    assert len(read_yaml("x.yaml", b"a: 1\n" * 1000).problems) == 20


@pytest.mark.parametrize(
    "text",
    [
        b"[" * 500_000,
        b"{a: " * 200_000,
        b"- " * 400_000,
        b"? " * 400_000,
        b"&a " * 300_000,
        b'"' + b"\\" * 900_000,
    ],
    ids=["lists", "mappings", "entries", "keys", "anchors", "escapes"],
)
def test_a_hostile_file_costs_little(text: bytes) -> None:
    start = time.process_time()
    assert read_yaml("x.yaml", text).problems
    assert time.process_time() - start < 2


def test_aliases_count_wherever_they_stand() -> None:
    text = b"a: &a [1, 2, 3]\nb: [*a, *a]\n"
    assert read_yaml("x.yaml", text, Size(values=14)).problems == ()
    assert read_yaml("x.yaml", text, Size(values=13)).problems


plain: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63) + 1, 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff\u2028\u2029")
    ),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abc-é.", min_size=1), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(plain)
@settings(max_examples=200, deadline=None)
def test_json_read_as_yaml_is_what_it_was(value: Any) -> None:
    text = json.dumps(value, ensure_ascii=True).encode()
    reading = read_yaml("x.yaml", text)
    if value is None:
        assert reading.problems
    elif b"\\u" not in text or not _beyond_basic_plane(value):
        assert reading.problems == ()
        assert canonical(reading.value) == canonical(value)


def _beyond_basic_plane(value: Any) -> bool:
    """JSON writes those as two halves of a pair, which YAML does not join."""
    return any(ord(character) > 0xFFFF for character in json.dumps(value, ensure_ascii=False))


@given(st.binary(max_size=300) | st.text("[]{}:,-?&*!|>'\"%@`# \n\tab1.~é", max_size=120).map(str.encode))
@settings(max_examples=500, deadline=None)
def test_any_bytes_give_a_value_or_problems(data: bytes) -> None:
    for reading in (read_yaml("x.yaml", data), read_json("x.json", data)):
        assert all(problem.place.startswith("x.") for problem in reading.problems)
        assert reading.problems or _is_plain(reading.value)


def _is_plain(value: Any) -> bool:
    return all(
        one is None or type(one) in {str, int, float, bool, list, dict} for one in _everything(value)
    ) and bool(canonical(value))


def _everything(value: Any) -> Iterator[Any]:
    yield value
    if isinstance(value, list):
        for one in value:
            yield from _everything(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            assert type(key) is str
            yield from _everything(one)


def test_json_is_read_as_strictly() -> None:
    bad = {
        b"": "well-formed JSON",
        b"{": "well-formed JSON",
        b'{"a": 1, "a": 2}': "each key once",
        b"[NaN]": "finite number",
        b"[1e999]": "finite number",
        b"[" + b"9" * 30 + b"]": "finite number",
        b"[" * 100_000: "at most 64 levels",
        b"[" * 70 + b"]" * 70: "at most 64 levels",
        b"\xff": "UTF-8",
        rb'"\ud83d"': "characters of Unicode",
        rb'{"\ud83d": 1}': "characters of Unicode",
    }
    for data, expected in bad.items():
        assert expected in str(read_json("x.json", data).problems[0])
    assert read_json("x.json", b"[1, {}]" + b" " * 100, Size(bytes=50)).problems
    assert read_json("x.json", rb'"\ud83d\ude00"').value == "😀"
