"""Topics for tests."""

import asyncio
from collections.abc import Mapping

from aiokafka.admin import AIOKafkaAdminClient, NewTopic


async def make_topic(
    bootstrap: str,
    name: str,
    *,
    partitions: int = 1,
    replication: int = 1,
    settings: Mapping[str, str] | None = None,
) -> None:
    """Makes a topic, and returns once the broker tells of it; raises when it does not make it."""
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        new = NewTopic(name, partitions, replication, topic_configs=dict(settings or {}))
        answer = await admin.create_topics([new])
        for _, code, message in answer.topic_errors:
            assert code == 0, f"{name}: {message}"
        for _ in range(500):
            if any(one["topic"] == name for one in await admin.describe_topics()):
                break
            await asyncio.sleep(0.02)
    finally:
        await admin.close()
