"""Quality rules as the engine counts for them and the windows judge them: one gate each.

A row is one event that the contract claims, was judged and is no duplicate of a message. docs/contracts.md says in one
table what each metric counts.
"""

from enum import StrEnum
from typing import Final, Literal, NamedTuple, TypeAlias

from observer.model import Verdict

Unit: TypeAlias = Literal["rows", "percent", "seconds"]
Severity: TypeAlias = Literal["info", "warning", "error"]

WINDOWS: Final = (300, 900, 3_600, 86_400)
"""Lengths in seconds of the windows that a rule may be judged over."""

ROWS: Final = tuple(f"verdict/{verdict}" for verdict in (Verdict.VALID, Verdict.INVALID, Verdict.UNVALIDATED))
"""Measures of a contract's rollups that add up to its rows."""
_NOT_VALID: Final = ROWS[1:]


class Metric(StrEnum):
    """What a rule measures: the five library metrics of ODCS, then what service levels and volumes ask."""

    NULL_VALUES = "nullValues"
    MISSING_VALUES = "missingValues"
    INVALID_VALUES = "invalidValues"
    DUPLICATE_VALUES = "duplicateValues"
    ROW_COUNT = "rowCount"
    VOLUME = "volume"
    FRESHNESS = "freshness"
    AVAILABILITY = "availability"
    VALIDITY = "validity"


PROBED: Final = frozenset(
    {Metric.NULL_VALUES, Metric.MISSING_VALUES, Metric.INVALID_VALUES, Metric.DUPLICATE_VALUES}
)
"""Metrics that look into each payload; all others are made of the verdicts."""

WITHOUT_EVIDENCE: Final = frozenset({Metric.ROW_COUNT, Metric.VOLUME, Metric.FRESHNESS, Metric.AVAILABILITY})
"""Metrics for which few events are no lack of evidence but what they are about."""


class Bound(NamedTuple):
    """Which values pass. operator: ODCS's word; low: its number, or the lower end of a range; high: the upper end.

    The ends of a range belong to it.
    """

    operator: str
    low: float
    high: float = 0.0

    def holds(self, value: float) -> bool:
        """Returns whether `value` passes."""
        match self.operator:
            case "mustBe":
                return value == self.low
            case "mustNotBe":
                return value != self.low
            case "mustBeGreaterThan":
                return value > self.low
            case "mustBeGreaterOrEqualTo":
                return value >= self.low
            case "mustBeLessThan":
                return value < self.low
            case "mustBeLessOrEqualTo":
                return value <= self.low
            case "mustBeBetween":
                return self.low <= value <= self.high
            case "mustNotBeBetween":
                return not self.low <= value <= self.high
        raise ValueError(f"operator: expected one of {', '.join(OPERATORS)}, got {self.operator}")


OPERATORS: Final = (
    "mustBe", "mustNotBe", "mustBeGreaterThan", "mustBeGreaterOrEqualTo", "mustBeLessThan", "mustBeLessOrEqualTo",
    "mustBeBetween", "mustNotBeBetween",
)  # fmt: skip


class Probe(NamedTuple):
    """What is looked at in one payload.

    fields: the keys that lead to each field;
    words: of missingValues the values that count as missing, of invalidValues the valid ones (see `probes.word_of`);
    pattern: what a valid text matches, or "";
    own: whether a value is valid that keeps the rules of its own property.
    """

    fields: tuple[tuple[str, ...], ...]
    words: frozenset[object] = frozenset()
    pattern: str = ""
    own: bool = False


class QualityRule(NamedTuple):
    """One gate of a contract: open while the value of `metric` over each window keeps `bound`.

    gate: its id, unique in its contract: the label `gate`;
    fields: JSONPaths in the payload, () for a rule about whole events;
    unit: what the value counts. `percent` of rows; of a volume, of the usual number; of an availability, of minutes;
    dimension: of data quality, as ODCS calls it, or "";
    window, lateness: seconds; a window is judged once the watermark has passed its end by `lateness`;
    minimum_events: rows below which a window is no evidence;
    close_after, open_after: windows in a row that break, keep the bound before the gate closes, opens;
    weeks: of a volume, how many earlier weeks it is compared with;
    every: of freshness and availability, the seconds within which an event must come;
    probe: what the engine looks at, or None where verdicts say it;
    title: for people.
    """

    gate: str
    metric: Metric
    fields: tuple[str, ...]
    bound: Bound
    unit: Unit = "rows"
    severity: Severity = "error"
    dimension: str = ""
    window: int = 3_600
    lateness: int = 300
    minimum_events: int = 30
    close_after: int = 1
    open_after: int = 2
    weeks: int = 0
    every: float = 0.0
    probe: Probe | None = None
    title: str = ""

    @property
    def bad(self) -> tuple[str, ...]:
        """Returns the measures of the contract's rollups that add up to the rows that count against the rule."""
        if self.metric in PROBED:
            return (f"quality/{self.gate}/bad",)
        return _NOT_VALID if self.metric is Metric.VALIDITY else ()

    @property
    def of(self) -> tuple[str, ...]:
        """Returns the measures that add up to the rows that were looked at."""
        return (f"quality/{self.gate}/of",) if self.metric in PROBED else ROWS

    def value(self, bad: float, of: float) -> float | None:
        """Returns the value of one window from its sums, or None where there is nothing to divide by.

        Of a rowCount it is the number of rows. Freshness, volume and availability are not made of one window's sums.
        """
        if self.metric is Metric.ROW_COUNT:
            return of
        if self.unit == "rows":
            return bad
        return 100 * bad / of if of else None
