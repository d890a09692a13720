"""A contract as the engine sees it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from observer.contracts.looking import Look
from observer.contracts.quality import QualityRule
from observer.contracts.shape import Shape
from observer.model import Finding, ViolationKind


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
    quality: its gates, each by a name of its own; looks: what those that look into payloads count there;
    payload: what it names, by which drift is told; None where nothing is known of it.
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
    latency_threshold: float = field(init=False)
    """Seconds of the latency service level (a contract has one at most); infinite without one."""

    def __post_init__(self) -> None:
        thresholds = [level.threshold for level in self.service_levels if level.threshold is not None]
        object.__setattr__(self, "latency_threshold", min(thresholds, default=float("inf")))
