"""Texts that match a pattern, made by walking it. For the patterns that `contracts.patterns` lets pass.

What comes out is a guess: whoever uses it checks it against the contract.
"""

import re
import string
from typing import Final

_PROBES: Final = "a1A0-_ .b2zZ9@:/" + string.ascii_letters + string.digits + string.punctuation + "\t\né"
_QUANTIFIER: Final = re.compile(r"([*+?])\??|\{(\d+)(,(\d*))?\}\??")
_ESCAPE: Final = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|.)", re.DOTALL)
_CLASS: Final = re.compile(r"\[\^?(?:\\.|[^\]\\])*\]", re.DOTALL)
_VARIANTS: Final = 4
_MORE: Final = 3
_MOST: Final = 2_000


def texts(pattern: str) -> list[str]:
    """Returns a few texts that should match, the shortest first; [] where the pattern could not be walked."""
    found: list[str] = []
    for variant in range(_VARIANTS):
        try:
            text = _Walk(pattern, variant).alternatives()
        except (IndexError, re.error):
            return found
        if len(text) <= _MOST and text not in found:
            found.append(text)
    return found


class _Walk:
    """One reading of a pattern. variant: how many more repetitions than needed, and which choice of several."""

    def __init__(self, pattern: str, variant: int) -> None:
        self._pattern = pattern
        self._variant = variant
        self._at = 0

    def alternatives(self) -> str:
        options = [self._sequence()]
        while self._peek() == "|":
            self._at += 1
            options.append(self._sequence())
        return options[min(self._variant, len(options) - 1)]

    def _peek(self) -> str:
        return self._pattern[self._at : self._at + 1]

    def _sequence(self) -> str:
        text = ""
        while self._peek() not in {"", "|", ")"}:
            atom = self._atom()
            text += atom * self._repetitions()
            if len(text) > _MOST:
                raise IndexError
        return text

    def _atom(self) -> str:
        character = self._peek()
        if character in "^$":
            self._at += 1
            return ""
        if character == "(":
            self._at += 3 if self._pattern.startswith("(?:", self._at) else 1
            inner = self.alternatives()
            self._at += 1
            return inner
        matcher = _ESCAPE if character == "\\" else _CLASS if character == "[" else None
        if matcher is None:
            self._at += 1
            return "a" if character == "." else character
        found = matcher.match(self._pattern, self._at)
        if found is None:
            raise IndexError
        self._at = found.end()
        return self._of_class(found[0])

    def _of_class(self, text: str) -> str:
        accepts = re.compile(text, re.ASCII)
        fitting = [probe for probe in _PROBES if accepts.fullmatch(probe)]
        if not fitting:
            literal = text.strip("[]^")[:1]
            return literal if accepts.fullmatch(literal) else ""
        return fitting[self._variant % len(fitting)]

    def _repetitions(self) -> int:
        found = _QUANTIFIER.match(self._pattern, self._at)
        if found is None:
            return 1
        self._at = found.end()
        sign, low, comma, high = found[1], found[2], found[3], found[4]
        least = int(low) if low else (1 if sign == "+" else 0)
        if sign:
            most = 1 if sign == "?" else least + _MORE
        else:
            most = int(high) if high else (least + _MORE if comma else least)
        return min(least + self._variant, most)
