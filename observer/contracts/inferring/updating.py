"""What traffic has and a contract does not name → the changed contract, and what had to be left to people."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any, Final, NamedTuple

from observer.contracts import vocabulary
from observer.contracts.inferring.guessing import Guess, Guesser, kind_of
from observer.contracts.inferring.learning import Lesson, Node
from observer.contracts.jsonpath import ROOT, member
from observer.messages import Words


class Update(NamedTuple):
    """A contract as it could be. document: a copy; changes: what is new in it; left: what people must decide;
    guesses: what speaks for what is new."""

    document: dict[str, Any]
    changes: tuple[Guess, ...]
    left: tuple[Guess, ...]
    guesses: tuple[Guess, ...]


_WIDER: Final = ("integer", "number")


def updated(document: Mapping[str, Any], lesson: Lesson, minimum: int) -> Update:
    """Returns the valid contract in `document` with the properties and types that `lesson` has and it does not name.

    What is added is optional. Where anything changed, the version's middle number grows, and the document is of the
    version of the standard that we write.
    """
    copy = deepcopy(dict(document))
    updater = _Updater(Guesser(minimum))
    updater.members(copy["schema"][0], lesson.root, ROOT)
    if updater.changes:
        copy["version"] = _next(str(copy["version"]))
        copy["apiVersion"] = vocabulary.WRITTEN
    return Update(copy, tuple(updater.changes), tuple(updater.left), tuple(updater.guesser.guesses))


class _Updater:
    def __init__(self, guesser: Guesser) -> None:
        self.guesser = guesser
        self.changes: list[Guess] = []
        self.left: list[Guess] = []

    def members(self, stated: dict[str, Any], node: Node, path: str) -> None:
        """Adds to an object what it does not name."""
        declared = {one["name"]: one for one in stated.get("properties") or ()}
        for name, inner in node.properties.items():
            place = member(path, name)
            if name in declared:
                self._element(declared[name], inner, place)
                continue
            found = self.guesser.named(name, inner, place)
            if found is None:
                if inner.values:
                    self._tell(self.left, place, "mixed", inner, types=", ".join(sorted(inner.kinds)))
                continue
            stated["properties"] = [*(stated.get("properties") or ()), found]
            self._tell(self.changes, place, "added", inner, of=node.values)

    def _element(self, stated: dict[str, Any], node: Node, path: str) -> None:
        kind = stated["logicalType"]
        asked = vocabulary.JSON_TYPES[kind]
        wrong = {seen: count for seen, count in node.kinds.items() if not _fits(seen, asked)}
        if wrong == {"number": node.kinds["number"]} and kind == "integer" and kind_of(node) is not None:
            self._widen(stated, node, path)
        elif wrong:
            types = ", ".join(sorted(wrong))
            self._tell(self.left, path, "conflict", node, events=sum(wrong.values()), types=types, type=kind)
        if kind == "object" and stated.get("properties"):
            self.members(stated, node, path)
        elif kind == "array" and stated.get("items") and node.item is not None:
            self._element(stated["items"], node.item, f"{path}[*]")

    def _widen(self, stated: dict[str, Any], node: Node, path: str) -> None:
        options = stated.get("logicalTypeOptions") or {}
        if "format" in options or "multipleOf" in options or "enum" in stated:
            self._tell(self.left, path, "conflict", node, types="number", type="integer")
            return
        stated["logicalType"] = "number"
        self._tell(self.changes, path, "widened", node, events=node.kinds["number"])

    def _tell(
        self,
        listed: list[Guess],
        path: str,
        code: str,
        node: Node,
        events: int | None = None,
        of: int | None = None,
        **values: object,
    ) -> None:
        counted = node.values if events is None else events
        listed.append(
            Guess(path, Words(f"exchange.guess.{code}", values), counted, node.values if of is None else of)
        )


def _fits(seen: str, asked: str) -> bool:
    return seen == asked or (seen in _WIDER and asked == "number")


def _next(version: str) -> str:
    """Returns the version with its second number raised; one that is no three numbers as it was."""
    parts = version.split(".")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):
        return version
    return f"{parts[0]}.{int(parts[1]) + 1}.0"
