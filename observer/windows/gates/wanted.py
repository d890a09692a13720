"""Which windows of which contracts must be read before they can be closed."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from observer.contracts.compiled import Contract
from observer.contracts.quality import QualityRule
from observer.windows.gates.state import GateKey, GateState

LOOK_BACK: Final = 86_400
"""Seconds before the watermark in which the first event of a gate that was never judged is looked for."""

MOST_WINDOWS: Final = 2_000
"""Windows of one gate that are closed in one call: what a watermark that leaps may cost. The rest come next."""


class Wanted(NamedTuple):
    """The windows of one gate that are over.

    since, until: seconds; whole windows of `rule.window` lie between them; state: None before the first event.
    """

    contract: Contract
    rule: QualityRule
    state: GateState | None
    since: int
    until: int

    @property
    def key(self) -> GateKey:
        """The gate's name."""
        return self.contract.id, self.rule.gate


def wanted(
    contracts: Iterable[Contract],
    states: Mapping[GateKey, GateState],
    watermark: float,
    looked: Mapping[GateKey, int] | None = None,
) -> Iterator[Wanted]:
    """Yields each gate that has windows to close, with the stretch of time that they cover.

    A window is over once the watermark has passed its end by the rule's lateness. looked: up to where the windows of
    gates without a state were found empty before, so that they need not be read again.
    """
    for contract in contracts:
        for rule in contract.quality:
            until = int((watermark - rule.lateness) // rule.window) * rule.window
            state = states.get((contract.id, rule.gate))
            if state is None:
                since = max(until - LOOK_BACK, (looked or {}).get((contract.id, rule.gate), 0))
                if since < until:
                    yield Wanted(contract, rule, None, whole(rule, since), until)
                continue
            since = whole(rule, state.decided_until)
            if since < until:
                yield Wanted(contract, rule, state, since, min(until, since + MOST_WINDOWS * rule.window))


def whole(rule: QualityRule, at: int) -> int:
    """Returns where the first whole window at or after `at` begins: `at` need not be one of this rule's bounds."""
    return -(-at // rule.window) * rule.window
