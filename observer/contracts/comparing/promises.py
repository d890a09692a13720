"""How two promises compare, and whom the difference breaks. Promises are about many events: they have no
counter-example."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from itertools import pairwise
from typing import Final, NamedTuple

from observer.contracts.comparing.change import Area, Change, Grade
from observer.contracts.comparing.shown import text
from observer.messages import Words


class Turn(StrEnum):
    """What became of a promise. Less of it breaks those who rely on it, more of it those who must keep it."""

    LAXER = "laxer"
    STRICTER = "stricter"
    OTHER = "other"
    UNKNOWN = "unknown"
    SAME = "same"


_GRADES: Final[Mapping[Turn, tuple[Grade, Grade]]] = {
    Turn.LAXER: (Grade.BREAKING, Grade.FINE),
    Turn.STRICTER: (Grade.FINE, Grade.BREAKING),
    Turn.OTHER: (Grade.BREAKING, Grade.BREAKING),
    Turn.UNKNOWN: (Grade.WARNING, Grade.WARNING),
}


class Spot(NamedTuple):
    """Where a change stands, and what kind of change it is."""

    area: Area
    path: str
    schema: str = ""


def promise(rule: str, spot: Spot, old: object, new: object, turn: Turn) -> Change:
    """Returns the change of a promise that took this turn."""
    consumer, producer = _GRADES[turn]
    return graded(rule, spot, old, new, consumer, producer, f"contract_diff.why.{turn.value}")


def graded(
    rule: str, spot: Spot, old: object, new: object, consumer: Grade, producer: Grade, why: str
) -> Change:
    """Returns a change without counter-examples. why: the code of its reason."""
    return Change(
        rule, spot.area, spot.path, text(old), text(new), consumer, producer, Words(why), spot.schema
    )


def described(spot: Spot, old: object, new: object, keyword: str) -> Change:
    """Returns a change of words for people."""
    code = "contract_diff.why.described"
    change = graded("metadata-changed", spot, old, new, Grade.FINE, Grade.FINE, code)
    return change._replace(keyword=keyword)


def turned(
    old_allows: Callable[[float], bool], new_allows: Callable[[float], bool], edges: set[float]
) -> Turn:
    """Returns how two sets of allowed numbers compare. edges: where either of them begins or ends."""
    ordered = sorted(edges)
    between = [(low + high) / 2 for low, high in pairwise(ordered)]
    points = [*ordered, *between, ordered[0] - 1, ordered[-1] + 1]
    lost = any(old_allows(point) and not new_allows(point) for point in points)
    won = any(new_allows(point) and not old_allows(point) for point in points)
    if lost and won:
        return Turn.OTHER
    if lost:
        return Turn.STRICTER
    return Turn.LAXER if won else Turn.SAME
