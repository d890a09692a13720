"""Signals that are JSON, read strictly: what two readers could read differently is malformed."""

import json
from typing import Final, NoReturn

from observer.consent.malformed import malformed

LONGEST: Final = 65_536
"""Bytes. A consent object with a TC string of its longest size stays far below."""


def read_object(kind: str, raw: bytes) -> dict[str, object]:
    """Returns the JSON object in `raw`, empty for null. Raises SignalError: `too_long`, `not_json`,
    `duplicate_key` (readers differ on which value counts, so none does) or `wrong_kind`."""
    value = read_value(kind, raw)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise malformed(kind, "wrong_kind")
    return value


def read_text(kind: str, raw: bytes) -> str:
    """Returns the text in `raw`, bare or a JSON string. Raises SignalError as `read_value` does, and
    `bad_character` where a bare text is not ASCII."""
    if not raw.startswith(b'"'):
        try:
            return raw.decode("ascii")
        except UnicodeDecodeError:
            raise malformed(kind, "bad_character") from None
    return str(read_value(kind, raw))


def read_value(kind: str, raw: bytes) -> object:
    """Returns the JSON value in `raw`. Raises SignalError as `read_object` does, save `wrong_kind`."""

    def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        if len(found) != len(pairs):
            raise malformed(kind, "duplicate_key")
        return found

    if len(raw) > LONGEST:
        raise malformed(kind, "too_long")
    try:
        return json.loads(str(raw, "utf-8"), object_pairs_hook=unique, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise malformed(kind, "not_json") from None


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)
