"""Segments: what `append` returned from is still there, whatever happened since."""

import os
import stat
from pathlib import Path
from types import MappingProxyType

import msgspec
import pytest
from kept_events import NOON, kept, undecodable

from observer.errors import QuarantineError
from observer.model import Kept
from observer.quarantine import Limits, Quarantine
from observer.quarantine.limits import DEFAULTS
from observer.quarantine.segments import CLOSED, FILE_HEAD_BYTES, OPEN, segments
from observer.quarantine.stored import Stored, groups, ungroup
from observer.quarantine.writer import recover


def opened(folder: Path, limits: Limits = DEFAULTS) -> Quarantine:
    return Quarantine.open(folder, limits)


def kill(quarantine: Quarantine) -> None:
    """Does what the kernel does when a process is killed: its locks are free, nothing else happens."""
    quarantine._lock.release()


def all_kept(folder: Path) -> list[Kept]:
    with opened(folder) as quarantine:
        return [event for _, event in quarantine.read_all(quarantine.entries()) if event is not None]


EVENTS = {
    "an invalid event": kept(1),
    "bytes that are no text": undecodable(b"\x00\xff\xfe{"),
    "no bytes at all": undecodable(b""),
    "an event of 6 MB, above what one frame holds": undecodable(os.urandom(3_000_000) * 2),
    "accents and an emoji in the path": kept(2, path="/i?e=pv&page=Été 🌞"),
    "a time before 1970": kept(3, observed=-5.0),
}


@pytest.mark.parametrize("event", EVENTS.values(), ids=EVENTS)
def test_comes_back_as_it_was_kept(tmp_path: Path, event: Kept) -> None:
    with opened(tmp_path) as quarantine:
        quarantine.append([event])
        (entry,) = quarantine.entries()
        assert quarantine.read(entry.id) == event
    assert all_kept(tmp_path) == [event]


def test_a_tombstone_comes_back_without_a_value(tmp_path: Path) -> None:
    event = undecodable(b"")
    tombstone = msgspec.structs.replace(event, value=None)
    with opened(tmp_path) as quarantine:
        quarantine.append([tombstone])
    assert all_kept(tmp_path) == [tombstone]


def test_headers_may_be_any_mapping(tmp_path: Path) -> None:
    with opened(tmp_path) as quarantine:
        quarantine.append([msgspec.structs.replace(kept(1), headers=MappingProxyType({"ce-id": "1"}))])
    assert [event.headers for event in all_kept(tmp_path)] == [{"ce-id": "1"}]


def test_text_that_no_file_can_hold_is_kept_escaped(tmp_path: Path) -> None:
    with opened(tmp_path) as quarantine:
        quarantine.append([kept(1, headers={"x-wild": "caf\udce9"}, path="/i?\ud800")])
    (event,) = all_kept(tmp_path)
    assert (event.headers, event.path) == ({"x-wild": "caf\\udce9"}, "/i?\\ud800")


def test_a_large_group_is_split_so_that_reading_one_event_does_not_read_all() -> None:
    large = [Stored(str(n), undecodable(bytes(3_000_000), n)) for n in range(3)]
    small = [Stored(str(n), kept(n)) for n in range(3)]
    assert [events for _, events, _ in groups(large + small)] == [1, 1, 4]
    assert [record for content, _, _ in groups(large + small) for record in ungroup(content)] == large + small


def test_an_empty_group_writes_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as quarantine:
        quarantine.append([])
        assert segments(quarantine.places.segments) == []


def test_order_is_kept_within_and_between_groups(tmp_path: Path) -> None:
    with opened(tmp_path) as quarantine:
        for begin in range(0, 40, 4):
            quarantine.append([kept(n, observed=NOON) for n in range(begin, begin + 4)])
        ids = [entry.id for entry in quarantine.entries()]
    assert ids == sorted(set(ids))
    assert [event.place[1] for event in all_kept(tmp_path)] == list(range(40))


def test_only_the_owner_reads_and_enters(tmp_path: Path) -> None:
    folder = tmp_path / "state" / "quarantine"
    previous = os.umask(0)
    try:
        with opened(folder) as quarantine:
            quarantine.append([kept(1)])
            list(quarantine.entries())
            modes = {path: stat.S_IMODE(path.stat().st_mode) for path in [folder, *folder.rglob("*")]}
    finally:
        os.umask(previous)
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o600}


def test_an_open_folder_is_closed_to_others(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    opened(tmp_path).close()
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700


def test_cut_at_every_byte_loses_no_earlier_event(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    groups = [[kept(1), kept(2)], [kept(3)], [kept(4), kept(5)]]
    ends = []
    quarantine = opened(tmp_path / "whole")
    for group in groups:
        quarantine.append(group)
        (segment,) = segments(quarantine.places.segments)
        ends.append(segment.size)
    whole, name = segment.path.read_bytes(), segment.path.name
    quarantine.close()
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)
    for cut in range(len(whole) + 1):
        folder = tmp_path / "cut" / str(cut) / "segments"
        folder.mkdir(parents=True)
        (folder / name).write_bytes(whole[:cut])
        wanted = sum(end <= cut for end in ends)
        end = ends[wanted - 1] if wanted else min(cut, FILE_HEAD_BYTES)
        assert recover(folder) == cut - end
        assert [segment.path.read_bytes() for segment in segments(folder)] == (
            [whole[:end]] if wanted else []
        )


def test_what_is_left_of_a_torn_group_is_cut_and_writing_goes_on(tmp_path: Path) -> None:
    quarantine = opened(tmp_path)
    quarantine.append([kept(1)])
    quarantine.append([kept(2)])
    (segment,) = segments(quarantine.places.segments)
    os.truncate(segment.path, segment.size - 3)
    kill(quarantine)
    with opened(tmp_path) as again:
        assert again.cut_bytes > 0
        again.append([kept(3)])
    assert [event.place[1] for event in all_kept(tmp_path)] == [1, 3]


def test_a_full_segment_is_closed_and_another_begun(tmp_path: Path) -> None:
    with opened(tmp_path, Limits(segment_bytes=400)) as quarantine:
        for number in range(6):
            quarantine.append([kept(number)])
        suffixes = [segment.path.suffix for segment in segments(quarantine.places.segments)]
        assert suffixes.count(OPEN) == 1
        assert suffixes.count(CLOSED) >= 2
    assert [event.place[1] for event in all_kept(tmp_path)] == list(range(6))


def test_an_old_segment_is_closed_even_if_nothing_comes(tmp_path: Path) -> None:
    with opened(tmp_path, Limits(segment_seconds=60)) as quarantine:
        quarantine.append([kept(0)])
        quarantine.enforce(NOON + 59)
        assert [segment.path.suffix for segment in segments(quarantine.places.segments)] == [OPEN]
        quarantine.enforce(NOON + 60)
        assert [segment.path.suffix for segment in segments(quarantine.places.segments)] == [CLOSED]


def test_a_second_writer_is_refused_and_told_who_writes(tmp_path: Path) -> None:
    with opened(tmp_path), pytest.raises(QuarantineError) as refusal:
        opened(tmp_path)
    assert f"process {os.getpid()}" in str(refusal.value)
    opened(tmp_path).close()


def test_the_lock_is_given_back_when_opening_fails(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"short")
    for _ in range(2):
        with pytest.raises(QuarantineError, match="the key of the quarantine"):
            opened(tmp_path)


def test_damage_in_the_middle_costs_one_group_and_is_told(tmp_path: Path) -> None:
    with opened(tmp_path) as quarantine:
        for number in range(3):
            quarantine.append([kept(number)])
        places = [entry.offset for entry in quarantine.entries()]
    (segment,) = segments(tmp_path / "segments")
    data = bytearray(segment.path.read_bytes())
    data[places[1] + 50] ^= 0xFF
    segment.path.write_bytes(data)
    (tmp_path / "index.sqlite").unlink()
    with opened(tmp_path) as again:
        assert [event and event.place[1] for _, event in again.read_all(again.entries())] == [0, 2]
        assert again.index.damaged_bytes() == places[2] - places[1]


def test_a_damaged_file_head_costs_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as quarantine:
        quarantine.append([kept(1)])
    (segment,) = segments(tmp_path / "segments")
    segment.path.write_bytes(b"?" * 16 + segment.path.read_bytes()[16:])
    assert [event.place[1] for event in all_kept(tmp_path)] == [1]
