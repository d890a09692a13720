"""The page as people meet it: in both languages, on a telephone, by keyboard, live, without JavaScript."""

import re
import time
from collections.abc import Iterator

import pytest
from page_in_browser import Browser, Traffic, browsing, serving
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing() as opened:
        yield opened


@pytest.fixture
def traffic() -> Traffic:
    return Traffic()


@pytest.fixture
def address(traffic: Traffic) -> Iterator[str]:
    with serving(traffic) as served:
        yield served


LANGUAGES = {
    "English": (
        "en",
        "Marketing events of Maison Lumière",
        r"^Of \d+,\d+ events in the last hour that need consent",
    ),
    "French": (
        "fr",
        "Événements marketing de Maison Lumière",
        r"^Sur \d+ \d+ événements enregistrés au cours de la",
    ),
}


@pytest.mark.parametrize(("lang", "heading", "answer"), LANGUAGES.values(), ids=LANGUAGES)
def test_it_speaks_and_the_browser_has_nothing_to_complain_of(
    browser: Browser, address: str, lang: str, heading: str, answer: str
) -> None:
    browser.open(f"{address}/?lang={lang}")
    assert browser.run("return document.documentElement.lang") == lang
    assert browser.text("h1") == heading
    assert re.search(answer, browser.text(".answer"))
    browser.wait("the first refresh", "return performance.getEntriesByType('resource').length > 3")
    assert browser.complaints() == []


def test_nothing_is_asked_of_another_host(browser: Browser, address: str) -> None:
    browser.open(f"{address}/?lang=fr")
    browser.wait("a refresh", "return performance.getEntriesByType('resource').length > 3")
    script = "return [document.URL, ...performance.getEntriesByType('resource').map(entry => entry.name)]"
    asked = browser.requested() | set(browser.run(script))
    assert len(asked) >= 4
    assert {url for url in asked if not url.startswith((f"{address}/", "about:", "data:"))} == set()


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("path", ["/?period=24h&", "/?period=7d&channel=app&purpose=advertising&"])
def test_a_telephone_needs_no_sideways_scroll(browser: Browser, address: str, path: str, lang: str) -> None:
    browser.open(f"{address}{path}lang={lang}", width=320)
    browser.run("document.querySelectorAll('details').forEach(part => part.open = true)")
    assert browser.run("return document.documentElement.scrollWidth") == 320
    script = """return [...document.querySelectorAll('main *:not(.unseen, .unseen *, thead, thead *, caption)')]
        .filter(part => part.checkVisibility() && part.getBoundingClientRect().right > 321)
        .map(part => part.outerHTML)"""
    assert browser.run(script) == []


def test_a_wide_table_scrolls_in_its_own_region(browser: Browser, address: str) -> None:
    browser.open(f"{address}/?lang=fr", width=760)
    assert browser.run("return document.documentElement.scrollWidth") <= 760
    assert browser.run(
        "const one = document.querySelector('#sources-table'); return one.scrollWidth > one.clientWidth"
    )


EVENTS = "document.querySelector('.cards .value').textContent"


def test_new_events_appear_without_a_reload_and_leave_the_reader_in_peace(
    browser: Browser, address: str, traffic: Traffic
) -> None:
    browser.open(f"{address}/?lang=en")
    browser.run(
        """window.mark = 'same document';
        document.querySelector('#consent-legend').open = true;
        document.querySelector('#consent-legend summary').focus();
        document.querySelector('#latency').scrollIntoView({behavior: 'instant'});"""
    )
    before, scrolled = browser.run(f"return [{EVENTS}, scrollY]")
    assert scrolled > 500
    traffic.more()
    browser.wait("new figures", f"return {EVENTS} !== arguments[0]", before)
    state = "return [window.mark, document.querySelector('#consent-legend').open, scrollY]"
    assert browser.run(state) == ["same document", True, scrolled]
    assert browser.run("return document.activeElement.parentElement.id") == "consent-legend"
    assert browser.complaints() == []


def test_a_finding_that_comes_adds_a_row_and_no_row_twice(
    browser: Browser, address: str, traffic: Traffic
) -> None:
    browser.open(f"{address}/?lang=en")
    count = "return document.querySelectorAll('.table-undecodable tbody tr').length"
    assert browser.run(count) == 1
    minute = int(time.time() // 60)
    traffic.rollups = traffic.rollups | {
        ("source", "app", minute): {"received": 2, "undecodable/not_json": 2}
    }
    browser.wait("the new row", f"{count} === 2")
    ids = "return [...document.querySelectorAll('[id]')].map(part => part.id)"
    assert len(set(browser.run(ids))) == len(browser.run(ids))


def test_pause_holds_the_figures_until_they_may_go_on(
    browser: Browser, address: str, traffic: Traffic
) -> None:
    browser.open(f"{address}/?lang=en")
    pause = browser.one("#pause")
    pause.click()
    assert browser.text("#pause") == "Resume updates"
    assert "Paused" in browser.text("#pulse")
    Select(browser.one("#period")).select_by_value("15m")
    browser.reads(".answer", "in the last 15 minutes")
    before = browser.run(f"return {EVENTS}")
    traffic.more()
    time.sleep(3)
    assert browser.run(f"return {EVENTS}") == before
    pause.click()
    browser.wait("new figures", f"return {EVENTS} !== arguments[0]", before)
    assert browser.text("#pulse") == "Live"


def test_a_page_that_nobody_looks_at_asks_for_nothing(
    browser: Browser, address: str, traffic: Traffic
) -> None:
    browser.open(f"{address}/?lang=en")
    script = """Object.defineProperty(document, 'hidden', {value: arguments[0], configurable: true});
        document.dispatchEvent(new Event('visibilitychange'));"""
    browser.run(script, True)
    before = browser.run(f"return {EVENTS}")
    traffic.more()
    time.sleep(3)
    assert browser.run(f"return {EVENTS}") == before
    browser.run(script, False)
    browser.wait("new figures", f"return {EVENTS} !== arguments[0]", before)


def test_an_observer_that_does_not_answer_is_said_and_the_figures_stay(
    browser: Browser, address: str, traffic: Traffic
) -> None:
    browser.open(f"{address}/?lang=en")
    before = browser.run(f"return {EVENTS}")
    traffic.broken = True
    browser.wait("the notice", "return document.querySelector('#pulse').className.includes('is-lost')")
    assert "No answer from the observer" in browser.text("#pulse")
    assert browser.run(f"return {EVENTS}") == before
    traffic.broken = False
    browser.wait("recovery", "return document.querySelector('#pulse').className.includes('is-live')")


def test_a_choice_changes_the_answer_the_address_and_the_way_to_the_other_language(
    browser: Browser, address: str
) -> None:
    browser.open(f"{address}/?lang=en")
    browser.run("window.mark = 'same document'")
    Select(browser.one("#channel")).select_by_value("app")
    browser.wait("the answer", "return document.querySelector('.answer').textContent.includes('app events')")
    assert browser.run("return [window.mark, document.activeElement.id]")[0] == "same document"
    assert "channel=app" in browser.driver.current_url
    browser.one("a[data-language=fr]").click()
    browser.reads(".answer", "événements de l’application")
    assert browser.run("return document.querySelector('#channel').value") == "app"


def test_every_control_is_reached_by_tab_and_shows_it(browser: Browser, address: str) -> None:
    browser.open(f"{address}/?lang=en")
    browser.one("#pause").click()
    browser.run("document.activeElement.blur(); window.getSelection().removeAllRanges()")
    script = """const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
        return [one.id || one.textContent.trim() || one.getAttribute('aria-label') || one.tagName,
            style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
            box.width > 0 && box.bottom > 0 && box.top < innerHeight]"""
    total = browser.run(
        """return [...document.querySelectorAll('a[href], button, select, summary, [tabindex="0"]')]
        .filter(part => part.checkVisibility({contentVisibilityAuto: true})).length"""
    )
    browser.run(
        "document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')"
    )
    reached = []
    for _ in range(total):
        browser.driver.switch_to.active_element.send_keys(Keys.TAB)
        name, outlined, visible = browser.run(script)
        assert outlined, f"{name} has focus but does not show it"
        assert visible, f"{name} has focus but is not on the screen"
        reached.append(name)
    assert reached[0] == "Skip to the figures"
    assert reached[1:6] == ["pause", "Français", "period", "channel", "purpose"]
    assert len(reached) == total
    assert "The same figures as JSON" in reached


def test_the_skip_link_leads_to_the_figures(browser: Browser, address: str) -> None:
    browser.open(f"{address}/?lang=en")
    browser.one(".skip").send_keys(Keys.ENTER)
    assert browser.run("return document.activeElement.id") == "main"


@pytest.mark.parametrize("width", [1280, 320])
def test_a_screen_reader_hears_names_and_tables(browser: Browser, address: str, width: int) -> None:
    browser.open(f"{address}/?lang=en", width=width)
    browser.run("document.querySelectorAll('details').forEach(part => part.open = true)")
    nodes = [
        node for node in browser.command("Accessibility.getFullAXTree", {})["nodes"] if not node["ignored"]
    ]
    roles = [node["role"]["value"] for node in nodes]
    for node in nodes:
        if node["role"]["value"] in {
            "button",
            "link",
            "combobox",
            "table",
            "image",
            "region",
            "navigation",
            "form",
        }:
            assert node["name"]["value"], node
    tables = browser.run("return document.querySelectorAll('table').length")
    rows = browser.run("return document.querySelectorAll('tr').length")
    assert roles.count("table") == tables >= 8
    assert roles.count("row") == rows
    assert roles.count("main") == 1
    assert roles.count("rowheader") == browser.run("return document.querySelectorAll('tbody th').length")
    assert roles.count("columnheader") == browser.run("return document.querySelectorAll('thead th').length")
    headings = [node for node in nodes if node["role"]["value"] == "heading"]
    assert headings[0]["name"]["value"] == "Marketing events of Maison Lumière"


CONTRAST = """
const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
const rgba = colour => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data]; };
const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, place) => sum + v * [0.2126, 0.7152, 0.0722][place], 0);
const behind = part => { for (let at = part; at; at = at.parentElement) {
    const colour = rgba(getComputedStyle(at).backgroundColor); if (colour[3] === 255) return colour; }
    return rgba('Canvas'); };
const poor = [];
let seen = 0;
for (const part of document.querySelectorAll('body *')) {
    const own = [...part.childNodes].some(node => node.nodeType === 3 && node.nodeValue.trim());
    if (!own || !part.checkVisibility() || part.closest('svg, noscript, .unseen')) continue;
    const [one, other] = [light(rgba(getComputedStyle(part).color)), light(behind(part))].sort((a, b) => b - a);
    seen += 1;
    const ratio = (one + 0.05) / (other + 0.05);
    if (ratio < 4.5) poor.push(`${ratio.toFixed(2)} ${part.className} ${part.textContent.trim().slice(0, 40)}`);
}
return [seen, poor];
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_stands_out_from_what_is_behind_it(browser: Browser, address: str, scheme: str) -> None:
    browser.open(f"{address}/?lang=en", scheme=scheme)
    browser.run("document.querySelectorAll('details').forEach(part => part.open = true)")
    seen, poor = browser.run(CONTRAST)
    assert seen > 100
    assert poor == []
    ground = browser.run("return getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
    assert (sum(ground) < 200) == (scheme == "dark")


def test_it_works_without_javascript(browser: Browser, address: str) -> None:
    browser.command("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.open(f"{address}/?lang=en")
        assert browser.text("noscript a") == "Reload for new figures"
        assert not browser.one("#pause").is_displayed()
        Select(browser.one("#period")).select_by_value("24h")
        browser.one("#filter button").click()
        browser.reads(".answer", "in the last 24 hours")
        assert "period=24h" in browser.driver.current_url
        browser.one("#consent-legend summary").click()
        assert browser.one("#consent-legend dl").is_displayed()
    finally:
        browser.command("Emulation.setScriptExecutionDisabled", {"value": False})


def test_the_door_opens_to_the_token_and_closes_again(browser: Browser, traffic: Traffic) -> None:
    with serving(traffic, token="the-right-token") as guarded:
        browser.open(f"{guarded}/?lang=en&period=15m")
        assert browser.run("return document.activeElement.id") == "token"
        browser.one("#token").send_keys("the-wrong-token", Keys.ENTER)
        browser.reads("#wrong", "That is not the token")
        browser.one("#token").send_keys("the-right-token", Keys.ENTER)
        browser.reads("h1", "Marketing events of Maison Lumière")
        assert browser.driver.current_url == f"{guarded}/?lang=en&period=15m"
        assert browser.run("return document.cookie") == ""
        browser.wait("the first refresh", "return performance.getEntriesByType('resource').length > 3")
        assert browser.text("#pulse") == "Live"
        browser.one("form[action='/sign-out'] button").click()
        browser.reads("h1", "Sign in")


ON_CALL = {
    "English": ("en", "Gate closed: Order completed", "Closed", "spent"),
    "French": ("fr", "Porte fermée : Order completed", "Fermée", "épuisé"),
}


@pytest.mark.parametrize(("lang", "notice", "closed", "spent"), ON_CALL.values(), ids=ON_CALL)
@pytest.mark.parametrize("width", [360, 1280])
def test_who_is_on_call_sees_what_closed_whose_it_is_and_where_to_read_on(
    browser: Browser, address: str, lang: str, notice: str, closed: str, spent: str, width: int
) -> None:
    browser.open(f"{address}/?lang={lang}", width=width)
    said = browser.text(".notices")
    assert notice in said and "Camille Laurent" in said and "Nadia Benali" in said
    assert browser.text("#gates-table tbody tr:first-child .badge") == closed
    incident = "#incidents-table tbody tr:first-child"
    assert "41" in browser.text(incident) and "type:$.total" in browser.text(incident)
    runbook = browser.one(f"{incident} td:last-child a").get_attribute("href")
    assert runbook == "https://runbooks.maison-lumiere.example/order-completed"
    assert browser.text("#budgets-table tbody tr:first-child .badge") == spent
