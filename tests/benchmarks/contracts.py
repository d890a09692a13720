"""Contracts: how many may be loaded, what several versions and gates cost, what a failing event costs."""

import json
import re
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any

import orjson

from observer.building import BuildLimits
from observer.catalog import Catalog
from observer.contracts.compiled import Contract
from observer.contracts.versions import join
from observer.engine import Chunk, Memory, observe
from observer.loader import LoadLimits, example_folder, load
from observer.model import Record
from tests.benchmarks.samples import NOW, segment_order
from tests.benchmarks.timing import best_of, table

EVENTS = 20_000
CHUNK = 2_000
LIMITS = LoadLimits(build=BuildLimits(series=10_000_000))
SOURCE = "web-shop"


def run() -> str:
    """Returns three tables."""
    small, _ = _loaded(20)
    large, usual = _loaded(2_000)
    _, largest = _loaded(2_000, "order-completed")
    order = segment_order(7)
    parsing = best_of({"orjson": partial(_parse, order)})["orjson"] / EVENTS * 1e6
    rows = [
        ("2,000 contracts like the example company's (2.9 kB on average)", f"{usual:.2f} s"),
        ("2,000 contracts like its largest (5.5 kB)", f"{largest:.2f} s"),
        ("`orjson.loads` of an order of 1.3 kB, in the same run", f"{parsing:.2f} µs"),
    ]
    return "\n\n".join((table(("loading", "CPU time"), rows), _validating(small, large), _failing(small)))


def _parse(order: bytes) -> None:
    for _ in range(EVENTS):
        orjson.loads(order)


def _loaded(number: int, like: str = "*") -> tuple[Catalog, float]:
    """Returns a catalog of the example company with `number` contracts, and the CPU seconds that loading it took.

    like: which of its own contracts the others are made of.
    """
    with tempfile.TemporaryDirectory() as folder:
        schemas = Path(folder) / "schemas"
        _copy(example_folder(), schemas)
        existing = len(list((schemas / "contracts").iterdir()))
        models = [
            path.read_text("utf-8") for path in sorted((schemas / "contracts").glob(f"{like}.odcs.yaml"))
        ]
        for count, model in zip(range(number - existing), cycle(models), strict=False):
            text = re.sub(r"(?m)^id: .*$", f"id: other-{count}", model)
            text = re.sub(r"(event: [^,}\n]+)", rf"\1 {count}", text)
            text = text.replace("{kind: page,", f"{{kind: page, event: Page {count},")
            (schemas / "contracts" / f"other-{count}.odcs.yaml").write_text(text, "utf-8")
        start = time.process_time()
        catalog = load(schemas, LIMITS)
        return catalog, time.process_time() - start


def _copy(source: Path, target: Path) -> None:
    for path in source.rglob("*"):
        if path.is_file():
            goal = target / path.relative_to(source)
            goal.parent.mkdir(parents=True, exist_ok=True)
            goal.write_bytes(path.read_bytes())


def _validating(small: Catalog, large: Catalog) -> str:
    records = [Record(value=segment_order(number)) for number in range(EVENTS)]
    order = small.contracts["order-completed"]
    older = [replace(order, version=f"1.{number}.0") for number in range(9)]
    versions = join([order, *older], [order, *older])
    named = [Record(value=_named(record, "2.1.0")) for record in records]
    work = {
        "20 contracts": (small, records),
        "2,000 contracts": (large, records),
        "20, without gates that look into payloads": (_with(small, replace(order, looks=())), records),
        "20, this one in 10 versions, events name none": (_with(small, versions), records),
        "20, this one in 10 versions, events name theirs": (_with(small, versions), named),
    }
    best = best_of({name: partial(_judge, *given) for name, given in work.items()})
    rows = [(name, f"{seconds / EVENTS * 1e6:.2f}") for name, seconds in best.items()]
    return table(("a valid Segment order", "engine µs"), rows)


def _named(record: Record, version: str) -> bytes:
    call = json.loads(record.value or b"")
    call["context"]["protocols"] = {"event_version": version}
    return json.dumps(call, separators=(",", ":"), ensure_ascii=False).encode()


def _with(catalog: Catalog, contract: Contract) -> Catalog:
    shop = catalog.sources[SOURCE]
    claims = {**shop.contracts, ("track", "Order Completed"): contract}
    return catalog._replace(sources={**catalog.sources, SOURCE: shop._replace(contracts=claims)})


def _judge(catalog: Catalog, records: Sequence[Record]) -> None:
    memory = Memory()
    for start in range(0, len(records), CHUNK):
        result = observe(Chunk(SOURCE, records[start : start + CHUNK]), catalog, memory, NOW + 1)
        memory.learn(SOURCE, "", result.learned, NOW)
        memory.learn_values(SOURCE, "", result.learned_values, NOW)
        assert not result.kept, result.kept[0]


def _failing(catalog: Catalog) -> str:
    exact = catalog.contracts["order-completed"].exact
    order: dict[str, Any] = json.loads(segment_order(7))["properties"]
    filled = {**order, "note": "x" * (1_300 - len(json.dumps(order)))}
    wrong = {
        "one reason": {**filled, "total": "293.80"},
        "three reasons": {**filled, "total": "293.80", "currency": "DOLLAR", "tax": -1},
        "eight reasons": {
            "order_id": 7, "total": -1, "revenue": "x", "tax": -1, "shipping": "x", "currency": "DOLLAR",
            "payment_method": "cash", "coupon": "x" * 1_200,
        },
    }  # fmt: skip
    rounds = 2_000
    work = {}
    for name, payload in wrong.items():
        data = json.dumps(payload).encode()
        work[f"{name}, {len(data)} bytes, {len(exact(data, '$'))} findings"] = partial(
            _exact, exact, data, rounds
        )
    best = best_of(work)
    rows = [(name, f"{seconds / rounds * 1e6:.1f}") for name, seconds in best.items()]
    return table(("a payload that breaks its contract, with all reasons", "exact path µs"), rows)


def _exact(exact: Any, data: bytes, rounds: int) -> None:
    for _ in range(rounds):
        exact(data, "$.properties")
