"""Each form of another tool becomes contracts that compile, with a list of what has no equal."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml
from click.testing import Result
from contract_examples import PLACE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from observer.contracts.compiler import compile_contract
from observer.contracts.document import problems, standard_problems
from observer.contracts.importing import READERS, SourceFile, Wanted, imported
from observer.errors import InputError

SAMPLES = Path(__file__).parent / "samples"
EXPECTED = Path(__file__).parent / "expected"
Run = Callable[..., Result]
OWNERS = Wanted("ines.moreau@maison-lumiere.example", "hugo.lefebvre@maison-lumiere.example")
FORMS = sorted(path.name for path in SAMPLES.iterdir())


def test_every_form_has_a_sample() -> None:
    assert {form.partition("_")[0] for form in FORMS} == READERS.keys()


@pytest.mark.parametrize("form", FORMS)
def test_a_sample_becomes_contracts(
    form: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(SAMPLES)
    result = run("import", "--from", form.partition("_")[0], form, "--out", tmp_path, "--format", "json")
    assert result.exit_code == 0
    told = json.loads(result.stdout)["contracts"]
    lost = [f"{one['id']}: {lost['path']}: {lost['message']}" for one in told for lost in one["lost"]]
    assert "\n".join(lost) + "\n" == (EXPECTED / form / "lost.txt").read_text("utf-8")
    assert {path.name for path in tmp_path.iterdir()} == {
        path.name for path in (EXPECTED / form).glob("*.yaml")
    }
    for path in tmp_path.iterdir():
        assert path.read_text("utf-8") == (EXPECTED / form / path.name).read_text("utf-8")


@pytest.mark.parametrize("form", FORMS)
def test_a_draft_keeps_the_standard_and_lacks_only_its_owners(form: str, run: Run, tmp_path: Path) -> None:
    run("import", "--from", form.partition("_")[0], SAMPLES / form, "--out", tmp_path)
    for path in tmp_path.iterdir():
        document = yaml.safe_load(path.read_text("utf-8"))
        assert not standard_problems(path.name, document)
        told = [str(one) for one in problems(path.name, document)]
        assert len(told) == 2
        assert "`marketing owner to be named`" in told[0]
        assert "`technical owner to be named`" in told[1]


@pytest.mark.parametrize("form", FORMS)
def test_a_contract_with_two_owners_compiles(form: str, run: Run, tmp_path: Path) -> None:
    owners = ["--marketing-owner", OWNERS.marketing_owner, "--technical-owner", OWNERS.technical_owner]
    run("import", "--from", form.partition("_")[0], SAMPLES / form, "--out", tmp_path, *owners)
    for path in tmp_path.iterdir():
        compile_contract(path.name, yaml.safe_load(path.read_text("utf-8")))


VERDICTS: dict[str, tuple[str, str, bytes, bytes]] = {
    "a closed plan": ("rudderstack_v1", "signed-up", b'{"channel":"web","tags":["a"]}', b'{"channel":"web","x":1}'),
    "a word of an enum": ("rudderstack_v1", "signed-up", b'{"channel":"app"}', b'{"channel":"tv"}'),
    "a custom type": ("rudderstack", "product-viewed", b'{"sku":"abc","price":{"amount":1}}', b'{"sku":"abc","price":{}}'),
    "items of a list": ("segment", "order-completed", b'{"order_id":"ML-00000001","total":1,"products":[{"sku":"a"}]}',
                        b'{"order_id":"ML-00000001","total":1,"products":[{}]}'),
    "a bound of draft 4": ("iglu", "newsletter-opened", b'{"edition":"maison","rank":1}', b'{"edition":"maison","rank":0}'),
    "a range of 32 bits": ("avro", "till-receipt", b'{"receipt_id":"6f1c0b6e-9a55-4a7c-8a38-1f1f3f9c2c11","issued":1,'
                           b'"till":2147483647,"payment":"CARD","lines":[],"counters":{}}',
                           b'{"receipt_id":"6f1c0b6e-9a55-4a7c-8a38-1f1f3f9c2c11","issued":1,'
                           b'"till":2147483648,"payment":"CARD","lines":[],"counters":{}}'),
    "a map": ("json-schema", "lead-scored", b'{"score":1,"answers":{"a":true}}', b'{"score":1,"answers":{"a":1}}'),
    "an object that may hold nothing": ("json-schema", "lead-scored", b'{"score":1,"empty":{}}', b'{"score":1,"empty":{"a":1}}'),
    "items of a GA4 order": ("ga4", "purchase", b'{"transaction_id":"1","value":2,"items":[{"item_id":"a"}]}',
                             b'{"transaction_id":"1","value":2,"items":[{}]}'),
    "attributes of mParticle": ("mparticle", "product-added", b'{"sku":"a","quantity":1}', b'{"sku":"a","quantity":0}'),
}  # fmt: skip


@pytest.mark.parametrize(("form", "contract", "taken", "refused"), VERDICTS.values(), ids=VERDICTS)
def test_the_contract_judges_as_the_other_side_does(
    form: str, contract: str, taken: bytes, refused: bytes
) -> None:
    text = (EXPECTED / form / f"{contract}.odcs.yaml").read_text("utf-8")
    signed = text.replace(" owner to be named", " owner")
    compiled = compile_contract(PLACE, yaml.safe_load(signed))
    assert not compiled.exact(taken, "$")
    assert compiled.exact(refused, "$")


REFUSED: dict[str, tuple[str, Any]] = {
    "a list is no plan": ("segment", [1]),
    "a rule without a schema": ("segment", {"rules": [{"type": "TRACK", "key": "A"}]}),
    "properties without a plan": ("rudderstack", {"kind": "properties", "spec": {"properties": []}}),
    "a schema that does not say its name": ("iglu", {"type": "object"}),
    "a version that is no SchemaVer": ("iglu", {"self": {"vendor": "a", "name": "b", "version": "0-0-1"}}),
    "text is no schema": ("json-schema", "object"),
    "an Avro enum is no record": ("avro", {"type": "enum", "name": "A", "symbols": []}),
    "events without a name": ("ga4", {"events": [{"params": {}}]}),
    "a plan without events": ("mparticle", {"version_document": {"data_points": []}}),
}  # fmt: skip


@pytest.mark.parametrize(("form", "value"), REFUSED.values(), ids=REFUSED)
def test_another_document_is_refused(form: str, value: Any) -> None:
    with pytest.raises(InputError):
        imported(form, [SourceFile("other.json", value)], Wanted())


_SCALARS: tuple[Any, ...] = (
    {"type": "string"}, {"type": "string", "maxLength": 2}, {"type": ["string", "null"]}, {"type": "integer", "minimum": 1},
    {"type": "number", "exclusiveMaximum": 2}, {"type": "boolean"}, {"type": ["string", "integer"]}, {}, True, False,
    {"enum": ["a", "b"]}, {"enum": ["a", 1]}, {"const": 1}, {"enum": ["a", None]}, {"type": "null"}, {"minLength": 2},
    {"type": "string", "pattern": "(?=a)a"}, {"type": "string", "format": "date"}, {"type": "integer", "minimum": 3, "maximum": 1},
    {"anyOf": [{"type": "string"}, {"type": "null"}]}, {"anyOf": [{"type": "string"}, {"type": "integer"}]},
    {"allOf": [{"type": "integer"}, {"minimum": 1}, {"minimum": 2}]}, {"type": "integer", "not": {"const": 1}},
    {"$ref": "#/$defs/word"}, {"$ref": "#/$defs/tree"}, {"type": "string", "enum": ["aaa"], "maxLength": 2},
)  # fmt: skip


def _objects(inner: SearchStrategy[Any]) -> SearchStrategy[dict[str, Any]]:
    named = st.dictionaries(st.sampled_from("ab"), inner, max_size=2)
    optional: dict[str, SearchStrategy[Any]] = {
        "additionalProperties": st.one_of(st.booleans(), inner),
        "required": st.lists(st.sampled_from("abc"), unique=True, max_size=2),
        "minProperties": st.integers(0, 2),
        "maxProperties": st.integers(0, 2),
        "patternProperties": st.just({"^x": {"type": "string"}}),
        "propertyNames": st.just({"maxLength": 1}),
    }
    return st.fixed_dictionaries({"type": st.just("object"), "properties": named}, optional=optional)


def _arrays(inner: SearchStrategy[Any]) -> SearchStrategy[dict[str, Any]]:
    optional: dict[str, SearchStrategy[Any]] = {
        "items": inner,
        "minItems": st.integers(0, 1),
        "uniqueItems": st.booleans(),
    }
    return st.fixed_dictionaries({"type": st.just("array")}, optional=optional)


SCHEMAS: SearchStrategy[Any] = st.recursive(
    st.sampled_from(_SCALARS), lambda inner: st.one_of(_objects(inner), _arrays(inner)), max_leaves=8
)
DEFINITIONS = {
    "word": {"type": "string", "minLength": 1},
    "tree": {"type": "object", "properties": {"a": {"$ref": "#/$defs/tree"}, "b": {"type": "integer"}}},
}
VALUES: SearchStrategy[Any] = st.recursive(
    st.sampled_from((None, True, 0, 1, 2, 1.5, "", "a", "aaa", "2026-03-01")),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2),
        st.dictionaries(st.sampled_from(("a", "b", "c", "xx")), inner, max_size=3),
    ),
    max_leaves=6,
)


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    _objects(SCHEMAS),
    st.lists(st.dictionaries(st.sampled_from(("a", "b", "c", "xx")), VALUES, max_size=3), max_size=8),
)
def test_what_the_schema_takes_the_contract_takes(
    schema: dict[str, Any], events: list[dict[str, Any]]
) -> None:
    whole = {**schema, "$defs": DEFINITIONS}
    [made] = imported("json-schema", [SourceFile("example.json", whole)], OWNERS)
    compiled = compile_contract(PLACE, made.document)
    takes = jsonschema_rs.Draft202012Validator(whole, validate_formats=True, offline=True)
    for event in events:
        if takes.is_valid(event):
            assert not compiled.exact(json.dumps(event).encode(), "$"), event
