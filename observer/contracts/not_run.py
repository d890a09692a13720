"""What a contract promises and the observer does not check on a stream: listed, never passed over in silence."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from observer.contracts.durations import seconds_of
from observer.contracts.jsonpath import join
from observer.contracts.report import Place
from observer.contracts.stated import runs, stated_fields, stated_rules, window_of
from observer.messages import Words

_RUN_LEVELS: Final = frozenset(
    {"latency", "errorrate", "frequency", "availability", "endofsupport", "endoflife"}
)


class NotRun(NamedTuple):
    """One promise that is read and not checked. path: where it stands in the document; what: it, for people."""

    path: str
    what: Words


def not_run(document: Mapping[str, Any]) -> tuple[NotRun, ...]:
    """Returns the promises of a valid document that nothing checks."""
    found = [*_levels(document), *_rules(document), *_elements(document)]
    return tuple(NotRun(join(at), what) for at, what in found)


def _levels(document: Mapping[str, Any]) -> Iterator[tuple[Place, Words]]:
    listed = document.get("slaProperties") or ()
    frequencies = [entry for entry in listed if entry["property"].lower() == "frequency"]
    regular = any(seconds_of(entry["value"], entry.get("unit")) for entry in frequencies)
    for index, stated in enumerate(listed):
        at, name = ("slaProperties", index), stated["property"]
        known, named = name.lower(), {"name": name}
        if known not in _RUN_LEVELS:
            yield at, Words("contract.not_run.level", named)
        elif known in {"frequency", "availability"} and not regular:
            yield at, Words(f"contract.not_run.{known}", named)
        elif "element" in stated:
            yield at, Words("contract.not_run.element", {**named, "element": stated["element"]})


def _rules(document: Mapping[str, Any]) -> Iterator[tuple[Place, Words]]:
    for at, rule, steps in stated_rules(document):
        kind = rule.get("type", "library")
        told = {"name": str(rule.get("name") or rule.get("metric") or kind)}
        if not runs(rule, steps):
            code = "in_list" if kind == "library" and steps is None else kind
            former = kind == "library" and rule.get("metric") is None
            yield at, Words(f"contract.not_run.{'former' if former else code}", told)
        elif "schedule" in rule and window_of(rule["schedule"]) is None:
            yield (*at, "schedule"), Words("contract.not_run.schedule", {"schedule": rule["schedule"]})


def _elements(document: Mapping[str, Any]) -> Iterator[tuple[Place, Words]]:
    for index, schema in enumerate(document.get("schema") or ()):
        at: Place = ("schema", index)
        for place, stated, steps in ((at, schema, ()), *stated_fields(schema, at, ())):
            if steps is None:
                for key in ("unique", "primaryKey"):
                    if stated.get(key) is True:
                        named = {"name": stated.get("name") or key}
                        yield (*place, key), Words("contract.not_run.unique", named)
            for number in range(len(stated.get("relationships") or ())):
                yield (*place, "relationships", number), Words("contract.not_run.relationship")
