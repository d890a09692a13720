"""The SQLite store: one process writes its file, any may read, nobody else may open it."""

import os
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from observer.errors import StoreError
from observer.model import Finding, Rollup, RollupKey, ViolationKind
from observer.store import FILE_NAME, Reader, Store
from observer.store.migrations import SCHEMA_VERSION
from observer.store.sqlite import SqliteDatabase
from observer.windows.readings import LatestFinding

HOUR = 3600
DAY = 24 * HOUR
NOW = 1_795_000_000.0
MINUTE = int(NOW // 60)
FOREVER = (0.0, 1e12)


def rollup(
    minute: int, value: float = 1.0, key: str = "app", family: str = "source"
) -> dict[RollupKey, Rollup]:
    return {(family, key, minute): {"verdict/valid": value, "received": value + 1}}


def finding(number: int) -> LatestFinding:
    broken = Finding(ViolationKind.TYPE_MISMATCH, f"rule{number}", "$.a", "number", "string")
    return LatestFinding(NOW + number, "app", "order-completed", "invalid", broken)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "state") as opened:
        yield opened


def writing(store: Store) -> sqlite3.Connection:
    assert isinstance(store.database, SqliteDatabase)
    return store.database.connection


def file(store: Store) -> Path:
    assert isinstance(store.database, SqliteDatabase)
    return store.database.file


def reader(store: Store) -> Reader:
    return Reader(file(store).parent)


def test_a_second_process_that_folds_is_refused_and_told_what_to_do(store: Store) -> None:
    with pytest.raises(StoreError) as refused:
        Store.open(file(store).parent)
    english, french = refused.value.told("en"), refused.value.told("fr")
    assert f"process id {os.getpid()}" in english
    assert "state folder of its own" in english
    assert "dossier d’état" in french
    store.add(rollup(MINUTE), [], {}, NOW)
    assert reader(store).measures("source", *FOREVER)


def test_a_process_that_was_killed_leaves_no_lock_and_all_it_had_added(tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from observer.store import Store\n"
        "store = Store.open(Path(sys.argv[1]))\n"
        "store.add({('source', 'app', 1): {'received': 3.0}}, [], {}, 1.0)\n"
        "print('added', flush=True); time.sleep(60)"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    child = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, env=environment, text=True
    )
    assert child.stdout is not None
    with child.stdout:
        assert child.stdout.readline() == "added\n"
    with pytest.raises(StoreError, match=f"process id {child.pid}"):
        Store.open(tmp_path)
    child.kill()
    child.wait()
    with Store.open(tmp_path):
        assert Reader(tmp_path).measures("source", *FOREVER) == {"app": {"received": 3.0}}


def test_closing_lets_another_process_fold(tmp_path: Path) -> None:
    Store.open(tmp_path).close()
    Store.open(tmp_path).close()


def test_no_other_user_may_read_the_files(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "state"
    mask = os.umask(0o022)
    try:
        with Store.open(folder) as store:
            store.add(rollup(MINUTE), [], {}, NOW)
            modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    finally:
        os.umask(mask)
    assert {f"{FILE_NAME}-wal", FILE_NAME} <= modes.keys()
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_file_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    Store.open(tmp_path).close()
    (tmp_path / FILE_NAME).chmod(0o644)
    Store.open(tmp_path).close()
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600


def test_a_full_disk_is_an_error_and_leaves_nothing_half_written(store: Store) -> None:
    store.add(rollup(MINUTE), [], {("source", "app"): NOW}, NOW)
    before = reader(store).readings(0.0, 1e12, HOUR)
    pages = writing(store).execute("PRAGMA page_count").fetchone()[0]
    writing(store).execute(f"PRAGMA max_page_count = {pages}")
    many: dict[RollupKey, Rollup] = {}
    for number in range(2000):
        many |= rollup(MINUTE, 1.0, key=f"source-{number:04}")
    with pytest.raises(StoreError, match="Check free space"):
        store.add(many, [finding(1)], {("source", "app"): NOW + 1}, NOW + 1)
    assert reader(store).readings(0.0, 1e12, HOUR) == before
    writing(store).execute("PRAGMA max_page_count = 1000000")
    store.add(many, [], {}, NOW + 1)
    assert len(reader(store).measures("source", *FOREVER)) == 2001


def test_a_store_of_a_newer_version_is_refused_by_writer_and_reader(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        writing(store).execute(
            "UPDATE meta SET value = ? WHERE name = 'schema_version'", (SCHEMA_VERSION + 1,)
        )
    with pytest.raises(StoreError, match=f"version {SCHEMA_VERSION} or older, got {SCHEMA_VERSION + 1}"):
        Store.open(tmp_path)
    with pytest.raises(StoreError, match="newer observer"):
        Reader(tmp_path).measures("source", *FOREVER)
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        connection.execute("UPDATE meta SET value = ? WHERE name = 'schema_version'", (SCHEMA_VERSION,))
    connection.close()
    Store.open(tmp_path).close()


def test_a_file_that_is_no_store_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"not a database" * 100)
    with pytest.raises(StoreError, match="move it away"):
        Store.open(tmp_path)
    assert (tmp_path / FILE_NAME).read_bytes() == b"not a database" * 100


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("")
    with pytest.raises(StoreError):
        Store.open(tmp_path / "state")


def test_where_nobody_ever_folded_there_is_nothing_to_read(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="observer run"):
        Reader(tmp_path).measures("source", *FOREVER)
    assert list(tmp_path.iterdir()) == []


def test_reading_while_the_other_writes_waits_for_nobody(store: Store) -> None:
    store.add(rollup(MINUTE), [], {}, NOW)
    writing(store).execute("BEGIN IMMEDIATE")
    writing(store).execute("UPDATE window_measure SET value = 100")
    started = time.monotonic()
    assert reader(store).measures("source", *FOREVER)["app"]["verdict/valid"] == 1.0
    assert time.monotonic() - started < 2
    writing(store).execute("ROLLBACK")
