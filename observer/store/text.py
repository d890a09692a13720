"""Text that every store can hold."""

from typing import Final

_NO_NULL: Final = "\ufffd"


def storable(text: str) -> str:
    """Returns `text` as UTF-8 can hold it and PostgreSQL takes it: U+FFFD stands for a NULL character and for half of
    a surrogate pair."""
    if "\0" in text:
        text = text.replace("\0", _NO_NULL)
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
