"""Counting: each event becomes one small key; the few dozen keys of a chunk are expanded once."""

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple, TypeAlias

from observer import metrics
from observer.catalog import Catalog, Source
from observer.consent.outcome import ConsentOutcome
from observer.consent.proof import Prove
from observer.contracts.compiled import Contract
from observer.contracts.versions import UNKNOWN_VERSION
from observer.engine.answers import Answers
from observer.engine.choices import Listening
from observer.engine.consents import (
    count_breaches,
    count_consent,
    count_contradictions,
    count_honoured,
)
from observer.engine.counts import Counts
from observer.engine.drift import Drift
from observer.engine.evidence import Evidence
from observer.engine.leaks import Leaks
from observer.engine.memory import Seen, Shared
from observer.engine.proofs import Proofs
from observer.engine.result import Result
from observer.engine.times import count_times
from observer.engine.timing import Timing
from observer.model import Event, Finding, Kept, Undecodable, Verdict
from observer.tools.sighting import Sighting


class Limits(NamedTuple):
    """What bounds the engine.

    clock_tolerance: seconds a device clock may be off before it counts as skewed: below it, the offset cannot
        be told from transit; rules_per_contract: distinct rules in the label `rule`, the rest is `_other`;
        prove: makes the tokens by which a signal can be proven to have been seen, or None where none is kept;
        proof_tokens: distinct ones of one chunk, the rest is `_other`;
        leak_share: of the events that are looked into for personal data, beside all that are quarantined;
        drift_key: of the hashes that stand for undeclared names, or b"" where drift is not looked for.
    """

    clock_tolerance: float = 5.0
    rules_per_contract: int = 200
    prove: Prove | None = None
    proof_tokens: int = 1_000
    leak_share: float = 0.02
    drift_key: bytes = b""


Group: TypeAlias = tuple[Contract | None, Verdict, int, bool, bool, Shared[ConsentOutcome], Shared[Seen]]
"""(contract, verdict, minute, is end_to_end known, is it above the contract's threshold, consent, tools)."""


class Members:
    """How many events share one group, and the newest event time among them."""

    __slots__ = ("latest", "number")

    def __init__(self, number: int, latest: float) -> None:
        self.number = number
        self.latest = latest


class Tally:
    """The counts of one chunk. Mutable while the chunk is judged, then turned into a Result once."""

    def __init__(self, catalog: Catalog, source: Source, limits: Limits) -> None:
        self.timing = Timing(limits.clock_tolerance)
        self.leaks = Leaks(limits.leak_share)
        self.proofs = Proofs(limits.proof_tokens)
        self._catalog = catalog
        self._source = source
        self._limits = limits
        self._groups: dict[Group, Members] = {}
        self._rules: dict[str, frozenset[str]] = {}
        self._counts = Counts()
        self._verdicts: dict[Verdict, int] = dict.fromkeys(Verdict, 0)
        self.drift = Drift(source.id, limits.drift_key, self._counts)

    def add(self, group: Group, time: float) -> None:
        """Counts one judged event. time: its event time."""
        held = self._groups.get(group)
        if held is None:
            self._groups[group] = Members(1, time)
            return
        held.number += 1
        held.latest = max(held.latest, time)

    def duplicate(self, contract: Contract | None, time: float) -> None:
        """Counts one event whose id came before."""
        self._verdict(contract, Verdict.DUPLICATE, int(time // 60), 1, time)

    def unreadable(self, event: Undecodable, time: float) -> None:
        """Counts one thing that could not be read. time: when its record came."""
        minute = int(time // 60)
        self._verdict(None, Verdict.UNDECODABLE, minute, 1, time)
        self._counts.count(metrics.UNDECODABLE, (self._source.id, event.reason), 1)
        self._counts.roll("source", self._source.id, minute, f"undecodable/{event.reason}", 1)

    def upstream(self, event: Event, minute: int) -> None:
        """Counts the verdicts of other systems that the event carries."""
        for system, reason in event.upstream:
            self._counts.count(metrics.UPSTREAM, (self._source.id, system, reason), 1)
            self._counts.roll("source", self._source.id, minute, f"upstream/{system}/{reason}", 1)

    def findings(self, contract: Contract | None, findings: Sequence[Finding], minute: int) -> None:
        """Counts the broken rules of one event. A rule that its contract does not list is `_other`."""
        name = contract.id if contract else metrics.NONE
        for finding in findings:
            rule = self._bounded(contract, finding.rule)
            self._counts.count(metrics.VIOLATIONS, (name, rule, finding.kind.value), 1)
            self._counts.roll("contract", name, minute, f"finding/{finding.kind.value}/{rule}", 1)

    def result(
        self,
        kept: list[Kept],
        learned: list[str],
        unreadable: dict[int, str],
        sizes: list[int],
        door: dict[int, int],
        evidence: Evidence,
        answers: Answers,
        listening: Listening,
    ) -> Result:
        """Expands the groups and returns what the chunk came to. door: events by minute, before they were judged."""
        evidence.count(self._counts)
        for minute, number in door.items():
            self._counts.count(metrics.RECEIVED, (self._source.id,), number)
            self._counts.roll("source", self._source.id, minute, "received", number)
        self._expand(answers)
        self.leaks.count(self._counts)
        self.proofs.expand(self._counts, answers.caches.proof_measures(self._source.id), self._source.id)
        histograms = count_times(self._counts, self._source, self.timing)
        count_honoured(self._counts, self._source, listening.honoured, histograms)
        for one in kept:
            self._counts.count(metrics.QUARANTINE_EVENTS, (one.contract, one.verdict.value), 1)
        return Result(
            sum(sizes),
            self._verdicts,
            self._counts.series,
            histograms,
            self._counts.newest,
            self._counts.rollups,
            kept,
            learned,
            unreadable,
            sizes,
            evidence.learned,
            listening.learned,
        )

    def _expand(self, answers: Answers) -> None:
        consents: dict[tuple[Shared[ConsentOutcome], int], int] = {}
        shown: dict[tuple[Shared[ConsentOutcome], Shared[Seen], int], int] = {}
        for group, members in self._groups.items():
            contract, verdict, minute, timed, late, consent, tools = group
            number, time = members.number, members.latest
            self._verdict(contract, verdict, minute, number, time)
            if contract is not None:
                self._version(contract, minute, number)
                self._service_levels(contract, verdict, minute, timed, late, number)
            self._tools(tools.value.sightings, minute, number, time)
            consents[consent, minute] = consents.get((consent, minute), 0) + number
            shown[consent, tools, minute] = shown.get((consent, tools, minute), 0) + number
        for (consent, minute), number in consents.items():
            count_consent(self._counts, self._catalog, self._source, consent.value, minute, number)
        for (consent, tools, minute), number in shown.items():
            traces = tools.value.traces
            if traces:
                count_breaches(
                    self._counts, self._catalog, self._source, consent.value, traces, minute, number
                )
                count_contradictions(
                    self._counts, self._source, answers.contradictions(tools), minute, number
                )

    def _verdict(
        self, contract: Contract | None, verdict: Verdict, minute: int, number: int, time: float
    ) -> None:
        name, source = contract.id if contract else metrics.NONE, self._source.id
        self._verdicts[verdict] += number
        self._counts.count(metrics.EVENTS, (name, source, verdict.value), number)
        measure = f"verdict/{verdict.value}"
        self._counts.roll("source", source, minute, measure, number)
        self._counts.roll("contract", name, minute, measure, number)
        self._counts.seen("source", source, time)
        self._counts.seen("contract", name, time)

    def _version(self, contract: Contract, minute: int, number: int) -> None:
        labels = (contract.id, contract.version, self._source.id)
        self._counts.count(metrics.VERSION_EVENTS, labels, number)
        self._counts.roll(
            "contract", contract.id, minute, f"version/{contract.version}/{self._source.id}", number
        )
        if contract.version != UNKNOWN_VERSION and contract.lifetime.warns(minute * 60):
            self._counts.count(metrics.DEPRECATED_EVENTS, labels, number)

    def _service_levels(
        self, contract: Contract, verdict: Verdict, minute: int, timed: bool, late: bool, number: int
    ) -> None:
        for level in contract.service_levels:
            if level.threshold is None:
                good = verdict is Verdict.VALID
            elif timed:
                good = not late
            else:
                continue
            outcome = "good" if good else "bad"
            self._counts.count(metrics.SLI_EVENTS, (contract.id, level.slo, outcome), number)
            self._counts.roll("contract", contract.id, minute, f"slo/{level.slo}/{outcome}", number)

    def _tools(self, sightings: tuple[Sighting, ...], minute: int, number: int, time: float) -> None:
        for tool, capability, status in sightings:
            self._counts.count(metrics.TOOL_EVENTS, (tool, capability, status), number)
            self._counts.roll("tool", tool, minute, f"seen/{status}", number)
            self._counts.seen("tool", tool, time)
            if tool == metrics.OTHER:
                self._counts.count(metrics.LABEL_OVERFLOW, ("tool",), number)

    def _bounded(self, contract: Contract | None, rule: str) -> str:
        if contract is None or rule.startswith("envelope:"):
            return rule
        listed = self._rules.get(contract.id)
        if listed is None:
            listed = self._rules[contract.id] = frozenset(
                islice(contract.rules, self._limits.rules_per_contract)
            )
        if rule in listed:
            return rule
        self._counts.count(metrics.LABEL_OVERFLOW, ("rule",), 1)
        return metrics.OTHER
