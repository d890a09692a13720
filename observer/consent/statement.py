"""What one signal says for each of our purposes, whatever its format."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

from observer.consent.answer import (
    CONSENT,
    NO_CHOICE_YET,
    REFUSED,
    UNMAPPED,
    VENDOR_REFUSED,
    Answer,
    strictest,
    together,
)
from observer.consent.choices import Choices
from observer.consent.outcome import Cmp
from observer.model import ConsentState

CategoriesByPlatform: TypeAlias = Mapping[str, tuple[str, ...]]
"""The categories that name one purpose, by platform."""


class VendorIds(NamedTuple):
    """How signals name one destination. tcf: in IAB Europe's list; platforms: (platform, its own id)."""

    tcf: int | None = None
    platforms: tuple[tuple[str, str], ...] = ()


class Statement(NamedTuple):
    """One signal, translated.

    answers: one for each purpose in their order; None where the signal does not speak of that purpose;
    vendors: the same for each TCF vendor that has answers of its own;
    silence: what it means that this signal does not speak of a purpose, should no other do;
    platform, platform_vendors: whose vendor ids these are, and the answer for each, where the signal asks for
        vendors beside purposes;
    vendors_alone: whether the platform was asked of vendors and of no purpose;
    cmp: the consent platform that wrote it, where it says so.
    """

    answers: tuple[Answer | None, ...]
    vendors: Mapping[int, tuple[Answer | None, ...]] = {}
    silence: Answer = UNMAPPED
    platform: str = ""
    platform_vendors: Mapping[str, Answer] = {}
    cmp: Cmp | None = None
    vendors_alone: bool = False

    def refusals(self) -> "Statement":
        """Returns what of it holds where anybody may have made it: its refusals."""
        return Statement(
            refusals_of(self.answers),
            {vendor: refusals_of(answers) for vendor, answers in self.vendors.items()},
            NO_CHOICE_YET,
        )

    def for_vendor(self, ids: VendorIds) -> tuple[Answer | None, ...]:
        """Returns the answers for a destination with those ids."""
        answers = self.answers if ids.tcf is None else self.vendors.get(ids.tcf, self.answers)
        if self.platform_vendors or self.vendors_alone:
            for platform, vendor in ids.platforms:
                if platform == self.platform:
                    if self.vendors_alone and self.platform_vendors.get(vendor) != CONSENT:
                        return (VENDOR_REFUSED,) * len(answers)
                    own = self.platform_vendors.get(vendor, NO_CHOICE_YET)
                    own = VENDOR_REFUSED if own == REFUSED else own
                    answers = tuple(
                        None if answer is None else strictest((answer, own)) for answer in answers
                    )
        return answers


def by_category(
    choices: Choices, purposes: Sequence[CategoriesByPlatform], known: frozenset[tuple[str, str]]
) -> Statement:
    """Returns what `choices` say for `purposes`, each given by its categories.

    known: every declared (platform, category). A purpose that no category of these platforms names is not spoken
    of; one whose categories are not listed while an undeclared category is, is `category_unmapped`. A signal that
    can only refuse and does not is `no_choice_yet`.
    """
    stranger = any(
        all((platform, category) not in known for platform in choices.platforms)
        for category in choices.answers
    )
    silence = UNMAPPED if choices.rest is not None else NO_CHOICE_YET
    return Statement(
        tuple(_answer(choices, categories, stranger) for categories in purposes),
        silence=silence,
        platform=choices.platforms[0],
        platform_vendors=choices.vendors,
        vendors_alone=choices.vendors_alone,
    )


def refusals_of(answers: tuple[Answer | None, ...]) -> tuple[Answer | None, ...]:
    """Returns the answers that refuse, and None for the others."""
    return tuple(
        answer if answer is not None and answer.state is ConsentState.DENIED else None for answer in answers
    )


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
