"""`observer check`: what goes where, how it exits, and that it says the same of the same input."""

import json
import os
import pty
import signal
import subprocess
import sys
import time
from io import BufferedReader, BytesIO, TextIOWrapper
from pathlib import Path
from typing import NamedTuple, Protocol
from xml.etree import ElementTree

import pytest
from traffic_lines import line, order

from observer.cli.main import main

TOP = Path(__file__).parents[2]
GOLDEN = TOP / "tests/cases/check.expected.json"
REGENERATE = "observer --lang en check tests/cases --format json > tests/cases/check.expected.json"
RIGHT, WRONG = line(order("a")), line(order("b", total="59.90"))


class Ran(NamedTuple):
    code: int
    out: str
    err: str


class Shell(Protocol):
    def __call__(self, *arguments: str, lang: str = "en", given: bytes = b"") -> Ran: ...


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Shell:
    """Runs `observer check` in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MARTECH_CATALOG", raising=False)

    def run(*arguments: str, lang: str = "en", given: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "argv", ["observer", "--lang", lang, "check", *arguments])
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BufferedReader(BytesIO(given))))
        with pytest.raises(SystemExit) as exit_:
            main()
        assert isinstance(exit_.value.code, int)
        return Ran(exit_.value.code, *capfd.readouterr())

    return run


def test_what_is_right_says_so_on_standard_error_alone(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "events.ndjson").write_bytes(RIGHT)
    ran = shell("events.ndjson")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.split("\n") == [
        "Files: 1, events: 1, findings: 0.",
        "  Valid: 1",
        "Judged as events of: web-shop (segment).",
        "No catalog was named, so the contracts of the example company are what counts.",
        "",
    ]


def test_findings_go_to_standard_output(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "events.ndjson").write_bytes(RIGHT + b"\n" + WRONG)
    ran = shell("events.ndjson")
    assert ran.code == 1
    assert ran.out.split("\n")[0] == (
        "events.ndjson:2: type_mismatch (order-completed): $.properties.total: expected number, got string"
    )
    assert "Invalid: 1, Valid: 1" in ran.err


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("form", ["json", "junit", "sarif"])
def test_machines_read_standard_output_and_nothing_else_is_there(form: str, lang: str, shell: Shell) -> None:
    ran = shell("-", "--format", form, lang=lang, given=WRONG)
    assert ran.code == 1
    if form == "junit":
        assert ElementTree.fromstring(ran.out).get("failures") == "1"
    else:
        assert json.loads(ran.out)
    assert ran.out.endswith("\n")


def test_standard_input(shell: Shell) -> None:
    ran = shell("-", given=RIGHT + b"\n" + WRONG)
    assert ran.out.startswith("<stdin>:2: type_mismatch")


def test_a_duplicate_is_no_finding(shell: Shell) -> None:
    ran = shell("-", given=RIGHT + b"\n" + RIGHT)
    assert (ran.code, ran.out) == (0, "")
    assert "Duplicate: 1, Valid: 1" in ran.err


def test_the_window_of_duplicates_is_a_setting(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    given = b"\n".join([RIGHT, line(order("x")), line(order("y")), RIGHT])
    assert "Duplicate: 1" in shell("-", given=given).err
    monkeypatch.setenv("MARTECH_LIMITS__DUPLICATE_WINDOW", "2")
    assert "Duplicate" not in shell("-", given=given).err


def test_the_limit_lists_fewer_and_counts_all(shell: Shell) -> None:
    given = b"\n".join(line(order(str(number), total="1")) for number in range(5))
    ran = shell("-", "--limit", "2", given=given)
    assert ran.out.count("type_mismatch") == 2
    assert "findings: 5." in ran.err
    assert "Counted, not listed: 3 findings. --limit lists more." in ran.err


def test_a_named_source_judges(shell: Shell) -> None:
    ran = shell("-", "--source", "tills", "--format", "json", given=RIGHT)
    [file] = json.loads(ran.out)["files"]
    assert (ran.code, file["source"], file["dialect"]) == (1, "tills", "cloudevents")


def test_the_catalog_is_the_named_one_else_that_of_the_settings_else_the_one_here(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = TOP / "schemas", tmp_path / "schemas"
    bad.mkdir()
    (bad / "company.yaml").write_text("nom: x\n")
    assert shell("-", given=RIGHT).code == 2
    assert shell("-", "--catalog", str(good), given=RIGHT).code == 0
    monkeypatch.setenv("MARTECH_CATALOG", str(good))
    ran = shell("-", given=RIGHT)
    assert ran.code == 0
    assert "example company" not in ran.err
    assert shell("-", "--catalog", "schemas", given=RIGHT).code == 2


CANNOT: dict[str, tuple[list[str], str]] = {
    "a file that is not there": (["missing.json"], "missing.json: expected a file or a folder, got nothing."),
    "a source that is not declared": (["-", "--source", "webshop"], "Did you mean `web-shop`?"),
    "a dialect that does not exist": (["-", "--dialect", "segmen"], "Did you mean `segment`?"),
    "a catalog that is not there": (
        ["-", "--catalog", "nowhere"],
        "nowhere: expected a folder with a catalog",
    ),
    "no path at all": ([], "PATH…"),
    "a form that does not exist": (["-", "--format", "xml"], "--format"),
    "fewer findings than none": (["-", "--limit", "-1"], "--limit"),
}


@pytest.mark.parametrize(("arguments", "said"), CANNOT.values(), ids=CANNOT)
def test_what_cannot_run(arguments: list[str], said: str, shell: Shell) -> None:
    ran = shell(*arguments, given=RIGHT)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_a_torn_file_is_told_and_the_others_are_judged(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "a.gz").write_bytes(b"\x1f\x8b\x08 torn")
    (tmp_path / "b.json").write_bytes(WRONG)
    ran = shell(".")
    assert ran.code == 2
    assert ran.out.startswith("b.json:1: type_mismatch")
    assert "a.gz: expected an input that can be read to its end, got" in ran.err
    told = json.loads(shell(".", "--format", "json").out)
    assert [problem["file"] for problem in told["problems"]] == ["a.gz"]


HELP = {
    "en": "Judge files as the observer judges the traffic",
    "fr": "Juger des fichiers comme l’observateur juge",
}


@pytest.mark.parametrize("lang", HELP)
def test_help_in_both_languages(lang: str) -> None:
    command = [sys.executable, "-m", "observer", "--lang", lang, "check", "--help"]
    done = subprocess.run(command, capture_output=True, check=True, env={**os.environ, "LANG": "C.UTF-8"})
    assert HELP[lang] in done.stdout.decode()


def test_the_golden_cases_are_judged_as_before(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(TOP)
    ran = shell("tests/cases", "--format", "json")
    assert ran.code == 1
    expected = GOLDEN.read_text(encoding="utf-8") if GOLDEN.exists() else ""
    assert ran.out == expected, f"after a wanted change, write it anew: {REGENERATE}"


def test_each_golden_case_gives_as_many_events_as_its_dialect_says() -> None:
    """The dialects' own golden files say so, and who wrote them did not look at a check."""
    foreign = {"tests/cases/snowplow_bad_rows/a-tracker-batch-is-no-bad-row.json": "snowplow"}
    files = json.loads(GOLDEN.read_text(encoding="utf-8"))["files"]
    expected = sorted((TOP / "tests/cases").glob("*/*.expected.json"))
    assert len(files) == len(expected) >= 70
    for file, case in zip(files, sorted(expected), strict=True):
        path = TOP / file["file"]
        assert path.name.split(".")[0] == case.name.split(".")[0]
        assert file["dialect"] == foreign.get(file["file"], path.parent.name)
        assert file["events"] == sum(file["verdicts"].values()) == len(json.loads(case.read_text("utf-8")))


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_pipe_of_any_length(jobs: str, tmp_path: Path) -> None:
    """In a process of its own, as in a shell: 30 MB through a pipe, from which processes are started."""
    filler = "x" * 900
    text = (
        b"\n".join(line(order(str(number % 20_000), note=filler)) for number in range(25_000)) + b"\n" + WRONG
    )
    done = subprocess.run(
        [sys.executable, "-m", "observer", "check", "-", "--format", "json", "--jobs", jobs],
        input=text, capture_output=True, check=False, cwd=tmp_path, env={**os.environ, "LANG": "C.UTF-8"},
    )  # fmt: skip
    assert done.returncode == 1, done.stderr.decode()
    told = json.loads(done.stdout)
    counted = {verdict: number for verdict, number in told["verdicts"].items() if number}
    assert counted == {"duplicate": 5_000, "invalid": 1, "valid": 20_000}
    assert [(found["line"], found["rule"]) for found in told["findings"]] == [(25_001, "type:$.total")]


def test_progress_is_shown_on_a_terminal_and_standard_output_stays_clean(tmp_path: Path) -> None:
    (tmp_path / "events.ndjson").write_bytes(b"\n".join(line(order(str(number))) for number in range(20_000)))
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "observer", "--lang", "en", "check", "events.ndjson", "--format", "json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=theirs, check=False, cwd=tmp_path)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    os.close(theirs)
    assert "Checking" in shown and "100%" in shown
    assert (done.returncode, json.loads(done.stdout)["events"]) == (0, 20_000)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_control_c_ends_it_quietly(jobs: str, tmp_path: Path) -> None:
    """The signal reaches the whole group, as from a terminal."""
    command = [sys.executable, "-m", "observer", "check", "-", "--jobs", jobs]
    running = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path, start_new_session=True,
        # A shell that put the tests into the background has them ignore the signal, and all that they start.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )  # fmt: skip
    assert running.stdin is not None
    running.stdin.write(b"\n".join([line(order(note="x" * 2_000))] * 20_000))
    running.stdin.flush()
    # By now all is judged, and whoever judges waits for more.
    time.sleep(1)
    os.killpg(running.pid, signal.SIGINT)
    out, err = running.communicate(timeout=30)
    assert running.returncode == 130, err.decode()
    assert b"Traceback" not in err
    assert out == b""
