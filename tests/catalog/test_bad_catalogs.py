"""Every message of the loader has a bad file: tests/bad/<area>/<what is wrong>.yaml.

`says` is all that is said about it, in English. `change`, `write`, `base64` and `remove` are what was done to the
good catalog in tests/catalog/good.
"""

import base64
from pathlib import Path
from typing import Any

import pytest
import yaml

from observer.errors import CatalogError, Problem
from observer.loader import load
from observer.messages import Words, catalogue, say

BAD = Path(__file__).parents[1] / "bad"
CASES = {
    f"{area}: {path.stem.replace('-', ' ')}": path
    for area in ("company", "sources", "flows", "catalog")
    for path in sorted((BAD / area).glob("*.yaml"))
}

ELSEWHERE = {
    "document.bytes": "test_loader.py: a file beyond its limit",
    "document.got.more": "test_loader.py: a file beyond its limit",
    "document.mend.bytes": "test_loader.py: a file beyond its limit",
    "document.characters": "test_yaml_text.py: PyYAML's parser in C refuses it first",
    "document.got.surrogate": "test_yaml_text.py: PyYAML's parser in C refuses it first",
    "layout.folder_of_catalog": "test_loader.py: no such folder",
    "layout.readable": "test_loader.py: a pipe",
    "layout.no_file": "test_loader.py: a pipe",
    "layout.files": "test_loader.py: too many files",
    "layout.more_files": "test_loader.py: too many files",
    "catalog.series": "test_building.py: too many series",
    "catalog.fewer_series": "test_building.py: too many series",
    "declaration.rule": "test_declaration_check.py",
    "declaration.shortest": "test_declaration_check.py",
    "declaration.most": "test_declaration_check.py",
    "declaration.above": "test_declaration_check.py",
    "declaration.below": "test_declaration_check.py",
    "declaration.number": "test_declaration_check.py",
    "declaration.came.entries": "test_declaration_check.py",
    "declaration.came.null": "test_declaration_check.py",
    "declaration.came.mapping": "test_declaration_check.py",
}
"""Messages whose bad file would be large, or is no file."""


def broken(schemas: Path, case: dict[str, Any]) -> Path:
    """Does to the good catalog what the case says."""
    for change in case.get("change", ()):
        file = schemas / change["file"]
        text = file.read_text("utf-8")
        assert text.count(change["from"]) == 1, "the good catalog changed: mend the case"
        file.write_text(text.replace(change["from"], change["to"]), "utf-8")
    for name, text in case.get("write", {}).items():
        (schemas / name).parent.mkdir(exist_ok=True)
        (schemas / name).write_text(text, "utf-8")
    for name, text in case.get("base64", {}).items():
        (schemas / name).write_bytes(base64.b64decode(text))
    for name in case.get("remove", ()):
        (schemas / name).unlink()
    return schemas


def problems_of(schemas: Path) -> tuple[Problem, ...]:
    with pytest.raises(CatalogError) as caught:
        load(schemas)
    return caught.value.problems


@pytest.mark.parametrize("path", CASES.values(), ids=CASES)
def test_a_bad_catalog_is_refused_in_these_words(path: Path, schemas: Path) -> None:
    case = yaml.safe_load(path.read_text("utf-8"))
    problems = problems_of(broken(schemas, case))
    assert [problem.told() for problem in problems] == case["says"]
    assert all(problem.told("fr") != problem.told("en") for problem in problems)


def test_the_good_catalog_is_good(schemas: Path) -> None:
    assert load(schemas).company == "Maison Lumière"


def test_every_message_has_a_bad_file(schemas: Path, tmp_path: Path) -> None:
    told: set[str] = set()
    said = "\n".join(
        line for path in CASES.values() for line in yaml.safe_load(path.read_text("utf-8"))["says"]
    )
    for code, text in catalogue().items():
        # A message is told where its fixed words stand in what a case says, in their order.
        fixed = [part.split("}")[-1] for part in text.en.split("{")]
        if all(part in said for part in fixed):
            told.add(code)
    rooms = ("document.", "declaration.", "flows.", "layout.", "catalog.")
    ours = {code for code in catalogue() if code.startswith(rooms)}
    commands = {code for code in ours if code.startswith(("catalog.help.", "catalog.lint.", "catalog.init."))}
    assert ours - commands - told == ELSEWHERE.keys() - told
    assert ELSEWHERE.keys() <= ours


def test_a_secret_is_never_repeated(schemas: Path) -> None:
    case = yaml.safe_load((BAD / "sources" / "a-key-instead-of-its-variable.yaml").read_text("utf-8"))
    said = str(problems_of(broken(schemas, case)))
    assert case["change"][0]["to"] not in said


def test_words_are_said_in_both_languages() -> None:
    assert say("error.at", "fr", path=Words("error.literal", {"text": "x"})) != say(
        "error.at", "en", path="x"
    )
