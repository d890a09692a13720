"""The corridor answers only for what is judged and kept, and nothing it accepted is lost."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest

from observer import metrics, runner
from observer.catalog import Catalog
from observer.clock import ManualClock
from observer.engine import Limits, Memory, observe
from observer.errors import ObserverError, OverloadedError, Problem, QuarantineError, StoreError, literal
from observer.model import Kept, Record, Rollup, RollupKey
from observer.runner import Corridor
from observer.sinks.totals import Totals
from observer.sources.receipt import Receipt
from observer.windows.gates import Amendment
from observer.windows.merge import merge
from observer.windows.readings import LatestFinding

PROBLEM = Problem("disk", literal("room"), literal("none"))


class Effects:
    """Takes the quarantine's and the store's place, and writes down what happened in one ordered list."""

    def __init__(self) -> None:
        self.log: list[str] = []
        self.kept: list[Kept] = []
        self.rollups: dict[RollupKey, Rollup] = {}
        self.findings: list[LatestFinding] = []
        self.refuses_to_keep = False
        self.refuses_to_store = False

    def append(self, kept: Sequence[Kept]) -> None:
        if self.refuses_to_keep:
            raise QuarantineError(PROBLEM)
        self.kept.extend(kept)
        self.log.append(f"kept {len(kept)}")

    def add(
        self,
        rollups: Mapping[RollupKey, Rollup],
        findings: Iterable[LatestFinding],
        newest: Mapping[tuple[str, str], float],
        now: float,
        amendments: Iterable[Amendment] = (),
    ) -> None:
        if self.refuses_to_store:
            raise StoreError(PROBLEM)
        merge(self.rollups, rollups)
        self.findings.extend(findings)
        self.log.append("stored")

    def stored_verdicts(self) -> dict[str, float]:
        found: dict[str, float] = {}
        for (family, _, _), rollup in self.rollups.items():
            for measure, number in rollup.items():
                if family == "source" and measure.startswith("verdict/"):
                    found[measure[8:]] = found.get(measure[8:], 0) + number
        return found


class House:
    def __init__(self, catalog: Catalog, queue_requests: int, queue_bytes: int = 1_000_000) -> None:
        self.effects = Effects()
        self.totals = Totals()
        self.corridor = Corridor(
            lambda: catalog,
            self.effects,
            self.effects,
            self.totals,
            ManualClock(1000.0),
            memory=Memory(),
            limits=Limits(),
            queue_requests=queue_requests,
            queue_bytes=queue_bytes,
        )

    async def send(self, *values: bytes, source: str = "web-shop") -> list[Receipt | BaseException]:
        records = [Record(value=value, received=1000.0) for value in values]
        return await asyncio.gather(
            *(self.corridor.submit(source, record) for record in records), return_exceptions=True
        )

    def verdicts(self) -> dict[str, float]:
        return {
            outcome: number
            for outcome in ("valid", "duplicate", "unknown_contract", "undecodable")
            if (number := self.totals.value(metrics.EVENTS, outcome=outcome))
        }


@asynccontextmanager
async def running(catalog: Catalog, queue_requests: int = 100) -> AsyncIterator[House]:
    house = House(catalog, queue_requests)
    await house.corridor.start()
    try:
        yield house
    finally:
        await house.corridor.stop()


def receipt(message_id: str) -> bytes:
    order = {
        "order_id": "ML-20418833",
        "total": 1,
        "currency": "EUR",
        "products": [{"product_id": "LAMP-01", "price": 1, "quantity": 1}],
    }
    call = {
        "type": "track",
        "event": "Order Completed",
        "messageId": message_id,
        "userId": "u",
        "properties": order,
    }
    return json.dumps(call).encode()


async def test_a_value_that_came_in_an_earlier_group_counts_as_one_too_many(catalog: Catalog) -> None:
    async with running(catalog) as house:
        await house.send(receipt("first"))
        await house.send(receipt("second"))
    sums = [measures for (_, name, _), measures in house.effects.rollups.items() if name == "order-completed"]
    assert [
        sum(each.get(f"quality/one_event_per_order/{part}", 0) for each in sums) for part in ("bad", "of")
    ] == [1, 2]


def unknown(message_id: str) -> bytes:
    return json.dumps(
        {"type": "track", "event": "Nobody Knows", "messageId": message_id, "userId": "u"}
    ).encode()


async def test_a_receipt_comes_after_the_event_is_kept_and_before_windows_are_stored(
    catalog: Catalog,
) -> None:
    async with running(catalog) as house:
        [receipt] = await house.send(unknown("m-1"))
        assert receipt == Receipt(1)
        assert house.effects.log == ["kept 1"]
    assert house.effects.log == ["kept 1", "stored"]


async def test_the_receipt_says_how_many_events_there_were_and_why_none_could_be_read(
    catalog: Catalog,
) -> None:
    async with running(catalog) as house:
        batch = json.dumps({"batch": [json.loads(unknown("m-1")), json.loads(unknown("m-2"))]}).encode()
        assert await house.send(batch, b"{") == [Receipt(2), Receipt(1, "not_json")]


async def test_what_cannot_be_kept_is_not_accepted_and_leaves_no_trace(catalog: Catalog) -> None:
    async with running(catalog) as house:
        house.effects.refuses_to_keep = True
        [refused] = await house.send(unknown("m-1"))
        assert isinstance(refused, QuarantineError)
        assert house.verdicts() == {}
        house.effects.refuses_to_keep = False
        assert await house.send(unknown("m-1")) == [Receipt(1)]
        assert house.verdicts() == {"unknown_contract": 1}, "sent again, it must be no duplicate"


async def test_a_full_queue_refuses_and_says_when_to_try_again(catalog: Catalog) -> None:
    house = House(catalog, queue_requests=2)
    waiting = [
        asyncio.create_task(house.corridor.submit("web-shop", Record(value=unknown(f"m-{n}"))))
        for n in range(2)
    ]
    await asyncio.sleep(0)
    with pytest.raises(OverloadedError) as refused:
        await house.corridor.submit("web-shop", Record(value=unknown("m-3")))
    assert refused.value.retry_after >= 1
    await house.corridor.start()
    assert await asyncio.gather(*waiting) == [Receipt(1), Receipt(1)]
    await house.corridor.stop()


async def test_the_queue_is_bounded_in_bytes_too(catalog: Catalog) -> None:
    house = House(catalog, queue_requests=100, queue_bytes=1_000)
    waiting = [
        asyncio.create_task(house.corridor.submit("web-shop", Record(value=b" " * 600))) for _ in range(2)
    ]
    await asyncio.sleep(0)
    assert house.corridor.full
    with pytest.raises(OverloadedError):
        await house.corridor.submit("web-shop", Record(value=b"{}"))
    await house.corridor.start()
    await asyncio.gather(*waiting)
    assert not house.corridor.full
    await house.corridor.stop()


BROKEN = {
    "the quarantine": ("append", MemoryError("a fault that nobody foresaw")),
    "the disk": ("append", OSError(5, "Input/output error")),
}


@pytest.mark.parametrize(("effect", "fault"), BROKEN.values(), ids=BROKEN)
async def test_no_fault_kills_the_corridor_and_a_stop_never_hangs(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch, effect: str, fault: Exception
) -> None:
    async with asyncio.timeout(10):
        async with running(catalog) as house:

            def broken(*_: object) -> None:
                raise fault

            monkeypatch.setattr(house.effects, effect, broken)
            [refused] = await house.send(unknown("m-1"))
            assert isinstance(refused, ObserverError)
            assert house.corridor.alive
            assert not house.corridor.kept
            assert house.totals.value(metrics.QUARANTINE_FAILURES) == 1
            monkeypatch.undo()
            assert await house.send(unknown("m-1")) == [Receipt(1)]
            assert house.corridor.kept


async def test_a_log_that_cannot_be_written_costs_nobody_an_answer(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(*_: object, **__: object) -> None:
        raise ValueError("I/O operation on closed file.")

    monkeypatch.setattr(runner.log, "error", closed, raising=False)
    async with asyncio.timeout(10):
        async with running(catalog) as house:
            house.effects.refuses_to_keep = True
            [refused] = await house.send(unknown("m-1"))
            assert isinstance(refused, QuarantineError)
            house.effects.refuses_to_keep = False
            assert await house.send(unknown("m-1")) == [Receipt(1)]


async def test_large_groups_are_judged_beside_the_event_loop_with_the_same_result(catalog: Catalog) -> None:
    calls = [json.loads(unknown(f"m-{number}")) for number in range(4000)]
    async with running(catalog) as house:
        assert await house.send(json.dumps({"batch": calls}).encode()) == [Receipt(4000)]
        assert house.verdicts() == {"unknown_contract": 4000}


async def test_stopping_answers_all_that_waits_and_stores_all_windows(catalog: Catalog) -> None:
    house = House(catalog, queue_requests=500)
    waiting = [
        asyncio.create_task(house.corridor.submit("web-shop", Record(value=unknown(f"m-{n}"))))
        for n in range(300)
    ]
    await asyncio.sleep(0)
    await house.corridor.start()
    await house.corridor.stop()
    assert all(task.result() == Receipt(1) for task in waiting)
    assert house.effects.stored_verdicts() == {"unknown_contract": 300}
    with pytest.raises(OverloadedError):
        await house.corridor.submit("web-shop", Record(value=unknown("late")))


async def test_windows_wait_in_hand_while_the_store_is_down(catalog: Catalog) -> None:
    async with running(catalog) as house:
        house.effects.refuses_to_store = True
        await house.send(unknown("m-1"))
        await house.corridor.flush()
        assert not house.corridor.stored
        await house.send(unknown("m-2"))
        house.effects.refuses_to_store = False
        await house.corridor.flush()
        assert house.corridor.stored
        assert house.effects.stored_verdicts() == {"unknown_contract": 2}
        assert len(house.effects.findings) == 2


async def test_any_fault_of_the_store_leaves_the_windows_in_hand(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(catalog) as house:
        await house.send(unknown("m-1"))

        def broken(*_: object) -> None:
            raise RuntimeError("a fault that nobody foresaw")

        monkeypatch.setattr(house.effects, "add", broken)
        await house.corridor.flush()
        assert not house.corridor.stored
        monkeypatch.undo()
    assert house.effects.stored_verdicts() == {"unknown_contract": 1}


async def test_what_comes_while_the_store_refuses_is_not_lost(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The windows in hand and those that came during the attempt are merged, none replaces the other."""
    async with running(catalog) as house:
        await house.send(unknown("m-1"))
        entered, leave = threading.Event(), threading.Event()

        def slow(*_: object) -> None:
            entered.set()
            leave.wait(5)
            raise StoreError(PROBLEM)

        monkeypatch.setattr(house.effects, "add", slow)
        flushing = asyncio.create_task(house.corridor.flush())
        await asyncio.to_thread(entered.wait, 5)
        await house.send(unknown("m-2"))
        leave.set()
        await flushing
        monkeypatch.undo()
        await house.corridor.flush()
        assert house.effects.stored_verdicts() == {"unknown_contract": 2}


async def test_a_later_request_with_the_same_id_is_a_duplicate(catalog: Catalog) -> None:
    async with running(catalog) as house:
        await house.send(unknown("m-1"))
        await house.send(unknown("m-1"))
        assert house.verdicts() == {"unknown_contract": 1, "duplicate": 1}


async def test_records_of_one_source_are_judged_in_the_order_in_which_they_came(catalog: Catalog) -> None:
    async with running(catalog) as house:
        await house.send(*[unknown(f"m-{number % 10}") for number in range(50)])
        assert house.verdicts() == {"unknown_contract": 10, "duplicate": 40}


async def test_a_fault_of_the_engine_refuses_its_records_and_kills_nothing(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(chunk: Any, *rest: Any) -> Any:
        if chunk.source == "app":
            raise ZeroDivisionError("a fault of ours")
        return observe(chunk, *rest)

    monkeypatch.setattr(runner, "observe", broken)
    async with running(catalog) as house:
        [refused] = await house.send(unknown("m-1"), source="app")
        assert isinstance(refused, ObserverError)
        assert house.totals.value(metrics.ENGINE_FAILURES, source="app") == 1
        assert await house.send(unknown("m-1")) == [Receipt(1)]
        assert house.corridor.alive


async def test_a_sender_that_has_gone_does_not_stop_the_others(catalog: Catalog) -> None:
    house = House(catalog, queue_requests=10)
    gone = asyncio.create_task(house.corridor.submit("web-shop", Record(value=unknown("m-1"))))
    stays = asyncio.create_task(house.corridor.submit("web-shop", Record(value=unknown("m-2"))))
    await asyncio.sleep(0)
    gone.cancel()
    await house.corridor.start()
    assert await stays == Receipt(1)
    await house.corridor.stop()
    assert house.verdicts() == {"unknown_contract": 2}
