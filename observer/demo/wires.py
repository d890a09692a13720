"""The wire formats of real SDKs: planned events of one source in, one HTTP request out."""

import base64
import gzip
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final, NamedTuple

from observer.demo.planned import Json, Planned
from observer.demo.tc_string import tc_string


class HttpRequest(NamedTuple):
    """One POST. path: with its query."""

    path: str
    headers: dict[str, str]
    body: bytes


class Way(NamedTuple):
    """How to reach a source. key: its write key; identifier: what else the dialect carries."""

    key: str
    identifier: str


def iso(time: float) -> str:
    """Returns a moment as SDKs write it: UTC, milliseconds, Z."""
    return datetime.fromtimestamp(time, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def segment(events: Sequence[Planned], way: Way, now: float) -> HttpRequest:
    """analytics.js in its batching mode: one sentAt and writeKey for all."""
    batch: list[Json] = [_call(event, now, _segment_context(event, now)) for event in events]
    body: Json = {"batch": batch, "sentAt": iso(now + events[0].clock), "writeKey": way.key}
    # Browsers send JSON as text/plain, since that needs no preflight.
    return HttpRequest("/v1/b", {"Content-Type": "text/plain"}, _json(body))


def rudderstack(events: Sequence[Planned], way: Way, now: float) -> HttpRequest:
    """The mobile SDK: gzip, Basic authorisation."""
    batch: list[Json] = [
        {**_call(event, now, _rudderstack_context(event)), "sentAt": iso(now + event.clock)}
        for event in events
    ]
    headers = {
        "Content-Type": "application/json",
        "Content-Encoding": "gzip",
        "Authorization": "Basic " + base64.b64encode(f"{way.key}:".encode()).decode(),
    }
    return HttpRequest("/v1/batch", headers, gzip.compress(_json({"batch": batch}), 1))


def snowplow(events: Sequence[Planned], way: Way, now: float) -> HttpRequest:
    """The JavaScript tracker: strings alone, self-describing data in base64url."""
    data: list[Json] = []
    for event in events:
        vendor, _, name = event.name.partition("/")
        inner: Json = {"schema": f"iglu:{vendor}/{name}/jsonschema/1-0-0", "data": event.payload}
        outer: Json = {
            "schema": "iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0",
            "data": inner,
        }
        data.append(
            {
                "e": "ue", "p": "web", "tv": "js-3.24.0", "aid": way.identifier, "eid": event.message_id,
                "duid": event.person, "url": event.url, "dtm": _milliseconds(now - event.age),
                "stm": _milliseconds(now), "ue_px": base64.urlsafe_b64encode(_json(outer)).decode().rstrip("="),
            }
        )  # fmt: skip
    body: Json = {
        "schema": "iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4",
        "data": data,
    }
    return HttpRequest(
        "/com.snowplowanalytics.snowplow/tp2",
        {"Content-Type": "application/json", "Origin": "https://magazine.maison-lumiere.example"},
        _json(body),
    )


def ga4(events: Sequence[Planned], way: Way, now: float) -> HttpRequest:
    """The Measurement Protocol from a server: one client a request."""
    first = events[0]
    choices = first.choices or {}
    said = "GRANTED" if choices.get("advertising") is True else "DENIED"
    body: Json = {
        "client_id": first.person,
        "timestamp_micros": int((now - first.age) * 1_000_000),
        "consent": {"ad_user_data": said, "ad_personalization": said},
        "events": [{"name": event.name, "params": event.payload} for event in events],
    }
    return HttpRequest(
        f"/mp/collect?measurement_id={way.identifier}&api_secret={way.key}",
        {"Content-Type": "application/json"},
        _json(body),
    )


def amplitude(events: Sequence[Planned], way: Way, now: float) -> HttpRequest:
    """The HTTP V2 API."""
    body: Json = {
        "api_key": way.key,
        "events": [
            {
                "device_id": event.person,
                "event_type": event.name,
                "insert_id": event.message_id,
                "time": int((now - event.age) * 1000),
                "library": "amplitude-kotlin/1.20.0",
                "event_properties": event.payload,
            }
            for event in events
        ],
    }
    return HttpRequest("/2/httpapi", {"Content-Type": "application/json"}, _json(body))


def cloudevents(events: Sequence[Planned], way: Way, now: float) -> HttpRequest:
    """A batch in structured mode."""
    body: list[Json] = [
        {
            "specversion": "1.0",
            "id": event.message_id,
            "source": way.identifier,
            "type": event.name,
            "time": iso(now - event.age),
            "datacontenttype": "application/json",
            "data": event.payload,
        }
        for event in events
    ]
    headers = {"Content-Type": "application/cloudevents-batch+json", "Authorization": f"Bearer {way.key}"}
    return HttpRequest("/cloudevents", headers, _json(body))


def plain(events: Sequence[Planned], way: Way, now: float) -> HttpRequest:
    """The customer database's own JSON."""
    body: list[Json] = [
        {
            "type": event.kind,
            "event_name": event.name,
            "id": event.message_id,
            "contact_id": event.person,
            "occurred_at": iso(now - event.age),
            "sent_at": iso(now),
            "data": event.payload,
        }
        for event in events
    ]
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {way.key}"}
    return HttpRequest("/events/crm", headers, _json(body))


WIRES: Final[Mapping[str, Callable[[Sequence[Planned], Way, float], HttpRequest]]] = {
    "segment": segment,
    "rudderstack": rudderstack,
    "snowplow": snowplow,
    "ga4": ga4,
    "amplitude": amplitude,
    "cloudevents": cloudevents,
    "plain": plain,
}
"""By dialect."""


def _call(event: Planned, now: float, context: dict[str, Json]) -> dict[str, Json]:
    call: dict[str, Json] = {
        "type": event.kind,
        "messageId": event.message_id,
        "anonymousId": event.person,
        "originalTimestamp": iso(now - event.age + event.clock),
        "context": {**context, **event.context},
        "properties": event.payload,
    }
    if event.integrations:
        call["integrations"] = dict(event.integrations)
    if event.name:
        call["event"] = event.name
    return call


def _segment_context(event: Planned, now: float) -> dict[str, Json]:
    context: dict[str, Json] = {
        "library": {"name": "analytics.js", "version": "next-1.81.0"},
        "page": {"url": event.url},
        "locale": "fr-FR",
    }
    if event.choices is not None:
        context["consent"] = {"categoryPreferences": event.choices}
    if event.tc_string:
        context["gdpr_consent"] = tc_string(event.tc_string, now)
    return context


def _rudderstack_context(event: Planned) -> dict[str, Json]:
    context: dict[str, Json] = {
        "library": {"name": "com.rudderstack.android.sdk.core", "version": "1.26.0"},
        "app": {"name": "Maison Lumière", "version": "4.2.0"},
        "os": {"name": "Android", "version": "15"},
    }
    if event.choices is not None:
        context["consentManagement"] = {
            "provider": "custom",
            "allowedConsentIds": [name for name, yes in event.choices.items() if yes],
            "deniedConsentIds": [name for name, yes in event.choices.items() if not yes],
        }
    return context


def _milliseconds(time: float) -> str:
    return str(int(time * 1000))


def _json(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
