"""What a company declares about consent, joined, cross-checked and compiled into one judge for each source."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from observer.consent.answer import Answer
from observer.consent.declarations import (
    CategoriesFile,
    Category,
    Destination,
    DestinationsFile,
    Exemption,
    PolicyFile,
    Purpose,
    PurposesFile,
)
from observer.consent.gpp_signal import CANADA
from observer.consent.judge import Judge, JudgedDestination, JudgedPurpose
from observer.consent.outcome import ConsentJudge, ConsentReason
from observer.consent.regions import rules_for
from observer.consent.remembering import RememberingJudge
from observer.consent.statement import VendorIds
from observer.consent.tcf_statement import TcfTerms
from observer.consent.vendor_list import VendorList, read_vendor_list
from observer.documents import Document, checked
from observer.errors import CatalogError, Problem, literal, nearest
from observer.messages import Words
from observer.model import ConsentState

GPC: Final = "gpc"


class ConsentPolicy(NamedTuple):
    """The four files and the vendor lists by version: everything that a judge is compiled from."""

    purposes: tuple[Purpose, ...]
    categories: tuple[Category, ...]
    destinations: tuple[Destination, ...]
    policy: PolicyFile
    vendor_lists: Mapping[int, VendorList]


def compile_policy(
    purposes: Document,
    categories: Document,
    destinations: Document,
    policy: Document,
    vendor_lists: Sequence[Document] = (),
) -> ConsentPolicy:
    """Returns the policy. Raises CatalogError with the problems of the first step that has any: the files one by
    one, then the references between them. Sources, channels and tools are left to the catalog, which knows them.
    """
    declared = ConsentPolicy(
        checked(PurposesFile, purposes.place, purposes.value).purposes,
        checked(CategoriesFile, categories.place, categories.value).categories,
        checked(DestinationsFile, destinations.place, destinations.value).destinations,
        checked(PolicyFile, policy.place, policy.value),
        {},
    )
    lists = [read_vendor_list(document) for document in vendor_lists]
    problems = [
        *_twice(purposes.place, "purposes", [purpose.id for purpose in declared.purposes]),
        *_twice(categories.place, "categories", [f"{c.platform}/{c.category}" for c in declared.categories]),
        *_twice(destinations.place, "destinations", [each.id for each in declared.destinations]),
        *(
            problem
            for position, each in enumerate(declared.destinations)
            for problem in _twice(
                destinations.place,
                f"destinations[{position}].vendors",
                [f"{vendor.platform}/{vendor.id}" for vendor in each.vendors],
            )
        ),
        *_unknown_purposes(declared, categories.place, destinations.place),
        *_exemption_problems(declared, policy.place),
        *_purpose_one_problems(declared, policy.place),
    ]
    for position, document in enumerate(vendor_lists):
        version = lists[position].version
        if version in [earlier.version for earlier in lists[:position]]:
            got = Words("consent.came.again", {"name": version})
            problems.append(
                Problem(document.place, Words("consent.expected.own_version"), got, "$.vendorListVersion")
            )
    if problems:
        raise CatalogError(problems)
    return declared._replace(vendor_lists={one.version: one for one in lists})


def purposes_of(policy: ConsentPolicy, source: str) -> tuple[str, ...]:
    """Returns the purposes that the source's destinations need, as declared; every purpose where it feeds none."""
    needed = {purpose for each in policy.destinations if source in each.sources for purpose in each.purposes}
    return tuple(purpose.id for purpose in policy.purposes if not needed or purpose.id in needed)


def destinations_of(policy: ConsentPolicy, source: str) -> tuple[str, ...]:
    """Returns the destinations that list the source, in the order of their declaration."""
    return tuple(each.id for each in policy.destinations if source in each.sources)


def compile_judge(policy: ConsentPolicy, source_id: str, channel: str) -> ConsentJudge:
    """Returns the judge of one source: (signals, day of the event) -> states of `purposes_of` the source and
    decisions of `destinations_of` it, both in their order. Pure; raises nothing for any bytes."""
    return RememberingJudge(
        plain_judge(policy, source_id, channel), rules_for(policy.policy, source_id, channel).maximum_age
    )


def plain_judge(policy: ConsentPolicy, source_id: str, channel: str) -> Judge:
    """Returns the judge of one source without its memory of outcomes: it can also trace a decision."""
    needed = purposes_of(policy, source_id)
    fed = [each for each in policy.destinations if source_id in each.sources]
    purposes = tuple(
        _judged(policy, purpose, source_id, channel, fed)
        for purpose in policy.purposes
        if purpose.id in needed
    )
    return Judge(
        purposes,
        tuple(
            JudgedDestination(each.id, tuple(needed.index(name) for name in each.purposes), _vendor_ids(each))
            for each in fed
        ),
        frozenset((category.platform, category.category) for category in policy.categories),
        tcf_terms(policy, source_id, channel),
    )


def tcf_terms(policy: ConsentPolicy, source_id: str, channel: str) -> TcfTerms:
    """Returns how TC strings of one source's events are read."""
    rules = rules_for(policy.policy, source_id, channel)
    needed = purposes_of(policy, source_id)
    fed = [each for each in policy.destinations if source_id in each.sources]
    return TcfTerms(
        tuple(purpose.tcf for purpose in policy.purposes if purpose.id in needed),
        tuple(sorted({each.tcf_vendor_id for each in fed if each.tcf_vendor_id is not None})),
        policy.vendor_lists,
        policy.policy.strict_disclosure,
        rules.consent_only,
        rules.maximum_age,
        frozenset(policy.policy.purpose_one_not_required),
    )


def _vendor_ids(destination: Destination) -> VendorIds:
    return VendorIds(
        destination.tcf_vendor_id, tuple((vendor.platform, vendor.id) for vendor in destination.vendors)
    )


def _judged(
    policy: ConsentPolicy, purpose: Purpose, source: str, channel: str, fed: Sequence[Destination]
) -> JudgedPurpose:
    objects = rules_for(policy.policy, source, channel).objects
    categories: dict[str, tuple[str, ...]] = {"gpp": purpose.gpp, CANADA: tuple(map(str, purpose.tcf))}
    categories = {platform: names for platform, names in categories.items() if names}
    for category in policy.categories:
        if purpose.id in category.purposes and (objects or category.platform != GPC):
            categories[category.platform] = (*categories.get(category.platform, ()), category.category)
    for exemption in policy.policy.exemptions:
        if exemption.purpose == purpose.id and (source in exemption.sources or channel in exemption.channels):
            covered = frozenset(exemption.destinations or (each.id for each in fed))
            return JudgedPurpose(purpose.id, categories, _exempting(exemption), covered)
    return JudgedPurpose(purpose.id, categories)


def _exempting(exemption: Exemption) -> Answer:
    if exemption.state == "exempt":
        return Answer(ConsentState.EXEMPT, ConsentReason.EXEMPT)
    return Answer(ConsentState.NOT_APPLICABLE, ConsentReason.NOT_APPLICABLE)


def _twice(place: str, key: str, ids: Sequence[str]) -> Iterator[Problem]:
    for position, name in enumerate(ids):
        if name in ids[:position]:
            got = Words("consent.came.again", {"name": name})
            yield Problem(place, Words("consent.expected.once"), got, f"$.{key}[{position}]")


def _unknown_purposes(policy: ConsentPolicy, categories: str, destinations: str) -> Iterator[Problem]:
    known = [purpose.id for purpose in policy.purposes]
    for position, category in enumerate(policy.categories):
        yield from _dangling(categories, f"$.categories[{position}].purposes", category.purposes, known)
    for position, destination in enumerate(policy.destinations):
        yield from _dangling(
            destinations, f"$.destinations[{position}].purposes", destination.purposes, known
        )


def _exemption_problems(policy: ConsentPolicy, place: str) -> Iterator[Problem]:
    purposes = [purpose.id for purpose in policy.purposes]
    destinations = [each.id for each in policy.destinations]
    for position, exemption in enumerate(policy.policy.exemptions):
        path = f"$.exemptions[{position}]"
        yield from _dangling(place, f"{path}.purpose", (exemption.purpose,), purposes)
        yield from _dangling(
            place, f"{path}.destinations", exemption.destinations, destinations, "declared_destination"
        )
        if not exemption.sources and not exemption.channels:
            yield Problem(place, Words("consent.expected.scope"), Words("consent.came.no_scope"), path)
    for position, region in enumerate(policy.policy.regions):
        if not region.sources and not region.channels:
            path = f"$.regions[{position}]"
            yield Problem(place, Words("consent.expected.scope"), Words("consent.came.no_scope"), path)
    cmps = [str(each.cmp) for each in policy.policy.consent_platforms]
    yield from _twice(place, "consentPlatforms", cmps)


def _purpose_one_problems(policy: ConsentPolicy, place: str) -> Iterator[Problem]:
    asking = {rule.country for rule in policy.policy.countries if 1 in rule.no_legitimate_interest}
    for position, country in enumerate(policy.policy.purpose_one_not_required):
        if country in asking:
            expected, got = Words("consent.expected.no_purpose_one"), literal(f"`{country}`")
            yield Problem(place, expected, got, f"$.purposeOneNotRequired[{position}]")


def _dangling(
    place: str, path: str, names: Sequence[str], known: Sequence[str], kind: str = "declared_purpose"
) -> Iterator[Problem]:
    for name in names:
        if name not in known:
            got = literal(f"`{name}`")
            yield Problem(place, Words(f"consent.expected.{kind}"), got, path, nearest(name, known))
