"""Every topic that we write, as settings make it."""

import pytest

from observer.settings import Kafka, Quarantine, Settings
from streams.topics import DAY_MS, Kind, least_in_sync, topic_name, topics


def _settings(**kafka: object) -> Settings:
    return Settings(kafka=Kafka.model_validate(kafka), quarantine=Quarantine(days=30))


def test_every_kind_has_one_topic_under_our_prefix() -> None:
    settings = _settings(prefix="watch.")
    assert list(topics(settings)) == [f"watch.{kind}" for kind in Kind]
    assert topic_name(settings, Kind.LEDGER) == "watch.ledger"


KEPT = {
    "quarantine as long as the settings say": (Kind.QUARANTINE, {}, 30),
    "markers of a replay longer than what they mark": (Kind.REPLAYED, {}, 37),
    "rollups a week at least": (Kind.ROLLUPS, {"rollup_retention_days": 2}, 7),
    "the ledger as long as asked": (Kind.LEDGER, {"rollup_retention_days": 9}, 9),
}


@pytest.mark.parametrize(("kind", "kafka", "days"), KEPT.values(), ids=KEPT)
def test_how_long_records_are_kept(kind: Kind, kafka: dict[str, object], days: int) -> None:
    settings = _settings(**kafka)
    configuration = topics(settings)[topic_name(settings, kind)].configuration()
    assert configuration["retention.ms"] == str(days * DAY_MS)
    assert configuration["cleanup.policy"] == "delete"


def test_the_latest_state_of_an_incident_is_kept_for_ever() -> None:
    settings = _settings()
    configuration = topics(settings)[topic_name(settings, Kind.INCIDENTS)].configuration()
    assert configuration["cleanup.policy"] == "compact"
    assert "retention.ms" not in configuration


@pytest.mark.parametrize(("replication", "in_sync"), [(1, 1), (2, 1), (3, 2), (5, 2)])
def test_one_broker_may_be_down_where_there_are_two(replication: int, in_sync: int) -> None:
    assert least_in_sync(replication) == in_sync
