"""Justifications that somebody must read again, and by when."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from observer.consent.declarations import PolicyFile


class Review(NamedTuple):
    """One justification that must be read again. path: where it stands in policy.yaml; by: the last day for it."""

    path: str
    by: date


def reviews(rules: PolicyFile) -> tuple[Review, ...]:
    """Returns when the justification of each exemption and of each region must be read again."""
    return (
        *(Review(f"$.exemptions[{place}]", each.review_by) for place, each in enumerate(rules.exemptions)),
        *(Review(f"$.regions[{place}]", each.review_by) for place, each in enumerate(rules.regions)),
    )


def overdue(dated: Iterable[Review], today: date) -> tuple[Review, ...]:
    """Returns the reviews that should have been done. What they justify stays in force."""
    return tuple(review for review in dated if review.by < today)
