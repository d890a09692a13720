"""A report in SARIF 2.1.0, which code hosts show beside the files.

Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".
"""

import json
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from observer import __version__
from observer.check.report import Found, Report
from observer.check.wording import code_of, mending, told
from observer.messages import Lang, say
from observer.model import Verdict, ViolationKind

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_PARTS: Final = ("what", "example", "mend")
_LEVELS: Final[Mapping[Verdict, str]] = {Verdict.UNKNOWN_CONTRACT: "warning"}
"""Everything else is an error: an event that nobody signed for may be right all the same."""
_INDEX: Final = {kind.value: number for number, kind in enumerate(ViolationKind)}


def as_sarif(report: Report, lang: Lang = "en") -> str:
    """Returns the report as one JSON object."""
    driver = {
        "name": "observer check",
        "semanticVersion": __version__,
        "rules": [_rule(kind, lang) for kind in ViolationKind],
    }
    invocation = {
        "executionSuccessful": not report.problems,
        "toolExecutionNotifications": [
            {"level": "error", "message": {"text": _escaped(problem.told(lang))}}
            for problem in report.problems
        ],
    }
    run = {
        "tool": {"driver": driver},
        "invocations": [invocation],
        "language": lang,
        "columnKind": "unicodeCodePoints",
        "results": [_result(found, lang) for found in report.findings],
        "properties": {
            "events": report.events,
            "verdicts": {verdict.value: number for verdict, number in report.verdicts.items()},
            "omitted": report.omitted,
        },
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rule(kind: ViolationKind, lang: Lang) -> dict[str, Any]:
    what, example, mend = (say(f"explain.{kind.value}.{part}", lang) for part in _PARTS)
    return {
        "id": kind.value,
        "shortDescription": {"text": say(f"kind.{kind.value}", lang)},
        "fullDescription": {"text": _escaped(what)},
        "help": {"text": _escaped(f"{what}\n\n{example}\n\n{mend}")},
    }


def _result(found: Found, lang: Lang) -> dict[str, Any]:
    finding = found.finding
    said = f"{told(finding, lang)}. {mending(finding, lang)}"
    return {
        "ruleId": code_of(finding),
        "ruleIndex": _INDEX[code_of(finding)],
        "level": _LEVELS.get(found.verdict, "error"),
        "message": {"text": _escaped(said)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _address(found.file)},
                    "region": {"startLine": found.line},
                }
            }
        ],
        "properties": {
            "event": found.event,
            "source": found.source,
            "dialect": found.dialect,
            "verdict": found.verdict.value,
            "contract": found.contract,
            "rule": finding.rule,
            "path": finding.path,
        },
    }


def _address(file: str) -> str:
    return f"file://{quote(file)}" if file.startswith("/") else quote(file)


def _escaped(text: str) -> str:
    """Braces stand for placeholders in a message (section 3.11.5), so those of a pattern are doubled."""
    return text.replace("{", "{{").replace("}", "}}")
