"""What an older observer kept is there after the newer one has opened it."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from any_store import KINDS, opened

from observer.model import Finding, ViolationKind
from observer.store import FILE_NAME, Reader, Store
from observer.store.migrations import SCHEMA_VERSION, migrate
from observer.windows.merge import Resolution
from observer.windows.readings import LatestFinding

NOW = 1_795_000_000.0
DUMP = Path(__file__).parent / "version_1.sql"
"""A store as the observer left it that knew version 1 alone."""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    connection.executescript(DUMP.read_text("utf-8"))
    connection.close()
    return tmp_path


def tables(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    connection = sqlite3.connect(folder / FILE_NAME)
    names = ("window_measure", "last_seen", "latest_finding")
    rows = {name: sorted(connection.execute(f"SELECT * FROM {name}").fetchall()) for name in names}
    connection.close()
    return rows


def test_a_store_of_version_1_is_brought_up_to_date_with_every_row(old: Path) -> None:
    before = tables(old)
    assert {name: len(rows) for name, rows in before.items()} == {
        "window_measure": 12, "last_seen": 2, "latest_finding": 4,
    }  # fmt: skip
    Store.open(old).close()
    assert tables(old) == before
    connection = sqlite3.connect(old / FILE_NAME)
    assert connection.execute("SELECT value FROM meta WHERE name = 'schema_version'").fetchone() == (
        SCHEMA_VERSION,
    )
    connection.close()


def test_a_store_of_version_1_is_read_and_goes_on(old: Path) -> None:
    Store.open(old).close()
    before = Reader(old).readings(0.0, 1e12, 60)
    assert before.measures["source", "app"] == {"received": 12.0, "verdict/valid": 8.0}
    assert before.last_seen == {("source", "app"): 1_794_999_960.0, ("tool", "_other"): NOW - 5}
    assert before.findings[0] == LatestFinding(
        NOW, "app", "order-completed", "invalid",
        Finding(ViolationKind.TYPE_MISMATCH, "type:$.total", "$.total", "number", "string"),
    )  # fmt: skip
    with Store.open(old) as store:
        assert Reader(old).readings(0.0, 1e12, 60) == before
        store.add(
            {("source", "app", int(NOW // 60)): {"received": 1.0}}, [], {("source", "app"): NOW}, NOW + 1
        )
        after = Reader(old).readings(0.0, 1e12, 60)
        assert after.measures["source", "app"]["received"] == 13.0
        assert (after.last_seen["source", "app"], after.written) == (NOW, NOW + 1)
        store.compact(NOW + 40 * Resolution.DAY)
        assert Reader(old).measures("source", 0.0, 1e12)["app"]["received"] == 13.0


def test_a_store_that_cannot_be_brought_up_to_date_stays_as_it_was(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tables(old)
    with monkeypatch.context() as patch:
        patch.setattr("observer.store.migrations.STEPS", ((), ("CREATE TABLE one (a BIGINT)", "nonsense")))
        with pytest.raises(Exception, match="nonsense"):
            Store.open(old)
    assert tables(old) == before
    Store.open(old).close()


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    with opened(request) as one:
        yield one


def test_opening_again_changes_nothing(store: Store) -> None:
    store.add({("source", "app", 1): {"received": 1.0}}, [], {}, NOW)
    before = Reader(store.database).readings(0.0, 1e12, 60)
    migrate(store.database)
    assert Reader(store.database).readings(0.0, 1e12, 60) == before
