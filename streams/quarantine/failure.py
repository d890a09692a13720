"""How an error of Kafka becomes an error of the house."""

from collections.abc import Iterator
from contextlib import contextmanager

from aiokafka.errors import KafkaError, ProducerFenced

from observer.errors import Problem, QuarantineError, literal
from observer.messages import Words


@contextmanager
def told(topic: str) -> Iterator[None]:
    """Raises what Kafka says of `topic` inside the block as a QuarantineError."""
    try:
        yield
    except ProducerFenced:
        raise QuarantineError(
            Problem(
                topic,
                Words("kafka_quarantine.expect_one_replay"),
                Words("kafka_quarantine.got_two_replays"),
                mend=Words("kafka_quarantine.mend_one_replay"),
            )
        ) from None
    except KafkaError as error:
        # The name of the error says what went wrong; its text can repeat what was sent.
        raise silent(topic, literal(type(error).__name__)) from None


def silent(topic: str, got: Words) -> QuarantineError:
    """Returns the error to raise where no answer about `topic` came from the broker. got: what came instead."""
    return QuarantineError(
        Problem(
            topic,
            Words("kafka_quarantine.expect_answer"),
            got,
            mend=Words("kafka_quarantine.mend_answer"),
        )
    )


def missing(topic: str) -> QuarantineError:
    """Returns the error to raise where a topic of ours is not there."""
    return QuarantineError(
        Problem(
            topic,
            Words("kafka_quarantine.expect_topic"),
            Words("kafka_quarantine.got_no_topic"),
            mend=Words("kafka_quarantine.mend_topic"),
        )
    )
