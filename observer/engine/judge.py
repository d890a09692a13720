"""The verdict on one decoded event that is no duplicate."""

from collections.abc import Mapping
from typing import Final

import msgspec

from observer.contracts.compiled import Contract
from observer.model import Event, Finding, Verdict, ViolationKind

NOT_ACCEPTED: Final = (msgspec.DecodeError, ValueError, RecursionError)
"""What a contract's fast path raises where it does not accept."""

UNCLAIMED: Final = Finding(
    ViolationKind.UNEXPECTED_EVENT, "event", "$", "an event that a contract claims", "an undeclared event"
)


def claimant(contracts: Mapping[tuple[str, str], Contract], event: Event) -> Contract | None:
    """Returns the contract that claims the event: by kind and name, else by its kind alone."""
    return contracts.get((event.kind, event.name)) or contracts.get((event.kind, ""))


REFUSED: Final = object()
"""What the fast path made of a payload that it did not accept."""


def judge(event: Event, contract: Contract | None) -> tuple[Verdict, tuple[Finding, ...], object]:
    """Returns the verdict, what broke (() only for a valid event), and what the fast path decoded, or REFUSED.

    The fast path decides what it accepts; what it refuses, the exact path decides. Broken rules of the envelope
    (Event.problems) make an event invalid whatever its payload.
    """
    if contract is None:
        return Verdict.UNKNOWN_CONTRACT, (UNCLAIMED, *event.problems), REFUSED
    try:
        decoded = contract.fast(event.payload)
    except NOT_ACCEPTED:
        decoded, findings = REFUSED, contract.exact(event.payload, event.root)
    else:
        findings = ()
    if event.problems:
        findings = (*findings, *event.problems)
    if not findings:
        return Verdict.VALID, (), decoded
    for finding in findings:
        if finding.kind is ViolationKind.NOT_CHECKED:
            return Verdict.UNVALIDATED, findings, decoded
    return Verdict.INVALID, findings, decoded
