"""The collector over real HTTP, in batches of 50, the sender on the same machine."""

import asyncio
import json
import tempfile
import time
from pathlib import Path

from aiohttp import ClientSession

from tests.benchmarks.samples import segment_order
from tests.benchmarks.timing import table
from tests.running import KEYS, observer_running

BATCH = 50
REQUESTS = 2_000
SENDERS = 4


def run() -> str:
    """Returns a table: events a second, and CPU µs an event of the observer's process."""
    with tempfile.TemporaryDirectory() as name, observer_running(Path(name) / "state") as observer:
        bodies = [_body(number * BATCH) for number in range(REQUESTS)]
        before = _cpu(observer.process.pid)
        start = time.perf_counter()
        asyncio.run(_send(observer.address, bodies))
        seconds = time.perf_counter() - start
        cpu = _cpu(observer.process.pid) - before
        received = observer.value("martech_events_received_total", source="web-shop")
        valid = observer.value("martech_events_total", source="web-shop", outcome="valid")
        events = REQUESTS * BATCH
        assert received == valid == events, (received, valid, events)
    rows = [
        ("Segment /v1/batch, 50 events of 1.3 kB", f"{events / seconds:,.0f}", f"{cpu / events * 1e6:.1f}")
    ]
    return table(("collector", "events/s", "observer CPU µs an event"), rows)


def _body(first: int) -> bytes:
    calls = [json.loads(segment_order(first + place)) for place in range(BATCH)]
    return json.dumps({"batch": calls}, separators=(",", ":"), ensure_ascii=False).encode()


async def _send(address: str, bodies: list[bytes]) -> None:
    waiting = iter(bodies)

    async def sender(session: ClientSession) -> None:
        for body in waiting:
            async with session.post(f"{address}/v1/batch", data=body) as response:
                assert response.status == 200, await response.text()

    async with ClientSession(headers={"Authorization": f"Bearer {KEYS['MARTECH_KEY_WEB_SHOP']}"}) as session:
        await asyncio.gather(*(sender(session) for _ in range(SENDERS)))


def _cpu(pid: int) -> float:
    import os

    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / float(os.sysconf("SC_CLK_TCK"))
