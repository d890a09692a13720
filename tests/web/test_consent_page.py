"""The page that explains a consent decision: guarded, in both languages, and silent about what was pasted."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from fabricated_company import NOW
from page_client import Outline, view, visiting

from observer.catalog import Catalog
from observer.messages import LANGUAGES
from observer.model import Kept, Verdict
from observer.quarantine import Quarantine
from observer.web import PageView
from observer.web.consent_form import FORM_BYTES

PASTED = '{"categoryPreferences": {"advertising": true, "jeanne.dupont@maison-lumiere.example": true}}'
SECRETS = ("jeanne", "categoryPreferences", "anna.petit@maison-lumiere.example")
ASKED = {"text": PASTED, "source": "web-shop", "destination": "meta-ads"}
VERDICTS = {
    "en": "Meta Ads may use the event: consent was given.",
    "fr": "Meta Ads peut utiliser l’événement\u00a0: le consentement a été donné.",
}


@pytest.fixture
def quarantine(tmp_path: Path) -> Iterator[Quarantine]:
    with Quarantine.open(tmp_path / "quarantine") as opened:
        yield opened


@pytest.fixture
def shown(catalog: Catalog, quarantine: Quarantine) -> PageView:
    return view(catalog=lambda: catalog, archive=quarantine)


def kept(value: bytes) -> Kept:
    return Kept(
        "web-shop", "segment", Verdict.INVALID, "order-completed", "required:$.order_id", (), value, {},
        "/v1/track", ("http", 7, 0), 0, NOW, None, NOW, "d" * 64,
    )  # fmt: skip


EVENT = (
    b'{"type": "track", "event": "Order Completed", "anonymousId": "anna.petit@maison-lumiere.example",'
    b' "properties": {}, "context": {"consent": {"categoryPreferences": {"advertising": true}}}}'
)


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_a_pasted_signal_is_explained_and_not_shown_again(
    lang: str, shown: PageView, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        async with visiting(shown) as client:
            answer = await client.post(f"/consent?lang={lang}", data=ASKED)
            html = await answer.text()
    assert answer.status == 200
    assert VERDICTS[lang] in Outline(html).text
    logged = caplog.text + "".join(capfd.readouterr())
    assert not [secret for secret in SECRETS if secret in html or secret in logged]
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_a_kept_event_is_explained_without_its_identifiers(
    lang: str, shown: PageView, quarantine: Quarantine
) -> None:
    quarantine.append([kept(EVENT)])
    [entry] = quarantine.entries()
    async with visiting(shown) as client:
        form = await (await client.get(f"/consent?lang={lang}")).text()
        answer = await client.post(
            f"/consent?lang={lang}", data={"event": entry.id, "destination": "meta-ads"}
        )
        html = await answer.text()
    assert f'<option value="{entry.id}">' in form
    assert VERDICTS[lang] in Outline(html).text
    assert not [secret for secret in SECRETS if secret in html or secret in form]


async def test_without_a_destination_every_one_of_the_source_is_explained(
    catalog: Catalog, shown: PageView
) -> None:
    async with visiting(shown) as client:
        html = await (await client.post("/consent", data={"text": "", "source": "web-shop"})).text()
    titles = [catalog.destinations[name].title for name in catalog.sources["web-shop"].destinations]
    assert [title for title in titles if f">{title}</h2>" in html] == titles


REFUSED = {
    "a text without a shape": ({"text": "jeanne dupont", "source": "web-shop"}, 400),
    "a source that nobody declared": ({"text": "", "source": "jeanne"}, 400),
    "a destination that nobody declared": ({"text": "", "source": "web-shop", "destination": "jeanne"}, 400),
    "a day that is none": ({"text": "", "source": "web-shop", "day": "jeanne"}, 400),
    "a format that there is not": ({"text": "1YNN", "source": "web-shop", "kind": "jeanne"}, 400),
    "an event that is not kept": ({"event": "jeanne"}, 400),
    "far too much": ({"text": "C" * FORM_BYTES, "source": "web-shop"}, 400),
}


@pytest.mark.parametrize(("form", "status"), REFUSED.values(), ids=REFUSED)
async def test_refusal_says_what_to_do_and_nothing_that_was_typed(
    form: dict[str, str], status: int, shown: PageView
) -> None:
    async with visiting(shown) as client:
        answer = await client.post("/consent?lang=fr", data=form)
        html = await answer.text()
    assert answer.status == status
    assert "attendu" in html
    assert "jeanne" not in html


TOKEN = "a-token-that-nobody-guesses"
GUARDED = {
    "no token": ({}, 401),
    "the token": ({"Authorization": f"Bearer {TOKEN}"}, 200),
    "another site's page": ({"Authorization": f"Bearer {TOKEN}", "Sec-Fetch-Site": "cross-site"}, 403),
    "another origin": ({"Authorization": f"Bearer {TOKEN}", "Origin": "https://evil.example"}, 403),
    "no origin that can be told": ({"Authorization": f"Bearer {TOKEN}", "Origin": "null"}, 403),
}


@pytest.mark.parametrize(("headers", "status"), GUARDED.values(), ids=GUARDED)
async def test_the_form_is_behind_the_page_s_guard(
    headers: dict[str, str], status: int, shown: PageView
) -> None:
    async with visiting(shown._replace(token=TOKEN)) as client:
        answer = await client.post("/consent", data=ASKED, headers=headers)
        assert answer.status == status
        assert (await client.get("/consent")).status == 401


async def test_the_form_names_every_control_and_no_identifier_twice(shown: PageView) -> None:
    async with visiting(shown) as client:
        html = await (await client.post("/consent", data=ASKED)).text()
    page = Outline(html)
    labels = {label["for"] for label in page.of("label")}
    controls = [*page.of("select"), *page.of("input"), *page.of("textarea")]
    assert {control["id"] for control in controls} == labels
    names = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
    assert len(names) == len(set(names))


async def test_the_start_page_leads_there() -> None:
    async with visiting(view()) as client:
        page = Outline(await (await client.get("/")).text())
    assert any(link["href"].startswith("/consent") for link in page.of("a"))
