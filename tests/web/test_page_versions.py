"""Versions on the page and in the API: who still sends which, and what is to be done."""

from dataclasses import replace

import pytest
from fabricated_company import NOW, catalog, newest, readings
from page_client import Outline, view, visiting

from observer.catalog import Catalog
from observer.contracts.compiled import Lifetime
from observer.messages import LANGUAGES, Lang
from observer.model import Rollup, RollupKey
from observer.web.sections import sections
from observer.web.version_table import version_table
from observer.windows.summary import Choice, Summary, summarise

ROLLUPS: dict[RollupKey, Rollup] = {
    ("contract", "order-completed", int(NOW // 60) - 5): {
        "version/2.0.0/web-shop": 90, "version/1.0.0/app": 9, "version/0.9.0/app": 2, "version/_other/tills": 1,
    },
    ("contract", "page-viewed", int(NOW // 60) - 5): {"version/1.0.0/web-shop": 500},
}  # fmt: skip


def several() -> Catalog:
    whole = catalog()
    order = whole.contracts["order-completed"]
    old = replace(order, version="1.0.0", lifetime=Lifetime(True, NOW + 86_400, NOW + 864_000, "2.0.0"))
    gone = replace(order, version="0.9.0", lifetime=Lifetime(end_of_life=NOW - 1))
    new = replace(order, version="2.0.0")
    head = replace(new, versions=(new, old, gone))
    return whole._replace(contracts={**whole.contracts, "order-completed": head})


def summary() -> Summary:
    return summarise(several(), readings(ROLLUPS, (), newest()), Choice(), NOW)


def test_who_sends_which_version_the_most_urgent_first() -> None:
    told = [
        (line.version, line.source, line.events, line.state, line.replaced_by) for line in summary().versions
    ]
    assert told == [
        ("_other", "tills", 1, "unknown", ""),
        ("0.9.0", "app", 2, "ended", ""),
        ("1.0.0", "app", 9, "deprecated", "2.0.0"),
        ("2.0.0", "web-shop", 90, "newest", ""),
    ]
    assert [line.ends for line in summary().versions] == [None, None, NOW + 86_400, None]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_shows_it_in_words(lang: Lang) -> None:
    table = version_table(summary(), lang, "caption")
    rows = [[cell.text for cell in row] for row in table.rows]
    assert (
        rows[2]
        == {
            "en": ["Order completed", "1.0.0", "Shopping app", "9", "deprecated"],
            "fr": ["Order completed", "1.0.0", "Shopping app", "9", "dépréciée"],
        }[lang]
    )
    assert [note.text for note in table.rows[2][4].notes][1] == {
        "en": "to be replaced by 2.0.0",
        "fr": "à remplacer par la 2.0.0",
    }[lang]
    drift = next(each for each in sections(summary(), several(), lang) if each.id == "drift")
    assert "versions" in {block.table.id for block in drift.blocks}


async def test_where_every_contract_has_one_version_nothing_is_shown() -> None:
    async with visiting(view()) as client:
        page = Outline(await (await client.get("/")).text())
        told = await (await client.get("/api/summary")).json()
    assert "versions-table" not in {element.attributes.get("id") for element in page.elements}
    assert told["versions"] == []
