"""Closes windows over a store: the same after each flush of the embedded run and after each fold of Kafka's topics."""

from collections.abc import Callable, Mapping
from typing import Final

from observer.contracts.compiled import Contract
from observer.model import Rollup, RollupKey
from observer.store import gates
from observer.store.database import Cursor, Database
from observer.windows.gates import Closed, GateKey, GateState, Late, close, late, wanted
from observer.windows.gates.wanted import whole

_NEVER: Final = float("inf")
_ALWAYS: Final = float("-inf")


class Gatekeeper:
    """Keeps the gates of some contracts: of all of them, or on Kafka of those whose rollups this process folds.

    Whatever this process has decided is in `states`; another may keep the gates of other contracts in the same store.
    """

    def __init__(self, database: Database, mine: Callable[[str], bool] = lambda _: True) -> None:
        """mine: whether the gates of a contract are kept here. Raises StoreError."""
        self._database = database
        self._mine = mine
        self._next = _ALWAYS
        self._looked: dict[GateKey, int] = {}
        self._contracts: Mapping[str, Contract] = {}
        with database.snapshot() as cursor:
            self.states = self._read(cursor)

    def late(self, contracts: Mapping[str, Contract], rollups: Mapping[RollupKey, Rollup]) -> Late:
        """Returns what of `rollups` is late. Ask before they are added, and add with `Late.amendments`."""
        return late(contracts, self.states, rollups)

    def gap(self, since: float, until: float) -> None:
        """Notes that nobody listened from `since` to `until`: windows about silence that it touches are not decided.
        Raises StoreError."""
        with self._database.transaction() as cursor:
            gates.add_gap(cursor, since, until)

    def close(self, contracts: Mapping[str, Contract], watermark: float) -> Closed:
        """Decides every window that is over at `watermark`, and returns what came of it once it is kept, all of it or
        nothing. Costs nothing while no window can be over. Raises StoreError.

        contracts: of the catalog in force; watermark: event time before which nothing more is expected.
        """
        if contracts is self._contracts and watermark < self._next:
            return Closed()
        held = {name: contract for name, contract in contracts.items() if self._mine(name)}
        with self._database.transaction() as cursor:
            # Two processes that keep the same gates, as at the handing over of a partition, go one behind the other.
            cursor.alone("gates")
            states = self._read(cursor)
            asked = list(wanted(held.values(), states, watermark, self._looked))
            closed = close(
                held,
                states,
                gates.read_windows(cursor, asked),
                watermark,
                history=gates.read_history(cursor, asked),
                gaps=gates.read_gaps(cursor),
                asked=asked,
            )
            gates.keep(cursor, closed, _metrics(held))
        for state in closed.gone:
            del states[state.key]
        # What holds nothing now holds nothing later but what is late, and that begins no gate.
        self._looked |= {one.key: one.until for one in asked if one.state is None}
        self.states = states | {state.key: state for state in closed.states}
        self._contracts, self._next = contracts, self._due(held, watermark)
        return closed

    @property
    def undecided_from(self) -> float:
        """Event time from which minutes are still needed; infinite where no gate waits for any."""
        return min((state.decided_until for state in self.states.values()), default=_NEVER)

    def _read(self, cursor: Cursor) -> dict[GateKey, GateState]:
        return {key: state for key, state in gates.read_states(cursor).items() if self._mine(key[0])}

    def _due(self, contracts: Mapping[str, Contract], watermark: float) -> float:
        """Returns the watermark at which the next window can be over."""
        due = _NEVER
        for contract in contracts.values():
            for rule in contract.quality:
                state = self.states.get((contract.id, rule.gate))
                over = int((watermark - rule.lateness) // rule.window) * rule.window
                until = over if state is None else whole(rule, state.decided_until)
                due = min(due, until + rule.window + rule.lateness)
        return due


def _metrics(contracts: Mapping[str, Contract]) -> Callable[[GateKey], str]:
    rules = [(contract.id, rule) for contract in contracts.values() for rule in contract.quality]
    return {(contract, rule.gate): rule.metric.value for contract, rule in rules}.__getitem__
