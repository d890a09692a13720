"""What was learned → an ODCS contract, with the support of each guess.

Every payload that was learned from keeps the contract. No value of a property that looks personal is in it.
"""

import re
from collections.abc import Mapping
from itertools import pairwise
from math import ceil, log10
from typing import Any, Final, NamedTuple

from observer.contracts.inferring.learning import Lesson, Node
from observer.contracts.inferring.texts import element_of
from observer.contracts.jsonpath import ROOT, member
from observer.messages import Words

MINIMUM: Final = 20
"""Values below which presence, words, ranges and patterns are not guessed: five events show nothing of the sixth."""
PERSONAL: Final = "personal"
_LARGEST: Final = 10**12
_NAMES: Final = frozenset(
    {
        "address", "adresse", "birthdate", "birthday", "dob", "email", "firstname", "fullname", "gender", "ip",
        "lastname", "latitude", "longitude", "mobile", "nom", "password", "phone", "postcode", "prenom", "street",
        "surname", "tel", "telephone", "username", "zip", "zipcode",
    }
)  # fmt: skip
"""Names of properties that hold what has no shape to be recognised by. A guess: marketing and IT decide."""
_IDENTIFYING: Final = frozenset(
    {"guid", "hash", "id", "ids", "identifier", "key", "session", "sku", "token", "uuid"}
)
"""Names whose words are never listed, however few they are: each may stand for one person or one thing."""
_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_BREAK: Final = re.compile(r"[^a-z0-9]+")


class Guess(NamedTuple):
    """One guess and what speaks for it: `events` of `of` values. path: of the property; what: the guess."""

    path: str
    what: Words
    events: int
    of: int


class Guesser:
    """Makes properties of what was learned, and keeps the support of each guess."""

    def __init__(self, minimum: int = MINIMUM) -> None:
        self._minimum = minimum
        self.guesses: list[Guess] = []

    def payload(self, lesson: Lesson) -> list[dict[str, Any]]:
        """Returns the properties of a payload."""
        if lesson.unreadable[0]:
            total = lesson.root.values + lesson.unreadable[0]
            self._guess(ROOT, "unreadable", lesson.unreadable[0], total)
        return self.properties(lesson.root, ROOT)

    def properties(self, node: Node, path: str) -> list[dict[str, Any]]:
        """Returns the properties of an object that was seen at `path`."""
        if node.hidden:
            self._guess(path, "hidden", node.values, node.values)
        found: list[dict[str, Any]] = []
        for name, inner in node.properties.items():
            place = member(path, name)
            stated = self.named(name, inner, place)
            if stated is None:
                continue
            if inner.values == node.values >= self._minimum:
                stated["required"] = True
                self._guess(place, "required", inner.values, node.values)
            found.append(stated)
        return found

    def named(self, name: str, node: Node, path: str) -> dict[str, Any] | None:
        """Returns the property `name`, optional, or None where it has no one type."""
        parts = _parts(name)
        element = self.element(node, path, is_personal_name(name), not _IDENTIFYING.isdisjoint(parts))
        return None if element is None else {"name": name, **element}

    def element(
        self, node: Node, path: str, personal: bool = False, identifying: bool = False
    ) -> dict[str, Any] | None:
        """Returns what was seen at `path` without a name, or None where it has no one type.

        personal, identifying: what its name says.
        """
        kind = kind_of(node)
        if kind is None:
            if node.kinds:
                self._guess(
                    path, "mixed", max(node.kinds.values()), node.values, types=", ".join(sorted(node.kinds))
                )
            else:
                self._guess(path, "null", node.nulls, node.nulls)
            return None
        self._guess(path, "type", node.values, node.values, type=kind)
        suspected = personal or bool(node.personal)
        match kind:
            case "string":
                found = self._text(node, path, suspected, identifying)
            case "integer" | "number":
                found = {"logicalType": kind, **({} if suspected else self._range(node, path))}
            case "array":
                found = self._array(node, path, personal, identifying)
            case "object":
                found = {"logicalType": kind}
                properties = self.properties(node, path)
                if properties:
                    found["properties"] = properties
            case _:
                found = {"logicalType": kind}
        if suspected and kind not in {"array", "object"}:
            found["classification"] = PERSONAL
            self._suspicion(node, path)
        return found

    def _text(self, node: Node, path: str, suspected: bool, identifying: bool) -> dict[str, Any]:
        facts = node.text
        # A format and a pattern hold no value. Emptiness is no form of anything, so one empty text ends both.
        if facts.forms:
            self._guess(path, "form", facts.count, facts.count, form=facts.forms[0])
            return element_of(facts.forms[0])
        found: dict[str, Any] = {"logicalType": "string"}
        if suspected:
            return found
        words = None if identifying else facts.enum(self._minimum)
        if words is not None:
            self._guess(path, "enum", facts.count, facts.count, count=len(words))
            return {**found, "enum": [{"value": word} for word in words]}
        if facts.shape and facts.count >= self._minimum and (identifying or facts.words is None):
            self._guess(path, "pattern", facts.count, facts.count, pattern=facts.shape)
            return {**found, "logicalTypeOptions": {"pattern": facts.shape}}
        return found

    def _range(self, node: Node, path: str) -> dict[str, Any]:
        least, most = node.least, node.most
        # Whole numbers of hundreds of digits come too: they are compared before they are made floats.
        if node.values < self._minimum or least < -_LARGEST or most > _LARGEST:
            return {}
        low: int = 0 if least >= 0 else -_round(-float(least))
        high = _round(float(most)) if most > 0 else 0
        if low == high:
            return {}
        self._guess(path, "range", node.values, node.values, low=low, high=high)
        return {"logicalTypeOptions": {"minimum": low, "maximum": high}}

    def _array(self, node: Node, path: str, personal: bool, identifying: bool) -> dict[str, Any]:
        found: dict[str, Any] = {"logicalType": "array"}
        item = node.item
        if item is None or node.hidden or item.nulls or not item.values:
            return found
        inner = self.element(item, f"{path}[*]", personal, identifying)
        return found if inner is None else {**found, "items": inner}

    def _suspicion(self, node: Node, path: str) -> None:
        if not node.personal:
            self._guess(path, "personal_name", node.values, node.values)
        for kind, count in sorted(node.personal.items()):
            self._guess(path, "personal", count, node.values, kind=kind)

    def _guess(self, path: str, code: str, events: int, of: int, **values: object) -> None:
        self.guesses.append(Guess(path, Words(f"exchange.guess.{code}", values), events, of))


def kind_of(node: Node) -> str | None:
    """Returns the one logicalType of what was seen, before its texts are looked at, or None where there is none."""
    kinds = node.kinds.keys()
    if kinds == {"integer", "number"}:
        return "number"
    return next(iter(kinds)) if len(kinds) == 1 else None


def is_personal_name(name: str) -> bool:
    """Returns whether a property of that name most often holds what is personal."""
    parts = _parts(name)
    return any(part in _NAMES for part in (*parts, "".join(parts), *map("".join, pairwise(parts))))


def _parts(name: str) -> list[str]:
    return [part for part in _BREAK.split(_HUMP.sub("_", name).lower()) if part]


def support(guess: Guess) -> Mapping[str, Any]:
    """Returns the support as JSON values: how many, of how many, and the share."""
    share = guess.events / guess.of if guess.of else 0.0
    return {"events": guess.events, "of": guess.of, "share": round(share, 4)}


def _round(number: float) -> int:
    """Returns the power of ten that is at least twice `number`: a range to begin with, no copy of what came."""
    exponent = max(0, ceil(log10(2 * number)))
    return int(f"1{'0' * exponent}")
