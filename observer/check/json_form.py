"""A report as one JSON object. The same input gives the same bytes: it holds neither times nor counts of work."""

import json
from typing import Any

from observer.check.report import FileReport, Found, Report
from observer.check.wording import told
from observer.errors import Problem
from observer.messages import Lang, speak
from observer.model import Verdict


def as_json(report: Report, lang: Lang = "en") -> str:
    """Returns the report. lang: of `message`, all else is the same in every language."""
    return json.dumps(
        {
            "files": [_file(file) for file in report.files],
            "events": report.events,
            "verdicts": {verdict.value: number for verdict, number in report.verdicts.items()},
            "rules": [
                {"contract": contract, "rule": rule, "kind": kind, "findings": number}
                for contract, rule, kind, number in report.worst_rules()
            ],
            "findings": [_found(found, lang) for found in report.findings],
            "omitted": report.omitted,
            "problems": [_problem(problem, lang) for problem in report.problems],
        },
        ensure_ascii=False,
        indent=2,
    )


def _file(file: FileReport) -> dict[str, Any]:
    verdicts = {verdict.value: file.verdicts[verdict] for verdict in Verdict if file.verdicts[verdict]}
    return {
        "file": file.file,
        "source": file.source,
        "dialect": file.dialect,
        "events": file.events,
        "verdicts": verdicts,
        "findings": file.findings,
    }


def _found(found: Found, lang: Lang) -> dict[str, Any]:
    finding = found.finding
    return {
        "file": found.file,
        "line": found.line,
        "event": found.event,
        "source": found.source,
        "dialect": found.dialect,
        "verdict": found.verdict.value,
        "contract": found.contract,
        "kind": finding.kind.value,
        "rule": finding.rule,
        "path": finding.path,
        "expected": finding.expected,
        "came": finding.came,
        "message": told(finding, lang),
    }


def _problem(problem: Problem, lang: Lang) -> dict[str, Any]:
    return {
        "file": problem.place,
        "expected": speak(problem.expected),
        "got": speak(problem.got),
        "message": problem.told(lang),
    }
