"""Networks as they are: an answer that gets lost, a sender that takes a place and dawdles."""

import http.client
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from tests.running import RunningObserver


class Relay:
    """What passed through a relay. answers: the observer's statuses; lost: how many of them nobody got to see."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.answers: list[int] = []
        self.lost = 0


@contextmanager
def losing_answers(observer: RunningObserver, answers: int) -> Iterator[Relay]:
    """Yields a relay that hands every request on, and hangs up instead of the first `answers` answers."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self._hand_on(self.rfile.read(int(self.headers["Content-Length"])))

        def do_GET(self) -> None:
            self._hand_on(None)

        def _hand_on(self, body: bytes | None) -> None:
            connection = http.client.HTTPConnection("127.0.0.1", observer.port, timeout=20)
            connection.request(self.command, self.path, body, dict(self.headers.items()))
            response = connection.getresponse()
            answer = response.read()
            connection.close()
            relay.answers.append(response.status)
            if relay.lost < answers:
                relay.lost += 1
                self.close_connection = True
                return
            self.send_response(response.status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *values: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    relay = Relay(f"http://127.0.0.1:{server.server_port}")
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield relay
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def place_taken(observer: RunningObserver) -> Iterator[None]:
    """Takes one of the collector's places, with a request that is begun and not gone on with, until the collector
    has turned somebody else away."""
    with socket.create_connection(("127.0.0.1", observer.port)) as dawdler:
        dawdler.sendall(b"POST /v1/batch HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{")

        def leave() -> None:
            until = time.monotonic() + 30
            while time.monotonic() < until and not observer.value(
                "martech_collector_requests_total", status="503"
            ):
                time.sleep(0.05)
            dawdler.shutdown(socket.SHUT_RDWR)

        leaving = Thread(target=leave)
        leaving.start()
        yield
        leaving.join()
