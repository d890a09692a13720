"""`observer quarantine`: what is printed where, and how it exits."""

import io
import json
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from kept_events import NOON, kept, undecodable

from observer.cli.main import main
from observer.errors import InputError
from observer.model import Verdict
from observer.quarantine import Archive, Quarantine
from observer.quarantine.moments import since

SECRET = "jeanne.dupre@maison-lumiere.example"


class Ran(NamedTuple):
    code: int
    out: str
    err: str


class Shell:
    """Runs `observer quarantine ...` on the quarantine in one state folder."""

    def __init__(
        self, state: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.state = state
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    @property
    def archive(self) -> Archive:
        return Archive(self.state / "quarantine")

    def id_of(self, number: int) -> str:
        return list(self.archive.entries())[number].id

    def __call__(self, command: str, *arguments: str, lang: str = "en") -> Ran:
        line = ["observer", "--lang", lang, "quarantine", command, *arguments, "--state", str(self.state)]
        self._monkeypatch.setattr(sys, "argv", line)
        with pytest.raises(SystemExit) as exit_:
            main()
        assert isinstance(exit_.value.code, int)
        return Ran(exit_.value.code, *self._capsys.readouterr())


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    with Quarantine.open(tmp_path / "quarantine") as quarantine:
        quarantine.append([kept(0), kept(1, source="app", user_id=SECRET), undecodable(b"\x1b[2J\xff", 2)])
    return Shell(tmp_path, monkeypatch, capsys)


def test_list_prints_newest_first_one_a_line(shell: Shell) -> None:
    ran = shell("list")
    assert ran.code == 0
    assert [line.split()[0] for line in ran.out.splitlines()] == [shell.id_of(n) for n in (2, 1, 0)]
    assert ran.err == ""


def test_list_as_json_is_an_object_a_line(shell: Shell) -> None:
    ran = shell("list", "--format", "json", "--verdict", "undecodable")
    (found,) = map(json.loads, ran.out.splitlines())
    assert found == {
        "id": shell.id_of(2),
        "source": "web-shop",
        "verdict": "undecodable",
        "contract": "_none",
        "reason": "not_json",
        "rule": "decode:not_json",
        "observed": "2024-05-01T12:00:02.000+00:00",
        "bytes": 5,
        "state": "kept",
        "outcome": None,
        "replayed_under": None,
    }


CHOICES = {
    "by source": (["--source", "app"], 1),
    "by contract": (["--contract", "order-completed"], 2),
    "by verdict": (["--verdict", "invalid"], 2),
    "since a moment": (["--since", "2024-05-01T12:00:01"], 2),
    "since a moment elsewhere": (["--since", "2024-05-01T14:00:02+02:00"], 1),
    "since a day": (["--since", "2024-05-02"], 0),
    "since an hour ago": (["--since", "1h"], 0),
    "two at most": (["--limit", "2"], 2),
}


@pytest.mark.parametrize(("arguments", "lines"), CHOICES.values(), ids=CHOICES)
def test_list_chooses(shell: Shell, arguments: list[str], lines: int) -> None:
    assert len(shell("list", *arguments).out.splitlines()) == lines


def test_list_says_when_there_is_more_and_when_there_is_nothing(shell: Shell) -> None:
    assert shell("list", "--limit", "2").err == "Only the newest 2 are shown; --limit shows more.\n"
    assert shell("list", "--source", "crm").err == "No event fits.\n"
    assert shell("list", "--source", "crm", lang="fr").err == "Aucun événement ne correspond.\n"


def test_show_is_masked(shell: Shell) -> None:
    ran = shell("show", shell.id_of(1))
    assert ran.code == 0
    assert "jeanne" not in ran.out
    assert "‹email, ≤ 64›" in ran.out
    assert ran.err.startswith("Values are masked.")
    assert not shell.archive.places.access_log.exists()


def test_show_reveals_with_a_reason_that_is_written_down(shell: Shell) -> None:
    ran = shell(
        "show", shell.id_of(1), "--reveal", "--reason", "ticket 4711", "--who", "Camille", "--format", "json"
    )
    assert ran.code == 0
    assert json.loads(json.loads(ran.out)["value"]["text"])["userId"] == SECRET
    line = json.loads(shell.archive.places.access_log.read_text())
    assert (line["id"], line["reason"], line["name"]) == (shell.id_of(1), "ticket 4711", "Camille")


def test_what_an_event_holds_commands_no_terminal(shell: Shell) -> None:
    with Quarantine.open(shell.state / "quarantine") as quarantine:
        quarantine.append([undecodable("{\x1b[2J\x9b\u202e".encode(), 3)])
    for form in ("text", "json"):
        ran = shell("show", shell.id_of(3), "--reveal", "--reason", "look", "--format", form)
        assert not {"\x1b", "\x9b", "\u202e"} & set(ran.out)
    assert json.loads(ran.out)["value"]["text"] == "{\x1b[2J\x9b\u202e"


REFUSALS = {
    "an unknown event": (["show", "0123456789abcdef"], "expected the id of a kept event"),
    "to reveal without a reason": (
        ["show", "{id}", "--reveal"],
        "expected `--reveal` together with `--reason`",
    ),
    "a reason without revealing": (["show", "{id}", "--reason", "x"], "expected `--reveal` together"),
    "a blank reason": (["show", "{id}", "--reveal", "--reason", " "], "expected a reason for the access log"),
    "to erase nobody": (["erase"], "expected one id"),
    "to erase two": (["erase", "--user-id", "a", "--message-id", "b"], "expected one id"),
    "a moment that is none": (["list", "--since", "yesterday"], "expected a duration (`30m`"),
    "a verdict that is none": (["list", "--verdict", "valid"], "expected one of `undecodable`"),
    "a catalog that is not there": (["replay", "--catalog", "/nowhere"], "/nowhere"),
}


@pytest.mark.parametrize(("arguments", "told"), REFUSALS.values(), ids=REFUSALS)
def test_it_refuses_and_exits_2(shell: Shell, arguments: list[str], told: str) -> None:
    ran = shell(*(argument.replace("{id}", shell.id_of(0)) for argument in arguments))
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err


def test_without_a_quarantine_it_says_where_one_comes_from(shell: Shell, tmp_path: Path) -> None:
    shell.state = tmp_path / "elsewhere"
    ran = shell("list")
    assert ran.code == 2
    assert "got nothing. `observer run` makes it" in ran.err


def test_a_quarantine_elsewhere_is_found_by_the_settings(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MARTECH_QUARANTINE__FOLDER", str(tmp_path / "quarantine"))
    shell.state = tmp_path / "elsewhere"
    assert len(shell("list").out.splitlines()) == 3


def test_erase_says_how_many_and_erases(shell: Shell) -> None:
    dry = shell("erase", "--user-id", SECRET, "--dry-run")
    assert dry.err.startswith("Nothing was erased. Events that would be: 1;")
    ran = shell("erase", "--user-id", SECRET, "--format", "json")
    assert (ran.code, json.loads(ran.out)) == (
        0,
        {"events": 1, "by_id": 1, "by_content": 0, "segments": 1, "damaged_bytes": 0, "dry_run": False},
    )
    assert len(shell("list").out.splitlines()) == 2


def test_erase_reads_the_id_where_no_list_of_processes_shows_it(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{SECRET}\n"))
    assert shell("erase", "--user-id", "-").err.startswith("Events erased: 1;")


@pytest.mark.parametrize("verdict", [Verdict.VALID, Verdict.INVALID])
def test_replay_exits_1_where_an_event_is_still_not_valid(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, verdict: Verdict
) -> None:
    monkeypatch.setattr("observer.loader.load", lambda folder: type("Catalog", (), {"digest": "today"}))
    monkeypatch.setattr("observer.quarantine.rejudge.rejudge", lambda catalog: lambda event: verdict)
    dry = shell("replay", "--dry-run", "--format", "json")
    ran = shell("replay", "--format", "json")
    assert dry.code == ran.code == (0 if verdict is Verdict.VALID else 1)
    report = json.loads(ran.out)
    assert (report["events"], report["replayed"], report["outcomes"][verdict.value]) == (3, 3, 3)
    assert report == {**json.loads(dry.out), "dry_run": False}
    again = shell("replay", "--format", "json")
    assert again.code == 0
    assert json.loads(again.out)["already"] == 3
    assert sum(shell.archive.replay_counts().values()) == 3
    assert f"→ {verdict.value}" in shell("list").out


MOMENTS = {
    "30s": NOON - 30,
    "90m": NOON - 5_400,
    "24h": NOON - 86_400,
    "2w": NOON - 1_209_600,
    "2024-05-01": NOON - 43_200,
    "2024-05-01T12:00:00Z": NOON,
    "2024-05-01T14:00+02:00": NOON,
}


@pytest.mark.parametrize(("text", "moment"), MOMENTS.items(), ids=MOMENTS)
def test_moments_are_read(text: str, moment: float) -> None:
    assert since(text, NOON) == moment


@pytest.mark.parametrize("text", ["", "h", "1.5h", "-1h", "1y", "yesterday", "2024-13-01"])
def test_other_words_are_no_moments(text: str) -> None:
    with pytest.raises(InputError, match="expected a duration"):
        since(text, NOON)
