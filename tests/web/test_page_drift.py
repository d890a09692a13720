"""Drift on the page and in the API: what, where, how often, since when, and what would admit it."""

import json

import pytest
from fabricated_company import NOW, busy_hour, catalog, newest, readings
from page_client import Outline, view, visiting

from observer.messages import LANGUAGES, Lang, say
from observer.web.drift_table import drift_table
from observer.windows.summary import Choice, summarise


def test_each_row_says_what_where_how_often_and_what_to_do() -> None:
    shown = summarise(catalog(), readings(busy_hour(), (), newest()), Choice(), NOW)
    event, undeclared, type_ = [
        [" | ".join(filter(None, (cell.text, *(note.text for note in cell.notes)))) for cell in row]
        for row in drift_table(shown, "en", "caption").rows
    ]
    assert undeclared[:5] == [
        "Undeclared property | name 9c1d2e3f4a5b",
        "$.products[*].* | Order completed | Web shop | Marketing: Camille Laurent | IT: Nadia Benali",
        "string",
        "30 | 14.9 an hour",
        "75\u00a0%",
    ]
    assert undeclared[7] == (
        "observer contract infer --dialect segment --update schemas/contracts/order-completed.odcs.yaml EVENTS"
    )
    assert type_[:2] == [
        "Undeclared type",
        "$.total | Order completed | Web shop | Marketing: Camille Laurent | IT: Nadia Benali",
    ]
    assert event[0].startswith("Undeclared event") and event[4] == "–"
    assert event[7] == "observer contract infer --dialect segment EVENTS"


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_the_page_shows_it(lang: Lang) -> None:
    async with visiting(view()) as client:
        page = Outline(await (await client.get(f"/?lang={lang}")).text())
    assert "drift-table" in {element.attributes.get("id") for element in page.elements}
    assert say("page.note.drift", lang) in page.text


async def test_the_api_says_the_same() -> None:
    async with visiting(view()) as client:
        drift = json.loads(await (await client.get("/api/summary")).text())["drift"]
    assert [(one["contract"], one["kind"], one["share"]) for one in drift] == [
        (None, "event", None), ("order-completed", "property", 0.75), ("order-completed", "type", 0.025),
    ]  # fmt: skip
