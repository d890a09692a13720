"""Listing, showing and replaying what a real quarantine topic holds."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiokafka import AIOKafkaProducer
from quarantine_topics import NOON, PERSON, as_record, broken, kept, read, write

from observer.catalog import Catalog
from observer.errors import QuarantineError
from observer.model import Verdict
from observer.quarantine.access import AccessLog, Who
from observer.quarantine.rejudge import judgements
from streams.quarantine import QuarantineRecord, described_record
from streams.quarantine.choosing import Chosen
from streams.quarantine.reading import TopicReader, reading
from streams.quarantine.replay import Replay, Report, Target, replaying
from streams.quarantine.showing import event, masked, newest, reveal, revealed
from tests.kafka.topics import make_topic

pytestmark = [pytest.mark.kafka]
PARTITIONS = 2
ALL = Chosen()
WHO = Who("camille")


@asynccontextmanager
async def topic_of(
    bootstrap: str, prefix: str, records: list[QuarantineRecord]
) -> AsyncIterator[TopicReader]:
    await make_topic(bootstrap, prefix + "quarantine", partitions=PARTITIONS)
    await make_topic(bootstrap, prefix + "replayed", partitions=PARTITIONS)
    if records:
        await write(bootstrap, prefix + "quarantine", records, PARTITIONS)
    async with reading(prefix + "quarantine", {"bootstrap_servers": bootstrap}, 20) as reader:
        yield reader


async def replayed(bootstrap: str, prefix: str, catalog: Catalog, dry: bool = False, to: str = "") -> Report:
    arguments = {"bootstrap_servers": bootstrap}
    own = prefix + "replayed"
    target = Target(to or own, own, catalog.digest)
    judge = judgements(catalog, NOON)

    async def run(producer: AIOKafkaProducer | None) -> Report:
        async with (
            reading(prefix + "quarantine", arguments, 20) as reader,
            reading(own, arguments, 20) as markers,
        ):
            return await Replay(reader, markers, judge, target).run(ALL, producer)

    if dry:
        return await run(None)
    async with replaying(arguments, prefix, 10) as producer:
        return await run(producer)


async def test_the_newest_come_first_whatever_their_partition(bootstrap: str, prefix: str) -> None:
    records = [as_record(kept(number)) for number in range(1_203)]
    async with topic_of(bootstrap, prefix, records) as reader:
        listing = await newest(reader, ALL, 5)
        assert [one.event.kept.place[2] for one in listing.events] == [1202, 1201, 1200, 1199, 1198]
        assert listing.more
        everything = await newest(reader, ALL, 2_000)
        assert (len(everything.events), everything.more, everything.foreign) == (1_203, False, 0)


CHOSEN = {
    "all": (ALL, [0, 1, 2, 3]),
    "of a contract": (Chosen(contract="lead-scored"), [1]),
    "of a source": (Chosen(source="crm"), [1]),
    "with a verdict": (Chosen(verdict=Verdict.UNDECODABLE), [2]),
    "with a rule": (Chosen(rule="type_mismatch:$.total"), [0, 3]),
    "since a time": (Chosen(since=NOON + 2), [2, 3]),
    "until a time": (Chosen(until=NOON + 2), [0, 1]),
    "of none": (Chosen(source="app"), []),
}


@pytest.mark.parametrize(("chosen", "numbers"), CHOSEN.values(), ids=CHOSEN)
async def test_filters_choose(bootstrap: str, prefix: str, chosen: Chosen, numbers: list[int]) -> None:
    events = [
        kept(0),
        kept(1, source="crm", contract="lead-scored", findings=()),
        kept(2, verdict=Verdict.UNDECODABLE, findings=()),
        kept(3),
    ]
    async with topic_of(bootstrap, prefix, [as_record(one) for one in events]) as reader:
        found = (await newest(reader, chosen, 50)).events
        assert sorted(one.event.kept.place[2] for one in found) == numbers


async def test_an_event_is_shown_masked_and_whole_once_the_log_says_so(
    bootstrap: str, prefix: str, tmp_path: Path
) -> None:
    log = tmp_path / "access.log"
    async with topic_of(bootstrap, prefix, [as_record(broken(7))]) as reader:
        one = (await newest(reader, ALL, 1)).events[0]
        shown = masked(await event(reader, one.id))
        assert PERSON not in json.dumps(shown)
        assert shown["identity"] == "shop/1/7/0"
        assert not log.exists()
        whole = revealed(await reveal(reader, one.id, "ticket 12", AccessLog(log), WHO, NOON))
        assert PERSON in json.dumps(whole)
        assert whole["key"] == {"text": "key-7"}
        assert whole["original_headers"] == [["trace", {"text": "t"}], ["trace", {"text": "u"}]]
        line = json.loads(log.read_text())
        assert (line["action"], line["account"], line["id"], line["reason"]) == (
            "reveal", "camille", one.id, "ticket 12",
        )  # fmt: skip


async def test_nothing_is_revealed_where_the_log_cannot_be_written(
    bootstrap: str, prefix: str, tmp_path: Path
) -> None:
    async with topic_of(bootstrap, prefix, [as_record(broken(7))]) as reader:
        one = (await newest(reader, ALL, 1)).events[0]
        with pytest.raises(QuarantineError):
            await reveal(reader, one.id, "ticket 12", AccessLog(tmp_path / "none" / "log"), WHO, NOON)


@pytest.mark.parametrize("id_", ["", "0", "0-99", "9-0", "shop/1/7/0", "0-0-0"])
async def test_an_id_of_nothing_is_refused(bootstrap: str, prefix: str, id_: str) -> None:
    async with topic_of(bootstrap, prefix, [as_record(kept(1))]) as reader:
        with pytest.raises(QuarantineError):
            await event(reader, id_)


async def test_a_replay_sends_what_is_valid_now_once_for_good(
    bootstrap: str, prefix: str, catalog: Catalog
) -> None:
    events = [kept(number) for number in range(1_100)] + [broken(number) for number in range(1_100, 1_200)]
    records = [as_record(one) for one in events]
    records += [as_record(kept(1_200, source="gone")), described_record(kept(1_201))]
    async with topic_of(bootstrap, prefix, records):
        dry = await replayed(bootstrap, prefix, catalog, dry=True)
        assert (dry.events, dry.sent, dry.unjudged, dry.described, dry.foreign) == (1_202, 0, 1, 1, 0)
        assert dry.outcomes == {Verdict.VALID: 1_100, Verdict.INVALID: 100}
        assert sum(dry.decisions.values()) > 0
        assert await read(bootstrap, prefix + "replayed") == []

        first = await replayed(bootstrap, prefix, catalog)
        assert (first.sent, first.already, first.outcomes) == (1_100, 0, dry.outcomes)
        again = await replayed(bootstrap, prefix, catalog)
        assert (again.sent, again.already) == (0, 1_100)
        sent = await read(bootstrap, prefix + "replayed")
        assert sorted(record.key.decode() for record in sent) == sorted(
            "/".join(map(str, (*one.place, one.index))) for one in events[:1_100]
        )
        one = next(record for record in sent if record.key == b"shop/0/0/0")
        assert one.value == events[0].value
        assert one.headers[:2] == (("trace", b"t"), ("trace", b"u"))
        assert dict(one.headers)["martech.replayed.digest"] == catalog.digest.encode()


async def test_a_topic_named_by_hand_gets_the_event_and_ours_the_marker(
    bootstrap: str, prefix: str, catalog: Catalog
) -> None:
    hand = prefix + "by-hand"
    await make_topic(bootstrap, hand)
    async with topic_of(bootstrap, prefix, [as_record(kept(number)) for number in range(3)]):
        for sent in (3, 0):
            assert (await replayed(bootstrap, prefix, catalog, to=hand)).sent == sent
        assert sorted(record.key for record in await read(bootstrap, hand)) == [b"key-0", b"key-1", b"key-2"]
        markers = await read(bootstrap, prefix + "replayed")
        assert {record.value for record in markers} == {b"{}"}
        # Another target is another matter.
        assert (await replayed(bootstrap, prefix, catalog)).sent == 3


async def test_a_replay_that_another_overtook_sends_nothing_more(
    bootstrap: str, prefix: str, catalog: Catalog
) -> None:
    arguments = {"bootstrap_servers": bootstrap}
    async with topic_of(bootstrap, prefix, [as_record(kept(1))]) as reader:
        target = Target(prefix + "replayed", prefix + "replayed", catalog.digest)
        async with (
            replaying(arguments, prefix, 10) as slow,
            reading(prefix + "replayed", arguments, 20) as markers,
        ):
            await markers.ranges()
            assert (await replayed(bootstrap, prefix, catalog)).sent == 1
            with pytest.raises(QuarantineError, match="one replay at a time"):
                await Replay(reader, markers, judgements(catalog, NOON), target).run(ALL, slow)
        assert len(await read(bootstrap, prefix + "replayed")) == 1


async def test_records_that_no_worker_wrote_are_counted_and_left_alone(
    bootstrap: str, prefix: str, catalog: Catalog
) -> None:
    foreign = [QuarantineRecord(None, b"\x00", []), QuarantineRecord(b"k", None, [("martech.version", b"1")])]
    async with topic_of(bootstrap, prefix, [*foreign, as_record(kept(1))]):
        report = await replayed(bootstrap, prefix, catalog)
        assert (report.foreign, report.sent) == (2, 1)


async def test_a_topic_that_holds_nothing_lists_nothing(bootstrap: str, prefix: str) -> None:
    async with topic_of(bootstrap, prefix, []) as reader:
        assert (await newest(reader, Chosen(since=NOON), 5)).events == []


async def test_a_topic_that_is_not_there_is_told(bootstrap: str, prefix: str) -> None:
    with pytest.raises(QuarantineError, match="topics create"):
        async with reading(prefix + "nowhere", {"bootstrap_servers": bootstrap}, 20):
            pass
