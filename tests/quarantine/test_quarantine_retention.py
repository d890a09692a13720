"""What goes, when and why."""

import os
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from kept_events import DAY, NOON, kept, undecodable

from observer.quarantine import Limits, Quarantine
from observer.quarantine.locks import hold
from observer.quarantine.replay import replay

HOUR = 3_600.0


def filled(folder: Path, limits: Limits) -> Quarantine:
    """Returns a quarantine with an event an hour for nine hours, each in a segment of its own."""
    quarantine = Quarantine.open(folder, limits._replace(segment_bytes=1))
    for hour in range(9):
        quarantine.append([kept(hour, observed=NOON + hour * HOUR)])
    return quarantine


def left(quarantine: Quarantine) -> list[int]:
    return [event.place[1] for _, event in quarantine.read_all(quarantine.entries()) if event]


AGES = {
    "nothing is old": (2 * DAY, 9 * HOUR, 0),
    "the last moment of the first": (6 * HOUR, 6 * HOUR, 0),
    "one is too old": (6 * HOUR, 6 * HOUR + 1, 1),
    "four are too old": (6 * HOUR, 9 * HOUR + 1, 4),
    "all of them are": (6 * HOUR, 365 * DAY, 9),
}


@pytest.mark.parametrize(("max_age", "later", "gone"), AGES.values(), ids=AGES)
def test_old_events_go(tmp_path: Path, max_age: float, later: float, gone: int) -> None:
    filled(tmp_path, Limits(max_age=365 * DAY)).close()
    with Quarantine.open(tmp_path, Limits(max_age=max_age)) as quarantine:
        assert quarantine.enforce(NOON + later) == {"age": gone, "size": 0}
        assert left(quarantine) == list(range(gone, 9))
        assert quarantine.enforce(NOON + later) == {"age": 0, "size": 0}


def test_a_segment_that_is_open_goes_too_once_it_is_old(tmp_path: Path) -> None:
    with Quarantine.open(tmp_path, Limits(max_age=DAY)) as quarantine:
        quarantine.append([kept(0, observed=NOON)])
        assert quarantine.enforce(NOON + DAY + 1) == {"age": 1, "size": 0}
        assert list((tmp_path / "segments").iterdir()) == []


def test_fourteen_days_by_default(tmp_path: Path) -> None:
    with Quarantine.open(tmp_path) as quarantine:
        quarantine.append([kept(0, observed=NOON)])
        quarantine.enforce(NOON + 14 * DAY)
        assert left(quarantine) == [0]
        assert quarantine.enforce(NOON + 14 * DAY + 1) == {"age": 1, "size": 0}


def test_the_oldest_go_where_there_are_too_many_bytes(tmp_path: Path) -> None:
    with Quarantine.open(tmp_path, Limits(max_bytes=1 << 20)) as quarantine:
        for number in range(40):
            quarantine.append([undecodable(os.urandom(20_000), number) for _ in range(5)])
        removed = quarantine.enforce(NOON + 40)
        found = left(quarantine)
        assert removed["age"] == 0
        assert removed["size"] + len(found) == 40 * 5
        assert found == [number for number in range(40 - len(found) // 5, 40) for _ in range(5)]
        assert 0 < len(found) < 40 * 5
        assert sum(path.stat().st_size for path in (tmp_path / "segments").iterdir()) <= 1 << 20


def test_the_limit_holds_between_two_calls_too(tmp_path: Path) -> None:
    with Quarantine.open(tmp_path, Limits(max_bytes=2 << 20)) as quarantine:
        for number in range(60):
            quarantine.append([undecodable(os.urandom(100_000), number)])
            assert quarantine.size_bytes() < (2 << 20) * 1.25
        removed = quarantine.enforce(NOON + 60)
        assert removed["size"] + len(left(quarantine)) == 60


def test_no_append_waits_for_the_index(tmp_path: Path) -> None:
    with Quarantine.open(tmp_path) as quarantine, ThreadPoolExecutor(1) as threads:
        with hold(quarantine.places.index_lock, 0):
            tidying = threads.submit(quarantine.enforce, NOON)
            time.sleep(0.05)
            quarantine.append([kept(0)])
            assert not tidying.done()
        assert tidying.result() == {"age": 0, "size": 0}
        assert left(quarantine) == [0]


def test_nothing_is_removed_while_another_process_rewrites(tmp_path: Path) -> None:
    with filled(tmp_path, Limits()) as quarantine:
        with hold(quarantine.places.upkeep_lock, 0):
            assert quarantine.enforce(NOON + 365 * DAY) == {"age": 0, "size": 0}
        assert quarantine.enforce(NOON + 365 * DAY) == {"age": 9, "size": 0}


def test_the_index_and_the_journal_forget_what_is_gone_but_not_the_counts(tmp_path: Path) -> None:
    with filled(tmp_path, Limits()) as quarantine:
        replay(quarantine, lambda event: event.verdict, "digest", NOON)
        quarantine.enforce(NOON + 14 * DAY + 4 * HOUR)
        ids = {entry.id for entry in quarantine.entries()}
        with sqlite3.connect(quarantine.places.journal) as journal:
            remembered = {row[0] for row in journal.execute("SELECT id FROM replayed")}
        journal.close()
        assert remembered == ids
        assert sum(quarantine.replay_counts().values()) == 9
