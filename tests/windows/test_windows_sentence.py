"""Numbers in sentences, in both languages."""

import re

import pytest

from observer.catalog import Purpose
from observer.messages import Lang
from observer.model import ConsentState
from observer.windows.sentence import channel_title, consent_sentence
from observer.windows.summary import Choice
from observer.windows.usable import ConsentLine

ADVERTISING = Purpose("advertising", "Advertising", "Publicité")


def line(channel: str, states: dict[str, int]) -> ConsentLine:
    return ConsentLine(channel, "advertising", {state: states.get(state, 0) for state in ConsentState})


FULL = {"granted": 7918, "denied": 2237, "missing": 1492, "expired": 497, "malformed": 162, "unknown": 124}

CASES: dict[str, tuple[ConsentLine, str, Lang, str]] = {
    "every state, in English": (
        line("app", FULL),
        "1h",
        "en",
        "Of 12,430 app events in the last hour that need consent, 63.7 % may serve advertising; "
        "18 % refused, 12 % no choice yet, 4 % an expired choice, 1.3 % an unreadable signal, "
        "1 % could not be judged.",
    ),
    "every state, in French": (
        line("app", FULL),
        "1h",
        "fr",
        "Sur 12 430 événements de l’application enregistrés au cours de la dernière heure et soumis à "
        "consentement, 63,7 % peuvent servir la finalité « publicité » ; 18 % ont essuyé un refus, "
        "12 % sont sans choix à ce jour, 4 % reposent sur un choix expiré, 1,3 % portent un signal illisible, "
        "1 % n’ont pas pu être jugés.",
    ),
    "all channels, all granted": (
        line("", {"granted": 20}),
        "24h",
        "en",
        "Of 20 events in the last 24 hours that need consent, 100 % may serve advertising.",
    ),
    "one event needs": (
        line("web", {"denied": 1}),
        "15m",
        "en",
        "Of 1 web event in the last 15 minutes that needs consent, 0 % may serve advertising; 100 % refused.",
    ),
    "one event, in French": (
        line("web", {"granted": 1}),
        "7d",
        "fr",
        "Sur 1 événement du web enregistré au cours des 7 derniers jours et soumis à consentement, "
        "100 % peut servir la finalité « publicité ».",
    ),
    "exempt and not concerned stand apart": (
        line("app", {"granted": 3, "denied": 1, "exempt": 1, "not_applicable": 2310}),
        "1h",
        "en",
        "Of 4 app events in the last hour that need consent, 75 % may serve advertising; 25 % refused. "
        "1 more event is exempt from consent. 2,310 more events are not concerned.",
    ),
    "no event": (line("app", {}), "1h", "en", "No app event in the last hour needed consent for advertising."),
    "no event, in French": (
        line("", {}),
        "1h",
        "fr",
        "Aucun événement au cours de la dernière heure n’avait besoin d’un consentement pour la finalité "
        "« publicité ».",
    ),
    "exempt only": (
        line("store", {"exempt": 12}),
        "1h",
        "fr",
        "Aucun événement des magasins au cours de la dernière heure n’avait besoin d’un consentement pour la "
        "finalité « publicité ». 12 autres événements sont exemptés de consentement.",
    ),
    "a channel of the company's own word": (
        line("call-centre", {"granted": 2}),
        "1h",
        "fr",
        "Sur 2 événements du canal « call-centre » enregistrés au cours de la dernière heure et soumis à "
        "consentement, 100 % peuvent servir la finalité « publicité ».",
    ),
    "a few of many are not none": (
        line("app", {"granted": 99_999, "malformed": 1}),
        "1h",
        "en",
        "Of 100,000 app events in the last hour that need consent, > 99.9 % may serve advertising; "
        "< 0.1 % an unreadable signal.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("given", "period", "lang", "text"), CASES.values(), ids=CASES)
def test_consent_sentence(given: ConsentLine, period: str, lang: Lang, text: str) -> None:
    said = consent_sentence(given, ADVERTISING, Choice(period), lang)
    assert re.sub("[\u00a0\u202f]", " ", said) == text


def test_no_line_may_break_before_a_percent_sign_or_inside_a_number() -> None:
    english = consent_sentence(line("app", FULL), ADVERTISING, Choice(), "en")
    french = consent_sentence(line("app", FULL), ADVERTISING, Choice(), "fr")
    assert "63.7\u00a0%" in english
    assert "12\u202f430" in french
    assert "63,7\u202f%" in french
    assert "«\u00a0publicité\u00a0»\u202f;" in french


def test_an_acronym_keeps_its_capitals_and_an_unknown_purpose_its_id() -> None:
    crm = Purpose("crm", "CRM", "CRM")
    assert "serve CRM" in consent_sentence(line("app", {"granted": 1}), crm, Choice(), "en")
    assert "serve advertising" in consent_sentence(line("app", {"granted": 1}), None, Choice(), "en")
    assert channel_title("call-centre", "en") == "call-centre"
