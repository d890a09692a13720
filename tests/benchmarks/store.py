"""What the store grows by: a day of the example company's traffic, as the fold writes it."""

import gzip
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from observer.demo.traffic import Traffic
from observer.demo.wires import WIRES, Way
from observer.engine import Chunk, Memory, observe
from observer.loader import example_folder, load
from observer.model import Record, Rollup, RollupKey, Verdict
from observer.store import FoldBatch, LedgerRow, Store
from observer.store.postgresql import PostgresqlDatabase
from observer.windows.merge import merge
from tests.benchmarks.samples import NOW
from tests.benchmarks.timing import table
from tests.postgres import Postgres, programs

RATE = 50
"""Events a second: 4.3 million a day."""
HOURS = 24
FOLDS = 4
"""Transactions a minute, each with a chunk of every source."""
START = int(NOW // 86_400) * 1440

Rollups = dict[RollupKey, Rollup]


def minutes(number: int) -> list[Rollups]:
    """Returns what some minutes of traffic come to, each at minute 0."""
    catalog, memory = load(example_folder()), Memory()
    traffic = Traffic(seed=1, rate=RATE, loyalty_dies_at=10**9)
    made: list[Rollups] = []
    for minute in range(number):
        whole: Rollups = {}
        by_source: dict[str, list[Record]] = {}
        for second in range(60 * minute, 60 * minute + 60):
            for event in traffic.second(second):
                source = catalog.sources[event.source]
                way = Way("key", source.identifiers[0] if source.identifiers else "")
                request = WIRES[source.dialect.name]([event], way, 30.0)
                body = gzip.decompress(request.body) if request.body[:2] == b"\x1f\x8b" else request.body
                by_source.setdefault(event.source, []).append(
                    Record(value=body, received=30.2, path=request.path)
                )
        for source_id, records in by_source.items():
            result = observe(Chunk(source_id, records), catalog, memory, 31.0)
            memory.learn(source_id, "", result.learned, 31.0)
            merge(whole, result.rollups)
        made.append(whole)
    return made


def batches(made: list[Rollups], hour: int) -> Iterator[FoldBatch]:
    """Yields the transactions of one hour."""
    none = dict.fromkeys(Verdict, 0)
    for minute in range(60 * hour, 60 * hour + 60):
        shifted = {
            (family, key, START + minute): rollup
            for (family, key, _), rollup in made[minute % len(made)].items()
        }
        for part in range(FOLDS):
            number = minute * FOLDS + part
            ledger = [
                LedgerRow(f"source-{n}.events", 0, number, number + 1, 1, 0, none, "0" * 16, "worker-0", (START + minute) * 60.0)
                for n in range(7)
            ]  # fmt: skip
            old = None if number == 0 else number
            yield FoldBatch(shifted, {}, [], ledger, {}, [], [], {("martech.rollups", 0): (old, number + 1)})


def day(store: Store, size: Callable[[], int], made: list[Rollups]) -> list[tuple[str, ...]]:
    """Returns a row for some moments of a day: bytes, rows and seconds for a transaction."""
    rows: list[tuple[str, ...]] = []
    spent, folds = 0.0, 0
    for hour in range(HOURS):
        for batch in batches(made, hour):
            begun = time.perf_counter()
            store.fold(batch, 0.0)
            spent, folds = spent + time.perf_counter() - begun, folds + 1
        store.compact((START + 60 * (hour + 1)) * 60.0)
        if hour + 1 in {1, 3, 6, 12, HOURS}:
            with store.transaction() as cursor:
                (windows,) = cursor.row("SELECT count(*) FROM window_measure") or (0,)
                (ledger,) = cursor.row("SELECT count(*) FROM ledger") or (0,)
            rows.append(
                (
                    str(hour + 1),
                    str(windows),
                    str(ledger),
                    f"{size() / 1e6:.1f}",
                    f"{spent / folds * 1e3:.1f}",
                )
            )
    return rows


def run() -> str:
    """Returns a table for each kind of store."""
    made = minutes(3)
    heads = ("hours", "rows of windows", "rows of the ledger", "MB", "ms a transaction")
    measures = sum(len(rollup) for rollup in made[-1].values())
    said = [f"{len(made[-1])} subjects, {measures} measures a minute\n"]
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder)) as store:
        file = Path(folder) / "observer.sqlite3"
        said.append("SQLite\n\n" + table(heads, day(store, lambda: file.stat().st_size, made)))
    if programs() is not None:
        with Postgres() as server, server.database() as url, Store(PostgresqlDatabase.open(url)) as store:

            def size() -> int:
                with store.transaction() as cursor:
                    (found,) = cursor.row("SELECT pg_database_size(current_database())") or (0,)
                return int(found)

            empty = size()
            said.append("PostgreSQL\n\n" + table(heads, day(store, lambda: size() - empty, made)))
    return "\n".join(said)
