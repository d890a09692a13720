"""The gates of the contracts whose rollups are folded here, closed after each fold by the input's own watermark.

The same Gatekeeper closes windows in the embedded run. Here a contract belongs to whoever folds its partition of the
rollups topic, and time is what every partition of the input has reached.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from observer.contracts.compiled import Contract
from observer.model import Rollup, RollupKey
from observer.store import Folded, Gatekeeper, Store
from observer.windows.gates import Closed, GateKey, GateState, Late
from streams.merging import watermark
from streams.records import rollup_partition, subject_key

_DAY: Final = 86_400.0
_NOTHING_LATE: Final = Late({}, ())


class FoldGates:
    """Keeps gates over a store. Called in threads, one call at a time.

    contracts: of the catalog in force, asked anew each time.
    """

    def __init__(self, store: Store, contracts: Callable[[], Mapping[str, Contract]]) -> None:
        self._store = store
        self._contracts = contracts
        self._partitions: tuple[int, ...] = ()
        self._keeper: Gatekeeper | None = None

    @property
    def states(self) -> Mapping[GateKey, GateState]:
        """The gates that are kept here, as they stand."""
        return {} if self._keeper is None else self._keeper.states

    def begin(self, partitions: Iterable[int], of: int) -> None:
        """Takes over the gates of some partitions of the rollups topic, which has `of` in all. Raises StoreError."""
        mine = self._partitions = tuple(sorted(partitions))
        self._keeper = Gatekeeper(
            self._store.database,
            # Before anything is assigned, nothing is known of the topic.
            lambda contract: bool(mine) and rollup_partition(subject_key("contract", contract), of) in mine,
        )

    def late(self, rollups: Mapping[RollupKey, Rollup]) -> Late:
        """Returns what of `rollups` came for windows that are decided. Ask before they are kept."""
        return _NOTHING_LATE if self._keeper is None else self._keeper.late(self._contracts(), rollups)

    def close(self, folded: Folded) -> Closed:
        """Decides, in order, what is over at the watermark of the slowest partition of the input. Raises StoreError."""
        until = watermark(folded, self._partitions)
        if self._keeper is None or until is None:
            return Closed()
        return self._keeper.close(self._contracts(), until)

    def needed_from(self, folded: Folded) -> float:
        """Returns the event time from which minutes are still needed, here or where other partitions are folded.

        While a backlog is folded, event time is far behind the clock, and a gate may be judged by minutes that are old.
        """
        behind = min(
            (one.watermark for one in folded.positions.values() if one.watermark is not None), default=None
        )
        waiting = Gatekeeper(self._store.database).undecided_from
        return waiting if behind is None else min(waiting, behind - _DAY)
