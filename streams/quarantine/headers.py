"""Names of the headers that a quarantine record carries behind those of the original record.

Ours begin with `martech.`. Beside them stand the names under which readers of other dead letter topics look: Kafka
Connect's (KIP-298, `DeadLetterQueueReporter`) and those of Confluent's data contract rules (`DlqAction`). No header
of either kind holds a value out of the event.
"""

from typing import Final

PREFIX: Final = "martech."
VERSION: Final = "martech.version"
ORIGINAL: Final = "martech.original.headers"
"""How many headers before this one are the original record's own. Written first of ours."""
SOURCE: Final = "martech.source"
DIALECT: Final = "martech.dialect"
VERDICT: Final = "martech.verdict"
CONTRACT: Final = "martech.contract"
REASON: Final = "martech.reason"
FINDINGS: Final = "martech.findings"
TOPIC: Final = "martech.topic"
PARTITION: Final = "martech.partition"
OFFSET: Final = "martech.offset"
INDEX: Final = "martech.index"
IDENTITY: Final = "martech.identity"
DIGEST: Final = "martech.digest"
OBSERVED: Final = "martech.observed"
RECEIVED: Final = "martech.received"
TIMESTAMP: Final = "martech.timestamp"
PATH: Final = "martech.path"
READ_HEADERS: Final = "martech.headers"
"""The headers as they were read, where the original ones do not give them again."""
DESCRIBED: Final = "martech.described"
"""Why a description stands in the place of the event."""

CONNECT_TOPIC: Final = "__connect.errors.topic"
CONNECT_PARTITION: Final = "__connect.errors.partition"
CONNECT_OFFSET: Final = "__connect.errors.offset"
CONNECT_NAME: Final = "__connect.errors.connector.name"
CONNECT_MESSAGE: Final = "__connect.errors.exception.message"
RULE_NAME: Final = "__rule.name"
RULE_MODE: Final = "__rule.mode"
RULE_TOPIC: Final = "__rule.topic"
RULE_EXCEPTION: Final = "__rule.exception"

CONNECTOR: Final = b"martech-observer"
READ_MODE: Final = b"READ"
"""Confluent's word for a rule that was checked where the record is consumed."""
