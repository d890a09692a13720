"""`observer contract lint`: what it prints, where, and how it exits; and what `catalog lint` lists."""

import json
import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from contract_examples import document, stated

from observer.cli.catalog import catalog
from observer.cli.contract import contract
from observer.cli.language import Chosen
from observer.messages import Lang

SCHEMAS = Path(__file__).parents[2] / "schemas"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*arguments: str, lang: Lang = "en") -> Result:
    return CliRunner().invoke(contract, ["lint", *arguments], obj=Chosen(lang))


def write(name: str, value: object) -> str:
    Path(name).write_text(value if isinstance(value, str) else yaml.safe_dump(value), "utf-8")
    return name


def test_a_clean_contract() -> None:
    result = run(write("a.odcs.yaml", document([stated("id", "string")])))
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "a.odcs.yaml: clean.\n")


def test_a_finding_names_the_line() -> None:
    text = yaml.safe_dump(document([stated("id", "string")])).replace("kind: DataContract", "kind: Contract")
    result = run(write("a.odcs.yaml", text), write("b.odcs.yaml", document()))
    line = text.split("\n").index("kind: Contract") + 1
    assert result.exit_code == 1
    assert result.stderr.split("\n") == [
        f"a.odcs.yaml:{line}: expected one of DataContract, got `Contract` - at `$.kind`. "
        "Did you mean `DataContract`?",
        "a.odcs.yaml: problems: 1.",
        "b.odcs.yaml: clean.",
        "",
    ]
    assert "attendu : l’un de DataContract" in run("a.odcs.yaml", lang="fr").stderr


NO_CONTRACT = {
    "broken YAML": "a: [",
    "a key twice": "kind: DataContract\nkind: DataContract\n",
    "a list": "- 1\n",
    "nothing": "",
}


@pytest.mark.parametrize("text", NO_CONTRACT.values(), ids=NO_CONTRACT)
def test_what_is_no_document_is_a_finding(text: str) -> None:
    for more in ((), ("--standard-only",)):
        result = run(write("a.odcs.yaml", text), *more)
        assert (result.exit_code, result.stderr.split("\n")[-2]) == (1, "a.odcs.yaml: problems: 1.")


def test_a_file_that_cannot_be_read_decides_and_the_others_are_told() -> None:
    good, bad = write("a.odcs.yaml", document()), write("b.odcs.yaml", {"kind": "DataContract"})
    result = run("nowhere.yaml", good, bad, ".")
    assert result.exit_code == 2
    assert "nowhere.yaml: expected a file that can be read, got No such file or directory\n" in result.stderr
    assert ".: expected a file that can be read, got something that is no file\n" in result.stderr
    assert "a.odcs.yaml: clean." in result.stderr
    assert "b.odcs.yaml: problems: " in result.stderr


def test_the_standard_alone() -> None:
    table = {"apiVersion": "v3.1.0", "kind": "DataContract", "id": "Some Table", "version": "1"}
    path = write("table.odcs.yaml", table)
    assert run(path).exit_code == 1
    assert run("--standard-only", path).exit_code == 0


PROMISING = document(
    [stated("id", "string", unique=True, quality=[{"type": "sql", "query": "SELECT 1", "mustBe": 1}])],
    slaProperties=[{"property": "retention", "value": 1, "unit": "y"}],
)
NOT_RUN = [
    "service level `retention` is shown and not measured - at `$.slaProperties[0]`",
    "quality rule `sql` is a query and is not run: a stream has no tables to ask"
    " - at `$.schema[0].properties[0].quality[0]`",
]


def test_what_is_not_run_is_listed_and_is_no_finding() -> None:
    path = write("a.odcs.yaml", PROMISING)
    result = run(path)
    assert result.exit_code == 0
    assert [line.split(": ", 1)[1] for line in result.stderr.splitlines()] == [*NOT_RUN, "clean."]
    assert "n’est pas mesuré" in run(path, lang="fr").stderr
    assert run("--standard-only", path).stderr == "a.odcs.yaml: clean.\n"


def test_for_machines() -> None:
    result = run(write("a.odcs.yaml", PROMISING), write("b.odcs.yaml", "a: ["), "no.yaml", "--format", "json")
    assert (result.exit_code, result.stderr) == (2, "")
    told = json.loads(result.stdout)
    assert told["clean"] is False
    assert [(one["file"], one["read"], one["clean"]) for one in told["files"]] == [
        ("a.odcs.yaml", True, True),
        ("b.odcs.yaml", True, False),
        ("no.yaml", False, False),
    ]
    first = told["files"][0]["notRun"][0]
    assert (first["path"], first["code"]) == ("$.slaProperties[0]", "contract.not_run.level")
    assert Path("a.odcs.yaml").read_text().split("\n")[first["line"] - 1].startswith("- property: retention")
    assert told["files"][1]["problems"][0]["code"] == "document.yaml"


def test_catalog_lint_lists_what_is_not_run_and_stays_clean(tmp_path: Path) -> None:
    folder = tmp_path / "schemas"
    shutil.copytree(SCHEMAS, folder)
    result = CliRunner().invoke(catalog, ["lint", str(folder)], env={"MARTECH_CATALOG": None})
    listed = [line for line in result.stderr.splitlines() if "shown and not measured" in line]
    assert result.exit_code == 0
    assert any("order-completed.odcs.yaml:" in line and "`retention`" in line for line in listed)
    machines = CliRunner().invoke(catalog, ["lint", str(folder), "--format", "json"])
    told = json.loads(machines.stdout)
    assert (told["clean"], len(told["notRun"])) == (True, len(listed))
    assert {one["code"] for one in told["notRun"]} == {"contract.not_run.level"}
