"""Events over real HTTP close a gate of the example company: in the metrics, in the API, after a restart too."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import ClientSession

from observer.app import Observer
from observer.clock import ManualClock
from observer.loader import Holder, example_folder
from observer.settings import Settings
from observer.sources.keyring import read_keys
from tests.running import free_port

NOON = 1_795_348_800.0
"""A Sunday in November 2026, 12:00 UTC."""
CONTRACT, GATE = "till-receipt-issued", "one_event_per_receipt"


@asynccontextmanager
async def observing(state: Path, clock: ManualClock) -> AsyncIterator["Company"]:
    holder = Holder(example_folder(), clock)
    keys = read_keys(holder.catalog, {}, {}, generate=True)
    observer = Observer(Settings(state=state, port=free_port()), holder, lambda _: keys, clock)
    await observer.start()
    try:
        async with ClientSession(f"http://localhost:{observer.port}") as session:
            yield Company(observer, session, keys.keys["tills"].value)
    finally:
        await observer.stop()


class Company:
    def __init__(self, observer: Observer, session: ClientSession, key: str) -> None:
        self.observer = observer
        self._session = session
        self._key = key

    async def issue(self, message: str, receipts: range) -> None:
        """Sends receipts, each under a message id of its own: another message may tell of the same receipt."""
        events = [
            {
                "specversion": "1.0", "id": f"{message}-{number}", "source": "https://tills.maison-lumiere.example",
                "type": "example.maison-lumiere.till.receipt_issued",
                "data": {"receipt_id": f"T{number:010d}", "store_id": "lyon-01", "total": 9.5, "currency": "EUR", "items": 1},
            }
            for number in receipts
        ]  # fmt: skip
        headers = {
            "Content-Type": "application/cloudevents-batch+json",
            "Authorization": f"Bearer {self._key}",
        }
        async with self._session.post("/cloudevents", data=json.dumps(events), headers=headers) as answer:
            assert answer.status in {200, 204}, await answer.text()

    async def metrics(self) -> list[str]:
        async with self._session.get("/metrics") as answer:
            return (await answer.text()).splitlines()

    async def summary(self) -> Any:
        async with self._session.get("/api/summary") as answer:
            return await answer.json()


async def test_a_gate_closes_and_opens_again_and_a_restart_forgets_nothing(tmp_path: Path) -> None:
    clock = ManualClock(NOON + 600)
    async with observing(tmp_path / "state", clock) as company:
        assert f'martech_gate_open{{contract="{CONTRACT}",gate="{GATE}"}} 1.0' in await company.metrics()
        await company.issue("shop", range(60))
        await company.issue("payment", range(40))
        clock.advance(3600)
        await company.observer.corridor.flush()
        told = await company.metrics()
        assert f'martech_gate_open{{contract="{CONTRACT}",gate="{GATE}"}} 0.0' in told
        assert f'martech_incidents_total{{contract="{CONTRACT}",gate="{GATE}",severity="error"}} 1.0' in told
    async with observing(tmp_path / "state", clock) as company:
        assert f'martech_gate_open{{contract="{CONTRACT}",gate="{GATE}"}} 0.0' in await company.metrics()
        summary = await company.summary()
        (incident,) = (one for one in summary["incidents"] if one["gate"] == GATE)
        assert (incident["start"], incident["end"], incident["events_hit"]) == (
            "2026-11-22T12:00:00+00:00",
            None,
            40,
        )
        assert incident["owners"]["technical"]["contact"]
        assert next(one for one in summary["gates"] if one["gate"] == GATE)["state"] == "closed"
        for hour in (1, 2):
            await company.issue(f"later-{hour}", range(1000 * hour, 1000 * hour + 60))
            clock.advance(3600)
            await company.observer.corridor.flush()
        assert f'martech_gate_open{{contract="{CONTRACT}",gate="{GATE}"}} 1.0' in await company.metrics()
        clock.advance(60)
        (incident,) = (one for one in (await company.summary())["incidents"] if one["gate"] == GATE)
        assert incident["end"] == "2026-11-22T13:00:00+00:00"
