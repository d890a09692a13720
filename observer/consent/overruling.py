"""A choice that was told apart from the event: what it takes from what the event itself says."""

from collections.abc import Mapping

from observer.consent.outcome import ConsentOutcome, ConsentReason, Decision
from observer.model import ConsentState

_BY_CHOICE = frozenset({ConsentReason.CONSENT, ConsentReason.LEGITIMATE_INTEREST})


def overruled(
    outcome: ConsentOutcome,
    needs: Mapping[str, tuple[str, ...]],
    withdrawn: frozenset[str],
    later: frozenset[str],
) -> ConsentOutcome:
    """Returns the outcome of an event whose person took consent back, or gave it only after the event.

    needs: the purposes of each destination; withdrawn: purposes refused in a choice that is newer than the event's own
    signal; later: purposes granted in a choice that is later than the event. A yes to them is none; what rests on no
    choice (exempt, not applicable) and what is no yes anyway stay.
    """
    return outcome._replace(
        states=tuple(
            (purpose, _state(purpose, state, withdrawn, later)) for purpose, state in outcome.states
        ),
        decisions=tuple(_decision(one, needs, withdrawn, later) for one in outcome.decisions),
    )


def _state(
    purpose: str, state: ConsentState, withdrawn: frozenset[str], later: frozenset[str]
) -> ConsentState:
    if state is not ConsentState.GRANTED:
        return state
    if purpose in withdrawn:
        return ConsentState.DENIED
    return ConsentState.MISSING if purpose in later else state


def _decision(
    decision: Decision, needs: Mapping[str, tuple[str, ...]], withdrawn: frozenset[str], later: frozenset[str]
) -> Decision:
    if decision.reason not in _BY_CHOICE:
        return decision
    needed = needs.get(decision.destination, ())
    if not withdrawn.isdisjoint(needed):
        return Decision(decision.destination, False, ConsentReason.WITHDRAWN)
    if not later.isdisjoint(needed):
        return Decision(decision.destination, False, ConsentReason.CHOICE_AFTER_EVENT)
    return decision
