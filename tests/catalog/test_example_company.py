"""The example company: what everyone meets first."""

from pathlib import Path

import pytest

from observer.building import series_by_metric, series_estimate
from observer.catalog import Catalog
from observer.loader import example_folder, load
from observer.sinks.totals import Totals

CHANNELS = {
    "web-shop": ("web", "segment"),
    "app": ("app", "rudderstack"),
    "web-magazine": ("web", "snowplow"),
    "tills": ("store", "cloudevents"),
    "loyalty": ("app", "amplitude"),
    "server-orders": ("server", "ga4"),
    "crm": ("server", "plain"),
}


@pytest.fixture(scope="module")
def example() -> Catalog:
    return load(example_folder())


def test_its_sources(example: Catalog) -> None:
    sources = example.sources.values()
    assert {source.id: (source.channel, source.dialect.name) for source in sources} == CHANNELS


def test_every_source_is_watched_and_feeds_something(example: Catalog) -> None:
    for source in example.sources.values():
        assert source.silent_after
        assert source.destinations
        assert source.write_key_env.startswith("MARTECH_KEY_") or source.identifiers


def test_its_flows_lead_from_four_sources_to_data_products(example: Catalog) -> None:
    flows = example.flows.values()
    assert sorted(flow.source for flow in flows) == ["app", "tills", "web-magazine", "web-shop"]
    assert all(flow.data_product and len(flow.hops) > 1 for flow in flows)


def test_it_is_plainly_fictitious() -> None:
    written = "".join(
        path.read_text("utf-8")
        for folder in ("sources", "flows")
        for path in (example_folder() / folder).iterdir()
    )
    hosts = {part.split("/")[0].split("]")[0] for part in written.split("https://")[1:]}
    assert all(host.strip().endswith(".example") for host in hosts)
    assert written.count("@") == written.count("@maison-lumiere.example")
    assert "invented" in (example_folder() / "company.yaml").read_text("utf-8")


def test_no_metric_is_exported_in_more_series_than_estimated(example: Catalog) -> None:
    totals = Totals()
    totals.declare(example)
    found: dict[str, int] = {}
    for name, _ in totals.counts:
        found[name] = found.get(name, 0) + 1
    for name, _ in totals.histograms:
        found[name] = found.get(name, 0) + 17
    estimate = series_by_metric(example)
    assert {name: number for name, number in found.items() if number > estimate[name]} == {}
    assert series_estimate(example) < 10_000


def test_the_checkout_and_the_package_name_the_same_folder() -> None:
    assert example_folder().name == "schemas"
    assert Path(example_folder()).is_absolute()
