"""What events say for and against the gates of their contract: additive, and the same however a stream is cut."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import pytest
from contract_examples import contract, document, stated
from hypothesis import given, settings
from hypothesis import strategies as st

from observer.catalog import Catalog
from observer.contracts.compiled import Contract
from observer.engine import Chunk, Memory, Result, observe, remember
from observer.engine.counts import Counts
from observer.engine.evidence import Evidence
from observer.engine.judge import REFUSED
from observer.model import Event, Record, Verdict

NOW = 1_795_341_602.0
FIELDS = [
    stated("id", "string"),
    stated("total", "number", minimum=0),
    stated("customer", "object", properties=[stated("mail", "string", minLength=2)]),
    stated("odd\\name", "string"),
]
PLAIN = FIELDS[:3]
"""Without a name that keeps the fast path from making a struct."""


def signed(*rules: dict[str, Any], fields: Sequence[dict[str, Any]] = PLAIN) -> Contract:
    whole = document(fields)
    whole["schema"][0]["quality"] = [{"id": "g", "mustBe": 0, **rule} for rule in rules]
    return contract(**whole)


def about(metric: str, *fields: str, **arguments: object) -> dict[str, Any]:
    return {"metric": metric, "arguments": {"properties": list(fields), **arguments}}


def call(properties: object, message_id: str | None = None) -> Record:
    sent = {"type": "track", "event": "Example", "receivedAt": "2026-11-22T10:00:00Z"}
    if message_id is not None:
        sent["messageId"] = message_id
    return Record(value=json.dumps({**sent, "properties": properties}).encode())


def within(catalog: Catalog, judging: Contract) -> Catalog:
    shop = catalog.sources["web-shop"]._replace(contracts={("track", "Example"): judging})
    return catalog._replace(sources={**catalog.sources, "web-shop": shop})


def judged(catalog: Catalog, records: Sequence[Record], memory: Memory | None = None) -> Result:
    return observe(Chunk("web-shop", records), catalog, memory or Memory(), NOW)


def evidence(result: Result) -> dict[str, float]:
    found: Counter[str] = Counter()
    for (family, _, _), measures in result.rollups.items():
        found.update({name: n for name, n in measures.items() if family == "contract" and "quality/" in name})
    return dict(found)


CASES: dict[str, tuple[dict[str, Any], list[object], tuple[int, int]]] = {
    "null and absent are the same": (
        about("nullValues", "id"),
        [{"id": "a"}, {"id": None}, {}],
        (2, 3),
    ),
    "an empty text is no null": (about("nullValues", "id"), [{"id": ""}], (0, 1)),
    "one field of several is enough": (
        about("nullValues", "id", "total"),
        [{"id": "a", "total": 1}, {"id": "a"}, {"total": 1}],
        (2, 3),
    ),
    "a field of an object inside, and its object absent": (
        about("nullValues", "customer.mail"),
        [{"customer": {"mail": "aa"}}, {"customer": {}}, {"customer": None}, {}],
        (3, 4),
    ),
    "an event that breaks the contract counts too": (
        about("nullValues", "id"),
        [{"id": 7}, {"total": "x"}, {"id": None, "total": -1}],
        (2, 3),
    ),
    "a payload that is no object has no fields": (about("nullValues", "id"), [[1], "x", None], (3, 3)),
    "words that count as missing": (
        about("missingValues", "id", missingValues=["", "N/A", 0]),
        [{"id": ""}, {"id": "N/A"}, {"id": "n/a"}, {}, {"id": 0}, {"id": False}],
        (4, 6),
    ),
    "without words only null is missing": (about("missingValues", "id"), [{"id": ""}, {}], (1, 2)),
    "words that are valid": (
        about("invalidValues", "id", validValues=["a", "b"]),
        [{"id": "a"}, {"id": "c"}, {"id": None}, {"id": ["a"]}],
        (2, 4),
    ),
    "a pattern of valid texts": (
        about("invalidValues", "id", pattern="^A[0-9]+$"),
        [{"id": "A1"}, {"id": "B1"}, {}, {"id": 1}],
        (2, 4),
    ),
    "the rules of the field itself": (
        about("invalidValues", "total"),
        [{"total": 1}, {"total": -1}, {"total": "x"}, {}, {"id": 7}],
        (2, 5),
    ),
    "the rules of an object inside": (
        about("invalidValues", "customer"),
        [{"customer": {"mail": "a"}}, {"customer": {"mail": "aa"}}, {"customer": 1}],
        (2, 3),
    ),
    "the same value again": (
        about("duplicateValues", "id"),
        [{"id": "a"}, {"id": "b"}, {"id": "a"}, {"id": "a"}, {}],
        (2, 4),
    ),
    "numbers that are the same": (about("duplicateValues", "total"), [{"total": 1}, {"total": 1.0}], (1, 2)),
    "a text is no number, and true is no 1": (
        about("duplicateValues", "total"),
        [{"total": 1}, {"total": "1"}, {"total": True}],
        (0, 3),
    ),
    "a valid and an invalid event with one value": (
        about("duplicateValues", "id"),
        [{"id": "a"}, {"id": "a", "total": -1}],
        (1, 2),
    ),
    "several fields together": (
        about("duplicateValues", "id", "total"),
        [{"id": "a", "total": 1}, {"id": "a", "total": 2}, {"id": "a"}, {"id": "a", "total": 1}],
        (1, 3),
    ),
}


@pytest.mark.parametrize("fields", [PLAIN, FIELDS], ids=["struct", "plain JSON"])
@pytest.mark.parametrize(("rule", "payloads", "sums"), CASES.values(), ids=CASES)
def test_evidence(
    catalog: Catalog,
    rule: dict[str, Any],
    payloads: list[object],
    sums: tuple[int, int],
    fields: Sequence[dict[str, Any]],
) -> None:
    result = judged(within(catalog, signed(rule, fields=fields)), [call(each) for each in payloads])
    assert evidence(result) == {"quality/g/bad": sums[0], "quality/g/of": sums[1]}


def test_a_duplicate_message_is_no_row(catalog: Catalog) -> None:
    judging = within(catalog, signed(about("duplicateValues", "id"), about("nullValues", "id")))
    result = judged(judging, [call({"id": "a"}, "m"), call({"id": "a"}, "m")])
    assert result.verdicts[Verdict.DUPLICATE] == 1
    assert evidence(result) == {
        "quality/g/bad": 0, "quality/g/of": 1, "quality/g-2/bad": 0, "quality/g-2/of": 1,
    }  # fmt: skip


@pytest.mark.parametrize("payload", [b'{"id": "\\ud800"}', b'{"id": "\xff"}', b"[" * 5_000])
def test_a_payload_that_cannot_be_read_says_nothing(payload: bytes) -> None:
    evidence, counts = Evidence(Memory(), ("web-shop", "")), Counts()
    evidence.add(signed(about("nullValues", "id")), Event("track", "Example", payload, "$"), REFUSED, (), 1)
    evidence.count(counts)
    assert counts.rollups == {}


def test_a_contract_without_such_rules_says_nothing(catalog: Catalog) -> None:
    result = judged(within(catalog, contract(*PLAIN)), [call({"id": "a"})])
    assert (evidence(result), result.learned_values) == ({}, {})


def test_a_value_is_remembered_only_once_it_is_learned(catalog: Catalog) -> None:
    judging, memory = within(catalog, signed(about("duplicateValues", "id"))), Memory()
    first = judged(judging, [call({"id": "a"})], memory)
    assert judged(judging, [call({"id": "a"})], memory) == first
    memory.learn_values("web-shop", "", first.learned_values, NOW)
    assert evidence(judged(judging, [call({"id": "a"})], memory))["quality/g/bad"] == 1


def test_partitions_and_gates_do_not_share_their_values(catalog: Catalog) -> None:
    rules = about("duplicateValues", "id"), about("duplicateValues", "total")
    judging, memory = within(catalog, signed(*rules)), Memory()
    memory.learn_values("web-shop", "1", judged(judging, [call({"id": "1"})]).learned_values, NOW)
    assert evidence(judged(judging, [call({"id": "1", "total": 1})], memory)) == {
        "quality/g/bad": 0, "quality/g/of": 1, "quality/g-2/bad": 0, "quality/g-2/of": 1,
    }  # fmt: skip


def test_a_value_is_forgotten_after_as_many_rows_as_a_message_id(catalog: Catalog) -> None:
    judging, memory = within(catalog, signed(about("duplicateValues", "id"))), Memory(window=2)
    for values, bad in (("ab", 0), ("a", 1), ("bc", 1), ("a", 0)):
        result = judged(judging, [call({"id": value}) for value in values], memory)
        memory.learn_values("web-shop", "", result.learned_values, NOW)
        assert evidence(result)["quality/g/bad"] == bad, values


RULES = [
    about("duplicateValues", "id"),
    about("duplicateValues", "id", "total"),
    about("nullValues", "id"),
    about("invalidValues", "total"),
]
STREAM = st.lists(
    st.tuples(
        st.sampled_from([{}, {"id": "a"}, {"id": "b", "total": 1}, {"id": "b", "total": -1}, {"id": 3}]),
        st.sampled_from([None, "m", "n", "o"]),
    ),
    max_size=12,
)


def in_pieces(catalog: Catalog, stream: Sequence[Record], cuts: set[int], window: int) -> Mapping[str, float]:
    memory, found = Memory(window), Counter[str]()
    edges = [0, *sorted(cut for cut in cuts if cut < len(stream)), len(stream)]
    for start, end in pairwise(edges):
        result = judged(catalog, stream[start:end], memory)
        memory.learn("web-shop", "", result.learned, NOW)
        memory.learn_values("web-shop", "", result.learned_values, NOW)
        found.update(evidence(result))
    return found


@settings(max_examples=60)
@given(stream=STREAM, cuts=st.sets(st.integers(1, 11)), window=st.integers(1, 6))
def test_however_a_stream_is_cut_it_says_the_same(
    catalog: Catalog, stream: list[tuple[dict[str, Any], str | None]], cuts: set[int], window: int
) -> None:
    judging, records = within(catalog, signed(*RULES)), [call(*each) for each in stream]
    assert in_pieces(judging, records, cuts, window) == in_pieces(judging, records, set(), window)


@settings(max_examples=60)
@given(stream=STREAM, cut=st.integers(0, 12), window=st.integers(1, 6))
def test_a_run_that_remembers_says_what_one_that_was_never_stopped_says(
    catalog: Catalog, stream: list[tuple[dict[str, Any], str | None]], cut: int, window: int
) -> None:
    judging, records = within(catalog, signed(*RULES)), [call(*each) for each in stream]
    whole, again = Memory(window), Memory(window)
    first = judged(judging, records[:cut], whole)
    whole.learn("web-shop", "", first.learned, NOW)
    whole.learn_values("web-shop", "", first.learned_values, NOW)
    remember(Chunk("web-shop", records[:cut]), judging, again, NOW)
    assert judged(judging, records[cut:], again) == judged(judging, records[cut:], whole)
