"""Reading a body that holds many events under one key, when reading it in one go has failed.

Each event is judged alone: one that cannot be read leaves the others whole.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Final, NamedTuple, TypeVar

import msgspec

from observer.dialects.documents import BYTE_ORDER_MARK, kind_of, refusal
from observer.dialects.mending import mend, read_envelope
from observer.dialects.splitting import join_object, key_text, split_array, split_object
from observer.model import Decoded, Finding, Undecodable

ItemT = TypeVar("ItemT", bound=msgspec.Struct)
SharedT = TypeVar("SharedT", bound=msgspec.Struct)


_REMEMBERED: Final = 2
"""Bodies. Each event that is kept is taken out of its body, and a body can hold thousands of them."""


class Opened(NamedTuple):
    """A body taken apart. shared: its other members as (key, value); items: None where the key is not there."""

    shared: tuple[tuple[bytes, bytes], ...]
    items: tuple[bytes, ...] | Undecodable | None


class Shape(NamedTuple):
    """How a dialect packs its events.

    key: the member that holds them; alone: whether a body without it is one event.
    """

    key: str
    alone: bool


@lru_cache(maxsize=_REMEMBERED)
def open_body(value: bytes, key: str) -> Opened | None:
    """Returns the body taken apart at `key` (the last one where it stands twice), or None where it is no object."""
    members = split_object(value)
    if members is None:
        return None
    shared, packed = [], None
    for name, raw in members:
        if key_text(name) == key:
            packed = raw
        else:
            shared.append((name, raw))
    if packed is None or packed == b"null":
        return Opened(tuple(shared), None)
    items = split_array(packed)
    if items is None:
        return Opened(tuple(shared), Undecodable("empty_batch", f"$.{key}", "array", kind_of(packed)))
    return Opened(
        tuple(shared), tuple(items) or Undecodable("empty_batch", f"$.{key}", "an event", "empty array")
    )


def read_each(
    value: bytes,
    shape: Shape,
    shared: type[SharedT],
    item: msgspec.json.Decoder[ItemT],
    convert: Callable[[ItemT, SharedT | None, tuple[Finding, ...]], Decoded],
) -> list[Decoded]:
    """Returns what each event of the body becomes; one Undecodable where there is no body to take apart.

    convert: makes the event from its envelope, what the body shares and the findings of both.
    """
    opened = open_body(value, shape.key)
    if opened is None:
        whole = value.removeprefix(BYTE_ORDER_MARK)
        return [refusal(whole) or Undecodable("not_an_object", "$", "object", kind_of(whole.strip()))]
    if isinstance(opened.items, Undecodable):
        return [opened.items]
    if opened.items is None:
        if not shape.alone:
            return [refusal(value) or Undecodable("empty_batch", f"$.{shape.key}", "array", "nothing")]
        nothing: SharedT | None = None
        return [_read_one(value.removeprefix(BYTE_ORDER_MARK), item, nothing, (), convert)]
    rest = join_object(opened.shared)
    unreadable = refusal(rest)
    if unreadable is not None:
        return [unreadable] * len(opened.items)
    problems: list[Finding] = []
    common = mend(shared, rest, problems)
    return [_read_one(raw, item, common, tuple(problems), convert) for raw in opened.items]


def _read_one(
    raw: bytes,
    decoder: msgspec.json.Decoder[ItemT],
    shared: SharedT | None,
    problems: tuple[Finding, ...],
    convert: Callable[[ItemT, SharedT | None, tuple[Finding, ...]], Decoded],
) -> Decoded:
    read = read_envelope(decoder, raw)
    if isinstance(read, Undecodable):
        return read
    envelope, own = read
    return convert(envelope, shared, (*problems, *(finding for finding in own if finding not in problems)))


def alone_in(value: bytes | None, key: str, index: int) -> bytes | None:
    """Returns a body that holds the item at `index` alone with all that the body shares, its bytes unchanged.

    Returns `value` as it came where it holds one event or cannot be taken apart.
    """
    opened = open_body(value, key) if value else None
    if opened is None or not isinstance(opened.items, tuple) or len(opened.items) == 1:
        return value
    name = msgspec.json.encode(key)
    return join_object([*opened.shared, (name, b"[" + opened.items[index] + b"]")])
