"""However an input is cut, and whoever judges its parts, the report is that of one pass of the engine over all."""

import gzip
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from traffic_lines import LINES, NOW, SOURCE, catalog, folder, line, order

from observer.check import Asked, Check, Report, find_inputs, run_check
from observer.check.blocks import Sizes
from observer.engine import Chunk, Memory, observe
from observer.model import QUARANTINED_VERDICTS, Record, Verdict

FIRST = line(order("first"))
"""It says that the file has one record a line."""


class Told(NamedTuple):
    """What a report says, in a form that can be compared."""

    verdicts: dict[Verdict, int]
    findings: list[tuple[object, ...]]
    omitted: int
    rules: dict[tuple[str, str, str], int]


def one_pass(text: bytes, window: int, limit: int) -> Told:
    """Returns what the engine says of the whole text in one chunk."""
    records = [
        Record(value.rstrip(b"\r"), place=("", 0, number))
        for number, value in enumerate(text.split(b"\n"), 1)
        if value.strip()
    ]
    result = observe(Chunk(SOURCE, records), catalog(), Memory(window), NOW)
    findings: list[tuple[object, ...]] = [
        (kept.place[2], kept.index + 1, kept.verdict, kept.contract, finding)
        for kept in result.kept
        for finding in kept.findings
    ]
    rules: dict[tuple[str, str, str], int] = {}
    for kept in result.kept:
        for finding in kept.findings:
            key = (kept.contract, finding.rule, finding.kind.value)
            rules[key] = rules.get(key, 0) + 1
    return Told(dict(result.verdicts), findings[:limit], max(0, len(findings) - limit), rules)


def checked(report: Report) -> Told:
    """Returns what a report says."""
    findings: list[tuple[object, ...]] = [
        (one.line, one.event, one.verdict, one.contract, one.finding) for one in report.findings
    ]
    return Told(dict(report.verdicts), findings, report.omitted, dict(report.rules))


ENDS = st.sampled_from([b"\n", b"\r\n"])
CUTS = st.tuples(st.integers(1, 900), st.integers(1, 6)).map(
    lambda drawn: Sizes(block=drawn[0], records=drawn[1])
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=LINES, end=ENDS, last=st.booleans(), mark=st.booleans(), sizes=CUTS, window=st.integers(1, 9),
    limit=st.integers(0, 12),
)  # fmt: skip
def test_in_turn(
    tmp_path: Path,
    lines: list[bytes],
    end: bytes,
    last: bool,
    mark: bool,
    sizes: Sizes,
    window: int,
    limit: int,
) -> None:
    text = end.join([FIRST, *lines]) + (end if last else b"")
    expected = one_pass(text, window, limit)
    plain, packed = tmp_path / "events.ndjson", tmp_path / "events.ndjson.gz"
    stored = (b"\xef\xbb\xbf" if mark else b"") + text
    plain.write_bytes(stored)
    packed.write_bytes(gzip.compress(stored))
    for file in (plain, packed):
        check = Check(find_inputs([str(file)]), folder(), Asked(SOURCE, now=NOW), jobs=1)
        report = run_check(check._replace(findings=limit, window=window, sizes=sizes), catalog())
        assert checked(report) == expected
        assert report.clean is not any(expected.verdicts[verdict] for verdict in QUARANTINED_VERDICTS)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=LINES, sizes=CUTS, window=st.integers(1, 9))
def test_together(tmp_path: Path, lines: list[bytes], sizes: Sizes, window: int) -> None:
    text = b"\n".join([FIRST, *lines])
    file = tmp_path / "events.ndjson"
    file.write_bytes(text)
    check = Check(find_inputs([str(file)]), folder(), Asked(SOURCE, now=NOW), jobs=2, parallel_from=0)
    report = run_check(check._replace(window=window, sizes=sizes), catalog())
    assert checked(report) == one_pass(text, window, check.findings)


def verdicts_of(tmp_path: Path, lines: list[bytes], window: int, each: int) -> list[Verdict]:
    """Returns the verdict on each line, judged `each` lines at a time."""
    found = []
    before: dict[Verdict, int] = dict.fromkeys(Verdict, 0)
    for number in range(1, len(lines) + 1):
        file = tmp_path / "some.ndjson"
        file.write_bytes(b"\n".join(lines[:number]) + b"\n")
        check = Check(find_inputs([str(file)]), folder(), Asked(SOURCE, now=NOW), jobs=1, window=window)
        after = run_check(check._replace(sizes=Sizes(records=each)), catalog()).verdicts
        found.append(next(verdict for verdict in Verdict if after[verdict] > before[verdict]))
        before = dict(after)
    return found


VALID, INVALID, DUPLICATE = Verdict.VALID, Verdict.INVALID, Verdict.DUPLICATE
A, B, BAD_A = line(order("a")), line(order("b")), line(order("a", total="59.90"))
CASES = {
    "a duplicate of an earlier chunk that has a duplicate of its own": ([A, B, A, A], 9, [VALID, VALID, DUPLICATE, DUPLICATE]),
    "an invalid one whose first was valid is a duplicate": ([A, B, BAD_A, B], 9, [VALID, VALID, DUPLICATE, DUPLICATE]),
    "beyond the window it is judged again": ([A, B, B, B, BAD_A], 2, [VALID, VALID, DUPLICATE, DUPLICATE, INVALID]),
    "in one chunk, the first is taken back and one beyond the window stands": (
        [B, A, BAD_A, B, B, BAD_A], 2, [VALID, VALID, DUPLICATE, VALID, DUPLICATE, INVALID],
    ),
    "a duplicate renews the window": ([A, B, A, B, A], 2, [VALID, VALID, DUPLICATE, DUPLICATE, DUPLICATE]),
}  # fmt: skip


@pytest.mark.parametrize("each", [1, 2, 3, 4, 5, 6])
@pytest.mark.parametrize(("lines", "window", "verdicts"), CASES.values(), ids=CASES)
def test_duplicates_across_chunks(
    tmp_path: Path, lines: list[bytes], window: int, verdicts: list[Verdict], each: int
) -> None:
    assert verdicts_of(tmp_path, lines, window, each) == verdicts
