"""Kafka topics as a source declares them: by name, or all whose names match `/a pattern/`."""

import re
from functools import lru_cache
from typing import Final

_NAME: Final = re.compile(r"[A-Za-z0-9._-]{1,249}")
_SLASH: Final = "/"


def is_topic(text: str) -> bool:
    """Returns whether `text` is a name that Kafka gives to topics.

    Source: `org.apache.kafka.common.internals.Topic`: letters, digits, `.`, `_` and `-`, at most 249 of them.
    """
    return _NAME.fullmatch(text) is not None and text not in {".", ".."}


def is_pattern(text: str) -> bool:
    """Returns whether `text` stands between slashes. No name of a topic holds one."""
    return len(text) > 2 and text.startswith(_SLASH) and text.endswith(_SLASH)


def compiles(text: str) -> bool:
    """Returns whether what stands between the slashes is a regular expression as Python's `re` reads it."""
    try:
        _compiled(text)
    except (re.error, RecursionError, OverflowError):
        return False
    return True


def claims(declared: str, topic: str) -> bool:
    """Returns whether what a source declares covers a topic: its name, or a pattern that matches the whole name."""
    if is_pattern(declared):
        return _compiled(declared).fullmatch(topic) is not None
    return declared == topic


@lru_cache(maxsize=1_000)
def _compiled(declared: str) -> re.Pattern[str]:
    return re.compile(declared[1:-1])
