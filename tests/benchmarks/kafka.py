"""The Kafka workers beside their peers, all in one run, on one broker, on the same events."""

import asyncio
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from tests.benchmarks.streaming.feed import fill
from tests.benchmarks.streaming.latency import append_to_verdict
from tests.benchmarks.streaming.ours import Taken, running
from tests.benchmarks.streaming.schema import order_schema
from tests.benchmarks.timing import table
from tests.kafka.broker import Broker
from tests.kafka.topics import make_topic
from tests.oracles.environments import python_oracle
from tests.sdk.environments import CannotBeInstalledError

EVENTS: Final = int(os.environ.get("BENCH_EVENTS", "400000"))
AGENT_EVENTS: Final = EVENTS // 10
"""A Faust agent's share: it takes ten times as long."""
BACKLOG_MILLIONS: Final = int(os.environ.get("BENCH_MILLIONS", "2"))
LATENCY_SECONDS: Final = 20
QUIX: Final = Path(__file__).parent / "streaming" / "quix"
FLOORS: Final = {
    "everything on": (("Quix Streams", 1.3), ("Faust agent", 6.0), ("getmany + orjson.loads", 0.4)),
    "contracts alone": (("Quix Streams", 1.7),),
}
"""What ours must reach, as ratios of events per CPU second."""


def run() -> str:
    """Returns the tables: speed, ratios against their floors, two workers, latency, memory."""
    with Broker(heap="1g") as broker:
        asyncio.run(_prepare(broker.bootstrap))
        speed = _speed(broker.bootstrap)
        parts = [_speeds(speed), _ratios(speed), _scale(broker.bootstrap, speed["everything on"])]
        half = speed["everything on"].events / speed["everything on"].wall / 2
        parts += [_latency(broker.bootstrap, half), _memory(broker.bootstrap)]
    return "\n\n".join(parts)


async def _prepare(bootstrap: str) -> None:
    await make_topic(bootstrap, "orders")
    await make_topic(bootstrap, "orders-two", partitions=2)
    await make_topic(bootstrap, "refused")
    await fill(bootstrap, "orders", 1, EVENTS)
    await fill(bootstrap, "orders-two", 2, EVENTS)


def _speed(bootstrap: str) -> dict[str, Taken]:
    found = {
        "getmany": _peer("getmany", bootstrap, EVENTS),
        "getmany + orjson.loads": _peer("orjson", bootstrap, EVENTS),
        "Faust agent": _peer("faust", bootstrap, AGENT_EVENTS),
    }
    try:
        quix = _quix(bootstrap)
    except CannotBeInstalledError as error:
        print(f"Quix Streams cannot be installed: {error}", file=sys.stderr)
    else:
        found["Quix Streams"] = quix
    with running(bootstrap, "orders") as ours:
        found["everything on"] = ours.until(EVENTS)[-1]
    with running(bootstrap, "orders", contracts_only=True) as ours:
        found["contracts alone"] = ours.until(EVENTS)[-1]
    return found


def _peer(name: str, bootstrap: str, events: int) -> Taken:
    return _told([sys.executable, "-m", "tests.benchmarks.streaming.contenders", name], bootstrap, events)


def _quix(bootstrap: str) -> Taken:
    python = python_oracle("quix", QUIX)
    return _told([str(python), str(QUIX / "contender.py")], bootstrap, EVENTS)


def _told(command: list[str], bootstrap: str, events: int) -> Taken:
    arguments = [bootstrap, "orders", "refused", str(events), order_schema()]
    done = subprocess.run([*command, *arguments], capture_output=True, text=True, timeout=300)
    lines = [line for line in done.stdout.splitlines() if '"cpu"' in line]
    assert lines, done.stdout[-500:] + done.stderr[-2_000:]
    told = json.loads(lines[-1][lines[-1].index("{") :])
    return Taken(told["events"], told["wall"], told["cpu"], 0.0)


def _speeds(speed: dict[str, Taken]) -> str:
    rows = [
        (
            name,
            f"{one.events:,}",
            f"{one.events / one.wall:,.0f}",
            f"{one.events / one.cpu:,.0f}",
            f"{one.cpu / one.events * 1e6:.2f}",
        )
        for name, one in speed.items()
    ]
    head = (
        "1.3 kB Segment order, lz4, 1 % broken",
        "events",
        "events/s",
        "events per CPU s",
        "CPU µs an event",
    )
    return table(head, rows)


def _ratios(speed: dict[str, Taken]) -> str:
    rows = []
    for ours, floors in FLOORS.items():
        for peer, floor in floors:
            if peer in speed:
                ratio = _per_cpu(speed[ours]) / _per_cpu(speed[peer])
                said = "reached" if ratio >= floor else "NOT REACHED"
                rows.append((f"{ours} / {peer}", f"{ratio:.2f}", f"≥ {floor}", said))
    return table(("events per CPU second", "ratio", "floor", ""), rows)


def _per_cpu(taken: Taken) -> float:
    return taken.events / taken.cpu


def _scale(bootstrap: str, one: Taken) -> str:
    with running(bootstrap, "orders-two", workers=2) as ours:
        two = ours.until(EVENTS)[-1]
    rows = [
        ("one worker, one partition", f"{one.events / one.wall:,.0f}", "1.00"),
        (
            "two workers, two partitions",
            f"{two.events / two.wall:,.0f}",
            f"{two.events / two.wall / (one.events / one.wall):.2f}",
        ),
    ]
    return table((f"{os.cpu_count()} cores, shared with the broker", "events/s", "times"), rows)


def _latency(bootstrap: str, a_second: float) -> str:
    topic = "orders-slow"
    asyncio.run(make_topic(bootstrap, topic, settings={"message.timestamp.type": "LogAppendTime"}))
    with running(bootstrap, topic) as ours:
        found = asyncio.run(
            append_to_verdict(bootstrap, topic, f"{ours.application}.ledger", a_second, LATENCY_SECONDS)
        )
    rows = [
        (f"{a_second:,.0f} events/s", f"{found.events:,}", f"{found.p50 * 1e3:.0f}", f"{found.p99 * 1e3:.0f}")
    ]
    return table(("append to verdict, at half load", "events", "p50 ms", "p99 ms"), rows)


def _memory(bootstrap: str) -> str:
    topic = "orders-many"
    events = BACKLOG_MILLIONS * 1_000_000
    asyncio.run(make_topic(bootstrap, topic))
    asyncio.run(fill(bootstrap, topic, 1, events))
    started = time.monotonic()
    with running(bootstrap, topic) as ours:
        looks = ours.until(events)
    rows = []
    for tenth in range(1, 11):
        look = next(one for one in looks if one.events >= min(events * tenth / 10, looks[-1].events))
        rows.append((f"{look.events / 1e6:.1f}", f"{look.resident:.0f}"))
    took = time.monotonic() - started
    head = (f"million events of a backlog of {BACKLOG_MILLIONS}, done in {took:.0f} s", "resident MB")
    return table(head, rows)
