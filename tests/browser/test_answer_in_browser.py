"""A marketing person asks: how much of last hour's app traffic may I use for advertising, and why not the rest?"""

import re
from collections.abc import Iterator

import pytest
from page_in_browser import Browser, Traffic, browsing, serving

pytestmark = pytest.mark.browser

ANSWERS = {
    "English": (
        "en",
        r"^Of [\d,]+ app events in the last hour that need consent, 64.4 % may serve advertising; "
        r"18.6 % refused, 17 % no choice yet\.$",
        r"[\d,]+ events went without a basis to Google Ads\.",
    ),
    "French": (
        "fr",
        r"^Sur [\d ]+ événements de l’application .*64,4 % peuvent servir la finalité « publicité » ; "
        r"18,6 % .* refus, 17 % .* sans choix",
        r"[\d ]+ événements sont partis sans base vers Google Ads\.",
    ),
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing() as opened:
        yield opened


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving(Traffic()) as served:
        yield served


def plain(text: str) -> str:
    """Returns the text with every kind of space as one."""
    return re.sub(r"\s", " ", text)


@pytest.mark.parametrize(("lang", "answer", "breach"), ANSWERS.values(), ids=ANSWERS)
def test_the_answer_is_read_in_one_look(
    browser: Browser, address: str, lang: str, answer: str, breach: str
) -> None:
    browser.open(f"{address}/?lang={lang}&channel=app&purpose=advertising")
    assert re.search(answer, plain(browser.text(".answer"))), browser.text(".answer")
    place = "const box = document.querySelector('.answer').getBoundingClientRect();"
    assert browser.run(place + "return box.top >= 0 && box.bottom <= window.innerHeight;")
    browser.open(f"{address}/?lang={lang}&purpose=advertising")
    assert re.search(breach, plain(browser.text(".notices")))


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_what_is_wrong_stands_open_and_what_it_means_unfolds(
    browser: Browser, address: str, lang: str
) -> None:
    browser.open(f"{address}/?lang={lang}")
    assert browser.run("return document.querySelectorAll('.table-breaches tbody tr').length") == 2
    for table in ("choices", "disagreements", "contradictions", "platforms", "measures"):
        shown = f"document.querySelector('.table-{table}').checkVisibility()"
        assert not browser.run(f"return {shown}"), table
        browser.run(f"document.querySelector('#{table}-more > summary').click()")
        assert browser.run(f"return {shown}"), table
    assert browser.complaints() == []
