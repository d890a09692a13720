"""Payloads with the number of a schema, and a registry that knows it, on a real HTTP server."""

import io
import json
from collections.abc import AsyncIterator

import fastavro
import pytest
from aiohttp import web
from pydantic import SecretStr

from observer.errors import BrokerError
from observer.model import Undecodable
from observer.settings import Registry as Settings
from streams.registry import Registry

ORDER = {
    "type": "record", "name": "Order",
    "fields": [{"name": "type", "type": "string"}, {"name": "total", "type": ["null", "double"]}],
}  # fmt: skip
SCHEMAS = {
    "1": {"schema": json.dumps(ORDER)},
    "2": {"schema": "{}", "schemaType": "JSON"},
    "3": {"schema": "syntax = 'proto3';", "schemaType": "PROTOBUF"},
    "4": {"schema": "{not avro"},
    "5": {"schema": '"Order"', "references": [{"name": "Order", "subject": "order", "version": 1}]},
}


@pytest.fixture
async def address() -> AsyncIterator[str]:
    async def schema(request: web.Request) -> web.Response:
        asked.append(request.match_info["id"])
        if request.headers.get("Authorization") != "Basic cmVhZGVyOnMzY3JldC13b3Jk":
            return web.Response(status=401)
        found = SCHEMAS.get(request.match_info["id"])
        return web.json_response(found) if found else web.json_response({"error_code": 40403}, status=404)

    asked.clear()
    app = web.Application()
    app.add_routes([web.get("/schemas/ids/{id}", schema)])
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    await runner.cleanup()


asked: list[str] = []


def _avro(number: int, value: object) -> bytes:
    out = io.BytesIO()
    fastavro.schemaless_writer(out, ORDER, value)
    return framed(number, out.getvalue())


def framed(number: int, payload: bytes) -> bytes:
    return b"\x00" + number.to_bytes(4, "big") + payload


def _registry(address: str, password: str = "s3cret-word") -> Registry:
    return Registry(Settings(url=address, username="reader", password=SecretStr(password)))


PAYLOADS = {
    "Avro becomes JSON": (_avro(1, {"type": "track", "total": 9.5}), b'{"type":"track","total":9.5}'),
    "Avro that is cut off": (_avro(1, {"type": "track", "total": 9.5})[:-3], "schema_mismatch"),
    "Avro with something behind it": (_avro(1, {"type": "track", "total": None}) + b"x", "schema_mismatch"),
    "JSON passes as it is": (framed(2, b'{"a": 1}'), b'{"a": 1}'),
    "JSON that is none is for the dialect to tell": (framed(2, b"{"), b"{"),
    "Protobuf is not read": (framed(3, b"\x00\x08\x01"), "schema_type"),
    "a schema that is none": (framed(4, b"\x00"), "schema_type"),
    "a schema that refers to another": (framed(5, b"\x00"), "schema_type"),
    "a schema that the registry does not know": (framed(99, b"\x00"), "unknown_schema"),
}


@pytest.mark.parametrize(("value", "expected"), PAYLOADS.values(), ids=PAYLOADS)
async def test_a_framed_payload(value: bytes, expected: bytes | str, address: str) -> None:
    registry = _registry(address)
    await registry.learn([value])
    found = registry.unwrap("topic", value)
    assert (found.reason if isinstance(found, Undecodable) else found) == expected


async def test_a_schema_is_asked_for_once(address: str) -> None:
    registry = _registry(address)
    values = [_avro(1, {"type": "track", "total": None})] * 50 + [framed(99, b"-")]
    await registry.learn(values)
    await registry.learn(values)
    assert sorted(asked) == ["1", "99"]


async def test_a_registry_that_does_not_answer_says_nothing_of_the_values(address: str) -> None:
    for registry in (_registry("http://127.0.0.1:9"), _registry(address, "another-word")):
        with pytest.raises(BrokerError) as caught:
            await registry.learn([framed(1, b"x")])
        assert "s3cret" not in str(caught.value) and "another-word" not in str(caught.value)
