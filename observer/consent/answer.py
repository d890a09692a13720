"""What is known about one purpose, and how several answers become one. Strictness decides, never a vote."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from observer.consent.outcome import ConsentReason
from observer.model import ConsentState


class Answer(NamedTuple):
    """The state of one purpose and why."""

    state: ConsentState
    reason: ConsentReason


CONSENT: Final = Answer(ConsentState.GRANTED, ConsentReason.CONSENT)
INTEREST: Final = Answer(ConsentState.GRANTED, ConsentReason.LEGITIMATE_INTEREST)
NOT_APPLICABLE: Final = Answer(ConsentState.NOT_APPLICABLE, ConsentReason.NOT_APPLICABLE)
REFUSED: Final = Answer(ConsentState.DENIED, ConsentReason.REFUSED)
VENDOR_REFUSED: Final = Answer(ConsentState.DENIED, ConsentReason.VENDOR_REFUSED)
GLOBAL_PRIVACY_CONTROL: Final = Answer(ConsentState.DENIED, ConsentReason.GLOBAL_PRIVACY_CONTROL)
MALFORMED: Final = Answer(ConsentState.MALFORMED, ConsentReason.MALFORMED)
EXPIRED: Final = Answer(ConsentState.EXPIRED, ConsentReason.EXPIRED)
NO_SIGNAL: Final = Answer(ConsentState.MISSING, ConsentReason.NO_SIGNAL)
NO_CHOICE_YET: Final = Answer(ConsentState.MISSING, ConsentReason.NO_CHOICE_YET)
CHOICE_AFTER_EVENT: Final = Answer(ConsentState.MISSING, ConsentReason.CHOICE_AFTER_EVENT)
UNMAPPED: Final = Answer(ConsentState.MISSING, ConsentReason.CATEGORY_UNMAPPED)
UNSUPPORTED: Final = Answer(ConsentState.UNKNOWN, ConsentReason.SIGNAL_UNSUPPORTED)

ALLOWING_STATES: Final = frozenset({ConsentState.GRANTED, ConsentState.EXEMPT, ConsentState.NOT_APPLICABLE})

_STRICTNESS: Final = {
    ConsentState.NOT_APPLICABLE: 0,
    ConsentState.EXEMPT: 1,
    ConsentState.GRANTED: 2,
    ConsentState.UNKNOWN: 3,
    ConsentState.MISSING: 4,
    ConsentState.EXPIRED: 5,
    ConsentState.MALFORMED: 6,
    ConsentState.DENIED: 7,
}
"""A person's no is the strictest: it stands whatever else was sent. Then what is broken, then what is lacking."""


def strictest(answers: Iterable[Answer]) -> Answer:
    """Returns the strictest of `answers` (at least one): what several signals say about one purpose."""
    return max(answers, key=_strictness)


def together(answers: Sequence[Answer]) -> Answer:
    """Returns one answer for what needs all of `answers` (at least one), as a destination with several purposes.

    A yes names its weakest basis: one legitimate interest among consents is `legitimate_interest`. A refusal
    beside a yes is `partly_refused`.
    """
    worst = strictest(answers)
    if worst.state is ConsentState.GRANTED:
        return INTEREST if INTEREST in answers else worst
    if worst == REFUSED and any(answer.state in ALLOWING_STATES for answer in answers):
        return Answer(ConsentState.DENIED, ConsentReason.PARTLY_REFUSED)
    return worst


def _strictness(answer: Answer) -> int:
    return _STRICTNESS[answer.state]
