"""What a command refuses, it says how to mend."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from observer.quarantine import Quarantine
from observer.quarantine.failure import failure
from tests.cli.command_line import Shell

EXAMPLE = Path(__file__).parents[2] / "schemas"

NONE = "--user-id, --message-id: expected one id, of a person or of a message, got nothing. Give either"
BOTH = "--user-id, --message-id: expected one id, of a person or of a message, got both. Give either"

REFUSALS: dict[str, tuple[list[str], str]] = {
    "a moment that is none": (
        ["quarantine", "list", "--since", "yesterday"],
        "got `yesterday`. Write `--since 24h`, or `--since 2026-11-22T08:00`.",
    ),
    "an erasure of nobody": (["quarantine", "erase"], NONE),
    "an erasure of two": (["quarantine", "erase", "--user-id", "a", "--message-id", "b"], BOTH),
    "a full folder to begin in": (
        ["catalog", "init", "var"],
        "got one that holds files. Name another folder",
    ),
    "settings that are not there": (
        ["run", "--config", "nowhere.yaml"],
        "nowhere.yaml: expected a settings file that can be read, got No such file or directory. Name an existing",
    ),
    "a catalog that is not there": (
        ["run", "--catalog", "nowhere"],
        "nowhere: expected a folder with a catalog, got nothing. `observer catalog init DIR` writes one.",
    ),
}


@pytest.mark.parametrize(("arguments", "told"), REFUSALS.values(), ids=REFUSALS)
def test_a_refusal_says_how_to_mend_it(arguments: list[str], told: str, shell: Shell) -> None:
    with Quarantine.open(Path("var/quarantine")):
        pass
    ran = shell(*arguments)
    assert ran.code == 2
    assert told in ran.err
    assert shell(*arguments, lang="fr").err.count(". ") == ran.err.count(". "), "in French too"


def by_variable(_folder: Path) -> dict[str, str]:
    return {"MARTECH_PAGE_TOKEN": "short"}


def by_file(folder: Path) -> dict[str, str]:
    (folder / "token").write_text("short")
    return {"MARTECH_PAGE_TOKEN_FILE": str(folder / "token")}


@pytest.mark.parametrize("given", [by_variable, by_file])
def test_a_token_that_is_too_short(
    given: Callable[[Path], dict[str, str]], shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in given(tmp_path).items():
        monkeypatch.setenv(name, value)
    ran = shell("run")
    assert ran.code == 2
    assert ran.err.endswith(
        "expected at least 16 characters, got 5 character(s). Generate one: `openssl rand -hex 32`.\n"
    )


@pytest.mark.parametrize(("lang", "once"), [("en", "without a configuration"), ("fr", "sans configuration")])
def test_what_would_do_for_all_missing_keys_is_said_once(
    lang: str, once: str, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in os.environ if name.startswith("MARTECH_")]:
        monkeypatch.delenv(name)
    ran = shell("run", "--catalog", str(EXAMPLE), lang=lang)
    assert ran.code == 2
    lines = ran.err.splitlines()
    assert len(lines) == 6
    assert ran.err.count(once) == 1
    assert all("MARTECH_KEY_" in line.partition(". ")[2] for line in lines), "each says which variable to set"


def test_what_the_system_refuses_is_told_in_its_words_and_not_by_a_number() -> None:
    refused = failure(
        Path("q"), "quarantine.expect_folder", FileNotFoundError(2, "No such file or directory")
    )
    assert str(refused) == "q: expected the folder of a quarantine, got No such file or directory"
    assert str(failure(Path("q"), "quarantine.expect_folder", OSError())).endswith("got OSError")
