"""`observer explain` knows every code that the product prints, as it prints it, in both languages."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from observer.catalog import Catalog
from observer.cli.explain import codes, explanations
from observer.consent.outcome import ConsentReason
from observer.contracts.quality import Metric
from observer.contracts.vocabulary import CONSTRAINTS
from observer.messages import LANGUAGES, Lang, catalogue, say, speak
from observer.model import ConsentState, Verdict, ViolationKind
from observer.sources.answers import Outcome
from observer.windows.gates import Outcome as WindowOutcome
from tests.cli.command_line import Shell

OBSERVER = Path(__file__).parents[2] / "observer"


def words_in(folder: str, pattern: str) -> set[str]:
    """What a pattern finds in the sources of a room."""
    files = [OBSERVER / folder] if folder.endswith(".py") else sorted((OBSERVER / folder).rglob("*.py"))
    return {word for file in files for word in re.findall(pattern, file.read_text("utf-8"))}


REASONS = words_in("dialects", r'Undecodable\(\s*"(\w+)"') | words_in("check", r'Undecodable\(\s*"(\w+)"')
RULE_WORDS = words_in("contracts/json_schema.py", r'"(\w+)", (?:kind|ViolationKind\.\w+), ?') | {
    "keys",
    *CONSTRAINTS,
}
DETAILS = words_in("sources/collector.py", r'detail="(\w+)"') | {
    code.rpartition(".")[2] for code in catalogue() if code.startswith("collector.answer.")
}
TOOL_STATES = {
    code.rpartition(".")[2] for code in catalogue() if code.startswith(("tools.state.", "tools.use."))
}
MALFORMED = {
    code.removeprefix("consent.malformed.") for code in catalogue() if code.startswith("consent.malformed.")
}
LISTED_REASONS = {code.removeprefix("decoding.") for code in catalogue() if code.startswith("decoding.")}


def printed() -> Iterator[str]:
    """Every code that /metrics, the page, the quarantine, the check and the collector can print."""
    yield from (kind.value for kind in ViolationKind)
    yield from (verdict.value for verdict in Verdict)
    yield from (state.value for state in ConsentState)
    yield from (f"consent_{state.value}" for state in ConsentState)
    yield from (reason.value for reason in ConsentReason)
    for reason in REASONS | LISTED_REASONS:
        yield from (reason, f"decode:{reason}")
    for word in RULE_WORDS:
        yield from (word, f"{word}:$.product_id")
    yield from ("event", "readable:$", "envelope:$.sentAt", "envelope:$.*")
    yield from TOOL_STATES
    yield from get_args(Outcome)
    yield from DETAILS
    yield from MALFORMED
    yield from (metric.value for metric in Metric)
    yield from (outcome.value for outcome in WindowOutcome)
    yield "gate"
    yield from ("_other", "_none")


def test_the_sources_were_read() -> None:
    """The patterns above would find nothing after a change of style, and then every test here would pass."""
    assert {"not_json", "tombstone", "no_type", "snowplow_bad_schema", "unrecognised"} <= REASONS
    assert {"type", "enum", "required", "unexpected", "format", "minLength"} <= RULE_WORDS
    assert {"bad_compression", "undeclared_origin", "undeclared_source", "unknown_app_id"} <= DETAILS
    assert {"declared", "observed", "undeclared", "idle", "unseen", "unseeable"} <= TOOL_STATES
    assert "truncated" in MALFORMED


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", sorted(set(printed())))
def test_every_code_that_is_printed_is_explained(code: str, lang: Lang) -> None:
    found = explanations(code)
    assert found, f"observer explain {code}: expected an explanation, got none"
    for one in found:
        for words in (one.what, one.example, one.mend):
            assert len(speak(words, lang)) > 3


@pytest.mark.parametrize("code", sorted(set(printed())))
def test_every_code_that_is_printed_is_listed(code: str) -> None:
    assert code.partition(":")[2] or code.startswith("consent_") or code in codes()


def test_every_code_that_is_listed_is_explained() -> None:
    assert [code for code in codes() if not explanations(code)] == []


def test_every_rule_of_the_example_is_explained_by_its_kind(catalog: Catalog) -> None:
    rules = {rule: kind for contract in catalog.contracts.values() for rule, kind in contract.rules.items()}
    assert len(rules) > 20
    unlike = {
        rule: kind
        for rule, kind in rules.items()
        if kind.value not in {one.name for one in explanations(rule)}
    }
    assert unlike == {}


MEANT = {
    "a rule, by its kind": ("required:$.order_id", ["missing_required"]),
    "a rule's word": ("enum", ["out_of_constraint"]),
    "a format, of a text and of a number": ("format:$.total", ["wrong_format", "out_of_constraint"]),
    "a rule of the envelope": ("envelope:$.sentAt", ["envelope"]),
    "a reason": ("no_type", ["decode_no_type"]),
    "a reason with its prefix": ("decode:no_type", ["decode_no_type"]),
    "a reason that the collector answers too": ("too_large", ["decode_too_large", "collector_too_large"]),
    "a reason that a consent signal may have too": (
        "not_json",
        ["decode_not_json", "consent_malformed.not_json"],
    ),
    "a reason with its prefix is no consent signal's": ("decode:not_json", ["decode_not_json"]),
    "a state of consent": ("expired", ["consent_expired"]),
    "a state of a tool": ("undeclared", ["tool_undeclared"]),
    "an answer of the collector": ("undeclared_origin", ["collector_undeclared_origin"]),
    "a name of docs/findings.md": ("decode_no_type", ["decode_no_type"]),
    "an unknown word": ("tombston", []),
    "an unknown word before a path": ("requird:$.x", []),
    "an unknown reason": ("decode:required", []),
}


@pytest.mark.parametrize(("code", "names"), MEANT.values(), ids=MEANT)
def test_a_code_means(code: str, names: list[str]) -> None:
    assert [one.name for one in explanations(code)] == names


def test_a_reason_says_what_the_finding_says_with_a_mend_of_its_own(shell: Shell) -> None:
    ran = shell("explain", "decode:tombstone", lang="fr")
    assert ran.code == 0
    assert say("decoding.tombstone", "fr") in ran.out
    assert "cleanup.policy=compact" in ran.out
    mends = {speak(one.mend) for reason in LISTED_REASONS for one in explanations(f"decode:{reason}")}
    assert len(mends) == len(LISTED_REASONS), "each reason is mended in its own way"


def test_several_meanings_are_told_apart(shell: Shell) -> None:
    told = shell("explain", "too_large").out.splitlines()
    assert [line for line in told if line.startswith("[")] == ["[decode_too_large]", "[collector_too_large]"]
    value = json.loads(shell("explain", "too_large", "--format", "json").out)
    assert (value["code"], [other["code"] for other in value["also"]]) == (
        "decode_too_large",
        ["collector_too_large"],
    )


def test_an_unknown_code_names_the_nearest(shell: Shell) -> None:
    ran = shell("explain", "tombston")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "explain: expected a code that `observer explain` lists, got `tombston`. Did you mean `tombstone`?\n"
    )
