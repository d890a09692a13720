"""What the HTTP server logs about requests that it cannot read: the kind of fault and where, never what was sent.

aiohttp puts the bytes that it could not parse into its messages, and those may be the start of an event.
"""

import logging
import traceback
from pathlib import Path

import structlog

log = structlog.get_logger(__name__)


class _KindAlone(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        fault = record.exc_info[1] if record.exc_info else None
        if fault is None:
            log.log(record.levelno, "http server", kind=record.funcName)
            return
        last = traceback.extract_tb(fault.__traceback__)[-1:]
        place = f"{Path(last[0].filename).name}:{last[0].lineno}" if last else ""
        log.log(record.levelno, "request not answered as meant", kind=type(fault).__name__, place=place)


def server_logger() -> logging.Logger:
    """Returns the logger to give to aiohttp's server. It stands alone: no other handler sees its records."""
    logger = logging.Logger("observer.http", logging.INFO)
    logger.addHandler(_KindAlone())
    return logger
