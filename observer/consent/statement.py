"""What one signal says for each of our purposes, whatever its format."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

from observer.consent.answer import NO_CHOICE_YET, UNMAPPED, Answer, strictest, together
from observer.consent.categories import Choices

CategoriesByPlatform: TypeAlias = Mapping[str, tuple[str, ...]]
"""The categories that name one purpose, by platform."""


class Statement(NamedTuple):
    """One signal, translated.

    answers: one for each purpose in their order; None where the signal does not speak of that purpose;
    vendors: the same for each TCF vendor that has answers of its own.
    """

    answers: tuple[Answer | None, ...]
    vendors: Mapping[int, tuple[Answer | None, ...]] = {}

    def for_vendor(self, vendor: int | None) -> tuple[Answer | None, ...]:
        """Returns the answers for a destination with that vendor id."""
        return self.answers if vendor is None else self.vendors.get(vendor, self.answers)


def by_category(
    choices: Choices, purposes: Sequence[CategoriesByPlatform], known: frozenset[tuple[str, str]]
) -> Statement:
    """Returns what `choices` say for `purposes`, each given by its categories.

    known: every declared (platform, category). A purpose that no category of these platforms names is not spoken
    of; one whose categories are not listed while an undeclared category is, is `category_unmapped`.
    """
    stranger = any(
        all((platform, category) not in known for platform in choices.platforms)
        for category in choices.answers
    )
    return Statement(tuple(_answer(choices, categories, stranger) for categories in purposes))


def _answer(choices: Choices, categories: CategoriesByPlatform, stranger: bool) -> Answer | None:
    groups = [categories[platform] for platform in choices.platforms if platform in categories]
    listed = [group for group in groups if not choices.answers.keys().isdisjoint(group)]
    if not groups or (choices.rest is None and not listed):
        return None
    if stranger and not listed and choices.rest == NO_CHOICE_YET:
        return UNMAPPED
    rest = choices.rest or NO_CHOICE_YET
    return strictest(
        together([choices.answers.get(category, rest) for category in group]) for group in listed or groups
    )
