"""Every topic that we write: its key, its retention, its clean-up, in one place."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Literal, NamedTuple, TypeAlias

from observer.catalog import Source
from observer.flows.topics import is_pattern
from observer.settings import Settings

DAY_MS: Final = 86_400_000
LEAST_DAYS: Final = 7
"""Days that rollups, ledger and samples of hops are kept at least: how long the fold may be down unnoticed."""

Cleanup: TypeAlias = Literal["delete", "compact"]


class Kind(StrEnum):
    """The topics by what they hold. A topic's name is the prefix in the settings and this."""

    QUARANTINE = "quarantine"
    ROLLUPS = "rollups"
    LEDGER = "ledger"
    HOPS = "hops"
    INCIDENTS = "incidents"
    COMMANDS = "commands"
    REPLAYED = "replayed"


class Shape(NamedTuple):
    """What a topic is made with. configuration: by Kafka's names; what it does not name is as the brokers have it."""

    partitions: int
    replication: int
    configuration: Mapping[str, str] = MappingProxyType({})


class Topic(NamedTuple):
    """One topic as we make it.

    key: what its records are keyed by; purpose: what it is for; partitions: their number, and `fixed` where it must
    never change; days: how long records are kept at least, None where the latest of each key is kept for ever;
    record_bytes: size of a record that must fit.
    """

    kind: Kind
    key: str
    purpose: str
    partitions: int
    fixed: bool
    days: int | None
    record_bytes: int
    replication: int

    @property
    def cleanup(self) -> Cleanup:
        """How the broker makes room: by age, or by keeping the latest record of each key alone."""
        return "compact" if self.days is None else "delete"

    def shape(self) -> Shape:
        """Returns what the topic is made with."""
        return Shape(self.partitions, self.replication, self.configuration())

    def configuration(self) -> Mapping[str, str]:
        """Returns the settings of the topic, by Kafka's names for them."""
        configuration = {
            "cleanup.policy": self.cleanup,
            "max.message.bytes": str(self.record_bytes),
            # Age counts from when a record was written: a quarantined event may be old, and is kept all the same.
            "message.timestamp.type": "LogAppendTime",
            "min.insync.replicas": str(least_in_sync(self.replication)),
            "unclean.leader.election.enable": "false",
        }
        if self.days is not None:
            configuration |= {"retention.ms": str(self.days * DAY_MS), "retention.bytes": "-1"}
        return configuration


DEFAULT_BYTES: Final = 1_048_588
"""`max.message.bytes` of Kafka itself. It limits a batch of records, as compressed."""

_SEGMENT_DAYS: Final = 7
"""`segment.ms` of Kafka itself: an open segment is not removed."""
_WHOLE_BYTES: Final = 4 * 1_048_576
"""Of topics that hold events whole: the largest event of a topic with Kafka's own limit, and what was found in it."""


def least_in_sync(replication: int) -> int:
    """Returns `min.insync.replicas`: the most that lets one broker be down, 2 at most."""
    return min(2, max(1, replication - 1))


def topic_name(settings: Settings, kind: Kind) -> str:
    """Returns the name of a topic of ours."""
    return settings.kafka.prefix + kind


def topics(settings: Settings) -> dict[str, Topic]:
    """Returns every topic of ours, by its name."""
    kafka = settings.kafka
    days = max(LEAST_DAYS, kafka.rollup_retention_days)
    kept = settings.quarantine.days
    rows: list[tuple[Kind, int, bool, int | None, int]] = [
        (Kind.QUARANTINE, kafka.partitions, False, kept, _WHOLE_BYTES),
        (Kind.ROLLUPS, kafka.rollup_partitions, True, days, DEFAULT_BYTES),
        (Kind.LEDGER, kafka.rollup_partitions, True, days, DEFAULT_BYTES),
        (Kind.HOPS, kafka.partitions, False, days, DEFAULT_BYTES),
        (Kind.INCIDENTS, 1, True, None, DEFAULT_BYTES),
        (Kind.COMMANDS, 1, True, None, DEFAULT_BYTES),
        # A marker that is gone would let its event be replayed again, and an event stays until its segment is full.
        (Kind.REPLAYED, kafka.partitions, False, kept + _SEGMENT_DAYS, _WHOLE_BYTES),
    ]
    return {
        topic_name(settings, kind): Topic(
            kind, *_MEANINGS[kind], partitions, fixed, days_kept, record_bytes, kafka.replication
        )
        for kind, partitions, fixed, days_kept, record_bytes in rows
    }


def of_sources(settings: Settings, sources: Mapping[str, Source]) -> dict[str, Shape]:
    """Returns how the topics that sources name are made where nobody else makes them, by their names."""
    shape = Shape(settings.kafka.partitions, settings.kafka.replication)
    return {topic: shape for source in sources.values() for topic in source.topics if not is_pattern(topic)}


_MEANINGS: Final[Mapping[Kind, tuple[str, str]]] = {
    Kind.QUARANTINE: (
        "as the original record",
        "Each event that could not be accepted as valid, whole; what was found stands in headers.",
    ),
    Kind.ROLLUPS: (
        "`<family>/<key>`, `watermark/<topic>/<partition>`",
        "Additive counts of one chunk by subject and minute; how far each input partition is. Read by the fold.",
    ),
    Kind.LEDGER: (
        "`<topic>/<partition>`",
        "One record a chunk: its range of offsets, its events, its six verdicts, the catalog's digest.",
    ),
    Kind.HOPS: ("message id", "Sampled sightings of the same event at several places."),
    Kind.INCIDENTS: ("incident id", "The latest state of each incident."),
    Kind.COMMANDS: (
        "source id, or `reload`",
        "Whether each source is paused; the last call to reload. Read by every worker, whole when it starts.",
    ),
    Kind.REPLAYED: (
        "identity of the event",
        "Events that were replayed, each with its marker, so that replaying twice adds nothing.",
    ),
}
