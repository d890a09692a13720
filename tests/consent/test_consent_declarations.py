"""What schemas/consent may hold: the shipped files compile, and each broken file says what was expected."""

import pytest
from consent_examples import TOP, document, list_document, shipped

from observer.consent.policy import ConsentPolicy, compile_policy
from observer.documents import Document, read_yaml
from observer.documents.reading import Json
from observer.errors import CatalogError, Problem

BAD = TOP / "tests" / "bad" / "consent"
NAMES = ("purposes", "categories", "destinations", "policy")


def compiled(*lists: Document, **contents: Json) -> ConsentPolicy:
    """Returns the shipped policy with some files replaced."""
    purposes, categories, destinations, policy = (
        document(name, contents[name]) if name in contents else shipped(name) for name in NAMES
    )
    return compile_policy(purposes, categories, destinations, policy, lists)


def problems_of(**contents: Json) -> list[str]:
    with pytest.raises(CatalogError) as caught:
        compiled(**contents)
    assert caught.value.told("fr") != caught.value.told("en")
    return [sentence(problem) for problem in caught.value.problems]


def sentence(problem: Problem) -> str:
    mend = f". {problem.mend}" if problem.mend else ""
    return f"{problem.place}: expected {problem.expected} - at `{problem.path}`{mend}"


MESSAGES = {
    "purposes-unknown-key": (
        "expected a key among `id`, `title`, `tcf`, `gpp` - at `$.purposes[0].tfc`. Did you mean `tcf`?"
    ),
    "purposes-one-language": "expected the key `fr` - at `$.purposes[0].title`",
    "purposes-none": "expected at least 1 of them - at `$.purposes`",
    "purposes-id-in-capitals": (
        "expected an id in lower case, its words joined by hyphens - at `$.purposes[0].id`"
    ),
    "purposes-declared-twice": "expected each of them once - at `$.purposes[1]`",
    "purposes-number-beyond-the-framework": "expected 24 or less - at `$.purposes[0].tcf[1]`",
    "purposes-number-as-text": "expected a whole number - at `$.purposes[0].tcf[0]`",
    "purposes-opt-out-that-is-none": (
        "expected one of `sale`, `sharing`, `targeted-advertising` - at `$.purposes[0].gpp[0]`. Did you mean `sale`?"
    ),
    "categories-unknown-platform": (
        "expected one of `segment`, `rudderstack`, `onetrust`, `didomi`, `commanders-act`, `axeptio`, `plain`, `ga4`, `google`, `microsoft`, "
        "`snowplow`, `gpc`"
        " - at `$.categories[0].platform`. Did you mean `segment`?"
    ),
    "categories-unknown-purpose": (
        "expected a purpose declared in purposes.yaml"
        " - at `$.categories[0].purposes`. Did you mean `advertising`?"
    ),
    "categories-declared-twice": "expected each of them once - at `$.categories[1]`",
    "categories-without-purposes": "expected the key `purposes` - at `$.categories[0]`",
    "destinations-without-purposes": "expected at least 1 of them - at `$.destinations[0].purposes`",
    "destinations-unknown-purpose": (
        "expected a purpose declared in purposes.yaml"
        " - at `$.destinations[0].purposes`. Did you mean `advertising`?"
    ),
    "destinations-declared-twice": "expected each of them once - at `$.destinations[1]`",
    "destinations-vendor-zero": "expected 1 or more - at `$.destinations[0].tcfVendorId`",
    "destinations-vendor-of-another-platform": (
        "expected one of `didomi`, `google-ac` - at `$.destinations[0].vendors[0].platform`. Did you mean `didomi`?"
    ),
    "destinations-two-ids-on-one-platform": "expected each of them once - at `$.destinations[0].vendors[1]`",
    "policy-purpose-one-that-a-rule-asks-for": (
        "expected a country under whose rule TCF purpose 1 needs no consent - at `$.purposeOneNotRequired[1]`"
    ),
    "policy-unknown-key": (
        "expected a key among `maximumChoiceAgeDays`, `strictDisclosure`, `purposeOneNotRequired`, `countries`,"
        " `exemptions`, `regions`, `choiceEvents`, `consentPlatforms`"
        " - at `$.maximumChoiceAgeDay`. Did you mean `maximumChoiceAgeDays`?"
    ),
    "policy-age-as-text": "expected a whole number - at `$.maximumChoiceAgeDays`",
    "policy-age-of-three-years": "expected 730 or less - at `$.maximumChoiceAgeDays`",
    "policy-disclosure-as-text": "expected true or false - at `$.strictDisclosure`",
    "policy-exemption-for-nobody": (
        "expected the sources or the channels that the exemption is for - at `$.exemptions[0]`"
    ),
    "policy-exemption-of-unknown-purpose": (
        "expected a purpose declared in purposes.yaml"
        " - at `$.exemptions[0].purpose`. Did you mean `audience-measurement`?"
    ),
    "policy-exemption-of-unknown-destination": (
        "expected a destination declared in destinations.yaml"
        " - at `$.exemptions[0].destinations`. Did you mean `bigquery`?"
    ),
    "policy-exemption-that-grants": (
        "expected one of `exempt`, `not_applicable` - at `$.exemptions[0].state`"
    ),
    "policy-exemption-without-reason": (
        "expected text that is not empty - at `$.exemptions[0].justification`"
    ),
    "policy-exemption-without-review": "expected the key `reviewBy` - at `$.exemptions[0]`",
    "policy-exemption-reviewed-some-day": "expected a date as 2026-11-22 - at `$.exemptions[0].reviewBy`",
    "policy-country-in-full": "expected text that matches `^[A-Z]{2}$` - at `$.countries[0].country`",
}
"""What was expected, where, and the nearest right word. What came is told in the words of the documents' room."""


@pytest.mark.parametrize(("name", "message"), MESSAGES.items(), ids=MESSAGES)
def test_broken_file_says_what_was_expected(name: str, message: str) -> None:
    kind = name.partition("-")[0]
    reading = read_yaml(name, (BAD / f"{name}.yaml").read_bytes())
    assert not reading.problems
    assert f"schemas/consent/{kind}.yaml: {message}" in problems_of(**{kind: reading.value})


def test_every_broken_file_has_its_message() -> None:
    assert sorted(file.stem for file in BAD.glob("*.yaml")) == sorted(MESSAGES)


def test_shipped_files_compile_to_the_declared_ids() -> None:
    policy = compiled()
    assert [purpose.id for purpose in policy.purposes] == [
        "audience-measurement", "personalisation", "advertising", "newsletter",
    ]  # fmt: skip
    assert [destination.id for destination in policy.destinations] == [
        "google-ads", "meta-ads", "criteo", "mixpanel", "braze", "salesforce-crm", "bigquery",
    ]  # fmt: skip
    assert policy.policy.maximum_choice_age_days == 180
    assert policy.policy.strict_disclosure


def test_an_empty_policy_means_the_strict_defaults() -> None:
    policy = compiled(policy={}).policy
    assert (policy.maximum_choice_age_days, policy.strict_disclosure, policy.exemptions) == (180, True, ())


def test_dangling_references_of_all_files_are_told_at_once() -> None:
    found = problems_of(purposes={"purposes": [{"id": "alone", "title": {"en": "Alone", "fr": "Seule"}}]})
    assert {line.partition(":")[0] for line in found} == {
        f"schemas/consent/{name}.yaml" for name in ("categories", "destinations", "policy")
    }


def test_two_vendor_lists_of_one_version_are_refused() -> None:
    lists = [list_document(7, v1={}), list_document(8, v1={}), list_document(7, v2={})]
    with pytest.raises(CatalogError) as caught:
        compiled(*lists)
    assert (
        str(caught.value)
        == "v.json: expected one file for each version, got `7` again - at `$.vendorListVersion`"
    )
