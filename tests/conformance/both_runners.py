"""Every golden case through a runner, and what it says of each: the embedded corridor, and the workers on Kafka."""

import asyncio
import json
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import msgspec
import yaml
from aiokafka import AIOKafkaProducer
from fault_oracle import Windows, events_in, records_of, windows_of
from fault_world import Workers

from observer.clock import SystemClock
from observer.engine import Limits as EngineLimits
from observer.engine import Memory
from observer.loader import load
from observer.metrics import METRICS
from observer.model import Kept, Record
from observer.quarantine import Archive, Limits, Quarantine
from observer.runner import Corridor
from observer.sinks.totals import Totals
from observer.store import Store
from tests.kafka.topics import make_topic
from tests.running import EXAMPLE, free_port

SOURCES = {
    "segment": "web-shop",
    "rudderstack": "app",
    "snowplow": "web-magazine",
    "ga4": "server-orders",
    "amplitude": "loyalty",
    "cloudevents": "tills",
    "plain": "crm",
}
"""The example's source of each dialect; of the others one is made."""
CASES = Path(__file__).parents[1] / "cases"
HOURS_AGO = 3 * 3_600
PATIENCE = 90
_RUNNERS_OWN = {"received_to_observed", "end_to_end"}
"""Stages that end by the runner's clock: their counts are equal, their sums are not."""
COUNTERS = (
    "martech_events_total", "martech_events_received_total", "martech_contract_violations_total",
    "martech_consent_events_total", "martech_consent_decisions_total", "martech_undecodable_events_total",
    "martech_tool_events_total", "martech_sli_events_total", "martech_quarantine_events_total",
    "martech_upstream_verdicts_total", "martech_time_disorder_events_total", "martech_clock_skew_events_total",
)  # fmt: skip


_LABEL = re.compile(r'([a-z_]+)="((?:[^"\\\\]|\\\\.)*)"')
Series: TypeAlias = tuple[str, frozenset[tuple[str, str]]]
"""Name of a metric, and its labels."""


class Case(NamedTuple):
    """One golden case: the source that it comes to, and what the wire carries."""

    dialect: str
    name: str
    source: str
    records: tuple[Record, ...]


class Said(NamedTuple):
    """What a runner says. kept: by (topic, offset), what is in the quarantine; windows: in the store; counters: its
    metrics, without the series at 0."""

    kept: Mapping[tuple[str, int], list[dict[str, Any]]]
    windows: Windows
    counters: Mapping[Series, float]


def names() -> list[tuple[str, str]]:
    """Returns dialect and name of every golden case."""
    suffix = ".expected.json"
    return [(file.parent.name, file.name.removesuffix(suffix)) for file in sorted(CASES.glob(f"*/*{suffix}"))]


def cases(prefix: str) -> list[Case]:
    """Returns every golden case, each record at the place that it has in the topic of its source."""
    received = time.time() // 3_600 * 3_600 - HOURS_AGO
    offsets: Counter[str] = Counter()

    def placed(source: str, record: Record) -> Record:
        place = (f"{prefix}{source}", 0, offsets[source])
        offsets[source] += 1
        return msgspec.structs.replace(record, received=received, timestamp=received, place=place)

    found: list[Case] = []
    for dialect, name in names():
        source = SOURCES.get(dialect, f"of-{dialect.replace('_', '-')}")
        records = tuple(placed(source, record) for record in _carried(dialect, name))
        found.append(Case(dialect, name, source, records))
    return found


def _carried(dialect: str, name: str) -> list[Record]:
    """Returns what the wire carries: a record a line of `.tsv`, else the body, else a GET."""
    folder = CASES / dialect
    lines, body, request = (folder / f"{name}.{kind}" for kind in ("tsv", "json", "request.json"))
    if lines.exists():
        return [Record(line) for line in lines.read_bytes().splitlines()]
    asked = json.loads(request.read_text("utf-8")) if request.exists() else {}
    value = body.read_bytes().rstrip(b"\n") if body.exists() else None
    return [Record(value, headers=asked.get("headers", {}), path=asked.get("path", ""))]


def company(folder: Path, prefix: str) -> Path:
    """Makes the example company with a source for every dialect, each on a topic of its own."""
    shutil.copytree(EXAMPLE, folder)
    magazine = yaml.safe_load((folder / "sources" / "web-magazine.yaml").read_text("utf-8"))
    for dialect in sorted({path.name for path in CASES.iterdir() if path.is_dir()} - SOURCES.keys()):
        made = {
            key: value
            for key, value in magazine.items()
            if key not in ("identifiers", "paths", "writeKeyEnv")
        }
        made |= {"id": f"of-{dialect.replace('_', '-')}", "dialect": dialect, "origins": []}
        _write(folder / "sources" / f"{made['id']}.yaml", made)
    for file in (folder / "sources").glob("*.yaml"):
        source = yaml.safe_load(file.read_text("utf-8"))
        _write(file, source | {"topics": [prefix + source["id"]]})
    return folder


async def embedded(catalog: Path, found: list[Case], folder: Path) -> Said:
    """Sends the cases through the corridor of `observer run`, with a real quarantine and a real store."""
    held = load(catalog)
    totals = Totals()
    totals.declare(held)
    quarantine, store = Quarantine.open(folder / "quarantine", Limits()), Store.open(folder)
    corridor = Corridor(
        lambda: held,
        quarantine,
        store,
        totals,
        SystemClock(),
        memory=Memory(),
        limits=EngineLimits(),
        queue_requests=100,
        queue_bytes=1 << 26,
    )
    await corridor.start()
    for case in found:
        for record in case.records:
            await corridor.submit(case.source, record)
    await corridor.stop()
    quarantine.close()
    store.close()
    archive = Archive(folder / "quarantine")
    kept = [one for _, one in archive.read_all(archive.entries()) if one is not None]
    return Said(_by_place(kept), _without_sums(windows_of(folder / "observer.sqlite3")), _counted(totals))


def on_kafka(catalog: Path, found: list[Case], folder: Path, bootstrap: str, prefix: str) -> Said:
    """Sends the cases to topics, and has `observer stream` judge and fold them."""
    config, port = folder / "observer.yaml", free_port()
    own = f"{prefix}own."
    kafka = {"bootstrap": bootstrap, "prefix": own, "application": prefix.strip("."), "replication": 1}
    document = {"catalog": str(catalog), "state": str(folder / "state"), "port": port, "kafka": kafka}
    _write(config, document | {"kafka": kafka | {"idle_watermark_seconds": 1}})
    records = [record for case in found for record in case.records]
    for topic in sorted({record.place[0] for record in records}):
        asyncio.run(make_topic(bootstrap, topic))
    command = [sys.executable, "-m", "observer", "stream"]
    made = subprocess.run(
        [*command, "topics", "create", "--config", str(config)], capture_output=True, text=True
    )
    assert made.returncode == 0, made.stderr
    asyncio.run(_produce(bootstrap, records))
    workers = Workers([*command, "--config", str(config)], port, folder / "workers.log")
    try:
        store = folder / "state" / "observer.sqlite3"
        _until_folded(bootstrap, f"{own}ledger", store, len(records), workers)
        counters = _scraped(port)
    finally:
        workers.kill()
    kept = asyncio.run(_kept(bootstrap, f"{own}quarantine"))
    return Said(kept, _without_sums(windows_of(store)), counters)


async def _kept(bootstrap: str, quarantine: str) -> dict[tuple[str, int], list[dict[str, Any]]]:
    kept: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    async for record in records_of(bootstrap, quarantine):
        headers = {name: value.decode() for name, value in record.headers if name.startswith("martech.")}
        kept[headers["martech.topic"], int(headers["martech.offset"])].append(
            {
                "index": int(headers["martech.index"]),
                "verdict": headers["martech.verdict"],
                "contract": headers["martech.contract"],
                "reason": headers["martech.reason"],
                "findings": json.loads(headers["martech.findings"]),
                "value": record.value,
            }
        )
    return {place: sorted(events, key=_index) for place, events in kept.items()}


async def _produce(bootstrap: str, records: list[Record]) -> None:
    async with AIOKafkaProducer(bootstrap_servers=bootstrap, acks="all") as producer:
        for record in records:
            headers = [(name, value.encode()) for name, value in record.headers.items()]
            headers += [("martech-received", repr(record.received).encode())]
            if record.path:
                headers += [("martech-path", record.path.encode())]
            moment = int((record.timestamp or 0) * 1000)
            sent = await producer.send_and_wait(record.place[0], record.value, b"k", 0, moment, headers)
            assert sent.offset == record.place[2]


def _until_folded(bootstrap: str, ledger: str, store: Path, records: int, workers: Workers) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        told = asyncio.run(_ledger(bootstrap, ledger))
        judged, events = sum(one["records"] for one in told), sum(one["events"] for one in told)
        if judged == records and store.exists() and events_in(windows_of(store)) == events:
            return
        assert workers.running and time.monotonic() < until, (
            f"{judged} of {records} records were judged and folded:\n{workers.told()}"
        )
        time.sleep(0.3)


async def _ledger(bootstrap: str, ledger: str) -> list[dict[str, Any]]:
    return [json.loads(record.value) async for record in records_of(bootstrap, ledger)]


def _scraped(port: int) -> dict[Series, float]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        lines = answer.read().decode().splitlines()
    found = {}
    for line in lines:
        series, _, number = line.rpartition(" ")
        name, _, labels = series.partition("{")
        if name in COUNTERS and float(number):
            found[name, frozenset(_LABEL.findall(labels))] = float(number)
    return found


def _counted(totals: Totals) -> dict[Series, float]:
    names = {metric.name: tuple(metric.labels) for metric in METRICS}
    return {
        (name, frozenset(zip(names[name], values, strict=True))): number
        for (name, values), number in totals.counts.items()
        if name in COUNTERS and number
    }


def _by_place(kept: list[Kept]) -> dict[tuple[str, int], list[dict[str, Any]]]:
    found: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    for one in kept:
        found[one.place[0], one.place[2]].append(
            {
                "index": one.index,
                "verdict": one.verdict.value,
                "contract": one.contract,
                "reason": one.reason,
                "findings": [msgspec.to_builtins(finding) for finding in one.findings],
                "value": one.whole,
            }
        )
    return {place: sorted(events, key=_index) for place, events in found.items()}


def _index(event: dict[str, Any]) -> int:
    index: int = event["index"]
    return index


def _without_sums(windows: Windows) -> Windows:
    return {
        key: {
            measure: number
            for measure, number in measures.items()
            if not (measure.startswith("latency_sum/") and measure.rpartition("/")[2] in _RUNNERS_OWN)
        }
        for key, measures in windows.items()
    }


def _write(file: Path, document: dict[str, Any]) -> None:
    file.write_text(yaml.safe_dump(document, allow_unicode=True), "utf-8")
