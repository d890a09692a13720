"""What a contract becomes for other tools and other people, and what it says that it cannot take along."""

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from contract_examples import PLACE, document, stated
from contract_strategies import documents, object_for
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from observer.contracts.compiler import compile_contract
from observer.contracts.exporting import FORMS, exported
from observer.contracts.importing import SourceFile, Wanted, imported
from observer.errors import ContractError, InputError
from observer.messages import LANGUAGES, Lang

CONTRACTS = Path(__file__).parents[2] / "schemas" / "contracts"
EXAMPLES = {path.name.removesuffix(".odcs.yaml"): path for path in sorted(CONTRACTS.glob("*.odcs.yaml"))}
OWNERS = Wanted("ines.moreau@maison-lumiere.example", "hugo.lefebvre@maison-lumiere.example")


def loaded(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(EXAMPLES[name].read_text("utf-8"))
    return found


def lost(form: str, given_: dict[str, Any]) -> list[str]:
    return [f"{one.path}: {one.what}" for one in exported(form, PLACE, given_, vendor="example.vendor").lost]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", EXAMPLES)
def test_every_contract_of_the_example_goes_out(form: str, name: str) -> None:
    assert exported(form, PLACE, loaded(name), "fr", "example.maison-lumiere").text.endswith("\n")


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data(), st.sampled_from(["iglu", "segment"]))
def test_a_plan_that_comes_back_never_refuses_more(data: st.DataObject, form: str) -> None:
    original = data.draw(documents())
    try:
        before = compile_contract(PLACE, original)
    except ContractError:
        # It contradicts itself, as generated contracts do.
        reject()
    plan = json.loads(exported(form, PLACE, original, vendor="example.vendor").text)
    [made] = imported(form, [SourceFile("plan.json", plan)], OWNERS)
    after = compile_contract(PLACE, made.document)
    for _ in range(5):
        payload = data.draw(object_for(original["schema"][0]["properties"]))
        if not before.exact(payload, "$"):
            assert not after.exact(payload, "$"), payload


def test_an_iglu_schema_bears_the_name_of_the_event_it_describes() -> None:
    schema = json.loads(exported("iglu", PLACE, loaded("newsletter-opened")).text)
    assert schema["self"] == {
        "vendor": "example.maison-lumiere",
        "name": "newsletter_opened",
        "format": "jsonschema",
        "version": schema["self"]["version"],
    }
    assert schema["self"]["version"].split("-") == loaded("newsletter-opened")["version"].split(".")


def test_an_iglu_schema_speaks_draft_4() -> None:
    given_ = document(
        [stated("p", "integer", exclusiveMinimum=0), stated("q", "integer", minimum=5, exclusiveMinimum=1)]
    )
    schema = json.loads(exported("iglu", PLACE, given_, vendor="example.vendor").text)
    assert schema["properties"]["p"] == {"type": ["integer", "null"], "minimum": 0, "exclusiveMinimum": True}
    assert schema["properties"]["q"] == {"type": ["integer", "null"], "minimum": 5}


def test_an_iglu_schema_needs_a_vendor() -> None:
    with pytest.raises(InputError) as error:
        exported("iglu", PLACE, document())
    assert "--vendor" in error.value.told()


@pytest.mark.parametrize(
    ("version", "schema_version"),
    [("2.1.0", "2-1-0"), ("0.3.0", "1-3-0"), ("v4", "4-0-0"), ("draft", "1-0-0")],
)
def test_a_version_becomes_a_schema_version(version: str, schema_version: str) -> None:
    given_ = document(version=version)
    schema = json.loads(exported("iglu", PLACE, given_, vendor="example.vendor").text)
    assert schema["self"]["version"] == schema_version
    told = any("SchemaVer" in one for one in lost("iglu", given_))
    assert told == (version in ("0.3.0", "draft"))


def test_a_segment_plan_has_a_rule_for_each_call_that_the_contract_claims() -> None:
    match = [
        {"kind": "track", "event": "Signed Up"},
        {"kind": "identify"},
        {"kind": "unstruct", "event": "a/b"},
    ]
    given_ = document(
        [stated("p", "string", True)], customProperties=[{"property": "martechMatch", "value": match}]
    )
    rules = json.loads(exported("segment", PLACE, given_).text)["rules"]
    assert [(rule["type"], rule.get("key"), [*rule["jsonSchema"]["properties"]]) for rule in rules] == [
        ("TRACK", "Signed Up", ["properties"]),
        ("IDENTIFY", None, ["traits"]),
    ]
    assert rules[0]["jsonSchema"]["required"] == ["properties"]


LOST: dict[str, tuple[str, dict[str, Any], str]] = {
    "a quality rule": (
        "json-schema",
        {"schema": [{"name": "a", "quality": [{"metric": "rowCount", "mustBeGreaterThan": 1}]}]},
        "$.schema[0].quality[0]: `quality` has no equal and was left out",
    ),
    "owners": ("segment", {}, "$.team: `team` has no equal and was left out"),
    "usage": ("iglu", {"description": {"usage": "Turnover."}}, "$.description.usage: `usage` has no equal and was left out"),
    "a classification": (
        "segment",
        {"schema": [{"name": "a", "properties": [{"name": "p", "logicalType": "string", "classification": "personal"}]}]},
        "$.schema[0].properties[0].classification: `classification` has no equal and was left out",
    ),
    "purposes": (
        "json-schema",
        {"customProperties": [*document()["customProperties"], {"property": "martechPurposes", "value": ["advertising"]}]},
        "$.customProperties[1]: `martechPurposes` has no equal and was left out",
    ),
    "a date in a format of its own is for the observer alone": (
        "json-schema",
        {"schema": [{"name": "a", "properties": [stated("p", "date", format="dd/MM/yyyy")]}]},
        "$.properties.p.martechTemporal: `martechTemporal` is checked by the observer only: other validators pass it over",
    ),
    "and left out of plans": (
        "segment",
        {"schema": [{"name": "a", "properties": [stated("p", "date", format="dd/MM/yyyy")]}]},
        "$.properties.p.martechTemporal: `martechTemporal` has no equal and was left out",
    ),
    "a format that nobody there checks": (
        "segment",
        {"schema": [{"name": "a", "properties": [stated("p", "string", format="uuid")]}]},
        "$.properties.p.format: format `uuid` is not known to that draft: it may not be checked",
    ),
    "a format that asks nothing": (
        "json-schema",
        {"schema": [{"name": "a", "properties": [stated("p", "string", format="password")]}]},
        "$.schema[0].properties[0].logicalTypeOptions.format: `format` has no equal and was left out",
    ),
    "servers of a page": (
        "html",
        {"tags": ["checkout"]},
        "$.tags[0]: `tags` has no equal and was left out",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("form", "keys", "line"), LOST.values(), ids=LOST)
def test_what_has_no_equal_is_listed(form: str, keys: dict[str, Any], line: str) -> None:
    assert line in lost(form, document(**keys))


def test_a_property_named_like_our_keywords_is_a_property() -> None:
    given_ = document([stated("martechTemporal", "string", required=True)])
    assert not [one for one in lost("segment", given_) if "martechTemporal" in one]
    [rule] = json.loads(exported("segment", PLACE, given_).text)["rules"]
    assert "martechTemporal" in rule["jsonSchema"]["properties"]["properties"]["properties"]


EN_SENTENCES = (
    "Data contract order-completed, version 2.1.0",
    "Marketing: Camille Laurent (camille.laurent@maison-lumiere.example)",
    "IT: Hugo Marchand (hugo.marchand@maison-lumiere.example)",
    "An order that a customer has paid for, in the web shop or in the app.",
    "Order Completed, a track event (rudderstack, segment)",
    "products › quantity",
    "one of: EUR (Euro), CHF (Swiss franc)",
    "list (group of fields)",
    "Values that come twice of order_id: less than 1 percent.",
    "95 percent of events arrive within 5 minutes.",
    "At most 0.5 percent of events break this contract.",
    "Kept for 25 months.",
    "Other fields may come and are let pass.",
    "audience-measurement",
)
FR_SENTENCES = (
    "Marketing : Camille Laurent",
    "parmi : EUR (Euro), CHF (Swiss franc)",
    "Au plus 0,5 pour cent des événements enfreignent ce contrat.",
    "95 pour cent des événements arrivent en 5 minutes au plus.",
    "nombre entier",
)


@pytest.mark.parametrize(("lang", "sentences"), [("en", EN_SENTENCES), ("fr", FR_SENTENCES)])
@pytest.mark.parametrize("form", ["markdown", "html"])
def test_a_page_says_in_sentences(form: str, lang: Lang, sentences: tuple[str, ...]) -> None:
    page = exported(form, PLACE, loaded("order-completed"), lang).text
    shown = _text(page) if form == "html" else page.replace("\\", "")
    for sentence in sentences:
        assert sentence in shown


class _Page(HTMLParser):
    """Every tag with its attributes, and the text between them."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def _read(page: str) -> _Page:
    reader = _Page()
    reader.feed(page)
    return reader


def _text(page: str) -> str:
    return _read(page).text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_is_accessible_and_needs_nothing_else(lang: Lang) -> None:
    tags = _read(exported("html", PLACE, loaded("order-completed"), lang).text).tags
    assert ("html", {"lang": lang}) in tags
    names = [tag for tag, _ in tags]
    # Each part has its head: five before the table, five after it.
    assert names.count("h2") == 10
    for once in ("title", "main", "h1", "caption"):
        assert names.count(once) == 1
    assert all(attributes.get("scope") in {"col", "row"} for tag, attributes in tags if tag == "th")
    assert not {"script", "img", "link", "iframe"} & set(names)
    assert not [attributes for _, attributes in tags if {"src", "href"} & attributes.keys()]


EVIL = '<script>alert(1)</script>"|`_*[x](javascript:y)\n# head'


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_what_a_contract_says_is_never_markup(form: str) -> None:
    property_ = stated(EVIL, "string", enum=[EVIL], examples=[EVIL])
    property_ |= {"description": EVIL, "businessName": EVIL, "classification": EVIL}
    given_ = document([property_], name=EVIL, status=EVIL, description={"purpose": EVIL, "usage": EVIL})
    page = exported(form, PLACE, given_).text
    assert "<script" not in page
    if form == "html":
        assert "script" not in [tag for tag, _ in _read(page).tags]
    else:
        lines = page.splitlines()
        assert [
            line
            for line in lines
            if line.startswith("#") and "head" in line and not line.startswith("# &lt;")
        ] == []
        rows = [line for line in lines if line.startswith("|")]
        assert {row.replace("\\|", "").count("|") for row in rows} == {6}
