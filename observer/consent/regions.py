"""Which regions' rules reach a source, and what they come to together: the strictest decides."""

from collections.abc import Sequence
from typing import NamedTuple

from observer.consent.declarations import PolicyFile, Region


class Rules(NamedTuple):
    """What holds for one source. maximum_age: of a choice, in days; consent_only: TCF purposes for which legitimate
    interest never suffices; objects: whether Global Privacy Control refuses."""

    maximum_age: int
    consent_only: frozenset[int]
    objects: bool


def rules_for(policy: PolicyFile, source: str, channel: str) -> Rules:
    """Returns the rules of a source. A source that no region reaches heeds Global Privacy Control: nobody has said that
    no law asks for it."""
    reaching = regions_of(policy.regions, source, channel)
    ages = [region.maximum_choice_age_days for region in reaching]
    return Rules(
        min([policy.maximum_choice_age_days, *(age for age in ages if age is not None)]),
        frozenset(tcf for rule in policy.countries for tcf in rule.no_legitimate_interest)
        | frozenset(tcf for region in reaching for tcf in region.no_legitimate_interest),
        not reaching or any(region.global_privacy_control == "refuses" for region in reaching),
    )


def regions_of(regions: Sequence[Region], source: str, channel: str) -> tuple[Region, ...]:
    """Returns the regions that reach a source, by its id or its channel."""
    return tuple(region for region in regions if source in region.sources or channel in region.channels)
