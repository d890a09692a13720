"""The committed offset of a partition, or that there is none for sure."""

from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError, NotCoordinatorForGroupError, for_code
from aiokafka.protocol.commit import OffsetFetchRequest


async def committed_offset(consumer: AIOKafkaConsumer, group: str, place: TopicPartition) -> int | None:
    """Returns the committed offset, or None where nothing was ever committed. Raises KafkaError.

    From its version 2 on, an answer to OffsetFetch can be an error as a whole and name no partition: the coordinator
    has moved, or still loads. aiokafka 0.14 reads that as "nothing committed", and a partition would begin again at
    its first record. So nothing is believed before it is said in an answer without an error.
    """
    committed: int | None = await consumer.committed(place)
    if committed is not None:
        return committed
    coordinator = consumer._coordinator
    request = OffsetFetchRequest(group, [(place.topic, [place.partition])])
    answer = await coordinator._send_req(request)
    try:
        return _said(answer)
    except NotCoordinatorForGroupError:
        coordinator.coordinator_dead()
        raise


def _said(answer: Any) -> int | None:
    _raise_for(getattr(answer, "error_code", 0))
    for _, partitions in answer.topics:
        for _, offset, _, error_code in partitions:
            _raise_for(error_code)
            return None if offset < 0 else int(offset)
    raise KafkaError("an answer that names no partition")


def _raise_for(error_code: int) -> None:
    if error_code:
        raise for_code(error_code)()
