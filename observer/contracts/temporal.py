"""Dates, times and timestamps as text: which text is one, and which of two is earlier.

Without a `format`, a date is `YYYY-MM-DD`, a timestamp is RFC 3339 with its offset, a time is RFC 3339 without
one. `timezone` says whether the offset is there. A `format` is a pattern of Java's DateTimeFormatter, as ODCS asks;
of its letters those that name a moment in digits are known: y u M d H m s S X Z.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple, TypeAlias

Moment: TypeAlias = tuple[int, str]
"""(seconds, digits of the fraction without trailing zeros): compares as time does."""

_DATE: Final = r"(?P<y>\d{4})-(?P<M>\d\d)-(?P<d>\d\d)"
_TIME: Final = r"(?P<H>\d\d):(?P<m>\d\d):(?P<s>\d\d)(?:\.(?P<S>\d+))?"
_OFFSET: Final = r"(?P<X>[Zz]|[+-]\d\d:\d\d)"
_DEFAULTS: Final[Mapping[tuple[str, bool], str]] = {
    ("date", False): _DATE,
    ("timestamp", True): f"{_DATE}[Tt]{_TIME}{_OFFSET}",
    ("timestamp", False): f"{_DATE}[Tt]{_TIME}",
    ("time", True): _TIME + _OFFSET,
    ("time", False): _TIME,
}
_LETTERS: Final[Mapping[str, str]] = {
    "yyyy": r"(?P<y>\d{4})",
    "uuuu": r"(?P<y>\d{4})",
    "MM": r"(?P<M>\d\d)",
    "dd": r"(?P<d>\d\d)",
    "HH": r"(?P<H>\d\d)",
    "mm": r"(?P<m>\d\d)",
    "ss": r"(?P<s>\d\d)",
    "X": r"(?P<X>Z|[+-]\d\d(?:\d\d)?)",
    "XX": r"(?P<X>Z|[+-]\d{4})",
    "XXX": r"(?P<X>Z|[+-]\d\d:\d\d)",
    "Z": r"(?P<X>[+-]\d{4})",
}
_SAME: Final[Mapping[str, str]] = {"u": "y", "Z": "X"}
_PIECE: Final = re.compile(r"'(?P<quoted>[^']*)'|(?P<run>([A-Za-z])\3*)|(?P<other>[^A-Za-z'\[\]{}#])")
_NEEDED: Final[Mapping[str, frozenset[str]]] = {
    "date": frozenset("yMd"),
    "time": frozenset("Hm"),
    "timestamp": frozenset("yMdHm"),
}
_ALLOWED: Final[Mapping[str, frozenset[str]]] = {
    "date": frozenset("yMd"),
    "time": frozenset("HmsSX"),
    "timestamp": frozenset("yMdHmsSX"),
}
_DAY: Final = 86_400
_FOUR_CENTURIES: Final = 146_097


class Reader(NamedTuple):
    """Reads the text of one logicalType. usual: it has no format of its own."""

    kind: str
    zoned: bool
    usual: bool
    text: re.Pattern[str]

    def read(self, text: str) -> Moment | None:
        """Returns the moment that `text` names, or None where it names none."""
        found = self.text.fullmatch(text)
        if found is None:
            return None
        part = found.groupdict()
        days = _days(part) if self.kind != "time" else 0
        seconds = _seconds(part) if self.kind != "date" else 0
        offset = _offset(part.get("X") or "")
        if days is None or seconds is None or offset is None:
            return None
        return days * _DAY + seconds - offset, (part.get("S") or "").rstrip("0")


def reader(kind: str, format: str | None = None, timezone: bool | None = None) -> Reader | None:
    """Returns the reader of date, timestamp or time with its options, or None where `format` is not one that we know.

    timezone: whether the text carries its offset. Left out: a timestamp does, a time does not; with a format, the
    format says it, and a `timezone` that says otherwise gives None.
    """
    if format is None:
        zoned = (kind == "timestamp" if timezone is None else timezone) and kind != "date"
        return Reader(kind, zoned, True, re.compile(_DEFAULTS[kind, zoned], re.ASCII))
    expression = _expression(kind, format)
    if expression is None:
        return None
    zoned = "(?P<X>" in expression
    if timezone is not None and timezone != zoned:
        return None
    return Reader(kind, zoned, False, re.compile(expression, re.ASCII))


def _expression(kind: str, format: str) -> str | None:
    expression, seen, at = "", set[str](), 0
    while at < len(format):
        piece = _PIECE.match(format, at)
        if piece is None:
            return None
        at = piece.end()
        run = piece["run"]
        if run is None:
            expression += re.escape(piece["other"] or piece["quoted"] or "'")
            continue
        letter = _SAME.get(run[0], run[0])
        known = rf"(?P<S>\d{{{len(run)}}})" if letter == "S" else _LETTERS.get(run)
        if known is None or letter in seen or letter not in _ALLOWED[kind]:
            return None
        seen.add(letter)
        expression += known
    return expression if _NEEDED[kind] <= seen else None


def _days(part: Mapping[str, str | None]) -> int | None:
    year, month, day = (int(part[name] or 0) for name in "yMd")
    try:
        # Python has no year 0, and the calendar repeats every four centuries.
        return date(year or 400, month, day).toordinal() - (0 if year else _FOUR_CENTURIES)
    except ValueError:
        return None


def _seconds(part: Mapping[str, str | None]) -> int | None:
    hour, minute, second = (int(part.get(name) or 0) for name in "Hms")
    # RFC 3339 knows a second 60 for leap seconds, which are announced late: any last minute of an hour may have one.
    last = 60 if minute == 59 else 59
    if hour > 23 or minute > 59 or second > last:
        return None
    return hour * 3600 + minute * 60 + second


def _offset(text: str) -> int | None:
    digits = text.strip("Zz+-").replace(":", "").ljust(4, "0")
    hours, minutes = int(digits[:2]), int(digits[2:4])
    if hours > 23 or minutes > 59:
        return None
    return (hours * 3600 + minutes * 60) * (-1 if text.startswith("-") else 1)
