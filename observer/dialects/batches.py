"""Reading a body that holds many events under one key, when reading it in one go has failed.

Each event is judged alone: one that cannot be read leaves the others whole.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple, TypeVar

import msgspec

from observer.dialects.base import Cut
from observer.dialects.documents import BYTE_ORDER_MARK, kind_of, refusal
from observer.dialects.mending import mend, read_envelope
from observer.dialects.splitting import REMEMBERED, join_object, key_text, split_array, split_object
from observer.model import Decoded, Envelope, Finding, Undecodable

ItemT = TypeVar("ItemT", bound=msgspec.Struct)
SharedT = TypeVar("SharedT", bound=msgspec.Struct)


class Opened(NamedTuple):
    """A body taken apart. shared: its other members as (key, value); items: None where the key is not there;
    envelope: what a body of one item has around it."""

    shared: tuple[tuple[bytes, bytes], ...]
    items: tuple[bytes, ...] | Undecodable | None
    envelope: Envelope


class Shape(NamedTuple):
    """How a dialect packs its events.

    key: the member that holds them; alone: whether a body without it is one event.
    """

    key: str
    alone: bool


@lru_cache(maxsize=REMEMBERED)
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
    before, _, behind = join_object([*shared, (msgspec.json.encode(key), b"[]")]).rpartition(b"]")
    return Opened(tuple(shared), _items(packed, key), Envelope(before, b"]" + behind))


def _items(packed: bytes | None, key: str) -> tuple[bytes, ...] | Undecodable | None:
    if packed is None or packed == b"null":
        return None
    items = split_array(packed)
    if items is None:
        return Undecodable("empty_batch", f"$.{key}", "array", kind_of(packed))
    return items or Undecodable("empty_batch", f"$.{key}", "an event", "empty array")


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


def cut_from(value: bytes | None, key: str, index: int) -> Cut | None:
    """Returns the item at `index`, its bytes unchanged, and all that the body shares around it.

    None where the body holds one event or cannot be taken apart.
    """
    opened = open_body(value, key) if value else None
    if opened is None or not isinstance(opened.items, tuple) or len(opened.items) == 1:
        return None
    return Cut(opened.items[index], opened.envelope)


def alone_in(value: bytes | None, key: str, index: int) -> bytes | None:
    """Returns a body that holds the item at `index` alone with all that the body shares, its bytes unchanged.

    Returns `value` as it came where it holds one event or cannot be taken apart.
    """
    cut = cut_from(value, key, index)
    return value if cut is None else cut.whole
