"""Which kept events, and what a list says of each."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from aiokafka import ConsumerRecord

from observer.errors import Problem, QuarantineError
from observer.messages import Words
from observer.model import Verdict
from observer.privacy import Json
from observer.quarantine.show import told_time
from streams.quarantine.record import Quarantined, quarantined

_ID: Final = re.compile(r"([0-9]{1,9})-([0-9]{1,18})")


class Chosen(NamedTuple):
    """Which events: every field that is not None must fit. since (included), until (excluded): observed time;
    rule: of any of its findings."""

    source: str | None = None
    contract: str | None = None
    verdict: Verdict | None = None
    rule: str | None = None
    since: float | None = None
    until: float | None = None

    def takes(self, one: Quarantined) -> bool:
        """Returns whether an event fits."""
        kept = one.kept
        return (
            self.source in (None, kept.source)
            and self.contract in (None, kept.contract)
            and self.verdict in (None, kept.verdict)
            and (self.rule is None or any(finding.rule == self.rule for finding in kept.findings))
            and (self.since is None or kept.observed >= self.since)
            and (self.until is None or kept.observed < self.until)
        )


class Found(NamedTuple):
    """One kept event and where it lies in the quarantine topic."""

    partition: int
    offset: int
    event: Quarantined

    @property
    def id(self) -> str:
        """Returns what `show` finds it by: `<partition>-<offset>` in the quarantine topic."""
        return f"{self.partition}-{self.offset}"


def found(records: Sequence[ConsumerRecord]) -> Iterator[Found | None]:
    """Yields what each record holds, None for one that no worker of ours wrote."""
    for record in records:
        try:
            event = quarantined(_place(record), record.key, record.value, record.headers)
        except QuarantineError:
            yield None
        else:
            yield Found(record.partition, record.offset, event)


def read_id(text: str) -> tuple[int, int] | None:
    """Returns the partition and offset that an id names, or None for any other text."""
    match = _ID.fullmatch(text)
    return (int(match[1]), int(match[2])) if match else None


def unknown(topic: str) -> QuarantineError:
    """Returns the error to raise where no event has the id that was asked for."""
    return QuarantineError(
        Problem(
            topic,
            Words("quarantine.expect_id"),
            Words("quarantine.got_unknown_id"),
            mend=Words("kafka_quarantine.mend_id"),
        )
    )


def summary(one: Found) -> dict[str, Json]:
    """Returns what a list says of one event. Holds no personal value."""
    kept = one.event.kept
    return {
        "id": one.id,
        "source": kept.source,
        "verdict": kept.verdict.value,
        "contract": kept.contract,
        "reason": kept.reason,
        "rule": kept.findings[0].rule if kept.findings else "",
        "observed": told_time(kept.observed),
        "bytes": len(kept.value or b"") if one.event.described is None else None,
        "identity": one.event.identity,
    }


def _place(record: ConsumerRecord) -> str:
    return f"{record.topic}/{record.partition}/{record.offset}"
