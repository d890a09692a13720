"""A payload's bytes as JSON values for the exact path, and why they could not be read.

msgspec reads them, as on the fast path. It refuses numbers that a double or 4,300 digits cannot hold, which the
fast path passes over in properties that no contract declares: those payloads are read again, slowly, with such
numbers as Decimals.
"""

import json
from decimal import Decimal, InvalidOperation
from math import isinf
from typing import Final, NoReturn

import msgspec

_LARGEST: Final = Decimal("1e5000")
"""Stands for every number beyond it: greater than any bound of a contract, and cheap to compare."""


class UnreadableError(Exception):
    """The payload is no JSON that can be checked. expected, came: as in a Finding."""

    def __init__(self, expected: str, came: str) -> None:
        super().__init__(came)
        self.expected = expected
        self.came = came


def read(payload: bytes) -> object:
    """Returns the value that `payload` holds; of an object's duplicate keys the last counts.

    Raises UnreadableError where it is not UTF-8, not JSON, nested too deep, or holds half a surrogate pair.
    """
    try:
        value: object = msgspec.json.decode(payload)
    except RecursionError:
        raise UnreadableError("JSON that is not nested so deep", "nesting too deep") from None
    except UnicodeDecodeError:
        raise UnreadableError("text in UTF-8", "another encoding") from None
    except msgspec.DecodeError:
        return _slowly(bytes(payload))
    return value


def _slowly(payload: bytes) -> object:
    try:
        value: object = json.loads(
            payload.decode(), parse_float=_float, parse_int=_integer, parse_constant=_constant
        )
        # Half a surrogate pair is no Unicode text: no JSON that another system would accept can be made of it.
        json.dumps(value, ensure_ascii=False, default=str).encode()
    except RecursionError:
        raise UnreadableError("JSON that is not nested so deep", "nesting too deep") from None
    except UnicodeDecodeError:
        raise UnreadableError("text in UTF-8", "another encoding") from None
    except UnicodeEncodeError:
        raise UnreadableError("Unicode text", "half a surrogate pair") from None
    except ValueError:
        raise UnreadableError("JSON", "something else") from None
    return value


def _float(text: str) -> float | Decimal:
    number = float(text)
    return _bounded(text) if isinf(number) else number


def _integer(text: str) -> int | Decimal:
    try:
        return int(text)
    except ValueError:
        return _bounded(text)


def _bounded(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        # Its exponent has more digits than Decimal can hold: beyond every bound all the same.
        number = _LARGEST
    if number.adjusted() < _LARGEST.adjusted():
        return number
    return -_LARGEST if text.startswith("-") else _LARGEST


def _constant(text: str) -> NoReturn:
    raise ValueError("JSON knows no such number")
