"""Who disagrees with whom on a purpose, who wrote a TC string, and purpose one by the publisher's country."""

import pytest
from consent_examples import TODAY, Tc, decision_of, list_document, segment, shop_policy, state_of

from observer.consent.outcome import Cmp
from observer.consent.policy import ConsentPolicy, compile_judge
from observer.model import Signal

LISTED = list_document(140, v755={"purposes": [1, 2, 3, 4, 7]}, v91={"purposes": [1, 2, 3, 4, 7]})
POLICY = shop_policy(LISTED)
YES, NO = segment(advertising=True), segment(advertising=False)
GPC = Signal("gpc", b"1")
MODE_NO = Signal("gcd", b"13q3q3q3q5")

DISAGREEMENTS: dict[str, tuple[tuple[Signal, ...], list[str]]] = {
    "one signal": ((YES,), []),
    "two that agree": ((Tc().signal(), YES), []),
    "TCF says yes, Consent Mode no": (
        (Tc().signal(), MODE_NO), ["audience-measurement: tcf, not gcd", "advertising: tcf, not gcd"],
    ),
    "TCF says no, the category yes": ((Tc(consents=()).signal(), YES), ["advertising: segment, not tcf"]),
    "two say yes and two no": (
        (Tc().signal(), YES, GPC, MODE_NO),
        ["audience-measurement: tcf, not gcd", "advertising: segment, not gcd", "advertising: segment, not gpc",
         "advertising: tcf, not gcd", "advertising: tcf, not gpc"],
    ),
    "a yes and silence": ((YES, Tc(consents=()).signal()), ["advertising: segment, not tcf"]),
    "a yes and something broken is no disagreement": ((YES, Signal("tcf", b"C")), []),
    "a yes and an old choice is none": ((YES, Tc(updated="2026-01-01").signal()), []),
    "two spellings in one object": (
        (Signal("segment", b'{"categoryPreferences": {"advertising": true},'
                           b' "categoryPreference": {"advertising": false}}'),),
        ["advertising: segment, not segment"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("signals", "expected"), DISAGREEMENTS.values(), ids=DISAGREEMENTS)
def test_disagreement(signals: tuple[Signal, ...], expected: list[str]) -> None:
    found = compile_judge(POLICY, "web-shop", "web")(signals, TODAY).disagreements
    assert [f"{one.purpose}: {one.yes}, not {one.no}" for one in found] == expected


def test_the_stricter_wins_whoever_disagrees() -> None:
    for signals, expected in DISAGREEMENTS.values():
        if any(line.startswith("advertising") for line in expected):
            assert state_of(POLICY, "advertising", *signals) == "denied"


def test_the_platform_that_wrote_a_tc_string_is_told_even_where_the_string_counts_for_nothing() -> None:
    judge = compile_judge(POLICY, "web-shop", "web")
    assert judge((Tc().signal(), YES), TODAY).cmps == (Cmp(31, 1),)
    assert judge((Tc(service_specific=False).signal(),), TODAY).cmps == (Cmp(31, 1),)
    assert judge((Tc(vendor_list_version=9).signal(),), TODAY).cmps == (Cmp(31, 1),)
    assert judge((Signal("tcf", b"C"), YES), TODAY).cmps == ()


NOT_ASKED_FOR = shop_policy(LISTED, purposeOneNotRequired=["FR"], countries=[])
"""Tests write strings of French publishers: a policy under which France would not ask for purpose 1."""
NOT_SHOWN = Tc(purpose_one_treatment=True, consents=(2, 3, 4, 7))

PURPOSE_ONE = {
    "not shown, where the law asks for it": (POLICY, NOT_SHOWN, "denied", "no: publisher_restricted"),
    "not shown, where it does not": (NOT_ASKED_FOR, NOT_SHOWN, "granted", "yes: consent"),
    "not shown, and another purpose refused": (
        NOT_ASKED_FOR, NOT_SHOWN._replace(consents=(2, 3, 4)), "denied", "no: partly_refused",
    ),
    "not shown, and the vendor refused": (
        NOT_ASKED_FOR, NOT_SHOWN._replace(vendor_consents=()), "granted", "no: vendor_refused",
    ),
    "not shown, and the vendor was not either": (
        NOT_ASKED_FOR, NOT_SHOWN._replace(disclosed=((1, 9),)), "granted", "no: vendor_not_disclosed",
    ),
    "shown and refused, where the law does not ask": (
        NOT_ASKED_FOR, NOT_SHOWN._replace(purpose_one_treatment=False), "denied", "no: partly_refused",
    ),
    "not shown, by a publisher of another country": (
        shop_policy(LISTED, purposeOneNotRequired=["DE"]), NOT_SHOWN, "denied", "no: publisher_restricted",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("policy", "string", "state", "decision"), PURPOSE_ONE.values(), ids=PURPOSE_ONE)
def test_purpose_one_by_the_publishers_country(
    policy: ConsentPolicy, string: Tc, state: str, decision: str
) -> None:
    assert state_of(policy, "advertising", string.signal()) == state
    assert decision_of(policy, "google-ads", string.signal()) == decision
