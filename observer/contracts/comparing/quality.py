"""Changes of quality rules and of what must be unique: promises about many events."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from observer.contracts.comparing.change import Area, Change, Grade
from observer.contracts.comparing.promises import Spot, Turn, described, graded, promise, turned
from observer.contracts.comparing.schemas import schema_objects, stated_properties

_ALLOWS: Final[Mapping[str, Callable[[float, Any], bool]]] = {
    "mustBe": lambda found, stated: found == stated,
    "mustNotBe": lambda found, stated: found != stated,
    "mustBeGreaterThan": lambda found, stated: found > stated,
    "mustBeGreaterOrEqualTo": lambda found, stated: found >= stated,
    "mustBeLessThan": lambda found, stated: found < stated,
    "mustBeLessOrEqualTo": lambda found, stated: found <= stated,
    "mustBeBetween": lambda found, stated: stated[0] <= found <= stated[1],
    "mustNotBeBetween": lambda found, stated: not stated[0] <= found <= stated[1],
}
"""operator → whether a measured number passes. The ends of a range belong to it."""

_MEASURED: Final = ("type", "metric", "rule", "arguments", "unit", "query", "engine", "implementation")
"""What says which number is measured. `type` is library where it is left out."""

_SEVERITIES: Final = ("info", "warning", "error")


def quality_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """Yields the changes of quality rules and uniqueness, of schema objects and of their properties."""
    for name, before, after in schema_objects(old, new):
        yield from _rules(Spot(Area.QUALITY, "$", name), before, after)
    for name, path, before, after in stated_properties(old, new):
        spot = Spot(Area.QUALITY, path, name)
        yield from _rules(spot, before, after)
        for key, rule in (("unique", "unique-constraint-changed"), ("primaryKey", "key-constraint-changed")):
            former, latter = bool(before.get(key)), bool(after.get(key))
            if former != latter:
                turn = Turn.STRICTER if latter else Turn.LAXER
                yield promise(rule, spot, former, latter, turn)._replace(keyword=key)


def _rules(spot: Spot, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    former, latter = _keyed(before.get("quality") or ()), _keyed(after.get("quality") or ())
    for key in dict.fromkeys((*latter, *former)):
        if key not in former:
            yield promise("quality-added", spot, None, latter[key], Turn.STRICTER)
        elif key not in latter:
            yield promise("quality-removed", spot, former[key], None, Turn.LAXER)
        else:
            yield from _rule(spot, former[key], latter[key])


def _keyed(rules: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Returns the rules by what names them: an id, a name, else what they measure; each once."""
    found: dict[str, Mapping[str, Any]] = {}
    for rule in rules:
        key = str(rule.get("id") or rule.get("name") or [rule.get(part) for part in _MEASURED])
        while key in found:
            key += "+"
        found[key] = rule
    return found


def _rule(spot: Spot, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    if _measured(old) != _measured(new):
        library = _measured(old)["type"] == _measured(new)["type"] == "library"
        turn = Turn.OTHER if library else Turn.UNKNOWN
        yield promise("quality-changed", spot, old, new, turn)
    elif _operators(old) != _operators(new):
        turn = _turn(_operators(old), _operators(new))
        if turn is not Turn.SAME:
            yield promise("quality-changed", spot, _operators(old), _operators(new), turn)
    former, latter = old.get("severity"), new.get("severity")
    if former != latter:
        yield _severity(spot, former, latter)
    rest = {*old, *new} - {*_MEASURED, *_ALLOWS, "severity"}
    for key in sorted(rest):
        if old.get(key) != new.get(key):
            yield described(spot, old.get(key), new.get(key), key)


def _measured(rule: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "library"} | {key: rule[key] for key in _MEASURED if key in rule}


def _operators(rule: Mapping[str, Any]) -> dict[str, Any]:
    return {key: rule[key] for key in _ALLOWS if key in rule}


def _turn(old: Mapping[str, Any], new: Mapping[str, Any]) -> Turn:
    edges = set[float]()
    for value in (*old.values(), *new.values()):
        edges |= set(_numbers(value))
    stated = [*old.values(), *new.values()]
    if not edges or any(not _numbers(value) for value in stated):
        return Turn.UNKNOWN
    return turned(lambda found: _allows(old, found), lambda found: _allows(new, found), edges)


def _numbers(value: Any) -> list[float]:
    listed = value if isinstance(value, list) else [value]
    if any(isinstance(one, bool) or not isinstance(one, int | float) for one in listed):
        return []
    return [float(one) for one in listed]


def _allows(operators: Mapping[str, Any], found: float) -> bool:
    return all(_ALLOWS[name](found, value) for name, value in operators.items())


def _severity(spot: Spot, old: object, new: object) -> Change:
    ranks = [
        _SEVERITIES.index(str(one).lower()) if str(one).lower() in _SEVERITIES else -1 for one in (old, new)
    ]
    lower = ranks[1] < ranks[0]
    consumer, producer = (Grade.WARNING, Grade.FINE) if lower else (Grade.FINE, Grade.WARNING)
    why = "contract_diff.why.laxer" if lower else "contract_diff.why.stricter"
    return graded("quality-severity-changed", spot, old, new, consumer, producer, why)
