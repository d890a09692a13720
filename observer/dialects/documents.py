"""Whether bytes are a JSON document that can be read, and if not, why not."""

import re
from typing import Final

import msgspec

from observer.model import Undecodable

READ_ERRORS: Final = (msgspec.DecodeError, RecursionError, ValueError)
"""All that a msgspec decoder raises on bytes from the street; ValueError covers a string that is not UTF-8."""

BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
WHITESPACE: Final = b" \t\r\n"
LONGEST_BLANK: Final = 12
"""Bytes. No choice of a person is as short, so hardly any event pays for a closer look at what it holds."""

_ANYTHING: Final = msgspec.json.Decoder(msgspec.Raw)

# A pair of surrogates, or (the group) one that stands alone, or any other escape: read from left to right, so
# that an escaped backslash before a `u` is not taken for an escape.
_ESCAPES: Final = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F])|.)", re.DOTALL
)

_KINDS: Final = {
    b"{": "object",
    b"[": "array",
    b'"': "string",
    b"t": "boolean",
    b"f": "boolean",
    b"n": "null",
}


def kind_of(raw: bytes) -> str:
    """Returns the kind of a JSON value: `object`, `array`, `string`, `boolean`, `null`, `integer` or `number`."""
    value = bytes(raw)
    kind = _KINDS.get(value[:1])
    if kind is None:
        return "integer" if value.removeprefix(b"-").isdigit() else "number"
    return kind


def is_utf8(value: bytes) -> bool:
    """Returns whether `value` is UTF-8, which no decoder checks in what it leaves as bytes."""
    if value.isascii():
        return True
    try:
        value.decode()
    except UnicodeDecodeError:
        return False
    return True


def refusal(value: bytes | None) -> Undecodable | None:
    """Returns why `value` is no JSON document, or None where it is one.

    Numbers of any size pass, since nobody reads them here; where a key stands twice the last one wins.
    """
    if value is None:
        return Undecodable("tombstone", expected="bytes", came="nothing")
    if not value.strip(WHITESPACE):
        return Undecodable("empty", expected="JSON", came="nothing")
    try:
        value.decode()
        _ANYTHING.decode(value)
    except UnicodeDecodeError:
        return Undecodable("wrong_encoding", expected="UTF-8", came="other bytes")
    except RecursionError:
        return Undecodable("too_deep", expected="JSON", came="deeply nested JSON")
    except msgspec.DecodeError as error:
        if any(escape.group(1) for escape in _ESCAPES.finditer(value)):
            return Undecodable("wrong_encoding", expected="UTF-8", came="half a surrogate pair")
        truncated = "truncated" in str(error)
        return Undecodable("not_json", expected="JSON", came="truncated JSON" if truncated else "other bytes")
    return None


def holds_something(raw: bytes) -> bool:
    """Returns whether a JSON value is there and is neither null nor an empty object."""
    return bytes(raw).translate(None, WHITESPACE) not in (b"", b"{}", b"null")
