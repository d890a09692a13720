"""Each measure says in both languages what it answers and what is divided by what, and counts what is exported."""

import pytest

from observer.glossary.measures import CONSENT, PARTS, Measure
from observer.messages import LANGUAGES, Lang, catalogue
from observer.metrics import METRICS


@pytest.mark.parametrize("measure", CONSENT, ids=lambda measure: measure.id)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_part_is_said(measure: Measure, lang: Lang) -> None:
    assert all(measure.told(part, lang) for part in PARTS)
    assert measure.told("question", lang).endswith("?")


def test_every_metric_is_exported_and_every_consent_metric_is_explained() -> None:
    counted = {metric.name for measure in CONSENT for metric in measure.counted}
    exported = {metric.name for metric in METRICS}
    assert counted <= exported
    named = {name for name in exported if name.startswith("martech_consent_")}
    assert {name for name in named - counted if "proof" not in name} == {"martech_consent_reviews_overdue"}


def test_no_text_is_left_over() -> None:
    told = {code.split(".")[1] for code in catalogue() if code.startswith("glossary.")}
    assert {measure.id for measure in CONSENT} <= told
