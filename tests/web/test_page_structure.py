"""The page's HTML holds what keyboards, screen readers and a strict browser need."""

import itertools
import re
from importlib import resources
from typing import get_args

import pytest
from fabricated_company import NOW, budgets, busy_hour, catalog, found, newest, readings
from page_client import Outline, view, visiting

from observer.catalog import Catalog
from observer.consent.contradictions import Contradiction
from observer.consent.outcome import Choice as Chosen
from observer.messages import LANGUAGES, catalogue, say
from observer.metrics import METRICS
from observer.model import STAGES, ConsentState, Verdict, ViolationKind
from observer.tools.sighting import TraceKind
from observer.web.cells import Segment, share_bar
from observer.web.sections import sections
from observer.web.version_table import version_table
from observer.windows.summary import PERIODS, Choice, summarise
from observer.windows.timing import DIRECTIONS


@pytest.fixture
async def page() -> Outline:
    async with visiting(view()) as client:
        return Outline(await (await client.get("/?lang=fr")).text())


def test_headings_descend_without_a_gap_and_the_first_is_alone(page: Outline) -> None:
    levels = [int(element.tag[1]) for element in page.elements if re.fullmatch("h[1-6]", element.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_there_is_one_of_each_landmark_and_the_rest_is_named(page: Outline) -> None:
    assert [len(page.of(tag)) for tag in ("main", "header", "footer")] == [1, 1, 1]
    for tag in ("nav", "section", "form"):
        assert all({"aria-label", "aria-labelledby"} & named.keys() for named in page.of(tag))


def test_every_table_has_a_caption_and_every_heading_a_scope(page: Outline) -> None:
    assert len(page.of("table")) == len(page.of("caption")) >= 8
    assert all(heading["scope"] in {"col", "row"} for heading in page.of("th"))


def test_every_control_has_a_label_and_every_identifier_is_unique(page: Outline) -> None:
    labels = {label["for"] for label in page.of("label")}
    controls = [*page.of("select"), *(field for field in page.of("input") if field.get("type") != "hidden")]
    assert {control["id"] for control in controls} == labels == {"period", "channel", "purpose"}
    names = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
    assert len(names) == len(set(names))


def test_what_refers_to_another_element_refers_to_one_that_is_there(page: Outline) -> None:
    there = {element.attributes.get("id") for element in page.elements}
    for element in page.elements:
        for attribute in ("aria-labelledby", "aria-describedby", "for"):
            assert set(element.attributes.get(attribute, "").split()) <= there
        if element.attributes.get("href", "").startswith("#"):
            assert element.attributes["href"][1:] in there


def test_every_picture_has_words_or_is_none_of_the_readers_concern(page: Outline) -> None:
    assert all("alt" in picture for picture in page.of("img"))
    assert all(picture["role"] == "img" for picture in page.of("svg"))
    assert len(page.of("title")) == 1 + len(page.of("svg")) - 1  # the chart is named by its caption


def test_only_the_headline_is_read_aloud_by_itself(page: Outline) -> None:
    assert [element.attributes["id"] for element in page.elements if "aria-live" in element.attributes] == [
        "said"
    ]


def test_nothing_is_inline_and_nothing_comes_from_elsewhere(page: Outline) -> None:
    for element in page.elements:
        assert element.tag != "style"
        assert not [name for name in element.attributes if name == "style" or name.startswith("on")]
        for attribute in ("src", "srcset", "action", "poster", "data"):
            assert element.attributes.get(attribute, "/").startswith("/")
    assert all(link["href"].startswith("/static/") for link in page.of("link"))
    static = resources.files("observer.web") / "static"
    for name in ("page.css", "live.js"):
        assert not re.search(r"https?:|//\w+\.|@import", (static / name).read_text())


def test_tables_have_as_many_cells_in_each_row_as_titles() -> None:
    for lang in LANGUAGES:
        shown = summarise(catalog(), readings(busy_hour(), [found(3)], newest()), Choice(), NOW, budgets())
        for section in sections(shown, catalog(), lang):
            for block in section.blocks:
                assert block.table.rows
                for row in block.table.rows:
                    assert len(row) == len(block.table.columns)


def test_every_column_has_a_title_and_an_explanation_and_names_a_metric_that_exists() -> None:
    shown = summarise(catalog(), readings(busy_hour(), [found(3)], newest()), Choice(), NOW, budgets())
    tables = [block.table for section in sections(shown, catalog(), "en") for block in section.blocks]
    # The example's contracts have one version each, so that their table is left out.
    tables.append(version_table(shown, "en", ""))
    columns = [column for table in tables for column in table.columns]
    for column in columns:
        assert {f"page.column.{column.name}", f"page.column.{column.name}.why"} <= catalogue().keys()
        assert column.metric is None or column.metric in METRICS
    titled = {code.split(".")[2] for code in catalogue() if code.startswith("page.column.")}
    assert titled == {column.name for column in columns}


WORDS = {
    "verdict": Verdict,
    "state": ConsentState,
    "kind": ViolationKind,
    "stage": STAGES,
    "direction": DIRECTIONS,
    "period": PERIODS,
    "in_period": PERIODS,
    "evidence": get_args(TraceKind),
    "contradiction": Contradiction,
    "choice": Chosen,
}


@pytest.mark.parametrize(("area", "codes"), WORDS.items(), ids=WORDS)
def test_every_code_that_the_page_can_meet_has_words(area: str, codes: list[str]) -> None:
    for lang in LANGUAGES:
        assert all(say(f"page.{area}.{code}", lang) for code in codes)


def test_a_company_that_declared_nothing_still_has_a_page() -> None:
    bare: Catalog = catalog()._replace(sources={}, tools={}, purposes={}, destinations={}, contracts={})
    shown = summarise(bare, readings({}), Choice(), NOW)
    assert shown.answer is None
    assert {section.answer for section in sections(shown, bare, "fr")} == {""}
    notes = {section.id: section.notes for section in sections(shown, bare, "fr")}
    assert notes["quality"] == (say("page.quality.none", "fr"),)


BARS = {
    "parts stand one after the other": ([10, 30, 60], [(0, 100), (100, 300), (400, 600)]),
    "what is small is still seen": ([1, 100_000], [(0, 1), (0, 1000)]),
    "nothing takes no room": ([5, 0, 5], [(0, 500), (500, 500)]),
}


@pytest.mark.parametrize(("counts", "segments"), BARS.values(), ids=BARS)
def test_a_bar(counts: list[int], segments: list[tuple[int, int]]) -> None:
    bar = share_bar([(f"part {count}", count, "good") for count in counts], "en")
    assert bar is not None
    assert bar.segments == tuple(Segment(start, width, "good") for start, width in segments)
    assert bar.label.count("part") == len(segments)
    assert share_bar([("none", 0, "good")], "en") is None
