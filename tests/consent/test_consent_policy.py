"""One verdict from many signals: destinations, exemptions, ages, vendor lists and disagreement."""

import json
from datetime import date

import pytest
from consent_examples import TODAY, Tc, day, decision_of, list_document, segment, shop_policy, state_of, told

from observer.consent.outcome import ALLOWING
from observer.consent.policy import ConsentPolicy, compile_judge, destinations_of, purposes_of
from observer.consent.regions import Rules, rules_for
from observer.consent.reviews import overdue, reviews
from observer.documents.reading import Json
from observer.errors import CatalogError
from observer.model import ConsentState, Signal

ADVERTISING: dict[str, Json] = {
    "purposes": [1, 3, 4],
    "legIntPurposes": [2, 7],
    "flexiblePurposes": [2, 7],
}
LISTED = list_document(140, v755=ADVERTISING, v91={"purposes": [1, 2, 3, 4, 7]})
POLICY = shop_policy(LISTED)

NEWSLETTER = segment(newsletter=True)
YES = segment(advertising=True)
NO = segment(advertising=False)
INTERESTED = Tc(interests=(2, 7), vendor_interests=((1, 1000),))

STATES = {
    "a TC string with all five purposes": ("advertising", (Tc().signal(),), "granted"),
    "a TC string with four of them": ("advertising", (Tc(consents=(1, 2, 3, 4)).signal(),), "denied"),
    "a TC string without the vendor still is the person's yes to the purpose": (
        "advertising", (Tc(vendor_consents=()).signal(),), "granted",
    ),
    "legitimate interest is no consent": (
        "advertising", (INTERESTED._replace(consents=(1, 3, 4)).signal(),), "denied",
    ),
    "a TC string has no word for the newsletter": ("newsletter", (Tc().signal(),), "missing"),
    "a signal that does not speak of the newsletter takes nothing from one that does": (
        "newsletter", (Tc().signal(), NEWSLETTER), "granted",
    ),
    "two that agree": ("advertising", (Tc().signal(), YES), "granted"),
    "TCF says yes and the category no": ("advertising", (Tc().signal(), NO), "denied"),
    "TCF says no and the category yes": ("advertising", (Tc(consents=()).signal(), YES), "denied"),
    "TCF says yes and the category is not listed": ("advertising", (Tc().signal(), NEWSLETTER), "missing"),
    "the order does not matter": ("advertising", (NO, YES), "denied"),
    "a no beside a broken signal": ("advertising", (NO, Signal("tcf", b"C")), "denied"),
    "a yes beside a broken signal": ("advertising", (YES, Signal("tcf", b"C")), "malformed"),
    "a yes beside an old one": ("advertising", (YES, Tc(updated="2026-01-01").signal()), "expired"),
    "a choice of 180 days": ("advertising", (Tc(updated="2026-05-26").signal(),), "granted"),
    "a choice of 181 days": ("advertising", (Tc(updated="2026-05-25").signal(),), "expired"),
    "a choice of the same day": ("advertising", (Tc(updated="2026-11-22").signal(),), "granted"),
    "a choice of the next day": ("advertising", (Tc(updated="2026-11-23").signal(),), "missing"),
    "a string for many sites": ("advertising", (Tc(service_specific=False).signal(),), "malformed"),
    "a string without disclosure": ("advertising", (Tc(disclosed=None).signal(),), "malformed"),
    "a string of an old policy": ("advertising", (Tc(policy_version=2).signal(),), "expired"),
    "another version of the vendor list": ("advertising", (Tc(vendor_list_version=141).signal(),), "unknown"),
    "another version, and the person refused": (
        "advertising", (Tc(vendor_list_version=141, consents=(1,)).signal(),), "denied",
    ),
    "a TC string inside Segment's object": (
        "advertising", (Signal("segment", json.dumps({"tcString": Tc().text()}).encode()),), "granted",
    ),
    "a TC string inside Segment's object that disagrees": (
        "advertising",
        (Signal("segment", json.dumps(
            {"categoryPreferences": {"advertising": True}, "tcString": Tc(consents=()).text()}
        ).encode()),),
        "denied",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("purpose", "signals", "state"), STATES.values(), ids=STATES)
def test_state(purpose: str, signals: tuple[Signal, ...], state: str) -> None:
    assert state_of(POLICY, purpose, *signals) == state


DECISIONS = {
    "no signal": ("google-ads", (), "no: no_signal"),
    "a yes": ("google-ads", (YES,), "yes: consent"),
    "a no": ("google-ads", (NO,), "no: refused"),
    "no choice yet": ("google-ads", (segment(),), "no: no_choice_yet"),
    "a category that nobody declared": ("google-ads", (segment(marketing=True),), "no: category_unmapped"),
    "a signal that has no word for the purpose": ("braze", (Tc().signal(),), "no: category_unmapped"),
    "unreadable": ("google-ads", (Signal("segment", b"{"),), "no: malformed"),
    "a format that nobody reads": ("google-ads", (Signal("smoke", b"yes"),), "no: signal_unsupported"),
    "both purposes": ("braze", (segment(personalisation=True, newsletter=True),), "yes: consent"),
    "one of two purposes refused": (
        "braze", (segment(personalisation=False, newsletter=True),), "no: partly_refused",
    ),
    "one of two categories of one purpose refused": (
        "google-ads", (Signal("ga4", b'{"ad_user_data": "GRANTED", "ad_personalization": "DENIED"}'),),
        "no: partly_refused",
    ),
    "both purposes refused": ("braze", (segment(personalisation=False, newsletter=False),), "no: refused"),
    "one of two purposes not asked": ("braze", (segment(newsletter=True),), "no: no_choice_yet"),
    "one of two purposes malformed": (
        "braze", (segment(personalisation="true", newsletter=True),), "no: malformed",
    ),
    "a TC string to a listed vendor": ("google-ads", (INTERESTED.signal(),), "yes: legitimate_interest"),
    "an objection to its legitimate interest": ("google-ads", (Tc().signal(),), "no: partly_refused"),
    "a TC string to a vendor outside the list": ("meta-ads", (Tc().signal(),), "yes: consent"),
    "a choice after the event": ("google-ads", (Tc(updated="2026-11-23").signal(),), "no: choice_after_event"),
    "a choice too old": ("google-ads", (Tc(updated="2026-05-25").signal(),), "no: expired"),
    "the vendor refused": (
        "google-ads", (INTERESTED._replace(vendor_consents=()).signal(),), "no: vendor_refused",
    ),
    "the vendor not disclosed": (
        "google-ads", (INTERESTED._replace(disclosed=((1, 7),)).signal(),), "no: vendor_not_disclosed",
    ),
    "the publisher forbids a purpose": (
        "google-ads", (INTERESTED._replace(restrictions=[(3, 0, [(755, 755)])]).signal(),),
        "no: publisher_restricted",
    ),
    "the publisher asks for consent, which was given": (
        "google-ads", (Tc(restrictions=[(2, 1, [(755, 755)]), (7, 1, [(755, 755)])]).signal(),), "yes: consent",
    ),
    "everything refused": ("google-ads", (Tc(consents=(), vendor_consents=()).signal(),), "no: refused"),
    "the vendor list is not here": (
        "google-ads", (INTERESTED._replace(vendor_list_version=7).signal(),), "no: vendor_list_missing",
    ),
    "the vendor list is not here, for a destination outside it": (
        "meta-ads", (Tc(vendor_list_version=7).signal(),), "no: vendor_list_missing",
    ),
    "the list missing, beside a yes by category": (
        "google-ads", (Tc(vendor_list_version=7).signal(), YES), "no: vendor_list_missing",
    ),
    "an outdated policy": ("google-ads", (Tc(policy_version=2).signal(),), "no: policy_outdated"),
    "a string for many sites": ("google-ads", (Tc(service_specific=False).signal(),), "no: scope_invalid"),
    "no disclosure": ("google-ads", (Tc(disclosed=None).signal(),), "no: disclosure_missing"),
}  # fmt: skip


@pytest.mark.parametrize(("destination", "signals", "expected"), DECISIONS.values(), ids=DECISIONS)
def test_decision(destination: str, signals: tuple[Signal, ...], expected: str) -> None:
    assert decision_of(POLICY, destination, *signals) == expected


SHOP = {
    "purposes 2 and 7 in the purpose's own basis": (INTERESTED, "yes: consent"),
    "the vendor is not in the list": (INTERESTED._replace(vendor_list_version=139), "no: vendor_not_listed"),
    "the vendor does not declare a purpose": (
        INTERESTED._replace(vendor_list_version=138), "no: purpose_not_declared",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("tc", "expected"), SHOP.values(), ids=SHOP)
def test_vendor_is_judged_by_the_list_that_the_string_names(tc: Tc, expected: str) -> None:
    other, narrow = list_document(139, v755=ADVERTISING), list_document(138, v91={"purposes": [1, 2, 3]})
    policy = shop_policy(LISTED, other, narrow)
    assert decision_of(policy, "criteo", tc.signal(), source="web-shop") == expected


LAWS: dict[str, Json] = {"country": "FR", "noLegitimateInterest": [1, 7], "justification": "A law of ours."}
SETTINGS = {
    "lenient disclosure": (
        shop_policy(LISTED, strictDisclosure=False), INTERESTED._replace(disclosed=()), "yes: legitimate_interest",
    ),
    "a country where purpose 7 needs consent": (
        shop_policy(LISTED, countries=[LAWS]), INTERESTED, "no: purpose_not_declared",
    ),
    "choices hold for thirty days": (
        shop_policy(LISTED, maximumChoiceAgeDays=30), INTERESTED._replace(updated="2026-10-22"), "no: expired",
    ),
    "choices hold for a year": (
        shop_policy(LISTED, maximumChoiceAgeDays=365), INTERESTED._replace(updated="2026-03-01"),
        "yes: legitimate_interest",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("policy", "tc", "expected"), SETTINGS.values(), ids=SETTINGS)
def test_settings_of_the_policy(policy: ConsentPolicy, tc: Tc, expected: str) -> None:
    assert decision_of(policy, "google-ads", tc.signal()) == expected


def test_magazine_is_exempt_for_its_own_warehouse_alone() -> None:
    judge = compile_judge(POLICY, "web-magazine", "web")
    assert told(judge((), TODAY)) == "audience-measurement=exempt | mixpanel=no:no_signal bigquery=yes:exempt"
    refused = Signal("snowplow_preferences", b'{"eventType": "deny_all"}')
    assert told(judge((refused,), TODAY)) == (
        "audience-measurement=exempt | mixpanel=no:refused bigquery=yes:exempt"
    )


def test_tills_are_not_concerned_by_audience_measurement_and_need_a_yes_for_the_rest() -> None:
    judge = compile_judge(POLICY, "tills", "store")
    assert told(judge((), TODAY)) == (
        "audience-measurement=not_applicable personalisation=missing"
        " | salesforce-crm=no:no_signal bigquery=yes:not_applicable"
    )
    card = Signal("plain", b'{"personalisation": true}')
    assert told(judge((card,), TODAY)) == (
        "audience-measurement=not_applicable personalisation=granted"
        " | salesforce-crm=yes:consent bigquery=yes:not_applicable"
    )


def test_exemption_without_destinations_covers_all_of_them() -> None:
    everywhere: Json = {
        "purpose": "audience-measurement",
        "state": "exempt",
        "sources": ["web-magazine"],
        "justification": "As the law says.",
        "reviewBy": "2027-06-30",
    }
    judge = compile_judge(shop_policy(exemptions=[everywhere]), "web-magazine", "web")
    assert told(judge((), TODAY)) == "audience-measurement=exempt | mixpanel=yes:exempt bigquery=yes:exempt"


def test_source_without_destinations_has_every_purpose_and_no_decision() -> None:
    outcome = compile_judge(POLICY, "nowhere", "web")((YES,), TODAY)
    assert told(outcome) == (
        "audience-measurement=missing personalisation=missing advertising=granted newsletter=missing | "
    )
    assert purposes_of(POLICY, "nowhere") == tuple(purpose.id for purpose in POLICY.purposes)
    assert destinations_of(POLICY, "nowhere") == ()


def test_helpers_speak_of_what_the_judge_answers() -> None:
    for source in ("web-shop", "app", "web-magazine", "tills", "loyalty", "server-orders", "crm"):
        outcome = compile_judge(POLICY, source, "any")((), TODAY)
        assert tuple(purpose for purpose, _ in outcome.states) == purposes_of(POLICY, source)
        assert tuple(decision.destination for decision in outcome.decisions) == destinations_of(
            POLICY, source
        )


def test_allowed_is_what_the_reason_says() -> None:
    judge = compile_judge(POLICY, "app", "app")
    for _, signals, _ in DECISIONS.values():
        assert all(
            decision.allowed == (decision.reason in ALLOWING) for decision in judge(signals, TODAY).decisions
        )


def test_age_is_counted_at_the_events_day_and_not_at_ours() -> None:
    judge = compile_judge(POLICY, "app", "app")
    states = [
        dict(judge((Tc().signal(),), day(text)).states)["advertising"]
        for text in ("2026-11-01", "2027-06-01")
    ]
    assert states == ["missing", "expired"]


def test_exemptions_to_review_are_named_and_stay_in_force() -> None:
    assert not overdue(reviews(POLICY.policy), date(2027, 6, 30))
    assert [review.path for review in overdue(reviews(POLICY.policy), date(2027, 7, 1))] == [
        "$.exemptions[0]",
        "$.exemptions[1]",
        "$.regions[0]",
    ]
    later = compile_judge(POLICY, "web-magazine", "web")((), day("2030-01-01"))
    assert told(later).startswith("audience-measurement=exempt")


REGIONS: list[Json] = [
    {"region": "FR", "channels": ["web"], "justification": "none", "reviewBy": "2027-06-30"},
    {"region": "US-CA", "sources": ["app"], "justification": "none", "reviewBy": "2027-06-30",
     "maximumChoiceAgeDays": 30},
    {"region": "DE", "channels": ["app"], "justification": "none", "reviewBy": "2027-06-30",
     "globalPrivacyControl": "ignored", "noLegitimateInterest": [1, 2]},
]  # fmt: skip


def test_of_several_regions_the_strictest_decides() -> None:
    rules = shop_policy(regions=REGIONS).policy
    assert rules_for(rules, "app", "app") == Rules(30, frozenset({1, 2}), True)
    assert rules_for(rules, "loyalty", "app") == Rules(180, frozenset({1, 2}), False)
    assert rules_for(rules, "crm", "server") == Rules(180, frozenset({1}), True)


def test_global_privacy_control_refuses_only_where_a_rule_heeds_it() -> None:
    signals = (segment(advertising=True), Signal("gpc", b"1"))
    policy = shop_policy(regions=REGIONS)
    states = {
        source: dict(compile_judge(policy, source, "app")(signals, TODAY).states).get("advertising")
        for source in ("app", "web-shop")
    }
    assert states == {"app": ConsentState.DENIED, "web-shop": ConsentState.GRANTED}


def test_a_region_that_reaches_nobody_is_refused() -> None:
    regions: list[Json] = [{"region": "FR", "justification": "none", "reviewBy": "2027-06-30"}]
    with pytest.raises(CatalogError, match="regions"):
        shop_policy(regions=regions)
