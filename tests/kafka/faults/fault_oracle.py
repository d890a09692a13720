"""The oracle: everything that the workers wrote, read back and held against what the records must come to.

It shares no code with streams: it speaks to the broker and to the store by itself, and works out what is expected
with one pass of the engine over the records as they were sent.
"""

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import closing
from math import isclose
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import psycopg
from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from fault_events import Sent

from observer.catalog import Catalog
from observer.consent.proof import ProofKey, Prover
from observer.engine import Chunk, Limits, Memory, observe
from observer.model import Record

CHUNK = 5_000
_BY_OUR_CLOCK = ("latency_sum/received_to_observed", "latency_sum/end_to_end")
"""Sums that depend on when a worker came to an event: their counts by bucket do not, since events are hours old."""

LIMITS = Limits(prove=Prover(ProofKey("a", b"sixteen bytes or more of a secret")))

Windows: TypeAlias = Mapping[tuple[str, str, int], Mapping[str, float]]
"""(family, key, minute or hour) -> measures."""


class Expected(NamedTuple):
    """What the records come to. identities: of what must be in the quarantine; records, verdicts: by partition."""

    windows: Windows
    identities: frozenset[str]
    records: Mapping[int, int]
    verdicts: Mapping[int, Mapping[str, int]]

    @property
    def events(self) -> int:
        """Returns the number of events in all partitions."""
        return sum(sum(one.values()) for one in self.verdicts.values())


def expected(
    catalog: Catalog, source: str, topic: str, lying: Sequence[Sequence[Sent]], now: float
) -> Expected:
    """Returns what a run without a fault comes to. now: about when the workers judge."""
    windows: dict[tuple[str, str, int], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    identities: set[str] = set()
    verdicts: dict[int, dict[str, int]] = {}
    memory = Memory()
    for partition, sent in enumerate(lying):
        counted: Counter[str] = Counter()
        for start in range(0, len(sent), CHUNK):
            records = [
                Record(
                    _unframed(one.value),
                    None,
                    one.timestamp / 1000,
                    _headers(one),
                    "",
                    (topic, partition, start + place),
                )
                for place, one in enumerate(sent[start : start + CHUNK])
            ]
            result = observe(Chunk(source, records, str(partition)), catalog, memory, now, LIMITS)
            memory.learn(source, str(partition), result.learned, now)
            memory.learn_values(source, str(partition), result.learned_values, now)
            memory.learn_choices(source, str(partition), result.learned_choices)
            for key, measures in result.rollups.items():
                for measure, number in measures.items():
                    windows[key][measure] += number
            identities |= {"/".join(map(str, (*kept.place, kept.index))) for kept in result.kept}
            counted.update({verdict.value: number for verdict, number in result.verdicts.items()})
        verdicts[partition] = dict(counted)
    sizes = {partition: len(sent) for partition, sent in enumerate(lying)}
    return Expected(_compared(windows), frozenset(identities), sizes, verdicts)


def _unframed(value: bytes | None) -> bytes | None:
    """Returns a value without the magic byte and the schema id that Confluent's serializers put before it."""
    return value[5:] if value is not None and value[:1] == b"\x00" and len(value) > 5 else value


def _headers(one: Sent) -> dict[str, str]:
    return {name.lower(): value.decode("utf-8", "surrogateescape") for name, value in one.headers}


async def records_of(bootstrap: str, topic: str) -> AsyncIterator[ConsumerRecord]:
    """Yields every committed record of a topic, as of now."""
    consumer = AIOKafkaConsumer(
        bootstrap_servers=bootstrap, isolation_level="read_committed", auto_offset_reset="earliest"
    )
    await consumer.start()
    try:
        places = [TopicPartition(topic, number) for number in await partitions_of(bootstrap, topic)]
        consumer.assign(places)
        ends = await consumer.end_offsets(places)
        await consumer.seek_to_beginning()
        while any([await consumer.position(place) < end for place, end in ends.items()]):
            for records in (await consumer.getmany(timeout_ms=500)).values():
                for record in records:
                    yield record
    finally:
        await consumer.stop()


async def partitions_of(bootstrap: str, topic: str) -> list[int]:
    """Returns the numbers of a topic's partitions."""
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        (described,) = await admin.describe_topics([topic])
        return sorted(one["partition"] for one in described["partitions"])
    finally:
        await admin.close()


async def check_ledger(bootstrap: str, ledger: str, topic: str, wanted: Expected) -> None:
    """The ranges of every partition tile without hole or overlap, and their totals are the records that were sent."""
    ranges: dict[int, list[dict[str, Any]]] = defaultdict(list)
    async for record in records_of(bootstrap, ledger):
        one = json.loads(record.value)
        if one["topic"] == topic:
            ranges[one["partition"]].append(one)
    for partition, records in wanted.records.items():
        position = 0
        for one in sorted(ranges[partition], key=lambda one: (one["first"], one["next"])):
            assert one["first"] == position, (
                f"ledger of {partition}: a hole or an overlap at {position}: {one}"
            )
            position = one["next"]
        assert position == records, f"ledger of {partition}: ends at {position}, of {records} records"
        totals: Counter[str] = Counter()
        for one in ranges[partition]:
            totals.update({f"verdict {verdict}": number for verdict, number in one["verdicts"].items()})
            totals.update({"records": one["records"], "events": one["events"]})
        judged = {f"verdict {verdict}": number for verdict, number in wanted.verdicts[partition].items()}
        events = sum(wanted.verdicts[partition].values())
        assert +totals == +Counter({**judged, "records": records, "events": events}), f"ledger of {partition}"


async def check_quarantine(bootstrap: str, quarantine: str, wanted: Expected) -> None:
    """Each event that is to be kept is there once, and none beside."""
    found: Counter[str] = Counter()
    async for record in records_of(bootstrap, quarantine):
        headers = dict(record.headers)
        found[headers["martech.identity"].decode()] += 1
    twice = [identity for identity, number in found.items() if number > 1]
    assert not twice, f"{len(twice)} events are in the quarantine twice, as {twice[:3]}"
    missing, foreign = wanted.identities - found.keys(), found.keys() - wanted.identities
    assert not missing and not foreign, (
        f"quarantine: {len(missing)} missing, as {sorted(missing)[:3]}; "
        f"{len(foreign)} too many, as {sorted(foreign)[:3]}"
    )


async def check_rollups(bootstrap: str, rollups: str, wanted: Expected) -> None:
    """The rollups add up to the windows of a run without a fault."""
    windows: dict[tuple[str, str, int], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    async for record in records_of(bootstrap, rollups):
        one = json.loads(record.value)
        if one["kind"] != "rollup":
            continue
        for minute, measures in one["minutes"].items():
            for measure, number in measures.items():
                windows[one["family"], one["key"], int(minute)][measure] += number
    same_windows("rollups", _compared(windows), wanted.windows)


async def check_offsets(bootstrap: str, group: str, topic: str, wanted: Expected) -> None:
    """What is committed is what was produced, to the record."""
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        committed = await admin.list_consumer_group_offsets(group)
    finally:
        await admin.close()
    found = {place.partition: one.offset for place, one in committed.items() if place.topic == topic}
    assert found == {partition: records for partition, records in wanted.records.items() if records}


def check_store(store: Path | str, wanted: Expected) -> None:
    """The windows in the store are those of a run without a fault. Proofs of consent have a table of their own."""
    windows: dict[tuple[str, str, int], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for (family, name, minute), measures in wanted.windows.items():
        if family != "proof":
            for measure, number in measures.items():
                windows[family, name, minute // 60][measure] += number
    same_windows("store", windows_of(store), windows)


def windows_of(store: Path | str) -> Windows:
    """Returns the windows in a SQLite file, or behind a PostgreSQL address, by hour: the store rolls up old minutes."""
    query = "SELECT family, key, start, measure, value FROM window_measure WHERE resolution <= 3600"
    if isinstance(store, Path):
        with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True, timeout=30)) as database:
            rows = database.execute(query).fetchall()
    else:
        with psycopg.connect(store) as connection:
            rows = connection.execute(query.encode()).fetchall()
    windows: dict[tuple[str, str, int], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for family, key, start, measure, value in rows:
        windows[family, key, start // 3600][measure] += float(value)
    return _compared(windows)


def events_in(windows: Windows) -> int:
    """Returns the number of events that windows count."""
    return int(
        sum(
            number
            for (family, _, _), measures in windows.items()
            if family == "source"
            for measure, number in measures.items()
            if measure.startswith("verdict/")
        )
    )


def same_windows(what: str, found: Windows, wanted: Windows) -> None:
    """Fails with the first measure that differs."""
    differences = [
        f"{'/'.join(map(str, key))} {measure}: {found.get(key, {}).get(measure, 0)}, "
        f"expected {wanted.get(key, {}).get(measure, 0)}"
        for key in sorted(found.keys() | wanted.keys())
        for measure in sorted(found.get(key, {}).keys() | wanted.get(key, {}).keys())
        if not isclose(
            found.get(key, {}).get(measure, 0),
            wanted.get(key, {}).get(measure, 0),
            rel_tol=1e-9,
            abs_tol=1e-6,
        )
    ]
    assert not differences, f"{what}: {len(differences)} measures differ, as {differences[:3]}"


def _compared(windows: Windows) -> Windows:
    """Returns windows without what hangs on a clock or on a key of ours: proofs of consent are told apart by keyed
    hashes, so that all of a minute are taken together."""
    found: dict[tuple[str, str, int], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for (family, name, minute), measures in windows.items():
        into = found[family, "*" if family == "proof" else name, minute]
        for measure, number in measures.items():
            if measure not in _BY_OUR_CLOCK:
                into[measure] += number
    return found
