"""What the brokers must allow us, where they allow only what is granted. docs/topics.md lists it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple, TypeAlias

from observer.flows.topics import is_pattern
from observer.settings import Settings

Resource: TypeAlias = Literal["topic", "group", "transactional-id", "cluster"]
Task: TypeAlias = Literal["run", "check", "create", "alter"]


class Access(NamedTuple):
    """One thing to allow. name: of the resource, or how its name begins where `prefixed`; operations: by Kafka's names;
    task: what needs it: the workers and the quarantine's commands, or `observer stream topics`."""

    task: Task
    resource: Resource
    name: str
    prefixed: bool
    operations: tuple[str, ...]


def access(settings: Settings, declared: Iterable[str]) -> list[Access]:
    """Returns everything that the workers and their commands need. declared: the topics of the sources; what is allowed
    for those that a pattern covers is for whoever knows their names, and not here."""
    named = [topic for topic in declared if not is_pattern(topic)]
    return [*_running(settings, named), *_tending(settings, named)]


def _running(settings: Settings, named: Sequence[str]) -> Iterator[Access]:
    kafka = settings.kafka
    for topic in named:
        yield Access("run", "topic", topic, False, ("Read", "Describe"))
    yield Access("run", "topic", kafka.prefix, True, ("Read", "Write", "Describe", "DescribeConfigs"))
    yield Access("run", "group", kafka.application, True, ("Read", "Describe"))
    yield Access("run", "transactional-id", kafka.application, True, ("Write", "Describe"))


def _tending(settings: Settings, named: Sequence[str]) -> Iterator[Access]:
    for topic in named:
        yield Access("check", "topic", topic, False, ("DescribeConfigs",))
    yield Access("check", "cluster", "kafka-cluster", False, ("DescribeConfigs",))
    yield Access("create", "topic", settings.kafka.prefix, True, ("Create",))
    yield Access("alter", "topic", settings.kafka.prefix, True, ("Alter", "AlterConfigs"))
