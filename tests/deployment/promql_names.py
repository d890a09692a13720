"""Which metrics and labels a PromQL expression speaks of."""

import re
from collections.abc import Iterable, Iterator, Mapping

import promql_parser

from observer.deployment.panels import RATE, SHOWN
from observer.metrics import METRICS

OF_PROMETHEUS = {"job", "instance"}
"""Labels that a scrape adds."""
_SUFFIXES = ("_bucket", "_sum", "_count")


def plain(expression: str, rate: str = "5m", shown: str = "6h") -> str:
    """Returns an expression with Grafana's variables filled in, so that Prometheus can read it."""
    filled = expression.replace(RATE, rate).replace(SHOWN, shown)
    return re.sub(r"\$\w+", ".+", filled)


def unknown(expression: str, recorded: Mapping[str, set[str]]) -> list[str]:
    """Returns what an expression speaks of that nothing declares. recorded: labels by name of a recording rule."""
    found = []
    for node in _nodes(promql_parser.parse(plain(expression))):
        if isinstance(node, promql_parser.VectorSelector):
            found += _unknown_in_selector(node, recorded)
        if isinstance(node, promql_parser.AggregateExpr):
            known = _labels_below(node.expr, recorded)
            by = node.modifier.labels if node.modifier is not None else []
            found += [f"by {label}" for label in by if label not in known]
        if isinstance(node, promql_parser.BinaryExpr) and node.modifier is not None:
            matching = node.modifier.matching
            on = matching.labels if matching is not None else []
            both = _labels_below(node.lhs, recorded) & _labels_below(node.rhs, recorded)
            found += [f"on {label}" for label in on if label not in both]
    return found


def labels_of(expression: str, recorded: Mapping[str, set[str]]) -> set[str]:
    """Returns the labels of what an expression gives: those it aggregates by, else those of its metrics."""
    node = promql_parser.parse(plain(expression))
    for one in _nodes(node):
        if isinstance(one, promql_parser.AggregateExpr) and one.modifier is not None:
            return set(one.modifier.labels)
    return _labels_below(node, recorded)


def selectors(expression: str) -> Iterator[tuple[str, set[str]]]:
    """Yields each metric of an expression with the labels that it is chosen by."""
    for node in _nodes(promql_parser.parse(plain(expression))):
        if isinstance(node, promql_parser.VectorSelector):
            yield node.name or "", {matcher.name for matcher in node.matchers.matchers}


def _unknown_in_selector(node: "promql_parser.VectorSelector", recorded: Mapping[str, set[str]]) -> list[str]:
    name = node.name or ""
    labels = _labels(name, recorded)
    if labels is None:
        return [name]
    return [f"{name}.{one.name}" for one in node.matchers.matchers if one.name not in labels]


def _labels_below(node: object, recorded: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    for one in _nodes(node):
        if isinstance(one, promql_parser.VectorSelector):
            found |= _labels(one.name or "", recorded) or set()
    return found


def _labels(name: str, recorded: Mapping[str, set[str]]) -> set[str] | None:
    if name in recorded:
        return recorded[name]
    for metric in METRICS:
        if name == metric.name and metric.kind != "histogram":
            return set(metric.labels) | OF_PROMETHEUS
        if metric.kind == "histogram" and name in {metric.name + suffix for suffix in _SUFFIXES}:
            bound = {"le"} if name.endswith("_bucket") else set()
            return set(metric.labels) | OF_PROMETHEUS | bound
    return None


def _nodes(node: object) -> Iterator[object]:
    yield node
    for below in _below(node):
        yield from _nodes(below)


def _below(node: object) -> Iterable[object]:
    match node:
        case promql_parser.AggregateExpr() | promql_parser.ParenExpr() | promql_parser.UnaryExpr():
            return [node.expr]
        case promql_parser.SubqueryExpr():
            return [node.expr]
        case promql_parser.BinaryExpr():
            return [node.lhs, node.rhs]
        case promql_parser.Call():
            return list(node.args)
        case promql_parser.MatrixSelector():
            return [node.vector_selector]
    return []
