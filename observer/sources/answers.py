"""What the collector answers: each outcome in the shape that the sender's SDK reads.

An SDK that gets 200 may forget the event, so 200 means accepted and nothing else does. 4xx says that sending
the same again is of no use; 429 and 503 say when to try again.
"""

import json
from typing import Final, Literal, NamedTuple, TypeAlias

from aiohttp import web

Outcome: TypeAlias = Literal[
    "accepted",
    "unreadable",
    "unauthorized",
    "forbidden",
    "too_slow",
    "too_large",
    "too_many_events",
    "too_fast",
    "busy",
    "failed",
]

STATUS: Final[dict[Outcome, int]] = {
    "accepted": 200,
    "unreadable": 400,
    "unauthorized": 401,
    "forbidden": 403,
    "too_slow": 408,
    "too_large": 413,
    "too_many_events": 413,
    "too_fast": 429,
    "busy": 503,
    "failed": 503,
}

_SNOWPLOW_STATUS: Final[dict[Outcome, int]] = {**STATUS, "too_large": 422, "too_many_events": 422}
"""Snowplow's trackers send a batch again and again, and all that follows it, unless the answer is 2xx or one of 400,
401, 403, 410 and 422 (their default of `dontRetryStatusCodes`): 413 would stop them for good."""

PIXEL: Final = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,"
    b"\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)
"""A transparent image of one pixel."""

_RUDDERSTACK: Final[dict[Outcome, str]] = {
    "accepted": "OK",
    "unreadable": "invalid json",
    "unauthorized": "invalid write key",
    "forbidden": "source is disabled",
    "too_slow": "request timed out",
    "too_large": "request size exceeds max limit",
    "too_many_events": "request size exceeds max limit",
    "too_fast": "max requests limit reached",
    "busy": "service unavailable",
    "failed": "service unavailable",
}


class Answer(NamedTuple):
    """One outcome. explanation: for the developer who reads it, English; detail: a stable code such as the reason
    why a body could not be read; events, size_bytes, at: what an accepting answer of Amplitude tells."""

    outcome: Outcome
    explanation: str = ""
    detail: str = ""
    retry_after: int = 0
    events: int = 0
    size_bytes: int = 0
    at: float = 0.0


def respond(shape: str, answer: Answer, *, image: bool = False) -> web.Response:
    """Returns the HTTP response of `answer` in the shape of a dialect."""
    status = (_SNOWPLOW_STATUS if shape == "snowplow" else STATUS)[answer.outcome]
    headers = {"Retry-After": str(answer.retry_after or 1)} if status in {429, 503} else {}
    if status == 401:
        headers["WWW-Authenticate"] = 'Basic realm="write key"'
    if image and status == 200:
        return web.Response(body=PIXEL, content_type="image/gif", headers={"Cache-Control": "no-store"})
    if shape == "rudderstack":
        return web.Response(text=_RUDDERSTACK[answer.outcome], status=status, headers=headers)
    if shape == "amplitude":
        return _json(_amplitude(answer, status), status, headers)
    if shape == "ga4" and status == 200:
        return web.Response(status=204)
    if shape == "cloudevents" and status == 200:
        return web.Response(status=204)
    if shape == "snowplow":
        return web.Response(
            text="ok" if status == 200 else answer.explanation, status=status, headers=headers
        )
    return _json(_segment(answer), status, headers)


def _segment(answer: Answer) -> dict[str, object]:
    if answer.outcome == "accepted":
        return {"success": True}
    return {"success": False, "message": answer.explanation, "code": answer.detail or answer.outcome}


def _amplitude(answer: Answer, status: int) -> dict[str, object]:
    if answer.outcome == "accepted":
        return {
            "code": status,
            "events_ingested": answer.events,
            "payload_size_bytes": answer.size_bytes,
            "server_upload_time": int(answer.at * 1000),
        }
    # By these first words Amplitude's SDKs know that the key is wrong; without them they send again.
    wrong_key = "Invalid API key. " if answer.outcome == "unauthorized" else ""
    return {"code": status, "error": wrong_key + answer.explanation}


def _json(body: dict[str, object], status: int, headers: dict[str, str]) -> web.Response:
    return web.Response(
        text=json.dumps(body), status=status, headers=headers, content_type="application/json"
    )
