"""One suite for both runners: every golden case comes to the same in the embedded run and on Kafka."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from both_runners import SOURCES, Case, Said, cases, company, embedded, names, on_kafka
from fault_oracle import same_windows

pytestmark = pytest.mark.kafka
PREFIX = "conformance."


class Both(NamedTuple):
    """What the two runners said of the same cases."""

    cases: dict[tuple[str, str], Case]
    embedded: Said
    kafka: Said


@pytest.fixture(scope="module")
def both(bootstrap: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """Runs all cases through both, once."""
    folder: Path = tmp_path_factory.mktemp("both")
    prefix = f"{PREFIX}{folder.parent.name}-{folder.name}."
    catalog, found = company(folder / "company", prefix), cases(prefix)
    (folder / "kafka").mkdir()
    first = asyncio.run(embedded(catalog, found, folder / "embedded"))
    second = on_kafka(catalog, found, folder / "kafka", bootstrap, prefix)
    yield Both({(case.dialect, case.name): case for case in found}, first, second)


NAMES = names()


@pytest.mark.parametrize(("dialect", "name"), NAMES, ids=[f"{dialect}: {name}" for dialect, name in NAMES])
def test_verdict_reason_findings_and_what_is_kept_are_equal(both: Both, dialect: str, name: str) -> None:
    for record in both.cases[dialect, name].records:
        place = record.place[0], record.place[2]
        assert both.kafka.kept.get(place, []) == both.embedded.kept.get(place, [])


def test_windows_are_equal_and_with_them_every_verdict_consent_and_decision(both: Both) -> None:
    same_windows("Kafka beside embedded", both.kafka.windows, both.embedded.windows)


def test_the_counters_are_equal(both: Both) -> None:
    assert both.kafka.counters == both.embedded.counters


def test_the_suite_sees_every_dialect_and_both_kinds_of_outcome(both: Both) -> None:
    assert {case.dialect for case in both.cases.values()} >= SOURCES.keys()
    kept = sum(map(len, both.embedded.kept.values()))
    valid = sum(
        number
        for (name, labels), number in both.embedded.counters.items()
        if name == "martech_events_total" and ("outcome", "valid") in labels
    )
    assert kept > 50 and valid > 3
