"""What a sender put into bytes that no server can parse stays out of the log."""

import asyncio
import json
from collections.abc import Iterator
from io import StringIO

import pytest
import structlog
from aiohttp import web

from observer.logs import configure_logs
from observer.sources.server_log import server_logger

PERSON = "jeanne.martin@courriel.example"


@pytest.fixture
def stream() -> Iterator[StringIO]:
    written = StringIO()
    configure_logs(stream=written)
    yield written
    structlog.reset_defaults()


async def asked(sent: bytes) -> bytes:
    """Returns what a server that logs with our logger answers to these bytes."""

    async def fail(_request: web.Request) -> web.Response:
        raise ValueError(f"cannot read {PERSON}")

    app = web.Application()
    app.router.add_get("/", fail)
    runner = web.AppRunner(app, logger=server_logger())
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    reader, writer = await asyncio.open_connection(*runner.addresses[0][:2])
    writer.write(sent)
    answer = await reader.readline()
    writer.close()
    await runner.cleanup()
    return answer


SENT = {
    "an address that is too long": (
        f"GET /i?uid={PERSON}&x={'y' * 20_000} HTTP/1.1\r\nHost: localhost\r\n\r\n", 400, "LineTooLong",
    ),
    "chunks of no size": (
        f"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n{PERSON}\r\n", 400, "BadHttpMessage",
    ),
    "a fault of our own": ("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", 500, "ValueError"),
}  # fmt: skip


@pytest.mark.parametrize(("sent", "status", "kind"), SENT.values(), ids=SENT)
async def test_the_log_says_the_kind_of_fault_and_where(
    stream: StringIO, sent: str, status: int, kind: str
) -> None:
    assert str(status).encode() in await asked(sent.encode())
    [line] = stream.getvalue().splitlines()
    told = json.loads(line)
    assert told["kind"] in {kind, "TransferEncodingError"}
    assert told["place"].partition(":")[0].endswith((".py", ".pyx"))
    assert PERSON not in line
