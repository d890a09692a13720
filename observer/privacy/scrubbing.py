"""Recognised personal values, named or taken out of text."""

from collections.abc import Iterator

from observer.privacy.recognisers import FAMILIES, Recogniser


def recognise(text: str) -> str | None:
    """Returns the kind of personal value that the text is or contains, or None; one of recognisers.KINDS.

    Names, postal addresses and birthdays have no shape and are not recognised: never take None for a proof.
    """
    for kind, find in _worth_a_try(text):
        if next(find(text), None) is not None:
            return kind
    return None


def scrub(text: str) -> str:
    """Returns the text with each recognised personal value replaced by its kind, as `‹email›`.

    For log lines and errors from other libraries: a second line of defence, behind not putting values there.
    Linear in the length of the text.
    """
    found = sorted(
        (start, rank, end, kind)
        for rank, (kind, find) in enumerate(_worth_a_try(text))
        for start, end in find(text)
    )
    pieces: list[str] = []
    done = 0
    for start, _, end, kind in found:
        # Where two overlap, the first gives the name and both are taken out.
        if start >= done:
            pieces += (text[done:start], f"‹{kind}›")
        done = max(done, end)
    pieces.append(text[done:])
    return "".join(pieces)


def _worth_a_try(text: str) -> Iterator[tuple[str, Recogniser]]:
    for family in FAMILIES:
        if family.hint(text):
            yield from family.recognisers
