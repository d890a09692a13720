"""PostgreSQL: several write at once, the server goes away and comes back, and nobody waits for ever."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from observer.errors import FencedError, StoreError
from observer.model import Rollup, RollupKey
from observer.store import FoldBatch, Reader, Retention, Store, open_reader, open_store
from observer.store.migrations import SCHEMA_VERSION
from observer.store.postgresql import Patience, PostgresqlDatabase
from observer.store.translation import translated
from tests.postgres import Postgres

pytestmark = pytest.mark.postgres

NOW = 1_795_000_000.0
HOUR = 3600
SHORT = Patience(connect=2.0, statement=1.0, transaction=2.0, idle=1.0)
ONE: dict[RollupKey, Rollup] = {("source", "app", 1): {"received": 1.0}}


@contextmanager
def opened(url: str, patience: Patience = SHORT) -> Iterator[Store]:
    with Store(PostgresqlDatabase.open(url, patience), Retention(minutes=0)) as store:
        yield store


@pytest.fixture
def server() -> Iterator[Postgres]:
    """One of its own, to be killed."""
    with Postgres() as one:
        yield one


def received(store: Store, key: str = "app") -> float:
    return Reader(store.database).measures("source", 0.0, 1e12)[key]["received"]


def batch(old: int | None, new: int, partition: int = 0, rollups: dict[RollupKey, Rollup] = ONE) -> FoldBatch:
    return FoldBatch(rollups, {}, [], [], {}, [], [], {("rollups", partition): (old, new)})


def told(server: Postgres, number: int) -> None:
    """Sends a signal to the server and to each process that serves a connection: they are in sessions of their own."""
    assert server.process is not None
    own = server.process.pid
    children = Path(f"/proc/{own}/task/{own}/children").read_text().split()
    for process in (own, *map(int, children)):
        os.kill(process, number)


def in_threads(*works: "threading.Thread") -> None:
    for work in works:
        work.start()
    for work in works:
        work.join()


def test_two_who_fold_the_same_at_once_count_it_once(postgres_url: str) -> None:
    with opened(postgres_url) as one, opened(postgres_url) as other:
        fenced: list[FencedError] = []

        def fold(store: Store) -> None:
            for number in range(40):
                try:
                    store.fold(batch(number or None, number + 1), NOW)
                except FencedError as error:
                    fenced.append(error)
                    while store.folded().offsets.get(("rollups", 0), 0) <= number:
                        time.sleep(0.001)

        in_threads(*(threading.Thread(target=fold, args=(store,)) for store in (one, other)))
        assert len(fenced) == 40
        assert received(one) == 40.0


def test_many_who_write_the_same_rows_and_one_who_compacts_lose_nothing_and_never_block_each_other(
    postgres_url: str,
) -> None:
    """Rows are locked in one order, so that no two wait for each other; what is compacted is what was taken out."""
    keys = [f"key-{number:03}" for number in range(60)]
    failed: list[BaseException] = []

    def run(work: str, backwards: bool) -> None:
        try:
            with opened(postgres_url, Patience()) as store:
                for number in range(25):
                    if work == "compact":
                        store.compact(NOW + HOUR)
                        continue
                    chosen = reversed(keys) if backwards else keys
                    minute = int(NOW // 60) - number % 3
                    store.add(
                        {("source", key, minute): {"received": 1.0, "b": 1.0} for key in chosen},
                        [], {("source", key): NOW for key in keys}, NOW,
                    )  # fmt: skip
        except BaseException as error:
            failed.append(error)

    opened(postgres_url).__enter__().close()
    kinds = (("add", True), ("add", False), ("add", True), ("compact", False), ("compact", False))
    in_threads(*(threading.Thread(target=run, args=kind) for kind in kinds))
    assert not failed
    with opened(postgres_url) as store:
        store.compact(NOW + HOUR)
        found = Reader(store.database).measures("source", 0.0, 1e12)
        assert {key: measures["received"] for key, measures in found.items()} == dict.fromkeys(keys, 75.0)


def test_a_server_that_went_away_is_an_error_and_one_that_came_back_is_used_again(server: Postgres) -> None:
    with server.database() as url, opened(url) as store:
        store.fold(batch(None, 1), NOW)
        server.kill()
        for _ in range(2):
            with pytest.raises(StoreError, match="Check that PostgreSQL runs"):
                store.fold(batch(1, 2), NOW)
            with pytest.raises(StoreError):
                Reader(store.database).measures("source", 0.0, 1e12)
        server.start()
        store.fold(batch(1, 2), NOW)
        assert received(store) == 2.0


def test_a_server_that_answers_nothing_more_is_given_up_in_time(server: Postgres) -> None:
    with server.database() as url, opened(url) as store:
        store.fold(batch(None, 1), NOW)
        told(server, signal.SIGSTOP)
        try:
            # In time at all: without the cut this would never return.
            with pytest.raises(StoreError):
                store.fold(batch(1, 2), NOW)
        finally:
            told(server, signal.SIGCONT)
        store.fold(batch(1, 2), NOW)
        assert received(store) == 2.0


def test_a_connection_that_ends_midway_leaves_nothing(postgres_url: str) -> None:
    with opened(postgres_url) as store, psycopg.connect(postgres_url, autocommit=True) as killer:
        store.fold(batch(None, 1), NOW)
        with pytest.raises(StoreError), store.transaction() as cursor:
            cursor.execute("UPDATE window_measure SET value = 100")
            killer.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            cursor.execute("UPDATE window_measure SET value = 200")
        assert received(store) == 1.0


_HOLDER = """
import os, signal, sys
from observer.store.postgresql import Patience, PostgresqlDatabase
database = PostgresqlDatabase.open(sys.argv[1], Patience(idle=1.0))
try:
    with database.transaction() as cursor:
        cursor.execute("UPDATE fold_offsets SET next = 99 WHERE topic = 'rollups' AND partition = 0 AND next = 1")
        print("held", flush=True)
        os.kill(os.getpid(), signal.SIGSTOP)
except Exception as error:
    print(type(error).__name__, flush=True)
database.close()
"""


def test_a_process_that_was_stopped_with_its_locks_loses_them_and_keeps_nothing(postgres_url: str) -> None:
    with opened(postgres_url, Patience(statement=20.0)) as store:
        store.fold(batch(None, 1), NOW)
        child = subprocess.Popen(
            [sys.executable, "-c", _HOLDER, postgres_url],
            stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        )  # fmt: skip
        assert child.stdout is not None
        with child.stdout:
            assert child.stdout.readline() == "held\n"
            store.fold(batch(1, 2), NOW)
            child.send_signal(signal.SIGCONT)
            assert child.stdout.readline() == "StoreError\n"
        assert child.wait(20) == 0
        assert received(store) == 2.0
        assert store.folded().offsets == {("rollups", 0): 2}


def test_a_row_that_another_holds_is_waited_for_no_longer_than_set(postgres_url: str) -> None:
    with opened(postgres_url) as store, psycopg.connect(postgres_url) as holder:
        store.fold(batch(None, 1), NOW)
        holder.execute("SELECT 1 FROM fold_offsets FOR UPDATE")
        with pytest.raises(StoreError, match="timeout"):
            store.fold(batch(1, 2), NOW)
        holder.rollback()
        store.fold(batch(1, 2), NOW)


def test_all_that_is_read_at_once_is_of_one_moment(postgres_url: str) -> None:
    with opened(postgres_url) as store, opened(postgres_url) as other:
        store.add(ONE, [], {}, NOW)
        with store.database.snapshot() as cursor:
            before = cursor.row("SELECT value FROM window_measure")
            other.add(ONE, [], {}, NOW)
            assert cursor.row("SELECT value FROM window_measure") == before == (1.0,)
        assert received(store) == 2.0


def test_a_store_of_a_newer_version_is_refused(postgres_url: str) -> None:
    with opened(postgres_url) as store, store.transaction() as cursor:
        cursor.execute("UPDATE meta SET value = ? WHERE name = 'schema_version'", (SCHEMA_VERSION + 1,))
    for open_one in (open_store, open_reader):
        with pytest.raises(
            StoreError, match=f"version {SCHEMA_VERSION} or older, got `?{SCHEMA_VERSION + 1}"
        ):
            open_one(Path(), postgres_url)


def test_tables_are_made_once_however_many_begin_at_once(postgres_url: str) -> None:
    failed: list[BaseException] = []

    def begin() -> None:
        try:
            opened(postgres_url).__enter__().close()
        except BaseException as error:
            failed.append(error)

    in_threads(*(threading.Thread(target=begin) for _ in range(6)))
    assert not failed


def test_where_nobody_ever_folded_there_is_nothing_to_read(postgres_url: str) -> None:
    database = PostgresqlDatabase(postgres_url, SHORT)
    with pytest.raises(StoreError, match="observer stream"):
        Reader(database).measures("source", 0.0, 1e12)
    database.close()


ADDRESSES = {
    "nobody listens there": "postgresql://me:s3cret-word@127.0.0.1:1/db",
    "the host is unknown": "postgresql://me:s3cret-word@nowhere.invalid/db",
    "it is no address": "postgresql://me:s3cret-word@[/db",
    "it is another text": "s3cret-word",
}


@pytest.mark.parametrize("url", ADDRESSES.values(), ids=ADDRESSES)
def test_an_address_is_refused_without_its_password_when(url: str) -> None:
    with pytest.raises(StoreError) as refused:
        open_store(Path(), url)
    assert "s3cret" not in refused.value.told("en") + refused.value.told("fr") + str(refused.value)


def test_a_wrong_password_or_database_is_told(postgres: Postgres) -> None:
    with pytest.raises(StoreError, match=f"127.0.0.1:{postgres.port}/nothing: .*does not exist"):
        open_store(Path(), postgres.url("nothing"))


def test_a_statement_is_told_in_the_words_of_psycopg() -> None:
    assert translated("a = ? AND b LIKE 'x/%' AND c < :since") == "a = %s AND b LIKE 'x/%%' AND c < %(since)s"


@given(st.text(max_size=30))
def test_no_text_changes_what_a_statement_does(text: str) -> None:
    assert translated(text).replace("%%", "").count("%") == text.count("?") + translated(text).count("%(")
