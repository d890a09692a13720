"""What one message is."""

from typing import NamedTuple


class Text(NamedTuple):
    """One sentence in both languages of the house."""

    en: str
    fr: str
