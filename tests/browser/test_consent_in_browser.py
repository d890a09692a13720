"""A decision explained in a real browser: pasted, read in plain words, on a wide and on a narrow screen."""

from collections.abc import Iterator

import pytest
from page_in_browser import Browser, Traffic, browsing, serving
from selenium.webdriver.support.select import Select

from observer.catalog import Catalog

pytestmark = pytest.mark.browser

SPOKEN = {
    "en": ("Criteo may not use the event: the person refused.", "The category “advertising” (segment)"),
    "fr": ("Criteo ne peut pas utiliser l’événement : la personne a refusé.", "La catégorie « advertising » (segment)"),
}  # fmt: skip
PASTED = '{"categoryPreferences": {"advertising": false}}'


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing() as opened:
        yield opened


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("lang", SPOKEN)
def test_a_pasted_choice_is_explained(browser: Browser, catalog: Catalog, lang: str, width: int) -> None:
    verdict, step = SPOKEN[lang]
    with serving(Traffic(), company=catalog) as address:
        browser.open(f"{address}/consent?lang={lang}", width=width)
        browser.one("#text").send_keys(PASTED)
        Select(browser.one("#source")).select_by_value("web-shop")
        Select(browser.one("#destination")).select_by_value("criteo")
        browser.one(".explain button").click()
        browser.reads(".verdict", verdict)
        assert step in browser.text(".steps")
        assert browser.one("#text").get_attribute("value") == ""
        assert browser.run("return document.documentElement.scrollWidth <= innerWidth")
        assert browser.complaints() == []
