"""Runs the command line as a user does, in this process."""

import sys
from pathlib import Path

import pytest

from observer.cli.main import main
from tests.cli.command_line import Ran, Shell


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    """Runs `observer` in a folder of its own; the language is the locale's, as on a user's machine."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)

    def run(*arguments: str, lang: str = "en") -> Ran:
        monkeypatch.setenv("LANG", {"fr": "fr_FR.UTF-8"}.get(lang, "C.UTF-8"))
        monkeypatch.setattr(sys, "argv", ["observer", *arguments])
        with pytest.raises(SystemExit) as exit_:
            main()
        assert isinstance(exit_.value.code, int)
        return Ran(exit_.value.code, *capsys.readouterr())

    return run
