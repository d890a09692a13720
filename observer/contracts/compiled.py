"""A contract as the engine sees it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import inf
from typing import Final, NamedTuple

from observer.contracts.looking import Look
from observer.contracts.quality import QualityRule
from observer.contracts.shape import Shape
from observer.model import Event, Finding, ViolationKind


def _nothing(rules: Sequence[QualityRule]) -> tuple[Look, ...]:
    return ()


class Owner(NamedTuple):
    """Who answers for something on one side of the house."""

    name: str
    contact: str


class Match(NamedTuple):
    """Which events a contract claims. dialect and sources empty: any."""

    kind: str
    name: str
    dialects: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()


class ServiceLevel(NamedTuple):
    """One objective: `validity` counts events, `latency` counts events slower than `threshold` seconds."""

    slo: str
    objective: float
    threshold: float | None = None


class Lifetime(NamedTuple):
    """How long a version lives. Times in seconds since the epoch, by event time.

    deprecated: whether its owners call it so; end_of_support: from when its events are warned of; end_of_life: from
    when they are invalid; replaced_by: the version that senders should move to, or "".
    """

    deprecated: bool = False
    end_of_support: float = inf
    end_of_life: float = inf
    replaced_by: str = ""

    def warns(self, time: float) -> bool:
        """Returns whether an event of this version at `time` is one too many already."""
        return self.deprecated or time >= min(self.end_of_support, self.end_of_life)


FOR_GOOD: Final = Lifetime()


UNTRIED: Final = object()


class Chosen(NamedTuple):
    """The version of a contract that judges one event.

    findings: what is wrong with the version itself; known: whether it can judge the event at all;
    decoded: what its fast path made of the payload, where that was how it was found, else UNTRIED.
    """

    contract: "Contract"
    findings: tuple[Finding, ...] = ()
    known: bool = True
    decoded: object = UNTRIED


@dataclass(frozen=True, slots=True, eq=False)
class Contract:
    """One ODCS document, compiled. Compared and hashed by identity: the engine groups events by it.

    fast: decodes and checks a payload in one pass, and returns what `looks` look into; raises msgspec.DecodeError
        (ValidationError is one) or RecursionError or ValueError where it does not accept. It may refuse what `exact`
        accepts, never the other way round;
    exact: every broken rule of a payload that `fast` refused, in document order; () when it keeps the contract
        after all. Takes (payload bytes, root path). Raises nothing: what it cannot check is a finding of kind
        NOT_CHECKED (the verdict is then `unvalidated`);
    rules: every rule id that `exact` can report, with its kind: the bound of the metric's label;
    lifetime: of this version; version_field: the keys that lead to where a payload names its version, or ();
    choose: (event, event time) → the version that judges it, or None where this is the only one and never ends;
    versions: all that live, newest first, or () where this is the only one;
    quality: its gates, each by a name of its own; looks: what those that look into payloads count there;
    look_for: compiles other gates for payloads of this version;
    payload: what it names, by which drift is told; None where nothing is known of it;
    review_by: the day by which both owners read it again.
    """

    id: str
    version: str
    title: str
    matches: tuple[Match, ...]
    marketing_owner: Owner
    technical_owner: Owner
    purposes: tuple[str, ...]
    runbook: str
    service_levels: tuple[ServiceLevel, ...]
    rules: Mapping[str, ViolationKind]
    fast: Callable[[bytes], object]
    exact: Callable[[bytes, str], tuple[Finding, ...]]
    quality: tuple[QualityRule, ...] = ()
    looks: tuple[Look, ...] = ()
    payload: Shape | None = None
    review_by: date | None = None
    look_for: Callable[[Sequence[QualityRule]], tuple[Look, ...]] = _nothing
    lifetime: Lifetime = FOR_GOOD
    version_field: tuple[str, ...] = ()
    choose: "Callable[[Event, float], Chosen] | None" = None
    versions: "tuple[Contract, ...]" = ()
    latency_threshold: float = field(init=False)
    """Seconds of the latency service level (a contract has one at most); infinite without one."""

    def __post_init__(self) -> None:
        thresholds = [level.threshold for level in self.service_levels if level.threshold is not None]
        object.__setattr__(self, "latency_threshold", min(thresholds, default=float("inf")))
