"""A decision step by step is the judge's own: no step says what the judge did not decide, in either language."""

import json
from datetime import date
from typing import Any

import pytest
from consent_examples import TODAY, Tc, list_document, segment, shop_policy, synthetic_list, vectors
from golden_cases import names_of
from test_snowplow_golden import records_of

from observer.catalog import Catalog
from observer.consent.answer import Answer
from observer.consent.declarations import Region
from observer.consent.explaining import compile_explainer
from observer.consent.outcome import ConsentReason
from observer.consent.policy import ConsentPolicy, compile_judge, plain_judge
from observer.consent.statement import VendorIds
from observer.consent.steps import Explanation, Titled
from observer.consent.tcf import decode
from observer.consent.tcf_statement import TcfReader, TcfTerms
from observer.consent.tcf_steps import Asked, tell
from observer.dialects import DIALECTS
from observer.messages import LANGUAGES
from observer.model import ConsentState, Event, Signal
from tests.oracles.consent.random_strings import tc_strings

SYNTHETIC = synthetic_list()
NEVER_TOO_OLD = 100_000
RANDOM_STRINGS = 2_000
VENDORS = list_document(
    140,
    v755={"purposes": [1, 3, 4], "legIntPurposes": [2, 7], "flexiblePurposes": [2, 3, 7]},
    v91={"purposes": [1, 2, 3, 4, 7]},
)
POLICY = shop_policy(VENDORS)


def by_steps_and_by_judge(
    text: str, terms: TcfTerms, day: int, vendor: int | None
) -> tuple[tuple[Answer | None, ...], tuple[Answer | None, ...]]:
    asked = tuple(Asked(number, Titled("one", "une")) for number in range(len(terms.purposes)))
    told = tell(decode(text), terms, day, asked, vendor)
    for step in told.steps:
        assert all(step.told(lang) and step.authority_told(lang) for lang in LANGUAGES)
    return told.answers, TcfReader(terms)(text, day).for_vendor(VendorIds(vendor))


@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize("vector", vectors("tcf_decisions.jsonl"), ids=lambda vector: vector["id"])
def test_decision_vector(vector: dict[str, Any], strict: bool) -> None:
    vendor = vector["vendorId"]
    terms = TcfTerms(
        ((vector["purposeId"],),),
        (vendor,),
        {SYNTHETIC.version: SYNTHETIC},
        strict,
        frozenset(),
        NEVER_TOO_OLD,
    )
    text = vector["tcString"]
    [steps], [judged] = by_steps_and_by_judge(text, terms, decode(text).updated_day, vendor)
    assert steps == judged
    expected = vector["expected" if strict else "expectedLenientDisclosure"]["basis"]
    bases = {ConsentReason.CONSENT: "consent", ConsentReason.LEGITIMATE_INTEREST: "li"}
    assert steps is not None
    assert bases.get(steps.reason) == expected


@pytest.mark.parametrize("vendor", [None, 7, 40])
def test_random_strings(vendor: int | None) -> None:
    """Every version names the synthetic list, so that the rules behind it are reached."""
    strings = tc_strings(RANDOM_STRINGS, 20_261_123)
    lists = {version: SYNTHETIC for version in range(4096) if version % 5}
    seen = set()
    for number, text in enumerate(strings):
        terms = TcfTerms(
            ((1, 7), (2,), (3, 4), (9, 10), ()), (7, 40), lists, number % 3 > 0, frozenset({1, 7}), 180,
            frozenset({"FR"}) if number % 2 else frozenset(),
        )  # fmt: skip
        day = decode(text).updated_day + number % 400 - 10
        steps, judged = by_steps_and_by_judge(text, terms, day, vendor)
        assert steps == judged, text
        seen |= set(steps)
    assert len(seen) > 7


def explained(
    policy: ConsentPolicy, signals: tuple[Signal, ...], source: str = "web-shop"
) -> list[Explanation]:
    """Returns the explanation of each destination, held to the judge's decisions and to what the judge heard."""
    explain, judge = compile_explainer(policy, source, "web"), plain_judge(policy, source, "web")
    outcome = compile_judge(policy, source, "web")(signals, TODAY)
    found = []
    for decision in outcome.decisions:
        one = explain(signals, TODAY, decision.destination)
        trace = judge.trace(signals, TODAY, decision.destination)
        assert trace is not None
        assert one.decision == trace.decision == decision
        assert one.spoken == tuple(spoken.answers for spoken in trace.spoken)
        last = one.steps[-1]
        assert (last.rule, last.holds) == ("allowed" if decision.allowed else "refused", decision.allowed)
        for step in one.steps:
            assert all(step.told(lang) and step.authority_told(lang) for lang in LANGUAGES)
        found.append(one)
    return found


SIGNALS = {
    "nothing": (),
    "a yes of Segment": (segment(advertising=True, analytics=True),),
    "a no of Segment": (segment(advertising=False),),
    "text for true": (segment(advertising="true"),),
    "an undeclared category": (segment(**{"jeanne@maison-lumiere.example": True}),),
    "a TC string": (Tc().signal(),),
    "a TC string of a list that is not here": (Tc(vendor_list_version=9).signal(),),
    "a TC string too old": (Tc(updated="2026-03-02").signal(),),
    "a TC string later than the event": (Tc(updated="2026-11-30").signal(),),
    "a TC string with an interest": (
        Tc(consents=(1, 3, 4), interests=(2, 7), vendor_interests=((1, 1000),)).signal(),
    ),
    "two that part": (Tc().signal(), segment(advertising=False)),
    "a TC string inside Segment's object": (
        Signal("segment", json.dumps({"categoryPreferences": {"analytics": True}, "tcString": Tc().text()}).encode()),
    ),
    "a stub inside Segment's object": (Signal("segment", b'{"categoryPreferences": {"analytics": true}, "tcString": "CQ"}'),),
    "Global Privacy Control": (Signal("gpc", b"1"), segment(advertising=True)),
    "GPP with an opt-out": (Signal("gpp", b"DBABLA~BVVqAAAAAABA.YA"),),
    "US Privacy": (Signal("us_privacy", b"1YYN"),),
    "Consent Mode": (Signal("gcd", b"13r3r3r3r5"), Signal("gcs", b"G111")),
    "OneTrust": (Signal("onetrust", b"groups=C0002%3A1%2CC0004%3A0&interactionCount=1"),),
    "Commanders Act, lapsed": (
        Signal("commanders_act", b"0@007|5|140|22|14|5380@2,3@1@1790000000000,1790000000000,1790100000000@_v8"),
    ),
    "a link that says yes": (Signal("page_url", json.dumps({"gdpr_consent": Tc().text(), "gcs": "G100"}).encode()),),
    "a link that says no": (
        Signal("page_url", json.dumps({"gdpr_consent": Tc(consents=()).text(), "us_privacy": "1YYN"}).encode()),
    ),
    "a link with Didomi's token": (
        Signal("page_url", json.dumps({"didomi_token": "eyJ1cGRhdGVkIjogIjIwMjYtMTAtMDFUMDg6MDA6MDBaIn0="}).encode()),
    ),
    "providers of Google": (Signal("google_ac", b"1~7.12"), Tc().signal()),
    "a bid request": (
        Signal("openrtb", json.dumps({"regs": {"gdpr": 1, "gpc": 1}, "user": {"consent": Tc().text()}}).encode()),
    ),
    "an unknown format": (Signal("smoke", b"up"),),
    "not JSON": (Signal("segment", b"{"),),
}  # fmt: skip


@pytest.mark.parametrize("signals", SIGNALS.values(), ids=SIGNALS)
@pytest.mark.parametrize("source", ["web-shop", "web-magazine", "app", "crm"])
def test_steps_end_where_the_judge_does(signals: tuple[Signal, ...], source: str) -> None:
    assert explained(POLICY, signals, source)


@pytest.mark.parametrize("dialect", sorted(DIALECTS.keys() - {"plain"}))
def test_golden_cases(dialect: str) -> None:
    for name in names_of(dialect):
        for record in records_of(dialect, name):
            for event in DIALECTS[dialect].decode(record):
                if isinstance(event, Event):
                    assert explained(POLICY, event.signals)


def test_every_source_of_the_catalog_explains(catalog: Catalog) -> None:
    for source in catalog.sources.values():
        for destination in source.destinations:
            explanation = source.explain_consent((segment(advertising=True),), TODAY, destination)
            assert explanation.decision in source.consent((segment(advertising=True),), TODAY).decisions


def test_a_destination_that_the_source_does_not_feed_has_no_decision() -> None:
    [step], decision, _ = compile_explainer(POLICY, "crm", "server")((), TODAY, "criteo")
    assert (step.rule, step.holds, decision) == ("not_fed", False, None)


def test_no_step_repeats_what_the_signal_holds() -> None:
    text = Tc().text()
    for signals in ((segment(**{"jeanne@maison-lumiere.example": True}),), (Signal("tcf", text.encode()),)):
        said = [
            step.told(lang) for one in explained(POLICY, signals) for step in one.steps for lang in LANGUAGES
        ]
        assert not any("jeanne" in sentence or text[:20] in sentence for sentence in said)


@pytest.mark.parametrize(("rule", "changed"), {
    "interest_forbidden": {"restrictions": [(3, 2, [(755, 755)])]},
    "flexible_to_consent": {"restrictions": [(2, 1, [(755, 755)])]},
    "restricted": {"restrictions": [(3, 0, [(755, 755)])]},
    "restricted_other_basis": {"restrictions": [(4, 2, [(755, 755)])]},
    "vendor_not_disclosed": {"disclosed": [(1, 9)]},
    "vendor_refused": {"vendor_consents": [(1, 9)]},
    "purpose_one_hidden": {"purpose_one_treatment": True},
    "interest_opposed": {"interests": [7]},
    "interest_unopposed": {},
}.items())  # fmt: skip
def test_the_step_that_decides_is_told(rule: str, changed: dict[str, Any]) -> None:
    base: dict[str, Any] = {"consents": range(1, 12), "interests": [2, 7], "vendor_interests": [(1, 1000)]}
    text = Tc(**{**base, **changed}).signal()
    explanation = compile_explainer(POLICY, "web-shop", "web")((text,), TODAY, "google-ads")
    assert rule in [step.rule for step in explanation.steps]


def test_an_exemption_tells_its_justification_and_when_to_read_it_again() -> None:
    explanation = compile_explainer(POLICY, "web-magazine", "web")((), TODAY, "bigquery")
    exempted = next(step for step in explanation.steps if step.rule == "exempted")
    assert "2027-06-30" in exempted.told("fr")
    assert "CNIL" in exempted.told("en")
    assert explanation.decision is not None
    assert explanation.decision.reason is ConsentReason.EXEMPT


def test_malformed_names_the_reason_in_words() -> None:
    explanation = compile_explainer(POLICY, "web-shop", "web")((Signal("tcf", b"CQ"),), TODAY, "criteo")
    [step] = [step for step in explanation.steps if step.rule == "signal_malformed"]
    assert "What cannot be read is never a yes" in step.told("en")
    assert explanation.spoken == ((Answer(ConsentState.MALFORMED, ConsentReason.MALFORMED),),)


REGIONS = {
    "no region reaches": ((), "no_region_reaches", "gpc_refuses", 180),
    "one that heeds no Global Privacy Control": (("ignored", None), "regions_reach", "gpc_says_nothing", 180),
    "one that heeds it, with a shorter age": (("refuses", 90), "regions_reach", "gpc_refuses", 90),
}


@pytest.mark.parametrize(("region", "reach", "control", "age"), REGIONS.values(), ids=REGIONS)
def test_whose_law_reaches_is_told(region: tuple[Any, ...], reach: str, control: str, age: int) -> None:
    regions = [
        Region.model_validate(
            {
                "region": "FR",
                "channels": ["web"],
                "globalPrivacyControl": region[0],
                "maximumChoiceAgeDays": region[1],
                "justification": "A law.",
                "reviewBy": date(2027, 6, 30),
            }
        )
        for region in [region]
        if region
    ]
    held = POLICY.policy.model_copy(update={"regions": tuple(regions), "maximum_choice_age_days": 180})
    for one in explained(POLICY._replace(policy=held), (segment(advertising=True),)):
        rules = [step.rule for step in one.steps]
        assert {reach, control, "choice_holds"} <= set(rules)
        assert [step.facts["maximum"] for step in one.steps if step.rule == "choice_holds"] == [age]
        assert rules[-2] == "stream_alone"
