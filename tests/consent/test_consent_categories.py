"""Signals that answer by category: what each says for a purpose. Nothing but a plain yes is a yes."""

import pytest
from consent_examples import Tc, segment, shop_policy, state_of

from observer.model import Signal

POLICY = shop_policy()


def signal(kind: str, text: str) -> Signal:
    return Signal(kind, text.encode())


SEGMENT = {
    "true": ('{"categoryPreferences": {"advertising": true}}', "granted"),
    "false": ('{"categoryPreferences": {"advertising": false}}', "denied"),
    "the other spelling": ('{"categoryPreference": {"advertising": true}}', "granted"),
    "two spellings that disagree": (
        '{"categoryPreferences": {"advertising": true}, "categoryPreference": {"advertising": false}}', "denied",
    ),
    "OneTrust's id": ('{"categoryPreferences": {"C0004": true}}', "granted"),
    "two platforms' ids that disagree": ('{"categoryPreferences": {"advertising": true, "C0004": false}}', "denied"),
    "a known id, and one that nobody declared": (
        '{"categoryPreferences": {"advertising": true, "marketing": true}}', "granted",
    ),
    "an id that nobody declared": ('{"categoryPreferences": {"marketing": true}}', "missing"),
    "another purpose's id": ('{"categoryPreferences": {"analytics": true}}', "missing"),
    "no categories": ('{"categoryPreferences": {}}', "missing"),
    "an empty object": ("{}", "missing"),
    "null": ("null", "missing"),
    "null preferences": ('{"categoryPreferences": null}', "missing"),
    "text that says true": ('{"categoryPreferences": {"advertising": "true"}}', "malformed"),
    "the number 1": ('{"categoryPreferences": {"advertising": 1}}', "malformed"),
    "null for the category": ('{"categoryPreferences": {"advertising": null}}', "malformed"),
    "an object for the category": ('{"categoryPreferences": {"advertising": {"granted": true}}}', "malformed"),
    "the wrong kind for another category": (
        '{"categoryPreferences": {"advertising": true, "analytics": "yes"}}', "granted",
    ),
    "a list of categories": ('{"categoryPreferences": ["advertising"]}', "malformed"),
    "text": ('"advertising"', "malformed"),
    "true alone": ("true", "malformed"),
    "the same category twice": (
        '{"categoryPreferences": {"advertising": false, "advertising": true}}', "malformed",
    ),
    "the preferences twice": (
        '{"categoryPreferences": {"advertising": false}, "categoryPreferences": {"advertising": true}}', "malformed",
    ),
    "cut off": ('{"categoryPreferences": {"advertising": true', "malformed"),
    "nothing": ("", "malformed"),
    "NaN": ('{"categoryPreferences": {"advertising": true}, "version": NaN}', "malformed"),
    "nested deep": ("[" * 60_000, "malformed"),
    "too long": ('{"categoryPreferences": {"advertising": true}}' + " " * 65_536, "malformed"),
    "a TC string of the wrong kind": ('{"categoryPreferences": {"advertising": true}, "tcString": 7}', "malformed"),
    "a TC string that is cut": (
        '{"categoryPreferences": {"advertising": true}, "tcString": "CQSU_AAQSU"}', "malformed",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "state"), SEGMENT.values(), ids=SEGMENT)
def test_segment(text: str, state: str) -> None:
    assert state_of(POLICY, "advertising", signal("segment", text)) == state


def test_bytes_that_are_not_utf8_are_malformed() -> None:
    raw = b'{"categoryPreferences": {"advertising": true, "\xff": true}}'
    assert state_of(POLICY, "advertising", Signal("segment", raw)) == "malformed"


RUDDERSTACK = {
    "allowed": ('{"allowedConsentIds": ["advertising"]}', "granted"),
    "denied": ('{"deniedConsentIds": ["advertising"]}', "denied"),
    "allowed and denied": ('{"allowedConsentIds": ["advertising"], "deniedConsentIds": ["advertising"]}', "denied"),
    "neither": ('{"allowedConsentIds": ["analytics"], "deniedConsentIds": ["newsletter"]}', "missing"),
    "allowed by OneTrust's id": (
        '{"allowedConsentIds": ["C0001", "C0004"], "deniedConsentIds": [], "provider": "oneTrust"}', "granted",
    ),
    "allowed, as an object of names": ('{"allowedConsentIds": {"advertising": "Advertising"}}', "granted"),
    "allowed, as an object of switches": ('{"allowedConsentIds": {"advertising": true}}', "granted"),
    "switched off inside the allowed": ('{"allowedConsentIds": {"advertising": false}}', "denied"),
    "a switch as text inside the allowed": ('{"allowedConsentIds": {"advertising": "false"}}', "malformed"),
    "a number inside the allowed": ('{"allowedConsentIds": {"advertising": 1}}', "malformed"),
    "no ids at all": ('{"allowedConsentIds": [], "deniedConsentIds": []}', "missing"),
    "a provider alone": ('{"provider": "oneTrust", "resolutionStrategy": "and"}', "missing"),
    "an empty object": ("{}", "missing"),
    "ids as text": ('{"allowedConsentIds": "advertising"}', "malformed"),
    "a number among the ids": ('{"allowedConsentIds": ["advertising", 4]}', "malformed"),
    "denied ids of the wrong kind": ('{"allowedConsentIds": ["advertising"], "deniedConsentIds": 0}', "malformed"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "state"), RUDDERSTACK.values(), ids=RUDDERSTACK)
def test_rudderstack(text: str, state: str) -> None:
    assert state_of(POLICY, "advertising", signal("rudderstack", text)) == state


GA4 = {
    "both granted": ('{"ad_user_data": "GRANTED", "ad_personalization": "GRANTED"}', "granted"),
    "one denied": ('{"ad_user_data": "GRANTED", "ad_personalization": "DENIED"}', "denied"),
    "one alone": ('{"ad_user_data": "GRANTED"}', "missing"),
    "lower case": ('{"ad_user_data": "granted", "ad_personalization": "GRANTED"}', "malformed"),
    "true": ('{"ad_user_data": true, "ad_personalization": true}', "malformed"),
    "nothing": ("{}", "missing"),
    "a list": ("[]", "malformed"),
}


@pytest.mark.parametrize(("text", "state"), GA4.values(), ids=GA4)
def test_ga4(text: str, state: str) -> None:
    assert state_of(POLICY, "advertising", signal("ga4", text)) == state


SNOWPLOW = {
    "all allowed": ('{"eventType": "allow_all"}', "granted"),
    "all that was offered, and this was": (
        '{"eventType": "allow_all", "consentScopes": ["necessary", "advertising"]}', "granted",
    ),
    "all that was offered, and this was not": ('{"eventType": "allow_all", "consentScopes": ["analytics"]}', "missing"),
    "all denied": ('{"eventType": "deny_all", "consentScopes": ["advertising"]}', "denied"),
    "selected": ('{"eventType": "allow_selected", "consentScopes": ["advertising"]}', "granted"),
    "not selected": ('{"eventType": "allow_selected", "consentScopes": ["analytics"]}', "denied"),
    "nothing selected": ('{"eventType": "allow_selected"}', "denied"),
    "pending": ('{"eventType": "pending", "consentScopes": ["advertising"]}', "missing"),
    "implicit": ('{"eventType": "implicit_consent", "consentScopes": ["advertising"]}', "missing"),
    "withdrawn": ('{"eventType": "withdrawn", "consentScopes": ["advertising"]}', "denied"),
    "expired": ('{"eventType": "expired", "consentScopes": ["advertising"]}', "expired"),
    "a basis that is not consent": (
        '{"eventType": "allow_all", "basisForProcessing": "legitimate_interests"}', "missing",
    ),
    "the basis consent": ('{"eventType": "allow_all", "basisForProcessing": "consent"}', "granted"),
    "with its schema": (
        '{"schema": "iglu:com.snowplowanalytics.snowplow/consent_preferences/jsonschema/1-0-0",'
        ' "data": {"eventType": "allow_all"}}', "granted",
    ),
    "an unknown choice": ('{"eventType": "allow_most"}', "malformed"),
    "no choice named": ('{"consentScopes": ["advertising"]}', "malformed"),
    "scopes as text": ('{"eventType": "allow_all", "consentScopes": "advertising"}', "malformed"),
    "a number among the scopes": ('{"eventType": "allow_selected", "consentScopes": ["advertising", 1]}', "malformed"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "state"), SNOWPLOW.values(), ids=SNOWPLOW)
def test_snowplow_preferences(text: str, state: str) -> None:
    assert state_of(POLICY, "advertising", signal("snowplow_preferences", text)) == state


GDPR = {
    "consent claimed": ('{"basisForProcessing": "consent", "documentId": "1"}', "missing"),
    "no JSON": ("{", "malformed"),
}


@pytest.mark.parametrize(("text", "state"), GDPR.values(), ids=GDPR)
def test_snowplow_gdpr_entity_is_nobodys_choice(text: str, state: str) -> None:
    assert state_of(POLICY, "advertising", signal("snowplow_gdpr", text)) == state


PLAIN = {
    "true": ('{"advertising": true}', "granted"),
    "false": ('{"advertising": false}', "denied"),
    "absent": ('{"newsletter": true}', "missing"),
    "OneTrust's id": ('{"C0004": true}', "granted"),
    "text": ('{"advertising": "yes"}', "malformed"),
    "empty": ("{}", "missing"),
    "a list": ('["advertising"]', "malformed"),
}


@pytest.mark.parametrize(("text", "state"), PLAIN.values(), ids=PLAIN)
def test_plain(text: str, state: str) -> None:
    assert state_of(POLICY, "advertising", signal("plain", text)) == state


TCF = {
    "bare": (Tc().text(), "unknown"),
    "as a JSON string": (f'"{Tc().text()}"', "unknown"),
    "refused": (Tc(consents=(1,)).text(), "denied"),
    "nothing": ("", "missing"),
    "an empty JSON string": ('""', "malformed"),
    "cut JSON": ('"CQ', "malformed"),
    "not ASCII": ("CÉ", "malformed"),
}


@pytest.mark.parametrize(("text", "state"), TCF.values(), ids=TCF)
def test_tc_string_without_its_vendor_list_is_never_a_yes(text: str, state: str) -> None:
    assert state_of(POLICY, "advertising", signal("tcf", text)) == state


UNKNOWN_FORMATS = {
    "a yes in a format that nobody reads": ((signal("smoke", "yes"),), "unknown"),
    "beside a yes": ((segment(advertising=True), signal("smoke", "yes")), "unknown"),
    "beside a no": ((segment(advertising=False), signal("smoke", "yes")), "denied"),
}


@pytest.mark.parametrize(("signals", "state"), UNKNOWN_FORMATS.values(), ids=UNKNOWN_FORMATS)
def test_unknown_format_is_never_a_yes(signals: tuple[Signal, ...], state: str) -> None:
    assert state_of(POLICY, "advertising", *signals) == state
