"""Every sentence is there in both languages, says the same values, and every code that the sources name exists."""

import re
import string
from pathlib import Path

import pytest

from observer.messages import catalogue

TOP = Path(__file__).parents[2]


def names_in(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_both_languages_name_the_same_values(code: str) -> None:
    text = catalogue()[code]
    assert text.en.strip(), f"{code} says nothing in English"
    assert text.fr.strip(), f"{code} says nothing in French"
    assert names_in(text.en) == names_in(text.fr)


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_french_typography_uses_the_apostrophe_and_spaces_before_double_punctuation(code: str) -> None:
    french = re.sub(r"`[^`]*`|https?://\S+|\{[^}]*\}", "", catalogue()[code].fr)
    assert not re.search(r"\b[cdjlmnstCDJLMNST]'[a-zàâéèêëîïôûù]", french), (
        f"{code}: expected ’ in {french!r}"
    )
    assert not re.search(r"\w[!?;](\s|$)", french), f"{code}: expected a space before ! ? ; in {french!r}"


def test_every_code_named_in_the_sources_exists() -> None:
    """Codes are literals in `Words("...")` and `say("...")`: one that is not in the catalogue would fail for a user."""
    named = re.compile(r"""(?:Words|say)\(\s*"([a-z0-9_.]+)\"""")
    missing = {
        f"{file.relative_to(TOP)}: {code}"
        for file in sorted((TOP / "observer").rglob("*.py"))
        for code in named.findall(file.read_text(encoding="utf-8"))
        if code not in catalogue()
    }
    assert not missing
