"""Which topics a source's words cover."""

import pytest

from observer.flows.topics import claims, compiles, is_pattern, is_topic

COVERED = {
    "a name covers itself": ("tracking.shop", "tracking.shop", True),
    "a name is no pattern": ("tracking.shop", "trackingxshop", False),
    "a name covers no longer one": ("tracking.shop", "tracking.shop.2", False),
    "a pattern covers what matches whole": ("/tracking[.].+/", "tracking.shop", True),
    "a pattern must match from the start": ("/shop/", "tracking.shop", False),
    "a pattern must match to the end": ("/tracking/", "tracking.shop", False),
    "either of two": ("/shop|till/", "till", True),
}
NAMES = {
    "letters, digits, dots, hyphens and lines": ("Tracking_shop-2.fr", True),
    "as long as Kafka allows": ("t" * 249, True),
    "longer": ("t" * 250, False),
    "a space": ("tracking shop", False),
    "a letter of French": ("événements", False),
    "nothing": ("", False),
    "one dot": (".", False),
    "two dots": ("..", False),
}


@pytest.mark.parametrize(("declared", "topic", "covered"), COVERED.values(), ids=COVERED)
def test_what_a_source_covers(declared: str, topic: str, covered: bool) -> None:
    assert claims(declared, topic) is covered


@pytest.mark.parametrize(("name", "allowed"), NAMES.values(), ids=NAMES)
def test_names_that_kafka_gives(name: str, allowed: bool) -> None:
    assert is_topic(name) is allowed


def test_slashes_make_a_pattern() -> None:
    assert is_pattern("/a/")
    assert not any(map(is_pattern, ("a", "/a", "a/", "//", "/")))
    assert compiles("/a+/")
    assert not compiles("/(/")
