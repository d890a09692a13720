"""What a check of the topics finds: start from brokers where all is well, and break one thing."""

from collections.abc import Mapping

import pytest
from click.testing import CliRunner

from observer.catalog import Catalog
from observer.cli.main import root
from observer.settings import Settings
from streams.topic_check import Finding, Seen, SeenTopic, findings
from streams.topics import DAY_MS, topics

SETTINGS = Settings()
_SOURCE = {
    "max.message.bytes": "1048588",
    "min.insync.replicas": "2",
    "unclean.leader.election.enable": "false",
}
_BROKER = {
    "offsets.retention.minutes": "10080",
    "group.max.session.timeout.ms": "1800000",
    "transaction.max.timeout.ms": "900000",
}


def _well(catalog: Catalog) -> dict[str, SeenTopic]:
    ours = {
        name: SeenTopic(topic.partitions, topic.replication, topic.configuration())
        for name, topic in topics(SETTINGS).items()
    }
    theirs = {
        topic: SeenTopic(6, 3, _SOURCE) for source in catalog.sources.values() for topic in source.topics
    }
    return {**ours, **theirs}


def _found(
    catalog: Catalog, broken: Mapping[str, SeenTopic], broker: Mapping[str, str] | None = None
) -> list[Finding]:
    return findings(SETTINGS, catalog.sources, Seen(broken, broker))


def _with(topic: SeenTopic, **values: str) -> SeenTopic:
    changed = {name.replace("_", "."): value for name, value in values.items()}
    return topic._replace(configuration={**topic.configuration, **changed})


def test_nothing_is_found_where_all_is_well(catalog: Catalog) -> None:
    assert _found(catalog, _well(catalog), _BROKER) == []


ONE_SETTING = {
    "quarantine gone before its days are over": (
        "martech.quarantine", {"retention_ms": str(14 * DAY_MS - 1)}, "retention", str(14 * DAY_MS),
    ),
    "markers gone before what they mark": (
        "martech.replayed", {"retention_ms": str(7 * DAY_MS)}, "retention", str(21 * DAY_MS),
    ),
    "rollups gone after a day": ("martech.rollups", {"retention_ms": str(DAY_MS)}, "retention", str(7 * DAY_MS)),
    "a limit by size": ("martech.ledger", {"retention_bytes": "1000000"}, "retention", "-1"),
    "too small for an event": ("martech.quarantine", {"max_message_bytes": "1048588"}, "size", None),
    "too small for rollups": ("martech.rollups", {"max_message_bytes": "10000"}, "size", "1048588"),
    "compacted that must not be": ("martech.ledger", {"cleanup_policy": "compact"}, "cleanup", "delete"),
    "compacted and deleted": ("martech.rollups", {"cleanup_policy": "compact,delete"}, "cleanup", "delete"),
    "deleted that must not be": ("martech.incidents", {"cleanup_policy": "delete"}, "cleanup", "compact"),
    "kept by the time of the event": (
        "martech.quarantine", {"message_timestamp_type": "CreateTime"}, "clock", "LogAppendTime",
    ),
    "written when one copy has it": ("martech.ledger", {"min_insync_replicas": "1"}, "in_sync", "2"),
    "not written when a broker is down": ("martech.ledger", {"min_insync_replicas": "3"}, "in_sync", "2"),
    "an unclean leader": ("martech.hops", {"unclean_leader_election_enable": "true"}, "unclean", "false"),
    "an unclean leader of a source": (
        "tracking.app", {"unclean_leader_election_enable": "true"}, "unclean", "false",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("name", "values", "code", "wanted"), ONE_SETTING.values(), ids=ONE_SETTING)
def test_a_setting_that_would_lose_data(
    name: str, values: dict[str, str], code: str, wanted: str | None, catalog: Catalog
) -> None:
    broken = _well(catalog)
    broken[name] = _with(broken[name], **values)
    found = _found(catalog, broken, _BROKER)
    assert {(one.code, one.topic) for one in found} == {(code, name)}
    setting, got = next(iter(values.items()))
    assert found[0].setting == setting.replace("_", ".")
    assert wanted in {None, found[0].wanted}
    assert f"got {got} - at `{found[0].setting}`. Set {found[0].setting}=" in found[0].problem.told()


def test_records_that_are_kept_for_ever_are_kept_long_enough(catalog: Catalog) -> None:
    broken = _well(catalog)
    broken["martech.quarantine"] = _with(broken["martech.quarantine"], retention_ms="-1")
    assert _found(catalog, broken) == []


SHAPES = {
    "one copy": (SeenTopic(4, 1, {}), {"replication"}),
    "fewer partitions than rollups have keys for": (SeenTopic(3, 3, {}), {"partitions"}),
    "more partitions than the settings say": (SeenTopic(5, 3, {}), {"partitions"}),
}


@pytest.mark.parametrize(("shape", "codes"), SHAPES.values(), ids=SHAPES)
def test_a_shape_that_would_lose_data(shape: SeenTopic, codes: set[str], catalog: Catalog) -> None:
    broken = _well(catalog)
    configuration = {
        **broken["martech.rollups"].configuration,
        "min.insync.replicas": str(min(2, shape.replication)),
    }
    broken["martech.rollups"] = shape._replace(configuration=configuration)
    assert {one.code for one in _found(catalog, broken)} == codes


@pytest.mark.parametrize("name", [*topics(SETTINGS), "tracking.web-shop"])
def test_a_topic_that_is_missing(name: str, catalog: Catalog) -> None:
    broken = _well(catalog)
    del broken[name]
    assert [(one.code, one.topic) for one in _found(catalog, broken)] == [("missing", name)]


def test_a_pattern_that_no_topic_matches(catalog: Catalog) -> None:
    sources = {"app": catalog.sources["app"]._replace(topics=("/app-.*/",))}
    seen = {name: one for name, one in _well(catalog).items() if name.startswith("martech.")}
    assert [one.topic for one in findings(SETTINGS, sources, Seen(seen, None))] == ["/app-.*/"]
    seen["app-events"] = SeenTopic(1, 3, _SOURCE)
    assert findings(SETTINGS, sources, Seen(seen, None)) == []


def test_a_source_whose_records_the_quarantine_could_not_keep_whole(catalog: Catalog) -> None:
    broken = _well(catalog)
    broken["tracking.app"] = _with(broken["tracking.app"], max_message_bytes=str(8 << 20))
    (found,) = _found(catalog, broken)
    assert (found.code, found.topic, int(found.wanted) > 8 << 20) == ("size", "martech.quarantine", True)


BROKERS = {
    "positions are forgotten within the week": {"offsets.retention.minutes": "1440"},
    "sessions may not last as long as ours": {"group.max.session.timeout.ms": "20000"},
    "transactions may not last as long as ours": {"transaction.max.timeout.ms": "5000"},
}


@pytest.mark.parametrize("values", BROKERS.values(), ids=BROKERS)
def test_brokers_that_would_lose_data(values: dict[str, str], catalog: Catalog) -> None:
    (found,) = _found(catalog, _well(catalog), {**_BROKER, **values})
    assert (found.code, found.problem.path) == ("broker", next(iter(values)))


def test_without_the_libraries_the_command_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("streams.cli.find_spec", lambda _name: None)
    result = CliRunner().invoke(root, ["stream", "topics", "check"])
    assert "pip install 'martech-observer[kafka]'" in str(result.exception)
