"""Gates, incidents and budgets on the page and in the API: who must act, on what, how urgent it is."""

import json
from typing import Any

import pytest
from fabricated_company import FRESH, NOW, UNIQUE, budgets, busy_hour, catalog, gates, newest, readings
from page_client import Outline, view, visiting

from observer.contracts.quality import Bound, Metric, QualityRule
from observer.messages import LANGUAGES, Lang, say
from observer.web.headline import headline
from observer.web.quality_tables import budgets_table, gates_table, incidents_table
from observer.windows.gate_words import rule_words
from observer.windows.gates import GateState, Outcome
from observer.windows.summary import Choice, Summary, summarise


def summary() -> Summary:
    return summarise(catalog(), readings(busy_hour(), (), newest()), Choice(), NOW, budgets())


def texts(table: Any) -> list[list[str]]:
    return [
        [" ".join(filter(None, (cell.badge, cell.text, *(note.text for note in cell.notes)))) for cell in row]
        for row in table.rows
    ]


RULES: dict[str, tuple[QualityRule, str, str]] = {
    "of a field": (
        UNIQUE, "Values that came before in $.order_id: less than 1\u00a0%", "Valeurs déjà venues dans $.order_id : moins de 1\u202f%",
    ),
    "of time": (FRESH, "Longest silence: at most 15\u00a0min", "Plus long silence : 15\u00a0min au plus"),
    "of earlier weeks": (
        UNIQUE._replace(metric=Metric.VOLUME, fields=(), weeks=4, bound=Bound("mustBeBetween", 50, 200)),
        "Volume against the usual of the same hour, over 4 weeks: between 50\u00a0% and 200\u00a0%",
        "Volume comparé à l’habituel de la même heure, sur 4 semaines : entre 50\u202f% et 200\u202f%",
    ),
    "of less than a percent": (
        UNIQUE._replace(metric=Metric.VALIDITY, fields=(), bound=Bound("mustBeLessOrEqualTo", 0.25)),
        "Events that break the contract: at most 0.25\u00a0%", "Événements qui enfreignent le contrat : 0,25\u202f% au plus",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("rule", "english", "french"), RULES.values(), ids=RULES)
def test_a_rule_is_said_in_words(rule: QualityRule, english: str, french: str) -> None:
    assert (rule_words(rule, "en"), rule_words(rule, "fr")) == (english, french)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_metric_operator_and_outcome_has_words(lang: Lang) -> None:
    from observer.contracts.quality import OPERATORS

    for metric in Metric:
        for operator in OPERATORS:
            assert rule_words(UNIQUE._replace(metric=metric, bound=Bound(operator, 1, 2)), lang)
    assert all(say(f"quality.outcome.{outcome}", lang) for outcome in Outcome)


def test_what_is_closed_comes_first_and_is_told_on_the_first_screen_with_its_owners() -> None:
    told = headline(summary(), catalog(), "en").notices
    assert any(
        "Gate closed: Order completed" in notice and "Camille Laurent" in notice and "Nadia Benali" in notice
        for notice in told
    )
    first, second = texts(gates_table(summary(), "en", "caption"))
    assert first[1].startswith("Closed since 2026-11-18 09:00")
    assert first[2] == "4.25\u00a0% 21 of 494"
    assert second[1:3] == ["Open", "2\u00a0min 40"]


def test_an_incident_says_whose_it_is_what_it_hit_and_where_to_read_on() -> None:
    table = incidents_table(summary(), "fr", "caption")
    lasting, over, gone = texts(table)
    assert lasting[0].startswith("Fermée Order completed Valeurs déjà venues dans $.order_id")
    assert "order-completed · one-event-per-order · erreur" in lasting[0] and "Nadia Benali" in lasting[0]
    assert lasting[1:5] == [
        "18/11/2026 09:00 en cours",
        "41",
        "4,25\u202f%",
        "type:$.total Mauvais type × 41",
    ]
    assert table.rows[0][5].href.startswith("https://runbooks.")
    assert over[1] == "17/11/2026 10:00 17/11/2026 10:30" and over[3] == "45\u00a0min"
    assert gone[0].startswith("gone rowCount mustBeGreaterThan 0 rows"), "its contract is declared no more"


def test_a_budget_says_what_is_spent_how_long_it_lasts_and_what_broke_most() -> None:
    spent, burning, unknown = texts(budgets_table(summary(), "en", "caption"))
    assert spent[1:] == [
        "99.5\u00a0%",
        "200 of 10,000",
        "-300\u00a0%",
        "spent",
        "type:$.total Wrong type × 180",
    ]
    assert burning[3:5] == ["50\u00a0%", "2\u00a0h at the pace of the last hour"]
    assert unknown[3:] == ["too few events", "–", "–"]


def test_incidents_are_told_by_events() -> None:
    assert summary().quality.incidents_per_million == pytest.approx(3 / 10_020 * 1e6)


def test_a_gate_that_was_never_judged_counts_as_open() -> None:
    nothing = readings(busy_hour(), (), newest())._replace(gates=gates()._replace(states=(), latest=()))
    lines = summarise(catalog(), nothing, Choice(), NOW).quality.gates
    assert {line.state for line in lines} == {"undecided"}
    again = nothing._replace(gates=gates()._replace(states=(GateState("order-completed", "freshness", 0),)))
    states = {line.rule.gate: line.state for line in summarise(catalog(), again, Choice(), NOW).quality.gates}
    assert states == {"freshness": "open", "one-event-per-order": "undecided"}


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_the_page_shows_them(lang: Lang) -> None:
    async with visiting(view()) as client:
        page = Outline(await (await client.get(f"/?lang={lang}")).text())
    assert {"incidents-table", "gates-table", "budgets-table"} <= {
        element.attributes.get("id", "") for element in page.elements
    }
    assert say("page.quality.closed.one", lang, gates=2) in page.text


async def test_the_api_says_the_same() -> None:
    async with visiting(view()) as client:
        answer = json.loads(await (await client.get("/api/summary")).text())
    gate = answer["gates"][0]
    assert (gate["gate"], gate["state"], gate["asked"]) == (
        "one-event-per-order", "closed", "duplicateValues mustBeLessThan 1 percent",
    )  # fmt: skip
    assert (
        gate["last_window"]["outcome"] == "broken" and gate["owners"]["technical"]["name"] == "Nadia Benali"
    )
    lasting = answer["incidents"][0]
    assert (lasting["end"], lasting["events_hit"], lasting["top_rule"]) == (
        None,
        41,
        "type_mismatch/type:$.total",
    )
    assert [budget["remaining"] for budget in answer["budgets"]] == [-3.0, 0.5, None]
    assert answer["budgets"][1]["exhaustion_seconds"] == {"1h": 7200.0}
