"""Texts of dates, times and timestamps at the edges of a shape."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from observer.contracts.shape import Shape

_USUAL: Final[Mapping[str, str]] = {
    "date": "yyyy-MM-dd",
    "timestamp": "yyyy-MM-dd'T'HH:mm:ss",
    "time": "HH:mm:ss",
}
_DAYS: Final = (
    {"y": "2026", "M": "03", "d": "01", "H": "10", "m": "00", "s": "00"},
    {"y": "9999", "M": "12", "d": "31", "H": "23", "m": "59", "s": "58"},
    {"y": "0001", "M": "01", "d": "01", "H": "00", "m": "00", "s": "01"},
)
_PIECE: Final = re.compile(r"'([^']*)'|(([A-Za-z])\3*)|(.)", re.DOTALL)


def moments(shape: Shape) -> Iterator[str]:
    """Yields texts: a usual one, the earliest and the latest, and the bounds; with and without an offset."""
    options = shape.options
    bounds = [
        str(options[name])
        for name in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
        if name in options
    ]
    stated = options.get("format")
    written = [stated if isinstance(stated, str) else _USUAL[shape.type]]
    if stated is None and shape.type != "date":
        written.append(f"{_USUAL[shape.type]}XXX")
    made = [_rendered(one, day) for day in _DAYS for one in written]
    yield from made[: len(written)]
    yield from bounds
    yield from made


def _rendered(format_: str, day: Mapping[str, str]) -> str:
    text = ""
    for quoted, run, letter, other in _PIECE.findall(format_):
        if not run:
            text += other or quoted or "'"
        elif letter == "S":
            text += "0" * len(run)
        elif letter in "XZ":
            text += "Z" if letter == "X" else "+0000"
        else:
            text += day["y" if letter == "u" else letter]
    return text
