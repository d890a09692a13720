"""The exact path: every broken rule of a payload."""

from collections.abc import Callable, Mapping
from typing import Final

import jsonschema_rs

from observer.contracts.json_schema import Location, Rule, Written
from observer.contracts.jsonpath import ROOT, filled
from observer.contracts.payload import UnreadableError, read
from observer.contracts.validators import validator
from observer.model import Finding, ViolationKind

READABLE: Final = "readable:$"
"""The rule of a payload that could not be checked."""


def exact(written: Written) -> Callable[[bytes, str], tuple[Finding, ...]]:
    """Returns the exact path of a contract: (payload, root path) → findings.

    Each broken rule is found once, at the first place where it is broken, in the order of the contract: a list
    of a thousand items with one mistake gives one finding, and a rule is counted once an event.
    """
    errors = validator(written.schema).iter_errors
    rules = written.rules
    order = {rule: number for number, rule in enumerate(rule_kinds(written))}

    def check(payload: bytes, root: str) -> tuple[Finding, ...]:
        try:
            value = read(payload)
            found: dict[str, Finding] = {}
            for error in errors(value):
                finding = _finding(error, value, rules, root)
                if finding is not None and finding.rule not in found:
                    found[finding.rule] = finding
        except UnreadableError as why:
            return (_not_checked(root, why.expected, why.came),)
        except (ValueError, TypeError, RecursionError, OverflowError):
            return (_not_checked(root, "a payload that can be checked", "something else"),)
        return tuple(sorted(found.values(), key=lambda finding: order[finding.rule]))

    return check


def rule_kinds(written: Written) -> dict[str, ViolationKind]:
    """Returns every rule id that the exact path can report with its kind, in the order of the contract."""
    return {**{rule.id: rule.kind for rule in written.rules.values()}, READABLE: ViolationKind.NOT_CHECKED}


def kind_of(value: object) -> str:
    """Returns the JSON kind of a decoded value."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, str):
        return "string"
    if isinstance(value, Mapping):
        return "object"
    return "array" if isinstance(value, list) else "number"


def _finding(
    error: jsonschema_rs.ValidationError, value: object, rules: Mapping[Location, Rule], root: str
) -> Finding | None:
    location, steps = tuple(error.schema_path), error.instance_path
    kind = error.kind
    if isinstance(kind, jsonschema_rs.ValidationErrorKind.Required):
        came, location = "nothing", (*location, kind.property)
    else:
        came = kind_of(_at(value, steps))
        if isinstance(kind, jsonschema_rs.ValidationErrorKind.Enum) and came not in map(
            kind_of, kind.options
        ):
            # Its type is wrong, which is a finding already: one mistake is told once.
            return None
    rule = rules.get((*location, "null"), None) if came == "null" else None
    rule = rule or rules.get(location)
    if rule is None:
        return _not_checked(root, "a payload that can be checked", came)
    if rule.kind is ViolationKind.UNEXPECTED_PROPERTY:
        came = "an undeclared property"
    path = root + filled(rule.path, steps).removeprefix(ROOT)
    return Finding(rule.kind, rule.id, path, rule.expected, came)


def _at(value: object, steps: list[str | int]) -> object:
    for step in steps:
        if isinstance(step, int) and isinstance(value, list):
            value = value[step]
        elif isinstance(value, Mapping):
            value = value.get(str(step))
    return value


def _not_checked(root: str, expected: str, came: str) -> Finding:
    return Finding(ViolationKind.NOT_CHECKED, READABLE, root, expected, came)
