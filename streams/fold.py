"""The fold: rollups and the ledger into the store, with the offsets that they cover, in one database transaction.

Where to go on is told by the store alone, never by the group's committed offsets. Whoever folds from where the store is
no more is a zombie: its transaction is refused, it gives up what it has in hand and joins the group anew. While the
store cannot be reached, what is in hand waits and is tried again, and nothing is read beyond it.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import structlog
from aiokafka.errors import KafkaError
from mode import Service

from observer import metrics
from observer.clock import Clock
from observer.contracts.compiled import Contract
from observer.errors import FencedError
from observer.metrics import Metric
from observer.settings import Settings
from observer.sinks.gauges import Reading
from observer.sinks.totals import Totals
from observer.store import Retention, Store, open_store
from streams.fold_gates import FoldGates
from streams.fold_keeping import Keeping
from streams.fold_membership import FoldMembership
from streams.merging import Names, watermark
from streams.topics import Kind, topic_name

PACE_SECONDS: Final = 0.25
"""Between two transactions while there is little to fold, so that the same rows are not written at every poll."""
REJOIN_SECONDS: Final = 1.0
COMPACT_SECONDS: Final = 30.0

_DAY: Final = 86_400.0

log = structlog.get_logger(__name__)


def folds_here(settings: Settings, worker: int) -> bool:
    """Returns whether a worker of this machine folds: with PostgreSQL all do, with SQLite the first alone."""
    return settings.kafka.fold and (settings.store.url is not None or worker == 0)


def fold_store(settings: Settings) -> Store:
    """Opens the store that the settings name. Raises StoreError: in use by another process, out of reach, newer."""
    url = settings.store.url
    retention = Retention(days=settings.windows.retention_days * _DAY)
    return open_store(settings.state, None if url is None else url.get_secret_value(), retention)


class Fold(Service):
    """Folds until it is stopped. Owns the store that it is given, and closes it.

    client: what `client_arguments` returns, with the client_id of this worker; contracts: of the catalog in force,
    whose gates are kept here; None: no gate is.
    """

    def __init__(
        self,
        settings: Settings,
        client: Mapping[str, Any],
        store: Store,
        clock: Clock,
        totals: Totals,
        contracts: Callable[[], Mapping[str, Contract]] | None = None,
    ) -> None:
        super().__init__()
        self._settings, self._client, self._clock, self._totals = settings, client, clock, totals
        self._store = store
        self._names = Names(topic_name(settings, Kind.ROLLUPS), topic_name(settings, Kind.LEDGER))
        self._gates = None if contracts is None else FoldGates(store, contracts)
        self._keeping = Keeping(store, clock, totals, self.sleep, self._gates)
        self._membership: FoldMembership | None = None

    @property
    def reachable(self) -> bool:
        """Whether the store answered when it was last asked."""
        return self._keeping.reachable

    @property
    def polled(self) -> float | None:
        """When the last poll returned, in seconds since the epoch; None before the first of this membership."""
        return None if self._membership is None else self._membership.polled

    def lag(self) -> dict[tuple[str, int], int]:
        """Returns how many records of each (topic, partition) that is folded here are not in the store yet."""
        return {} if self._membership is None else self._membership.lag()

    def gauges(self) -> Iterator[Reading]:
        """Yields the state of the moment: of the partitions that are ours now, and nothing that is not known."""
        yield metrics.STORE_REACHABLE, (), float(self.reachable)
        kinds = {self._names.rollups: "rollups", self._names.ledger: "ledger"}
        for (topic, partition), records in sorted(self.lag().items()):
            yield metrics.FOLD_LAG, (kinds[topic], str(partition)), float(records)
        member = self._membership
        if member is not None and member.folded is not None:
            time = watermark(member.folded, member.partitions)
            if time is not None:
                yield metrics.FOLD_WATERMARK, (), time
        if self._gates is not None:
            for gate, state in sorted(self._gates.states.items()):
                yield metrics.GATE_OPEN, gate, float(state.open)

    async def on_shutdown(self) -> None:
        """Closes the store, once nothing is written any more."""
        await asyncio.to_thread(self._store.close)

    @Service.task
    async def _fold(self) -> None:
        while not self.should_stop:
            member = self._membership = FoldMembership(
                self._settings.kafka, self._client, self._names, self._keeping, self._clock
            )
            try:
                await self.wait_for_stopped(member.run(self._wanted, self._pace))
            except FencedError as error:
                self._totals.count(metrics.FOLD_FENCED)
                log.error("fold fenced: another process folded its partitions", reason=error.told())
            except (KafkaError, OSError) as error:
                log.error("fold cannot read", reason=type(error).__name__)
            finally:
                self._membership = None
                await member.leave()
            await self.sleep(REJOIN_SECONDS)

    @Service.task
    async def _keep_house(self) -> None:
        while not self.should_stop:
            await self.sleep(COMPACT_SECONDS)
            if not self.should_stop:
                await self._keeping.compact()

    def _wanted(self) -> bool:
        return not self.should_stop

    async def _pace(self) -> None:
        await self.sleep(PACE_SECONDS)


def fold_counters() -> Iterator[tuple[Metric, tuple[str, ...]]]:
    """Yields every series of the fold's counters, so that each exists at 0 from the start."""
    for reader in ("rollups", "ledger"):
        for kind in ("hole", "overlap"):
            yield metrics.FOLD_REFUSALS, (reader, kind)
    yield metrics.FOLD_UNREADABLE, ()
    yield metrics.FOLD_FENCED, ()
