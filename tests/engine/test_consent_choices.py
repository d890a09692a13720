"""Choices that events tell: what later events of the same person owe them, and how long it takes until one pays."""

import json
from typing import Any

import pytest

from observer import metrics
from observer.catalog import Catalog
from observer.engine import Chunk, Memory, Result, observe
from observer.engine.remember import remember
from observer.engine.told import Choices, Told
from observer.model import Record

NOW = 1_795_341_602.0
"""2026-11-22 10:00:02 UTC."""
YES = {"advertising": True, "analytics": True, "personalisation": True, "newsletter": True}
NO = dict.fromkeys(YES, False)


def call(name: str, at: float, choices: dict[str, bool] | None, **changed: Any) -> tuple[bytes, float]:
    """One Segment call that was received `at` seconds after NOW."""
    context = {} if choices is None else {"consent": {"categoryPreferences": choices}}
    body = {
        "type": "track",
        "event": name,
        "messageId": f"{name}-{at}",
        "anonymousId": "a-1",
        "context": context,
    }
    return json.dumps(body | changed).encode(), NOW + at


def seen(catalog: Catalog, *calls: tuple[bytes, float], memory: Memory | None = None) -> Result:
    records = [Record(value, received) for value, received in calls]
    return observe(Chunk("web-shop", records), catalog, memory or Memory(), NOW + 9999)


def reasons(result: Result, destination: str = "google-ads") -> dict[str, float]:
    return {
        labels[3]: number
        for (name, labels), number in result.counts.items()
        if name == metrics.CONSENT_DECISIONS.name and labels[0] == destination
    }


def states(result: Result, purpose: str = "advertising") -> dict[str, float]:
    return {
        labels[3]: number
        for (name, labels), number in result.counts.items()
        if name == metrics.CONSENT_EVENTS.name and labels[2] == purpose
    }


CASES = {
    "a yes that came before the withdrawal stays one": (
        [call("Page", 0, YES), call("Consent Updated", 5, NO)],
        {"consent": 1, "refused": 1},
    ),
    "a yes that came after it is none": (
        [call("Consent Updated", 0, NO), call("Page", 5, YES)],
        {"refused": 1, "withdrawn": 1},
    ),
    "until the person chooses anew": (
        [call("Consent Updated", 0, NO), call("Consent Updated", 5, YES), call("Page", 9, YES)],
        {"refused": 1, "consent": 2},
    ),
    "of nobody else": (
        [call("Consent Updated", 0, NO), call("Page", 5, YES, anonymousId="a-2")],
        {"refused": 1, "consent": 1},
    ),
    "nor of events that say who sent them no more": (
        [call("Consent Updated", 0, NO), call("Page", 5, YES, anonymousId=None)],
        {"refused": 1, "consent": 1},
    ),
    "an event without a signal has none to lose": (
        [call("Consent Updated", 0, NO), call("Page", 5, None)],
        {"refused": 1, "no_signal": 1},
    ),
    "an event that came in before it, though it is read later": (
        [call("Consent Updated", 5, NO), call("Page", 0, YES)],
        {"refused": 1, "consent": 1},
    ),
    "an event that tells no choice is none, whatever it says": (
        [call("Page", 0, NO), call("Page", 5, YES)],
        {"refused": 1, "consent": 1},
    ),
    "a yes given after the event was made": (
        [
            call("Consent Updated", 0, YES, originalTimestamp="2026-11-22T10:00:00Z"),
            call("Page", 5, YES, originalTimestamp="2026-11-22T09:58:00Z"),
        ],
        {"consent": 1, "choice_after_event": 1},
    ),
    "the same device's clock orders an event made after it": (
        [
            call("Consent Updated", 0, YES, originalTimestamp="2026-11-22T10:00:00Z"),
            call("Page", 5, YES, originalTimestamp="2026-11-22T10:00:01Z"),
        ],
        {"consent": 2},
    ),
}


@pytest.mark.parametrize(("calls", "expected"), CASES.values(), ids=CASES)
def test_choice_told(catalog: Catalog, calls: list[tuple[bytes, float]], expected: dict[str, float]) -> None:
    assert reasons(seen(catalog, *calls)) == expected


def test_a_part_that_was_taken_back_leaves_the_rest(catalog: Catalog) -> None:
    result = seen(catalog, call("Consent Updated", 0, {**YES, "advertising": False}), call("Page", 5, YES))
    assert states(result) == {"denied": 2}
    assert states(result, "audience-measurement") == {"granted": 2}
    assert reasons(result, "mixpanel") == {"consent": 2}


def test_a_choice_is_learned_only_once_its_chunk_is_safe(catalog: Catalog) -> None:
    memory = Memory(key=b"k")
    first = seen(catalog, call("Consent Updated", 0, NO), memory=memory)
    assert reasons(seen(catalog, call("Page", 5, YES), memory=memory)) == {"consent": 1}
    memory.learn_choices("web-shop", "", first.learned_choices)
    assert reasons(seen(catalog, call("Page", 5, YES), memory=memory)) == {"withdrawn": 1}


def test_a_worker_that_takes_over_learns_the_same_choices(catalog: Catalog) -> None:
    whole, again = Memory(), Memory()
    told = call("Consent Updated", 0, NO)
    whole.learn_choices("web-shop", "", seen(catalog, told, memory=whole).learned_choices)
    remember(Chunk("web-shop", [Record(*told)]), catalog, again, NOW)
    later = call("Page", 5, YES)
    assert seen(catalog, later, memory=again) == seen(catalog, later, memory=whole)
    assert reasons(seen(catalog, later, memory=again)) == {"withdrawn": 1}


def test_what_is_remembered_holds_no_identifier(catalog: Catalog) -> None:
    told = seen(catalog, call("Consent Updated", 0, NO), memory=Memory(key=b"k" * 32)).learned_choices
    assert "a-1" not in repr(told)
    other = seen(catalog, call("Consent Updated", 0, NO), memory=Memory(key=b"l" * 32)).learned_choices
    assert told.keys() != other.keys()


def honoured(result: Result, direction: str) -> tuple[int, float]:
    held = result.histograms.get((metrics.CONSENT_LATENCY.name, ("web-shop", direction)))
    return (sum(held.counts), held.total) if held else (0, 0.0)


HONOURED = {
    "the first event that says no after a no": (
        [call("Consent Updated", 0, NO), call("Page", 40, YES), call("Page", 90, NO), call("Page", 99, NO)],
        ("refused", 1, 90.0),
    ),
    "the first event that says yes after a yes": (
        [call("Consent Updated", 0, YES), call("Page", 30, NO), call("Page", 50, YES)],
        ("granted", 1, 50.0),
    ),
    "an event without a signal honours nothing": (
        [call("Consent Updated", 0, NO), call("Page", 40, None)],
        ("refused", 0, 0.0),
    ),
    "to say the same again is no change": (
        [
            call("Consent Updated", 0, NO),
            call("Page", 9, NO),
            call("Consent Updated", 20, NO),
            call("Page", 60, NO),
        ],
        ("refused", 1, 9.0),
    ),
}


@pytest.mark.parametrize(("calls", "expected"), HONOURED.values(), ids=HONOURED)
def test_time_until_a_choice_is_honoured(
    catalog: Catalog, calls: list[tuple[bytes, float]], expected: tuple[str, int, float]
) -> None:
    direction, number, total = expected
    found, seconds = honoured(seen(catalog, *calls), direction)
    assert found == number
    assert seconds == pytest.approx(total)


class TestChoices:
    def test_those_who_chose_longest_ago_are_forgotten(self) -> None:
        choices = Choices(2)
        for number in (1, 2, 1, 3):
            person = bytes([number])
            choices.learn(
                {person: Told(float(len(choices) + number), None, frozenset(), frozenset({"a"}), mark=7)}
            )
        choices.learn({b"\x01": Told(99.0, None, frozenset(), frozenset({"b"}), mark=7)})
        assert choices.get(b"\x02") is None
        assert choices.get(b"\x03") is not None
        assert (len(choices), choices.marks) == (2, {7: 2})

    def test_nobody_is_no_limit(self) -> None:
        with pytest.raises(ValueError, match="at least 1 person"):
            Choices(0)
