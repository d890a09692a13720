"""What the engine learns about one event's consent."""

from collections.abc import Callable
from enum import StrEnum
from typing import Final, NamedTuple, TypeAlias

from observer.model import ConsentState, Signal


class ConsentReason(StrEnum):
    """Why a destination may use an event, or may not. Bounds the label `reason`."""

    CONSENT = "consent"
    LEGITIMATE_INTEREST = "legitimate_interest"
    EXEMPT = "exempt"
    NOT_APPLICABLE = "not_applicable"
    NO_SIGNAL = "no_signal"
    NO_CHOICE_YET = "no_choice_yet"
    REFUSED = "refused"
    PARTLY_REFUSED = "partly_refused"
    EXPIRED = "expired"
    MALFORMED = "malformed"
    VENDOR_REFUSED = "vendor_refused"
    VENDOR_LIST_MISSING = "vendor_list_missing"
    CATEGORY_UNMAPPED = "category_unmapped"
    POLICY_OUTDATED = "policy_outdated"
    SCOPE_INVALID = "scope_invalid"
    DISCLOSURE_MISSING = "disclosure_missing"
    VENDOR_NOT_DISCLOSED = "vendor_not_disclosed"
    VENDOR_NOT_LISTED = "vendor_not_listed"
    PURPOSE_NOT_DECLARED = "purpose_not_declared"
    PUBLISHER_RESTRICTED = "publisher_restricted"
    CHOICE_AFTER_EVENT = "choice_after_event"
    WITHDRAWN = "withdrawn"
    GLOBAL_PRIVACY_CONTROL = "global_privacy_control"
    SIGNAL_UNSUPPORTED = "signal_unsupported"


ALLOWING: Final = frozenset(
    {
        ConsentReason.CONSENT,
        ConsentReason.LEGITIMATE_INTEREST,
        ConsentReason.EXEMPT,
        ConsentReason.NOT_APPLICABLE,
    }
)
"""The reasons of a yes. Every other reason is a refusal."""


NOT_DECLARED: Final = "not_declared"
"""Why an event has no basis at a destination that its source is not declared to feed: nothing was even judged."""


class Choice(StrEnum):
    """Whether the person had chosen when an event was collected. Bounds the label `choice`.

    made: its signals hold a choice for some purpose, however old; not_yet: they are there and hold none; no_signal: it
    carries none; unreadable: all that might hold one cannot be read or judged.
    """

    MADE = "made"
    NOT_YET = "not_yet"
    NO_SIGNAL = "no_signal"
    UNREADABLE = "unreadable"


BEFORE_CHOICE: Final = frozenset({Choice.NOT_YET, Choice.NO_SIGNAL})
"""Events that were collected before any choice."""


class Decision(NamedTuple):
    """Whether one destination may use the event."""

    destination: str
    allowed: bool
    reason: ConsentReason


class Disagreement(NamedTuple):
    """Two signals of one event that part on a purpose. yes, no: their formats. The no stands."""

    purpose: str
    yes: str
    no: str


class Cmp(NamedTuple):
    """The consent platform that wrote a TC string, by its number in IAB Europe's list, and its version."""

    id: int
    version: int


class ConsentOutcome(NamedTuple):
    """States by purpose and decisions by destination, in the order of the catalog.

    disagreements: each pair of formats once a purpose; cmps: of the TC strings that could be read, each once.
    """

    states: tuple[tuple[str, ConsentState], ...]
    decisions: tuple[Decision, ...]
    disagreements: tuple[Disagreement, ...] = ()
    cmps: tuple[Cmp, ...] = ()
    choice: Choice = Choice.NO_SIGNAL


ConsentJudge: TypeAlias = Callable[[tuple[Signal, ...], int], ConsentOutcome]
"""Compiled for one source: (signals, day of the event time since the epoch) -> outcome. Pure, raises nothing;
the engine caches it by its arguments, so an event's own time enters by its day only."""
