"""The clocks, and what a log line looks like."""

import io
import json
import time
from collections.abc import Iterator

import pytest
import structlog

from observer.clock import Clock, ManualClock, SystemClock
from observer.logs import configure_logs


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    structlog.reset_defaults()


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_system_clock_tells_the_machine_s_time() -> None:
    clock: Clock = SystemClock()
    assert abs(clock.now() - time.time()) < 1


def test_a_manual_clock_moves_only_when_told() -> None:
    clock = ManualClock(5.0)
    assert (clock.now(), clock.now()) == (5.0, 5.0)
    clock.advance(-2.5)
    assert clock.now() == 2.5


def test_a_line_is_json_with_level_and_time() -> None:
    stream = io.StringIO()
    configure_logs(stream=stream)
    structlog.get_logger("x").warning("catalog refused", problems=2, name="Lumière")
    line = json.loads(stream.getvalue())
    assert line.pop("timestamp").endswith("Z")
    assert line == {"event": "catalog refused", "level": "warning", "problems": 2, "name": "Lumière"}


def test_lines_below_the_level_are_dropped() -> None:
    stream = io.StringIO()
    configure_logs(stream=stream)
    structlog.get_logger().debug("x")
    assert stream.getvalue() == ""


def test_an_exception_stays_on_one_line() -> None:
    stream = io.StringIO()
    configure_logs(stream=stream)
    try:
        raise ValueError("no")
    except ValueError:
        structlog.get_logger().exception("failed")
    assert stream.getvalue().count("\n") == 1
    assert "ValueError: no" in json.loads(stream.getvalue())["exception"]


def test_what_must_not_be_written_is_masked() -> None:
    stream = io.StringIO()
    configure_logs(stream=stream, scrub=lambda key, value: "***" if "@" in str(value) else value)
    structlog.get_logger().info("asked", who="a@b.example", port=1)
    line = json.loads(stream.getvalue())
    assert (line["who"], line["port"], line["event"], line["level"]) == ("***", 1, "asked", "info")


def test_a_terminal_gets_lines_for_people() -> None:
    stream = Terminal()
    configure_logs(stream=stream)
    structlog.get_logger().info("ready", port=1)
    assert "ready" in stream.getvalue()
    assert not stream.getvalue().startswith("{")
