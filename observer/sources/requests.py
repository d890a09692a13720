"""What an HTTP request carries: its body, its key, its identifiers. What the body is decides, never its type header."""

import asyncio
import base64
import re
import zlib
from typing import Final

import msgspec
from aiohttp import web
from aiohttp.web_exceptions import HTTPRequestEntityTooLarge

from observer.dialects.documents import BYTE_ORDER_MARK, refusal
from observer.dialects.splitting import key_text, split_object
from observer.model import Record

_GZIP: Final = b"\x1f\x8b"
_PLAIN: Final = frozenset({"", "identity"})
_SECRET_PARAMETERS: Final = ("writeKey", "write_key", "api_secret", "api_key")
_KEPT_HEADERS: Final = ("content-type", "anonymousid", "sec-gpc")
_MOST_MEMBERS: Final = 64
"""Gzip members in one body: each costs a look at all that follows, and no sender needs more than one."""
_KEY_NAMES: Final = frozenset({"writeKey", "api_key"})
_KEY: Final = re.compile(rb'"(?:writeKey|api_key)"\s*:\s*("[^"\\]{1,200}")')
_APP_ID: Final = re.compile(rb'"aid"\s*:\s*("[^"\\]{1,200}")')
_MARK: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+"|[\[{}\],]', re.DOTALL)


class BodyTooLargeError(Exception):
    """The body is larger than its limit, before or after decompression."""


class BodyUnreadableError(Exception):
    """The body cannot be decompressed."""


class BodyTooSlowError(Exception):
    """The body did not arrive in time."""


class _Key(msgspec.Struct, gc=False):
    writeKey: str = ""  # noqa: N815  (the wire's name)
    api_key: str = ""


class _Batch(msgspec.Struct, gc=False):
    batch: list[msgspec.Raw] = []
    events: list[msgspec.Raw] = []
    data: list[msgspec.Raw] = []


class _Tracker(msgspec.Struct, gc=False):
    aid: str = ""


class _Payload(msgspec.Struct, gc=False):
    data: list[_Tracker] = []


class _CloudEvent(msgspec.Struct, gc=False):
    source: str = ""


_read_key: Final = msgspec.json.Decoder(_Key).decode
_read_batch: Final = msgspec.json.Decoder(_Batch).decode
_read_payload: Final = msgspec.json.Decoder(_Payload).decode
_read_cloudevents: Final = msgspec.json.Decoder(_CloudEvent | list[_CloudEvent]).decode
_UNREADABLE: Final = (msgspec.DecodeError, ValueError, RecursionError)


def announced(request: web.Request, limit: int) -> int:
    """Returns how many bytes a request may bring: what it announces, else all that the limit allows."""
    length = request.content_length
    return limit if length is None else min(length, limit)


async def read_body(request: web.Request, limit: int, seconds: float) -> bytes:
    """Returns the body, decompressed where it is gzip whatever the headers say. The server must not unpack it before.

    Raises BodyTooLargeError above `limit` bytes after decompression, BodyUnreadableError for broken gzip,
    BodyTooSlowError where it is not there after `seconds`.
    """
    try:
        async with asyncio.timeout(seconds):
            body = await request.read()
    except TimeoutError as error:
        raise BodyTooSlowError from error
    except HTTPRequestEntityTooLarge as error:
        raise BodyTooLargeError from error
    except (web.RequestPayloadError, ConnectionError) as error:
        raise BodyUnreadableError from error
    coding = request.headers.get("Content-Encoding", "").strip().lower()
    if body.startswith(_GZIP):
        body = _inflate(body, limit)
    elif coding == "deflate":
        body = _deflated(body, limit)
    elif coding not in _PLAIN:
        raise BodyUnreadableError
    if len(body) > limit:
        raise BodyTooLargeError
    return body


def _deflated(body: bytes, limit: int) -> bytes:
    """Returns the body of the coding `deflate`, which is a zlib stream (RFC 9110, section 8.4.1.2)."""
    stream = zlib.decompressobj()
    try:
        inflated = stream.decompress(body, limit + 1)
    except zlib.error as error:
        raise BodyUnreadableError from error
    if len(inflated) <= limit and not stream.eof:
        raise BodyUnreadableError
    return inflated


def _inflate(body: bytes, limit: int) -> bytes:
    """Returns what all members of a gzip file hold together (RFC 1952, section 2.2)."""
    inflated = bytearray()
    for _ in range(_MOST_MEMBERS):
        member = zlib.decompressobj(wbits=31)
        try:
            inflated += member.decompress(body, limit + 1 - len(inflated))
        except zlib.error as error:
            raise BodyUnreadableError from error
        if len(inflated) > limit:
            raise BodyTooLargeError
        if not member.eof:
            raise BodyUnreadableError
        body = member.unused_data
        if not body:
            return bytes(inflated)
    raise BodyUnreadableError


def record(request: web.Request, body: bytes, received: float) -> Record:
    """Returns the record of a request. Its path keeps no key, its headers are those that a dialect reads."""
    path = request.path_qs
    if any(name in path for name in _SECRET_PARAMETERS):
        path = str(request.rel_url.without_query_params(*_SECRET_PARAMETERS))
    headers = {
        name.lower(): value
        for name, value in request.headers.items()
        if name.lower() in _KEPT_HEADERS or name.lower().startswith("ce-")
    }
    return Record(value=body, received=received, headers=headers, path=path)


def authorization_key(request: web.Request) -> str:
    """Returns the key of the Authorization header: the user of Basic, the token of Bearer, else ""."""
    scheme, _, rest = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return rest.strip()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(rest.strip(), validate=True).decode().partition(":")[0]
        except ValueError:
            return ""
    return ""


def write_key(request: web.Request, body: bytes) -> str:
    """Returns the write key: of the Authorization header, the query or the body, in this order."""
    return authorization_key(request) or request.query.get("writeKey", "") or body_key(body)


def body_key(body: bytes) -> str:
    """Returns the body's `writeKey` or `api_key`, or "" where it has none.

    One event that is no JSON leaves the key of its batch readable; of a body that was cut off it is the first key
    in it, so that what arrived is judged and counted as its source's.
    """
    try:
        found = _read_key(body)
    except _UNREADABLE:
        return _key_of_broken(body)
    return found.writeKey or found.api_key


def _key_of_broken(body: bytes) -> str:
    members = split_object(body)
    if members is None:
        return _first(_KEY, body)
    return next((key_text(raw) or "" for name, raw in members if key_text(name) in _KEY_NAMES), "")


def _first(pattern: re.Pattern[bytes], body: bytes) -> str:
    found = pattern.search(body)
    return key_text(found.group(1)) or "" if found else ""


def why_unreadable(body: bytes) -> str:
    """Returns the reason why the body is no JSON, or "" where it is."""
    found = refusal(body.removeprefix(BYTE_ORDER_MARK))
    return found.reason if found else ""


def holds_more_events_than(body: bytes, limit: int) -> bool:
    """Returns whether the body is a batch of more than `limit` events, readable or not."""
    if body.count(b",") < limit:
        return False
    try:
        if body.lstrip()[:1] == b"[":
            return len(msgspec.json.decode(body, type=list[msgspec.Raw])) > limit
        found = _read_batch(body)
    except _UNREADABLE:
        return _broken_holds_more_than(body, limit)
    return max(len(found.batch), len(found.events), len(found.data)) > limit


def _broken_holds_more_than(body: bytes, limit: int) -> bool:
    """Counts the commas of a list, or of each member of an object, and stops as soon as they are too many: what no
    decoder reads whole is taken apart later, event by event, and each of them costs."""
    if body.count(b",") < limit:
        return False
    level = 1 if body.removeprefix(BYTE_ORDER_MARK).lstrip()[:1] == b"[" else 2
    depth = commas = 0
    for found in _MARK.finditer(body):
        mark = found.group()
        if mark == b",":
            commas += depth == level
            if commas >= limit:
                return True
        elif mark in b"[{":
            depth += 1
        elif mark in b"]}":
            depth -= 1
            commas = commas if depth >= level else 0
    return False


def snowplow_app_id(request: web.Request, body: bytes) -> str:
    """Returns the app id of a tracker's first event, or ""; of a body that cannot be read the first one in it."""
    if "aid" in request.query:
        return request.query["aid"]
    try:
        data = _read_payload(body).data
    except _UNREADABLE:
        return _first(_APP_ID, body)
    return data[0].aid if data else ""


def cloudevent_source(request: web.Request, body: bytes) -> str:
    """Returns the `source` of the first CloudEvent, in binary or structured mode, or ""."""
    header = request.headers.get("ce-source", "")
    if header:
        return header
    try:
        found: _CloudEvent | list[_CloudEvent] = _read_cloudevents(body)
    except _UNREADABLE:
        return ""
    first = found if isinstance(found, _CloudEvent) else next(iter(found), None)
    return first.source if first else ""
