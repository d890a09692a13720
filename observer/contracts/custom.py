"""Our customProperties, by the names that `vocabulary` lists.

They are read from documents that may be wrong in any way, so nothing here relies on a type that was not looked at.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from observer.contracts import vocabulary
from observer.contracts.compiled import Match
from observer.contracts.quality import WINDOWS
from observer.contracts.report import Place, Report, options, shown, word
from observer.errors import literal, nearest
from observer.messages import Words

_PREFIX: Final = "martech"
_ID: Final = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_FIELD: Final = re.compile(r"\$(?:\.[A-Za-z_][A-Za-z0-9_]*){1,4}")
_MATCH_KEYS: Final = ("kind", "event", "dialects", "sources")


class Customs:
    """The customProperties of one document. Each faulty one is told to `report` when it is read."""

    def __init__(self, document: Mapping[str, object], report: Report) -> None:
        self._document = document
        self._report = report

    def check_names(self) -> None:
        """Tells each property whose name begins like ours and that does not stand where it could mean anything."""
        for at, entries in _lists(self._document, ()):
            known, met = _known(at), set[str]()
            for index, entry in enumerate(entries):
                name = entry.get("property") if isinstance(entry, Mapping) else None
                if not isinstance(name, str) or not name.lower().startswith(_PREFIX):
                    continue
                place = (*at, "customProperties", index, "property")
                if name not in known:
                    code = "contract.expected.custom" if known else "contract.expected.no_custom"
                    expected = Words(code, {"known": literal(", ".join(known))})
                    self._report.add(place, expected, word(name), nearest(name, known))
                elif name in met:
                    self._report.add(place, Words("contract.expected.custom_once"), word(name))
                met.add(name)

    def matches(self) -> tuple[Match, ...]:
        """Returns which events the contract claims."""
        place, stated = _find(self._document, (), "martechMatch")
        if place is None:
            mend = Words("contract.mend.match")
            self._report.missing(("customProperties",), Words("contract.expected.match"), mend)
            return ()
        if not isinstance(stated, Sequence) or isinstance(stated, str) or not stated:
            self._report.add(
                place, Words("contract.expected.matches"), shown(stated), Words("contract.mend.match")
            )
            return ()
        found = tuple(self._match(entry, (*place, index)) for index, entry in enumerate(stated))
        for index, match in enumerate(found):
            if match in found[:index]:
                self._report.add((*place, index), Words("contract.expected.match_once"), word(match.kind))
        return found

    def purposes(self) -> tuple[str, ...]:
        """Returns the ids of the purposes that the data may serve."""
        place, stated = _find(self._document, (), "martechPurposes")
        return () if place is None else self._ids(stated, place)

    def runbook(self) -> str:
        """Returns the path or the address of the runbook, or ""."""
        place, stated = _find(self._document, (), "martechRunbook")
        if place is None or (isinstance(stated, str) and stated):
            return str(stated or "")
        self._report.add(place, Words("contract.expected.runbook"), shown(stated))
        return ""

    def review_by(self) -> date | None:
        """Returns the day by which both owners read the contract again, or None."""
        place, stated = _find(self._document, (), "martechReviewBy")
        if place is None:
            return None
        try:
            return date.fromisoformat(stated if isinstance(stated, str) else "")
        except ValueError:
            self._report.add(place, Words("contract.expected.review"), shown(stated))
            return None

    def replaced_by(self) -> str:
        """Returns the version that senders should move to, or ""."""
        place, stated = _find(self._document, (), "martechReplacedBy")
        if place is None or (isinstance(stated, str) and stated):
            return str(stated or "")
        self._report.add(place, Words("contract.kind.string"), shown(stated))
        return ""

    def version_field(self) -> tuple[str, ...]:
        """Returns the keys that lead to where a payload names its version, or ()."""
        place, stated = _find(self._document, (), "martechVersionField")
        if place is None:
            return ()
        if isinstance(stated, str) and _FIELD.fullmatch(stated):
            return tuple(stated.removeprefix("$.").split("."))
        self._report.add(place, Words("contract.expected.version_field"), shown(stated))
        return ()

    def closed(self, stated: Mapping[str, object], at: Place) -> bool | None:
        """Returns whether `martechClosed` is true or false on the element `stated` at `at`, or None without one."""
        place, value = _find(stated, at, "martechClosed")
        if place is None or isinstance(value, bool):
            return bool(value) if place is not None else None
        self._report.add(place, Words("contract.kind.boolean"), shown(value))
        return None

    def objective(self, stated: Mapping[str, object], at: Place) -> float | None:
        """Returns the share of events that must be good, as an slaProperties entry says, or None without one."""
        place, value = _find(stated, at, "martechObjective")
        if place is None:
            return None
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 1:
            return float(value)
        self._report.add(place, Words("contract.expected.objective"), shown(value))
        return None

    def number(self, stated: Mapping[str, object], at: Place, name: str, least: int, most: int) -> int | None:
        """Returns the whole number from `least` to `most` that a property of `stated` holds, or None without one."""
        place, value = _find(stated, at, name)
        if place is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        expected = Words("contract.expected.whole_between", {"least": least, "most": most})
        self._report.add(place, expected, shown(value))
        return None

    def window(self, stated: Mapping[str, object], at: Place) -> int | None:
        """Returns the seconds that `martechWindow` of a rule asks for, or None without one."""
        place, value = _find(stated, at, "martechWindow")
        if place is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and value in WINDOWS:
            return value
        self._report.add(place, options([str(window) for window in WINDOWS]), shown(value))
        return None

    def _match(self, entry: object, at: Place) -> Match:
        if not isinstance(entry, Mapping):
            self._report.add(at, Words("contract.kind.object"), shown(entry), Words("contract.mend.match"))
            return Match("", "")
        for key in entry:
            if key not in _MATCH_KEYS:
                expected = Words("contract.expected.match_key", {"keys": literal(", ".join(_MATCH_KEYS))})
                self._report.add((*at, key), expected, word(key), nearest(key, _MATCH_KEYS))
        return Match(
            self._kind(entry, at),
            self._event(entry, at),
            frozenset(self._ids(entry.get("dialects", ()), (*at, "dialects"))),
            frozenset(self._ids(entry.get("sources", ()), (*at, "sources"))),
        )

    def _kind(self, entry: Mapping[str, object], at: Place) -> str:
        kind = entry.get("kind")
        if isinstance(kind, str) and kind:
            return kind
        got = shown(kind) if kind is not None else Words("contract.got.nothing")
        self._report.add((*at, "kind"), Words("contract.expected.match_kind"), got)
        return ""

    def _event(self, entry: Mapping[str, object], at: Place) -> str:
        event = entry.get("event", "")
        if isinstance(event, str):
            return event
        self._report.add((*at, "event"), Words("contract.kind.string"), shown(event))
        return ""

    def _ids(self, stated: object, at: Place) -> tuple[str, ...]:
        if not isinstance(stated, Sequence) or isinstance(stated, str):
            self._report.add(at, Words("contract.expected.ids"), shown(stated))
            return ()
        for index, entry in enumerate(stated):
            if not isinstance(entry, str) or not _ID.fullmatch(entry):
                self._report.add((*at, index), Words("contract.expected.id"), shown(entry))
            elif entry in stated[:index]:
                self._report.add((*at, index), Words("contract.expected.id_once"), word(entry))
        return tuple(dict.fromkeys(entry for entry in stated if isinstance(entry, str)))


def _find(stated: Mapping[str, object], at: Place, name: str) -> tuple[Place | None, object]:
    entries = stated.get("customProperties")
    if isinstance(entries, Sequence):
        for index, entry in enumerate(entries):
            if isinstance(entry, Mapping) and entry.get("property") == name:
                return (*at, "customProperties", index, "value"), entry.get("value")
    return None, None


def _known(at: Place) -> Sequence[str]:
    if not at:
        return vocabulary.ROOT_PROPERTIES
    if at[0] == "slaProperties" and len(at) == 2:
        return vocabulary.SERVICE_LEVEL_PROPERTIES
    if len(at) > 1 and at[-2] == "quality":
        return vocabulary.QUALITY_PROPERTIES
    if at[0] == "schema" and (at[-2] == "properties" or at[-1] in {"items", "key", "value"}):
        return vocabulary.PROPERTY_PROPERTIES
    return ()


def _lists(value: object, at: Place) -> Iterator[tuple[Place, Sequence[object]]]:
    """Yields every `customProperties` of the document with the place of its owner."""
    # The document is plain JSON: nothing else than dict and list holds anything.
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "customProperties" and isinstance(inner, list):
                yield at, inner
            elif isinstance(inner, dict | list):
                yield from _lists(inner, (*at, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            if isinstance(inner, dict | list):
                yield from _lists(inner, (*at, index))
