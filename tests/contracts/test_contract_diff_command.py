"""`observer contract diff`: what it prints and how it exits, on real files and without a catalog."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from contract_examples import document, stated

from observer.cli.contract import contract
from observer.cli.language import Chosen
from observer.errors import InputError
from observer.messages import Lang

SCHEMAS = Path(__file__).parents[2] / "schemas" / "contracts"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*arguments: str, lang: Lang = "en") -> Result:
    return CliRunner().invoke(contract, ["diff", *arguments], obj=Chosen(lang))


def write(name: str, value: dict[str, Any]) -> str:
    Path(name).write_text(yaml.safe_dump(value), "utf-8")
    return name


@pytest.fixture
def narrow() -> str:
    return write("narrow.yaml", document([stated("c|d", "string", True, enum=["EUR"])]))


@pytest.fixture
def wide() -> str:
    return write("wide.yaml", document([stated("c|d", "string", True, enum=["EUR", "CHF"])]))


def test_text(narrow: str, wide: str) -> None:
    result = run(wide, narrow)
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout.splitlines() == [
        "wide.yaml -> narrow.yaml",
        "  enum-constraint-changed [consumers: fine, producers: breaking]",
        '    example $[\'c|d\'] enum: "CHF", "EUR" -> "EUR"',
        "    Events that kept the old version may break the new one.",
        '    valid under the old version alone: {"c|d": "CHF"} (breaks enum:$[\'c|d\'])',
        "  changes: 1; breaking for consumers: 0, for producers: 1",
    ]
    french = run(wide, narrow, lang="fr").stdout
    assert "[consommateurs : sans effet, producteurs : incompatible]" in french
    assert "valide sous l’ancienne version seulement" in french


def test_for_machines(narrow: str, wide: str) -> None:
    told = json.loads(run(narrow, wide, "--format", "json").stdout)
    assert told["breaks"] is True
    (comparison,) = told["comparisons"]
    assert comparison["breaking"] == {"consumer": 1, "producer": 0}
    (change,) = comparison["changes"]
    assert change["examples"] == [
        {"event": '{"c|d": "CHF"}', "validUnder": "new", "breaks": ["enum:$['c|d']"]}
    ]
    assert (change["rule"], change["area"], change["reason"]) == (
        "enum-constraint-changed",
        "schema",
        "loosens",
    )


def test_markdown_keeps_its_columns(narrow: str, wide: str) -> None:
    lines = run(narrow, wide, "--format", "markdown").stdout.splitlines()
    assert lines[:3] == [
        "### narrow.yaml -> wide.yaml",
        "",
        "changes: 1; breaking for consumers: 1, for producers: 0",
    ]
    table = [line for line in lines if line.startswith("|")]
    assert {line.replace("\\|", "").count("|") for line in table} == {8}
    assert '      {"c|d": "CHF"}' in lines


CODES = {
    "nothing changed": (("wide", "wide"), 0),
    "a word less breaks producers": (("wide", "narrow"), 1),
    "for producers": (("wide", "narrow", "--for", "producer"), 1),
    "not for consumers": (("wide", "narrow", "--for", "consumer"), 0),
    "a word more breaks consumers": (("narrow", "wide", "--for", "consumer"), 1),
    "new readers, old events": (("wide", "narrow", "--mode", "BACKWARD"), 1),
    "old readers, new events": (("wide", "narrow", "--mode", "forward"), 0),
    "both": (("wide", "narrow", "--mode", "FULL"), 1),
    "a history whose last version is the same": (("wide", "narrow", "narrow", "--mode", "BACKWARD_TRANSITIVE"), 1),
    "a history that only widens": (("narrow", "wide", "wide", "--mode", "BACKWARD_TRANSITIVE"), 0),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "code"), CODES.values(), ids=CODES)
def test_exit_codes(narrow: str, wide: str, arguments: tuple[str, ...], code: int) -> None:
    files = {"narrow": narrow, "wide": wide}
    assert run(*(files.get(word, word) for word in arguments)).exit_code == code


REFUSED = {
    "a history without a mode": (("wide", "narrow", "narrow"), "got several OLD files"),
    "a history with a mode of two": (("wide", "narrow", "narrow", "--mode", "FULL"), "got several OLD files"),
    "two words for whom": (("wide", "narrow", "--mode", "FULL", "--for", "consumer"), "got both"),
    "one file": (("wide",), "got one file"),
}


@pytest.mark.parametrize(("arguments", "got"), REFUSED.values(), ids=REFUSED)
def test_words_that_do_not_go_together(arguments: tuple[str, ...], got: str) -> None:
    error = run(*arguments).exception
    assert isinstance(error, InputError)
    assert got in str(error)


def test_what_cannot_be_read_is_an_error_of_input(wide: str) -> None:
    Path("broken.yaml").write_text("a: [", "utf-8")
    refused = write("refused.yaml", {"kind": "DataContract"})
    for file in ("nowhere.yaml", "broken.yaml", refused):
        assert isinstance(run(wide, file).exception, InputError)
        assert isinstance(run(file, wide).exception, InputError)


def test_the_example_company_against_itself_and_changed() -> None:
    for path in sorted(SCHEMAS.glob("*.odcs.yaml")):
        result = run(str(path), str(path))
        assert (result.exit_code, result.stdout.splitlines()[1]) == (0, "  no change")
    text = (SCHEMAS / "order-completed.odcs.yaml").read_text("utf-8")
    Path("new.yaml").write_text(text.replace("maximum: 50000", "maximum: 40000"), "utf-8")
    result = run(str(SCHEMAS / "order-completed.odcs.yaml"), "new.yaml")
    assert result.exit_code == 1
    assert '"total": 40001' in result.stdout


def test_every_contract_can_be_compared_with_every_other() -> None:
    paths = sorted(SCHEMAS.glob("*.yaml"))
    assert len(paths) == 14
    for old, new in zip(paths, [*paths[1:], paths[0]], strict=True):
        assert run(str(old), str(old)).exit_code == 0
        assert run(str(old), str(new)).exit_code == 1
