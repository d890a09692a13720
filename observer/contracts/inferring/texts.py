"""What texts have in common: a format, a shape of letters and digits, a few words that come again and again."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any, Final

from observer.contracts.json_schema import without_null, written
from observer.contracts.shape import Shape
from observer.contracts.validators import validator

LARGEST_ENUM: Final = 12
LONGEST_WORD: Final = 40
_LONGEST: Final = 300
_PARTS: Final = 16
_WORD: Final = re.compile(r"[a-z0-9][a-z0-9_.:/-]*|[A-Z0-9][A-Z0-9_.:/-]*", re.ASCII)
"""A code rather than a name: people's names begin with one capital letter."""
_RUN: Final = re.compile(r"[0-9]+|[A-Z]+|[a-z]+|[^0-9A-Za-z]", re.ASCII)
_HEX: Final = re.compile(r"(?:[0-9a-f]{16}|[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})", re.ASCII)

FORMS: Final = ("date", "timestamp", "uuid", "email", "uri", "ipv4", "ipv6")
"""A logicalType or a format, in the order in which they are tried."""


def element_of(form: str) -> dict[str, Any]:
    """Returns the ODCS element of one of FORMS."""
    if form in {"date", "timestamp"}:
        return {"logicalType": form}
    return {"logicalType": "string", "logicalTypeOptions": {"format": form}}


@cache
def _takes(form: str) -> Callable[[object], bool]:
    element = element_of(form)
    shape = Shape(element["logicalType"], "$", options=element.get("logicalTypeOptions", {}))
    return validator(without_null(written(shape).schema)).is_valid


class TextFacts:
    """The texts of one property. forms: those of FORMS that all of them keep; words: how often each came, or None where
    they are too many or too long; shape: the pattern that all of them have, or None."""

    __slots__ = ("count", "forms", "shape", "words")

    def __init__(self) -> None:
        self.count = 0
        self.forms: tuple[str, ...] = FORMS
        self.words: dict[str, int] | None = {}
        self.shape: str | None = ""

    def see(self, text: str) -> None:
        """Learns from one text."""
        self.count += 1
        if self.forms:
            self.forms = tuple(form for form in self.forms if _takes(form)(text))
        if self.shape is not None:
            shape = _shape(text)
            self.shape = shape if self.shape in ("", shape) else None
        if self.words is not None:
            self.words[text] = self.words.get(text, 0) + 1
            if len(self.words) > LARGEST_ENUM or len(text) > LONGEST_WORD:
                self.words = None

    def enum(self, least: int) -> list[str] | None:
        """Returns the words in their alphabetical order, where each came often and looks like a code; else None."""
        if not self.words or len(self.words) < 2 or self.count < max(least, 5 * len(self.words)):
            return None
        if not all(_WORD.fullmatch(word) and count > 1 for word, count in self.words.items()):
            return None
        return sorted(self.words)


def _shape(text: str) -> str | None:
    """Returns the pattern of a code with digits in it, or None: `ML-204` has `^[A-Z]{2}-[0-9]{3}$`."""
    if len(text) > _LONGEST or not any(letter in "0123456789" for letter in text):
        return None
    found = _HEX.fullmatch(text)
    if found:
        return f"^[0-9a-f]{{{len(text)}}}$"
    parts: list[str] = []
    for run in _RUN.findall(text):
        if run[0].isascii() and run[0].isalnum():
            letters = "0-9" if run[0].isdigit() else "A-Z" if run[0].isupper() else "a-z"
            parts.append(f"[{letters}]{{{len(run)}}}")
        elif run in "-_./:#":
            parts.append(re.escape(run))
        else:
            return None
    return "^" + "".join(parts) + "$" if len(parts) <= _PARTS else None
