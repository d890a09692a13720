"""Numbers, shares and durations as each language writes them."""

from typing import Final

from observer.messages import Lang, say

NO_BREAK: Final = "\u00a0"
NARROW: Final = "\u202f"
"""Narrow no-break space: groups digits in French and stands before its percent sign."""

MINUTE: Final = 60
HOUR: Final = 3600
DAY: Final = 86400


def whole(number: float, lang: Lang) -> str:
    """Returns a count with its digits grouped: 12,430 or 12 430."""
    grouped = f"{round(number):,}"
    return grouped.replace(",", NARROW) if lang == "fr" else grouped


def decimal(number: float, lang: Lang, digits: int = 1) -> str:
    """Returns a number with `digits` decimals: 2.5 or 2,5."""
    text = f"{number:,.{digits}f}"
    return text.replace(",", NARROW).replace(".", ",") if lang == "fr" else text


def percent(tenths: int, lang: Lang, *, short: bool = False) -> str:
    """Returns tenths of a percent as a share: 63.7 % or 63,7 %. `short` leaves a zero decimal out."""
    space = NARROW if lang == "fr" else NO_BREAK
    digits = 0 if tenths % 10 == 0 and (short or tenths in {0, 1000}) else 1
    return f"{decimal(tenths / 10, lang, digits)}{space}%"


def share(part: float, of: float, tenths: int, lang: Lang, *, short: bool = False) -> str:
    """Returns a share that never rounds something to nothing nor nearly all to all.

    tenths: what it rounds to; part, of: the counts behind it. A part that rounds to 0 is `< 0.1 %`, one that
    lacks less than that to the whole is `> 99.9 %`; of nothing, a dash.
    """
    if not of:
        return "–"
    if part and tenths == 0:
        return f"<{NO_BREAK}{percent(1, lang)}"
    if part < of and tenths == 1000:
        return f">{NO_BREAK}{percent(999, lang)}"
    return percent(tenths, lang, short=short)


def duration(seconds: float, lang: Lang) -> str:
    """Returns a duration in at most two units, rounded to what a person needs: 8 ms, 12 s, 2 d 4 h."""
    if seconds < 0.0995:
        return _unit(decimal(seconds * 1000, lang, 0 if seconds >= 0.00095 or not seconds else 1), "ms", lang)
    if seconds < 1:
        return _unit(decimal(seconds, lang, 2), "s", lang)
    if seconds < 9.95:
        return _unit(decimal(seconds, lang, 1), "s", lang)
    rounded = round(seconds)
    if rounded < MINUTE:
        return _unit(str(rounded), "s", lang)
    if rounded < HOUR:
        return _two(rounded, MINUTE, "min", 1, "s", lang)
    minutes = round(seconds / MINUTE) * MINUTE
    if minutes < DAY:
        return _two(minutes, HOUR, "h", MINUTE, "min", lang)
    return _two(round(seconds / HOUR) * HOUR, DAY, "d", HOUR, "h", lang)


def age(seconds: float, lang: Lang) -> str:
    """Returns a duration in the one unit that says enough: 7 s, 3 min, 2 h, 5 d. Rounded down."""
    for unit, name in ((DAY, "d"), (HOUR, "h"), (MINUTE, "min")):
        if seconds >= unit:
            return _unit(whole(seconds // unit, lang), name, lang)
    return _unit(str(int(seconds)), "s", lang)


def _two(seconds: int, large: int, large_unit: str, small: int, small_unit: str, lang: Lang) -> str:
    first, rest = divmod(seconds, large)
    text = _unit(whole(first, lang), large_unit, lang)
    return f"{text}{NO_BREAK}{_unit(str(rest // small), small_unit, lang)}" if rest else text


def _unit(number: str, unit: str, lang: Lang) -> str:
    return f"{number}{NO_BREAK}{say(f'unit.{unit}', lang)}"
