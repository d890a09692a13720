"""Whether the logicalTypeOptions of one property hold together."""

from collections.abc import Mapping
from typing import Any

from observer.contracts import patterns, vocabulary
from observer.contracts.report import Place, Report, options, shown, word
from observer.contracts.temporal import Reader, reader
from observer.errors import literal, nearest
from observer.messages import Words

_LOWER = ("minimum", "exclusiveMinimum")
_UPPER = ("maximum", "exclusiveMaximum")


def check_options(kind: str, stated: Mapping[str, Any], at: Place, report: Report) -> None:
    """Tells `report` each option that a property of logicalType `kind` cannot have."""
    known = vocabulary.OPTIONS[kind]
    for name in stated:
        if name not in known:
            code = "contract.expected.option" if known else "contract.expected.no_option"
            expected = Words(code, {"type": kind, "options": literal(", ".join(known))})
            report.add((*at, name), expected, word(name), nearest(name, known))
    stated = {name: value for name, value in stated.items() if name in known}
    _counts(stated, at, report)
    if kind in vocabulary.NUMERIC:
        _bounds({name: stated[name] for name in (*_LOWER, *_UPPER) if name in stated}, stated, at, report)
    elif kind in vocabulary.TEMPORAL:
        _moments(kind, stated, at, report)
    elif kind == "string":
        _text(stated, at, report)


def _counts(stated: Mapping[str, Any], at: Place, report: Report) -> None:
    for name in vocabulary.COUNTS:
        if name in stated and stated[name] > vocabulary.LARGEST_COUNT:
            expected = Words("contract.expected.count", {"largest": vocabulary.LARGEST_COUNT})
            report.add((*at, name), expected, shown(stated[name]))
    for low, high in vocabulary.ORDERED:
        if low in stated and high in stated and stated[low] > stated[high]:
            expected = Words("contract.expected.at_most", {"name": high, "value": literal(stated[high])})
            report.add((*at, low), expected, shown(stated[low]))


def _bounds(moments: Mapping[str, Any], stated: Mapping[str, Any], at: Place, report: Report) -> None:
    """Tells where a lower bound leaves no room below an upper one. moments: what to compare, by option."""
    for low in _LOWER:
        for high in _UPPER:
            if low not in moments or high not in moments:
                continue
            strict = low != "minimum" or high != "maximum"
            if moments[low] > moments[high] or (strict and moments[low] == moments[high]):
                code = "contract.expected.less_than" if strict else "contract.expected.at_most"
                report.add(
                    (*at, low),
                    Words(code, {"name": high, "value": literal(stated[high])}),
                    shown(stated[low]),
                )


def _moments(kind: str, stated: Mapping[str, Any], at: Place, report: Report) -> None:
    found = reader(kind, stated.get("format"), stated.get("timezone"))
    if found is None:
        report.add((*at, "format"), Words(f"contract.expected.{kind}_format"), shown(stated.get("format")))
        return
    moments = {
        name: _moment(found, name, stated[name], at, report) for name in (*_LOWER, *_UPPER) if name in stated
    }
    _bounds({name: moment for name, moment in moments.items() if moment is not None}, stated, at, report)


def _moment(found: Reader, name: str, text: str, at: Place, report: Report) -> tuple[int, str] | None:
    moment = found.read(text)
    if moment is None:
        report.add((*at, name), Words("contract.expected.moment", {"type": found.kind}), word(text))
    return moment


def _text(stated: Mapping[str, Any], at: Place, report: Report) -> None:
    known = (*vocabulary.CHECKED_FORMATS, *vocabulary.TOLD_FORMATS)
    if "format" in stated and stated["format"] not in known:
        report.add((*at, "format"), options(known), word(stated["format"]), nearest(stated["format"], known))
    if "pattern" in stated:
        fault = patterns.fault(stated["pattern"])
        if fault is not None:
            report.add((*at, "pattern"), Words("contract.expected.pattern"), fault)
