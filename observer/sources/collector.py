"""The HTTP collector: the addresses that SDKs write to, and nothing but finding the source and answering."""

from collections.abc import Awaitable, Callable
from typing import Final, NamedTuple, TypeAlias

from aiohttp import web

from observer.catalog import Source
from observer.errors import ObserverError, OverloadedError, TooLargeError
from observer.messages import say
from observer.model import Record
from observer.sources import requests
from observer.sources.answers import Answer, Outcome, respond
from observer.sources.cors import Cors
from observer.sources.keyring import KeyRing
from observer.sources.pace import Pace
from observer.sources.receipt import Submit

CALLS: Final = (
    "identify", "track", "page", "screen", "group", "alias", "merge", "batch", "import",
    "i", "t", "p", "s", "g", "a", "b",
)  # fmt: skip
SEGMENT_FAMILY: Final = ("segment", "rudderstack")
SNOWPLOW_PATHS: Final = ("/com.snowplowanalytics.snowplow/tp2", "/com.snowplowanalytics.iglu/v1", "/i")


class Limits(NamedTuple):
    """What one request may hold, and all of them together.

    body_bytes: after decompression; batch_events: events in one request; requests_in_flight: requests that are read
    or wait at one time; bytes_in_flight: what their bodies may come to, so that they cannot fill the memory, known
    key or not; body_seconds: how long a body may take to arrive, so that slow senders cannot hold those places.
    """

    body_bytes: int = 5_000_000
    batch_events: int = 2_500
    requests_in_flight: int = 2_000
    body_seconds: float = 30.0
    bytes_in_flight: int = 128_000_000


Found: TypeAlias = tuple[Source | None, Answer | None]
"""The source of a request, or why there is none."""
Find: TypeAlias = Callable[[web.Request, bytes], Found]
Count: TypeAlias = Callable[[str, int], None]
"""Told the dialect (or "" where no source was found) and the status of each answer."""


class Collector:
    """Routes that accept events. Judges nothing: `submit` does."""

    def __init__(
        self,
        ring: Callable[[], KeyRing],
        submit: Submit,
        now: Callable[[], float],
        count: Count,
        pace: Pace,
        limits: Limits,
    ) -> None:
        self._ring = ring
        self._submit = submit
        self._now = now
        self._count = count
        self._pace = pace
        self._limits = limits
        self._in_flight = 0
        self._bytes = 0
        self._cors = Cors(lambda origin: ring().declares_origin(origin))

    def routes(self) -> list[web.RouteDef]:
        """Returns the routes that SDKs know."""
        calls = "|".join(CALLS)
        table: list[tuple[str, str, str, Find]] = [
            ("POST", f"/v1/{{call:{calls}}}", "segment", self._by_write_key),
            ("POST", "/beacon/v1/batch", "rudderstack", self._by_write_key),
            ("GET", "/pixel/v1/{call:track|page}", "rudderstack", self._by_write_key),
            ("POST", "/mp/collect", "ga4", self._by_measurement_id),
            ("POST", "/2/httpapi", "amplitude", self._by_api_key),
            ("POST", "/batch", "amplitude", self._by_api_key),
            ("POST", "/cloudevents", "cloudevents", self._by_bearer),
            ("POST", "/events/{source}", "plain", self._by_name),
        ]
        for path in SNOWPLOW_PATHS:
            table.append(("POST", path, "snowplow", self._by_app_id))
            table.append(("GET", path, "snowplow", self._by_app_id))
        routes = [web.route(method, path, self._handler(shape, find)) for method, path, shape, find in table]
        preflights = {path for _, path, _, _ in table}
        return [*routes, *(web.options(path, self._cors.preflight) for path in sorted(preflights))]

    def declared_routes(self) -> list[web.RouteDef]:
        """Returns routes for the paths that sources declare, whichever catalog is in force. Add them last: they
        answer for every path that nothing else does, with 404 where no source declares it."""
        handle = self._handler("snowplow", self._by_app_id)

        async def declared(request: web.Request) -> web.Response:
            if self._ring().by_path(request.path) is not None:
                return await handle(request)
            self._count("", 404)
            response = web.json_response({"error": say("collector.answer.no_route", "en")}, status=404)
            self._cors.allow(request, response)
            return response

        return [
            web.get("/{declared:.+}", declared),
            web.post("/{declared:.+}", declared),
            web.options("/{declared:.+}", self._cors.preflight),
        ]

    def _handler(self, shape: str, find: Find) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def handle(request: web.Request) -> web.Response:
            size = requests.announced(request, self._limits.body_bytes)
            self._in_flight += 1
            self._bytes += size
            try:
                source, answer = await self._accept(request, find)
            finally:
                self._in_flight -= 1
                self._bytes -= size
            chosen = source.dialect.name if source and source.dialect.name in SEGMENT_FAMILY else shape
            response = respond(chosen, answer, image=request.method == "GET")
            self._cors.allow(request, response)
            self._count(source.dialect.name if source else "", response.status)
            return response

        return handle

    async def _accept(self, request: web.Request, find: Find) -> tuple[Source | None, Answer]:
        received = self._now()
        limits = self._limits
        if self._in_flight > limits.requests_in_flight or self._bytes > limits.bytes_in_flight:
            return None, _refusal("busy", retry_after=1)
        try:
            body = await requests.read_body(request, self._limits.body_bytes, self._limits.body_seconds)
        except requests.BodyTooLargeError:
            return None, _refusal("too_large", limit=self._limits.body_bytes)
        except requests.BodyUnreadableError:
            return None, _refusal("unreadable", detail="bad_compression")
        except requests.BodyTooSlowError:
            return None, _refusal("too_slow")
        source, refused = find(request, body)
        if source is None or refused is not None:
            return source, refused or _refusal("unauthorized")
        if requests.holds_more_events_than(body, self._limits.batch_events):
            return source, _refusal("too_many_events", limit=self._limits.batch_events)
        wait = self._pace.wait(source.id, received)
        if wait:
            return source, _refusal("too_fast", retry_after=wait)
        return source, await self._submitted(source, requests.record(request, body, received), len(body))

    async def _submitted(self, source: Source, record: Record, size: int) -> Answer:
        try:
            receipt = await self._submit(source.id, record)
        except OverloadedError as error:
            return _refusal("busy", retry_after=error.retry_after)
        except TooLargeError as error:
            return _refusal("too_large", limit=error.limit)
        except ObserverError:
            return _refusal("failed", retry_after=5)
        assert record.received is not None
        self._pace.spend(source.id, receipt.events, record.received)
        if receipt.unreadable:
            return _unreadable(receipt.unreadable)
        return Answer("accepted", events=receipt.events, size_bytes=size, at=record.received)

    def _by_write_key(self, request: web.Request, body: bytes) -> Found:
        return self._by_any_key(requests.write_key(request, body), SEGMENT_FAMILY, body)

    def _by_api_key(self, request: web.Request, body: bytes) -> Found:
        return self._by_any_key(requests.body_key(body), ("amplitude",), body)

    def _by_any_key(self, key: str, dialects: tuple[str, ...], body: bytes) -> Found:
        if not key and (reason := requests.why_unreadable(body)):
            return None, _unreadable(reason)
        return self._ring().by_key(key, dialects), None

    def _by_measurement_id(self, request: web.Request, body: bytes) -> Found:
        ring, query = self._ring(), request.query
        stream = query.get("measurement_id", "") or query.get("firebase_app_id", "")
        source = ring.by_identifier(stream, "ga4")
        if source is None or not ring.holds(source, query.get("api_secret", "")):
            return None, _refusal("unauthorized")
        return source, None

    def _by_bearer(self, request: web.Request, body: bytes) -> Found:
        source = self._ring().by_key(requests.authorization_key(request), ("cloudevents",))
        if source is None:
            return None, _refusal("unauthorized")
        origin = requests.cloudevent_source(request, body)
        if source.identifiers and origin and origin not in source.identifiers:
            return source, _refusal("forbidden", detail="undeclared_source")
        return source, None

    def _by_name(self, request: web.Request, body: bytes) -> Found:
        ring = self._ring()
        source = ring.by_name(request.match_info["source"])
        if source is None or not ring.holds(source, requests.authorization_key(request)):
            return None, _refusal("unauthorized")
        return source, None

    def _by_app_id(self, request: web.Request, body: bytes) -> Found:
        ring, origin = self._ring(), request.headers.get("Origin", "")
        source = (
            ring.by_identifier(requests.snowplow_app_id(request, body), "snowplow")
            or ring.by_path(request.path)
            or ring.by_origin(origin, "snowplow")
        )
        if source is None:
            return None, _refusal("unauthorized", detail="unknown_app_id")
        if origin and origin not in source.origins:
            return source, _refusal("forbidden", detail="undeclared_origin")
        return source, None


def _unreadable(reason: str) -> Answer:
    return Answer("unreadable", say(f"decoding.{reason}"), reason)


def _refusal(outcome: Outcome, *, detail: str = "", retry_after: int = 0, limit: int = 0) -> Answer:
    return Answer(
        outcome,
        say(f"collector.answer.{outcome}", "en", limit=limit, seconds=retry_after),
        detail,
        retry_after,
    )
