"""`observer contract import`, `export` and `infer` as people run them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import Result
from contract_examples import PLACE

from observer.contracts.compiler import compile_contract
from observer.errors import ContractError, InputError, ObserverError

Run = Callable[..., Result]
TOP = Path(__file__).parents[2]
ORDER = TOP / "schemas" / "contracts" / "order-completed.odcs.yaml"
SAMPLES = Path(__file__).parent / "samples"
OWNERS = (
    "--marketing-owner",
    "ines@maison-lumiere.example",
    "--technical-owner",
    "hugo@maison-lumiere.example",
)


def events(folder: Path, count: int = 40) -> Path:
    path = folder / "traffic.ndjson"
    lines = [
        {
            "type": "track",
            "event": "Order Completed",
            "messageId": f"m{number}",
            "anonymousId": f"a{number}",
            "timestamp": "2026-03-01T10:00:00Z",
            "properties": {
                "order_id": f"ML-{number:08}",
                "total": 10 + number,
                "currency": "EUR",
                "products": [{"product_id": "LAMP-ARC-02", "price": 2.5, "quantity": 1}],
                "email": f"client{number}@maison-lumiere.example",
                "gift": number % 2 == 0,
            },
        }
        for number in range(count)
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return path


@pytest.mark.parametrize("command", ["import", "export", "infer"])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_help_is_there(command: str, lang: str, run: Run) -> None:
    assert "--format" in run(command, "--help", lang=lang).stdout


def test_losses_are_told_on_standard_error(run: Run) -> None:
    result = run("export", ORDER, "--to", "json-schema")
    assert json.loads(result.stdout)["title"] == "Order completed"
    assert "$.slaProperties[0]: `slaProperties` has no equal and was left out" in result.stderr
    assert "est sans équivalent" in run("export", ORDER, "--to", "json-schema", lang="fr").stderr


def test_losses_are_told_in_json(run: Run) -> None:
    told = json.loads(run("export", ORDER, "--to", "markdown", "--format", "json").stdout)
    assert told["text"].startswith("# Order completed")
    assert {"file", "path", "code", "message"} == told["lost"][0].keys()


def test_an_export_is_written(run: Run, tmp_path: Path) -> None:
    result = run("export", ORDER, "--to", "html", "--out", tmp_path / "pages" / "order.html", lang="fr")
    assert (result.stdout, result.exit_code) == ("", 0)
    assert '<html lang="fr">' in (tmp_path / "pages" / "order.html").read_text("utf-8")


def test_a_wrong_contract_is_not_exported(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "wrong.odcs.yaml"
    path.write_text(ORDER.read_text("utf-8").replace("marketing owner", "owner"), "utf-8")
    with pytest.raises(ContractError) as error:
        run("export", path, "--to", "html")
    assert "wrong.odcs.yaml:" in error.value.told()


def test_an_import_writes_over_nothing(run: Run, tmp_path: Path) -> None:
    arguments = ("import", "--from", "segment", SAMPLES / "segment", "--out", tmp_path)
    run(*arguments)
    (tmp_path / "order-completed.odcs.yaml").write_text("mine", "utf-8")
    with pytest.raises(InputError):
        run(*arguments)
    assert (tmp_path / "order-completed.odcs.yaml").read_text("utf-8") == "mine"
    run(*arguments, "--force")
    assert (tmp_path / "order-completed.odcs.yaml").read_text("utf-8") != "mine"


UNREADABLE = {
    "nothing there": ("missing.json", None),
    "no JSON": ("plan.json", "{"),
    "no YAML": ("plan.yaml", "a: [1"),
    "another document": ("plan.json", "{}"),
}


@pytest.mark.parametrize(("name", "text"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_told(name: str, text: str | None, run: Run, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(ObserverError) as error:
        run("import", "--from", "segment", tmp_path / name, "--out", tmp_path / "out")
    assert name in error.value.told()
    assert not (tmp_path / "out").exists()


def test_events_are_named_where_the_file_does_not(run: Run, tmp_path: Path) -> None:
    named = ("--kind", "event", "--event", "till_receipt")
    run("import", "--from", "avro", SAMPLES / "avro" / "till_receipt.avsc", "--out", tmp_path, *named)
    document = yaml.safe_load((tmp_path / "till-receipt.odcs.yaml").read_text("utf-8"))
    assert document["customProperties"][0]["value"] == [{"kind": "event", "event": "till_receipt"}]


def test_a_contract_is_learned_from_traffic(run: Run, tmp_path: Path) -> None:
    result = run("infer", events(tmp_path), "--out", tmp_path / "out", *OWNERS)
    [path] = (tmp_path / "out").iterdir()
    document = yaml.safe_load(path.read_text("utf-8"))
    match = {"kind": "track", "event": "Order Completed", "dialects": ["segment"]}
    assert document["customProperties"][0]["value"] == [match]
    compiled = compile_contract(PLACE, document)
    for line in events(tmp_path).read_text("utf-8").splitlines():
        assert not compiled.exact(json.dumps(json.loads(line)["properties"]).encode(), "$")
    assert "$.email looks personal: email (40 of 40, 100.0%)" in result.stderr
    assert "client1@" not in path.read_text("utf-8") + result.output


def test_support_is_told_in_json(run: Run, tmp_path: Path) -> None:
    told = json.loads(run("infer", events(tmp_path), "--format", "json", "--dialect", "segment").stdout)
    [found] = told["contracts"]
    assert found["events"] == 40
    support = {(one["path"], one["code"]): (one["events"], one["of"]) for one in found["support"]}
    assert support["$.order_id", "exchange.guess.required"] == (40, 40)


def test_an_update_proposes_what_the_contract_does_not_name(run: Run, tmp_path: Path) -> None:
    result = run("infer", events(tmp_path), "--update", ORDER)
    before, after = yaml.safe_load(ORDER.read_text("utf-8")), yaml.safe_load(result.stdout)
    new = after["schema"][0]["properties"][len(before["schema"][0]["properties"]) :]
    assert [(one["name"], one.get("required")) for one in new] == [("email", None), ("gift", None)]
    assert (before["version"], after["version"]) == ("2.1.0", "2.2.0")
    compile_contract(PLACE, after)
    assert "$.gift was not named: added, optional (40 of 40, 100.0%)" in result.stderr


def test_an_update_needs_events_that_the_contract_claims(run: Run, tmp_path: Path) -> None:
    other = TOP / "schemas" / "contracts" / "signed-up.odcs.yaml"
    with pytest.raises(InputError) as error:
        run("infer", events(tmp_path), "--update", other)
    assert "signed-up.odcs.yaml" in error.value.told()


def test_traffic_that_no_dialect_knows_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("hello\n", "utf-8")
    with pytest.raises(InputError) as error:
        run("infer", tmp_path / "other.txt")
    assert "--dialect" in error.value.told()


def test_records_that_cannot_be_read_are_counted(run: Run, tmp_path: Path) -> None:
    path = events(tmp_path)
    path.write_text(path.read_text("utf-8") + "{broken\n", "utf-8")
    assert "1 records could not be read" in run("infer", path, "--dialect", "segment").stderr
