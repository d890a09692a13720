"""Every sentence for people, in English and French, by code.

One file an area; each entry holds both languages side by side, so none can be forgotten. Codes are English,
dotted and stable: tests, documents and the page refer to them. Values are filled in by name, as in
`str.format`; a test holds both languages of an entry to the same names.
"""

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple, TypeAlias

from observer.messages.text import Text

Lang: TypeAlias = Literal["en", "fr"]
LANGUAGES: Final[tuple[Lang, ...]] = ("en", "fr")


class Words(NamedTuple):
    """A sentence before its language is known: the code of a message and the values that it names."""

    code: str
    values: Mapping[str, object] = {}

    def __str__(self) -> str:
        return say(self.code, "en", **self.values)


def catalogue() -> Mapping[str, Text]:
    """Returns every message by its code."""
    return _CATALOGUE


def say(code: str, lang: Lang = "en", /, **values: object) -> str:
    """Returns the message `code` in `lang` with `values` filled in; values may be Words themselves.

    Raises KeyError when the code is not in the catalogue: a test renders each code that the sources name.
    """
    text = _CATALOGUE[code]
    template = text.fr if lang == "fr" else text.en
    filled = {
        name: say(value.code, lang, **value.values) if isinstance(value, Words) else value
        for name, value in values.items()
    }
    return template.format(**filled)


def speak(words: Words, lang: Lang = "en") -> str:
    """Returns `words` in `lang`."""
    return say(words.code, lang, **words.values)


def _gather() -> dict[str, Text]:
    # Imported here, since the areas import `Text` from this package's sibling and nothing else.
    from observer.messages import areas  # noqa: PLC0415

    return dict(areas.ALL)


_CATALOGUE: Final[dict[str, Text]] = _gather()
