"""Events that did not pass, on a Kafka topic: how each is written, read back, shown and judged again."""

from streams.quarantine.record import (
    Header,
    Original,
    Quarantined,
    QuarantineRecord,
    described_record,
    quarantine_record,
    quarantined,
)

__all__ = [
    "Header",
    "Original",
    "QuarantineRecord",
    "Quarantined",
    "described_record",
    "quarantine_record",
    "quarantined",
]
