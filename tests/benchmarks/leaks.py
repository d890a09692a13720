"""Personal data where nobody expects it: precision and recall on the labelled set, and what looking for it costs."""

import json
from collections import Counter
from functools import partial
from typing import Final

import msgspec

from observer.engine.leaks import Leaks, leaks_of
from observer.loader import example_folder, load
from observer.model import Event
from observer.privacy.leaks import LEAK_KINDS
from tests.benchmarks.samples import segment_order
from tests.benchmarks.timing import best_of, table
from tests.privacy.leak_examples import examples

EVENTS: Final = 50_000
SHARE: Final = 0.02


def run() -> str:
    """Returns two tables: how well, and how fast."""
    return "\n\n".join([_told_apart(), _cost()])


def _told_apart() -> str:
    right: Counter[str] = Counter()
    alarms: Counter[str] = Counter()
    real: Counter[str] = Counter()
    labelled = examples()
    for example in labelled:
        payload = msgspec.json.encode({example.name: example.value})
        found = {kind for kind, _, _ in leaks_of(Event("track", "", payload, "$"), None)}
        alarms.update(found)
        real.update(example.kinds)
        right.update(found & example.kinds)
    rows = [
        (kind, str(real[kind]), f"{right[kind] / alarms[kind]:.3f}", f"{right[kind] / real[kind]:.3f}")
        for kind in LEAK_KINDS
    ]
    harmless = sum(not example.kinds for example in labelled)
    whole = f"{right.total() / alarms.total():.3f}", f"{right.total() / real.total():.3f}"
    rows.append((f"all, beside {harmless:,} that are harmless", str(real.total()), *whole))
    return table(("kind", "labelled", "precision", "recall"), rows)


def _cost() -> str:
    contract = load(example_folder()).contracts["order-completed"]
    payload = msgspec.json.encode(json.loads(segment_order(1))["properties"])
    events = [
        Event(
            "track",
            "Order Completed",
            payload,
            "$.properties",
            message_id=f"message-{number:08}",
            user_id=f"client-{number % 3000}",
            anonymous_id=f"5f2c7d0a-8d7b-4c53-9f60-{number % 5000:012d}",
            url="https://www.maison-lumiere.example/merci",
        )
        for number in range(EVENTS)
    ]

    def looking(share: float) -> None:
        leaks = Leaks(share)
        for event in events:
            leaks.look(event, contract, False, 0)

    best = best_of({"drawn": partial(looking, SHARE), "none": partial(looking, 0.0)}, rounds=3)
    rows = [
        (f"{SHARE:.0%} drawn", f"{best['drawn'] / EVENTS * 1e6:.2f}"),
        ("none drawn", f"{best['none'] / EVENTS * 1e6:.2f}"),
    ]
    return table((f"looking into {len(payload):,} bytes", "CPU µs an event"), rows)
