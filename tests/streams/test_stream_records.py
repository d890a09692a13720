"""What ingest says is what the fold hears, however a chunk is cut."""

from collections.abc import Iterable

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observer.catalog import Catalog
from observer.engine import Chunk, Memory, Result, observe
from observer.errors import RecordError
from observer.model import Distribution, Finding, Kept, Record, Rollup, RollupKey, Verdict, ViolationKind
from observer.windows.merge import merge
from streams import records
from streams.records import (
    LedgerRecord,
    Outgoing,
    RollupRecord,
    WatermarkRecord,
    decode,
    encode_chunk,
    encode_watermark,
)

NOW = 1_795_000_000.25


def result(
    rollups: dict[RollupKey, Rollup],
    newest: dict[tuple[str, str], float],
    verdicts: dict[Verdict, int],
    kept: tuple[Kept, ...] = (),
) -> Result:
    return Result(
        sum(verdicts.values()),
        verdicts,
        {},
        {("m", ()): Distribution([1])},
        newest,
        rollups,
        kept,
        (),
        {},
        [1, 2],
    )


RESULTS = st.builds(
    result,
    st.dictionaries(
        st.tuples(
            st.sampled_from(["source", "contract"]),
            st.sampled_from(["app", "é/ï"]),
            st.integers(-5, 30_000_000),
        ),
        st.dictionaries(
            st.sampled_from(["received", "verdict/valid", "latency_sum/end_to_end"]),
            st.integers(-1000, 2**40).map(float) | st.floats(-1e9, 1e9),
        ),
        max_size=6,
    ),
    st.dictionaries(
        st.tuples(st.sampled_from(["source", "tool"]), st.sampled_from(["app", "x"])), st.floats(0, 2e9)
    ),
    st.dictionaries(st.sampled_from(Verdict), st.integers(0, 9)),
)


def encoded(given: Result, watermark: float = NOW - 1) -> list[Outgoing]:
    return encode_chunk(given, "shop.events", 3, 10, 14, "digest", "w1", NOW, watermark)


def merged(outgoing: Iterable[Outgoing]) -> tuple[dict[RollupKey, Rollup], dict[tuple[str, str], float]]:
    """What the fold comes to from records alone."""
    rollups: dict[RollupKey, Rollup] = {}
    newest: dict[tuple[str, str], float] = {}
    for _, key, value in outgoing:
        record = decode(key, value)
        if isinstance(record, RollupRecord):
            merge(rollups, record.rollups())
            if record.newest is not None:
                subject = (record.family, record.key)
                newest[subject] = max(record.newest, newest.get(subject, record.newest))
    return rollups, newest


@given(RESULTS)
def test_a_chunk_comes_back_as_it_went_out(given: Result) -> None:
    outgoing = encoded(given)
    rollups, newest = merged(outgoing)
    assert rollups == {key: measures for key, measures in given.rollups.items() if measures}
    assert newest == given.newest
    *_, watermark, ledger = outgoing
    assert decode(watermark.key, watermark.value) == WatermarkRecord(
        topic="shop.events", partition=3, first=10, next=14, watermark=NOW - 1, at=NOW
    )
    told = decode(ledger.key, ledger.value)
    assert isinstance(told, LedgerRecord)
    assert (told.records, told.events, told.digest, told.worker) == (2, given.received, "digest", "w1")
    assert told.verdicts == dict.fromkeys(Verdict, 0) | dict(given.verdicts)
    assert [one.topic for one in outgoing[-2:]] == ["watermarks", "ledger"]
    assert {one.topic for one in outgoing[:-2]} <= {"rollups"}


@given(RESULTS, st.integers(1, 200))
def test_a_large_subject_is_cut_into_records_below_the_limit_that_merge_to_the_whole(
    given: Result, limit: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(records, "ROLLUP_BYTES", limit)
        cut = encoded(given)
    assert merged(cut) == merged(encoded(given))


def segment(number: int) -> bytes:
    event = {
        "type": "track",
        "event": ["Order Completed", "Nothing"][number % 2],
        "messageId": str(number // 2),
    }
    return msgspec.json.encode(event | {"properties": {"order_id": number}})


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 12), max_size=24), st.data())
def test_the_parts_of_a_chunk_come_to_what_the_whole_does(
    catalog: Catalog, numbers: list[int], data: st.DataObject
) -> None:
    """However records are cut into chunks, the fold's windows are the same."""
    given = [Record(segment(number), timestamp=NOW + 30 * number) for number in numbers]
    cuts = sorted(data.draw(st.lists(st.integers(0, len(given)), max_size=4)))
    whole = encoded(observe(Chunk("web-shop", given), catalog, Memory(100, 100), NOW))
    memory = Memory(100, 100)
    parts: list[Outgoing] = []
    for start, end in zip([0, *cuts], [*cuts, len(given)], strict=True):
        judged = observe(Chunk("web-shop", given[start:end]), catalog, memory, NOW)
        memory.learn("web-shop", "", judged.learned, NOW)
        parts += encoded(judged)
    assert merged(parts) == merged(whole)


def test_a_record_stays_far_below_a_topics_limit_when_late_events_spread_over_many_minutes() -> None:
    given = {
        ("source", "app", minute): {f"measure/{n}": 0.123456789 for n in range(20)} for minute in range(5000)
    }
    sizes = [len(one.value) for one in encoded(result(given, {}, {}))]
    assert len(sizes) > 10
    assert max(sizes) < 300_000


def test_a_source_tells_of_its_latest_findings_and_no_more() -> None:
    kept = tuple(
        Kept("app", "segment", Verdict.INVALID, "order", "", (finding(n),), b"", {}, "", ("", 0, n), 0, None, None, NOW + n, "d")
        for n in range(30)
    )  # fmt: skip
    outgoing = encoded(
        result({("source", "app", 1): {"a": 1.0}, ("contract", "order", 1): {"a": 1.0}}, {}, {}, kept)
    )
    by_family = {
        one.family: one.findings
        for one in (decode(key, value) for _, key, value in outgoing)
        if isinstance(one, RollupRecord)
    }
    assert [one.finding for one in by_family["source"]] == [finding(n) for n in range(10, 30)]
    assert by_family["contract"] == ()


def finding(number: int) -> Finding:
    return Finding(ViolationKind.TYPE_MISMATCH, f"rule{number}", "$.a", "number", "string")


def test_text_that_json_cannot_hold_is_replaced_and_its_counts_are_kept() -> None:
    given = {("source", "a\ud800", 1): {"x\udfff": 1.0, "x\0": 2.0}}
    assert merged(encoded(result(given, {}, {})))[0] == {("source", "a\ufffd", 1): {"x\ufffd": 3.0}}


def test_every_process_finds_the_same_partition_for_a_key() -> None:
    keys = [b"source/app", b"contract/order-completed", b"tool/_other", "source/é".encode()]
    assert [records.rollup_partition(key, 4) for key in keys] == [2, 0, 3, 3]


IDLE = encode_watermark("shop", 0, 5, 5, NOW, NOW)
LEDGER = encode_chunk(result({}, {}, {}), "shop", 0, 0, 5, "d", "w", NOW, NOW)[-1]
UNREADABLE = {
    "of a later version": (IDLE.key, IDLE.value.replace(b'"v":1', b'"v":2'), "version 1, which.* got `?2"),
    "without a version": (IDLE.key, IDLE.value.replace(b'"v":1,', b""), "bytes that are no such record"),
    "of another kind": (IDLE.key, IDLE.value.replace(b"watermark", b"waterline"), "no such record"),
    "with a field more": (IDLE.key, IDLE.value.replace(b'"v":1', b'"v":1,"x":"secret"'), "no such record"),
    "that ends before it begins": (IDLE.key, IDLE.value.replace(b'"first":5', b'"first":6'), "no such record"),
    "whose verdicts are not its events": (LEDGER.key, LEDGER.value.replace(b'"valid":0', b'"valid":1'), "no such"),
    "of an offset that no store holds": (IDLE.key, IDLE.value.replace(b'"next":5', b'"next":9223372036854775808'), "no such"),
    "of a time without end": (IDLE.key, IDLE.value.replace(b"1795000000.25", b"1e999"), "no such record"),
    "that is no JSON": (b"k", b"\xff\x00", "2 bytes that are no such record"),
    "that is an array": (b"k", b"[]", "no such record"),
    "that is empty": (b"k", b"", "0 bytes"),
    "that is a tombstone": (b"k", None, "0 bytes"),
    "without a key": (None, IDLE.value, "another key"),
    "under the key of another": (b"watermark/shop/1", IDLE.value, "another key"),
    "that is nested within": (b"k", b'{"v":1,"x":' + b"[" * 100_000, "100011 bytes"),
    "that is nested beyond reason": (b"k", b"[" * 100_000, "100000 bytes"),
}  # fmt: skip


@pytest.mark.parametrize(("key", "value", "said"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_record_is_refused(key: bytes | None, value: bytes | None, said: str) -> None:
    with pytest.raises(RecordError, match=said) as refused:
        decode(key, value)
    assert "secret" not in refused.value.told("fr") + refused.value.told("en")


@given(st.binary(max_size=80) | st.sampled_from([IDLE.value, LEDGER.value]).flatmap(lambda value: st.integers(0, len(value) - 1).map(lambda cut: value[:cut])))  # fmt: skip
def test_no_bytes_raise_anything_else(value: bytes) -> None:
    with pytest.raises(RecordError):
        decode(b"watermark/shop/0", value)
