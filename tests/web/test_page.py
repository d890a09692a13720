"""The page: in the reader's language, whole, escaped, honest when it has nothing to show."""

import re
import shlex
from dataclasses import replace

import pytest
from fabricated_company import CAMILLE, NOW, THOMAS, busy_hour, catalog, found, readings, source
from page_client import Outline, view, visiting

from observer.catalog import Catalog, Tool
from observer.contracts.compiled import Owner
from observer.errors import Problem, StoreError, literal
from observer.messages import Lang
from observer.model import Finding, ViolationKind
from observer.web.question import language
from observer.windows.readings import LatestFinding, Readings

WISHES: dict[str, tuple[str, str, Lang, tuple[Lang, bool]]] = {
    "the address wins": ("fr", "en", "en", ("fr", True)),
    "a language that we do not speak is passed over": ("de", "fr", "en", ("fr", False)),
    "else what the browser likes most": ("", "de, en;q=0.5, fr;q=0.8", "en", ("fr", False)),
    "of equals the first": ("", "fr,en", "en", ("fr", False)),
    "a region is of its language": ("", "fr-CA", "en", ("fr", False)),
    "what is not wanted is not given": ("", "fr;q=0", "en", ("en", False)),
    "a weight that is no number counts nothing": ("", "fr;q=much, en;q=0.1", "fr", ("en", False)),
    "else the setting": ("", "", "fr", ("fr", False)),
    "the address may shout": ("FR", "", "en", ("fr", True)),
}


@pytest.mark.parametrize(("asked", "accepted", "default", "answer"), WISHES.values(), ids=WISHES)
def test_language(asked: str, accepted: str, default: Lang, answer: tuple[Lang, bool]) -> None:
    assert language({"lang": asked}, accepted, default) == answer


PAGES = {
    "English": ({"lang": "en"}, "en", "Usable consent by channel and purpose", "63,504 events", "Français"),
    "French": (
        {"lang": "fr"},
        "fr",
        "Consentement utilisable par canal",
        "événements enregistrés",
        "English",
    ),
}


@pytest.mark.parametrize(("query", "lang", "heading", "_words", "other"), PAGES.values(), ids=PAGES)
async def test_the_page_speaks_one_language(
    query: dict[str, str], lang: str, heading: str, _words: str, other: str
) -> None:
    async with visiting(view()) as client:
        answer = await client.get("/", params=query | {"channel": "app"}, headers={"Accept-Language": "de"})
        page = Outline(await answer.text())
    assert answer.headers["Content-Language"] == lang
    assert page.of("html") == [{"lang": lang}]
    assert heading in page.text
    assert other in page.text
    (switch,) = [link for link in page.of("a") if "hreflang" in link]
    assert switch["href"] == f"/?channel=app&lang={'en' if lang == 'fr' else 'fr'}"


async def test_the_page_answers_in_a_sentence_for_the_chosen_period_channel_and_purpose() -> None:
    query = {"lang": "en", "period": "24h", "channel": "app", "purpose": "advertising"}
    async with visiting(view()) as client:
        page = Outline(await (await client.get("/", params=query)).text())
    text = page.text.replace("\u00a0", " ")
    assert re.search(
        r"Of [\d,]+ app events in the last 24 hours that need consent, 64.4 % may serve advertising; "
        r"18.6 % refused, 17 % no choice yet\.",
        text,
    )
    chosen = [option["value"] for option in page.of("option") if "selected" in option]
    assert chosen == ["24h", "app", "advertising"]


async def test_the_figures_of_the_first_screen_are_those_of_the_tables_below() -> None:
    async with visiting(view()) as client:
        text = Outline(await (await client.get("/?lang=en")).text()).text.replace("\u00a0", " ")
        api = await (await client.get("/api/summary")).json()
    assert f"In: {api['received']:,}. Judged: {api['events']:,}." in text
    assert f"{api['answer']['shown_percent']['granted']} % may serve advertising" in text
    assert f"{api['valid_share'] * 100:.1f} %" in text
    assert "Silent source: Tills. Last event 2 h ago. Who acts: Marketing: Camille Laurent" in text
    assert "1 tool seen that nobody declared" in text
    assert "Seen, not declared" in text


async def test_owners_stand_beside_their_source_with_a_way_to_reach_them() -> None:
    async with visiting(view()) as client:
        page = Outline(await (await client.get("/?lang=fr")).text())
    links = {link["href"] for link in page.of("a")}
    assert {f"mailto:{CAMILLE.contact}", f"mailto:{THOMAS.contact}"} <= links
    assert f"DSI\u00a0: {THOMAS.name}" in page.text


async def test_the_living_part_is_the_same_alone_as_in_the_page() -> None:
    async with visiting(view()) as client:
        whole = await (await client.get("/?lang=fr&period=15m")).text()
        alone = await (await client.get("/?lang=fr&period=15m&fragment=1")).text()
    assert alone.strip() in whole
    assert "<html" not in alone


async def test_before_the_first_event_the_page_says_how_to_send_it() -> None:
    async with visiting(view(readings=lambda since, until, step: readings({}))) as client:
        page = Outline(await (await client.get("/?lang=en")).text())
        address = str(client.make_url("")).rstrip("/")
    (command,) = [line for line in page.text.splitlines() if "curl" in line]
    words = shlex.split(command.replace("$MARTECH_KEY_WEB_SHOP", "key"))
    assert words[:3] == ["curl", "-u", "key:"]
    assert words[-1] == f"{address}/v1/page"
    assert "No event yet" in page.text
    assert not page.of("table")


async def test_without_a_dialect_short_enough_the_page_points_to_the_terminal() -> None:
    tills = catalog([source("tills", "Tills", "store", "cloudevents")])
    shown = view(catalog=lambda: tills, readings=lambda since, until, step: readings({}))
    async with visiting(shown) as client:
        page = await (await client.get("/?lang=en")).text()
    assert "curl" not in page
    assert "point an SDK there" in page


HOSTILE = "<script>alert(1)</script>\"'&{{7*7}}"


def hostile_catalog() -> Catalog:
    base = catalog([source("web-shop", HOSTILE, "web", "segment")])
    owner = Owner(HOSTILE, "javascript:alert(1)")
    return base._replace(
        company=HOSTILE,
        sources={"web-shop": base.sources["web-shop"]._replace(marketing_owner=owner)},
        tools={"hotjar": Tool("hotjar", HOSTILE, HOSTILE, HOSTILE, True)},
        contracts={
            "order-completed": replace(base.contracts["order-completed"], runbook="javascript:alert(2)")
        },
    )


def hostile_readings(since: float, until: float, step: int) -> Readings:
    minute = int(NOW // 60)
    broken = Finding(ViolationKind.TYPE_MISMATCH, HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    rollups = busy_hour() | {
        ("contract", "order-completed", minute): {f"finding/type_mismatch/{HOSTILE}": 5.0},
        ("source", HOSTILE, minute): {
            "verdict/valid": 1.0,
            f"undecodable/{HOSTILE}".replace("/script", ""): 1.0,
        },
        ("destination", "google-ads", minute): {"decision/web/refused/refused": 3.0},
    }
    return readings(rollups, [LatestFinding(NOW, HOSTILE, HOSTILE, "invalid", broken)])


async def test_whatever_names_and_rules_hold_stays_text() -> None:
    async with visiting(view(catalog=hostile_catalog, readings=hostile_readings)) as client:
        html = await (await client.get("/?lang=en")).text()
        api = await client.get("/api/summary")
        assert api.content_type == "application/json"
    page = Outline(html)
    assert [script["src"].split("?")[0] for script in page.of("script")] == ["/static/live.js"]
    assert page.text.count("<script>alert(1)</script>") >= 8
    assert "{{7*7}}" in page.text
    assert not [link for link in page.of("a") if "javascript" in link.get("href", "")]
    assert "javascript:alert(2)" in page.text


REFUSED = {
    "a period that is none": ("period=1y", "?period: expected one of 15m, 1h, 24h, 7d, got another word"),
    "a channel that is not declared": ("channel=fax", "?channel: expected one of app, server, store, web"),
    "a purpose that is not declared": ("purpose=spam", "?purpose: expected one of audience-measurement"),
}


@pytest.mark.parametrize(("query", "words"), REFUSED.values(), ids=REFUSED)
async def test_what_is_not_declared_cannot_be_asked_for(query: str, words: str) -> None:
    async with visiting(view()) as client:
        page = await client.get(f"/?{query}&lang=en")
        api = await client.get(f"/api/summary?{query}")
        assert (page.status, api.status) == (400, 400)
        assert words in Outline(await page.text()).text
        assert words in (await api.json())["error"]


async def test_a_store_that_cannot_be_read_is_said_in_words() -> None:
    def broken(since: float, until: float, step: int) -> Readings:
        raise StoreError(Problem("state", literal("a store"), literal("none")))

    async with visiting(view(readings=broken)) as client:
        page = await client.get("/?lang=fr")
        assert page.status == 503
        assert "Cette page ne peut pas s’afficher" in await page.text()
        assert (await client.get("/api/summary")).status == 503


async def test_a_period_is_read_once_for_all_who_look_within_its_second() -> None:
    reads, clock = [], [NOW]

    def counting(since: float, until: float, step: int) -> Readings:
        reads.append((until - since, step))
        return readings(busy_hour())

    async with visiting(view(readings=counting, now=lambda: clock[0])) as client:
        for _ in range(3):
            await client.get("/")
            await client.get("/?channel=app")
        assert reads == [(3600, 60)]
        await client.get("/?period=24h")
        clock[0] += 1.0
        await client.get("/")
        await client.get("/?period=24h")
    assert reads == [(3600, 60), (86_400, 3600), (3600, 60)]


async def test_figures_that_stopped_growing_are_said_to_be_old() -> None:
    def old(since: float, until: float, step: int) -> Readings:
        return readings(busy_hour())._replace(written=NOW - 600)

    async with visiting(view(readings=old)) as client:
        text = Outline(await (await client.get("/?lang=en")).text()).text.replace("\u00a0", " ")
    assert "Nothing new was stored for 10 min." in text


async def test_an_event_that_was_lost_is_said_aloud() -> None:
    def lossy(since: float, until: float, step: int) -> Readings:
        return readings({("source", "app", int(NOW // 60)): {"received": 5.0, "verdict/valid": 4.0}})

    async with visiting(view(readings=lossy)) as client:
        text = Outline(await (await client.get("/?lang=en")).text()).text
    assert "In: 5, but judged: 4. Please report this" in text
    assert "Each event has exactly one verdict" not in text


async def test_findings_are_shown_once_with_how_often() -> None:
    def three(since: float, until: float, step: int) -> Readings:
        return readings(busy_hour(), [found(5), found(6), found(7)])

    async with visiting(view(readings=three)) as client:
        api = await (await client.get("/api/summary")).json()
    (line,) = api["findings"]
    assert (line["alike"], line["came"], line["path"]) == (3, "string", "$.properties.total")
