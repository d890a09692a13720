"""Finds the tool that a name shows: exact names first, then the longest beginning. Linear in the name's length."""

import re
import string
from collections.abc import Callable, Iterable
from typing import Final, Generic, TypeVar

Found = TypeVar("Found")

_NO_LETTERS: Final = dict.fromkeys(map(ord, string.punctuation + string.whitespace + "\u00a0\u202f"))


def plain(name: str) -> str:
    """Returns the name without its case: SDKs and vendors are compared so."""
    return name.casefold()


def letters_only(name: str) -> str:
    """Returns the name without case, spaces and punctuation.

    Destinations are compared so, since RudderStack's SDK takes `Keen.io`, `keen` and `KEEN` for the same one.
    """
    return name.casefold().translate(_NO_LETTERS)


class Names(Generic[Found]):
    """Names and beginnings of names, each with what it shows. Built once, then only read."""

    __slots__ = ("_beginnings", "_exact", "_fold", "_longest_beginning")

    def __init__(self, patterns: Iterable[tuple[str, Found]], fold: Callable[[str], str] = plain) -> None:
        """patterns: (name, found), where a name that ends in `*` is a beginning; the first of two equals wins."""
        self._fold = fold
        self._exact: dict[str, Found] = {}
        self._beginnings: dict[str, Found] = {}
        for name, found in patterns:
            target = self._beginnings if name.endswith("*") else self._exact
            target.setdefault(fold(name.removesuffix("*")), found)
        # Most names that a beginning shows are no longer than it: they are found without a search.
        self._exact = self._beginnings | self._exact
        longest_first = sorted(self._beginnings, key=len, reverse=True)
        self._longest_beginning = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def get(self, name: str) -> Found | None:
        """Returns what `name` shows, or None where nothing here knows it."""
        folded = self._fold(name)
        exact = self._exact.get(folded)
        if exact is not None:
            return exact
        beginning = self._longest_beginning.match(folded)
        return self._beginnings[beginning[0]] if beginning else None
