"""Every state, reason and refusal has its words, in both languages."""

import re

import pytest
from consent_examples import TOP

from observer.consent.formats import READERS
from observer.consent.malformed import malformed
from observer.consent.outcome import ConsentReason
from observer.messages import LANGUAGES, catalogue, say
from observer.model import ConsentState

STATES = {state.value for state in ConsentState}
RAISED = re.compile(r'(?:malformed\((?:kind|self\._kind|"[a-z0-9_]+"), |refuse\()"([a-z_]+)"')


def test_every_state_and_reason_has_words() -> None:
    for state in ConsentState:
        assert f"consent.state.{state.value}" in catalogue()
    for reason in ConsentReason:
        assert f"consent.reason.{reason.value}" in catalogue()


def test_every_state_and_reason_is_explained() -> None:
    codes = [f"consent_{state}" for state in STATES]
    codes += [reason.value for reason in ConsentReason if reason.value not in STATES]
    missing = [f"explain.{code}.{part}" for code in codes for part in ("what", "example", "mend")]
    assert [code for code in missing if code not in catalogue()] == []


def test_every_refusal_in_the_sources_has_words_and_every_words_a_refusal() -> None:
    sources = "\n".join(
        file.read_text(encoding="utf-8") for file in (TOP / "observer" / "consent").glob("*.py")
    )
    raised = set(RAISED.findall(sources)) | {"unknown_version", "core_missing", "core_not_first"}
    told = {code.rpartition(".")[2] for code in catalogue() if code.startswith("consent.malformed.")}
    assert raised == told


@pytest.mark.parametrize("kind", READERS)
def test_every_format_has_words(kind: str) -> None:
    error = malformed(kind, "truncated", "segments[0]")
    for lang in LANGUAGES:
        assert say(f"consent.format.{kind}", lang) in error.told(lang)


def test_refusal_names_format_reason_and_place_and_no_value() -> None:
    assert str(malformed("tcf", "truncated", "segments[0]")) == (
        "tcf: expected a TC string of the TCF 2, got a text that ends before its last field - at `segments[0]`"
    )
