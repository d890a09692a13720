"""Confluent's wire format: a zero byte, the id of a schema in four bytes, then the payload.

Source: Confluent's documentation, "Formats, Serializers, and Deserializers", wire format. No text in JSON or in a
form of a web page begins with a zero byte, so that every other value passes as it is.
"""

from collections.abc import Callable
from typing import Final, TypeAlias

from observer.model import Undecodable

Unwrap: TypeAlias = Callable[[str, bytes], bytes | Undecodable]
"""(topic, framed value) → the payload as JSON, or why there is none."""

_FRAME: Final = 5
_OPENING: Final = b"{["


def framed(value: bytes) -> bool:
    """Returns whether a value stands in a frame."""
    return len(value) > _FRAME and value[0] == 0


def schema_id(value: bytes) -> int:
    """Returns the id of the schema that a framed value names."""
    return int.from_bytes(value[1:_FRAME], "big")


def payload(value: bytes) -> bytes:
    """Returns what stands behind the frame."""
    return value[_FRAME:]


def unwrap_json(_topic: str, value: bytes) -> bytes | Undecodable:
    """Returns a JSON payload. Without a registry, that is the only one that can be told from its bytes alone."""
    inner = payload(value)
    if inner.lstrip()[:1] in {b"{", b"["}:
        return inner
    return Undecodable(
        "no_registry", "$", "JSON, or a schema registry in the settings", "a payload with a schema id"
    )
