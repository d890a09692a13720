"""The fast path: decodes and checks a payload in one pass, and may refuse what the exact path accepts.

msgspec checks what it can while it decodes: types, presence, lengths, bounds, words of a list. Whatever else a
contract asks (patterns, formats, multiples, dates, unique items) is gathered out of the decoded value and put to
jsonschema-rs in one call, in the very words of the exact path.
"""

from codecs import utf_8_decode
from collections.abc import Callable
from typing import Any

import msgspec

from observer.contracts.fast_plan import planned
from observer.contracts.shape import Shape
from observer.contracts.validators import validator


class RefusedError(ValueError):
    """The fast path does not accept the payload. The exact path says why."""


def fast(shape: Shape) -> Callable[[bytes], object]:
    """Returns the fast path of a contract.

    It raises msgspec.DecodeError, ValueError or RecursionError for a payload that it does not accept.
    """
    plan = planned(shape)
    decode = msgspec.json.Decoder(plan.type).decode
    if plan.schema is None:

        def typed(payload: bytes) -> object:
            # msgspec passes over undeclared properties without a look at their encoding.
            utf_8_decode(payload)
            return decode(payload)

        return typed
    return _with_rest(decode, plan.view, validator(plan.schema).is_valid)


def _with_rest(
    decode: Callable[[bytes], Any], view: Callable[[Any], object] | None, accepts: Callable[[Any], bool]
) -> Callable[[bytes], object]:
    def viewed(payload: bytes) -> object:
        utf_8_decode(payload)
        value = decode(payload)
        if not accepts(value if view is None else view(value)):
            raise RefusedError
        return value

    return viewed
