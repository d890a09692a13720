"""Whether anything is committed is believed only of an answer without an error."""

from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka import TopicPartition
from aiokafka.errors import KafkaError

from streams.committed import committed_offset

PLACE = TopicPartition("shop", 1)
NOT_COORDINATOR, LOADING = 16, 14


def consumer(error_code: int, topics: list[Any], known: int | None = None) -> Any:
    """A consumer whose coordinator gives one answer, after aiokafka has read it its own way."""

    async def committed(place: TopicPartition) -> int | None:
        return known

    async def send(request: object) -> object:
        return SimpleNamespace(error_code=error_code, topics=topics)

    return SimpleNamespace(
        committed=committed, _coordinator=SimpleNamespace(_send_req=send, coordinator_dead=lambda: None)
    )


def said(offset: int, error_code: int = 0) -> list[Any]:
    return [("shop", [(1, offset, "", error_code)])]


ANSWERS = {
    "known already": (consumer(0, [], 7), 7),
    "nothing was committed": (consumer(0, said(-1)), None),
    "committed in the meantime": (consumer(0, said(9)), 9),
}
ERRORS = {
    "the coordinator has moved": consumer(NOT_COORDINATOR, []),
    "the coordinator loads": consumer(LOADING, []),
    "an error of the partition": consumer(0, said(-1, LOADING)),
    "an answer without the partition": consumer(0, []),
}


@pytest.mark.parametrize(("asked", "offset"), ANSWERS.values(), ids=ANSWERS)
async def test_what_is_committed_is_told(asked: Any, offset: int | None) -> None:
    assert await committed_offset(asked, "group", PLACE) == offset


@pytest.mark.parametrize("asked", ERRORS.values(), ids=ERRORS)
async def test_an_error_is_not_taken_for_nothing(asked: Any) -> None:
    with pytest.raises(KafkaError):
        await committed_offset(asked, "group", PLACE)
