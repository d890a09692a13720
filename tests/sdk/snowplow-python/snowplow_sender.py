"""Tracks the events that standard input asks for with Snowplow's Python tracker; prints what the tracker said of them.

In: {"address", "app_id", "method": "post"|"get", "base64", "seconds", "events": [[class, arguments, contexts], …]},
seconds: how long to wait until all are delivered. Out: {"sent": [event id, …], "delivered": [event id, …],
"failures": number of failed attempts}.
"""

import json
import sys
import time
from collections.abc import Mapping, Sequence
from typing import Any

import snowplow_tracker as snowplow  # type: ignore[import-not-found]  # lives in an environment of its own


def main() -> None:
    order = json.load(sys.stdin)
    delivered: list[str] = []
    failures: list[int] = []

    def on_success(events: Sequence[Mapping[str, str]]) -> None:
        delivered.extend(event["eid"] for event in events)

    def on_failure(_delivered: int, events: Sequence[object]) -> None:
        failures.append(len(events))

    tracker = snowplow.Snowplow.create_tracker(
        namespace="magazine",
        endpoint=order["address"],
        method=order["method"],
        app_id=order["app_id"],
        subject=snowplow.Subject().set_platform("srv").set_user_id("reader-1"),
        tracker_config=snowplow.TrackerConfiguration(encode_base64=order["base64"]),
        emitter_config=snowplow.EmitterConfiguration(on_success=on_success, on_failure=on_failure),
    )
    sent = [tracker.track(event_of(*event)) for event in order["events"]]
    tracker.flush()
    until = time.monotonic() + order["seconds"]
    while len(delivered) < len(sent) and time.monotonic() < until:
        time.sleep(0.05)
    json.dump({"sent": sent, "delivered": delivered, "failures": len(failures)}, sys.stdout)


def event_of(kind: str, arguments: Mapping[str, Any], contexts: Sequence[Mapping[str, Any]]) -> object:
    """Returns an event of one of the tracker's classes."""
    given = dict(arguments)
    if kind == "SelfDescribing":
        given["event_json"] = described(given["event_json"])
    return getattr(snowplow, kind)(**given, context=[described(one) for one in contexts])


def described(one: Mapping[str, Any]) -> object:
    """Returns self-describing JSON as the tracker wants it."""
    return snowplow.SelfDescribingJson(one["schema"], one["data"])


if __name__ == "__main__":
    main()
