"""`quality` and slaProperties → gates: what is measured over windows, and within which bound.

Three kinds of promise become gates: quality rules with a library metric, uniqueness (`unique`, `primaryKey`) for which
no such rule states a tolerance, and the service levels errorRate, frequency and availability. `not_run` lists the rest.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from observer.contracts.custom import Customs
from observer.contracts.durations import seconds_of
from observer.contracts.jsonpath import ROOT, member
from observer.contracts.probes import probe_of
from observer.contracts.quality import (
    OPERATORS,
    PROBED,
    WITHOUT_EVIDENCE,
    Bound,
    Metric,
    QualityRule,
    Severity,
    Unit,
)
from observer.contracts.report import Place, Report, options, shown, word
from observer.contracts.shape import Shape
from observer.contracts.stated import Stated, Steps, runs, stated_rules, unique_fields, window_of
from observer.contracts.vocabulary import NUMERIC, TEXTUAL
from observer.errors import nearest
from observer.messages import Words

_UNITS: Final[Mapping[str, Unit]] = {"rows": "rows", "percent": "percent", "%": "percent"}
_SEVERITIES: Final[Mapping[str, Severity]] = {"info": "info", "warning": "warning", "error": "error"}
_COMPARABLE: Final = frozenset({*TEXTUAL, *NUMERIC, "boolean"})
_MOST_WEEKS: Final = 12
_MOST_EVENTS: Final = 1_000_000_000
_MOST_WINDOWS: Final = 100
_DAY: Final = 86_400


def gates(
    document: Mapping[str, Any], payload: Shape, customs: Customs, report: Report
) -> tuple[QualityRule, ...]:
    """Returns the gates of a document that the standard has accepted; what does not hold together is told."""
    reader = _Reader(payload, customs, report)
    for stated in stated_rules(document):
        if runs(stated.rule, stated.steps):
            reader.rule(stated)
    reader.uniqueness(document)
    reader.levels(document.get("slaProperties") or ())
    return tuple(reader.found)


class _Reader:
    def __init__(self, payload: Shape, customs: Customs, report: Report) -> None:
        self._payload = payload
        self._customs = customs
        self._report = report
        self.found: list[QualityRule] = []

    def rule(self, stated: Stated) -> None:
        """Adds the gate of one library rule."""
        rule, at = stated.rule, stated.at
        metric = Metric(rule["metric"])
        weeks = self._customs.number(rule, at, "martechVolume", 1, _MOST_WEEKS)
        if weeks is not None:
            if metric is not Metric.ROW_COUNT:
                self._report.add((*at, "metric"), options([Metric.ROW_COUNT]), word(metric))
            metric = Metric.VOLUME
        fields = self._fields(stated, metric)
        probe = None
        if metric in PROBED:
            probe = probe_of(metric, fields, rule.get("arguments") or {}, (*at, "arguments"), self._report)
        self._add(
            rule,
            at,
            metric,
            fields,
            self._bound(rule, at),
            unit=self._unit(rule, at, metric),
            severity=self._severity(rule, at),
            probe=probe,
            weeks=weeks or 0,
            window=self._customs.window(rule, at) or window_of(rule.get("schedule")) or 3_600,
        )

    def uniqueness(self, document: Mapping[str, Any]) -> None:
        """Adds a gate for each unique field, and for the primary key, of which no rule says how unique it must be."""
        met = {rule.fields for rule in self.found if rule.metric is Metric.DUPLICATE_VALUES}
        for at, keys, names in unique_fields(document):
            paths = tuple(_path(steps) for steps in keys)
            if paths not in met:
                met.add(paths)
                self._add(
                    {"name": f"unique {' '.join(names)}", "dimension": "uniqueness"},
                    at,
                    Metric.DUPLICATE_VALUES,
                    keys,
                    Bound("mustBe", 0),
                    probe=probe_of(Metric.DUPLICATE_VALUES, keys, {}, (), self._report),
                )

    def levels(self, stated: Sequence[Mapping[str, Any]]) -> None:
        """Adds the gates of service levels. What is wrong with their numbers `service_levels` tells."""
        every = next((_every(entry) for entry in stated if _named(entry, "frequency")), 0.0)
        for index, entry in enumerate(stated):
            at, value = ("slaProperties", index), entry["value"]
            if not isinstance(value, int | float) or isinstance(value, bool) or value <= 0:
                continue
            if _named(entry, "frequency") and every:
                window = 300 if every < 3_600 else 3_600 if every < _DAY else _DAY
                bound = Bound("mustBeLessOrEqualTo", every)
                self._level(entry, at, Metric.FRESHNESS, bound, "seconds", window, "timeliness", every)
            elif _named(entry, "availability") and every and value <= 100:
                share = 100.0 * value if entry.get("unit") == "ratio" else float(value)
                bound = Bound("mustBeGreaterOrEqualTo", share)
                self._level(entry, at, Metric.AVAILABILITY, bound, "percent", _DAY, "coverage", every)
            elif _named(entry, "errorRate"):
                share = 100.0 * value if entry.get("unit") == "ratio" else float(value)
                bound = Bound("mustBeLessOrEqualTo", share)
                self._level(entry, at, Metric.VALIDITY, bound, "percent", 3_600, "conformity", 0.0)

    def _level(
        self,
        entry: Mapping[str, Any],
        at: Place,
        metric: Metric,
        bound: Bound,
        unit: Unit,
        window: int,
        dimension: str,
        every: float,
    ) -> None:
        named = {"id": metric.value, "name": entry.get("description") or metric.value, "dimension": dimension}
        if "customProperties" in entry:
            named["customProperties"] = entry["customProperties"]
        window = self._customs.window(entry, at) or window
        self._add(named, at, metric, (), bound, unit=unit, window=window, every=every)

    def _add(
        self,
        rule: Mapping[str, Any],
        at: Place,
        metric: Metric,
        fields: tuple[Steps, ...],
        bound: Bound,
        **measured: Any,
    ) -> None:
        if metric is Metric.DUPLICATE_VALUES:
            self._comparable(fields, at)

        def number(name: str, least: int, most: int, usual: int) -> int:
            found = self._customs.number(rule, at, name, least, most)
            return usual if found is None else found

        self.found.append(
            QualityRule(
                gate=self._gate(rule, metric, fields),
                metric=metric,
                fields=tuple(_path(steps) for steps in fields),
                bound=bound,
                dimension=str(rule.get("dimension") or ""),
                lateness=number("martechLateness", 0, _DAY, 300),
                minimum_events=number(
                    "martechMinimumEvents", 0, _MOST_EVENTS, 0 if metric in WITHOUT_EVIDENCE else 30
                ),
                close_after=number("martechCloseAfter", 1, _MOST_WINDOWS, 1),
                open_after=number("martechOpenAfter", 1, _MOST_WINDOWS, 2),
                title=str(rule.get("name") or rule.get("description") or metric.value),
                **measured,
            )
        )

    def _gate(self, rule: Mapping[str, Any], metric: Metric, fields: tuple[Steps, ...]) -> str:
        """Returns the rule's id, else its name in the form of one, else what it measures; each once."""
        told = str(rule.get("name") or " ".join((metric.value, *(steps[-1] for steps in fields))))
        gate = base = str(
            rule.get("id") or re.sub(r"[^a-z0-9]+", "-", told.lower()).strip("-") or metric.value
        )
        met, again = {each.gate for each in self.found}, 2
        while gate in met:
            gate, again = f"{base}-{again}", again + 1
        return gate

    def _fields(self, stated: Stated, metric: Metric) -> tuple[Steps, ...]:
        if metric not in PROBED:
            return ()
        if stated.steps:
            return (stated.steps,)
        at: Place = (*stated.at, "arguments", "properties")
        listed = (stated.rule.get("arguments") or {}).get("properties")
        if not isinstance(listed, Sequence) or isinstance(listed, str) or not listed:
            got = Words("contract.got.nothing") if listed is None else shown(listed)
            self._report.add(at, Words("contract.expected.rule_fields"), got)
            return ()
        found: list[Steps] = []
        for index, name in enumerate(listed):
            steps = tuple(str(name).split("."))
            if field_shape(self._payload, steps) is not None:
                found.append(steps)
            else:
                known = list(self._payload.properties)
                expected = Words("contract.expected.declared_property")
                self._report.add((*at, index), expected, shown(name), nearest(str(name), known))
        return tuple(found)

    def _comparable(self, fields: tuple[Steps, ...], at: Place) -> None:
        for steps in fields:
            shape = field_shape(self._payload, steps)
            if shape is not None and shape.type not in _COMPARABLE:
                self._report.add(at, Words("contract.expected.comparable"), word(_path(steps)))

    def _bound(self, rule: Mapping[str, Any], at: Place) -> Bound:
        operator = next(name for name in OPERATORS if name in rule)
        value = rule[operator]
        if isinstance(value, list):
            if value[0] > value[1]:
                expected = Words("contract.expected.smaller_first")
                self._report.add((*at, operator), expected, word(f"{value[0]}, {value[1]}"))
            return Bound(operator, float(value[0]), float(value[1]))
        if isinstance(value, bool) or not isinstance(value, int | float):
            self._report.add((*at, operator), Words("contract.kind.number"), shown(value))
            return Bound(operator, 0)
        return Bound(operator, float(value))

    def _unit(self, rule: Mapping[str, Any], at: Place, metric: Metric) -> Unit:
        stated = rule.get("unit", "percent" if metric is Metric.VOLUME else "rows")
        unit = _UNITS.get(str(stated).lower())
        allowed: Sequence[str] = ("rows", "percent")
        if metric in {Metric.ROW_COUNT, Metric.VOLUME}:
            allowed = ("percent",) if metric is Metric.VOLUME else ("rows",)
        if unit not in allowed:
            self._report.add((*at, "unit"), options(allowed), shown(stated), nearest(str(stated), allowed))
        return unit or "rows"

    def _severity(self, rule: Mapping[str, Any], at: Place) -> Severity:
        stated = rule.get("severity", "error")
        if stated not in _SEVERITIES:
            known = tuple(_SEVERITIES)
            self._report.add((*at, "severity"), options(known), shown(stated), nearest(str(stated), known))
        return _SEVERITIES.get(stated, "error")


def field_shape(payload: Shape, steps: Steps) -> Shape | None:
    """Returns the shape of a field, or None where the payload declares no such field."""
    shape: Shape | None = payload
    for step in steps:
        shape = shape.properties.get(step) if shape is not None else None
    return shape


def _named(entry: Mapping[str, Any], name: str) -> bool:
    return str(entry["property"]).lower() == name.lower()


def _every(entry: Mapping[str, Any]) -> float:
    return seconds_of(entry["value"], entry.get("unit")) or 0.0


def _path(steps: Steps) -> str:
    path = ROOT
    for step in steps:
        path = member(path, step)
    return path
