"""Changes of protection, purposes, owners and claimed events."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from observer.contracts.comparing.change import Area, Change, Grade
from observer.contracts.comparing.promises import Spot, Turn, graded, promise
from observer.contracts.comparing.schemas import stated_properties
from observer.contracts.owners import NOBODY, owners
from observer.contracts.report import Report
from observer.contracts.vocabulary import MARKETING_OWNER, TECHNICAL_OWNER

_PROTECTION: Final[Mapping[str, int]] = {
    **dict.fromkeys(("public", "open"), 0),
    "internal": 1,
    **dict.fromkeys(("private", "confidential", "pii", "personal"), 2),
    **dict.fromkeys(("restricted", "sensitive", "highly confidential"), 3),
    **dict.fromkeys(("secret", "top secret"), 4),
}
"""Usual words of classification, the more protected the higher. Any other word cannot be ranked."""


def classification_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """Yields the changes of classification of each property that both versions have."""
    for name, path, before, after in stated_properties(old, new):
        former, latter = before.get("classification"), after.get("classification")
        if former != latter:
            yield _classified(Spot(Area.CLASSIFICATION, path, name), former, latter)


def purpose_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """Yields what purposes came and what purposes went."""
    former, latter = _words(old, "martechPurposes"), _words(new, "martechPurposes")
    spot = Spot(Area.PURPOSES, "$.customProperties[martechPurposes]")
    for word in latter:
        if word not in former:
            why = "contract_diff.why.wider"
            yield graded("purpose-added", spot, None, word, Grade.FINE, Grade.BREAKING, why)
    for word in former:
        if word not in latter:
            why = "contract_diff.why.narrower"
            yield graded("purpose-removed", spot, word, None, Grade.BREAKING, Grade.FINE, why)


def owner_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """Yields the changes of the marketing owner and of the technical owner."""
    pairs = zip(owners(old, Report("")), owners(new, Report("")), strict=True)
    for role, (before, after) in zip((MARKETING_OWNER, TECHNICAL_OWNER), pairs, strict=True):
        if before == after:
            continue
        spot = Spot(Area.OWNERSHIP, f"$.team[{role}]")
        former, latter = before.contact or None, after.contact or None
        if after == NOBODY:
            grade, why, rule = Grade.BREAKING, "contract_diff.why.owner_gone", "owner-removed"
        elif before == NOBODY:
            grade, why, rule = Grade.FINE, "contract_diff.why.added", "owner-added"
        elif former == latter:
            # The same person under another name.
            former, latter = before.name, after.name
            grade, why, rule = Grade.FINE, "contract_diff.why.described", "owner-changed"
        else:
            grade, why, rule = Grade.WARNING, "contract_diff.why.owner_changed", "owner-changed"
        yield graded(rule, spot, former, latter, grade, grade, why)


def claim_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """Yields which events the contract no longer claims, and which it claims now."""
    former, latter = _words(old, "martechMatch"), _words(new, "martechMatch")
    spot = Spot(Area.TERMS, "$.customProperties[martechMatch]")
    for word in latter:
        if word not in former:
            why = "contract_diff.why.claims_more"
            yield graded("claim-added", spot, None, word, Grade.FINE, Grade.WARNING, why)
    for word in former:
        if word not in latter:
            yield promise("claim-removed", spot, word, None, Turn.LAXER)


def _classified(spot: Spot, old: Any, new: Any) -> Change:
    before, after = (None if one is None else _PROTECTION.get(str(one).lower()) for one in (old, new))
    rule = "classification-changed"
    if old is not None and new is None:
        why = "contract_diff.why.less_protected"
        return graded(rule, spot, old, new, Grade.FINE, Grade.BREAKING, why)
    if old is None and new is not None:
        why = "contract_diff.why.more_protected"
        return graded(rule, spot, old, new, Grade.WARNING, Grade.FINE, why)
    if before is None or after is None:
        return promise(rule, spot, old, new, Turn.UNKNOWN)
    if after < before:
        why = "contract_diff.why.less_protected"
        return graded(rule, spot, old, new, Grade.FINE, Grade.BREAKING, why)
    if after > before:
        why = "contract_diff.why.more_protected"
        return graded(rule, spot, old, new, Grade.BREAKING, Grade.FINE, why)
    return graded(rule, spot, old, new, Grade.FINE, Grade.FINE, "contract_diff.why.described")


def _words(document: Mapping[str, Any], name: str) -> list[str]:
    for entry in document.get("customProperties") or ():
        if entry.get("property") == name and isinstance(entry.get("value"), list):
            stated = entry["value"]
            told = [one if isinstance(one, str) else json.dumps(one, sort_keys=True) for one in stated]
            return list(dict.fromkeys(told))
    return []
