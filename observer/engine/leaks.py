"""Personal data where no contract expects it: looked for in a drawn share of all events and in what is quarantined.

Whether an event is drawn hangs on its own id (or, without one, on its payload) and nothing else: so the same event is
drawn by every worker, at every replay, and nobody has to remember it. What is found is counted by kind and by where it
stands, and the value is gone.
"""

from collections.abc import Mapping
from typing import Final, TypeAlias
from zlib import crc32

import msgspec

from observer import metrics
from observer.contracts.compiled import Contract
from observer.contracts.shape import Shape
from observer.engine.counts import Counts
from observer.metrics import NONE, OTHER
from observer.model import Event, Kept
from observer.privacy.leaks import LONGEST, is_position, leaks_in, leaks_in_number, may_leak

DRAWN, QUARANTINED = "drawn", "quarantined"
SAMPLES: Final = (DRAWN, QUARANTINED)
"""Why an event was looked at. One that was drawn counts as drawn, also where it is quarantined."""

FIELDS: Final = ("payload", "property_name", "url", "person_id", "event_name", "unreadable")
"""Where in an event a value stands: bounds the label `field`. The path within a payload is in the windows."""

MOST_VALUES: Final = 2_000
MOST_CHARACTERS: Final = 16_384
"""Of one payload that are looked at: an event can be made costly to look into, and then it is looked into in part."""
MOST_PATHS: Final = 50
"""Places of one contract that one chunk tells of; the rest is `_other`."""
_LONGEST_PATH: Final = 200
_DEEPEST: Final = 32
_UNREADABLE_BYTES: Final = 8_192
_OF_A_PERSON: Final = frozenset("@%+ ")
_OVERLAP: Final = 200
_RANGE: Final = 1 << 32

Leak: TypeAlias = tuple[str, str, str]
"""(kind, field, path)."""

_decode: Final = msgspec.json.Decoder().decode


class Leaks:
    """What was found in the events of one chunk."""

    __slots__ = ("_below", "_counts", "_looked", "_paths")

    def __init__(self, share: float) -> None:
        self._below = int(share * _RANGE)
        self._looked: dict[tuple[str, str, bool, int], int] = {}
        self._counts: dict[tuple[str, Leak, int], int] = {}
        self._paths: dict[str, set[str]] = {}

    def look(self, event: Event, contract: Contract | None, kept: bool, minute: int) -> None:
        """Looks into one event, where it was drawn or is quarantined (`kept`)."""
        drawn = crc32(event.message_id.encode("utf-8", "replace") or event.payload) < self._below
        if drawn or kept:
            found = leaks_of(event, contract.payload if contract else None)
            self._found(contract.id if contract else NONE, DRAWN if drawn else QUARANTINED, found, minute)

    def unreadable(self, kept: Kept, minute: int) -> None:
        """Looks into the beginning of what could not be read."""
        text = (kept.value or b"")[:_UNREADABLE_BYTES].decode("utf-8", "replace")
        self._found(NONE, QUARANTINED, {(kind, "unreadable", "$") for kind in _in_long(text)}, minute)

    def count(self, counts: Counts) -> None:
        """Adds what was looked at and what was found to the metrics and to the windows of the contracts."""
        for (contract, sample, leaking, minute), number in self._looked.items():
            result = "leaking" if leaking else "clean"
            counts.count(metrics.LEAK_EVENTS, (contract, sample, result), number)
            counts.roll("contract", contract, minute, f"leaking/{sample}/{result}", number)
        for (contract, (kind, field, path), minute), number in self._counts.items():
            counts.count(metrics.LEAKS, (contract, kind, field), number)
            counts.roll("contract", contract, minute, f"leak/{kind}/{path}", number)

    def _found(self, contract: str, sample: str, found: set[Leak], minute: int) -> None:
        looked = (contract, sample, bool(found), minute)
        self._looked[looked] = self._looked.get(looked, 0) + 1
        for kind, field, path in found:
            key = (contract, (kind, field, self._bounded(contract, path)), minute)
            self._counts[key] = self._counts.get(key, 0) + 1

    def _bounded(self, contract: str, path: str) -> str:
        paths = self._paths.setdefault(contract, set())
        if path not in paths:
            if len(paths) >= MOST_PATHS or len(path) > _LONGEST_PATH:
                return OTHER
            paths.add(path)
        return path


def leaks_of(event: Event, shape: Shape | None) -> set[Leak]:
    """Returns what stands in one event; a name that `shape` does not declare is `*` in its path."""
    found: set[Leak] = set()
    for field, text in (("url", event.url), ("event_name", event.name)):
        found.update((kind, field, field) for kind in leaks_in(text))
    for text in (event.user_id, event.anonymous_id):
        # An id of digits is an id; an e-mail address or a telephone number with its `+` is a person.
        if not _OF_A_PERSON.isdisjoint(text):
            found.update((kind, "person_id", "person_id") for kind in leaks_in(text, "id"))
    document = bytes(event.payload)
    if not may_leak(document):
        return found
    try:
        payload = _decode(document)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return found
    _Walk(found).through(payload, shape, event.root, "", _DEEPEST)
    return found


class _Walk:
    """One walk through a payload, bounded in values. Adds what it finds to `found`."""

    __slots__ = ("_characters", "_found", "_left")

    def __init__(self, found: set[Leak]) -> None:
        self._found = found
        self._left = MOST_VALUES
        self._characters = MOST_CHARACTERS

    def through(self, value: object, shape: Shape | None, path: str, name: str, levels: int) -> None:
        self._left -= 1
        if self._left < 0 or levels == 0 or (shape is not None and shape.classified):
            return
        if isinstance(value, str):
            self._add(self._text(value, name), path)
        elif isinstance(value, dict):
            self._object(value, shape, path, levels)
        elif isinstance(value, list):
            item = shape.item if shape is not None else None
            for one in value:
                self.through(one, item, f"{path}[*]", name, levels - 1)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            self._add(leaks_in_number(value, name), path)

    def _object(self, members: dict[str, object], shape: Shape | None, path: str, levels: int) -> None:
        declared: Mapping[str, Shape] = shape.properties if shape is not None else {}
        open_to = members
        if any(inner.classified for inner in declared.values()):
            open_to = {name: value for name, value in members.items() if not _classified(declared, name)}
        if is_position(open_to):
            self._add({"location"}, path)
        for name, value in open_to.items():
            inner = declared.get(name)
            if inner is not None:
                self.through(value, inner, f"{path}.{name}", name, levels - 1)
                continue
            place = f"{path}.*"
            self._found.update((kind, "property_name", place) for kind in self._text(name, ""))
            item = shape.item if shape is not None and shape.type == "map" else None
            self.through(value, item, place, name, levels - 1)

    def _text(self, text: str, name: str) -> set[str]:
        looked = text[: max(0, self._characters)]
        self._characters -= min(len(text), LONGEST)
        return leaks_in(looked, name)

    def _add(self, kinds: set[str], path: str) -> None:
        for kind in kinds:
            self._found.add((kind, "payload", path))


def _classified(declared: Mapping[str, Shape], name: str) -> bool:
    inner = declared.get(name)
    return inner is not None and inner.classified


def _in_long(text: str) -> set[str]:
    """Returns the kinds in a text of any length, looked at in pieces that overlap."""
    return {
        kind
        for start in range(0, len(text), LONGEST - _OVERLAP)
        for kind in leaks_in(text[start : start + LONGEST])
    }
