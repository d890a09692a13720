"""What an SDK sends again in the end counts once: asked to wait, turned away for a moment, or its answer lost.

Snowplow's tracker is here by POST alone: by GET it looks only at the last answer of a flush, and forgets the events
that were refused before that one.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.running import KEYS, observer_running
from tests.sdk.calls import PRODUCT, track
from tests.sdk.conftest import Sdk
from tests.sdk.counting import Scrape
from tests.sdk.segment_clients import Node, Python, Segment
from tests.sdk.unreliable import losing_answers, place_taken

pytestmark = pytest.mark.sdk

EVENTS = 120
Send = Callable[[str], int]
"""Sends EVENTS events to an address; returns how many the SDK says it delivered."""


def by_segment(segment: Segment) -> Send:
    calls = [track("Product Viewed", PRODUCT, "product-viewed", "valid")] * EVENTS

    def send(address: str) -> int:
        said = segment.send(address, KEYS["MARTECH_KEY_WEB_SHOP"], calls)
        return len(said.sent) if not said.refused else 0

    return send


def by_snowplow(sdk: Sdk) -> Send:
    exposed = {
        "schema": "iglu:example.maison-lumiere/campaign_exposed/jsonschema/1-1-0",
        "data": {"campaign_id": "automne-2026", "creative_id": "lampes-1", "placement": "article"},
    }
    events = [["SelfDescribing", {"event_json": exposed}, []]] * EVENTS

    def send(address: str) -> int:
        said = sdk.send(
            address=address, app_id="magazine", method="post", base64=True, events=events, seconds=40
        )
        assert sorted(said["delivered"]) == sorted(said["sent"])
        return len(said["delivered"])

    return send


@pytest.fixture(params=["Segment for Python", "Segment for Node.js", "Snowplow for Python"])
def send(request: pytest.FixtureRequest) -> Send:
    if request.param == "Segment for Python":
        return by_segment(Python(request.getfixturevalue("segment_python")))
    if request.param == "Segment for Node.js":
        return by_segment(Node(request.getfixturevalue("segment_node"), group=40))
    return by_snowplow(request.getfixturevalue("snowplow_python"))


def test_a_source_that_sends_too_fast_waits_and_loses_nothing(send: Send, tmp_path: Path) -> None:
    slow = {"MARTECH_LIMITS__SOURCE_EVENTS_PER_SECOND": "25"}
    with observer_running(tmp_path / "state", environment=slow) as observer:
        assert send(observer.address) == EVENTS
        scrape = Scrape(observer)
    assert scrape.sum("martech_collector_requests_total", status="429") > 0
    assert scrape.verdicts() == {"valid": EVENTS}
    assert scrape.conserved


def test_a_collector_without_a_place_to_spare_turns_away_and_loses_nothing(
    send: Send, tmp_path: Path
) -> None:
    narrow = {"MARTECH_LIMITS__REQUESTS_IN_FLIGHT": "1"}
    with observer_running(tmp_path / "state", environment=narrow) as observer:
        with place_taken(observer):
            assert send(observer.address) == EVENTS
        scrape = Scrape(observer)
    assert scrape.sum("martech_collector_requests_total", status="503") > 0
    assert scrape.verdicts() == {"valid": EVENTS}
    assert scrape.conserved


def test_events_whose_answer_got_lost_come_again_and_count_once(send: Send, tmp_path: Path) -> None:
    with observer_running(tmp_path / "state") as observer, losing_answers(observer, 1) as relay:
        assert send(relay.address) == EVENTS
        scrape = Scrape(observer)
    assert (relay.lost, set(relay.answers)) == (1, {200})
    received = scrape.sum("martech_events_received_total")
    assert scrape.verdicts() == {"valid": EVENTS, "duplicate": received - EVENTS}
    assert received > EVENTS, "the events of the lost answer came twice"
