"""What the engine counts of consent: breaches, disagreements, choices, platforms, contradictions, usable rates."""

import json
from typing import Any

import pytest
from consent_examples import Tc

from observer import metrics
from observer.catalog import Catalog
from observer.engine import Chunk, Memory, Result, observe
from observer.metrics import Metric
from observer.model import Record
from observer.sinks.totals import declared_counters, declared_histograms

NOW = 1_795_341_602.0
SHOP = "https://www.maison-lumiere.example/"


def call(**changed: Any) -> bytes:
    body = {
        "type": "page",
        "messageId": "m-1",
        "anonymousId": "a-1",
        "context": {"library": {"name": "analytics.js", "version": "1"}},
    }
    return json.dumps(body | changed).encode()


def context(choices: dict[str, bool] | None = None, **more: Any) -> dict[str, Any]:
    held: dict[str, Any] = {"library": {"name": "analytics.js", "version": "1"}, **more}
    return held if choices is None else held | {"consent": {"categoryPreferences": choices}}


def seen(catalog: Catalog, value: bytes, source: str = "web-shop", **record: Any) -> Result:
    return observe(Chunk(source, [Record(value, NOW, **record)]), catalog, Memory(), NOW)


def counted(result: Result, metric: Metric) -> dict[tuple[str, ...], float]:
    return {labels: number for (name, labels), number in result.counts.items() if name == metric.name}


NO = {"advertising": False, "analytics": False}
YES = {"advertising": True, "analytics": True}
BREACHES = {
    "an integration that is on though the person refused": (
        call(context=context(NO), integrations={"Google AdWords New": True}),
        {("google-ads", "web", "integration", "refused")},
    ),
    "a click id in the address, and nobody was asked": (
        call(context=context(page={"url": SHOP + "?gclid=abc"})),
        {("google-ads", "web", "click_id", "no_signal")},
    ),
    "an integration that is off": (
        call(context=context(NO), integrations={"Google AdWords New": False}),
        set(),
    ),
    "an integration that is on with consent": (
        call(context=context(YES), integrations={"Google AdWords New": True}),
        set(),
    ),
    "all integrations name none": (call(context=context(NO), integrations={"All": True}), set()),
    "two tools, each shown in its own way": (
        call(context=context(NO, page={"url": SHOP + "?fbclid=abc"}), integrations={"Mixpanel": {"a": 1}}),
        {("meta-ads", "web", "click_id", "refused"), ("mixpanel", "web", "integration", "refused")},
    ),
}


def test_a_destination_that_the_source_is_not_declared_to_feed_has_no_basis_either(catalog: Catalog) -> None:
    granted = {"allowedConsentIds": ["advertising", "analytics", "personalisation", "newsletter"]}
    value = call(context={"consentManagement": granted}, integrations={"Criteo": True})
    result = seen(catalog, value, "app")
    assert counted(result, metrics.CONSENT_BREACHES) == {("criteo", "app", "integration", "not_declared"): 1}
    assert {key for key in result.counts if key[0] == metrics.CONSENT_BREACHES.name} <= set(
        declared_counters(catalog)
    )


@pytest.mark.parametrize(("value", "expected"), BREACHES.values(), ids=BREACHES)
def test_breach(catalog: Catalog, value: bytes, expected: set[tuple[str, ...]]) -> None:
    result = seen(catalog, value)
    assert set(counted(result, metrics.CONSENT_BREACHES)) == expected
    rolled = {
        (name, *measure.split("/")[1:])
        for (family, name, _), rollup in result.rollups.items()
        for measure in rollup
        if family == "destination" and measure.startswith("breach/")
    }
    assert rolled == expected


CHOICES = {
    "a yes and a no are choices": (context({"advertising": True, "analytics": False}), "made"),
    "no signal": (context(), "no_signal"),
    "a platform that nobody has answered": (
        context() | {"consent": {"OptanonConsent": "groups=C0004:0&interactionCount=0"}},
        "not_yet",
    ),
    "a string that is cut off": (context(gdpr_consent="CPX"), "unreadable"),
    "a browser that objects is no answer of a person": (context(us_privacy="1---", gpp="DBAA"), "not_yet"),
}


@pytest.mark.parametrize(("held", "choice"), CHOICES.values(), ids=CHOICES)
def test_choice(catalog: Catalog, held: dict[str, Any], choice: str) -> None:
    assert counted(seen(catalog, call(context=held)), metrics.CONSENT_CHOICES) == {
        ("web-shop", "web", choice): 1
    }


def test_global_privacy_control_alone_is_no_choice(catalog: Catalog) -> None:
    result = seen(catalog, call(), headers={"sec-gpc": "1"})
    assert counted(result, metrics.CONSENT_CHOICES) == {("web-shop", "web", "not_yet"): 1}


def test_signals_that_part_are_counted_and_the_no_stands(catalog: Catalog) -> None:
    result = seen(catalog, call(context=context(YES, us_privacy="1YYN")))
    assert counted(result, metrics.CONSENT_DISAGREEMENTS) == {("web-shop", "web", "advertising"): 1}
    measures = {
        measure
        for (family, _, _), rollup in result.rollups.items()
        if family == "channel"
        for measure in rollup
    }
    assert "disagreement/advertising/segment/us_privacy" in measures
    assert counted(result, metrics.CONSENT_DECISIONS)["google-ads", "web", "refused", "refused"] == 1


def test_the_usable_rate_has_its_numerator_and_its_denominator(catalog: Catalog) -> None:
    batch = json.dumps(
        {
            "batch": [
                json.loads(call(messageId=str(n), context=context(c))) for n, c in enumerate((YES, NO, None))
            ]
        }
    ).encode()
    result = seen(catalog, batch)
    key = ("web-shop", "web", "google-ads")
    assert counted(result, metrics.CONSENT_REQUIRED)[key] == 3
    assert counted(result, metrics.CONSENT_USABLE)[key] == 1


def test_exempt_events_are_in_neither(catalog: Catalog) -> None:
    result = seen(catalog, b"", "web-magazine", path="/i?e=pv&p=web&tv=js-3.24.0&aid=magazine&eid=e-1")
    assert ("web-magazine", "web", "bigquery") not in counted(result, metrics.CONSENT_REQUIRED)
    assert counted(result, metrics.CONSENT_REQUIRED)["web-magazine", "web", "mixpanel"] == 1


CONTRADICTIONS = {
    "none": ("url=https://m.example/", {}, "exempt"),
    "an advertising click id": (
        "url=https://m.example/%3Fgclid%3Dabc",
        {("web-magazine", "audience-measurement", "click_id"): 1},
        "missing",
    ),
    "another vendor's data attached": (
        'co={"schema":"iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-0","data":[{"schema":'
        '"iglu:com.google.analytics/cookies/jsonschema/1-0-0","data":{}}]}',
        {("web-magazine", "audience-measurement", "third_party"): 1},
        "missing",
    ),
}


@pytest.mark.parametrize(("query", "expected", "state"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_what_contradicts_an_exemption_is_counted_and_ends_it(
    catalog: Catalog, query: str, expected: dict[tuple[str, ...], float], state: str
) -> None:
    path = f"/i?e=pv&p=web&tv=js-3.24.0&aid=magazine&eid=e-1&{query}"
    result = seen(catalog, b"", "web-magazine", path=path)
    assert counted(result, metrics.CONSENT_CONTRADICTIONS) == expected
    labels = ("web-magazine", "web", "audience-measurement", state)
    assert counted(result, metrics.CONSENT_EVENTS)[labels] == 1


def platform(cmp: int, version: int) -> bytes:
    text = Tc().text()
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    number = (cmp << 12) | version
    written = "".join(alphabet[number >> shift & 63] for shift in (18, 12, 6, 0))
    return call(context=context(gdpr_consent=text[:13] + written + text[17:]))


PLATFORMS = {
    "declared": (platform(7, 2), ("7", "2")),
    "a version that nobody declared": (platform(7, 3), ("7", "_other")),
    "a platform that nobody declared": (platform(31, 1), ("_other", "_other")),
}


@pytest.mark.parametrize(("value", "labels"), PLATFORMS.values(), ids=PLATFORMS)
def test_consent_platform(catalog: Catalog, value: bytes, labels: tuple[str, str]) -> None:
    result = seen(catalog, value)
    found = counted(result, metrics.CONSENT_PLATFORMS)
    assert {key[:2] for key in found} == {labels}
    assert {key[2] for key in found} == {"audience-measurement", "advertising"}


def test_everything_that_is_counted_was_declared_at_zero(catalog: Catalog) -> None:
    declared = set(declared_counters(catalog)) | set(declared_histograms(catalog))
    values = [value for value, _ in [*BREACHES.values(), *PLATFORMS.values()]]
    values += [call(context=held) for held, _ in CHOICES.values()]
    for value in values:
        result = seen(catalog, value)
        for key in result.counts:
            if key[0].startswith("martech_consent_"):
                assert key in declared, key


def test_signals_that_differ_and_mean_the_same_share_one_outcome(catalog: Catalog) -> None:
    from observer.engine.answers import Answers
    from observer.model import Event, Signal

    answers = Answers(catalog, catalog.sources["web-shop"], Memory())
    nothing = answers.tools(Event("page", "", b"{}", "$"))
    said = [
        Signal("segment", json.dumps({"categoryPreferences": {**YES, "newsletter": newsletter}}).encode())
        for newsletter in (True, False)
    ]
    first, second = (
        answers.consent(Event("page", "", b"{}", "$", signals=(one,)), int(NOW // 60), nothing)
        for one in said
    )
    assert first.outcome is second.outcome
