"""The whole comparison, and what it means for a mode of compatibility."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from observer.contracts.comparing.change import Area, Change, Grade
from observer.contracts.comparing.levels import level_changes
from observer.contracts.comparing.quality import quality_changes
from observer.contracts.comparing.rest import other_changes
from observer.contracts.comparing.schemas import schema_changes
from observer.contracts.comparing.terms import (
    claim_changes,
    classification_changes,
    owner_changes,
    purpose_changes,
)


class Mode(StrEnum):
    """What schemas are held to, by the words of schema registries. Transitive: against all versions of a history.

    BACKWARD: who reads by the new version can read all that kept the old one, so producers are not broken.
    FORWARD: who reads by the old version can read all that keeps the new one, so consumers are not broken.
    """

    BACKWARD = "BACKWARD"
    BACKWARD_TRANSITIVE = "BACKWARD_TRANSITIVE"
    FORWARD = "FORWARD"
    FORWARD_TRANSITIVE = "FORWARD_TRANSITIVE"
    FULL = "FULL"
    FULL_TRANSITIVE = "FULL_TRANSITIVE"

    @property
    def transitive(self) -> bool:
        """Whether every version of the history counts, not the last alone."""
        return self.value.endswith("_TRANSITIVE")


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Change, ...]:
    """Returns every change between two documents that keep the standard; () for the same contract."""
    return (
        *schema_changes(old, new),
        *quality_changes(old, new),
        *level_changes(old, new),
        *classification_changes(old, new),
        *purpose_changes(old, new),
        *owner_changes(old, new),
        *claim_changes(old, new),
        *other_changes(old, new),
    )


def breaks(changes: Iterable[Change], consumer: bool = True, producer: bool = True) -> bool:
    """Returns whether any change breaks a side that was asked for."""
    return any(
        (consumer and one.consumer is Grade.BREAKING) or (producer and one.producer is Grade.BREAKING)
        for one in changes
    )


def breaks_mode(changes: Iterable[Change], mode: Mode) -> bool:
    """Returns whether the changes of schemas break what `mode` promises. Other changes are not its business."""
    schemas = [one for one in changes if one.area is Area.SCHEMA]
    return breaks(
        schemas,
        consumer=not mode.value.startswith("BACKWARD"),
        producer=not mode.value.startswith("FORWARD"),
    )
