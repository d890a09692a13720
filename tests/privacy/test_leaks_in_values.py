"""What leaks is told from what only looks so: precision and recall on the labelled set, and the rules one by one."""

from collections import Counter

import pytest

from observer.messages import catalogue
from observer.privacy.leaks import LEAK_KINDS, LONGEST, is_position, leaks_in, leaks_in_number
from tests.privacy.leak_examples import Example, examples

LEAST_PRECISION = 0.93
LEAST_RECALL = 0.93


def found_in(example: Example) -> set[str]:
    value = example.value
    if isinstance(value, dict):
        return {"location"} if is_position(value) else set()
    if isinstance(value, str):
        return leaks_in(value, example.name)
    assert isinstance(value, int | float)
    return leaks_in_number(value, example.name)


def test_precision_and_recall_on_the_labelled_set() -> None:
    labelled = examples()
    assert len(labelled) > 1_300
    right: Counter[str] = Counter()
    alarms: Counter[str] = Counter()
    real: Counter[str] = Counter()
    for example in labelled:
        found = found_in(example)
        alarms.update(found)
        real.update(example.kinds)
        right.update(found & example.kinds)
    assert right.total() / alarms.total() >= LEAST_PRECISION
    assert right.total() / real.total() >= LEAST_RECALL
    for kind in LEAK_KINDS:
        assert right[kind] / alarms[kind] >= 0.70, kind
        assert right[kind] / real[kind] >= 0.75, kind


def test_every_kind_has_examples_and_words() -> None:
    assert set(LEAK_KINDS) == {kind for example in examples() for kind in example.kinds}
    assert {f"privacy.kind.{kind}" for kind in LEAK_KINDS} <= catalogue().keys()


RULES = {
    "bare digits in a field": ("0639981234", "note", {"phone"}),
    "bare digits in a field of ids": ("0639981234", "order_id", set()),
    "bare digits in a field of ids, in capitals": ("0639981234", "orderID", set()),
    "a word of people outweighs": ("0639981234", "phone_number", {"phone"}),
    "a plus is no id": ("+33639981234", "order_id", {"phone"}),
    "an address in a field of ids": ("jeanne@maison.example", "order_id", {"email"}),
    "a card among the digits of an account": ("FR7630006000011234567890189", "note", set()),
    "a card is no telephone number": ("4970105191923460", "note", {"card"}),
    "nineteen digits are an id": ("4000000000000000006", "note", set()),
    "two kinds in one text": ("jeanne@maison.example, 06 39 98 12 34", "note", {"email", "phone"}),
    "nothing": ("", "note", set()),
    "beyond what is looked at": (" " * LONGEST + "jeanne@maison.example", "note", set()),
}


@pytest.mark.parametrize(("text", "name", "kinds"), RULES.values(), ids=RULES)
def test_rule(text: str, name: str, kinds: set[str]) -> None:
    assert leaks_in(text, name) == kinds


POSITIONS = {
    "precise": ({"latitude": 48.8566, "longitude": 2.3522}, True),
    "as text": ({"lat": "48.8566", "lng": "2.3522"}, True),
    "a town": ({"latitude": 48.86, "longitude": 2.35}, False),
    "one alone": ({"latitude": 48.8566}, False),
    "off the globe": ({"latitude": 148.8566, "longitude": 2.3522}, False),
    "no numbers": ({"latitude": "a.bcde", "longitude": True}, False),
}


@pytest.mark.parametrize(("members", "position"), POSITIONS.values(), ids=POSITIONS)
def test_position(members: dict[str, object], position: bool) -> None:
    assert is_position(members) is position
