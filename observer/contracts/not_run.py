"""What a contract promises and the observer does not check on a stream: listed, never passed over in silence."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from observer.contracts.jsonpath import join
from observer.contracts.report import Place
from observer.messages import Words

_RUN_LEVELS: Final = frozenset({"latency", "errorrate"})


class NotRun(NamedTuple):
    """One promise that is read and not checked. path: where it stands in the document; what: it, for people."""

    path: str
    what: Words


def not_run(document: Mapping[str, Any]) -> tuple[NotRun, ...]:
    """Returns the promises of a valid document that are not checked: quality rules, uniqueness, service levels."""
    found = [*_levels(document), *_elements(document.get("schema") or (), ("schema",))]
    return tuple(NotRun(join(at), what) for at, what in found)


def _levels(document: Mapping[str, Any]) -> Iterator[tuple[Place, Words]]:
    for index, stated in enumerate(document.get("slaProperties") or ()):
        if stated["property"].lower() not in _RUN_LEVELS:
            yield ("slaProperties", index), Words("contract.not_run.level", {"name": stated["property"]})


def _elements(value: Any, at: Place) -> Iterator[tuple[Place, Words]]:
    if isinstance(value, Mapping):
        for index, rule in enumerate(value.get("quality") or ()):
            name = rule.get("name") or rule.get("metric") or rule.get("type") or str(index)
            yield (*at, "quality", index), Words("contract.not_run.quality", {"name": name})
        for key in ("unique", "primaryKey"):
            if value.get(key) is True:
                yield (*at, key), Words("contract.not_run.unique", {"name": value.get("name") or key})
        for key in ("properties", "items", "map", "key", "value"):
            yield from _elements(value.get(key), (*at, key))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for index, inner in enumerate(value):
            yield from _elements(inner, (*at, index))
