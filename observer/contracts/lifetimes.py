"""Until when a version lives: its `status`, and the dates endOfSupport and endOfLife of its slaProperties."""

from collections.abc import Mapping
from datetime import UTC, datetime
from math import inf
from typing import Any, Final

from observer.contracts.compiled import Contract, Lifetime
from observer.contracts.report import Report, shown
from observer.contracts.temporal import reader
from observer.messages import Words

DEPRECATED: Final = "deprecated"
RETIRED: Final = "retired"
ENDS: Final[Mapping[str, str]] = {"endofsupport": "end_of_support", "endoflife": "end_of_life"}
"""slaProperties in lower case → the field of Lifetime."""

_EPOCH: Final = 719_163 * 86_400
"""Seconds from the first day of the calendar, which `temporal` counts from, to the epoch."""


def lifetime(document: Mapping[str, Any], replaced_by: str, report: Report) -> Lifetime:
    """Returns how long the version of `document` lives; a moment that cannot be read is told to `report`.

    A retired version has ended already. A date means its first moment in UTC.
    """
    status = str(document.get("status") or "").lower()
    ends = {"end_of_support": inf, "end_of_life": -inf if status == RETIRED else inf}
    for index, entry in enumerate(document.get("slaProperties") or ()):
        field = ENDS.get(entry["property"].lower())
        if field is None:
            continue
        moment = _moment(entry["value"])
        if moment is None:
            report.add(
                ("slaProperties", index, "value"),
                Words("contract.expected.moment_of"),
                shown(entry["value"]),
            )
        else:
            ends[field] = min(ends[field], moment)
    if -inf < ends["end_of_life"] < ends["end_of_support"] < inf:
        report.add(
            ("slaProperties",), Words("contract.expected.end_in_order"), Words("contract.got.an_earlier_one")
        )
    return Lifetime(status in {DEPRECATED, RETIRED}, **ends, replaced_by=replaced_by)


def aging(contract: Contract, now: float) -> tuple[Words, ...]:
    """Returns what is to be said at the time `now` of a version that is deprecated, has ended or will."""
    life, version = contract.lifetime, {"version": contract.version}
    if now >= life.end_of_life:
        return (Words("contract.aging.ended", version),)
    told = []
    if life.deprecated:
        told.append(Words("contract.aging.deprecated", version))
    if life.end_of_support < inf:
        code = "unsupported" if now >= life.end_of_support else "support_ends"
        told.append(Words(f"contract.aging.{code}", {**version, "date": _date(life.end_of_support)}))
    if life.end_of_life < inf:
        told.append(Words("contract.aging.ends", {**version, "date": _date(life.end_of_life)}))
    return tuple(told)


def _date(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).date().isoformat()


def _moment(value: object) -> float | None:
    if not isinstance(value, str):
        return None
    for kind in ("date", "timestamp"):
        found = reader(kind)
        moment = found.read(value) if found is not None else None
        if moment is not None:
            return float(moment[0] - _EPOCH)
    return None
