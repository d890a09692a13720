"""Cheap signs of a wire format in the bytes of a record and in its path."""

import re
from typing import Final

CALL_TYPE: Final = re.compile(rb'"type"\s*:\s*"(?:track|page|screen|identify|group|alias|merge)"')
"""What every call of Segment's envelope names, unless its path does."""


def steps(path: str) -> list[str]:
    """Returns the steps of a request's path, without its query."""
    return [step for step in path.partition("?")[0].split("/") if step]


def last_steps(path: str, number: int) -> str:
    """Returns the last `number` steps of a request's path joined by `/`, without its query."""
    return "/".join(steps(path)[-number:])
