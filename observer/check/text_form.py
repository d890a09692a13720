"""A report for people."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Final

from observer.check.report import Report
from observer.check.stand_ins import Unrecognised
from observer.check.wording import cause_of, code_of, mending, place_of, told
from observer.messages import Lang, say
from observer.metrics import NONE
from observer.windows.numbers import whole

_WORST: Final = 10
"""Rules that the summary names."""
_NAMED: Final = 12
"""Sources that it names."""


def findings(report: Report, lang: Lang) -> Iterator[str]:
    """Yields the lines on what was found. How to mend it follows what is the first of its cause in its file."""
    events = {file.file: file.events for file in report.files}
    known: set[tuple[str, str]] = set()
    for found in report.findings:
        finding = found.finding
        place = place_of(found, (found.of or events[found.file]) > 1, lang)
        whose = "" if found.contract == NONE else f" ({found.contract})"
        yield f"{place}: {code_of(finding)}{whose}: {told(finding, lang)}"
        cause = (found.file, cause_of(finding))
        if cause not in known:
            known.add(cause)
            yield say("check.mend", lang, mend=mending(finding, lang))


def summary(report: Report, lang: Lang) -> Iterator[str]:
    """Yields the lines that sum it up: counts, the rules that broke most, what was left out."""
    counts = {"files": len(report.files), "events": report.events, "findings": report.rules.total()}
    yield say("check.summary", lang, **{name: whole(number, lang) for name, number in counts.items()})
    verdicts = [
        say("check.count", lang, name=say(f"page.verdict.{verdict.value}", lang), number=whole(number, lang))
        for verdict, number in report.verdicts.items()
        if number
    ]
    if verdicts:
        yield f"  {', '.join(verdicts)}"
    judged = Counter(f"{file.source} ({file.dialect})" for file in report.files)
    names = ", ".join(name for name, _ in judged.most_common(_NAMED))
    yield say("check.judged_by", lang, sources=names + (", …" if len(judged) > _NAMED else ""))
    if report.rules:
        yield from _worst(report, lang)
    unrecognised = sum(file.dialect == Unrecognised.name for file in report.files)
    if unrecognised:
        yield say("check.unrecognised", lang, files=whole(unrecognised, lang))
    if report.omitted:
        yield say("check.omitted", lang, omitted=whole(report.omitted, lang))


def _worst(report: Report, lang: Lang) -> Iterator[str]:
    yield say("check.worst", lang)
    for contract, rule, _, number in islice(report.worst_rules(), _WORST):
        whose = say("check.no_contract", lang) if contract == NONE else contract
        yield say("check.rule", lang, number=whole(number, lang), rule=rule, contract=whose)
    if len(report.rules) > _WORST:
        yield say("check.further_rules", lang)
    _, _, kind, _ = next(report.worst_rules())
    yield say("check.explain", lang, code=kind)
