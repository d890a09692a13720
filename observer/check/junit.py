"""A report as JUnit XML: a test suite for each file, a failed test case for each event that is not right.

The format has no standard; this keeps to what the schema of Jenkins' xUnit plugin (junit-10) allows.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final
from xml.etree import ElementTree as Xml

from observer.check.report import FileReport, Found, Report
from observer.check.wording import mending, told
from observer.errors import Problem
from observer.messages import Lang, say

_NAME: Final = "observer check"
# All that XML 1.0 does not allow, written as a reference or not.
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REPLACEMENT: Final = "\ufffd"


def as_junit(report: Report, lang: Lang = "en") -> bytes:
    """Returns the report as UTF-8."""
    listed = _by_file(report.findings)
    problems = {problem.place: problem for problem in report.problems}
    suites = Xml.Element("testsuites", name=_NAME)
    for file in report.files:
        suites.append(_suite(file, listed.get(file.file, []), problems.pop(file.file, None), lang))
    for problem in problems.values():
        suites.append(_suite(FileReport(problem.place, "", ""), [], problem, lang))
    for count in ("tests", "failures", "errors"):
        suites.set(count, str(sum(int(suite.get(count, "0")) for suite in suites)))
    Xml.indent(suites)
    written: bytes = Xml.tostring(suites, encoding="utf-8", xml_declaration=True)
    return written


def _by_file(findings: Iterable[Found]) -> dict[str, list[Found]]:
    return {file: list(found) for file, found in groupby(findings, key=lambda found: found.file)}


def _suite(file: FileReport, listed: list[Found], problem: Problem | None, lang: Lang) -> Xml.Element:
    cases = list(_cases(file, listed, problem, lang))
    for case in cases:
        case.set("classname", _clean(file.file))
    suite = Xml.Element("testsuite", name=_clean(file.file))
    suite.set("tests", str(len(cases)))
    suite.set("failures", str(sum(case.find("failure") is not None for case in cases)))
    suite.set("errors", str(sum(case.find("error") is not None for case in cases)))
    suite.extend(cases)
    return suite


def _cases(
    file: FileReport, listed: list[Found], problem: Problem | None, lang: Lang
) -> Iterator[Xml.Element]:
    right = file.events - file.refused
    if right:
        yield Xml.Element("testcase", name=say("check.junit.right", lang, events=right))
    for (line, event), found in groupby(listed, key=lambda one: (one.line, one.event)):
        yield _failed(say("check.junit.wrong", lang, line=line, event=event), list(found), lang)
    if omitted := file.findings - len(listed):
        said = say("check.junit.omitted", lang, omitted=omitted)
        case = Xml.Element("testcase", name=said)
        Xml.SubElement(case, "failure", type="omitted", message=said)
        yield case
    if problem is not None:
        case = Xml.Element("testcase", name=say("check.junit.read", lang))
        Xml.SubElement(case, "error", type="unreadable", message=_clean(problem.told(lang)))
        yield case


def _failed(name: str, found: list[Found], lang: Lang) -> Xml.Element:
    case = Xml.Element("testcase", name=name)
    sentences = [told(one.finding, lang) for one in found]
    failure = Xml.SubElement(case, "failure", type=found[0].verdict.value, message=_clean(sentences[0]))
    mends = [mending(one.finding, lang) for one in found]
    lines = [line for pair in zip(sentences, mends, strict=True) for line in pair]
    failure.text = _clean("\n".join(dict.fromkeys(lines)))
    return case


def _clean(text: str) -> str:
    return _NOT_XML.sub(_REPLACEMENT, text)
