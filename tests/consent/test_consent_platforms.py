"""What consent platforms keep in cookies: what each says for a purpose, and that nothing but a choice is a yes."""

import base64
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from consent_examples import TODAY, Tc, document, list_document, segment, shipped
from hypothesis import given, settings
from hypothesis import strategies as st

from observer.consent.choices import Reading
from observer.consent.formats import KEYS, READERS
from observer.consent.outcome import ConsentOutcome
from observer.consent.policy import compile_judge, compile_policy
from observer.documents.reading import Json
from observer.errors import SignalError
from observer.model import ConsentState, Signal

MILLISECONDS = 86_400_000
CATEGORIES: list[Json] = [
    {"platform": platform, "category": category, "purposes": [purpose]}
    for platform, category, purpose in (
        ("onetrust", "C0004", "advertising"),
        ("onetrust", "C0002", "audience-measurement"),
        ("didomi", "advertising_personalization", "advertising"),
        ("didomi", "select_basic_ads", "advertising"),
        ("didomi", "measure", "audience-measurement"),
        ("commanders-act", "2", "audience-measurement"),
        ("commanders-act", "3", "advertising"),
        ("axeptio", "google_ads", "advertising"),
        ("axeptio", "matomo", "audience-measurement"),
        ("plain", "advertising", "advertising"),
        ("segment", "advertising", "advertising"),
        ("gpc", "opt-out", "advertising"),
    )
]
DESTINATIONS: list[Json] = [
    {"id": "google-ads", "title": "Google Ads", "tool": "google-ads", "purposes": ["advertising"],
     "sources": ["web-shop"], "tcfVendorId": 755, "vendors": [{"platform": "didomi", "id": "google"}]},
    {"id": "meta-ads", "title": "Meta Ads", "tool": "meta-ads", "purposes": ["advertising"], "sources": ["web-shop"]},
    {"id": "mixpanel", "title": "Mixpanel", "tool": "mixpanel", "purposes": ["audience-measurement"],
     "sources": ["web-shop"]},
]  # fmt: skip
POLICY = compile_policy(
    shipped("purposes"),
    document("categories", {"categories": CATEGORIES}),
    document("destinations", {"destinations": DESTINATIONS}),
    document("policy", {"maximumChoiceAgeDays": 180}),
    (list_document(140, v755={"purposes": [1, 2, 3, 4, 7]}),),
)
JUDGE = compile_judge(POLICY, "web-shop", "web")


def outcome(*signals: Signal) -> ConsentOutcome:
    return JUDGE(signals, TODAY)


def state_of(purpose: str, *signals: Signal) -> str:
    return dict(outcome(*signals).states)[purpose].value


def decision_of(destination: str, *signals: Signal) -> str:
    chosen = next(one for one in outcome(*signals).decisions if one.destination == destination)
    return f"{'yes' if chosen.allowed else 'no'}: {chosen.reason.value}"


def optanon(groups: str | None = "C0001:1,C0002:0,C0004:1", **changed: str | None) -> str:
    """Returns a cookie of a visitor who answered once; a field that is None is left out."""
    fields = {
        "isGpcEnabled": "0",
        "datestamp": "Sun Nov 22 2026 10:00:00 GMT+0100 (heure normale d’Europe centrale)",
        "version": "202610.1.0",
        "browserGpcFlag": "0",
        "consentId": "00000000-0000-4000-8000-000000000000",
        "interactionCount": "1",
        "landingPath": "NotLandingPage",
        "groups": groups,
        "AwaitingReconsent": "false",
    } | changed
    return "&".join(f"{name}={quote(value, safe='')}" for name, value in fields.items() if value is not None)


def didomi(**changed: Any) -> str:
    token: dict[str, Any] = {
        "user_id": "00000000-0000-4000-8000-000000000001",
        "created": "2026-09-01T08:00:00.000Z",
        "updated": "2026-10-01T08:00:00.000Z",
        "version": 2,
        "purposes": {"enabled": ["advertising_personalization", "select_basic_ads"], "disabled": ["measure"]},
        "vendors": {"enabled": ["google"], "disabled": ["other"]},
        "purposes_li": {"enabled": ["measure"]},
        "vendors_li": {"enabled": ["google"]},
    } | changed  # fmt: skip
    return base64.b64encode(json.dumps(token).encode()).decode()


def privacy(status: str = "0", categories: str = "2,3", updated: int = TODAY - 30, **changed: Any) -> str:
    """Returns a cookie of Commanders Act in its newer shape."""
    times = ",".join(
        str(day * MILLISECONDS) for day in (updated, updated, changed.get("expires", TODAY + 150))
    )
    fields = [status, "007|5|140|22|14|5380", categories, "1", times, "_v8AAAA"]
    separator: str = changed.get("separator", "@")
    return separator.join(fields)


def axeptio(**changed: Any) -> str:
    cookie = {
        "$$token": "0000",
        "$$date": "2026-10-01T08:00:00.000Z",
        "$$cookiesVersion": {"name": "main"},
        "$$completed": True,
        "google_ads": True,
        "matomo": False,
    } | changed
    return quote(json.dumps({name.replace("__", "$$"): value for name, value in cookie.items()}))


def changed_axeptio(name: str, value: object) -> str:
    return axeptio(**{name: value})


ADVERTISING = {
    "OneTrust: on": ("onetrust", optanon(), "granted"),
    "OneTrust: off": ("onetrust", optanon("C0004:0"), "denied"),
    "OneTrust: not listed": ("onetrust", optanon("C0002:1"), "missing"),
    "OneTrust: the site's default, before anyone answered": ("onetrust", optanon(interactionCount="0"), "missing"),
    "OneTrust: off by default": ("onetrust", optanon("C0004:0", interactionCount="0"), "missing"),
    "OneTrust: no count of answers": ("onetrust", optanon(interactionCount=None), "missing"),
    "OneTrust: a count that is no number": ("onetrust", optanon(interactionCount="²"), "missing"),
    "OneTrust: must be asked again": ("onetrust", optanon(AwaitingReconsent="true"), "expired"),
    "OneTrust: refused and must be asked again": (
        "onetrust", optanon("C0004:0", AwaitingReconsent="true"), "denied",
    ),
    "OneTrust: the browser objects": ("onetrust", optanon(isGpcEnabled="1"), "denied"),
    "OneTrust: the browser objects, in the newer field": ("onetrust", optanon(browserGpcFlag="1"), "denied"),
    "OneTrust: a switch of 2": ("onetrust", optanon("C0004:2"), "malformed"),
    "OneTrust: a group without a switch": ("onetrust", optanon("C0004"), "malformed"),
    "OneTrust: a group twice": ("onetrust", optanon("C0004:0,C0004:1"), "malformed"),
    "OneTrust: the groups twice": ("onetrust", optanon() + "&groups=C0004%3A0", "malformed"),
    "OneTrust: cut before the groups": ("onetrust", optanon()[:60], "malformed"),
    "OneTrust: encoded twice": ("onetrust", quote(optanon(), safe=""), "granted"),
    "OneTrust: text": ("onetrust", "yes", "malformed"),
    "OneTrust: letters beyond ASCII": ("onetrust", "groups=C0004:1&é", "malformed"),
    "OneTrust: too long": ("onetrust", optanon(landingPath="x" * 17_000), "malformed"),
    "OneTrust: too many fields": ("onetrust", optanon() + "&a=1" * 100, "malformed"),
    "OneTrust: nothing": ("onetrust", "", "missing"),
    "OneTrust's active groups: listed": ("onetrust_groups", ",C0001,C0004,", "granted"),
    "OneTrust's active groups: encoded": ("onetrust_groups", "%2CC0001%2CC0004%2C", "granted"),
    "OneTrust's active groups: not listed": ("onetrust_groups", ",C0001,", "missing"),
    "OneTrust's active groups: none": ("onetrust_groups", ",", "missing"),
    "OneTrust's active groups: cut": ("onetrust_groups", ",C0001,C0004", "malformed"),
    "Didomi: enabled": ("didomi_token", didomi(), "granted"),
    "Didomi: encoded for a cookie": ("didomi_token", quote(didomi(), safe=""), "granted"),
    "Didomi: without the padding": ("didomi_token", didomi().rstrip("="), "granted"),
    "Didomi: one of two disabled": (
        "didomi_token",
        didomi(purposes={"enabled": ["select_basic_ads"], "disabled": ["advertising_personalization"]}), "denied",
    ),
    "Didomi: one of two not listed": ("didomi_token", didomi(purposes={"enabled": ["select_basic_ads"]}), "missing"),
    "Didomi: on both sides": (
        "didomi_token",
        didomi(purposes={
            "enabled": ["advertising_personalization", "select_basic_ads"], "disabled": ["select_basic_ads"],
        }), "denied",
    ),
    "Didomi: an interest is no consent": (
        "didomi_token",
        didomi(purposes={}, purposes_li={"enabled": ["advertising_personalization", "select_basic_ads"]}), "missing",
    ),
    "Didomi: an objection refuses": (
        "didomi_token",
        didomi(purposes={}, purposes_li={"disabled": ["advertising_personalization", "select_basic_ads"]}), "denied",
    ),
    "Didomi: nothing chosen": ("didomi_token", didomi(purposes=None), "missing"),
    "Didomi: too old": ("didomi_token", didomi(updated="2026-05-01T00:00:00Z"), "expired"),
    "Didomi: of the last day that counts": ("didomi_token", didomi(updated="2026-05-26T00:00:00Z"), "granted"),
    "Didomi: later than the event": ("didomi_token", didomi(updated="2026-11-23T00:00:00Z"), "missing"),
    "Didomi: later than the event, in another zone": (
        "didomi_token", didomi(updated="2026-11-22T23:30:00-02:00"), "missing",
    ),
    "Didomi: too old by its creation alone": (
        "didomi_token", didomi(updated=None, created="2026-01-01T00:00:00Z"), "expired",
    ),
    "Didomi: a date that is none": ("didomi_token", didomi(updated="yesterday"), "malformed"),
    "Didomi: a date of the wrong kind": ("didomi_token", didomi(updated=1_790_000_000), "malformed"),
    "Didomi: a list for the purposes": ("didomi_token", didomi(purposes=["select_basic_ads"]), "malformed"),
    "Didomi: text for the enabled": (
        "didomi_token", didomi(purposes={"enabled": "select_basic_ads"}), "malformed",
    ),
    "Didomi: a number among the enabled": ("didomi_token", didomi(purposes={"enabled": [4]}), "malformed"),
    "Didomi: cut": ("didomi_token", didomi()[:50], "malformed"),
    "Didomi: other characters": ("didomi_token", "!" + didomi(), "malformed"),
    "Didomi: a TC string under its name": ("didomi_token", Tc().text(), "malformed"),
    "Didomi: the newer string is not judged": ("didomi_dcs", "CQaAEsAQaAEsADgpQ", "unknown"),
    "Didomi: a TC string under the newer name is not read as one": ("didomi_dcs", Tc().text(), "unknown"),
    "Commanders Act: opted in": ("commanders_act", privacy(), "granted"),
    "Commanders Act: encoded": ("commanders_act", quote(privacy(), safe=""), "granted"),
    "Commanders Act: another separator": ("commanders_act", privacy(separator="!"), "granted"),
    "Commanders Act: opted in to others": ("commanders_act", privacy(categories="2"), "denied"),
    "Commanders Act: opted in to none": ("commanders_act", privacy(categories=""), "denied"),
    "Commanders Act: opted out": ("commanders_act", privacy(status="1"), "denied"),
    "Commanders Act: opted out of all": ("commanders_act", privacy(status="1", categories="ALL"), "denied"),
    "Commanders Act: opted out, in a short cookie": (
        "commanders_act", f"1@003@@@{(TODAY - 1) * MILLISECONDS}@", "denied",
    ),
    "Commanders Act: one time alone": ("commanders_act", f"0@019@2,3@1@{TODAY * MILLISECONDS}@", "granted"),
    "Commanders Act: always on is no consent": ("commanders_act", f"0@019@2@3@{TODAY * MILLISECONDS}@", "denied"),
    "Commanders Act: banner and site in fields of their own": (
        "commanders_act", f"0@007|5|140@22@14@2,3@1@{TODAY * MILLISECONDS}@AAAA", "granted",
    ),
    "Commanders Act: the same, opted in to others": (
        "commanders_act", f"0@007@22@14@2@3@{TODAY * MILLISECONDS}", "denied",
    ),
    "Commanders Act: too old": ("commanders_act", privacy(updated=TODAY - 181), "expired"),
    "Commanders Act: over by its own word": ("commanders_act", privacy(expires=TODAY - 1), "expired"),
    "Commanders Act: later than the event": ("commanders_act", privacy(updated=TODAY + 1), "missing"),
    "Commanders Act: opted in to all, in a way that nobody explains": (
        "commanders_act", privacy(categories="ALL"), "malformed",
    ),
    "Commanders Act: without times": ("commanders_act", "0@064@ALL@", "malformed"),
    "Commanders Act: a third status": ("commanders_act", privacy(status="2"), "malformed"),
    "Commanders Act: more fields than there are": ("commanders_act", privacy() + "@@", "malformed"),
    "Commanders Act: cut": ("commanders_act", privacy()[:22], "malformed"),
    "Commanders Act: nothing": ("commanders_act", "", "missing"),
    "Axeptio: accepted": ("axeptio", axeptio(), "granted"),
    "Axeptio: not encoded": ("axeptio", '{"$$completed": true, "google_ads": true}', "granted"),
    "Axeptio: refused": ("axeptio", changed_axeptio("google_ads", False), "denied"),
    "Axeptio: not yet answered": ("axeptio", changed_axeptio("$$completed", False), "missing"),
    "Axeptio: refused, and not yet finished": (
        "axeptio", axeptio(**{"$$completed": False, "google_ads": False}), "missing",
    ),
    "Axeptio: does not say whether it was answered": ("axeptio", '{"google_ads": true}', "missing"),
    "Axeptio: text that says true": ("axeptio", changed_axeptio("google_ads", "true"), "malformed"),
    "Axeptio: too old": ("axeptio", changed_axeptio("$$date", "2026-01-01T00:00:00.000Z"), "expired"),
    "Axeptio: a date that is none": ("axeptio", changed_axeptio("$$date", ""), "malformed"),
    "Axeptio: a vendor twice": ("axeptio", '{"$$completed": true, "google_ads": false, "google_ads": true}', "malformed"),
    "Axeptio: cut": ("axeptio", axeptio()[:70], "malformed"),
    "Axeptio's vendors: listed": ("axeptio_vendors", "%2Cgoogle_ads%2C", "granted"),
    "Axeptio's vendors: not listed": ("axeptio_vendors", ",,", "missing"),
    "Axeptio's vendors: text": ("axeptio_vendors", "google_ads", "malformed"),
    "by name: OneTrust": ("keyed", json.dumps({"OptanonConsent": optanon()}), "granted"),
    "by name: two that disagree": (
        "keyed", json.dumps({"OptanonConsent": optanon(), "didomi_token": didomi(purposes={"disabled": [
            "select_basic_ads", "advertising_personalization"]})}), "denied",
    ),
    "by name: one of two cut": (
        "keyed", json.dumps({"OptanonConsent": optanon(), "didomi_token": didomi()[:9]}), "malformed",
    ),
    "by name: a TC string": ("keyed", json.dumps({"euconsent-v2": Tc().text()}), "granted"),
    "by name: two TC strings that disagree": (
        "keyed", json.dumps({"euconsent-v2": Tc().text(), "IABTCF_TCString": Tc(consents=()).text()}), "denied",
    ),
    "by name: the browser objects": ("keyed", json.dumps({"OptanonConsent": optanon(), "Sec-GPC": "1"}), "denied"),
    "by name: a US Privacy string": (
        "keyed", json.dumps({"OptanonConsent": optanon(), "usprivacy": "1YYN"}), "denied",
    ),
    "by name: another cookie says nothing": ("keyed", json.dumps({"session": "x"}), "missing"),
    "by name: a value that is no text": ("keyed", json.dumps({"OptanonConsent": True}), "malformed"),
    "a plain map with a cookie in it": ("plain", json.dumps({"OptanonConsent": optanon()}), "granted"),
    "a plain map with a cookie and a refusal": (
        "plain", json.dumps({"OptanonConsent": optanon(), "advertising": False}), "denied",
    ),
    "a plain map with text under another name": ("plain", '{"advertising": "groups=C0004:1"}', "malformed"),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "state"), ADVERTISING.values(), ids=ADVERTISING)
def test_platform_for_advertising(kind: str, text: str, state: str) -> None:
    assert state_of("advertising", Signal(kind, text.encode())) == state


VENDORS = {
    "enabled": ({"enabled": ["google"]}, "google-ads", "yes: consent"),
    "disabled": ({"enabled": [], "disabled": ["google"]}, "google-ads", "no: vendor_refused"),
    "not listed among vendors": ({"enabled": ["other"]}, "google-ads", "no: no_choice_yet"),
    "no vendors in the token": (None, "google-ads", "yes: consent"),
    "a destination that the platform does not name": ({"disabled": ["google"]}, "meta-ads", "yes: consent"),
}


@pytest.mark.parametrize(("vendors", "destination", "decision"), VENDORS.values(), ids=VENDORS)
def test_didomi_asks_for_vendors_too(vendors: Any, destination: str, decision: str) -> None:
    signal = Signal("didomi_token", didomi(vendors=vendors).encode())
    assert decision_of(destination, signal) == decision
    assert state_of("advertising", signal) == "granted"


def test_a_vendor_of_one_platform_is_not_asked_of_another() -> None:
    signals = Signal("onetrust", optanon().encode()), segment(advertising=True)
    assert decision_of("google-ads", *signals) == "yes: consent"


def test_a_refused_vendor_stays_refused_beside_a_tc_string_that_allows_it() -> None:
    refused = Signal("didomi_token", didomi(vendors={"disabled": ["google"]}).encode())
    assert decision_of("google-ads", Tc().signal(), refused) == "no: vendor_refused"


def test_an_old_refusal_of_a_vendor_is_an_old_choice() -> None:
    old = didomi(vendors={"disabled": ["google"]}, updated="2026-01-01T00:00:00Z")
    assert decision_of("google-ads", Signal("didomi_token", old.encode())) == "no: expired"


PLATFORMS = ("onetrust", "onetrust_groups", "didomi_token", "didomi_dcs", "commanders_act", "axeptio",
             "axeptio_vendors", "keyed", "plain")  # fmt: skip
GOOD = [
    optanon(),
    didomi(),
    privacy(),
    axeptio(),
    ",C0004,",
    Tc().text(),
    '{"$$completed": true, "google_ads": true}',
]
damaged = st.tuples(st.sampled_from(GOOD), st.integers(0, 400), st.text(max_size=2)).map(
    lambda parts: parts[0][: parts[1]] + parts[2] + parts[0][parts[1] + 1 :]
)
texts = (
    damaged
    | st.text(max_size=40)
    | st.dictionaries(st.sampled_from([*KEYS, "x"]), damaged, max_size=2).map(json.dumps)
)
raws = st.binary(max_size=40) | texts.map(lambda text: text.encode("utf-8", "surrogatepass"))


@settings(max_examples=500, deadline=None)
@given(st.sampled_from(PLATFORMS), raws)
def test_any_bytes_are_read_or_refused_with_a_reason(kind: str, raw: bytes) -> None:
    try:
        assert isinstance(READERS[kind](raw), Reading)
    except SignalError as error:
        assert error.reason
    assert JUDGE((Signal(kind, raw),), TODAY).states


REFUSALS: dict[str, Callable[[], str]] = {
    "onetrust": lambda: optanon("C0004:0,C0002:0"),
    "didomi_token": lambda: didomi(
        purposes={"enabled": [], "disabled": ["advertising_personalization", "select_basic_ads", "measure"]}
    ),
    "commanders_act": lambda: privacy(status="1"),
    "axeptio": lambda: axeptio(google_ads=False, matomo=False),
}


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(REFUSALS)), st.integers(0, 300), st.integers(1, 5))
def test_a_refusal_that_lost_some_characters_never_becomes_a_yes(kind: str, place: int, size: int) -> None:
    text = REFUSALS[kind]()
    cut = text[:place] + text[place + size :]
    states = {state for _, state in outcome(Signal(kind, cut.encode())).states}
    assert ConsentState.GRANTED not in states


def test_every_name_of_a_cookie_has_a_reader_of_its_format() -> None:
    assert set(KEYS.values()) <= set(READERS.values())
