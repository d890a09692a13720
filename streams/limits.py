"""What the topics that we write allow."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import KafkaError, for_code

LARGEST_MESSAGE: Final = "max.message.bytes"
RETENTION: Final = "retention.ms"
_CONFIG: Final = (LARGEST_MESSAGE, RETENTION)


async def topic_settings(common: Mapping[str, Any], topics: Iterable[str]) -> dict[str, dict[str, int]]:
    """Returns each topic's `max.message.bytes` and `retention.ms` as the broker has them.

    Raises KafkaError where the broker does not tell: topics that are missing, or that we may not describe.
    """
    admin = AIOKafkaAdminClient(**common)
    await admin.start()
    try:
        wanted = [ConfigResource(ConfigResourceType.TOPIC, topic, dict.fromkeys(_CONFIG)) for topic in topics]
        found: dict[str, dict[str, int]] = {}
        for answer in await admin.describe_configs(wanted):
            for code, _, _, topic, entries in answer.resources:
                if code:
                    raise for_code(code)(topic)
                found[topic] = {entry[0]: int(entry[1]) for entry in entries if entry[0] in _CONFIG}
        return found
    finally:
        await admin.close()


__all__ = ["LARGEST_MESSAGE", "RETENTION", "KafkaError", "topic_settings"]
