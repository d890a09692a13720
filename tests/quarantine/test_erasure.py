"""Erasure: what was somebody's is on the disk no more, what was not is untouched, also while the observer runs."""

import base64
import json
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from kept_events import NOON, everything_in, kept, undecodable

from observer.errors import QuarantineError
from observer.model import Kept
from observer.quarantine import Archive, Filters, Limits, Quarantine
from observer.quarantine.access import Who
from observer.quarantine.disk import replace_file
from observer.quarantine.erase import Erasure, Subject, erase
from observer.quarantine.locks import hold
from observer.quarantine.segments import Segment

ME = Who("operator", "", "Camille")
JEANNE = "jeanne.dupré@maison-lumiere.example"


def snowplow(**fields: str) -> bytes:
    inner = json.dumps({"schema": "iglu:x/y/jsonschema/1-0-0", "data": fields}).encode()
    return json.dumps({"data": [{"e": "ue", "ue_px": base64.urlsafe_b64encode(inner).decode()}]}).encode()


JEANNES = {
    "by user id": (kept(1, user_id=JEANNE), Subject(user_id=JEANNE), "by_id"),
    "by anonymous id": (kept(1, anonymous_id="device-77"), Subject(user_id="device-77"), "by_id"),
    "by message id": (kept(1, message_id="m-1"), Subject(message_id="m-1"), "by_id"),
    "a short id, by itself": (kept(1, user_id="7"), Subject(user_id="7"), "by_id"),
    "as another field": (
        kept(1, value=json.dumps({"traits": {"sponsor": JEANNE}}).encode()), Subject(user_id=JEANNE), "by_content",
    ),
    "in JSON that is not escaped": (
        kept(1, value=json.dumps({"sponsor": JEANNE}, ensure_ascii=False).encode()), Subject(user_id=JEANNE),
        "by_content",
    ),
    "in the query of a URL": (kept(1, path=f"/i?uid={quote(JEANNE)}&e=pv"), Subject(user_id=JEANNE), "by_content"),
    "in a URL, in lower-case hexadecimal": (
        kept(1, path=f"/i?uid={quote(JEANNE).replace('%C3%A9', '%c3%a9')}"), Subject(user_id=JEANNE), "by_content",
    ),
    "in a URL within a URL": (
        kept(1, value=json.dumps({"url": f"https://a.example/?to=%3Fu%3D{quote('jeanne-1984')}"}).encode()),
        Subject(user_id="jeanne-1984"), "by_content",
    ),
    "in base 64": (kept(1, value=snowplow(member=JEANNE)), Subject(user_id=JEANNE), "by_content"),
    "in base 64, one further": (kept(1, value=snowplow(memberr=JEANNE)), Subject(user_id=JEANNE), "by_content"),
    "in base 64, two further": (kept(1, value=snowplow(memberrr=JEANNE)), Subject(user_id=JEANNE), "by_content"),
    "in a header": (kept(1, headers={"ce-user": "jeanne-1984"}), Subject(user_id="jeanne-1984"), "by_content"),
    "in bytes that nobody could read": (
        undecodable(b'{"userId": "jeanne-1984'), Subject(user_id="jeanne-1984"), "by_content",
    ),
    "amid a word that nobody could read": (
        undecodable(b"xxjeanne-1984xx"), Subject(user_id="jeanne-1984"), "by_content",
    ),
    "a short id in bytes that nobody could read": (
        undecodable(b'{"userId": "7", "na'), Subject(user_id="7"), "by_content",
    ),
    "in UTF-16 that nobody could read": (
        undecodable('{"u":"jeanne-1984"}'.encode("utf-16")), Subject(user_id="jeanne-1984"), "by_content",
    ),
    "in Latin-1 that nobody could read": (
        undecodable(f'{{"u":"{JEANNE}"}}'.encode("latin-1")), Subject(user_id=JEANNE), "by_content",
    ),
    "with a wild byte in it": (kept(1, user_id="caf\udce9"), Subject(user_id="caf\udce9"), "by_id"),
}  # fmt: skip

OTHERS = {
    "a longer id of somebody else": (kept(1, user_id="jeanne-19845"), Subject(user_id="jeanne-1984")),
    "an id that ends alike": (kept(1, user_id="marie-jeanne-1984"), Subject(user_id="jeanne-1984")),
    "a short id that stands elsewhere": (
        kept(1, value=b'{"properties": {"quantity": "7"}}'), Subject(user_id="7"),
    ),
    "a short id within a word that nobody could read": (undecodable(b"price 74"), Subject(user_id="7")),
    "a message whose id is that of a person": (kept(1, message_id="m1"), Subject(user_id="m1")),
    "nobody's": (kept(1), Subject(user_id="jeanne-1984")),
}  # fmt: skip


def filled(folder: Path, event: Kept) -> Archive:
    """Returns an archive with `event` among others, in the middle of a group and of a file."""
    with Quarantine.open(folder) as quarantine:
        quarantine.append([kept(100), kept(101)])
        quarantine.append([kept(102), event, kept(103)])
        quarantine.append([kept(104)])
    return Archive(folder)


def numbers(archive: Archive) -> list[int]:
    return [event.place[1] for _, event in archive.read_all(archive.entries()) if event]


@pytest.mark.parametrize(("event", "subject", "ground"), JEANNES.values(), ids=JEANNES)
def test_what_is_somebodys_is_erased(tmp_path: Path, event: Kept, subject: Subject, ground: str) -> None:
    archive = filled(tmp_path, event)
    would = erase(archive, subject, ME, NOON, dry_run=True)
    assert not archive.places.access_log.exists()
    assert len(numbers(archive)) == 6
    done = erase(archive, subject, ME, NOON)
    assert done == would == Erasure(**{"by_id": 0, "by_content": 0, ground: 1}, segments=1, damaged_bytes=0)
    assert numbers(archive) == [100, 101, 102, 103, 104]
    assert archive.erased_total() == 1
    needle = (subject.user_id or subject.message_id).encode("utf-8", "backslashreplace")
    if len(needle) > 1:
        assert needle not in everything_in(tmp_path)


@pytest.mark.parametrize(("event", "subject"), OTHERS.values(), ids=OTHERS)
def test_what_is_not_stays(tmp_path: Path, event: Kept, subject: Subject) -> None:
    archive = filled(tmp_path, event)
    before = {path.name: path.read_bytes() for path in (tmp_path / "segments").iterdir()}
    assert erase(archive, subject, ME, NOON).events == 0
    assert {path.name: path.read_bytes() for path in (tmp_path / "segments").iterdir()} == before


def test_ids_of_other_events_stay_theirs(tmp_path: Path) -> None:
    archive = filled(tmp_path, kept(1, user_id=JEANNE))
    before = {entry.id for entry in archive.entries()}
    (gone,) = archive.entries(Filters(user_id=JEANNE))
    erase(archive, Subject(user_id=JEANNE), ME, NOON)
    assert {entry.id for entry in archive.entries()} == before - {gone.id}
    with pytest.raises(QuarantineError, match="got one that was erased"):
        archive.read(gone.id)


def test_an_event_is_read_though_its_segment_was_rewritten_since(tmp_path: Path) -> None:
    archive = filled(tmp_path, kept(1, user_id=JEANNE))
    entries = list(archive.entries())
    erase(Archive(tmp_path), Subject(user_id=JEANNE), ME, NOON)
    found = [event and event.place[1] for _, event in archive.read_all(entries)]
    assert found == [100, 101, 102, None, 103, 104]


def test_a_file_with_nothing_else_goes(tmp_path: Path) -> None:
    with Quarantine.open(tmp_path) as quarantine:
        quarantine.append([kept(n, user_id=JEANNE) for n in range(3)])
        assert erase(quarantine, Subject(user_id=JEANNE), ME, NOON).by_id == 3
        assert list((tmp_path / "segments").iterdir()) == []
        quarantine.append([kept(9)])
        assert numbers(quarantine) == [9]


def test_damaged_bytes_of_its_files_go_too(tmp_path: Path) -> None:
    archive = filled(tmp_path, kept(1))
    (segment,) = (tmp_path / "segments").iterdir()
    segment.write_bytes(segment.read_bytes() + b"jeanne-1984")
    assert erase(archive, Subject(user_id="jeanne-1984"), ME, NOON) == Erasure(0, 0, 1, 11)
    assert b"jeanne-1984" not in everything_in(tmp_path)
    assert len(numbers(archive)) == 6


def test_a_draft_that_a_killed_erasure_left_goes_at_the_next_start_or_tidying(tmp_path: Path) -> None:
    filled(tmp_path, kept(1))
    draft = tmp_path / "segments" / "x.closed.draft"
    draft.write_bytes(b"jeanne-1984")
    with Quarantine.open(tmp_path) as quarantine:
        assert not draft.exists()
        draft.write_bytes(b"jeanne-1984")
        quarantine.enforce(NOON)
        assert not draft.exists()


BAD_SUBJECTS = {"nobody": Subject(), "two": Subject("jeanne-1984", "m-1")}


@pytest.mark.parametrize("subject", BAD_SUBJECTS.values(), ids=BAD_SUBJECTS)
def test_one_id_is_asked_for(tmp_path: Path, subject: Subject) -> None:
    archive = filled(tmp_path, kept(1))
    with pytest.raises(QuarantineError, match="expected one id"):
        erase(archive, subject, ME, NOON)
    assert not archive.places.access_log.exists()


def test_the_access_log_says_who_when_and_how_many_but_not_of_whom(tmp_path: Path) -> None:
    archive = filled(tmp_path, kept(1, user_id=JEANNE))
    erase(archive, Subject(user_id=JEANNE), ME, NOON)
    asked, done = map(json.loads, archive.places.access_log.read_text().splitlines())
    assert (asked["action"], asked["account"], asked["name"]) == ("erase", "operator", "Camille")
    assert (done["action"], done["at"], done["kind"], done["events"]) == (
        "erased", "2024-05-01T12:00:00+00:00", "user", 1,
    )  # fmt: skip
    assert asked["hash"] == done["hash"]
    assert "jeanne" not in archive.places.access_log.read_text()


def test_nothing_is_erased_that_cannot_be_written_down(tmp_path: Path) -> None:
    archive = filled(tmp_path, kept(1, user_id=JEANNE))
    archive.places.access_log.mkdir()
    with pytest.raises(QuarantineError, match="expected an access log that can be written"):
        erase(archive, Subject(user_id=JEANNE), ME, NOON)
    assert len(numbers(archive)) == 6


def test_beside_a_running_writer_nothing_of_others_is_lost_and_nothing_of_the_person_stays(
    tmp_path: Path, start_child: Callable[..., object]
) -> None:
    import subprocess

    child = start_child("writing_child.py", tmp_path, 5, 0.001)
    assert isinstance(child, subprocess.Popen)
    assert child.stdout is not None
    child.stdout.readline()
    erased = 0
    for _ in range(4):
        time.sleep(0.15)
        erased += erase(Archive(tmp_path), Subject(user_id="person-to-erase"), ME, NOON).events
    child.terminate()
    acknowledged = [int(line) for line in child.stdout.read().split("\n") if line][-1]
    child.wait()
    with Quarantine.open(tmp_path) as quarantine:
        last = erase(quarantine, Subject(user_id="person-to-erase"), ME, NOON).events
        found = numbers(quarantine)
    assert b"person-to-erase" not in everything_in(tmp_path)
    assert erased > 0
    wanted = [number for number in range(acknowledged) if number % 10]
    assert found[: len(wanted)] == wanted
    # At most one group more was written than was acknowledged.
    assert set(found[len(wanted) :]) <= set(range(acknowledged, acknowledged + 5))
    assert (erased + last) * 10 >= acknowledged


def test_a_segment_that_the_writer_began_meanwhile_is_left_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import observer.quarantine.erase as module

    with Quarantine.open(tmp_path) as quarantine:
        quarantine.append([kept(1, user_id=JEANNE)])
        honest = module._closed_segments

        def and_then_one_comes(archive: Archive) -> list[Segment]:
            closed = honest(archive)
            quarantine.append([kept(2, user_id=JEANNE)])
            return closed

        monkeypatch.setattr(module, "_closed_segments", and_then_one_comes)
        assert erase(quarantine, Subject(user_id=JEANNE), ME, NOON).events == 1
        quarantine.append([kept(3)])
        assert numbers(quarantine) == [2, 3]


def test_a_segment_replaced_under_its_name_is_left(tmp_path: Path) -> None:
    with Quarantine.open(tmp_path) as quarantine:
        quarantine.append([kept(1)])
        (segment,) = (tmp_path / "segments").iterdir()
        replace_file(segment, segment.read_bytes())
        quarantine.append([kept(2)])
        assert numbers(quarantine) == [1, 2]


def test_a_writer_is_not_held_up_while_closed_files_are_rewritten(tmp_path: Path) -> None:
    with Quarantine.open(tmp_path, Limits(segment_bytes=400)) as quarantine:
        quarantine.append([kept(1)])
        with hold(quarantine.places.upkeep_lock, 0):
            for number in range(20):
                quarantine.append([kept(number)])
        assert len(numbers(quarantine)) == 21
