"""What the other side says and a contract cannot, or the other way round: listed, never dropped in silence."""

from collections.abc import Iterable
from typing import NamedTuple

from observer.contracts.jsonpath import join
from observer.contracts.report import Place
from observer.messages import Words


class Lost(NamedTuple):
    """One thing without an equal. place: the file, or what the contract came from; path: where inside it."""

    place: str
    path: str
    what: Words


class Losses:
    """The losses of one document, each once, in the order in which they were met."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.found: list[Lost] = []

    def add(self, at: Place, code: str, **values: object) -> None:
        """Adds one loss. code: what is told after `exchange.lost.`; values: the values it names."""
        lost = Lost(self.place, join(at), Words(f"exchange.lost.{code}", values))
        if lost not in self.found:
            self.found.append(lost)

    def keys(self, at: Place, keys: Iterable[str]) -> None:
        """Adds each of `keys` that stands at `at` and has no equal."""
        for key in keys:
            self.add((*at, key), "keyword", name=key)
