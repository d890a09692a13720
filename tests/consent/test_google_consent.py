"""Google Consent Mode and Global Privacy Control: every sample, and what of it is a person's choice."""

from typing import Any

import pytest
from consent_examples import decision_of, segment, shop_policy, state_of, vectors

from observer.consent.google import as_json, decode_gcd, decode_gcs
from observer.errors import SignalError
from observer.model import Signal

POLICY = shop_policy()
SAMPLES = vectors("gcd_samples.jsonl")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["gcd"])
def test_gcd_sample(sample: dict[str, Any]) -> None:
    assert as_json(decode_gcd(sample["gcd"])) == sample["expected"]


@pytest.mark.parametrize("sample", [one for one in SAMPLES if one["gcs"]], ids=lambda sample: sample["gcd"])
def test_gcs_agrees_with_what_gcd_says_is_in_force(sample: dict[str, Any]) -> None:
    settings = decode_gcd(sample["gcd"]).settings
    for signal, allowed in decode_gcs(sample["gcs"]).items():
        assert (settings[signal].effective == "granted") is allowed


def test_dash_in_gcs_is_not_required_and_no_setting_is_no_source() -> None:
    assert decode_gcs("G1-0") == {"ad_storage": None, "analytics_storage": False}
    setting = decode_gcd("11l1l1l1l5").settings["ad_storage"]
    assert (setting.effective, setting.source) == ("unset", "")
    assert as_json(decode_gcd("11l1l1l1l5"))["signals"]["ad_storage"]["source"] is None


@pytest.mark.parametrize(
    "text", ["", "1", "13r3r3r", "23r3r3r3r5", "13r3r3r3é5", "13r3r3r3r5\n", "1" + "3r" * 40]
)
def test_gcd_of_another_shape_is_refused(text: str) -> None:
    with pytest.raises(SignalError, match="gcd"):
        decode_gcd(text)


@pytest.mark.parametrize("text", ["", "G1", "G111\n", "G112", "G2111", "g111", "G1111"])
def test_gcs_of_another_shape_is_refused(text: str) -> None:
    with pytest.raises(SignalError, match="gcs"):
        decode_gcs(text)


ALL = "1{0}{0}{0}{0}5"
CHOICES = {
    "granted after a denied default": (("gcd", ALL.format("3r")), "granted"),
    "granted without a default": (("gcd", ALL.format("3n")), "granted"),
    "granted twice": (("gcd", ALL.format("3v")), "granted"),
    "granted by default alone is nobody's choice": (("gcd", ALL.format("3t")), "missing"),
    "denied by default alone is nobody's choice": (("gcd", ALL.format("3p")), "missing"),
    "nothing set": (("gcd", ALL.format("3l")), "missing"),
    "denied after a denied default": (("gcd", ALL.format("3q")), "denied"),
    "denied after a granted default": (("gcd", ALL.format("3u")), "denied"),
    "denied without a default": (("gcd", ALL.format("3m")), "denied"),
    "one of three denied": (("gcd", "13r3r3q3r5"), "denied"),
    "analytics denied, advertising granted": (("gcd", "13r3q3r3r5"), "granted"),
    "unreadable": (("gcd", "13r"), "malformed"),
    "gcs in force alone is nobody's choice": (("gcs", "G111"), "missing"),
    "gcs not in force": (("gcs", "G100"), "missing"),
    "gcs unreadable": (("gcs", "G1"), "malformed"),
    "bytes": (("gcd", "é"), "malformed"),
}


@pytest.mark.parametrize((("signal"), "state"), CHOICES.values(), ids=CHOICES)
def test_consent_mode_for_advertising(signal: tuple[str, str], state: str) -> None:
    assert state_of(POLICY, "advertising", Signal(signal[0], signal[1].encode())) == state


YES = Signal("gcd", ALL.format("3r").encode())
TOGETHER = {
    "gcs agrees": (Signal("gcs", b"G111"), "granted"),
    "gcs does not": (Signal("gcs", b"G101"), "missing"),
    "gcs speaks of analytics alone": (Signal("gcs", b"G110"), "granted"),
    "a category agrees": (segment(advertising=True), "granted"),
    "a category refuses": (segment(advertising=False), "denied"),
    "the browser objects": (Signal("gpc", b"1"), "denied"),
    "the browser objects, in JSON": (Signal("gpc", b"true"), "denied"),
    "the browser does not object": (Signal("gpc", b"0"), "granted"),
}


@pytest.mark.parametrize(("other", "state"), TOGETHER.values(), ids=TOGETHER)
def test_consent_mode_says_yes_beside_another_signal(other: Signal, state: str) -> None:
    assert state_of(POLICY, "advertising", YES, other) == state


def test_global_privacy_control_refuses_advertising_alone_and_says_so() -> None:
    signals = segment(advertising=True, analytics=True), Signal("gpc", b"1")
    assert decision_of(POLICY, "google-ads", *signals) == "no: global_privacy_control"
    assert decision_of(POLICY, "mixpanel", *signals) == "yes: consent"


def test_absent_global_privacy_control_is_no_yes() -> None:
    assert state_of(POLICY, "advertising", Signal("gpc", b"0")) == "missing"
