"""What somebody pastes is told by its shape, and never said again."""

import pytest
from consent_examples import Tc
from hypothesis import given
from hypothesis import strategies as st

from observer.consent.formats import READERS
from observer.consent.pasted import LONGEST, MOST_LINES, signals_of
from observer.errors import InputError

TC = Tc().text()
SHAPES = {
    "a TC string": (TC, ["tcf"]),
    "a GPP string": ("DBABLA~BVQqAAAAAABA", ["gpp"]),
    "US Privacy": ("1YNN", ["us_privacy"]),
    "gcs": ("G111", ["gcs"]),
    "gcd": ("13r3r3r3r5", ["gcd"]),
    "Segment's object": ('{"categoryPreferences": {"advertising": true}}', ["segment"]),
    "RudderStack's object": ('{"allowedConsentIds": []}', ["rudderstack"]),
    "Snowplow's event": ('{"eventType": "deny_all"}', ["snowplow_preferences"]),
    "the Measurement Protocol's object": ('{"ad_user_data": "GRANTED"}', ["ga4"]),
    "a plain map": ('{"advertising": true}', ["plain"]),
    "what only looks like an object": ("{", ["plain"]),
    "cookies": (f"Cookie: _ga=GA1.2.3; euconsent-v2={TC}; theme=dark", ["keyed"]),
    "OneTrust's cookie by its name": ("OptanonConsent=isGpcEnabled=0&groups=C0001%3A1&interactionCount=1", ["keyed"]),
    "OneTrust's cookie without": ("isGpcEnabled=0&groups=C0001%3A1&interactionCount=1", ["onetrust"]),
    "OneTrust's groups": (",C0001,C0004,", ["onetrust_groups"]),
    "Didomi's token": ("eyJ1cGRhdGVkIjogIjIwMjYtMTAtMDFUMDg6MDA6MDBaIn0=", ["didomi_token"]),
    "Commanders Act's cookie": ("0@007|5|140@2,3@1@1790000000000@_v8", ["commanders_act"]),
    "an address": (f"https://shop.example/p?gdpr=1&gdpr_consent={TC}&utm_source=x", ["keyed"]),
    "a query": ("gcs=G111&gcd=13r3r3r3r5", ["keyed"]),
    "two lines": (f"{TC}\n\n 1YNN \n", ["tcf", "us_privacy"]),
    "nothing": ("", []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "formats"), SHAPES.values(), ids=SHAPES)
def test_shape_tells_the_format(text: str, formats: list[str]) -> None:
    found = signals_of(text)
    assert [signal.format for signal in found] == formats
    for signal in found:
        if signal.format != "plain" or len(signal.raw) > 1:
            READERS[signal.format](signal.raw)


def test_a_format_chosen_by_hand_holds_for_every_line() -> None:
    assert [signal.format for signal in signals_of("anything\n1YNN", "axeptio")] == ["axeptio", "axeptio"]


REFUSED = {
    "no shape": ("jeanne dupont", ""),
    "a format that there is not": ("1YNN", "smoke"),
    "too long": ("C" * (LONGEST + 1), ""),
    "too many lines": ("1YNN\n" * (MOST_LINES + 1), ""),
}


@pytest.mark.parametrize(("text", "kind"), REFUSED.values(), ids=REFUSED)
def test_refusal_does_not_repeat_what_was_pasted(text: str, kind: str) -> None:
    with pytest.raises(InputError) as caught:
        signals_of(text, kind)
    for lang in ("en", "fr"):
        assert "jeanne" not in caught.value.told(lang)
        assert "1YNN" not in caught.value.told(lang)


@given(st.text(max_size=200))
def test_any_text_is_signals_or_refused(text: str) -> None:
    try:
        found = signals_of(text)
    except InputError:
        return
    assert {signal.format for signal in found} <= set(READERS)
