"""docs/contracts.md speaks of every word that the code gives a meaning to."""

from pathlib import Path

import pytest

from observer.contracts import vocabulary
from observer.contracts.quality import OPERATORS, Metric

PAGE = (Path(__file__).parents[2] / "docs" / "contracts.md").read_text("utf-8")
WORDS = {
    *vocabulary.OPTIONS,
    *(option for options in vocabulary.OPTIONS.values() for option in options),
    *vocabulary.CHECKED_FORMATS,
    *vocabulary.TOLD_FORMATS,
    *vocabulary.NUMBER_RANGES,
    *vocabulary.ELEMENT_RANGES,
    *vocabulary.ROOT_PROPERTIES,
    *vocabulary.PROPERTY_PROPERTIES,
    *vocabulary.SERVICE_LEVEL_PROPERTIES,
    *vocabulary.QUALITY_PROPERTIES,
    *vocabulary.SERVICE_LEVELS,
    *OPERATORS,
    *Metric,
    vocabulary.MARKETING_OWNER,
    vocabulary.TECHNICAL_OWNER,
}


@pytest.mark.parametrize("word", sorted(WORDS))
def test_the_page_speaks_of(word: str) -> None:
    assert f"`{word}`" in PAGE
