"""How an input holds its records, told from its beginning."""

from typing import Final, Literal, TypeAlias

import msgspec

Shape: TypeAlias = Literal["lines", "values"]
"""One record a line; or JSON values that may span lines, an array standing for its elements."""

BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_SAMPLE: Final = 20
"""Lines that are looked at."""


def shape_of(head: bytes, *, whole: bool) -> Shape:
    """Returns the shape of the text that begins with `head`. whole: whether the text ends with it.

    A broken first line leaves NDJSON what it is, as long as half of the lines after it are objects.
    """
    text = head.lstrip(b" \t\r\n")
    if text.startswith(b"["):
        return "values"
    first, _, rest = text.partition(b"\n")
    if not text.startswith(b"{") or _is_json(first):
        return "lines"
    if whole and _is_json(text):
        return "values"
    if not whole:
        # The last line goes on.
        rest = rest[: rest.rfind(b"\n") + 1]
    lines = [line for line in rest.split(b"\n", _SAMPLE)[:_SAMPLE] if line.strip()]
    objects = sum(line.startswith(b"{") and _is_json(line) for line in lines)
    return "lines" if objects * 2 > len(lines) else "values"


def _is_json(text: bytes) -> bool:
    try:
        msgspec.json.decode(text, type=msgspec.Raw)
    except (msgspec.DecodeError, RecursionError):
        return False
    return True
