"""Many events of one request: what they share is on the disk once, and each is still shown, judged and erased alone."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from kept_events import NOON, everything_in, kept
from test_rejudge import catalog_of, kept_of

from observer.errors import QuarantineError
from observer.model import Envelope, Kept, Record, Verdict
from observer.quarantine import Archive, Filters, Quarantine
from observer.quarantine.access import Who
from observer.quarantine.entry import Entry
from observer.quarantine.erase import Subject, erase
from observer.quarantine.hashing import Hashing
from observer.quarantine.rejudge import rejudge
from observer.quarantine.replay import replay
from observer.quarantine.show import masked, reveal, revealed
from observer.quarantine.stored import FRAME_BYTES, Stored, groups, ungroup
from observer.quarantine.traces import Traces

ME = Who("operator")
EVENTS = 60
PAD = "x" * 20_000


def call(number: int) -> dict[str, Any]:
    return {
        "type": "track",
        "event": "Nobody Knows",
        "messageId": f"m-{number}",
        "userId": f"person-{number:04}",
    }


def batch(**context: Any) -> list[Kept]:
    """Returns what is kept of one request whose events share a long context."""
    body = {"context": {"pad": PAD, **context}, "batch": [call(number) for number in range(EVENTS)]}
    return kept_of("segment", Record(json.dumps(body).encode(), NOON, path="/v1/batch"))


def written(events: list[Kept]) -> list[tuple[bytes, int, float]]:
    return groups([Stored(f"{number:016}", event) for number, event in enumerate(events)])


def filled(folder: Path, events: list[Kept]) -> Archive:
    with Quarantine.open(folder) as quarantine:
        quarantine.append([kept(900), *events, kept(901)])
    return Archive(folder)


def with_entries(archive: Archive) -> list[tuple[Entry, Kept]]:
    return [(entry, event) for entry, event in archive.read_all(archive.entries()) if event]


def test_what_they_share_is_written_once_and_read_back_as_one_object() -> None:
    events = batch()
    ((content, number, _),) = written(events)
    assert number == EVENTS
    assert content.count(PAD.encode()) == 1
    found = [record.kept for record in ungroup(content)]
    assert found == events
    assert len({id(event.envelope) for event in found}) == 1


LONG = "z" * 1_000
SHARED = {
    "a path": kept(path=f"/i?{LONG}"),
    "headers": kept(headers={"ce-more": LONG, "ce-id": "1"}),
    "a user": kept(user_id=LONG),
    "a device": kept(anonymous_id=LONG),
    "a message": kept(message_id=LONG),
    "a name that UTF-8 cannot hold": kept(user_id=f"{LONG}\udce9"),
}  # fmt: skip


@pytest.mark.parametrize("event", SHARED.values(), ids=SHARED)
def test_whatever_long_thing_they_share_is_written_once(event: Kept) -> None:
    events = [
        msgspec.structs.replace(event, value=b"%d" % number, index=number, name=f"{number}")
        for number in range(EVENTS)
    ]
    ((content, _, _),) = written(events)
    assert content.count(LONG.encode()) == 1
    found = [record.kept for record in ungroup(content)]
    whole = [msgspec.structs.replace(one, user_id=one.user_id.replace("\udce9", "\\udce9")) for one in events]
    assert found == whole


def test_requests_one_behind_another_keep_their_own() -> None:
    events = [event for number in range(5) for event in (*batch(number=number)[:3], kept(number))]
    ((content, _, _),) = written(events)
    assert [record.kept for record in ungroup(content)] == events
    assert content.count(PAD.encode()) == 5


def test_frames_are_split_by_what_is_new_in_them() -> None:
    events = [kept(number, value=b"v" * (FRAME_BYTES // 4)) for number in range(9)]
    assert [number for _, number, _ in written(events)] == [3, 3, 3]
    wide = Envelope(b"w" * (3 * FRAME_BYTES), b"]")
    shared = [msgspec.structs.replace(event, envelope=wide) for event in events]
    contents = written([kept(99), *shared])
    # The first event stands in front of a request that fills a frame of its own.
    assert [number for _, number, _ in contents] == [1, 9]
    assert sum(len(content) for content, _, _ in contents) < 6 * FRAME_BYTES


def test_what_an_earlier_version_wrote_is_read() -> None:
    events = [kept(1), kept(2)]
    old = [
        [f"{number:016}", {n: v for n, v in msgspec.structs.asdict(event).items() if n != "envelope"}]
        for number, event in enumerate(events)
    ]
    assert [record.kept for record in ungroup(msgspec.msgpack.encode(old))] == events


POINTERS = {
    "to itself": {"path": 1},
    "behind itself": {"path": 2},
    "before the first": {"path": -1},
    "to a field that is not shared": {"source": 0},
}


@pytest.mark.parametrize("like", POINTERS.values(), ids=POINTERS)
def test_an_event_that_points_to_none_before_it_is_damage(like: dict[str, int]) -> None:
    records = [Stored("0" * 16, kept(0)), Stored("1" * 16, kept(1), like)]
    with pytest.raises(msgspec.DecodeError):
        ungroup(msgspec.msgpack.encode(records))


def test_each_is_shown_with_its_own_envelope_and_nobody_elses_event(tmp_path: Path) -> None:
    archive = filled(tmp_path, batch())
    entry, event = with_entries(archive)[8]
    assert event.message_id == "m-7"
    text = json.dumps(masked(entry, event))
    assert "person" not in text and "xxx" not in text
    assert masked(entry, event)["value"] == {
        "kind": "json",
        "bytes": entry.bytes,
        "document": {
            "context": {"*": "‹string, ≤ 32768›"},
            "batch": [
                {
                    "type": "‹string, ≤ 8›",
                    "event": "‹string, ≤ 16›",
                    "messageId": "‹string, ≤ 4›",
                    "userId": "‹string, ≤ 16›",
                }
            ],
        },
    }
    shown = revealed(*reveal(archive, entry.id, "a complaint", ME, NOON))["value"]
    assert isinstance(shown, dict)
    assert json.loads(str(shown["text"])) == {"context": {"pad": PAD}, "batch": [call(7)]}
    assert len(str(shown["text"]).encode()) == entry.bytes


def measurements() -> list[Kept]:
    """Returns what is kept of a GA4 body: none of its events can be read without what they share."""
    body = {"client_id": PAD, "events": [{"name": f"nobody_knows_{number}"} for number in range(EVENTS)]}
    return kept_of("ga4", Record(json.dumps(body).encode(), NOON, path="/mp/collect"))


def test_each_is_judged_again_as_itself(tmp_path: Path) -> None:
    archive = filled(tmp_path, [*batch(), *measurements()])
    today = catalog_of("segment", "ga4")
    report = replay(archive, rejudge(today), today.digest, NOON)
    assert report.moves == {(Verdict.UNKNOWN_CONTRACT, Verdict.UNKNOWN_CONTRACT): 2 * EVENTS}
    assert report.unjudged == 2


def test_an_id_that_they_share_is_hashed_once_for_the_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = filled(tmp_path, measurements())
    hashed: list[int] = []
    honest = Hashing.of

    def counted(self: Hashing, text: str) -> bytes | None:
        hashed.append(len(text))
        return honest(self, text)

    monkeypatch.setattr(Hashing, "of", counted)
    assert len(list(archive.entries())) == EVENTS + 2
    assert hashed.count(len(PAD)) == 1
    assert len(list(archive.entries(Filters(user_id=PAD)))) == EVENTS


SUBJECTS = {
    "a user": Subject(user_id="person-0007"),
    "a message": Subject(message_id="m-7"),
}


@pytest.mark.parametrize("number", [0, 7, EVENTS - 1], ids=["the first", "one between", "the last"])
@pytest.mark.parametrize("subject", SUBJECTS.values(), ids=SUBJECTS)
def test_one_of_them_is_erased_and_the_others_stay_whole(
    tmp_path: Path, subject: Subject, number: int
) -> None:
    subject = Subject(
        subject.user_id.replace("0007", f"{number:04}"), subject.message_id.replace("7", f"{number}")
    )
    events = batch()
    archive = filled(tmp_path, events)
    (gone,) = archive.entries(Filters(user_id=f"person-{number:04}"))
    done = erase(archive, subject, ME, NOON)
    assert (done.by_id, done.by_content) == (1, 0)
    assert f"person-{number:04}".encode() not in everything_in(tmp_path)
    with pytest.raises(QuarantineError, match="got one that was erased"):
        archive.read(gone.id)
    left = [event for _, event in with_entries(archive)][1:-1]
    assert left == [event for event in events if event.index != number]
    judge = rejudge(catalog_of("segment"))
    assert {judge(event) for event in left} == {Verdict.UNKNOWN_CONTRACT}
    assert [json.loads(event.whole or b"")["batch"] for event in left] == [
        [call(event.index)] for event in left
    ]


def test_an_id_in_what_they_share_erases_all_of_them(tmp_path: Path) -> None:
    archive = filled(tmp_path, batch(member="jeanne-1984"))
    would = erase(archive, Subject(user_id="jeanne-1984"), ME, NOON, dry_run=True)
    done = erase(archive, Subject(user_id="jeanne-1984"), ME, NOON)
    assert (done.by_id, done.by_content) == (would.by_id, would.by_content) == (0, EVENTS)
    assert b"jeanne-1984" not in everything_in(tmp_path)
    assert [event.place[1] for _, event in with_entries(archive)] == [900, 901]


def test_what_they_share_is_searched_once(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[int] = []
    honest = Traces._stands_in

    def counted(self: Traces, data: bytes, anywhere: bool) -> bool:
        searched.append(len(data))
        return honest(self, data, anywhere)

    monkeypatch.setattr(Traces, "_stands_in", counted)
    traces, events = Traces("jeanne-1984"), batch()
    assert [traces.within(event) for event in events] == [False] * EVENTS
    assert sum(searched) < 2 * len(PAD) + EVENTS * 400


def test_one_that_nobody_could_read_among_them_is_searched_anywhere() -> None:
    event = batch(member="xxjeanne-1984xx")[0]
    broken = msgspec.structs.replace(event, verdict=Verdict.UNDECODABLE)
    traces = Traces("jeanne-1984")
    assert [traces.within(one) for one in (event, broken, event)] == [False, True, False]
