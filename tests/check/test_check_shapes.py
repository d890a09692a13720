"""How an input holds its records, and what becomes of each form and of bad input."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from traffic_lines import NOW, catalog, folder, line, order

from observer.check import Asked, Check, Report, find_inputs, run_check
from observer.check.blocks import Sizes
from observer.check.shape import Shape, shape_of
from observer.model import Verdict

A, B = line(order("a")), line(order("b"))
PRETTY = json.dumps(json.loads(A), indent=2).encode()

SHAPES: dict[str, tuple[bytes, Shape]] = {
    "NDJSON": (A + b"\n" + B, "lines"),
    "NDJSON with its first line broken": (b'{"type": "tra\n' + A + b"\n" + B, "lines"),
    "NDJSON with blank lines": (b"\n\n" + A + b"\n\n" + B, "lines"),
    "arrays, one a line": (b"[" + A + b"]\n[" + B + b"]", "values"),
    "one event on one line": (A, "lines"),
    "an array on one line": (b"[" + A + b"]\n", "values"),
    "an array over lines": (b"[\n" + A + b",\n" + B + b"\n]", "values"),
    "an event over lines": (PRETTY, "values"),
    "events over lines, one after the other": (PRETTY + b"\n" + PRETTY, "values"),
    "an event over lines, cut off": (PRETTY[:-20], "values"),
    "a batch over lines that are not indented": (b'{"batch": [\n' + A + b",\n" + B + b"\n]}", "values"),
    "columns": (b"web\t\t2026-11-22 10:00:00\n", "lines"),
    "words": (b"hello\nworld", "lines"),
    "nothing": (b"", "lines"),
}


@pytest.mark.parametrize(("text", "shape"), SHAPES.values(), ids=SHAPES)
def test_the_shape(text: bytes, shape: Shape) -> None:
    assert shape_of(text, whole=True) == shape


def test_of_a_part_the_shape_is_told_too() -> None:
    assert shape_of((A + b"\n" + B)[:-5], whole=False) == "lines"
    assert shape_of((b'{"type\n' + A + b"\n" + B)[:-5], whole=False) == "lines"
    assert shape_of(PRETTY[:-5], whole=False) == "values"


@pytest.fixture
def judged(tmp_path: Path) -> Callable[..., Report]:
    """Returns what judges bytes as the content of one file."""

    def judge(
        text: bytes, name: str = "events.json", asked: Asked | None = None, sizes: Sizes | None = None
    ) -> Report:
        file = tmp_path / name
        file.write_bytes(text)
        check = Check(find_inputs([str(file)]), folder(), asked or Asked(now=NOW), jobs=1)
        return run_check(check._replace(sizes=sizes or check.sizes), catalog())

    return judge


def lines_of(report: Report) -> list[tuple[int, int, str]]:
    return [(found.line, found.event, found.finding.rule) for found in report.findings]


BAD = line(order("c", total="59.90"))
TYPE = "type:$.total"
DEEP = b'{"type": "track", "event": "Order Completed", "properties": ' + b"[" * 1_000 + b"]" * 1_000 + b"}"
FORMS: dict[str, tuple[bytes, int, list[tuple[int, int, str]]]] = {
    "lines": (A + b"\n" + BAD + b"\n" + B, 3, [(2, 1, TYPE)]),
    "lines that end as on Windows, after a byte order mark": (
        b"\xef\xbb\xbf" + A + b"\r\n\r\n" + BAD + b"\r\n", 2, [(3, 1, TYPE)],
    ),
    "a line that is a batch": (
        A + b"\n" + line(order("b"), order("c", total="1"), order("d", total="1")), 4, [(2, 2, TYPE), (2, 3, TYPE)],
    ),
    "an array on one line": (b"[" + A + b"," + BAD + b"]", 2, [(1, 2, TYPE)]),
    "an array over lines, after a byte order mark": (
        b"\xef\xbb\xbf[\n" + A + b",\n" + BAD + b"\n]", 2, [(3, 2, TYPE)],
    ),
    "events over lines": (PRETTY + b"\n" + BAD, 2, [(PRETTY.count(b"\n") + 2, 2, TYPE)]),
    "an empty file": (b"", 1, [(1, 1, "decode:empty")]),
    "a blank file": (b" \n\n", 1, [(1, 1, "decode:empty")]),
    "an array of nothing": (b"[]", 1, [(1, 1, "decode:empty_batch")]),
    "an event cut off": (A[:-30], 1, [(1, 1, "decode:not_json")]),
    "an array cut off": (b"[" + A + b"," + B[:-30], 2, [(1, 2, "decode:not_json")]),
    "an array cut off between events": (b"[" + A + b",", 2, [(1, 2, "decode:not_json")]),
    "one of many is no JSON": (b"[" + A + b", {oops}," + B + b"]", 3, [(1, 2, "decode:not_json")]),
    "no JSON": (b"hello\nworld\n", 2, [(1, 1, "decode:unrecognised"), (2, 1, "decode:unrecognised")]),
    "JSON that no dialect knows": (b'{"a": 1}\n{"b"', 2, [(1, 1, "decode:unrecognised"), (2, 1, "decode:not_json")]),
    "wrong encoding": (A + b"\n" + BAD.replace(b"LAMP", b"L\xe9MP"), 2, [(2, 1, "decode:wrong_encoding")]),
    "UTF-16": (A.decode().encode("utf-16"), 1, [(1, 1, "decode:wrong_encoding")]),
    "zero bytes": (A + b"\n\0\0\n", 2, [(2, 1, "decode:not_json")]),
    "NaN": (A + b"\n" + BAD.replace(b'"59.90"', b"NaN"), 2, [(2, 1, "decode:not_json")]),
    "nested 1,000 deep": (A + b"\n" + DEEP, 2, [(2, 1, "decode:too_deep")]),
    "a lone surrogate": (A + b"\n" + BAD.replace(b"59.90", b"\\ud800"), 2, [(2, 1, "decode:wrong_encoding")]),
    "a key twice, the last one counts": (A + b"\n" + B.replace(b'"total": 59.9', b'"total": "x", "total": 59.9'), 2, []),
    "a huge number": (A + b"\n" + B.replace(b"59.9,", b"1" + b"0" * 400 + b",", 1), 2, [(2, 1, "maximum:$.total")]),
    "10 MB in one event": (A + b"\n" + line(order("b", note="x" * 10_000_000)), 2, []),
    "10 MB in one event, cut off": (line(order("b", note="x" * 10_000_000))[:-5], 1, [(1, 1, "decode:not_json")]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "events", "found"), FORMS.values(), ids=FORMS)
def test_what_becomes_of_it(
    text: bytes, events: int, found: list[tuple[int, int, str]], judged: Callable[..., Report]
) -> None:
    for stored in (text, gzip.compress(text)):
        report = judged(stored)
        assert (report.events, lines_of(report), report.problems) == (events, found, [])


def test_a_gzip_file_of_several_members_is_read_whole(judged: Callable[..., Report]) -> None:
    report = judged(gzip.compress(A + b"\n") + gzip.compress(BAD + b"\n"), "events.json.gz")
    assert lines_of(report) == [(2, 1, TYPE)]


MANY = b"\n".join(line(order(str(number))) for number in range(400))
PACKED = gzip.compress(MANY, 0)
SMALL = gzip.compress(MANY)
TORN: dict[str, tuple[bytes, str, bool]] = {
    "cut off": (PACKED[:-60_000], "Compressed file ended before the end-of-stream marker was reached", True),
    "with a wrong checksum": (PACKED[:-8] + b"12345678", "CRC check failed", True),
    "with garbage after it": (PACKED + b"garbage", "Not a gzipped file", True),
    "broken inside": (SMALL[:20] + b"\xff" * 20 + SMALL[40:], "while decompressing data", False),
}


@pytest.mark.parametrize(("text", "said", "some"), TORN.values(), ids=TORN)
def test_a_torn_gzip_file_is_a_problem_beside_what_could_be_read(
    text: bytes, said: str, some: bool, judged: Callable[..., Report]
) -> None:
    report = judged(text, sizes=Sizes(block=1_000, head=2_000))
    [problem] = report.problems
    assert "events.json: expected an input that can be read to its end, got " in str(problem)
    assert said in str(problem)
    assert (report.events > 100) is some


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
@pytest.mark.parametrize(
    "text",
    [
        b"\n".join([A, BAD, A + b" " * 5_000, B]),
        b"[" + A + b"," + A[:-1] + b" " * 5_000 + b"}]",
        b'{"a": ' + b" " * 5_000,
    ],
    ids=["a line", "an element", "a value"],
)
def test_a_record_beyond_the_limit_is_a_problem(
    text: bytes, pack: Callable[[bytes], bytes], judged: Callable[..., Report]
) -> None:
    report = judged(pack(text), sizes=Sizes(block=100, record=2_000, head=1_000))
    [problem] = report.problems
    assert "expected records of at most 2000 bytes, got a longer one. Write each event on a line" in str(
        problem
    )


def test_a_body_beyond_the_limit_is_a_problem(tmp_path: Path, judged: Callable[..., Report]) -> None:
    (tmp_path / "events.request.json").write_text('{"path": "/v1/t"}')
    report = judged(A + b" " * 5_000, sizes=Sizes(record=2_000, head=200))
    assert "expected records of at most 2000 bytes" in str(report.problems[0])


def test_a_request_gives_its_path_to_the_body(tmp_path: Path, judged: Callable[..., Report]) -> None:
    """Without it, nothing would say which call it is."""
    text = A.replace(b'"type": "track", ', b"")
    assert judged(text).verdicts[Verdict.VALID] == 0
    (tmp_path / "events.request.json").write_text('{"path": "/v1/t"}')
    assert judged(text).verdicts[Verdict.VALID] == 1


COLUMNS = (
    Path(__file__).parents[1] / "cases/snowplow_enriched/page-view-and-struct-one-a-line.tsv"
).read_bytes()


def test_columns_may_end_as_on_windows(judged: Callable[..., Report]) -> None:
    """The last column is empty, and stays so."""
    plain = judged(COLUMNS, "events.tsv")
    assert plain.files[0].dialect == "snowplow_enriched"
    windows = judged(COLUMNS.replace(b"\n", b"\r\n"), "events.tsv")
    assert (windows.verdicts, windows.findings) == (plain.verdicts, plain.findings)
