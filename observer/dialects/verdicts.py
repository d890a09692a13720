"""The verdicts of other systems, by names that are known beforehand: they become values of a label."""

from typing import Final

from observer.metrics import OTHER

SEGMENT_VIOLATIONS: Final = frozenset(
    {
        "Additional Properties", "Const", "Enum", "Exclusive Maximum", "Exclusive Minimum", "Format",
        "Max Items", "Max Length", "Maximum", "Min Items", "Min Length", "Minimum", "Multiple Of",
        "Pattern", "Required", "Type", "Unique Items",
    }
)  # fmt: skip
"""Segment documents `Required` by an example and no list; its tracking plans are JSON Schema draft 7, whose
keywords these are. Anything else counts as other."""

RUDDERSTACK_VIOLATIONS: Final = frozenset(
    {
        "Additional-Properties", "Datatype-Mismatch", "Required-Missing", "Unknown-Violation", "Unplanned-Event",
    }
)  # fmt: skip
"""Source: RudderStack's documentation, "Violation Management"."""


def known(reason: str, reasons: frozenset[str]) -> str:
    """Returns `reason` where it is one of `reasons`, else `_other`: what a client may write has no bound."""
    return reason if reason in reasons else OTHER
