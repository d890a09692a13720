"""One event of the tracker protocol: a flat map of strings, whether it came in a batch or in a query."""

import binascii
from collections.abc import Callable, Mapping
from typing import Final

import msgspec

from observer.dialects.carried import of_page
from observer.dialects.documents import READ_ERRORS, kind_of, refusal
from observer.dialects.snowplow_columns import (
    BATCH_PARAMETERS,
    CANONICAL,
    KINDS,
    REQUIRED_PARAMETERS,
    SIZES,
)
from observer.dialects.snowplow_entities import (
    NO_ENTITIES,
    Entities,
    SelfDescribed,
    joined,
    read_entities,
    read_event,
)
from observer.dialects.snowplow_reading import broken, epoch_milliseconds, tracker
from observer.dialects.splitting import key_text, split_object
from observer.model import Decoded, Event, Finding, Undecodable, ViolationKind

_KINDS_EXPECTED: Final = "one of " + ", ".join(KINDS)
_ENCODE: Final[Callable[[object], bytes]] = msgspec.json.Encoder().encode
_TEXT: Final = msgspec.json.Decoder(str)
_TO_STANDARD: Final = bytes.maketrans(b"-_", b"+/")


def event_of(item: Mapping[str, str], problems: tuple[Finding, ...]) -> Decoded:
    """Returns the event that a tracker's parameters make, or why they make none.

    Args: problems: what is already known to be wrong with them.
    """
    code = item.get("e")
    if code is None:
        return Undecodable("no_type", "$.e", _KINDS_EXPECTED, "nothing")
    kind = KINDS.get(code)
    if kind is None:
        return Undecodable("unknown_type", "$.e", _KINDS_EXPECTED, "another value")
    if kind != "unstruct":
        name = (item.get("se_ac") or item.get("ev_ac", "")) if kind == "struct" else ""
        return _event(item, kind, name, _ENCODE(columns_of(item)), "$", "", None, problems)
    found = _self_described(item)
    if isinstance(found, Undecodable):
        return found
    return _event(item, kind, found.key.title, found.payload, found.root, found.key.version, found, problems)


def columns_of(item: Mapping[str, str]) -> dict[str, str]:
    """Returns a tracker's parameters under the names of the columns that they become, values as they came."""
    columns = {CANONICAL[name]: value for name, value in item.items() if name in CANONICAL}
    if "tnuid" in item:
        columns["network_userid"] = item["tnuid"]
    for name, (width_column, height_column) in SIZES.items():
        size = item.get(name)
        if size is not None:
            width, _, height = size.partition("x")
            columns[width_column] = width
            columns[height_column] = height
    return columns


def checked(item: Mapping[str, str]) -> tuple[Finding, ...]:
    """Returns what `payload_data` forbids in an event of strings: a missing or an undeclared parameter."""
    if item.keys() <= BATCH_PARAMETERS and "tv" in item and "p" in item and "e" in item:
        return ()
    return _undeclared(item.keys() <= BATCH_PARAMETERS) + missing(item)


def missing(item: Mapping[str, str]) -> tuple[Finding, ...]:
    """Returns a broken rule for each required parameter that is not there."""
    return tuple(
        broken(ViolationKind.MISSING_REQUIRED, name, "string", "nothing")
        for name in REQUIRED_PARAMETERS
        if name not in item
    )


def item_of(raw: bytes) -> tuple[dict[str, str], tuple[Finding, ...]] | Undecodable:
    """Returns parameters and broken rules of an event in a batch that is not all strings, or why it is no event.

    What is not a string is read as its JSON text, so that an id or a time that came as a number is still known;
    null is read as nothing.
    """
    members = split_object(raw)
    if members is None:
        return refusal(raw) or Undecodable("not_an_object", "$", "object", kind_of(raw.strip()))
    item: dict[str, str] = {}
    problems: list[Finding] = []
    declared = True
    for quoted, value in members:
        name = key_text(quoted)
        known = name in BATCH_PARAMETERS
        declared = declared and known
        if name is None:
            continue
        try:
            item[name] = _TEXT.decode(value)
        except READ_ERRORS as error:
            if known:
                _add_as_text(item, name, value, error, problems)
    return item, (*problems, *_undeclared(declared), *missing(item))


def _add_as_text(
    item: dict[str, str], name: str, value: bytes, error: Exception, problems: list[Finding]
) -> None:
    if not isinstance(error, msgspec.ValidationError):
        problems.append(broken(ViolationKind.WRONG_FORMAT, name, "UTF-8", "other bytes"))
        return
    came = kind_of(value)
    problems.append(broken(ViolationKind.TYPE_MISMATCH, name, "string", came))
    if came != "null":
        item[name] = value.decode("utf-8", "replace")


def _undeclared(declared: bool) -> tuple[Finding, ...]:
    if declared:
        return ()
    return (
        broken(ViolationKind.UNEXPECTED_PROPERTY, "*", "a parameter of payload_data", "another parameter"),
    )


def _event(
    item: Mapping[str, str],
    kind: str,
    name: str,
    payload: bytes,
    root: str,
    version: str,
    described: SelfDescribed | None,
    problems: tuple[Finding, ...],
) -> Event:
    found = list(problems)
    entities = _entities(item)
    created = _time(item, "dtm", found)
    sent = _time(item, "stm", found)
    true_time = _time(item, "ttm", found)
    library, library_version = tracker(item.get("tv", ""))
    url = item.get("url", "")
    signals = entities.signals + of_page(url)
    if described is not None:
        signals = described.signals + signals
        found += described.problems
    found += entities.problems
    return Event(
        kind,
        name,
        payload,
        root,
        item.get("eid", ""),
        item.get("uid", ""),
        item.get("duid") or item.get("tnuid") or item.get("nuid", ""),
        created if true_time is None else true_time,
        sent,
        None,
        signals,
        b"",
        library,
        library_version,
        url,
        entities.vendors,
        version,
        (),
        tuple(found),
    )


def _time(item: Mapping[str, str], name: str, found: list[Finding]) -> float | None:
    text = item.get(name)
    if not text:
        return None
    seconds = epoch_milliseconds(text)
    if seconds is None:
        found.append(broken(ViolationKind.WRONG_FORMAT, name, "milliseconds since 1970", "other text"))
    return seconds


def _self_described(item: Mapping[str, str]) -> SelfDescribed | Undecodable:
    encoded = item.get("ue_px")
    if encoded:
        raw = from_base64(encoded)
        if raw is None:
            return Undecodable("bad_base64", "$.ue_px", "base64", "other text")
        return read_event(raw, "ue_px")
    plain = item.get("ue_pr")
    if plain:
        return read_event(plain.encode(), "ue_pr")
    return Undecodable("snowplow_no_unstruct_event", "$.ue_px", "ue_px or ue_pr", "nothing")


def _entities(item: Mapping[str, str]) -> Entities:
    entities = NO_ENTITIES
    encoded = item.get("cx")
    if encoded:
        raw = from_base64(encoded)
        entities = (
            Entities(problems=(broken(ViolationKind.WRONG_FORMAT, "cx", "base64", "other text"),))
            if raw is None
            else read_entities(raw, "cx")
        )
    plain = item.get("co")
    return joined(entities, read_entities(plain.encode(), "co")) if plain else entities


def from_base64(text: str) -> bytes | None:
    """Returns what URL-safe or standard base64 holds, with padding or without, or None where it is neither."""
    try:
        bare = text.encode("ascii").translate(_TO_STANDARD)
        return binascii.a2b_base64(bare + b"=" * (-len(bare) % 4), strict_mode=True)
    except ValueError:
        return None
