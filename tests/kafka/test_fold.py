"""What the topics say is in the store, once and exactly, whatever dies and whenever: on a real broker and real stores."""

import asyncio
import random
import signal
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest

from observer import metrics
from observer.errors import StoreError
from observer.settings import Settings
from observer.store import Store
from observer.store.postgresql import Patience, PostgresqlDatabase
from observer.store.sqlite import SqliteDatabase
from streams.fold import fold_store
from tests.kafka.fold_traffic import Chunk, Expected, Ingest, chunks, oracle, settings_of, tiles
from tests.kafka.folding import FoldProcess, folded, folding, offsets_in, told_of, until
from tests.postgres import Postgres

pytestmark = [pytest.mark.kafka, pytest.mark.faults]

EVENTS_OF_A_CHUNK = 125
"""On average less than half of what a chunk holds: a case has more events than `--fault-events` asks for."""
SHORT = Patience(connect=2.0, statement=2.0, transaction=4.0, idle=2.0)
KINDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest) -> str | None:
    """The address of an empty database, None for a file."""
    return request.getfixturevalue("postgres_url") if request.param == "postgresql" else None


@pytest.fixture
def number(request: pytest.FixtureRequest) -> int:
    """How many chunks a case has: a multiple of four."""
    asked: int = request.config.getoption("--fault-events")
    return max(4, asked // EVENTS_OF_A_CHUNK // 4 * 4)


@asynccontextmanager
async def ingesting(settings: Settings) -> AsyncIterator[Ingest]:
    async with Ingest(settings) as ingest:
        await ingest.make_topics()
        yield ingest


def kept(settings: Settings) -> Store:
    """The store of a fold that waits for nobody long."""
    if settings.store.url is not None:
        return Store(PostgresqlDatabase.open(settings.store.url.get_secret_value(), SHORT))
    return Store(SqliteDatabase.open(settings.state))


def without(expected: Expected, chunk: Chunk) -> Expected:
    """What remains of an oracle's findings when one chunk is taken out of them that came a second time."""
    windows = {key: dict(window) for key, window in expected.windows.items()}
    for (family, name, minute), rollup in chunk.result.rollups.items():
        for measure, value in rollup.items():
            windows[family, name, minute * 60][measure] -= value
    place = (chunk.topic, chunk.partition)
    ranges = {**expected.ranges, place: sorted(set(expected.ranges[place]))}
    events = {**expected.events, place: expected.events[place] - chunk.result.received}
    return Expected(windows, expected.newest, ranges, events)


def moved(settings: Settings, before: Mapping[tuple[str, int], int]) -> bool:
    """Whether the store is further than it was."""
    return offsets_in(settings) != before


async def test_every_chunk_is_in_the_store_once(
    bootstrap: str, prefix: str, tmp_path: Path, number: int, url: str | None
) -> None:
    settings = settings_of(bootstrap, prefix, tmp_path, url)
    told = list(chunks(number, seed=1))
    async with ingesting(settings) as ingest:
        async with folding(settings, kept(settings)) as one:
            await ingest.tell(told[: number // 2])
            await ingest.tell([told[number // 2]._replace(result=told[0].result)], abort=True)
            await ingest.tell(told[number // 2 : number // 4 * 3])
            await folded(settings, await oracle(settings))
            await until(
                lambda: one.gauge("martech_fold_lag_records") == 0, "no lag, whatever stands at the end"
            )
            assert one.gauge("martech_store_reachable") == 1
            assert one.totals.value(metrics.FOLD_REFUSALS) == 0
            assert len(one.totals.histograms[metrics.FOLD_SECONDS.name, ()].counts) == 12
        await ingest.tell(told[number // 4 * 3 :])
        async with folding(settings, kept(settings)):
            expected = await oracle(settings)
            await folded(settings, expected)
    assert sum(expected.events.values()) == sum(chunk.result.received for chunk in told)
    assert tiles(expected.ranges)
    assert told_of(settings) == (set(), 0)


async def test_a_fold_that_is_killed_again_and_again_counts_all_once(
    bootstrap: str, prefix: str, tmp_path: Path, number: int, url: str | None
) -> None:
    settings = settings_of(bootstrap, prefix, tmp_path, url)
    chance = random.Random(7)
    told = list(chunks(number, seed=2))
    async with ingesting(settings) as ingest:
        for start in range(0, number, number // 4):
            child = FoldProcess(settings)
            await child.started()
            before = offsets_in(settings)
            telling = asyncio.create_task(ingest.tell(told[start : start + number // 4]))
            await until(partial(moved, settings, before), "it folds")
            await asyncio.sleep(chance.uniform(0, 0.6))
            assert (await child.end(signal.SIGKILL))[0] == -signal.SIGKILL
            await telling
        async with folding(settings, kept(settings)):
            await folded(settings, await oracle(settings))
    assert told_of(settings) == (set(), 0)


@pytest.mark.postgres
async def test_a_fold_that_was_stopped_past_its_session_and_wakes_doubles_nothing(
    bootstrap: str, prefix: str, tmp_path: Path, number: int, postgres_url: str
) -> None:
    settings = settings_of(bootstrap, prefix, tmp_path, postgres_url)
    told = list(chunks(number, seed=3))
    async with ingesting(settings) as ingest:
        zombie = FoldProcess(settings)
        await zombie.started()
        await ingest.tell(told[: number // 4])
        await folded(settings, await oracle(settings))
        # In hand, or about to be: what it fetched it may fold when it wakes.
        await ingest.tell(told[number // 4 : number // 2])
        zombie.send(signal.SIGSTOP)
        async with folding(settings, kept(settings)):
            await ingest.tell(told[number // 2 : number // 4 * 3])
            await folded(settings, await oracle(settings))
            zombie.send(signal.SIGCONT)
            await ingest.tell(told[number // 4 * 3 :])
            await folded(settings, await oracle(settings))
            await asyncio.sleep(2)
            await folded(settings, await oracle(settings))
        assert (await zombie.end())[0] == 0
        await folded(settings, await oracle(settings))
    assert told_of(settings) == (set(), 0)


@pytest.mark.postgres
async def test_folds_that_join_and_leave_share_the_partitions(
    bootstrap: str, prefix: str, tmp_path: Path, number: int, postgres_url: str
) -> None:
    settings = settings_of(bootstrap, prefix, tmp_path, postgres_url)
    told = list(chunks(number, seed=4))
    async with ingesting(settings) as ingest, folding(settings, kept(settings)) as first:
        await ingest.tell(told[: number // 2])
        async with folding(settings, kept(settings)) as second:
            await until(lambda: bool(second.service.lag()), "the second has partitions")
            await ingest.tell(told[number // 2 : number // 4 * 3])
            await folded(settings, await oracle(settings))
            assert not first.service.lag().keys() & second.service.lag().keys()
        await ingest.tell(told[number // 4 * 3 :])
        await folded(settings, await oracle(settings))
        await until(lambda: len(first.service.lag()) == 6, "all partitions are the first one's again")
    assert told_of(settings) == (set(), 0)


@pytest.mark.postgres
async def test_a_store_that_is_down_is_waited_for_and_nothing_is_lost(
    bootstrap: str, prefix: str, tmp_path: Path, number: int
) -> None:
    told = list(chunks(number, seed=5))
    with Postgres() as server, server.database() as url:
        settings = settings_of(bootstrap, prefix, tmp_path, url)
        async with ingesting(settings) as ingest, folding(settings, kept(settings)) as one:
            await ingest.tell(told[: number // 4])
            await folded(settings, await oracle(settings))
            server.kill()
            await ingest.tell(told[number // 4 :])
            await until(lambda: one.gauge("martech_store_reachable") == 0, "the store is known to be away")
            assert (one.gauge("martech_fold_lag_records") or 0) > 0
            await asyncio.sleep(3)
            server.start()
            await folded(settings, await oracle(settings))
            await until(lambda: one.gauge("martech_fold_lag_records") == 0, "no lag")
            assert one.gauge("martech_store_reachable") == 1
            # The kill may fall between a commit and its answer: what was kept is then not folded again.
            assert one.totals.value(metrics.FOLD_FENCED) <= 1
        assert told_of(settings) == (set(), 0)


async def test_a_full_disk_is_waited_for_and_nothing_is_lost(
    bootstrap: str, prefix: str, tmp_path: Path, number: int
) -> None:
    settings = settings_of(bootstrap, prefix, tmp_path)
    database = SqliteDatabase.open(tmp_path)
    async with ingesting(settings) as ingest, folding(settings, Store(database)) as one:
        pages = database.connection.execute("PRAGMA page_count").fetchone()[0]
        database.connection.execute(f"PRAGMA max_page_count = {pages + 1}")
        await ingest.tell(chunks(number, seed=6))
        await until(lambda: not one.service.reachable, "the disk is full")
        assert (one.gauge("martech_fold_lag_records") or 0) > 0
        database.connection.execute("PRAGMA max_page_count = 1000000")
        await folded(settings, await oracle(settings))
        await until(lambda: one.service.reachable, "the store answers")
    assert told_of(settings) == (set(), 0)


async def test_bytes_that_are_not_ours_are_put_aside_and_stop_nothing(
    bootstrap: str, prefix: str, tmp_path: Path, number: int, url: str | None
) -> None:
    settings = settings_of(bootstrap, prefix, tmp_path, url)
    told = list(chunks(number, seed=8))
    expected_of = {}
    async with ingesting(settings) as ingest, folding(settings, kept(settings)) as one:
        await ingest.tell(told[: number // 2])
        expected_of["before"] = await oracle(settings)
        for topic in (ingest.rollups, ingest.ledger):
            for value in (b"\xff\x00", None, b"{}", b'{"v":99}', b"[" * 50_000):
                await ingest.raw(topic, 0, b"key", value)
        await folded(settings, expected_of["before"])
        await until(lambda: one.totals.value(metrics.FOLD_UNREADABLE) == 10, "all are counted")
        await ingest.tell(told[number // 2 :])
        await until(lambda: one.gauge("martech_fold_lag_records") == 0, "no lag")
    refused, foreign = told_of(settings)
    assert (refused, foreign) == (set(), 10)
    async with folding(settings, kept(settings)) as again:
        await until(lambda: bool(again.service.lag()), "it begins")
        assert again.totals.value(metrics.FOLD_UNREADABLE) == 0


async def test_a_chunk_that_comes_twice_is_refused_and_one_that_is_missing_is_told(
    bootstrap: str, prefix: str, tmp_path: Path, number: int, url: str | None
) -> None:
    settings = settings_of(bootstrap, prefix, tmp_path, url)
    told = [chunk for chunk in chunks(number, seed=9) if (chunk.topic, chunk.partition) == ("till", 0)]
    doubled, missing = told[1], told[3]
    async with ingesting(settings) as ingest, folding(settings, kept(settings)) as one:
        await ingest.tell([*told[:3], doubled, *told[4:]])
        await folded(settings, without(await oracle(settings), doubled))
        await until(lambda: one.totals.value(metrics.FOLD_REFUSALS) == 8, "each reader counts both")
        assert one.totals.value(metrics.FOLD_REFUSALS, reader="ledger", kind="overlap") == 1
        assert one.totals.value(metrics.FOLD_REFUSALS, reader="rollups", kind="hole") == 3
    readers = ("ledger", "rollups/0", "rollups/1", "rollups/2")
    assert told_of(settings)[0] == {
        (reader, kind, chunk.first, chunk.next)
        for reader in readers
        for kind, chunk in (("overlap", doubled), ("hole", missing))
    }


async def test_with_a_file_a_second_fold_is_refused_at_its_start(
    bootstrap: str, prefix: str, tmp_path: Path
) -> None:
    settings = settings_of(bootstrap, prefix, tmp_path)
    with fold_store(settings):
        with pytest.raises(StoreError):
            fold_store(settings)
        code, said = await FoldProcess(settings).end(0)
    assert code == 2
    assert "state folder of its own" in said


async def test_an_idle_partition_moves_the_watermark(bootstrap: str, prefix: str, tmp_path: Path) -> None:
    settings = settings_of(bootstrap, prefix, tmp_path)
    told = next(chunks(1, seed=10))
    async with ingesting(settings) as ingest, folding(settings, kept(settings)) as one:
        await ingest.tell([told])
        newest = max(told.result.newest.values())
        await until(lambda: one.gauge("martech_fold_watermark_timestamp_seconds") == newest, "the chunk's")
        await ingest.idle((told.topic, told.partition), told.next, newest + 30)
        await until(lambda: one.gauge("martech_fold_watermark_timestamp_seconds") == newest + 30, "later")
    assert told_of(settings) == (set(), 0)
