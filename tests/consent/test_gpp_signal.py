"""GPP and US Privacy strings for a policy: an opt-out refuses, nothing in them grants but the European string."""

import random

import pytest
from consent_examples import (
    TODAY,
    Tc,
    decision_of,
    encoded,
    field,
    list_document,
    segment,
    shop_policy,
    state_of,
    told,
)
from test_gpp import NATIONAL, choices, fibonacci, header

from observer.consent import tcf_canada
from observer.consent.idsets import of_ids, to_ids
from observer.consent.policy import compile_judge
from observer.errors import SignalError
from observer.model import Signal

POLICY = shop_policy()


def gpp(text: str) -> Signal:
    return Signal("gpp", text.encode())


def national(sale: int = 2, sharing: int = 2, targeted: int = 2, more: str = "") -> str:
    """Returns a GPP string of one national section with those opt-outs."""
    core = choices(1, *[1] * 6, sale, sharing, targeted, *[0] * 14, 0, 1, 0, 0)
    return f"{header(7)}~{core}{more}"


STATES = {
    "nobody opted out, which is nobody's consent": (national(), "missing"),
    "nothing applies": (national(0, 0, 0), "missing"),
    "opted out of sale": (national(sale=1), "denied"),
    "opted out of sharing": (national(sharing=1), "denied"),
    "opted out of targeted advertising": (national(targeted=1), "denied"),
    "global privacy control": (national(more=".YA"), "denied"),
    "global privacy control not set": (national(more=".QA"), "missing"),
    "one state of two opted out": (f"{header(8, 9)}~BCaqCYlQ~{choices(1, 1, 1, 1, 1, *[0] * 13)}", "denied"),
    "a US Privacy section with an opt-out": (f"{header(6)}~1YYN", "denied"),
    "a US Privacy section without": (f"{header(6)}~1YNN", "missing"),
    "no section": (header(), "missing"),
    "an unknown section": (f"{header(40)}~x", "missing"),
    "as a JSON string": (f'"{national(sale=1)}"', "denied"),
    "a JSON value of another kind": ("{}", "malformed"),
    "a section that is cut": (national()[:-4], "malformed"),
    "a section that is cut beside an opt-out": (f"{header(6, 7)}~1YYN~{NATIONAL[:5]}", "malformed"),
    "letters beyond ASCII": ("DBAÉ", "malformed"),
    "an empty JSON string": ('""', "malformed"),
    "nothing": ("", "missing"),
}


@pytest.mark.parametrize(("text", "state"), STATES.values(), ids=STATES)
def test_gpp_string_for_advertising(text: str, state: str) -> None:
    assert state_of(POLICY, "advertising", gpp(text)) == state


def test_an_opt_out_refuses_only_the_purposes_that_name_it() -> None:
    signals = segment(advertising=True, analytics=True), gpp(national(sale=1))
    assert decision_of(POLICY, "google-ads", *signals) == "no: refused"
    assert decision_of(POLICY, "mixpanel", *signals) == "yes: consent"


def test_global_privacy_control_of_a_section_is_named_as_the_reason() -> None:
    assert decision_of(POLICY, "google-ads", segment(advertising=True), gpp(national(more=".YA"))) == (
        "no: global_privacy_control"
    )


def test_no_opt_out_beside_a_consent_leaves_it() -> None:
    assert decision_of(POLICY, "google-ads", segment(advertising=True), gpp(national())) == "yes: consent"


def test_a_signal_that_can_only_refuse_and_does_not_is_no_choice_yet() -> None:
    assert decision_of(POLICY, "google-ads", gpp(national())) == "no: no_choice_yet"


US_PRIVACY = {
    "opted out of sale": ("1YYN", "denied"),
    "not opted out": ("1YNN", "missing"),
    "not applicable": ("1---", "missing"),
    "as a JSON string": ('"1YYN"', "denied"),
    "of another shape": ("1YY", "malformed"),
    "nothing": ("", "missing"),
}


@pytest.mark.parametrize(("text", "state"), US_PRIVACY.values(), ids=US_PRIVACY)
def test_us_privacy_string_for_advertising(text: str, state: str) -> None:
    assert state_of(POLICY, "advertising", Signal("us_privacy", text.encode())) == state


def test_the_european_string_inside_counts_as_a_tc_string_does() -> None:
    policy = shop_policy(list_document(140, v755={"purposes": [1, 2, 3, 4, 7]}))
    judge = compile_judge(policy, "app", "app")
    text = Tc().text()
    inside = judge((gpp(f"{header(2, 7)}~{text}~{NATIONAL}"),), TODAY)
    assert told(inside) == told(judge((Signal("tcf", text.encode()),), TODAY))
    assert decision_of(policy, "google-ads", gpp(f"{header(2)}~{text}")) == "yes: consent"
    assert decision_of(policy, "google-ads", gpp(text)) == "yes: consent"
    assert decision_of(policy, "google-ads", gpp(f"{header(2)}~{text[:-1]}")) == "no: malformed"
    refused = f"{header(2, 6)}~{text}~1YYN"
    assert decision_of(policy, "google-ads", gpp(refused)) == "no: refused"


def canada(express: int = 0, implied: int = 0, sets: str = "0" * 34, after: str = "0" * 12) -> str:
    """Returns a core with those 24 purposes of each kind, first purpose leftmost, and sets of vendors as bits."""
    head = field(1, 6) + "0" * 72 + field(31, 12) + "0" * 12 + "0" * 6 + field(4, 6) + field(13, 6) + "0" * 12
    return encoded(
        head + field(2, 6) + "0" + "0" * 12 + field(express, 24) + field(implied, 24) + sets + after
    )


ALL = (1 << 24) - 1
CANADA = {
    "consent is not judged by rules that were never declared": (canada(express=ALL), "unknown"),
    "nor is implied consent": (canada(implied=ALL), "unknown"),
    "a refusal of one needed purpose is a refusal": (canada(express=ALL ^ 1 << 20), "denied"),
    "a refusal of a purpose that nobody needs": (canada(express=ALL ^ 1), "unknown"),
    "a string that is cut": (canada()[:30], "malformed"),
}


@pytest.mark.parametrize(("text", "state"), CANADA.values(), ids=CANADA)
def test_canadian_string_for_advertising(text: str, state: str) -> None:
    assert state_of(POLICY, "advertising", gpp(f"{header(5)}~{text}")) == state


def new_set(*ranges: tuple[int, int]) -> str:
    text, last = field(ranges[-1][1], 16) + "1" + field(len(ranges), 12), 0
    for start, end in ranges:
        text += ("0" if start == end else "1") + fibonacci(start - last)
        text += "" if start == end else fibonacci(end - start)
        last = end
    return text


def old_ranges(*ranges: tuple[int, int]) -> str:
    entries = (
        "0" + field(start, 16) if start == end else "1" + field(start, 16) + field(end, 16)
        for start, end in ranges
    )
    return field(len(ranges), 12) + "".join(entries)


def old_set(*ranges: tuple[int, int]) -> str:
    return field(ranges[-1][1], 16) + "1" + old_ranges(*ranges)


RANGES = ((3, 3), (20, 40), (700, 700))
FIELD = field(4, 16) + "0" + "0101"


@pytest.mark.parametrize("written", [new_set, old_set], ids=["as specified", "as before 2026"])
def test_canadian_sets_of_vendors_are_read_in_both_ways_of_writing(written: object) -> None:
    sets = (new_set if written is new_set else old_set)(*RANGES)
    string = tcf_canada.decode(canada(sets=sets + FIELD))
    assert to_ids(string.vendors_express) == [3, *range(20, 41), 700]
    assert to_ids(string.vendors_implied) == [2, 4]


def test_old_sets_are_read_whatever_is_in_them() -> None:
    """Not compared with the reference library: it builds what their bits mean as Fibonacci ranges, and dies of it."""
    chance = random.Random(1)
    for _ in range(500):
        ranges, last = [], 0
        for _ in range(chance.choice([1, 2, 3, 12])):
            start = last + chance.randint(2, 900)
            last = start + chance.choice([0, 0, 1, 40])
            ranges.append((start, last))
        string = tcf_canada.decode(canada(sets=old_set(*ranges) + FIELD))
        assert to_ids(string.vendors_express) == [
            number for start, end in ranges for number in range(start, end + 1)
        ]
        assert to_ids(string.vendors_implied) == [2, 4]


def test_an_old_set_that_could_be_read_as_a_new_one_is_not() -> None:
    """Read as Fibonacci ranges its bits make a set, of which the id in front is not the highest."""
    string = tcf_canada.decode(canada(sets=old_set((1126, 1131)) + "0" * 17))
    assert to_ids(string.vendors_express) == list(range(1126, 1132))


def test_canadian_restrictions_are_read_in_both_ways_and_may_lack() -> None:
    expected = [(2, 1, of_ids([3, *range(20, 41), 700]))]
    new = canada(
        sets=new_set(*RANGES) + FIELD, after=field(1, 12) + field(2, 6) + field(1, 2) + new_set(*RANGES)
    )
    old = canada(
        sets=old_set(*RANGES) + FIELD, after=field(1, 12) + field(2, 6) + field(1, 2) + old_ranges(*RANGES)
    )
    assert [tuple(one) for one in tcf_canada.decode(new).restrictions] == expected
    assert [tuple(one) for one in tcf_canada.decode(old).restrictions] == expected
    assert tcf_canada.decode(canada(sets=new_set(*RANGES) + FIELD, after="")).restrictions == ()


def test_canadian_segments() -> None:
    disclosed = encoded("001" + new_set(*RANGES))
    publisher = encoded("011" + field(1 << 23, 24) + field(1, 24) + field(2, 6) + "01" + "10")
    string = tcf_canada.decode(f"{canada()}.{publisher}.{disclosed}.gAAA")
    assert to_ids(string.disclosed or 0) == [3, *range(20, 41), 700]
    assert string.publisher is not None
    assert [to_ids(string.publisher.consents), to_ids(string.publisher.interests)] == [[1], [24]]
    assert string.publisher[2:] == (2, 1 << 2, 1 << 1)


BROKEN = {
    "the core twice": (f"{canada()}.{canada()}", "core_twice"),
    "an empty segment": (f"{canada()}.", "empty_segment"),
    "a European core": (Tc().text(), "unknown_version"),
    "a set that is cut": (canada(sets=new_set(*RANGES), after="")[:-6], "truncated"),
    "an id above every list": (
        canada(sets=field(65_535, 16) + "1" + field(2, 12) + "0" + fibonacci(65_535) + "0" + fibonacci(65_535)),
        "id_too_large",
    ),
    "a restriction of purpose 0": (
        canada(after=field(1, 12) + field(0, 6) + "00" + new_set((1, 50))), "restriction_purpose_zero",
    ),
    "too many segments": (canada() + ".g" * 256, "too_many_segments"),
    "a character outside base64url": (canada() + "+", "bad_character"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "reason"), BROKEN.values(), ids=BROKEN)
def test_canadian_string_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(SignalError) as caught:
        tcf_canada.decode(text)
    assert caught.value.reason == reason
