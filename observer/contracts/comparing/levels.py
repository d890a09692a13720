"""Changes of service levels: which of two promises is the stronger one."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from observer.contracts.comparing.change import Area, Change
from observer.contracts.comparing.promises import Spot, Turn, described, promise

_LESS_IS_MORE: Final = frozenset(
    {"latency", "errorrate", "timetodetect", "timetonotify", "timetorepair", "generalavailability"}
)
_MORE_IS_MORE: Final = frozenset({"availability", "throughput", "retention", "endofsupport", "endoflife"})
"""Names of the standard in lower case. The smaller, or the greater, the value, the more is promised; of dates, the
earlier or the later. `frequency` is in neither: documents write it as a rate and as a period."""

_UNITS: Final[Mapping[str, float]] = {
    **dict.fromkeys(("ms", "millisecond", "milliseconds"), 0.001),
    **dict.fromkeys(("s", "sec", "second", "seconds"), 1.0),
    **dict.fromkeys(("m", "min", "minute", "minutes"), 60.0),
    **dict.fromkeys(("h", "hr", "hour", "hours"), 3600.0),
    **dict.fromkeys(("d", "day", "days"), 86_400.0),
    **dict.fromkeys(("w", "week", "weeks"), 604_800.0),
    **dict.fromkeys(("month", "months"), 2_629_746.0),
    **dict.fromkeys(("y", "yr", "year", "years"), 31_556_952.0),
}
"""A month and a year are those of the calendar's mean."""

_SHARES: Final[Mapping[str, float]] = {**dict.fromkeys(("%", "percent"), 0.01), "ratio": 1.0}
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")
_MEANING: Final = ("value", "valueExt", "unit", "element")


def level_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """Yields the changes of slaProperties, paired by name and element."""
    former, latter = _keyed(old), _keyed(new)
    for key in dict.fromkeys((*latter, *former)):
        spot = Spot(Area.SERVICE_LEVEL, f"$.slaProperties[{key}]")
        if key not in former:
            yield promise("service-level-added", spot, None, _told(latter[key]), Turn.STRICTER)
        elif key not in latter:
            yield promise("service-level-removed", spot, _told(former[key]), None, Turn.LAXER)
        else:
            yield from _level(spot, former[key], latter[key])


def _keyed(document: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for stated in document.get("slaProperties") or ():
        element = stated.get("element")
        key = stated["property"] + (f" of {element}" if element else "")
        known = next((other for other in found if other.lower() == key.lower()), None)
        found[key if known is None else f"{key} ({len(found)})"] = stated
    # The standard compares the names without regard to case.
    return {key[:1].lower() + key[1:]: stated for key, stated in found.items()}


def _level(spot: Spot, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    if any(old.get(key) != new.get(key) for key in _MEANING):
        turn = _turn(old, new)
        if turn is not Turn.SAME:
            yield promise("service-level-changed", spot, _told(old), _told(new), turn)
        else:
            yield described(spot, _told(old), _told(new), "unit")
    former, latter = _objective(old), _objective(new)
    if former != latter:
        yield promise("service-level-objective-changed", spot, former, latter, _compared(former, latter, 1))
    for key in sorted({*old, *new} - {*_MEANING, "property"}):
        if old.get(key) != new.get(key) and not (key == "customProperties" and former != latter):
            yield described(spot, old.get(key), new.get(key), key)


def _told(stated: Mapping[str, Any]) -> str:
    parts = (stated.get(key) for key in ("value", "valueExt", "unit"))
    return " ".join(str(part) for part in parts if part is not None)


def _turn(old: Mapping[str, Any], new: Mapping[str, Any]) -> Turn:
    name = old["property"].lower()
    sign = -1 if name in _LESS_IS_MORE else 1 if name in _MORE_IS_MORE else 0
    if sign == 0 or old.get("valueExt") != new.get("valueExt"):
        return Turn.UNKNOWN
    before, after = _size(old), _size(new)
    if before is None or after is None or before[0] != after[0]:
        return Turn.UNKNOWN
    return _compared(before[1], after[1], sign)


def _compared(before: Any, after: Any, sign: int) -> Turn:
    """Returns how a value compares of which more (sign 1) or less (sign -1) is the stronger promise."""
    if before is None or after is None:
        return Turn.UNKNOWN
    if before == after:
        return Turn.SAME
    return Turn.STRICTER if (after > before) == (sign > 0) else Turn.LAXER


def _size(stated: Mapping[str, Any]) -> tuple[str, float | str] | None:
    """Returns what a value measures and how much of it, or None where it cannot be compared."""
    value, unit = stated["value"], str(stated.get("unit") or "").lower()
    if isinstance(value, str):
        return ("date", value) if _DATE.match(value) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    for kind, units in (("time", _UNITS), ("share", _SHARES)):
        if unit in units:
            return kind, round(value * units[unit], 9)
    return unit, value


def _objective(stated: Mapping[str, Any]) -> float | None:
    for entry in stated.get("customProperties") or ():
        if entry.get("property") == "martechObjective" and isinstance(entry.get("value"), int | float):
            return float(entry["value"])
    return None
