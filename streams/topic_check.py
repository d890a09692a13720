"""What is missing on the brokers, or set so that data would be lost. Pure: what the brokers hold is an argument."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from observer.catalog import Source
from observer.errors import Problem, literal
from observer.flows.topics import claims, is_pattern
from observer.messages import Words
from observer.settings import Settings
from streams.topics import Kind, Topic, least_in_sync, topic_name, topics

_UNLIMITED: Final = -1
_ENVELOPE_BYTES: Final = 65_536
"""What a quarantined event takes beside itself at most: its findings, and where it was."""


class SeenTopic(NamedTuple):
    """A topic as it is. replication: copies of the partition that has fewest; configuration: what is in force."""

    partitions: int
    replication: int
    configuration: Mapping[str, str]


class Seen(NamedTuple):
    """What the brokers hold. broker: the configuration of one of them, None where we may not read it."""

    topics: Mapping[str, SeenTopic]
    broker: Mapping[str, str] | None


class Finding(NamedTuple):
    """One thing that is wrong. topic: its name, or a pattern, or empty for the brokers; setting: by Kafka's name;
    wanted: the value that mends it, empty where setting one does not."""

    code: str
    topic: str
    problem: Problem
    setting: str = ""
    wanted: str = ""


def findings(settings: Settings, sources: Mapping[str, Source], seen: Seen) -> list[Finding]:
    """Returns everything that is wrong, our own topics first, then those of the sources, then the brokers."""
    found: list[Finding] = []
    for name, topic in topics(settings).items():
        if (there := seen.topics.get(name)) is None:
            found.append(_missing(name, "streams.topics.mend_missing"))
        else:
            found += _ours(name, topic, there)
    read: dict[str, SeenTopic] = {}
    for declared in (declared for source in sources.values() for declared in source.topics):
        matching = {name: one for name, one in seen.topics.items() if claims(declared, name)}
        if not matching:
            code = "streams.topics.mend_pattern" if is_pattern(declared) else "streams.topics.mend_source"
            found.append(_missing(declared, code))
        read |= matching
    for name, there in read.items():
        found += _copies(name, there)
    found += _larger(settings, seen, read)
    found += _broker(settings, seen.broker)
    return found


def _ours(name: str, topic: Topic, there: SeenTopic) -> Iterator[Finding]:
    wanted = topic.configuration()
    if there.partitions != topic.partitions:
        mend = "mend_partitions_fixed" if topic.fixed else "mend_partitions"
        expected = Words("streams.topics.partitions", {"count": topic.partitions})
        yield _finding("partitions", name, expected, there.partitions, f"streams.topics.{mend}")
    policy = there.configuration.get("cleanup.policy", "")
    if policy != topic.cleanup:
        yield _setting("cleanup", name, "cleanup.policy", topic.cleanup, literal(topic.cleanup), policy)
    if topic.days is not None:
        yield from _kept(name, topic.days, wanted, there)
    size = _number(there, "max.message.bytes")
    if size < topic.record_bytes:
        expected = Words("streams.topics.bytes", {"bytes": topic.record_bytes})
        yield _setting("size", name, "max.message.bytes", wanted["max.message.bytes"], expected, size)
    clock = there.configuration.get("message.timestamp.type", "")
    if clock != wanted["message.timestamp.type"]:
        expected = Words("streams.topics.clock")
        yield _setting(
            "clock", name, "message.timestamp.type", wanted["message.timestamp.type"], expected, clock
        )
    yield from _copies(name, there)


def _kept(name: str, days: int, wanted: Mapping[str, str], there: SeenTopic) -> Iterator[Finding]:
    least = int(wanted["retention.ms"])
    kept = _number(there, "retention.ms")
    if kept != _UNLIMITED and kept < least:
        expected = Words("streams.topics.kept", {"days": days, "milliseconds": least})
        yield _setting("retention", name, "retention.ms", str(least), expected, kept)
    most = _number(there, "retention.bytes")
    if most != _UNLIMITED:
        yield _setting("retention", name, "retention.bytes", "-1", Words("streams.topics.no_limit"), most)


def _copies(name: str, there: SeenTopic) -> Iterator[Finding]:
    """What loses records when a broker dies."""
    if there.replication < 2:
        expected = Words("streams.topics.copies")
        yield _finding("replication", name, expected, there.replication, "streams.topics.mend_copies")
    in_sync = _number(there, "min.insync.replicas")
    wanted = least_in_sync(there.replication)
    if in_sync < wanted:
        expected = Words("streams.topics.in_sync", {"count": wanted})
        yield _setting("in_sync", name, "min.insync.replicas", str(wanted), expected, in_sync)
    elif in_sync >= there.replication > 1:
        # Then a single broker that is down stops all writing.
        expected = Words("streams.topics.in_sync_most", {"count": there.replication - 1})
        yield _setting("in_sync", name, "min.insync.replicas", str(wanted), expected, in_sync)
    if there.configuration.get("unclean.leader.election.enable") == "true":
        expected = Words("streams.topics.clean_leader")
        yield _setting("unclean", name, "unclean.leader.election.enable", "false", expected, "true")


def _larger(settings: Settings, seen: Seen, read: Mapping[str, SeenTopic]) -> Iterator[Finding]:
    """A source's topic that takes larger records than the quarantine could keep whole."""
    name = topic_name(settings, Kind.QUARANTINE)
    quarantine = seen.topics.get(name)
    if quarantine is None or not read:
        return
    largest = max(read, key=lambda one: _number(read[one], "max.message.bytes"))
    needed = _number(read[largest], "max.message.bytes") + _ENVELOPE_BYTES
    size = _number(quarantine, "max.message.bytes")
    if size < needed:
        expected = Words("streams.topics.bytes_of", {"bytes": needed, "topic": largest})
        yield _setting("size", name, "max.message.bytes", str(needed), expected, size)


def _broker(settings: Settings, broker: Mapping[str, str] | None) -> Iterator[Finding]:
    if broker is None:
        return
    kafka = settings.kafka
    minutes = kafka.rollup_retention_days * 24 * 60
    for name, least, mend in (
        ("offsets.retention.minutes", minutes, "streams.topics.mend_offsets"),
        ("group.max.session.timeout.ms", int(kafka.session_seconds * 1000), "streams.topics.mend_session"),
        (
            "transaction.max.timeout.ms",
            int(kafka.transaction_seconds * 1000),
            "streams.topics.mend_transaction",
        ),
    ):
        given = broker.get(name)
        if given is not None and int(given) < least:
            expected = Words("declaration.at_least", {"bound": least})
            problem = Problem("brokers", expected, literal(given), path=name, mend=Words(mend))
            yield Finding("broker", "", problem, name)


def _missing(name: str, mend: str) -> Finding:
    expected, got = Words("streams.topics.there"), Words("declaration.came.nothing")
    return Finding("missing", name, Problem(name, expected, got, mend=Words(mend)))


def _finding(code: str, name: str, expected: Words, got: object, mend: str) -> Finding:
    return Finding(code, name, Problem(name, expected, literal(got), mend=Words(mend)))


def _setting(code: str, name: str, setting: str, wanted: str, expected: Words, got: object) -> Finding:
    mend = Words("streams.topics.mend_setting", {"setting": setting, "wanted": wanted})
    problem = Problem(name, expected, literal(got or "?"), path=setting, mend=mend)
    return Finding(code, name, problem, setting, wanted)


def _number(topic: SeenTopic, setting: str) -> int:
    """Returns a setting of a topic, 0 where the broker does not tell it."""
    return int(topic.configuration.get(setting, 0))
