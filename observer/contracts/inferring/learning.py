"""What is remembered of the payloads of one event: counts and shapes, in bounded memory."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final, NamedTuple

from observer.contracts.inferring.texts import TextFacts
from observer.contracts.payload import UnreadableError, read
from observer.privacy import recognise


class Limits(NamedTuple):
    """What bounds the memory. contracts: unlike events; nodes: properties of all of them; properties: of one object,
    beyond which its names are data; depth: levels."""

    contracts: int = 1_000
    nodes: int = 100_000
    properties: int = 300
    depth: int = 12


LIMITS: Final = Limits()


class Node:
    """What was seen at one place. values: all that are not null; nulls: how many are; hidden: whether a name
    was passed over, since it looks personal or since there are too many."""

    __slots__ = (
        "hidden",
        "item",
        "kinds",
        "least",
        "most",
        "nulls",
        "personal",
        "properties",
        "text",
        "values",
    )

    def __init__(self) -> None:
        self.values = 0
        self.nulls = 0
        self.kinds: Counter[str] = Counter()
        self.personal: Counter[str] = Counter()
        self.text = TextFacts()
        self.least: int | float | Decimal = 0
        self.most: int | float | Decimal = 0
        self.properties: dict[str, Node] = {}
        self.item: Node | None = None
        self.hidden = False

    @property
    def count(self) -> int:
        """Returns how many nodes there are from here on."""
        below = sum(node.count for node in self.properties.values())
        return 1 + below + (self.item.count if self.item is not None else 0)


class Lesson(NamedTuple):
    """The payloads of one event. root: of them all; unreadable: how many were no JSON objects."""

    root: Node
    unreadable: list[int]


class Learner:
    """Learns from payloads by (kind, name). beyond: events for which there was no room;
    nameless: events whose name looks personal. Both are counted and not learned from."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        self._limits = limits
        self._nodes = 0
        self.lessons: dict[tuple[str, str], Lesson] = {}
        self.beyond = 0
        self.nameless = 0

    def learn(self, kind: str, name: str, payload: bytes) -> None:
        """Learns from one payload."""
        lesson = self.lessons.get((kind, name))
        if lesson is None:
            if recognise(name) is not None:
                self.nameless += 1
                return
            if len(self.lessons) >= self._limits.contracts:
                self.beyond += 1
                return
            lesson = self.lessons[kind, name] = Lesson(Node(), [0])
        try:
            value = read(payload)
        except UnreadableError:
            value = None
        if isinstance(value, Mapping):
            self._see(lesson.root, value, 0)
        else:
            lesson.unreadable[0] += 1

    def _see(self, node: Node, value: Any, depth: int) -> None:
        if value is None:
            node.nulls += 1
            return
        node.values += 1
        match value:
            case bool():
                node.kinds["boolean"] += 1
            case str():
                node.kinds["string"] += 1
                self._suspect(node, value)
                node.text.see(value)
            case int() | float() | Decimal():
                self._number(node, value)
            case list():
                node.kinds["array"] += 1
                self._items(node, value, depth)
            case _:
                node.kinds["object"] += 1
                self._members(node, value, depth)

    def _suspect(self, node: Node, text: str) -> None:
        kind = recognise(text)
        if kind is not None:
            node.personal[kind] += 1

    def _number(self, node: Node, value: int | float | Decimal) -> None:
        first = not node.kinds["integer"] and not node.kinds["number"]
        node.kinds["integer" if isinstance(value, int) else "number"] += 1
        node.least = value if first else min(node.least, value)
        node.most = value if first else max(node.most, value)
        if isinstance(value, int) and abs(value) >= 10**7 and abs(value) < 10**19:
            self._suspect(node, str(value))

    def _items(self, node: Node, values: list[Any], depth: int) -> None:
        if depth >= self._limits.depth or (node.item is None and not self._room()):
            node.hidden = True
            return
        if node.item is None:
            node.item = self._new()
        for value in values:
            self._see(node.item, value, depth + 1)

    def _members(self, node: Node, members: Mapping[str, Any], depth: int) -> None:
        for name, value in members.items():
            if node.hidden and not node.properties:
                return
            inner = node.properties.get(name)
            if inner is None:
                if not self._may_learn(node, name, depth):
                    continue
                inner = node.properties[name] = self._new()
            self._see(inner, value, depth + 1)

    def _may_learn(self, node: Node, name: str, depth: int) -> bool:
        if depth >= self._limits.depth or not self._room() or recognise(name) is not None:
            node.hidden = True
            return False
        if len(node.properties) >= self._limits.properties:
            # So many names are data, as ids are.
            self._nodes -= node.count - 1
            node.properties = {}
            node.hidden = True
            return False
        return True

    def _room(self) -> bool:
        return self._nodes < self._limits.nodes

    def _new(self) -> Node:
        self._nodes += 1
        return Node()
