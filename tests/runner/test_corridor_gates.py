"""The corridor closes windows once they are stored, as far as nothing of them can still be in the queue."""

import asyncio
import json
from collections.abc import Iterable, Mapping, Sequence

import pytest

from observer import metrics
from observer.catalog import Catalog
from observer.clock import ManualClock
from observer.contracts.compiled import Contract
from observer.engine import Limits, Memory
from observer.errors import Problem, StoreError, literal
from observer.model import Kept, Record, Rollup, RollupKey
from observer.runner import Corridor
from observer.sinks.totals import Totals
from observer.windows.gates import Amendment, Closed, Decision, Incident, Late, Outcome
from observer.windows.readings import LatestFinding

NOW = 1000.0
DECISION = Decision("order-completed", "complete", 0, 300, Outcome.BROKEN, 2.0, 2, 100, None, False)


class House:
    """Takes the place of the quarantine, the store and the gates, and writes down what happened in one list."""

    def __init__(self, catalog: Catalog) -> None:
        self.log: list[tuple[str, object]] = []
        self.refuses: set[str] = set()
        self.clock, self.totals = ManualClock(NOW), Totals()
        self.closed = Closed()
        self.corridor = Corridor(
            lambda: catalog, self, self, self.totals, self.clock,
            memory=Memory(), limits=Limits(), queue_requests=9, queue_bytes=9999, closes=self,
        )  # fmt: skip

    def append(self, kept: Sequence[Kept]) -> None:
        pass

    def add(
        self,
        rollups: Mapping[RollupKey, Rollup],
        findings: Iterable[LatestFinding],
        newest: Mapping[tuple[str, str], float],
        now: float,
        amendments: Iterable[Amendment] = (),
    ) -> None:
        if "add" in self.refuses:
            raise StoreError(Problem("disk", literal("room"), literal("none")))
        self.log.append(("stored", list(amendments)))

    def late(self, contracts: Mapping[str, Contract], rollups: Mapping[RollupKey, Rollup]) -> Late:
        return Late({"order-completed": 3.0}, (Amendment("order-completed", "complete", 0, 1, 3),))

    def close(self, contracts: Mapping[str, Contract], watermark: float) -> Closed:
        if "close" in self.refuses:
            raise StoreError(Problem("disk", literal("room"), literal("none")))
        self.log.append(("closed", watermark))
        return self.closed

    async def send(self, message_id: str, received: float = NOW) -> None:
        event = {"type": "track", "event": "Nobody Knows", "messageId": message_id, "userId": "u"}
        await self.corridor.submit("web-shop", Record(json.dumps(event).encode(), received=received))


@pytest.fixture
def house(catalog: Catalog) -> House:
    return House(catalog)


async def test_windows_are_closed_after_they_are_stored_with_what_came_late(house: House) -> None:
    await house.corridor.start()
    await house.send("m-1")
    await house.corridor.stop()
    assert house.log == [("stored", [Amendment("order-completed", "complete", 0, 1, 3)]), ("closed", NOW)]
    assert house.totals.value(metrics.LATE_EVENTS, contract="order-completed") == 3


async def test_they_are_closed_though_nothing_came(house: House) -> None:
    await house.corridor.flush()
    assert house.log == [("closed", NOW)]


async def test_what_waits_in_the_queue_holds_the_watermark_back(house: House) -> None:
    waiting = [asyncio.create_task(house.send(f"m-{number}", NOW - 60 + number)) for number in range(2)]
    await asyncio.sleep(0)
    await house.corridor.flush()
    await house.corridor.start()
    await asyncio.gather(*waiting)
    await house.corridor.flush()
    assert [at for what, at in house.log if what == "closed"] == [NOW - 60, NOW]
    await house.corridor.stop()


async def test_nothing_is_closed_while_windows_cannot_be_stored(house: House) -> None:
    await house.corridor.start()
    await house.send("m-1")
    house.refuses = {"add"}
    await house.corridor.flush()
    assert house.log == [] and not house.totals.value(metrics.LATE_EVENTS)
    house.refuses = set()
    await house.corridor.stop()
    assert [what for what, _ in house.log] == ["stored", "closed"]


async def test_what_could_not_be_kept_is_not_counted_as_decided(house: House) -> None:
    house.closed = Closed((DECISION,))
    house.refuses = {"close"}
    await house.corridor.flush()
    assert not house.totals.value(metrics.GATE_DECISIONS)
    house.refuses = set()
    await house.corridor.flush()
    assert house.totals.value(metrics.GATE_DECISIONS, outcome="broken") == 1


async def test_an_incident_is_counted_when_it_begins(house: House, catalog: Catalog) -> None:
    contract = catalog.contracts["order-completed"]
    owners = contract.marketing_owner, contract.technical_owner
    incident = Incident(
        *(contract.id, "complete", 0, None, "warning", *owners, contract.runbook, "asked", 1, 2, 2.0, "", 0.0)
    )
    house.closed = Closed((DECISION,), (incident,), (incident,), (), {("order-completed", "complete"): 4})
    await house.corridor.flush()
    house.closed = Closed((), (incident,))
    await house.corridor.flush()
    assert house.totals.value(metrics.INCIDENTS, gate="complete", severity="warning") == 1
    assert house.totals.value(metrics.GATE_DECISIONS, outcome="too_few_events") == 4
