"""JSON values and arrays cut into records, whatever part of them is read at a time."""

import io
import json

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observer.check import elements
from observer.check.elements import Cutter
from observer.check.reading import TooLongError

LONGEST = 10_000


def cut(text: bytes, step: int = 7, longest: int = LONGEST, head: int = 0) -> list[tuple[bytes, int]]:
    stream = io.BytesIO(text)
    return [(one.value, one.line) for one in Cutter(stream.read(head), stream, step, longest).elements()]


CASES: dict[str, tuple[bytes, list[tuple[bytes, int]]]] = {
    "an array on one line": (b'[{"a": 1}, {"b": 2}]', [(b'{"a": 1}', 1), (b'{"b": 2}', 1)]),
    "an array over lines": (b'[\n  {"a":\n 1},\r\n\n {"b": 2}\n]\n', [(b'{"a":\n 1}', 2), (b'{"b": 2}', 5)]),
    "values one after the other": (b'{"a": 1}\n{\n"b": 2}{}', [(b'{"a": 1}', 1), (b'{\n"b": 2}', 2), (b"{}", 3)]),
    "two arrays": (b"[1]\n[2]", [(b"1", 1), (b"2", 2)]),
    "an array in an array is an element": (b"[[1, 2], [3]]", [(b"[1, 2]", 1), (b"[3]", 1)]),
    "an array of nothing": (b"[ ]", [(b"[]", 1)]),
    "brackets and commas in text": (b'["],{", {"]": "}\\""}]', [(b'"],{"', 1), (b'{"]": "}\\""}', 1)]),
    "an element that is no JSON costs itself": (
        b'[{"a": NaN}, {"a": , }, oops, "x\n, {"b": 1}]',
        [(b'{"a": NaN}', 1), (b'{"a": , }', 1), (b"oops", 1), (b'"x', 1), (b'{"b": 1}', 2)],
    ),
    "a bracket too many": (b'[{"a": 1}}, 2]', [(b'{"a": 1}', 1), (b"}", 1), (b"2", 1)]),
    "cut off in an element": (b'[{"a": 1}, {"b": ', [(b'{"a": 1}', 1), (b'{"b": ', 1)]),
    "cut off between two elements": (b'[{"a": 1},\n', [(b'{"a": 1}', 1), (b"[", 2)]),
    "a number at the end may go on": (b"[12345678", [(b"12345678", 1), (b"[", 1)]),
    "no text at all": (b"[\xff, 1]", [(b"\xff", 1), (b"1", 1)]),
}  # fmt: skip


@pytest.mark.parametrize("step", [1, 2, 3, 7, 1_000])
@pytest.mark.parametrize(("text", "elements"), CASES.values(), ids=CASES)
def test_cutting(text: bytes, elements: list[tuple[bytes, int]], step: int) -> None:
    assert cut(text, step) == elements
    assert cut(text, step, head=4) == elements


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=200, deadline=None)
@given(
    values=st.lists(VALUES, min_size=1, max_size=6),
    indent=st.sampled_from([None, 0, 2]),
    step=st.integers(1, 40),
)
def test_what_is_cut_is_what_json_says(values: list[object], indent: int | None, step: int) -> None:
    text = json.dumps(values, indent=indent)
    found = cut(text.encode(), step)
    assert [json.loads(value) for value, _ in found] == values
    for value, line in found:
        assert value.split(b"\n")[0].decode() in text.split("\n")[line - 1]


@settings(max_examples=200, deadline=None)
@given(
    text=st.binary(max_size=60) | st.text(alphabet='[]{}",:\\ \n1a', max_size=60).map(str.encode),
    step=st.integers(1, 9),
)
def test_anything_is_cut_the_same_at_every_step_and_loses_no_sign(text: bytes, step: int) -> None:
    whole = cut(text, 1_000)
    assert cut(text, step) == whole
    kept = b"".join(value for value, _ in whole)
    for sign in b'"{}:1a':
        assert kept.count(sign) == text.count(sign)


def test_an_element_beyond_the_limit_is_refused_and_one_at_the_limit_is_not() -> None:
    text = b'["' + b"x" * 500 + b'"]'
    assert len(cut(text, step=10, longest=502)[0][0]) == 502
    with pytest.raises(TooLongError):
        cut(text, step=10, longest=100)


def test_where_the_quick_way_fails_it_is_not_tried_for_each_element(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []

    class Decoder:
        def decode(self, text: bytes) -> list[bytes]:
            tried.append(len(text))
            raise msgspec.DecodeError

    monkeypatch.setattr(elements, "_ELEMENTS", Decoder())
    text = b"[" + b",".join(b'{"number": 1}' for _ in range(500)) + b"]"
    assert len(cut(text, step=1_000)) == 500
    assert len(tried) <= len(text) / 1_000 + 1
