"""What the engine proves: tokens by day with the decisions on them, bounded, and nothing of a signal or a person."""

import json
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observer import metrics
from observer.catalog import Catalog
from observer.consent.proof import ProofKey, Prover, tokens_of
from observer.engine import Chunk, Limits, Memory, Result, observe
from observer.engine.proofs import FAMILY
from observer.metrics import OTHER
from observer.model import Record, Signal

NOW = 1_795_341_602.0
"""2026-11-22 10:00:02 UTC."""
DAY_MINUTE = int(NOW // 86_400) * 1_440
KEY = ProofKey("a", b"sixteen bytes or more of a secret")


def call(number: int, **preferences: bool) -> bytes:
    return json.dumps(
        {
            "type": "track",
            "event": "Order Completed",
            "messageId": f"m-{number}",
            "anonymousId": "visitor-planted-7731",
            "receivedAt": "2026-11-22T10:00:01.000Z",
            "context": {"consent": {"categoryPreferences": preferences}},
            "properties": {},
        }
    ).encode()


def judged(catalog: Catalog, *values: bytes, limits: Limits | None = None) -> Result:
    records = [Record(value=value, received=NOW - 1) for value in values]
    chosen = limits or Limits(prove=Prover(KEY))
    return observe(Chunk("web-shop", records), catalog, Memory(), NOW, chosen)


def proofs(result: Result) -> dict[tuple[str, int], dict[str, float]]:
    return {
        (key, minute): dict(rollup)
        for (family, key, minute), rollup in result.rollups.items()
        if family == FAMILY
    }


def rows(result: Result) -> Counter[tuple[str, int, str]]:
    found = proofs(result)
    return Counter(
        {
            (token, minute, measure): int(number)
            for (token, minute), rollup in found.items()
            for measure, number in rollup.items()
        }
    )


def test_events_and_decisions_by_token_and_day(catalog: Catalog) -> None:
    yes, no = {"advertising": True, "analytics": True}, {"advertising": False, "analytics": True}
    result = judged(catalog, call(1, **yes), call(2, **yes), call(3, **no))
    [said_yes] = tokens_of(Signal("segment", json.dumps({"categoryPreferences": yes}).encode()), KEY)
    [said_no] = tokens_of(Signal("segment", json.dumps({"categoryPreferences": no}).encode()), KEY)
    found = proofs(result)
    assert set(found) == {(said_yes, DAY_MINUTE), (said_no, DAY_MINUTE)}
    assert found[said_yes, DAY_MINUTE]["web-shop/events"] == 2
    assert found[said_yes, DAY_MINUTE]["web-shop/decision/meta-ads/allowed/consent"] == 2
    assert found[said_no, DAY_MINUTE]["web-shop/decision/meta-ads/refused/refused"] == 1


def test_each_signal_of_an_event_is_proven(catalog: Catalog) -> None:
    said = {"advertising": True}
    record = Record(value=call(1, **said), received=NOW - 1, headers={"sec-gpc": "1"})
    limits = Limits(prove=Prover(KEY))
    found = proofs(observe(Chunk("web-shop", [record]), catalog, Memory(), NOW, limits))
    signals = [Signal("segment", json.dumps({"categoryPreferences": said}).encode()), Signal("gpc", b"1")]
    assert {token for token, _ in found} == {token for signal in signals for token in tokens_of(signal, KEY)}
    assert len(found) == 2


def test_a_duplicate_proves_nothing_more(catalog: Catalog) -> None:
    result = judged(catalog, call(1, advertising=True), call(1, advertising=True))
    assert [rollup["web-shop/events"] for rollup in proofs(result).values()] == [1]


def test_without_a_key_there_is_no_proof(catalog: Catalog) -> None:
    assert proofs(judged(catalog, call(1, advertising=True), limits=Limits())) == {}


def test_more_tokens_than_a_chunk_may_have_are_other_and_counted(catalog: Catalog) -> None:
    values = [call(number, **{f"category{number}": True}) for number in range(5)]
    result = judged(catalog, *values, limits=Limits(prove=Prover(KEY), proof_tokens=2))
    found = proofs(result)
    assert len(found) == 3
    assert found[OTHER, DAY_MINUTE]["web-shop/events"] == 3
    assert result.counts[metrics.PROOF_OVERFLOW.name, ()] == 3


def test_who_proves_nothing_leaves_nothing_unproven_for_who_does(catalog: Catalog) -> None:
    memory, told = Memory(), call(1, advertising=True)
    values = [Record(value=told, received=NOW - 1)]
    assert proofs(observe(Chunk("web-shop", values), catalog, memory, NOW)) == {}
    found = proofs(observe(Chunk("web-shop", values), catalog, memory, NOW, Limits(prove=Prover(KEY))))
    assert [rollup["web-shop/events"] for rollup in found.values()] == [1]


PREFERENCES = st.dictionaries(
    st.sampled_from(["advertising", "analytics", "else"]), st.booleans(), max_size=3
)
EVENTS = st.lists(st.tuples(PREFERENCES, st.booleans(), st.integers(0, 2)), max_size=12)


@settings(max_examples=60, deadline=None)
@given(EVENTS)
def test_groups_come_to_what_each_event_comes_to(
    catalog: Catalog, events: list[tuple[dict[str, bool], bool, int]]
) -> None:
    """Two signals or one, on several days, from remembered answers or anew: the rows are the sum of the events'."""
    memory, prover = Memory(), Prover(KEY)
    together, alone = [], Counter[tuple[str, int, str]]()
    for number, (preferences, with_gpc, days_ago) in enumerate(events):
        at = NOW - 1 - days_ago * 86_400
        headers = {"sec-gpc": "1"} if with_gpc else {}
        record = Record(value=call(number, **preferences), received=at, headers=headers)
        together.append(record)
        one = observe(Chunk("web-shop", [record]), catalog, Memory(), NOW, Limits(prove=Prover(KEY)))
        alone.update(rows(one))
    for _ in range(2):
        chunk = Chunk("web-shop", together)
        assert rows(observe(chunk, catalog, memory, NOW, Limits(prove=prover))) == alone


@pytest.mark.parametrize("secret", ["visitor-planted-7731", "jeanne.dupont@maison-lumiere.example"])
def test_no_row_holds_a_person_or_a_signal(catalog: Catalog, secret: str) -> None:
    result = judged(catalog, call(1, **{"jeanne.dupont@maison-lumiere.example": True}))
    assert proofs(result)
    assert secret not in str(proofs(result))
