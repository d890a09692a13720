"""A kept event, judged again under the same catalog, gets the same verdict: what is kept is what was judged."""

import json
from pathlib import Path

import pytest
from kept_events import NOON, kept

from observer.catalog import Catalog, Source
from observer.consent.outcome import ConsentOutcome
from observer.contracts.compiled import Contract, Match, Owner
from observer.dialects import DIALECTS
from observer.engine import Chunk, Memory, observe
from observer.model import Finding, Kept, Record, Verdict, ViolationKind
from observer.quarantine import Quarantine
from observer.quarantine.rejudge import rejudge
from observer.quarantine.replay import replay

NOBODY = Owner("Camille Laurent", "camille.laurent@maison-lumiere.example")
CASES = Path(__file__).parents[1] / "cases"
NO_TOTAL = Finding(
    ViolationKind.MISSING_REQUIRED, "missing_required:$.total", "$.properties.total", "total", "nothing"
)


def needs_total(payload: bytes) -> object:
    if b'"total"' not in bytes(payload):
        raise ValueError
    return None


def anything(payload: bytes) -> object:
    return None


def order(lenient: bool) -> Contract:
    """Returns a contract that asks for a total, or for nothing."""
    return Contract(
        id="order-completed",
        version="1.0.0",
        title="Order completed",
        matches=(Match("track", "Order Completed"),),
        marketing_owner=NOBODY,
        technical_owner=NOBODY,
        purposes=(),
        runbook="",
        service_levels=(),
        rules={NO_TOTAL.rule: NO_TOTAL.kind},
        fast=anything if lenient else needs_total,
        exact=lambda payload, root: () if lenient else (NO_TOTAL,),
    )


def catalog_of(*dialects: str, lenient: bool = False) -> Catalog:
    """Returns a catalog with a source of each dialect, named as its dialect."""
    contract = order(lenient)
    sources = {
        dialect: Source(
            id=dialect,
            title=dialect,
            channel="web",
            dialect=DIALECTS[dialect],
            marketing_owner=NOBODY,
            technical_owner=NOBODY,
            contracts={("track", "Order Completed"): contract},
            consent=lambda signals, minute: ConsentOutcome((), ()),
            purposes=(),
            destinations=(),
        )
        for dialect in dialects
    }
    return Catalog(
        digest="lenient" if lenient else "strict",
        company="Maison Lumière",
        sources=sources,
        contracts={contract.id: contract},
        tools={},
        capabilities={},
        purposes={},
        destinations={},
        find_tools=lambda evidence: (),
        find_click_ids=lambda url: (),
    )


def kept_of(dialect: str, *records: Record) -> list[Kept]:
    return list(observe(Chunk(dialect, records), catalog_of(dialect), Memory(), NOON).kept)


def records_of(dialect: str) -> list[Record]:
    """Returns what the wire carries in the golden cases of a dialect, and some of it broken."""
    records = []
    for expected in sorted((CASES / dialect).glob("*.expected.json")):
        name = expected.name.removesuffix(".expected.json")
        request = expected.with_name(f"{name}.request.json")
        wrapped = json.loads(request.read_text("utf-8")) if request.exists() else {}
        bodies = [path for path in expected.parent.glob(f"{name}.*") if path not in {expected, request}]
        data = bodies[0].read_bytes().rstrip(b"\n") if bodies else b""
        records += [
            Record(value, NOON, headers=wrapped.get("headers", {}), path=wrapped.get("path", ""))
            for value in (data, data[: len(data) // 2], b"", None)
        ]
    return records


@pytest.mark.parametrize("dialect", sorted(path.name for path in CASES.iterdir() if path.name in DIALECTS))
def test_the_same_catalog_gives_the_same_verdict(tmp_path: Path, dialect: str) -> None:
    judge = rejudge(catalog_of(dialect))
    events = kept_of(dialect, *records_of(dialect))
    assert events
    with Quarantine.open(tmp_path) as quarantine:
        quarantine.append(events)
        stored = [event for _, event in quarantine.read_all(quarantine.entries()) if event]
    assert [judge(event) for event in stored] == [event.verdict for event in events]


BATCH = Record(
    b'{"batch": [{"type": "track", "event": "Order Completed", "messageId": "m1", "properties": {}},'
    b' {"type": "track", "event": "Order Completed", "messageId": "m2", "properties": {"total": 1}},'
    b' {"type": "track", "event": "Nobody Knows", "messageId": "m3", "properties": {}}, 7]}',
    path="/v1/batch",
)


def test_todays_catalog_is_what_counts(tmp_path: Path) -> None:
    with Quarantine.open(tmp_path) as quarantine:
        quarantine.append(kept_of("segment", BATCH))
        today = catalog_of("segment", lenient=True)
        report = replay(quarantine, rejudge(today), today.digest, NOON)
        assert report.moves == {
            (Verdict.INVALID, Verdict.VALID): 1,
            (Verdict.UNKNOWN_CONTRACT, Verdict.UNKNOWN_CONTRACT): 1,
            (Verdict.UNDECODABLE, Verdict.UNDECODABLE): 1,
        }


def test_an_event_of_a_source_that_is_gone_is_not_judged() -> None:
    (event, *_) = kept_of("segment", BATCH)
    assert rejudge(catalog_of("amplitude"))(event) is None


@pytest.mark.parametrize(
    ("index", "verdict"),
    [(0, Verdict.INVALID), (1, Verdict.VALID), (2, Verdict.UNKNOWN_CONTRACT), (3, Verdict.UNDECODABLE)],
)
def test_an_event_kept_with_all_of_its_batch_is_still_that_one(index: int, verdict: Verdict) -> None:
    event = kept(1, source="segment", value=BATCH.value, path="/v1/batch", index=index)
    assert rejudge(catalog_of("segment"))(event) is verdict


def test_no_event_is_a_duplicate_of_itself() -> None:
    (event, *_) = kept_of("segment", BATCH)
    judge = rejudge(catalog_of("segment"))
    assert [judge(event), judge(event)] == [Verdict.INVALID, Verdict.INVALID]
