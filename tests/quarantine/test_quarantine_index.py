"""The index: what it finds, that it follows the segments, and that it tells nothing of a person."""

from pathlib import Path

import pytest
from kept_events import DAY, NOON, kept, undecodable

from observer.errors import QuarantineError
from observer.model import Verdict
from observer.quarantine import Archive, Filters, Limits, Quarantine

EVENTS = [
    kept(0, source="web-shop", contract="order-completed"),
    kept(1, source="app", contract="order-completed"),
    kept(2, source="web-shop", contract="_none", verdict=Verdict.UNKNOWN_CONTRACT),
    kept(3, source="web-shop", contract="page-viewed", verdict=Verdict.UNVALIDATED, user_id="jeanne"),
    kept(4, source="app", contract="page-viewed", anonymous_id="jeanne"),
    undecodable(b"jeanne", 5),
]

FILTERS = {
    "all of them, oldest first": (Filters(), [0, 1, 2, 3, 4, 5]),
    "newest first": (Filters(newest_first=True), [5, 4, 3, 2, 1, 0]),
    "the two newest": (Filters(newest_first=True, limit=2), [5, 4]),
    "none of them": (Filters(limit=0), []),
    "of a source": (Filters(source="app"), [1, 4]),
    "of a contract": (Filters(contract="page-viewed"), [3, 4]),
    "of a source and a contract": (Filters(source="app", contract="page-viewed"), [4]),
    "with a verdict": (Filters(verdict=Verdict.UNDECODABLE), [5]),
    "since a moment, included": (Filters(since=NOON + 4), [4, 5]),
    "until a moment, excluded": (Filters(until=NOON + 1), [0]),
    "of a person, by either id": (Filters(user_id="jeanne"), [3, 4]),
    "of a message": (Filters(message_id="message-000002"), [2]),
    "of a person whom nobody knows": (Filters(user_id="paul"), []),
    "an empty id is nobody's": (Filters(user_id=""), []),
}


@pytest.fixture
def quarantine(tmp_path: Path) -> Quarantine:
    quarantine = Quarantine.open(tmp_path)
    quarantine.append(EVENTS[:2])
    quarantine.append(EVENTS[2:])
    return quarantine


@pytest.mark.parametrize(("filters", "numbers"), FILTERS.values(), ids=FILTERS)
def test_filters_choose(quarantine: Quarantine, filters: Filters, numbers: list[int]) -> None:
    found = [event and event.place[1] for _, event in quarantine.read_all(quarantine.entries(filters))]
    assert found == numbers


def test_an_entry_says_what_was_found_and_where_it_lies(quarantine: Quarantine) -> None:
    entry = next(iter(quarantine.entries(Filters(verdict=Verdict.UNDECODABLE))))
    assert (entry.source, entry.verdict, entry.contract) == ("web-shop", Verdict.UNDECODABLE, "_none")
    assert (entry.reason, entry.rule, entry.observed, entry.bytes) == (
        "not_json",
        "decode:not_json",
        NOON + 5,
        6,
    )
    assert quarantine.read(entry.id) == EVENTS[5]


def test_more_than_a_page_is_listed_once_each(tmp_path: Path) -> None:
    with Quarantine.open(tmp_path) as quarantine:
        quarantine.append([kept(n, observed=NOON) for n in range(2_500)])
        ids = [entry.id for entry in quarantine.entries()]
        backwards = [entry.id for entry in quarantine.entries(Filters(newest_first=True))]
        assert len(list(quarantine.entries(Filters(limit=1_001)))) == 1_001
    assert len(set(ids)) == 2_500
    assert backwards == ids[::-1]


def damage(path: Path) -> None:
    path.write_bytes(b"no database" * 400)


MISHAPS = {
    "removed": lambda folder: (folder / "index.sqlite").unlink(),
    "damaged": lambda folder: damage(folder / "index.sqlite"),
    "emptied": lambda folder: (folder / "index.sqlite").write_bytes(b""),
    "under another key": lambda folder: (folder / "key").unlink(),
}


@pytest.mark.parametrize("mishap", MISHAPS.values(), ids=MISHAPS)
def test_it_is_built_again(quarantine: Quarantine, tmp_path: Path, mishap: object) -> None:
    before = list(quarantine.entries())
    quarantine.close()
    assert callable(mishap)
    mishap(tmp_path)
    again = Archive(tmp_path)
    assert list(again.entries()) == before
    assert [entry.id for entry in again.entries(Filters(user_id="jeanne"))] == [before[3].id, before[4].id]


def test_another_process_sees_what_was_appended_since(quarantine: Quarantine, tmp_path: Path) -> None:
    reader = Archive(tmp_path)
    assert len(list(reader.entries())) == 6
    quarantine.append([kept(6)])
    assert len(list(reader.entries())) == 7
    quarantine.close()
    assert len(list(reader.entries())) == 7


def test_an_event_is_read_though_its_segment_was_closed_since(quarantine: Quarantine, tmp_path: Path) -> None:
    reader = Archive(tmp_path)
    entries = list(reader.entries())
    quarantine.close()
    assert [event for _, event in reader.read_all(entries)] == EVENTS


UNKNOWN = {
    "an id that nobody has": "0123456789abcdef",
    "a word": "jeanne",
    "nothing": "",
    "a path": "../../etc/passwd",
}


@pytest.mark.parametrize("id_", UNKNOWN.values(), ids=UNKNOWN)
def test_an_unknown_id_is_refused_and_not_repeated(quarantine: Quarantine, id_: str) -> None:
    with pytest.raises(QuarantineError, match="expected the id of a kept event, got another word") as refusal:
        quarantine.read(id_)
    assert not id_ or id_ not in str(refusal.value).replace(str(quarantine.places.folder), "")


def test_it_holds_no_id_of_a_person_or_a_message_and_no_value(quarantine: Quarantine, tmp_path: Path) -> None:
    list(quarantine.entries())
    quarantine.close()
    index = b"".join(path.read_bytes() for path in tmp_path.glob("index.sqlite*"))
    assert b"order-completed" in index
    for secret in (
        b"jeanne",
        b"user-000001",
        b"device-000001",
        b"message-000001",
        b"12,50",
        b"Order Completed",
    ):
        assert secret not in index


def test_no_quarantine_is_told_apart_from_an_empty_one(tmp_path: Path) -> None:
    with pytest.raises(QuarantineError, match="expected the folder of a quarantine, got nothing"):
        Archive(tmp_path / "none")
    assert not (tmp_path / "none").exists()
    Quarantine.open(tmp_path).close()
    assert list(Archive(tmp_path).entries()) == []


def test_size_is_that_of_all_files(quarantine: Quarantine, tmp_path: Path) -> None:
    list(quarantine.entries())
    assert quarantine.size_bytes() == sum(
        path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()
    )


def test_ids_are_short_and_grow_even_where_the_clock_steps_back(tmp_path: Path) -> None:
    with Quarantine.open(tmp_path, Limits()) as quarantine:
        for day in (1, 2, 0):
            quarantine.append([kept(day, observed=NOON + day * DAY)])
        entries = list(quarantine.entries())
    assert [entry.observed for entry in entries] == [NOON + DAY, NOON + 2 * DAY, NOON]
    assert all(len(entry.id) == 16 and entry.id.isalnum() for entry in entries)
