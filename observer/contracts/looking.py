"""Probes, compiled: what each looks at in a payload that either path has read.

The fast path gives a struct whose fields are numbered (`fast_plan`), the exact path plain JSON values: a getter finds a
field in both.
"""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any, Final, NamedTuple, TypeAlias

import msgspec

from observer.contracts.fast_plan import field_of
from observer.contracts.json_schema import Written
from observer.contracts.jsonpath import ROOT, member
from observer.contracts.probes import word_of
from observer.contracts.quality import Metric, Probe, QualityRule
from observer.contracts.shape import Shape
from observer.contracts.validators import validator
from observer.model import Finding, ViolationKind

Get: TypeAlias = Callable[[Any], object]
Bad: TypeAlias = Callable[[Any, Sequence[Finding]], bool]
Digest: TypeAlias = Callable[[Any], int]

NO_VALUE: Final = 0
"""The digest of a payload that lacks a value to compare."""


class Look(NamedTuple):
    """What one gate counts of a payload: `bad`, or where a value must be remembered `digest`, never both.

    bad: (payload as a path read it, its findings) → whether it counts against the rule;
    digest: payload → a number that stands for the values of its fields in this process, NO_VALUE where one is missing.
    """

    gate: str
    bad: Bad | None = None
    digest: Digest | None = None


def looks(shape: Shape, schema: Written, rules: Sequence[QualityRule]) -> tuple[Look, ...]:
    """Returns the compiled probe of each rule that has one. schema: as `json_schema.written` made it of `shape`."""
    return tuple(_look(shape, schema, rule, rule.probe) for rule in rules if rule.probe is not None)


def _look(shape: Shape, schema: Written, rule: QualityRule, probe: Probe) -> Look:
    getters = [_getter(shape, steps) for steps in probe.fields]
    match rule.metric:
        case Metric.DUPLICATE_VALUES:
            return Look(rule.gate, digest=_digest(getters))
        case Metric.NULL_VALUES:
            return Look(rule.gate, _any(getters, lambda value: value is None))
        case Metric.MISSING_VALUES:
            return Look(rule.gate, _any(getters, lambda value: word_of(value) in probe.words))
    if probe.own:
        return Look(rule.gate, _broken(_rules_of(schema, probe.fields)))
    if probe.pattern:
        return Look(rule.gate, _any(getters, _unmatched(probe.pattern)))
    return Look(rule.gate, _any(getters, lambda v: v is not None and word_of(v) not in probe.words))


def _any(getters: Sequence[Get], counts: Callable[[object], bool]) -> Bad:
    if len(getters) == 1:
        get = getters[0]
        return lambda payload, _: counts(get(payload))
    return lambda payload, _: any(counts(get(payload)) for get in getters)


def _unmatched(pattern: str) -> Callable[[object], bool]:
    matches = validator({"pattern": pattern, "type": "string"}).is_valid
    return lambda value: value is not None and not matches(value)


def _broken(rules: frozenset[str]) -> Bad:
    return lambda _, findings: any(finding.rule in rules for finding in findings)


def _rules_of(schema: Written, fields: Sequence[tuple[str, ...]]) -> frozenset[str]:
    """Returns the ids of the rules that a present value of one of `fields` can break."""
    found = set()
    for steps in fields:
        path = ROOT
        for step in steps:
            path = member(path, step)
        for rule in schema.rules.values():
            inside = rule.path.startswith((f"{path}.", f"{path}["))
            absent = rule.kind is ViolationKind.MISSING_REQUIRED and not inside
            if (rule.path == path or inside) and not absent:
                found.add(rule.id)
    return frozenset(found)


def _digest(getters: Sequence[Get]) -> Digest:
    """Returns what makes one number of the values of some fields.

    It is Python's own hash: fast, and held in the memory of one process only. Two values share one by chance alone,
    once in some 10^18 pairs; 1 and 1.0 are the same value, and true is another.
    """
    if len(getters) == 1:
        get = getters[0]

        def one(payload: Any) -> int:
            value = get(payload)
            if value is None:
                return NO_VALUE
            return hash(value if isinstance(value, str) else word_of(value)) or 1

        return one

    def several(payload: Any) -> int:
        values = [word_of(get(payload)) for get in getters]
        return NO_VALUE if None in values else hash(tuple(values)) or 1

    return several


def _getter(shape: Shape, steps: tuple[str, ...]) -> Get:
    """Returns what finds the field in a payload of this shape, as either path has read it; None where it is absent."""
    inner = shape
    ways: list[tuple[str, str]] = []
    for name in steps:
        if name not in inner.properties:
            # Another version of the contract has it: in this one it counts as absent.
            return lambda payload: None
        ways.append((field_of(inner, name), name))
        inner = inner.properties[name]
    if len(ways) > 1:
        return _deep(ways)
    field, only = attrgetter(ways[0][0]), ways[0][1]

    def simple(payload: Any) -> object:
        if isinstance(payload, msgspec.Struct):
            return field(payload)
        return payload.get(only) if isinstance(payload, dict) else None

    return simple


def _deep(ways: Sequence[tuple[str, str]]) -> Get:
    def deep(payload: Any) -> object:
        value = payload
        for field, name in ways:
            value = value.get(name) if isinstance(value, dict) else getattr(value, field, None)
        return value

    return deep
