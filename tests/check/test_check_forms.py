"""A report for people, and in the three forms that machines read."""

import json
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

import jsonschema_rs
import pytest

from observer.check import Report
from observer.check.json_form import as_json
from observer.check.judge import UNREAD, Judged, Place
from observer.check.junit import as_junit
from observer.check.sarif import as_sarif
from observer.check.text_form import findings, summary
from observer.check.wording import mending, term, told
from observer.errors import Problem, literal
from observer.messages import LANGUAGES, Words, catalogue, say
from observer.model import Finding, Verdict, ViolationKind

TOTAL = Finding(ViolationKind.TYPE_MISMATCH, "type:$.total", "$.properties.total", "number", "string")
ORDER_ID = Finding(
    ViolationKind.WRONG_FORMAT,
    "pattern:$.order_id",
    "$.properties.order_id",
    "pattern ^ML-[0-9]{8}$",
    "string",
)
CUT = Finding(ViolationKind.UNDECODABLE, "decode:not_json", "$", "JSON", "truncated JSON")
UNCLAIMED = Finding(
    ViolationKind.UNEXPECTED_EVENT, "event", "$", "an event that a contract claims", "an undeclared event"
)


def judged(
    *places: Place, valid: int = 0, further: Mapping[tuple[str, str, str], int] | None = None
) -> Judged:
    verdicts = {verdict: sum(place.verdict is verdict for place in places) for verdict in Verdict}
    verdicts[Verdict.VALID] += valid
    return Judged(0, sum(verdicts.values()), verdicts, [""] * (len(places) + valid), places, further or {})


def invalid(line: int, event: int, of: int, *found: Finding) -> Place:
    return Place(line - 1, line, event, of, Verdict.INVALID, "order-completed", found)


@pytest.fixture
def report() -> Report:
    """Two files with findings, one of them with more than are listed, a clean one, and one that was torn."""
    report = Report(200_000, 5)
    report.begin("a.ndjson", "web-shop", "segment")
    report.add(
        judged(
            invalid(3, 0, 1, TOTAL, ORDER_ID),
            Place(UNREAD, 4, 1, 3, Verdict.UNDECODABLE, "_none", (CUT,)),
            valid=1_200,
        )
    )
    report.begin("b\x01 é<&>.json", "any ga4", "ga4")
    report.add(judged(Place(0, 1, 0, 0, Verdict.UNKNOWN_CONTRACT, "_none", (UNCLAIMED,)), valid=1))
    report.add(judged(invalid(1, 1, 0, TOTAL), invalid(2, 2, 0, TOTAL)))
    report.begin("clean.tsv", "magazine", "snowplow_enriched")
    report.add(judged(valid=2))
    report.problems.append(Problem("torn.gz", Words("check.readable"), literal("CRC check failed\x02")))
    return report


def test_the_text_says_where_what_and_once_a_file_how_to_mend_it(report: Report) -> None:
    mend = "  How to mend it: "
    assert list(findings(report, "en")) == [
        "a.ndjson:3: type_mismatch (order-completed): $.properties.total: expected number, got string",
        mend + say("explain.type_mismatch.mend"),
        "a.ndjson:3: wrong_format (order-completed): $.properties.order_id: expected pattern ^ML-[0-9]{8}$, got a string that differs",
        mend + say("explain.wrong_format.mend"),
        "a.ndjson:4 (event 2): undecodable: $: expected JSON, got truncated JSON; nothing could be read",
        mend + say("decoding.not_json") + " " + say("check.mend_undecodable"),
        "b\x01 é<&>.json:1 (event 1): unexpected_event: $: expected an event that a contract claims, got an undeclared event",
        mend + say("explain.unexpected_event.mend"),
        "b\x01 é<&>.json:1 (event 4): type_mismatch (order-completed): $.properties.total: expected number, got string",
        mend + say("explain.type_mismatch.mend"),
    ]


def test_what_is_mended_in_one_way_is_told_once_a_file() -> None:
    report = Report(9, 9)
    for file in ("a.ndjson", "b.ndjson"):
        report.begin(file, "web-shop", "segment")
        report.add(judged(invalid(1, 0, 1, TOTAL), invalid(2, 0, 1, TOTAL)))
    mends = ["How to mend it" in said for said in findings(report, "en")]
    assert mends == [False, True, False, False, True, False]


def test_a_report_is_clean_where_every_file_is() -> None:
    report = Report(9, 9)
    for place in ((), (invalid(1, 0, 1, TOTAL),), ()):
        report.begin("a", "web-shop", "segment")
        before = report.clean
        report.add(judged(*place, valid=1))
        assert report.clean is (before and not place)
    assert not report.clean


def test_the_summary_counts_and_names_the_worst(report: Report) -> None:
    assert list(summary(report, "en")) == [
        "Files: 3, events: 1,208, findings: 6.",
        "  Undecodable: 1, Unknown contract: 1, Invalid: 3, Valid: 1,203",
        "Judged as events of: web-shop (segment), any ga4 (ga4), magazine (snowplow_enriched).",
        "Rules that broke most:",
        "  3 × type:$.total (order-completed)",
        "  1 × decode:not_json (no contract)",
        "  1 × event (no contract)",
        "  1 × pattern:$.order_id (order-completed)",
        "`observer explain CODE` says more about a finding, as in `observer explain type_mismatch`.",
        "Counted, not listed: 1 findings. --limit lists more.",
    ]


def test_people_read_it_in_french(report: Report) -> None:
    assert next(findings(report, "fr")) == (
        "a.ndjson:3: type_mismatch (order-completed): $.properties.total : attendu : nombre ; reçu : texte"
    )
    assert next(summary(report, "fr")) == "Fichiers : 3, événements : 1\u202f208, constats : 6."


def test_json_holds_all_of_it(report: Report) -> None:
    told_ = json.loads(as_json(report))
    assert list(told_) == ["files", "events", "verdicts", "rules", "findings", "omitted", "problems"]
    assert told_["files"][1] == {
        "file": "b\x01 é<&>.json", "source": "any ga4", "dialect": "ga4", "events": 4,
        "verdicts": {"unknown_contract": 1, "invalid": 2, "valid": 1}, "findings": 3,
    }  # fmt: skip
    assert list(told_["verdicts"]) == [verdict.value for verdict in Verdict]
    assert sum(told_["verdicts"].values()) == told_["events"] == 1_208
    assert told_["rules"][0] == {
        "contract": "order-completed",
        "rule": "type:$.total",
        "kind": "type_mismatch",
        "findings": 3,
    }
    assert told_["findings"][0] == {
        "file": "a.ndjson", "line": 3, "event": 1, "source": "web-shop", "dialect": "segment", "verdict": "invalid",
        "contract": "order-completed", "kind": "type_mismatch", "rule": "type:$.total", "path": "$.properties.total",
        "expected": "number", "came": "string", "message": "$.properties.total: expected number, got string",
    }  # fmt: skip
    assert (len(told_["findings"]), told_["omitted"]) == (5, 1)
    assert told_["problems"][0]["message"].startswith(
        "torn.gz: expected an input that can be read to its end"
    )


def test_json_differs_by_language_in_messages_alone(report: Report) -> None:
    english, french = json.loads(as_json(report, "en")), json.loads(as_json(report, "fr"))
    for one in (english, french):
        for said in one["findings"] + one["problems"]:
            del said["message"]
    assert english == french


def test_junit_fails_one_case_for_each_event_and_one_for_what_is_not_listed(report: Report) -> None:
    suites = ElementTree.fromstring(as_junit(report))
    told_ = [
        (suite.get("name"), [(case.get("name"), [outcome.tag for outcome in case]) for case in suite])
        for suite in suites
    ]
    assert told_ == [
        (
            "a.ndjson",
            [
                ("events that are right: 1200", []),
                ("line 3, event 1", ["failure"]),
                ("line 4, event 2", ["failure"]),
            ],
        ),
        (
            "b\ufffd é<&>.json",
            [
                ("events that are right: 1", []),
                ("line 1, event 1", ["failure"]),
                ("line 1, event 4", ["failure"]),
                ("findings that are not listed: 1", ["failure"]),
            ],
        ),
        ("clean.tsv", [("events that are right: 2", [])]),
        ("torn.gz", [("read to its end", ["error"])]),
    ]
    failure = suites.find("testsuite/testcase/failure")
    assert failure is not None and failure.text is not None
    assert failure.get("type") == "invalid"
    assert failure.get("message") == "$.properties.total: expected number, got string"
    assert "pattern ^ML-[0-9]{8}$" in failure.text and say("explain.wrong_format.mend") in failure.text


def test_junit_tells_once_a_case_what_is_mended_in_one_way() -> None:
    report = Report(9, 9)
    report.begin("a", "web-shop", "segment")
    tax = Finding(ViolationKind.TYPE_MISMATCH, "type:$.tax", "$.properties.tax", "number", "string")
    report.add(judged(invalid(1, 0, 1, TOTAL, tax)))
    failure = ElementTree.fromstring(as_junit(report)).find("testsuite/testcase/failure")
    assert failure is not None and failure.text is not None
    assert failure.text.split("\n") == [told(TOTAL, "en"), mending(TOTAL, "en"), told(tax, "en")]


def test_junit_counts_what_it_holds(report: Report) -> None:
    suites = ElementTree.fromstring(as_junit(report))
    assert suites.tag == "testsuites"
    for holder in (suites, *suites):
        assert {name: holder.get(name) for name in ("tests", "failures", "errors")} == {
            "tests": str(len(list(holder.iter("testcase")))),
            "failures": str(len(list(holder.iter("failure")))),
            "errors": str(len(list(holder.iter("error")))),
        }
    for suite in suites:
        assert suite.tag == "testsuite" and suite.get("name")
        names = [case.get("name") for case in suite]
        assert len(set(names)) == len(names)
        assert {case.get("classname") for case in suite} == {suite.get("name")}


TEXT: dict[str, Any] = {
    "type": "object",
    "required": ["text"],
    "properties": {"text": {"type": "string", "minLength": 1}},
}
SARIF: dict[str, Any] = {
    "type": "object",
    "required": ["version", "runs", "$schema"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array", "minItems": 1, "items": {
                "type": "object",
                "required": ["tool", "results"],
                "properties": {
                    "tool": {"type": "object", "required": ["driver"], "properties": {"driver": {
                        "type": "object", "required": ["name", "rules"], "properties": {"rules": {
                            "type": "array", "minItems": 9, "items": {
                                "type": "object", "required": ["id", "shortDescription", "help"],
                                "properties": {"shortDescription": TEXT, "fullDescription": TEXT, "help": TEXT},
                            },
                        }},
                    }}},
                    "invocations": {"type": "array", "items": {
                        "type": "object", "required": ["executionSuccessful"],
                        "properties": {"toolExecutionNotifications": {"type": "array", "items": {
                            "type": "object", "required": ["message"], "properties": {"message": TEXT},
                        }}},
                    }},
                    "results": {"type": "array", "items": {
                        "type": "object",
                        "required": ["ruleId", "ruleIndex", "level", "message", "locations"],
                        "properties": {
                            "level": {"enum": ["none", "note", "warning", "error"]},
                            "message": TEXT,
                            "locations": {"type": "array", "minItems": 1, "items": {
                                "type": "object", "required": ["physicalLocation"], "properties": {"physicalLocation": {
                                    "type": "object", "required": ["artifactLocation", "region"], "properties": {
                                        "artifactLocation": {
                                            "type": "object", "required": ["uri"],
                                            "properties": {"uri": {"type": "string", "format": "uri-reference"}},
                                        },
                                        "region": {
                                            "type": "object", "required": ["startLine"],
                                            "properties": {"startLine": {"type": "integer", "minimum": 1}},
                                        },
                                    },
                                }},
                            }},
                        },
                    }},
                },
            },
        },
    },
}  # fmt: skip
"""What SARIF 2.1.0 demands of the parts that are written, and what code hosts need to show a result."""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sarif_has_the_structure_that_code_hosts_read(report: Report, lang: Any) -> None:
    written = json.loads(as_sarif(report, lang))
    jsonschema_rs.validator_for(SARIF, validate_formats=True).validate(written)
    [run] = written["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == [kind.value for kind in ViolationKind]
    assert [rules[result["ruleIndex"]] for result in run["results"]] == [
        result["ruleId"] for result in run["results"]
    ]
    assert run["invocations"][0]["executionSuccessful"] is False


def test_sarif_places_and_grades_each_result(report: Report) -> None:
    results = json.loads(as_sarif(report))["runs"][0]["results"]
    places = [result["locations"][0]["physicalLocation"] for result in results]
    encoded = "b%01%20%C3%A9%3C%26%3E.json"
    assert [(place["artifactLocation"]["uri"], place["region"]["startLine"]) for place in places] == [
        ("a.ndjson", 3), ("a.ndjson", 3), ("a.ndjson", 4), (encoded, 1), (encoded, 1),
    ]  # fmt: skip
    assert [result["level"] for result in results] == ["error", "error", "error", "warning", "error"]
    # Braces would be placeholders otherwise.
    assert "pattern ^ML-[0-9]{{8}}$" in results[1]["message"]["text"]


def test_an_absolute_file_has_an_absolute_address() -> None:
    report = Report(9, 9)
    report.begin("/data/é.json", "web-shop", "segment")
    report.add(judged(invalid(1, 0, 1, TOTAL)))
    [result] = json.loads(as_sarif(report))["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "file:///data/%C3%A9.json"


def test_nothing_found_is_told_in_every_form() -> None:
    report = Report(9, 9)
    report.begin("clean.tsv", "magazine", "snowplow_enriched")
    report.add(judged(valid=2))
    assert list(findings(report, "en")) == []
    assert list(summary(report, "en")) == [
        "Files: 1, events: 2, findings: 0.", "  Valid: 2", "Judged as events of: magazine (snowplow_enriched).",
    ]  # fmt: skip
    assert json.loads(as_json(report))["findings"] == []
    assert ElementTree.fromstring(as_junit(report)).get("failures") == "0"
    assert json.loads(as_sarif(report))["runs"][0]["results"] == []


@pytest.mark.parametrize("kind", ViolationKind)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_kind_can_be_told_and_mended(kind: ViolationKind, lang: Any) -> None:
    finding = Finding(
        kind, "decode:unrecognised" if kind is ViolationKind.UNDECODABLE else "r", "$.a", "b", "c"
    )
    assert "$.a" in told(finding, lang)
    assert len(mending(finding, lang)) > 10


def test_what_could_not_be_read_and_expects_nothing_tells_its_reason() -> None:
    bare = Finding(ViolationKind.UNDECODABLE, "decode:too_large", "$", "", "")
    assert told(bare, "en") == f"$: {say('decoding.too_large')}"


TERMS = {
    "a kind": ("string", "texte"),
    "a term with a value": ("at least 3 characters", "au moins 3 caractères"),
    "a list": ("one of EUR, CHF", "une valeur parmi EUR, CHF"),
    "a term of the schema language": (">= 0", ">= 0"),
    "part of a term": ("stringent", "stringent"),
    "an old version": ("a version that has ended", "une version qui a pris fin"),
    "versions": ("one of the versions 2.1.0, 1.4.0", "une des versions 2.1.0, 1.4.0"),
}


@pytest.mark.parametrize(("english", "french"), TERMS.values(), ids=TERMS)
def test_terms_in_french(english: str, french: str) -> None:
    assert term(english, "fr") == french
    assert term(english, "en") == english


def test_no_two_terms_are_the_same() -> None:
    terms = [text.en for code, text in catalogue().items() if code.startswith("check.term.")]
    assert len(set(terms)) == len(terms)
