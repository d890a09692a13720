"""What the building makes of declarations that fit together."""

import random
from pathlib import Path

import pytest

from observer.building import BuildLimits, build, series_by_metric, series_estimate
from observer.catalog import Catalog
from observer.documents import Document
from observer.errors import CatalogError
from observer.loader import load, read_folder
from observer.messages import catalogue
from observer.metrics import METRICS, Metric
from observer.model import Verdict


@pytest.fixture
def catalog(schemas: Path) -> Catalog:
    return load(schemas)


def test_a_source_is_compiled_whole(catalog: Catalog) -> None:
    shop = catalog.sources["web-shop"]
    assert (shop.id, shop.title, shop.channel, shop.dialect.name) == (
        "web-shop",
        "Web shop",
        "web",
        "segment",
    )
    assert shop.marketing_owner.name == "Camille Laurent"
    assert shop.technical_owner.contact == "hugo.marchand@maison-lumiere.example"
    assert shop.origins == ("https://www.maison-lumiere.example",)
    assert (shop.paths, shop.identifiers) == (("/maison/boutique",), ("shop-one",))
    assert (shop.write_key_env, shop.silent_after) == ("MARTECH_KEY_WEB_SHOP", 900.0)
    assert shop.purposes == ("audience-measurement", "advertising")
    assert shop.destinations == ("mixpanel", "google-ads")


def test_a_contract_reaches_the_sources_and_dialects_that_it_names(catalog: Catalog) -> None:
    claimed = {
        id_: {key: one.id for key, one in each.contracts.items()} for id_, each in catalog.sources.items()
    }
    assert claimed == {
        "web-shop": {("track", "Order Completed"): "order-completed", ("page", ""): "page-viewed"},
        "crm": {("page", ""): "page-viewed"},
    }


APART = {
    "by dialect": ("{kind: page, dialects: [segment]}", "{kind: page, dialects: [plain]}"),
    "by source": ("{kind: page, sources: [web-shop]}", "{kind: page, sources: [crm]}"),
    "by name, where one claims the rest": ("{kind: page}", "{kind: page, event: Home}"),
}


@pytest.mark.parametrize(("ours", "theirs"), APART.values(), ids=APART)
def test_two_contracts_may_claim_apart(ours: str, theirs: str, schemas: Path) -> None:
    viewed, read = (schemas / "contracts" / f"page-{name}.odcs.yaml" for name in ("viewed", "read"))
    text = viewed.read_text("utf-8")
    viewed.write_text(text.replace("{kind: page}", ours), "utf-8")
    read.write_text(text.replace("{kind: page}", theirs).replace("page-viewed", "page-read"), "utf-8")
    sources = load(schemas).sources
    claimed = {(id_, key[1]): one.id for id_, each in sources.items() for key, one in each.contracts.items()}
    assert claimed.get(("web-shop", "")) == "page-viewed"
    assert "page-read" in {claimed.get(("crm", "")), claimed.get(("crm", "Home"))}


def test_the_plain_dialect_is_compiled_from_the_fields(catalog: Catalog) -> None:
    assert dict(catalog.sources["crm"].dialect.fields) == {
        "kind": "`$.type`", "name": "`$.event_name`", "payload": "`$.data`",
    }  # fmt: skip


def test_tools_are_declared_or_known_by_traces(catalog: Catalog) -> None:
    tools = {tool.id: (tool.declared, tool.recognisable) for tool in catalog.tools.values()}
    assert tools == {"mixpanel": (True, True), "google-ads": (True, True), "hotjar": (False, False)}
    assert list(catalog.capabilities) == ["analytics", "paid-activation"]
    assert catalog.capabilities["analytics"].title_fr == "Mesure d’audience"


def test_flows_keep_the_order_of_their_hops(catalog: Catalog) -> None:
    flow = catalog.flows["orders-to-revenue"]
    assert [(hop.id, hop.kind, hop.tool) for hop in flow.hops] == [
        ("collected", "collector", "mixpanel"),
        ("loaded", "warehouse", ""),
    ]
    assert (flow.source, flow.data_product) == ("web-shop", "revenue")


def test_the_order_of_files_changes_nothing(schemas: Path) -> None:
    documents = read_folder(schemas)
    digests = set()
    for seed in range(5):
        random.Random(seed).shuffle(documents)
        catalog = build(documents)
        digests.add(catalog.digest)
        assert list(catalog.sources) == ["crm", "web-shop"]
    assert len(digests) == 1


SAME = {
    "a comment": ("name: Maison Lumière", "name: Maison Lumière # of Lyon"),
    "quotes": ("country: FR", 'country: "FR"'),
    "the order of keys": ("country: FR\ncurrency: EUR", "currency: EUR\ncountry: FR"),
}


@pytest.mark.parametrize(("before", "after"), SAME.values(), ids=SAME)
def test_the_digest_is_of_what_is_said(before: str, after: str, schemas: Path, catalog: Catalog) -> None:
    _edit(schemas / "company.yaml", before, after)
    assert load(schemas).digest == catalog.digest


@pytest.mark.parametrize("name", ["company.yaml", "consent/vendor-lists/version-7.json", "sources/crm.yaml"])
def test_the_digest_changes_with_any_file(name: str, schemas: Path, catalog: Catalog) -> None:
    word = {"company.yaml": "Lumière", "sources/crm.yaml": "database"}.get(name, "Nobody")
    _edit(schemas / name, word, "Another")
    assert load(schemas).digest != catalog.digest


def test_the_digest_does_not_depend_on_the_folder(schemas: Path, catalog: Catalog) -> None:
    assert load(schemas.resolve()).digest == catalog.digest


def test_problems_of_several_files_are_told_together_with_those_that_cannot_be_read(schemas: Path) -> None:
    documents = [
        Document(each.name, each.place, [], each.lines) if each.name.startswith("sources/") else each
        for each in read_folder(schemas)
    ]
    with pytest.raises(CatalogError) as caught:
        build([each for each in documents if each.name != "company.yaml"])
    assert [problem.place for problem in caught.value.problems] == [
        "schemas/company.yaml", "schemas/sources/crm.yaml:1", "schemas/sources/web-shop.yaml:1",
    ]  # fmt: skip


def test_every_metric_is_estimated(catalog: Catalog) -> None:
    assert series_by_metric(catalog).keys() == {metric.name for metric in METRICS}
    assert series_estimate(catalog) == sum(series_by_metric(catalog).values())


def test_the_estimate_counts_label_values(catalog: Catalog) -> None:
    series = series_by_metric(catalog)
    # Two contracts and `_none` for the shop, one and `_none` for the customer database.
    assert series["martech_events_total"] == (3 + 2) * len(Verdict)
    assert series["martech_event_latency_seconds"] == 2 * 3 * 17
    assert series["martech_consent_events_total"] == (2 + 1) * 8
    assert series["martech_tool_events_total"] == 3 + 1


def test_rules_beyond_the_bound_are_one_series(catalog: Catalog) -> None:
    name = "martech_contract_violations_total"
    many = sum(len(contract.rules) for contract in catalog.contracts.values())
    bounded = series_by_metric(catalog, 1)[name]
    assert series_by_metric(catalog)[name] - bounded == many - len(catalog.contracts)


def test_too_many_series_are_refused(schemas: Path, catalog: Catalog) -> None:
    documents, series = read_folder(schemas), series_estimate(catalog)
    assert build(documents, limits=BuildLimits(series=series)).digest == catalog.digest
    with pytest.raises(CatalogError) as caught:
        build(documents, limits=BuildLimits(series=series - 1))
    assert caught.value.told() == (
        f"schemas: expected at most {series - 1} time series, got {series}. "
        "Declare less, or raise metrics.series in the settings."
    )
    assert "catalog.series" in catalogue()


def test_labels_are_the_catalogue_s(catalog: Catalog) -> None:
    metric: Metric = METRICS[0]
    assert set(metric.labels) == {"contract", "source", "outcome"}
    assert catalog.find_click_ids("https://x.example/?gclid=1") == ("gclid",)


def _edit(file: Path, before: str, after: str) -> None:
    text = file.read_text("utf-8")
    assert text.count(before) == 1
    file.write_text(text.replace(before, after), "utf-8")
