"""A real `observer run` in a process of its own, for tests that use it as its users do."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

KEYS = {
    "MARTECH_KEY_WEB_SHOP": "test-key-web-shop",
    "MARTECH_KEY_APP": "test-key-app",
    "MARTECH_KEY_TILLS": "test-key-tills",
    "MARTECH_KEY_LOYALTY": "test-key-loyalty",
    "MARTECH_KEY_SERVER_ORDERS": "test-key-server-orders",
    "MARTECH_KEY_CRM": "test-key-crm",
}
EXAMPLE = Path(__file__).parents[1] / "schemas"


def free_port() -> int:
    """Returns a port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def fetched(address: str) -> str:
    """Returns the body of a GET, "" where nobody answers yet."""
    try:
        with urllib.request.urlopen(address, timeout=10) as response:
            text: str = response.read().decode()
            return text
    except OSError:
        return ""


class RunningObserver:
    """One process. `address` has no slash at its end."""

    def __init__(self, process: "subprocess.Popen[str]", port: int, state: Path) -> None:
        self.process = process
        self.port = port
        self.state = state
        self.address = f"http://127.0.0.1:{port}"

    def get(self, path: str, **headers: str) -> str:
        """Returns the body of a GET."""
        request = urllib.request.Request(self.address + path, headers=headers)
        with urllib.request.urlopen(request, timeout=10) as response:
            text: str = response.read().decode()
            return text

    def post(self, path: str, body: bytes, **headers: str) -> int:
        """Returns the status of a POST."""
        request = urllib.request.Request(self.address + path, data=body, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                status: int = response.status
                return status
        except urllib.error.HTTPError as error:
            with error:
                return error.code

    def summary(self) -> Any:
        """Returns the page's summary as JSON."""
        return json.loads(self.get("/api/summary"))

    def value(self, metric: str, **labels: str) -> float:
        """Returns the sum of a metric's series whose labels are as given, as /metrics says now."""
        total = 0.0
        for line in self.get("/metrics").splitlines():
            name, _, rest = line.partition("{")
            if name == metric and all(f'{label}="{value}"' in rest for label, value in labels.items()):
                total += float(rest.rpartition(" ")[2])
        return total

    def wait_for(self, metric: str, expected: float, seconds: float = 15, **labels: str) -> None:
        """Returns once a metric has reached a value; fails with what it is instead."""
        until = time.monotonic() + seconds
        while (found := self.value(metric, **labels)) != expected and time.monotonic() < until:
            time.sleep(0.1)
        assert found == expected, f"{metric}{labels}: expected {expected}, got {found}"

    def kill(self) -> None:
        """SIGKILL, and waits until the process is gone."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        """SIGTERM. Returns the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30)


@contextmanager
def observer_running(
    state: Path, *arguments: str, environment: Mapping[str, str] | None = None
) -> Iterator[RunningObserver]:
    """Yields an observer of the example company, ready, with the keys of KEYS; stops it at the end."""
    port = free_port()
    command = [sys.executable, "-m", "observer", "run", "--port", str(port), "--state", str(state)]
    command += ["--catalog", str(EXAMPLE), *arguments]
    log = (state.parent / f"{state.name}.log").open("a")
    process = subprocess.Popen(
        command, env={**os.environ, **KEYS, **(environment or {})}, stdout=log, stderr=log, text=True
    )
    running = RunningObserver(process, port, state)
    try:
        _until_ready(running, Path(log.name))
        yield running
    finally:
        if process.poll() is None:
            running.stop()
        log.close()


def _until_ready(running: RunningObserver, log: Path) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        assert running.process.poll() is None, f"the observer ended:\n{log.read_text()}"
        try:
            running.get("/readyz")
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"the observer was not ready in time:\n{log.read_text()}")
