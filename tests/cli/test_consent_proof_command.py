"""`observer consent proof`: a string is held up, and what was seen of it is told; the string is neither kept nor said."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from observer.cli.main import root
from observer.consent.proof import Prover
from observer.engine.proofs import FAMILY
from observer.model import Signal
from observer.settings import Settings, proof_keys
from observer.store import Store

STRING = '{"categoryPreferences": {"advertising": true, "jeanne.dupont@maison-lumiere.example": true}}'
DAY = 20_779


@pytest.fixture
def state(tmp_path: Path) -> Iterator[Path]:
    """The state folder of an observer that saw STRING on two days."""
    folder = tmp_path / "state"
    [token] = Prover(proof_keys(Settings(state=folder), make=True)[0])(Signal("segment", STRING.encode()))
    measures = {"app/events": 3.0, "app/decision/criteo/allowed/consent": 2.0}
    with Store.open(folder) as store:
        for day in (DAY - 30, DAY):
            store.add({(FAMILY, token, day * 1_440): dict(measures)}, [], {}, DAY * 86_400)
    yield folder


def asked(state: Path, text: str, *options: str) -> Any:
    command = ["--lang", "en", "consent", "proof", "--string-file", "-", "--state", str(state), *options]
    return CliRunner().invoke(root, command, input=text, catch_exceptions=True)


def test_a_string_that_was_seen(state: Path) -> None:
    ran = asked(state, STRING)
    assert ran.exit_code == 0
    assert "app: seen 6 ×, first on 2026-10-23, last on 2026-11-22" in ran.stdout
    assert "criteo: allowed 4 × (consent was given), from 2026-10-23 to 2026-11-22" in ran.stdout
    assert "jeanne" not in ran.output


def test_the_same_as_json(state: Path) -> None:
    told = json.loads(asked(state, STRING, "--format", "json").stdout)
    assert told["seen"] is True
    assert {row["source"] for row in told["proof"]} == {"app"}
    assert [row.get("result") for row in told["proof"]] == ["allowed", None]


def test_a_string_that_was_never_seen(state: Path) -> None:
    assert "No event with a signal of this meaning is remembered." in asked(state, "1YYN").stdout


REFUSED = {"a malformed string": "CQ", "nothing": "", "no signal": "jeanne dupont"}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_proven_is_refused(state: Path, text: str) -> None:
    ran = asked(state, text)
    assert ran.exception is not None
    assert "jeanne" not in str(ran.exception)


def test_without_keys_it_says_where_they_come_from(tmp_path: Path) -> None:
    assert "proof.keys" in str(asked(tmp_path / "none", STRING).exception)


def test_the_string_is_nowhere_in_the_state_folder(state: Path) -> None:
    for file in state.rglob("*"):
        assert not file.is_file() or b"jeanne" not in file.read_bytes()


def test_the_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    settings = Settings(state=tmp_path)
    assert proof_keys(settings, make=False) == ()
    first = proof_keys(settings, make=True)
    assert proof_keys(settings, make=True) == proof_keys(settings, make=False) == first
    assert (tmp_path / "proof.keys").stat().st_mode & 0o777 == 0o600
