"""Snowplow's Python tracker sends to a running observer by POST and GET, in base64 and plain."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import pytest

from observer.quarantine import Archive
from tests.running import RunningObserver, observer_running
from tests.sdk.conftest import Sdk
from tests.sdk.counting import Scrape, summary_of

pytestmark = pytest.mark.sdk

ARTICLE = "https://magazine.maison-lumiere.example/lampes"
UUID = "0b8a6f0e-5f1c-4c55-9f4e-8f2f3f1e9b7a"
EXPOSURE = {"campaign_id": "automne-2026", "creative_id": "lampes-1", "placement": "article"}
GDPR = {
    "schema": "iglu:com.snowplowanalytics.snowplow/gdpr/jsonschema/1-0-0",
    "data": {"basisForProcessing": "consent", "documentVersion": "4.2"},
}
GROWTHBOOK = {
    "schema": "iglu:io.growthbook/experiment/jsonschema/1-0-0",
    "data": {"experimentId": "lampes", "variationId": "é"},
}


def exposed(data: object) -> dict[str, Any]:
    schema = "iglu:example.maison-lumiere/campaign_exposed/jsonschema/1-1-0"
    return {"event_json": {"schema": schema, "data": data}}


class Tracked(NamedTuple):
    """One event. kind: the tracker's class; contract, verdict: what the observer must count."""

    kind: str
    arguments: dict[str, Any]
    contexts: list[dict[str, Any]]
    contract: str
    verdict: str


EVENTS = {
    "a page view": Tracked("PageView", {"page_url": ARTICLE, "page_title": "Lampes — été"}, [], "_none", "unknown_contract"),
    "a page ping": Tracked("PagePing", {"page_url": ARTICLE, "max_y": 900}, [], "_none", "unknown_contract"),
    "a structured event": Tracked(
        "StructuredEvent", {"category": "article", "action": "share", "value": 1.5}, [], "_none", "unknown_contract"
    ),
    "a screen view": Tracked("ScreenView", {"id_": UUID, "name": "Article"}, [], "_none", "unknown_contract"),
    "a campaign as its contract says": Tracked("SelfDescribing", exposed(EXPOSURE), [GDPR, GROWTHBOOK], "campaign-exposed", "valid"),
    "a campaign in no known place": Tracked(
        "SelfDescribing", exposed({**EXPOSURE, "placement": "ceiling"}), [], "campaign-exposed", "invalid"
    ),
}  # fmt: skip
ALL = tuple(EVENTS.values())


def order(
    address: str, *, app_id: str = "magazine", method: str = "post", base64: bool = True
) -> dict[str, Any]:
    events = [[event.kind, event.arguments, event.contexts] for event in ALL]
    return {"address": address, "app_id": app_id, "method": method, "base64": base64, "events": events}


class Outcome(NamedTuple):
    """What came of tracking every event once. requests: how many that should take; kept: event ids in the quarantine."""

    said: Mapping[str, Any]
    requests: int
    scrape: Scrape
    summary: Any
    kept: set[str]


@pytest.fixture(scope="module", params=["post base64", "post plain", "get base64", "get plain"])
def outcome(
    request: pytest.FixtureRequest, snowplow_python: Sdk, tmp_path_factory: pytest.TempPathFactory
) -> Outcome:
    method, _, encoding = request.param.partition(" ")
    state = tmp_path_factory.mktemp("snowplow") / "state"
    with observer_running(state) as observer:
        given = order(observer.address, method=method, base64=encoding == "base64")
        said = snowplow_python.send(**given, seconds=20)
        summary = summary_of(observer, len(ALL))
        scrape = Scrape(observer)
    archive = Archive(state / "quarantine")
    kept = {archive.read(entry.id).message_id for entry in archive.entries()}
    return Outcome(said, 1 if method == "post" else len(ALL), scrape, summary, kept)


def test_every_event_arrives_once_and_gets_its_verdict(outcome: Outcome) -> None:
    said, scrape = outcome.said, outcome.scrape
    assert (Counter(said["delivered"]), said["failures"]) == (Counter(said["sent"]), 0)
    requests = scrape.by("martech_collector_requests_total", "dialect", "status")
    assert requests == {("snowplow", "200"): outcome.requests}
    found = scrape.by("martech_events_total", "contract", "outcome", source="web-magazine")
    assert found == Counter((event.contract, event.verdict) for event in ALL)
    assert scrape.sum("martech_events_received_total", source="web-magazine") == len(ALL)
    assert scrape.conserved


def test_the_summary_says_the_same(outcome: Outcome) -> None:
    verdicts = Counter(event.verdict for event in ALL)
    assert outcome.summary["verdicts"] == {"undecodable": 0, "unvalidated": 0, "duplicate": 0, **verdicts}


def test_events_are_known_by_the_ids_that_the_tracker_gave_them(outcome: Outcome) -> None:
    ids = zip(ALL, outcome.said["sent"], strict=True)
    assert outcome.kept == {event_id for event, event_id in ids if event.verdict != "valid"}


def test_the_tracker_and_a_tool_in_its_contexts_are_recognised(outcome: Outcome) -> None:
    tools = {tool["tool"]: tool["events"] for tool in outcome.summary["tools"] if tool["events"]}
    assert tools == {"snowplow": len(ALL), "growthbook": 1}


def test_a_sent_time_cut_to_seconds_is_disorder_and_never_a_negative_latency(outcome: Outcome) -> None:
    """The tracker tells `dtm` in milliseconds and `stm` in whole seconds, so most events were sent before they were
    created."""
    scrape = outcome.scrape
    measured = scrape.sum("martech_event_latency_seconds_count", stage="created_to_sent")
    assert measured + scrape.sum("martech_time_disorder_events_total", stage="created_to_sent") == len(ALL)
    assert measured == scrape.sum("martech_event_latency_seconds_count", stage="end_to_end")
    assert scrape.sum("martech_event_latency_seconds_count", stage="received_to_observed") == len(ALL)
    assert scrape.sum("martech_clock_skew_seconds_count", direction="behind") == len(ALL)


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningObserver]:
    """An observer that takes little at once."""
    limits = {"MARTECH_LIMITS__BODY_BYTES": "2000", "MARTECH_LIMITS__BATCH_EVENTS": "2"}
    with observer_running(tmp_path_factory.mktemp("strict") / "state", environment=limits) as observer:
        yield observer


REFUSED = {
    "an unknown app id": ("somebody-else", 1, "401"),
    # Snowplow's trackers would send a batch that got 413 again without end.
    "a body over the limit": ("magazine", len(ALL), "422"),
    "more events than the limit": ("magazine", 3, "422"),
}


@pytest.mark.parametrize(("app_id", "events", "status"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_for_good_is_a_failure_to_the_tracker_and_never_sent_again(
    snowplow_python: Sdk, strict: RunningObserver, app_id: str, events: int, status: str
) -> None:
    before = Scrape(strict).by("martech_collector_requests_total", "status")
    given = order(strict.address, app_id=app_id)
    given["events"] = given["events"][:events]
    # The tracker waits a second at most before it sends for the second time.
    said = snowplow_python.send(**given, seconds=1.5)
    after = Scrape(strict)
    assert (said["delivered"], said["failures"]) == ([], 1)
    assert after.by("martech_collector_requests_total", "status") - before == {(status,): 1}
    assert after.sum("martech_events_received_total") == 0
