"""What a quality rule looks at in one payload, and what it makes of the values that it finds there."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from observer.contracts import patterns
from observer.contracts.quality import Metric, Probe
from observer.contracts.report import Place, Report, shown, word
from observer.errors import nearest
from observer.messages import Words

_KNOWN: Final[Mapping[Metric, tuple[str, ...]]] = {
    Metric.NULL_VALUES: ("properties",),
    Metric.MISSING_VALUES: ("missingValues", "properties"),
    Metric.INVALID_VALUES: ("pattern", "properties", "validValues"),
    Metric.DUPLICATE_VALUES: ("properties",),
}


def probe_of(
    metric: Metric,
    fields: tuple[tuple[str, ...], ...],
    arguments: Mapping[str, Any],
    at: Place,
    report: Report,
) -> Probe:
    """Returns the probe of one rule. at: of its arguments; what they cannot say is told to `report`."""
    known = _KNOWN[metric]
    for key in arguments:
        if key not in known:
            expected = Words("contract.expected.argument", {"metric": metric, "known": ", ".join(known)})
            report.add((*at, key), expected, word(key), nearest(key, known))
    name = "missingValues" if metric is Metric.MISSING_VALUES else "validValues"
    words = _words(arguments.get(name), (*at, name), report)
    if metric is Metric.MISSING_VALUES:
        return Probe(fields, words | {None})
    pattern = _pattern(arguments.get("pattern"), (*at, "pattern"), report)
    if words and pattern:
        report.add((*at, "pattern"), Words("contract.expected.words_or_pattern"), word(pattern))
    return Probe(fields, words, pattern, metric is Metric.INVALID_VALUES and not words and not pattern)


def word_of(value: object) -> object:
    """Returns what a JSON value is compared by: true is not 1, and 1 is 1.0; what holds others is no word."""
    if isinstance(value, bool):
        return ("boolean", value)
    return value if value is None or isinstance(value, str | int | float | Decimal) else ("inner",)


def _words(stated: object, at: Place, report: Report) -> frozenset[object]:
    if stated is None:
        return frozenset()
    if not isinstance(stated, Sequence) or isinstance(stated, str) or not stated:
        report.add(at, Words("contract.expected.values"), shown(stated))
        return frozenset()
    for index, value in enumerate(stated):
        if isinstance(value, list | dict):
            report.add((*at, index), Words("contract.expected.scalar"), shown(value))
    return frozenset(word_of(value) for value in stated)


def _pattern(stated: object, at: Place, report: Report) -> str:
    if stated is None:
        return ""
    if not isinstance(stated, str) or not stated:
        report.add(at, Words("contract.kind.string"), shown(stated))
        return ""
    fault = patterns.fault(stated)
    if fault is not None:
        report.add(at, Words("contract.expected.pattern"), fault)
        return ""
    return stated
