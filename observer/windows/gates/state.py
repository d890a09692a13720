"""What is known of a gate between two windows, and what a decision and an incident are."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, NamedTuple, TypeAlias

import msgspec

from observer.contracts.compiled import Owner

GateKey: TypeAlias = tuple[str, str]
"""(contract, gate)."""


class Outcome(StrEnum):
    """What one closed window says of one rule. Only the first two move a gate."""

    KEPT = "kept"
    BROKEN = "broken"
    TOO_FEW_EVENTS = "too_few_events"
    NO_BASELINE = "no_baseline"
    NOT_OBSERVED = "not_observed"


UNDECIDED: Final = frozenset({Outcome.TOO_FEW_EVENTS, Outcome.NO_BASELINE, Outcome.NOT_OBSERVED})


class Trouble(msgspec.Struct, frozen=True):
    """The broken windows that a gate is in, before it closes and while it is closed.

    start: first second of the first broken window; until: end of the last one; windows: how many broke;
    events: how many events they hit; worst: the value furthest from the bound; rules: broken rules of the
    contract in those windows, by how often (`<kind>/<rule>`).
    """

    start: int
    until: int
    windows: int = 0
    events: float = 0.0
    worst: float = 0.0
    rules: Mapping[str, float] = {}


class GateState(msgspec.Struct, frozen=True):
    """A gate between two windows.

    decided_until: every window that ends by then is decided, and none after it: what makes a second decision on
    the same window impossible; failing, passing: broken windows in a row while open, kept ones while closed;
    trouble: what broke since it was last well; heard: of a gate about silence, end of the newest minute with an event.
    """

    contract: str
    gate: str
    decided_until: int
    open: bool = True
    failing: int = 0
    passing: int = 0
    trouble: Trouble | None = None
    heard: int = 0

    @property
    def key(self) -> GateKey:
        """Its name."""
        return self.contract, self.gate


class Decision(NamedTuple):
    """One window of one rule, decided once and never again.

    start, window: seconds; value: in the rule's unit, None where it could not be told; bad, of: the evidence;
    expected: median of the earlier weeks, of a volume rule; open: whether the gate is open after it.
    """

    contract: str
    gate: str
    start: int
    window: int
    outcome: Outcome
    value: float | None
    bad: float
    of: float
    expected: float | None
    open: bool


class Incident(NamedTuple):
    """A gate that closed. An event of the observer's own, so that it may be kept, shown and told.

    start: first second of the first broken window; end: of the last broken one, None while it lasts;
    events: events hit, as the gate counts them; worst: the value furthest from the bound, in the rule's unit;
    top_rule: the rule of the contract that broke most in those windows (`<kind>/<rule>`), else "";
    asked: what the rule asks, as `duplicateValues mustBeLessThan 1 percent`.
    """

    contract: str
    gate: str
    start: int
    end: int | None
    severity: str
    marketing_owner: Owner
    technical_owner: Owner
    runbook: str
    asked: str
    windows: int
    events: float
    worst: float
    top_rule: str
    top_rule_events: float

    @property
    def key(self) -> tuple[str, str, int]:
        """Its name: a gate has one incident at a time."""
        return self.contract, self.gate, self.start
