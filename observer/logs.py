"""Logs: JSON lines on standard error, readable ones on a terminal. Never a line for each event."""

import logging
import sys
from collections.abc import Callable
from typing import Any, TextIO, TypeAlias

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

Scrub: TypeAlias = Callable[[str, Any], Any]
"""(key, value) -> the value as it may be written. Called for every field of every line."""

_OURS: frozenset[str] = frozenset({"timestamp", "level"})


def configure_logs(
    *, level: int = logging.INFO, stream: TextIO | None = None, scrub: Scrub | None = None
) -> None:
    """Sets up structlog for the whole process; standard logging is left to whoever uses it.

    level: lines below it are dropped; stream: standard error where none is given; scrub: what masks values that
    must not be written, as the text of somebody else's exception.
    """
    out = stream if stream is not None else sys.stderr
    processors: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    if scrub is not None:
        processors.append(_scrubbing(scrub))
    structlog.configure(
        processors=[*processors, _renderer(out)],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(file=out),
        cache_logger_on_first_use=False,
    )


def _scrubbing(scrub: Scrub) -> Processor:
    def process(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        return {key: value if key in _OURS else scrub(key, value) for key, value in event.items()}

    return process


def _renderer(stream: TextIO) -> Processor:
    if stream.isatty():
        return structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    return structlog.processors.JSONRenderer()
