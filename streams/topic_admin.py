"""Topics on real brokers: what is there, making what is missing, altering only when asked."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final

from aiokafka.admin import AIOKafkaAdminClient, NewPartitions, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import KafkaError, for_code

from observer.errors import BrokerError, Problem, UnreachableError, literal
from observer.messages import Words
from observer.settings import Kafka, Settings
from streams.connection import client_arguments
from streams.reaching import reach
from streams.topic_check import Finding, Seen, SeenTopic
from streams.topics import Shape, Topic, topics

_SET_FOR_TOPIC: Final = 1
"""Where a value comes from: DescribeConfigs' DYNAMIC_TOPIC_CONFIG."""

_FEW_BROKERS: Final = 38
"""INVALID_REPLICATION_FACTOR."""

_THERE_ALREADY: Final = 36
"""TOPIC_ALREADY_EXISTS: somebody else was faster."""

_LOOKS: Final = 100
_PAUSE: Final = 0.05
"""How often we look whether a new topic is told of, and seconds in between."""


class TopicAdmin:
    """What the brokers hold, and changes to it. Made by `administering`."""

    def __init__(self, client: AIOKafkaAdminClient) -> None:
        self._client = client

    async def look(self, wanted: Callable[[str], bool]) -> Seen:
        """Returns the topics whose names are `wanted`, and the configuration of one broker. Raises BrokerError."""
        with_errors = await self._asked(self._client.describe_topics())
        described = {one["topic"]: one for one in with_errors if wanted(one["topic"])}
        for name, one in described.items():
            _refuse(name, one["error_code"])
        configurations = await self._configurations(list(described))
        found = {
            name: SeenTopic(
                len(one["partitions"]),
                min((len(partition["replicas"]) for partition in one["partitions"]), default=0),
                {setting: value for setting, (value, _) in configurations[name].items()},
            )
            for name, one in described.items()
        }
        return Seen(found, await self._broker())

    async def create(self, wanted: Mapping[str, Shape]) -> None:
        """Makes topics, and returns once the brokers tell of them. Raises BrokerError with all that are not made."""
        new = [
            NewTopic(name, shape.partitions, shape.replication, topic_configs=dict(shape.configuration))
            for name, shape in wanted.items()
        ]
        answer = await self._asked(self._client.create_topics(new))
        problems = [
            _not_made(name, code, message, wanted[name])
            for name, code, message, *_ in answer.topic_errors
            if code not in {0, _THERE_ALREADY}
        ]
        if problems:
            raise BrokerError(problems)
        await self._until_told(wanted)

    async def _until_told(self, names: Iterable[str]) -> None:
        # The brokers learn of a topic one after the other, a moment after it was made.
        waited_for = set(names)
        for _ in range(_LOOKS):
            described = await self._asked(self._client.describe_topics())
            if waited_for <= {one["topic"] for one in described if not one["error_code"]}:
                return
            await asyncio.sleep(_PAUSE)

    async def alter(self, found: Iterable[Finding], wanted: Mapping[str, Topic], seen: Seen) -> list[str]:
        """Sets what findings about topics of ours ask for, and adds partitions where that is harmless.

        Returns what was altered, as `topic setting=value`. Raises BrokerError.
        """
        changes: dict[str, dict[str, str]] = {}
        for one in found:
            if one.wanted and one.topic in wanted:
                changes.setdefault(one.topic, {})[one.setting] = one.wanted
        await self._set(changes)
        more = {
            name: NewPartitions(topic.partitions)
            for name, topic in wanted.items()
            if not topic.fixed and name in seen.topics and seen.topics[name].partitions < topic.partitions
        }
        if more:
            await self._asked(self._client.create_partitions(more))
        return [
            *(f"{name} {key}={value}" for name, change in changes.items() for key, value in change.items()),
            *(f"{name} partitions={wanted[name].partitions}" for name in more),
        ]

    async def _set(self, changes: Mapping[str, Mapping[str, str]]) -> None:
        if not changes:
            return
        # The request replaces all that was set for a topic: what was set goes along.
        before = await self._configurations(list(changes))
        resources = [
            ConfigResource(
                ConfigResourceType.TOPIC,
                name,
                {key: value for key, (value, own) in before[name].items() if own} | dict(change),
            )
            for name, change in changes.items()
        ]
        for answer in await self._asked(self._client.alter_configs(resources)):
            for code, _message, _kind, name in answer.resources:
                _refuse(name, code)

    async def _configurations(self, names: Sequence[str]) -> dict[str, dict[str, tuple[str, bool]]]:
        """Returns by topic each setting in force, and whether it was set for that topic."""
        if not names:
            return {}
        resources = [ConfigResource(ConfigResourceType.TOPIC, name) for name in names]
        found: dict[str, dict[str, tuple[str, bool]]] = {}
        for answer in await self._asked(self._client.describe_configs(resources)):
            for code, _message, _kind, name, entries in answer.resources:
                _refuse(name, code)
                found[name] = {
                    setting: (value, source == _SET_FOR_TOPIC)
                    for setting, value, _read_only, source, *_ in entries
                    if value is not None
                }
        return found

    async def _broker(self) -> Mapping[str, str] | None:
        cluster = await self._asked(self._client.describe_cluster())
        node = cluster["brokers"][0]["node_id"]
        resource = ConfigResource(ConfigResourceType.BROKER, str(node))
        for answer in await self._asked(self._client.describe_configs([resource])):
            for code, _message, _kind, _name, entries in answer.resources:
                return None if code else {entry[0]: entry[1] for entry in entries if entry[1] is not None}
        return None

    @staticmethod
    async def _asked(answer: Any) -> Any:
        try:
            return await answer
        except (TimeoutError, KafkaError) as error:
            mend = Words("streams.mend_unreachable")
            problem = Problem(
                "kafka.bootstrap", Words("streams.expect_broker"), literal(type(error).__name__)
            )
            raise UnreachableError(problem._replace(mend=mend)) from None


@asynccontextmanager
async def administering(kafka: Kafka) -> AsyncIterator[TopicAdmin]:
    """Yields the topics of the brokers that the settings lead to. Raises BrokerError where they lead to none."""
    arguments = client_arguments(kafka)
    await reach(kafka, arguments)
    client = AIOKafkaAdminClient(**arguments)
    try:
        await client.start()
        yield TopicAdmin(client)
    finally:
        await client.close()


async def require_topics(settings: Settings) -> None:
    """Returns when all topics that we write are there. Raises BrokerError with those that are not.

    To be asked before anything is produced: many brokers make a missing topic at once, with settings of their own.
    """
    wanted = topics(settings)
    async with administering(settings.kafka) as admin:
        seen = await admin.look(wanted.__contains__)
    expected, got = Words("streams.topics.there"), Words("declaration.came.nothing")
    mend = Words("streams.topics.mend_missing")
    problems = [Problem(name, expected, got, mend=mend) for name in wanted if name not in seen.topics]
    if problems:
        raise BrokerError(problems)


def _not_made(name: str, code: int, message: str | None, shape: Shape) -> Problem:
    if code == _FEW_BROKERS:
        expected = Words("streams.topics.brokers", {"count": shape.replication})
        return Problem(
            name, expected, Words("streams.topics.fewer"), mend=Words("streams.topics.mend_brokers")
        )
    return _refused(name, code, message)


def _refuse(name: str, code: int) -> None:
    if code:
        raise BrokerError(_refused(name, code))


def _refused(name: str, code: int, message: str | None = None) -> Problem:
    told = type(for_code(code)()).__name__
    if "Authorization" in told:
        return Problem(
            name, Words("streams.topics.allowed"), literal(told), mend=Words("streams.topics.mend_allowed")
        )
    return Problem(name, Words("streams.topics.accepted"), literal(message or told))
