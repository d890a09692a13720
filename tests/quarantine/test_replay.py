"""Replay: judged again, counted once for a catalog, and the first verdict stands."""

from collections.abc import Callable
from pathlib import Path

import pytest
from kept_events import NOON, everything_in, kept, undecodable

from observer.model import Kept, Verdict
from observer.quarantine import Archive, Filters, Quarantine
from observer.quarantine.access import Who
from observer.quarantine.erase import Erasure, Subject, erase
from observer.quarantine.replay import ReplayReport, replay

EVENTS = [kept(0), kept(1, source="app"), kept(2, verdict=Verdict.UNVALIDATED), undecodable(b"{", 3)]


def mended(event: Kept) -> Verdict:
    return event.verdict if event.verdict is Verdict.UNDECODABLE else Verdict.VALID


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    with Quarantine.open(tmp_path) as quarantine:
        quarantine.append(EVENTS)
    return Archive(tmp_path)


FIRST = ReplayReport(
    events=4,
    already=0,
    unjudged=0,
    unreadable=0,
    outcomes={Verdict.VALID: 3, Verdict.UNDECODABLE: 1},
    moves={
        (Verdict.INVALID, Verdict.VALID): 2,
        (Verdict.UNVALIDATED, Verdict.VALID): 1,
        (Verdict.UNDECODABLE, Verdict.UNDECODABLE): 1,
    },
)
COUNTS = {
    ("web-shop", Verdict.VALID): 2,
    ("web-shop", Verdict.UNDECODABLE): 1,
    ("app", Verdict.VALID): 1,
}


def test_each_event_is_judged_and_counted(archive: Archive) -> None:
    assert replay(archive, mended, "catalog-1", NOON) == FIRST
    assert archive.replay_counts() == COUNTS


def test_twice_adds_nothing_and_judges_nothing(archive: Archive) -> None:
    replay(archive, mended, "catalog-1", NOON)

    def never(event: Kept) -> Verdict:
        raise AssertionError("judged twice")

    again = replay(archive, never, "catalog-1", NOON + 1)
    assert (again.events, again.already, again.replayed) == (4, 4, 0)
    assert archive.replay_counts() == COUNTS


def test_another_catalog_counts_anew(archive: Archive) -> None:
    replay(archive, mended, "catalog-1", NOON)
    assert replay(archive, mended, "catalog-2", NOON + 1).replayed == 4
    assert archive.replay_counts()["web-shop", Verdict.VALID] == 4


def test_the_first_verdict_stands_and_the_last_outcome_is_told(archive: Archive) -> None:
    replay(archive, lambda event: Verdict.UNKNOWN_CONTRACT, "catalog-1", NOON)
    replay(archive, mended, "catalog-2", NOON + 1)
    assert [entry.verdict for entry in archive.entries()] == [event.verdict for event in EVENTS]
    assert [(entry.outcome, entry.replayed) for entry in archive.entries()] == [
        (mended(event), "catalog-2") for event in EVENTS
    ]
    assert [event for _, event in archive.read_all(archive.entries())] == EVENTS


def test_a_dry_run_says_the_same_and_writes_nothing(archive: Archive, tmp_path: Path) -> None:
    list(archive.entries())
    before = everything_in(tmp_path / "segments")
    assert replay(archive, mended, "catalog-1", NOON, dry_run=True) == FIRST
    assert archive.replay_counts() == {}
    assert [entry.outcome for entry in archive.entries()] == [None] * 4
    assert everything_in(tmp_path / "segments") == before


def test_only_what_is_asked_for(archive: Archive) -> None:
    assert replay(archive, mended, "catalog-1", NOON, Filters(source="app")).replayed == 1
    rest = replay(archive, mended, "catalog-1", NOON)
    assert (rest.already, rest.replayed) == (1, 3)
    assert archive.replay_counts() == COUNTS


def test_what_cannot_be_judged_may_be_judged_later(archive: Archive) -> None:
    report = replay(archive, lambda event: None, "catalog-1", NOON)
    assert (report.events, report.unjudged, report.replayed) == (4, 4, 0)
    assert replay(archive, mended, "catalog-1", NOON).replayed == 4


def test_an_event_erased_meanwhile_is_told_apart(archive: Archive, tmp_path: Path) -> None:
    erased: list[Erasure] = []

    def slow(event: Kept) -> Verdict:
        if not erased:
            erased.append(erase(Archive(tmp_path), Subject(user_id="user-000002"), Who("me"), NOON))
        return mended(event)

    # The events were in one group, which was read before.
    assert replay(archive, slow, "catalog-1", NOON).replayed == 4
    assert replay(archive, slow, "catalog-2", NOON).events == 3


def test_an_index_built_again_forgets_no_replay(archive: Archive, tmp_path: Path) -> None:
    replay(archive, mended, "catalog-1", NOON)
    (tmp_path / "index.sqlite").unlink()
    assert replay(archive, mended, "catalog-1", NOON).already == 4
    assert archive.replay_counts() == COUNTS


def test_two_at_once_count_once(archive: Archive, tmp_path: Path) -> None:
    nested: list[ReplayReport] = []

    def meanwhile(event: Kept) -> Verdict:
        if not nested:
            nested.append(replay(Archive(tmp_path), mended, "catalog-1", NOON))
        return mended(event)

    report = replay(archive, meanwhile, "catalog-1", NOON)
    assert nested[0] == FIRST
    assert (report.events, report.already, report.replayed) == (4, 4, 0)
    assert archive.replay_counts() == COUNTS


def test_it_works_beside_a_running_writer(tmp_path: Path, start_child: Callable[..., object]) -> None:
    import subprocess
    import time

    child = start_child("writing_child.py", tmp_path, 5, 0.001)
    assert isinstance(child, subprocess.Popen)
    assert child.stdout is not None
    child.stdout.readline()
    total = 0
    for _ in range(3):
        time.sleep(0.1)
        total += replay(Archive(tmp_path), mended, "catalog-1", NOON).replayed
    child.terminate()
    child.wait()
    assert 0 < total == sum(Archive(tmp_path).replay_counts().values())
    rest = replay(Archive(tmp_path), mended, "catalog-1", NOON)
    assert rest.already == total
