"""The JSON Schema Test Suite: the validator that contracts compile to keeps it whole, and so do both paths.

Each schema that can be said in ODCS without loss is imported as a property of a contract; then the fast path may accept
nothing that the exact one refuses, and the exact one says what the suite says.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from contract_examples import accepts

from observer.contracts.compiled import Contract
from observer.contracts.compiler import compile_contract
from observer.contracts.importing import SourceFile, Wanted, imported
from observer.contracts.validators import validator
from observer.errors import ContractError

SUITE = Path(__file__).parents[1] / "vendored" / "json-schema-test-suite"
FILES = {path.relative_to(SUITE).as_posix(): path for path in sorted(SUITE.rglob("*.json"))}
OWNERS = ("camille@maison-lumiere.example", "hugo@maison-lumiere.example")


class Group(NamedTuple):
    """One schema of the suite, and values with what is to be said of each."""

    said: str
    schema: Any
    tests: list[dict[str, Any]]


def groups(path: Path) -> Iterator[Group]:
    for each in json.loads(path.read_text("utf-8")):
        yield Group(f"{path.stem}: {each['description']}", each["schema"], each["tests"])


EVERY = [group for path in FILES.values() for group in groups(path)]


@pytest.mark.parametrize("path", FILES.values(), ids=FILES)
def test_the_validator_keeps_the_suite(path: Path) -> None:
    for group in groups(path):
        schema = group.schema if isinstance(group.schema, dict) else {"allOf": [group.schema]}
        valid = validator(schema).is_valid
        wrong = [test["description"] for test in group.tests if valid(test["data"]) is not test["valid"]]
        assert wrong == [], group.said


def test_the_suite_is_there() -> None:
    assert sum(len(group.tests) for group in EVERY) >= 1_000


TYPES = {
    **dict.fromkeys(("minLength", "maxLength", "pattern", "ecmascript-regex", "non-bmp-regex"), "string"),
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"), "number"),
    **dict.fromkeys(("minItems", "maxItems", "uniqueItems", "items"), "array"),
    **dict.fromkeys(("minProperties", "maxProperties", "required", "properties"), "object"),
}
"""The type that a file of the suite is about. The suite's schemas leave it out; a contract's properties have one."""

KINDS: dict[str, tuple[type, ...]] = {
    "string": (str,), "number": (int, float), "integer": (int, float), "array": (list,), "object": (dict,),
    "boolean": (bool,),
}  # fmt: skip


class Said(NamedTuple):
    """A group of the suite as a contract, whose property `value` has the schema and the type `kind`."""

    group: Group
    kind: str
    contract: Contract

    def valid(self, test: dict[str, Any]) -> bool:
        """What the suite says of a value, now that the schema has a type."""
        data = test["data"]
        fits = isinstance(data, KINDS[self.kind]) and isinstance(data, bool) is (self.kind == "boolean")
        return bool(test["valid"]) and fits


def _typed(path: Path, group: Group) -> tuple[str, dict[str, Any]] | None:
    """Returns the group's schema with the type that it is about, or None where it is about several."""
    if not isinstance(group.schema, dict):
        return None
    kind = "string" if path.parent.name == "format" else TYPES.get(path.stem)
    kind = group.schema.get("type", kind)
    if kind is None and "enum" in group.schema:
        kinds = {
            name
            for name in ("string", "number", "boolean")
            if all(
                isinstance(value, KINDS[name]) and isinstance(value, bool) is (name == "boolean")
                for value in group.schema["enum"]
            )
        }
        kind = kinds.pop() if kinds else None
    return (kind, {**group.schema, "type": kind}) if isinstance(kind, str) and kind in KINDS else None


def _said(path: Path, group: Group) -> Said | None:
    """Returns the group as a contract, or None where ODCS has no equal for all of its schema."""
    typed = _typed(path, group)
    if typed is None:
        return None
    whole = {"type": "object", "properties": {"value": typed[1]}, "required": ["value"]}
    wanted = Wanted(*OWNERS, kind="track", event="Example")
    (made,) = imported("json-schema", [SourceFile("suite.json", whole)], wanted)
    if any(lost.what.code != "exchange.lost.promises" for lost in made.lost):
        return None
    try:
        return Said(group, typed[0], compile_contract("suite.odcs.yaml", made.document))
    except ContractError:
        # Patterns that engines read differently are refused.
        return None


SAID = [said for path in FILES.values() for group in groups(path) if (said := _said(path, group)) is not None]


def test_many_schemas_of_the_suite_can_be_said_in_a_contract() -> None:
    assert len(SAID) >= 60
    assert {said.group.said.split(":")[0] for said in SAID} >= {
        "minLength", "maxLength", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
        "multipleOf", "minItems", "maxItems", "uniqueItems", "items", "enum", "type", "date", "date-time", "email",
    }  # fmt: skip


@pytest.mark.parametrize("said", SAID, ids=[said.group.said for said in SAID])
def test_both_paths_keep_the_suite(said: Said) -> None:
    for test in said.group.tests:
        payload = json.dumps({"value": test["data"]}).encode()
        exact = said.contract.exact(payload, "$") == ()
        assert exact or not accepts(said.contract, payload), test["description"]
        assert exact is said.valid(test), test["description"]
