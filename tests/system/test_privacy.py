"""No personal value leaves: it is planted everywhere an event can hold one, and searched for in every output."""

import base64
import json

import pytest
from click.testing import CliRunner

from observer.cli.main import root
from tests.running import KEYS, observer_running

EMAIL = "camille.durand@client.example"
PHONE = "+33639981234"
CARD = "4970105191923460"
NAME = "Durand-Planté"
ADDRESS = "203.0.113.77"
VISITOR = "visitor-planted-7731"
PLANTED = (EMAIL, PHONE, CARD, NAME, ADDRESS, VISITOR, "planted-message-id", "planted-coupon")

AUTHORISED = {
    "Authorization": "Basic " + base64.b64encode(f"{KEYS['MARTECH_KEY_WEB_SHOP']}:".encode()).decode(),
    "User-Agent": NAME,
    "Cookie": f"session={EMAIL}",
    "Referer": f"https://www.maison-lumiere.example/?email={EMAIL}",
}


def events() -> list[bytes]:
    context = {
        "ip": ADDRESS,
        "traits": {"email": EMAIL},
        "page": {"url": f"https://www.maison-lumiere.example/compte?email={EMAIL}&ttclid={PHONE}"},
        "library": {"name": NAME, "version": EMAIL},
        "consent": {"categoryPreferences": {EMAIL: True, "advertising": NAME}},
    }
    common = {"anonymousId": VISITOR, "userId": EMAIL, "messageId": "planted-message-id", "context": context}
    calls: list[dict[str, object]] = [
        {"type": "track", "event": f"Order of {EMAIL}", "properties": {"email": EMAIL}},
        {"type": "track", "event": "Order Completed", "properties": {EMAIL: PHONE, "total": CARD, "currency": NAME, "order_id": PHONE}},
        {"type": "track", "event": "Product Viewed", "properties": {"product_id": [EMAIL], "price": {PHONE: CARD}}},
        {"type": "identify", "traits": {"email": EMAIL, "phone": PHONE, "card": CARD}},
        {"type": EMAIL, "properties": {NAME: ADDRESS}},
        {"type": "page", "name": EMAIL, "properties": {"url": EMAIL, "title": NAME, "path": PHONE}},
        {"type": "track", "event": "Signed Up", "sentAt": EMAIL, "originalTimestamp": PHONE, "integrations": {EMAIL: True}},
        {"type": "track", "event": "Order Completed", "properties": {"coupon": "planted-coupon"}, "messageId": [EMAIL]},
    ]  # fmt: skip
    bodies = [
        json.dumps({**common, "messageId": f"planted-message-id-{n}", **call}).encode()
        for n, call in enumerate(calls)
    ]
    return [
        *bodies,
        bodies[0][:-20],
        f"{EMAIL} {PHONE} is no JSON".encode(),
        json.dumps({"batch": [EMAIL, {"type": NAME}]}).encode(),
    ]


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Everything that people and machines can read without having revealed anything."""
    state = tmp_path_factory.mktemp("private") / "state"
    with observer_running(state) as observer:
        statuses = [observer.post("/v1/track", body, **AUTHORISED) for body in events()]
        assert 200 in statuses
        observer.wait_for("martech_events_received_total", len(events()) + 1, source="web-shop")
        found = {
            "metrics": observer.get("/metrics"),
            "OpenMetrics": observer.get("/metrics", Accept="application/openmetrics-text; version=1.0.0"),
            "page": observer.get("/"),
            "page in French": observer.get("/?lang=fr&period=24h"),
            "summary": observer.get("/api/summary"),
        }
    found["log"] = (state.parent / "state.log").read_text()
    found["store"] = (state / "observer.sqlite3").read_bytes().decode("latin-1")
    listed = command("quarantine", "list", "--state", str(state), "--format", "json")
    found["quarantine list"] = listed
    for number, line in enumerate(listed.splitlines()):
        found[f"quarantine show {number}"] = command(
            "quarantine", "show", json.loads(line)["id"], "--state", str(state)
        )
    return found


def command(*arguments: str) -> str:
    done = CliRunner().invoke(root, list(arguments))
    assert done.exception is None, done.output
    return done.output


@pytest.mark.parametrize("planted", PLANTED)
def test_no_personal_value_leaves(outputs: dict[str, str], planted: str) -> None:
    assert len(outputs) > 10
    assert [name for name, text in outputs.items() if planted in text] == []


def test_the_originals_are_kept_for_those_who_may_see_them(outputs: dict[str, str]) -> None:
    """Without this, the test above would pass for an observer that keeps nothing."""
    assert sum(name.startswith("quarantine show") for name in outputs) == len(events()) + 1 - 0
