"""The verdict on one decoded event that is no duplicate."""

from collections.abc import Mapping
from typing import Final, NamedTuple

import msgspec

from observer.contracts.compiled import UNTRIED, Contract
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


class Judged(NamedTuple):
    """What one event came to.

    contract: the version that judged it, or None; verdict; findings: () only for a valid event; payload: what the fast
    path decoded, or REFUSED.
    """

    contract: Contract | None
    verdict: Verdict
    findings: tuple[Finding, ...]
    payload: object


def judge(event: Event, contract: Contract | None, time: float) -> Judged:
    """Returns what comes of an event under the contract that claims it. time: of the event, which versions end by.

    The fast path decides what it accepts; what it refuses, the exact path decides. Broken rules of the envelope
    (Event.problems) make an event invalid whatever its payload, and so does a version that is unknown or has ended.
    """
    if contract is None:
        return Judged(None, Verdict.UNKNOWN_CONTRACT, (UNCLAIMED, *event.problems), REFUSED)
    of_version: tuple[Finding, ...] = ()
    findings: tuple[Finding, ...] = ()
    decoded = UNTRIED
    if contract.choose is not None:
        contract, of_version, known, decoded = contract.choose(event, time)
        if not known:
            return Judged(contract, Verdict.INVALID, (*of_version, *event.problems), REFUSED)
    if decoded is UNTRIED:
        try:
            decoded = contract.fast(event.payload)
        except NOT_ACCEPTED:
            decoded, findings = REFUSED, contract.exact(event.payload, event.root)
    if of_version or event.problems:
        findings = (*of_version, *findings, *event.problems)
    if not findings:
        return Judged(contract, Verdict.VALID, (), decoded)
    for finding in findings:
        if finding.kind is ViolationKind.NOT_CHECKED:
            return Judged(contract, Verdict.UNVALIDATED, findings, decoded)
    return Judged(contract, Verdict.INVALID, findings, decoded)
