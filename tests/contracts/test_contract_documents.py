"""Each way in which a contract can be wrong has a file, and beside it what the observer says of it."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from contract_examples import PLACE, document, stated

from observer.contracts.compiler import compile_contract
from observer.contracts.document import problems, standard_problems
from observer.errors import ContractError

BAD = Path(__file__).parents[1] / "bad" / "contracts"
FILES = {path.name.removesuffix(".odcs.yaml"): path for path in sorted(BAD.glob("*.odcs.yaml"))}


def _loaded(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


@pytest.mark.parametrize("path", FILES.values(), ids=FILES)
def test_a_wrong_contract_is_told(path: Path) -> None:
    with pytest.raises(ContractError) as error:
        compile_contract(f"schemas/contracts/{path.name}", _loaded(path))
    message = path.with_name(path.name.replace(".odcs.yaml", ".message.txt")).read_text("utf-8")
    assert error.value.told() + "\n" == message
    assert error.value.told("fr").count(" ; reçu") == len(error.value.problems)


def test_every_message_has_its_file() -> None:
    assert {path.name.removesuffix(".message.txt") for path in BAD.glob("*.txt")} == set(FILES)
    assert len(FILES) > 80


def test_the_standard_alone_asks_for_no_owners_and_no_events() -> None:
    table = {"apiVersion": "v3.1.0", "kind": "DataContract", "id": "Some Table", "version": "1"}
    assert standard_problems(PLACE, table) == ()
    assert standard_problems(PLACE, {**table, "nmae": "x"})
    assert problems(PLACE, table)


def test_the_older_form_of_team_and_dates_without_quotes_are_read() -> None:
    text = """
        - {username: camille, name: Camille Laurent, role: marketing owner, dateIn: 2024-03-01}
        - {username: sofia, role: technical owner, dateOut: 2025-01-31}
        - {username: hugo, role: technical owner, dateIn: 2025-02-01}
    """
    compiled = compile_contract(PLACE, document(team=yaml.safe_load(text)))
    assert (compiled.marketing_owner.name, compiled.marketing_owner.contact) == ("Camille Laurent", "camille")
    assert (compiled.technical_owner.name, compiled.technical_owner.contact) == ("hugo", "hugo")


def test_nothing_is_ever_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a contract was about to open a connection")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)
    definitions = [{"type": "definition", "url": "https://schemas.maison-lumiere.example/order.json"}]
    listed = [stated("p", "string") | {"authoritativeDefinitions": definitions}]
    compile_contract(PLACE, document(listed, authoritativeDefinitions=definitions))


HOSTILE: dict[str, Any] = {
    "a list": {"schema": [[]]},
    "text": {"schema": "x", "team": "x", "customProperties": "x", "slaProperties": "x"},
    "numbers": {"schema": [1], "team": [1], "customProperties": [1], "slaProperties": [1]},
    "nothing": {"schema": None, "team": None, "customProperties": None, "slaProperties": None},
    "lists in lists": {"team": {"members": [[]]}, "customProperties": [[[]]], "slaProperties": [[]]},
    "empty objects": {"schema": [{}], "team": {}, "customProperties": [{}], "slaProperties": [{}]},
    "an object for a match": {"customProperties": [{"property": "martechMatch", "value": {"kind": "track"}}]},
    "numbers for keys": {1: 2, None: 3, 1.5: 4},
    "bytes": {"name": b"x"},
}


@pytest.mark.parametrize("keys", HOSTILE.values(), ids=HOSTILE)
def test_whatever_the_document_holds_is_a_contract_error(keys: dict[Any, Any]) -> None:
    with pytest.raises(ContractError):
        compile_contract(PLACE, {**document(), **keys})
