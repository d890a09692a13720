"""Personal data where nobody expects it, as the page and the API tell it: how often, of how many, where, never what."""

import pytest
from fabricated_company import NOW, busy_hour, catalog, found, newest, readings
from page_client import Outline, view, visiting

from observer.windows.leaks import Looked, leak_summary

SAID = {
    "en": "Events drawn from all traffic and looked into: 2,352; share with personal data: 12.5 %.",
    "fr": "Événements tirés de tout le trafic et examinés : 2 352 ; part contenant des données personnelles : 12,5 %.",
}


def test_the_rate_has_a_numerator_and_a_denominator() -> None:
    summary = leak_summary(catalog(), readings(busy_hour(), [found(3)], newest()))
    assert summary.drawn == Looked(2_352, 294)
    assert summary.drawn.share == 0.125
    assert summary.quarantined == Looked(588, 588)
    assert Looked(0, 0).share is None
    assert [(line.kind, line.path, line.events) for line in summary.lines] == [
        ("email", "$.properties.coupon", 588),
        ("phone", "$.properties.*", 294),
    ]


@pytest.mark.parametrize("lang", SAID)
async def test_the_page_says_it(lang: str) -> None:
    async with visiting(view(now=lambda: NOW)) as client:
        text = Outline(await (await client.get(f"/?lang={lang}")).text()).text
    assert SAID[lang] in text.replace("\u00a0", " ").replace("\u202f", " ")
    assert "$.properties.coupon" in text


async def test_the_api_says_it() -> None:
    async with visiting(view()) as client:
        told = (await (await client.get("/api/summary")).json())["personal_data"]
    assert told["drawn"] == {"events": 2_352, "leaking": 294, "leaking_share": 0.125}
    assert told["leaks"][0]["kind"] == "email"
