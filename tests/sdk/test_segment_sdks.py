"""Segment's SDKs for Python and Node.js send to a running observer: what they say is what was counted."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from observer.quarantine import Archive
from tests.running import KEYS, RunningObserver, observer_running
from tests.sdk.calls import EVERY_CALL, PRODUCT, expected, track
from tests.sdk.counting import Scrape, summary_of
from tests.sdk.segment_clients import Node, Python, Said, Segment

pytestmark = pytest.mark.sdk

KEY = KEYS["MARTECH_KEY_WEB_SHOP"]
CALLS = tuple(EVERY_CALL.values())
DECODED = len(CALLS) - 1
"""Calls of which more than the verdict is counted: all but the duplicate."""


class Outcome(NamedTuple):
    """What came of making every call once with one SDK. kept: message ids in the quarantine."""

    said: Said
    scrape: Scrape
    summary: Any
    kept: set[str]


def client(request: pytest.FixtureRequest, name: str) -> Segment:
    if name == "Node.js":
        return Node(request.getfixturevalue("segment_node"))
    return Python(request.getfixturevalue("segment_python"), gzip="gzip" in name)


@pytest.fixture(scope="module", params=["Python", "Python with gzip", "Node.js"])
def outcome(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    segment = client(request, request.param)
    state = tmp_path_factory.mktemp("segment") / "state"
    with observer_running(state) as observer:
        said = segment.send(observer.address, KEY, CALLS)
        summary = summary_of(observer, len(CALLS))
        scrape = Scrape(observer)
    archive = Archive(state / "quarantine")
    return Outcome(said, scrape, summary, {archive.read(entry.id).message_id for entry in archive.entries()})


def test_every_call_arrives_once_and_gets_its_verdict(outcome: Outcome) -> None:
    assert outcome.said.refused == []
    scrape = outcome.scrape
    assert scrape.by("martech_collector_requests_total", "dialect", "status") == {("segment", "200"): 1}
    assert scrape.by("martech_events_total", "contract", "outcome", source="web-shop") == expected(CALLS)
    assert scrape.sum("martech_events_received_total", source="web-shop") == len(CALLS)
    assert scrape.conserved


def test_the_summary_says_the_same(outcome: Outcome) -> None:
    verdicts = Counter(call.verdict for call in CALLS)
    assert outcome.summary["verdicts"] == {"undecodable": 0, "unvalidated": 0, **verdicts}


def test_events_are_known_by_the_ids_that_the_sdk_gave_them(outcome: Outcome) -> None:
    ids = zip(CALLS, outcome.said.sent, strict=True)
    assert outcome.kept == {
        message for call, message in ids if call.verdict in {"invalid", "unknown_contract"}
    }


def test_tools_are_recognised(outcome: Outcome) -> None:
    tools = {tool["tool"]: tool["events"] for tool in outcome.summary["tools"] if tool["events"]}
    assert tools == {"segment": DECODED, "meta-ads": 1, "google-ads": 1}


def test_consent_is_read(outcome: Outcome) -> None:
    states = outcome.scrape.by("martech_consent_events_total", "state", purpose="advertising")
    assert states == {("granted",): 1, ("missing",): DECODED - 1}


def test_every_stage_of_latency_is_measured(outcome: Outcome) -> None:
    scrape = outcome.scrape
    stages = [("created_to_sent",), ("received_to_observed",), ("end_to_end",)]
    assert scrape.by("martech_event_latency_seconds_count", "stage") == dict.fromkeys(stages, DECODED)
    assert scrape.sum("martech_clock_skew_seconds_count") == DECODED
    assert scrape.sum("martech_clock_skew_events_total") == 0
    assert scrape.sum("martech_time_disorder_events_total") == 0


@pytest.fixture(params=["Python", "Node.js"])
def segment(request: pytest.FixtureRequest) -> Segment:
    return client(request, request.param)


def test_hundreds_are_counted_to_the_last_event(segment: Segment, tmp_path: Path) -> None:
    calls = [track("Product Viewed", PRODUCT, "product-viewed", "valid")] * 250
    with observer_running(tmp_path / "state") as observer:
        said = segment.send(observer.address, KEY, calls)
        assert (len(set(said.sent)), said.refused) == (250, [])
        assert Scrape(observer).verdicts() == {"valid": 250}


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningObserver]:
    """An observer that takes little at once."""
    limits = {"MARTECH_LIMITS__BODY_BYTES": "2000", "MARTECH_LIMITS__BATCH_EVENTS": "2"}
    with observer_running(tmp_path_factory.mktemp("strict") / "state", environment=limits) as observer:
        yield observer


REFUSED = {
    "a wrong key": ("wrong-key", 1, 401),
    "the key of another dialect": (KEYS["MARTECH_KEY_LOYALTY"], 1, 401),
    "a body over the limit": (KEY, 11, 413),
    "more events than the limit": (KEY, 3, 413),
}


@pytest.mark.parametrize(("key", "calls", "status"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_for_good_is_an_error_to_the_sdk_and_no_event(
    segment: Segment, strict: RunningObserver, key: str, calls: int, status: int
) -> None:
    before = Scrape(strict).by("martech_collector_requests_total", "status")
    assert segment.send(strict.address, key, CALLS[:calls]).refused == [status]
    after = Scrape(strict)
    assert after.by("martech_collector_requests_total", "status") - before == {(str(status),): 1}
    assert after.sum("martech_events_received_total") == 0
