"""What Snowplow itself found wrong with an event: the words for it, and the `failure` entity.

Source: Iglu Central, `com.snowplowanalytics.snowplow.badrows/*` and `com.snowplowanalytics.snowplow/failure`.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

from observer.dialects.documents import READ_ERRORS

SYSTEM: Final = "snowplow"
OTHER: Final = "_other"

BAD_ROW_TYPES: Final = (
    "adapter_failures",
    "collector_payload_format_violation",
    "enrichment_failures",
    "event_forwarding_error",
    "generic_error",
    "loader_iglu_error",
    "loader_parsing_error",
    "loader_recovery_error",
    "loader_runtime_error",
    "recovery_error",
    "relay_failure",
    "schema_violations",
    "size_violation",
    "snowflake_error",
    "tracker_protocol_violations",
)
"""The types of bad rows."""

FAILURE_TYPES: Final = (
    "CriterionMismatch",
    "EnrichmentError",
    "NotIglu",
    "NotJSON",
    "ResolutionError",
    "ValidationError",
)
"""What `failureType` may say; an enrichment's name behind `EnrichmentError:` is left off."""

UPSTREAM_REASONS: Final = frozenset(BAD_ROW_TYPES + FAILURE_TYPES)
"""Every reason that a Snowplow dialect reports in Event.upstream, beside `_other`."""


class FailureError(msgspec.Struct, frozen=True, gc=False):
    """One error of a failure. source: the part of the event that failed (`unstruct`, `contexts`, `atomic_field`)."""

    source: str = ""


class Failure(msgspec.Struct, frozen=True, rename={"failure_type": "failureType"}):
    """The entity that a failed event carries. schema, data: what failed, where it was self-describing."""

    failure_type: str = ""
    errors: tuple[FailureError, ...] = ()
    schema: str | None = None
    data: msgspec.Raw = msgspec.Raw(b"null")

    @property
    def is_of_event(self) -> bool:
        """Returns whether the self-describing event itself failed, rather than an entity or a field."""
        return bool(self.errors) and self.errors[0].source == "unstruct"


_FAILURE: Final = msgspec.json.Decoder(Failure)


def failure(raw: bytes) -> Failure:
    """Returns the failure that the entity's data describes; what cannot be read is a Failure without a type."""
    try:
        return _FAILURE.decode(raw)
    except READ_ERRORS:
        return Failure()


def upstream(reasons: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Returns what Event.upstream holds: each known reason as it came, any other as `_other`."""
    return tuple((SYSTEM, _known(reason)) for reason in reasons)


def _known(reason: str) -> str:
    reason = reason.partition(":")[0]
    return reason if reason in UPSTREAM_REASONS else OTHER
