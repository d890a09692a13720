"""Blocks judged by other processes, and what happens where one of them cannot go on."""

import os
from pathlib import Path

import pytest
from traffic_lines import NOW, catalog, folder, line, order

from observer.check import Asked, Check, find_inputs, run_check, work
from observer.check.blocks import Block, Elements, Lines, Sizes
from observer.check.elements import Element
from observer.check.judge import Judge, Judged
from observer.errors import InputError
from observer.model import Verdict

LINES = [line(order(str(number % 30), total="1" if number == 40 else 1)) for number in range(60)]


def check_of(file: Path) -> Check:
    """Returns a check by two processes of a file that is written for it, in many blocks."""
    file.write_bytes(b"\n".join(LINES))
    inputs, sizes = find_inputs([str(file)]), Sizes(block=2_000, records=3)
    return Check(
        inputs, folder(), Asked("web-shop", now=NOW), jobs=2, window=35, sizes=sizes, parallel_from=0
    )


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_a_process_begins_with_the_catalog_however_it_is_started(
    method: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "START_METHOD", method)
    progress: list[int] = []
    check = check_of(tmp_path / "events.ndjson")
    report = run_check(check, catalog(), progress.append)
    assert report.verdicts[Verdict.DUPLICATE] == 30
    assert sum(progress) == check.inputs[0].size
    assert len(progress) > 3


def test_a_process_that_dies_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(judge: Judge, block: Block) -> list[Judged]:
        os._exit(9)

    monkeypatch.setattr(work, "START_METHOD", "fork")
    monkeypatch.setattr(Judge, "judge", die)
    with pytest.raises(
        InputError, match="--jobs: expected 2 processes that judge to the end, got one that was ended"
    ):
        run_check(check_of(tmp_path / "events.ndjson"), catalog())


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_that_vanishes_is_a_problem(jobs: int, tmp_path: Path) -> None:
    file = tmp_path / "events.ndjson"
    check = check_of(file)._replace(jobs=jobs, sizes=Sizes(block=200))
    gone: list[int] = []

    def remove(stored: int) -> None:
        gone.append(stored)
        file.unlink(missing_ok=True)

    report = run_check(check, catalog(), remove)
    assert gone
    [problem] = report.problems
    assert (
        str(problem)
        == f"{file}: expected an input that can be read to its end, got No such file or directory"
    )


def test_small_inputs_start_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "ProcessPoolExecutor", None)
    report = run_check(check_of(tmp_path / "events.ndjson")._replace(parallel_from=1_000_000), catalog())
    assert report.events == 60


def test_many_small_elements_are_not_taken_for_a_small_input() -> None:
    """Before processes are started, what was read is held: numbers take a hundred times their bytes."""
    assert Elements((Element(b"1", 1),) * 1_000).size > 100_000


CLOUD = b'{"specversion": "1.0", "id": "1", "source": "https://tills.maison-lumiere.example", "type": "x"}'


@pytest.mark.parametrize("block", [1, 500, 4_000_000])
def test_an_input_speaks_one_dialect_however_it_is_cut(block: int, tmp_path: Path) -> None:
    check = check_of(tmp_path / "events.ndjson")
    (tmp_path / "events.ndjson").write_bytes(b"\n".join([*LINES[:10], *[CLOUD] * 5]))
    inputs = find_inputs([str(tmp_path / "events.ndjson")])
    report = run_check(
        check._replace(inputs=inputs, asked=Asked(now=NOW), jobs=1, sizes=Sizes(block=block)), catalog()
    )
    assert [file.source for file in report.files] == ["web-shop"]
    assert report.verdicts[Verdict.UNDECODABLE] == 5


@pytest.mark.parametrize("wanted", [0, 1, 7])
def test_what_a_process_sends_back_is_bounded_by_the_findings_that_are_wanted(wanted: int) -> None:
    judge = Judge(catalog(), Asked("web-shop", now=NOW), 100, wanted, Sizes(records=1_000))
    chunks = judge.judge(Block(Lines(b"oops\n" * 3_000), 0, "web-shop"))
    assert sum(chunk.events for chunk in chunks) == 3_000
    assert sum(len(chunk.places) for chunk in chunks) == wanted
    assert (
        sum(chunk.further.get(("_none", "decode:not_json", "undecodable"), 0) for chunk in chunks)
        == 3_000 - wanted
    )


def test_records_are_judged_some_at_a_time() -> None:
    judge = Judge(catalog(), Asked("web-shop", now=NOW), 100, 0, Sizes(records=1_000))
    assert [one.events for one in judge.judge(Block(Lines(b"oops\n" * 2_500), 0, "web-shop"))] == [
        1_000,
        1_000,
        500,
        0,
    ]
