"""The engine gives each event one verdict, in its precedence, and counts it where it belongs."""

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observer import metrics
from observer.catalog import Catalog
from observer.consent.outcome import ConsentOutcome
from observer.engine import Chunk, Limits, Memory, Result, observe
from observer.metrics import Metric
from observer.model import QUARANTINED_VERDICTS, Finding, Record, Signal, Verdict, ViolationKind

NOW = 1_795_341_602.0
"""2026-11-22 10:00:02 UTC."""

ORDER = {
    "order_id": "ML-20418833",
    "total": 189.9,
    "currency": "EUR",
    "products": [{"product_id": "LAMP-ARC-02", "price": 189.9, "quantity": 1}],
}
CALL = {
    "type": "track",
    "event": "Order Completed",
    "messageId": "m-1",
    "anonymousId": "a-1",
    "originalTimestamp": "2026-11-22T10:00:00.000Z",
    "sentAt": "2026-11-22T10:00:00.500Z",
    "receivedAt": "2026-11-22T10:00:01.000Z",
    "context": {
        "library": {"name": "analytics.js", "version": "next-1.81.0"},
        "consent": {"categoryPreferences": {"advertising": True, "analytics": True, "personalisation": True, "newsletter": True}},
    },
    "properties": ORDER,
}  # fmt: skip


def call(**changes: Any) -> bytes:
    """One Segment call, with parts of it changed; a part that is None is left out."""
    merged = {**CALL, **changes}
    return json.dumps({name: part for name, part in merged.items() if part is not None}).encode()


def judged(catalog: Catalog, *values: bytes | None, memory: Memory | None = None, **record: Any) -> Result:
    records = [Record(value=value, **record) for value in values]
    return observe(Chunk("web-shop", records), catalog, memory or Memory(), NOW)


def verdicts(result: Result) -> dict[str, int]:
    return {verdict.value: number for verdict, number in result.verdicts.items() if number}


def counted(result: Result, metric: Metric) -> dict[tuple[str, ...], float]:
    return {labels: number for (name, labels), number in result.counts.items() if name == metric.name}


VERDICTS = {
    "a good order is valid": (call(), "valid"),
    "a total as text breaks the contract": (call(properties={**ORDER, "total": "189.90"}), "invalid"),
    "a wrong envelope breaks it too": (call(sentAt="yesterday"), "invalid"),
    "an event that nobody declared": (call(event="Wishlist Shared"), "unknown_contract"),
    "properties that cannot be told from others of the same name": (call(properties=None), "invalid"),
    "bytes that break off": (call()[:-9], "undecodable"),
    "a tombstone": (None, "undecodable"),
    "nothing at all": (b"", "undecodable"),
    "not UTF-8": (b'{"type": "track", "event": "\xff"}', "undecodable"),
    "not a number": (call().replace(b"189.9", b"NaN"), "undecodable"),
    "nested a thousand deep": (b"[" * 1000 + b"]" * 1000, "undecodable"),
}


@pytest.mark.parametrize(("value", "verdict"), VERDICTS.values(), ids=VERDICTS)
def test_verdict(catalog: Catalog, value: bytes | None, verdict: str) -> None:
    result = judged(catalog, value)
    assert verdicts(result) == {verdict: 1}
    assert len(result.kept) == (verdict != "valid")


def test_a_batch_counts_each_of_its_events_at_the_door(catalog: Catalog) -> None:
    batch = json.dumps({"batch": [CALL, {"type": "track"}, 7]}).encode()
    result = judged(catalog, batch, call(messageId="m-2"))
    assert (list(result.sizes), result.received) == ([3, 1], 4)
    assert counted(result, metrics.RECEIVED) == {("web-shop",): 4}
    assert verdicts(result) == {"valid": 2, "undecodable": 2}
    assert sum(rollup.get("received", 0) for rollup in result.rollups.values()) == 4


class TestDuplicates:
    def test_the_same_id_again_is_a_duplicate_and_is_not_kept(self, catalog: Catalog) -> None:
        result = judged(catalog, call(), call(), call(messageId="m-2"))
        assert verdicts(result) == {"valid": 2, "duplicate": 1}
        assert result.kept == []

    def test_undecodable_comes_before_duplicate_and_duplicate_before_unknown(self, catalog: Catalog) -> None:
        unknown = call(event="Wishlist Shared")
        assert verdicts(judged(catalog, unknown, unknown, unknown[:-5])) == {
            "unknown_contract": 1,
            "duplicate": 1,
            "undecodable": 1,
        }

    def test_an_event_without_an_id_is_never_one(self, catalog: Catalog) -> None:
        assert verdicts(judged(catalog, call(messageId=None), call(messageId=None))) == {"valid": 2}

    def test_an_id_is_remembered_only_once_it_is_learned(self, catalog: Catalog) -> None:
        """A chunk that could not be kept is tried again, and must be judged the same."""
        memory = Memory()
        first = judged(catalog, call(), memory=memory)
        assert judged(catalog, call(), memory=memory) == first
        memory.learn("web-shop", "", first.learned, NOW)
        assert verdicts(judged(catalog, call(), memory=memory)) == {"duplicate": 1}

    def test_sources_do_not_share_their_ids(self, catalog: Catalog) -> None:
        memory = Memory()
        memory.learn("app", "", ["m-1"], NOW)
        assert verdicts(judged(catalog, call(), memory=memory)) == {"valid": 1}

    @pytest.mark.parametrize(("between", "verdict"), [(1, "duplicate"), (2, "valid")])
    def test_an_id_is_forgotten_after_the_window(self, catalog: Catalog, between: int, verdict: str) -> None:
        memory = Memory(window=2)
        fillers = [call(messageId=f"other-{number}") for number in range(between)]
        for value in (call(), *fillers):
            memory.learn("web-shop", "", judged(catalog, value, memory=memory).learned, NOW)
        assert verdicts(judged(catalog, call(), memory=memory)) == {verdict: 1}

    def test_within_one_chunk_the_window_holds_too(self, catalog: Catalog) -> None:
        values = [call(), call(messageId="m-2"), call(messageId="m-3"), call()]
        assert verdicts(judged(catalog, *values, memory=Memory(window=2))) == {"valid": 4}

    def test_an_id_that_came_again_is_remembered_by_its_newest_place(self, catalog: Catalog) -> None:
        memory = Memory(window=3)
        for message_id in ("m-1", "m-2", "m-1", "m-3"):
            memory.learn(
                "web-shop", "", judged(catalog, call(messageId=message_id), memory=memory).learned, NOW
            )
        assert verdicts(judged(catalog, call(), memory=memory)) == {"duplicate": 1}

    def test_ids_of_any_length_are_told_apart(self, catalog: Catalog) -> None:
        long = "x" * 100_000
        memory = Memory()
        first = judged(catalog, call(messageId=long + "1"), call(messageId=long + "2"), memory=memory)
        assert verdicts(first) == {"valid": 2}
        assert max(map(len, first.learned)) < 300, "memory must not hold what a sender chooses to send"
        memory.learn("web-shop", "", first.learned, NOW)
        assert verdicts(judged(catalog, call(messageId=long + "1"), memory=memory)) == {"duplicate": 1}


class TestTime:
    def test_stages_are_measured_by_one_clock_each_and_the_device_apart(self, catalog: Catalog) -> None:
        result = judged(catalog, call())
        sums = {
            labels[1]: one.total
            for (name, labels), one in result.histograms.items()
            if name == metrics.LATENCY.name
        }
        assert sums == pytest.approx({"created_to_sent": 0.5, "received_to_observed": 1.0, "end_to_end": 1.5})
        offsets = {
            labels[1]: one.total
            for (name, labels), one in result.histograms.items()
            if name == metrics.CLOCK_SKEW.name
        }
        assert offsets == pytest.approx({"ahead": 0, "behind": 0.5})

    def test_a_device_two_hours_ahead_changes_no_latency(self, catalog: Catalog) -> None:
        ahead = judged(
            catalog, call(originalTimestamp="2026-11-22T12:00:00.000Z", sentAt="2026-11-22T12:00:00.500Z")
        )
        even = judged(catalog, call())
        for stage in ("created_to_sent", "received_to_observed", "end_to_end"):
            key = (metrics.LATENCY.name, ("web-shop", stage))
            assert ahead.histograms[key].counts == even.histograms[key].counts
        assert counted(ahead, metrics.CLOCK_SKEW_EVENTS) == {("web-shop", "ahead"): 1}

    def test_what_would_be_negative_is_in_no_histogram_and_counted(self, catalog: Catalog) -> None:
        result = judged(catalog, call(originalTimestamp="2026-11-22T10:00:09.000Z"))
        assert counted(result, metrics.TIME_DISORDER) == {("web-shop", "created_to_sent"): 1}
        assert sum(result.histograms[metrics.LATENCY.name, ("web-shop", "created_to_sent")].counts) == 0
        assert sum(result.histograms[metrics.LATENCY.name, ("web-shop", "end_to_end")].counts) == 0

    MINUTES = {
        "our collector's receive time comes first": ({"received": 600.0, "timestamp": 1200.0}, 10),
        "then the receive time that the event tells": ({"timestamp": 1200.0}, 29_922_360),
    }

    @pytest.mark.parametrize(("record", "minute"), MINUTES.values(), ids=MINUTES)
    def test_event_time(self, catalog: Catalog, record: dict[str, Any], minute: int) -> None:
        assert {key[2] for key in judged(catalog, call(), **record).rollups} == {minute}

    def test_event_time_is_never_the_device_s(self, catalog: Catalog) -> None:
        value = call(receivedAt=None)
        assert {key[2] for key in judged(catalog, value, timestamp=1200.0).rollups} == {20}
        assert {key[2] for key in judged(catalog, value).rollups} == {int(NOW // 60)}


class TestCounts:
    def test_consent_of_each_purpose_and_destination(self, catalog: Catalog) -> None:
        result = judged(catalog, call())
        assert counted(result, metrics.CONSENT_EVENTS)["web-shop", "web", "advertising", "granted"] == 1
        assert counted(result, metrics.CONSENT_DECISIONS)["google-ads", "web", "allowed", "consent"] == 1

    def test_no_signal_is_never_consent(self, catalog: Catalog) -> None:
        result = judged(catalog, call(context={}))
        states = counted(result, metrics.CONSENT_EVENTS)
        assert states["web-shop", "web", "advertising", "missing"] == 1
        assert not any(labels[3] == "granted" for labels in states)
        assert not any(
            result_ == "allowed" for _, _, result_, _ in counted(result, metrics.CONSENT_DECISIONS)
        )

    def test_duplicates_count_once_for_consent_tools_and_time(self, catalog: Catalog) -> None:
        once, twice = judged(catalog, call()), judged(catalog, call(), call())
        for metric in (metrics.CONSENT_EVENTS, metrics.CONSENT_DECISIONS, metrics.TOOL_EVENTS):
            assert counted(twice, metric) == counted(once, metric)
        assert twice.histograms == once.histograms

    def test_a_tool_that_nobody_declared_is_seen(self, catalog: Catalog) -> None:
        context = {**CALL["context"], "page": {"url": "https://www.maison-lumiere.example/?ttclid=E.C.P.1"}}  # type: ignore[dict-item]
        seen = counted(judged(catalog, call(context=context)), metrics.TOOL_EVENTS)
        assert [labels[2] for labels in seen if labels[0] == "tiktok-ads"] == ["undeclared"]

    def test_a_slow_event_is_bad_for_the_latency_objective_alone(self, catalog: Catalog) -> None:
        slow = judged(catalog, call(originalTimestamp="2026-11-22T09:00:00.000Z"))
        results = {(slo, result) for _, slo, result in counted(slow, metrics.SLI_EVENTS)}
        assert len(results) == 2
        assert {result for _, result in results} == {"good", "bad"}

    def test_an_invalid_event_is_bad_for_the_validity_objective(self, catalog: Catalog) -> None:
        broken = judged(catalog, call(properties={**ORDER, "total": -1}))
        results = {slo: result for _, slo, result in counted(broken, metrics.SLI_EVENTS)}
        assert sorted(results.values()) == ["bad", "good"]
        assert results["validity"] == "bad"

    def test_rules_beyond_the_bound_are_counted_together(self, catalog: Catalog) -> None:
        value = call(properties={"total": "text"})
        chunk = Chunk("web-shop", [Record(value=value)])
        result = observe(chunk, catalog, Memory(), NOW, Limits(rules_per_contract=1))
        assert {labels[1] for labels in counted(result, metrics.VIOLATIONS)} <= {
            "_other",
            next(iter(catalog.contracts["order-completed"].rules)),
        }
        assert counted(result, metrics.LABEL_OVERFLOW)[("rule",)] >= 1

    def test_a_choice_is_judged_by_the_day_of_the_event(self, catalog: Catalog) -> None:
        days: list[int] = []

        def judge_consent(signals: tuple[Signal, ...], day: int) -> ConsentOutcome:
            days.append(day)
            return ConsentOutcome((), ())

        web = catalog.sources["web-shop"]._replace(consent=judge_consent)
        changed = catalog._replace(sources={**catalog.sources, "web-shop": web})
        memory = Memory()
        for day in (5, 6, 6):
            judged(changed, call(messageId=None), memory=memory, received=day * 86_400.0)
        assert days == [5, 6], "once a day for the same signals"

    def test_another_catalog_gives_its_own_answers(self, catalog: Catalog) -> None:
        memory = Memory()
        judged(catalog, call(), memory=memory)
        nothing = catalog.sources["web-shop"]._replace(consent=lambda signals, day: ConsentOutcome((), ()))
        other = catalog._replace(digest="another", sources={"web-shop": nothing})
        assert counted(judged(other, call(), memory=memory), metrics.CONSENT_EVENTS) == {}

    def test_caches_are_bounded(self, catalog: Catalog) -> None:
        memory = Memory(cache_entries=10)
        for number in range(200):
            consent = {"consent": {"categoryPreferences": {f"category-{number}": True}}}
            judged(catalog, call(context=consent), memory=memory)
        assert len(memory.caches(catalog.digest).consents("web-shop", None)) <= 11

    def test_findings_name_the_rule_and_no_value(self, catalog: Catalog) -> None:
        result = judged(catalog, call(properties={**ORDER, "total": "camille@maison-lumiere.example"}))
        [(labels, number)] = counted(result, metrics.VIOLATIONS).items()
        assert (labels[0], labels[2], number) == ("order-completed", "type_mismatch", 1)
        assert "camille" not in f"{labels} {result.kept[0].findings} {result.rollups}"


def _always(findings: tuple[Finding, ...], payload: bytes, root: str) -> tuple[Finding, ...]:
    return findings


def test_what_could_not_be_checked_is_unvalidated_not_valid(catalog: Catalog) -> None:
    """Fail loud, never open: neither path could say anything about the payload."""

    def refuse(payload: bytes) -> object:
        raise ValueError("not accepted")

    unable = Finding(ViolationKind.NOT_CHECKED, "check", "$", "a payload that can be checked", "another")
    broken = Finding(ViolationKind.TYPE_MISMATCH, "type:$.a", "$.a", "number", "string")
    given = catalog.contracts["order-completed"]
    for findings in ((unable,), (broken, unable)):
        contract = replace(given, fast=refuse, exact=partial(_always, findings))
        web = catalog.sources["web-shop"]._replace(contracts={("track", "Order Completed"): contract})
        result = judged(catalog._replace(sources={"web-shop": web}), call())
        assert verdicts(result) == {"unvalidated": 1}
        assert result.kept[0].findings == findings


@pytest.fixture(scope="module")
def mutations(catalog: Catalog) -> list[bytes]:
    good = call()
    return [good, good[:50], b"{}", call(event="Nobody Knows"), call(properties={**ORDER, "total": -1}),
            json.dumps({"batch": [CALL, {"type": "track"}, 7]}).encode()]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_conservation(catalog: Catalog, mutations: list[bytes], data: st.DataObject) -> None:
    """One event in, exactly one verdict out: at the door, by verdict, by metric and by rollup alike."""
    piece = st.one_of(st.sampled_from(mutations), st.binary(max_size=40), st.none())
    values: Sequence[bytes | None] = data.draw(st.lists(piece, max_size=12))
    source = data.draw(st.sampled_from(sorted(catalog.sources)))
    result = observe(Chunk(source, [Record(value=value) for value in values]), catalog, Memory(), NOW)
    at_the_door = sum(result.sizes)
    assert sum(result.verdicts.values()) == at_the_door >= len(values)
    assert sum(counted(result, metrics.RECEIVED).values()) == at_the_door
    assert sum(counted(result, metrics.EVENTS).values()) == at_the_door
    for family in ("source", "contract"):
        rolled = sum(
            number
            for (kind, _, _), rollup in result.rollups.items()
            if kind == family
            for measure, number in rollup.items()
            if measure.startswith("verdict/")
        )
        assert rolled == at_the_door
    assert len(result.kept) == sum(result.verdicts[verdict] for verdict in QUARANTINED_VERDICTS)
    assert len(result.learned) == at_the_door - result.verdicts[Verdict.UNDECODABLE]


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_chunks_of_any_size_come_to_the_same(
    catalog: Catalog, mutations: list[bytes], data: st.DataObject
) -> None:
    """Judging in one chunk or in many gives the same verdicts and counts."""
    values = data.draw(st.lists(st.sampled_from(mutations), min_size=1, max_size=10))
    cut = data.draw(st.integers(0, len(values)))
    whole = judged(catalog, *values)
    memory, parts = Memory(), []
    for piece in (values[:cut], values[cut:]):
        result = judged(catalog, *piece, memory=memory)
        memory.learn("web-shop", "", result.learned, NOW)
        parts.append(result)
    for metric in metrics.METRICS:
        together: dict[tuple[str, ...], float] = {}
        for part in parts:
            for labels, number in counted(part, metric).items():
                together[labels] = together.get(labels, 0) + number
        assert together == counted(whole, metric)
