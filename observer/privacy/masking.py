"""Values and documents, shown by shape and kind alone."""

import re
from collections.abc import Container
from typing import Final, TypeAlias

from observer.privacy.envelope import ENVELOPE_NAMES
from observer.privacy.scrubbing import recognise

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None

HIDDEN: Final = "*"
"""Stands for a name that is not declared: it can be an e-mail address."""

DEEPEST: Final = 64
"""Levels that are shown; deeper ones are named by their kind, so that no document exhausts the stack."""

LONGEST_LOOKED_AT: Final = 512
"""Characters. Longer strings are prose or encoded data: they are not searched for a kind."""


def mask_value(kind: str, text: str) -> str:
    """Returns what may be shown of a text: its kind and how long it is at most, as `‹string, ≤ 32›`.

    The length is rounded up to a power of two: an exact one can tell two names apart.
    """
    length = len(text)
    return f"‹{kind}, ≤ {1 << (length - 1).bit_length()}›" if length else f"‹{kind}, empty›"


def mask_document(value: Json, known: Container[str] = ENVELOPE_NAMES) -> Json:
    """Returns a document of the same shape that holds no value: what `observer quarantine show` prints.

    A string becomes its kind and length class, `‹email, ≤ 32›` where its kind is recognised; a number becomes
    `‹number›`; booleans and null stay. A name that is not `known` becomes `*`, the next one of the same object
    `*2`, and so on. Never raises: what JSON cannot hold becomes `‹unknown›`.
    """
    return _masked(value, known, DEEPEST)


def _masked(value: Json, known: Container[str], levels: int) -> Json:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return "‹number›"
    if isinstance(value, str):
        kind = recognise(value) if len(value) <= LONGEST_LOOKED_AT else None
        return mask_value(kind or "string", value)
    if isinstance(value, list):
        if levels == 0:
            return "‹array›"
        return [_masked(item, known, levels - 1) for item in value]
    if isinstance(value, dict):
        return "‹object›" if levels == 0 else _masked_object(value, known, levels)
    # Reached by what a caller passes against the types: it fails closed.
    return "‹unknown›"


def _masked_object(members: dict[str, Json], known: Container[str], levels: int) -> Json:
    masked: dict[str, Json] = {}
    hidden = 0
    for name, value in members.items():
        shown = name
        if name not in known:
            hidden += 1
            shown = HIDDEN if hidden == 1 else f"{HIDDEN}{hidden}"
        masked[shown] = _masked(value, known, levels - 1)
    return masked


_STEP: Final = re.compile(
    r"\.(?P<name>[^.\[\]]+)"
    r"|\[(?P<index>[0-9]{1,6}|\*)\]"
    r"|\['(?P<single>(?:[^'\\]|\\.)*)'\]"
    r'|\["(?P<double>(?:[^"\\]|\\.)*)"\]',
    re.DOTALL,
)


def mask_path(path: str, known: Container[str]) -> str:
    """Returns a JSONPath in which each name that is not `known` is `*`; indexes stay.

    `$.traits.jeanne@maison.example` becomes `$.traits.*.*`. What cannot be read as a path is `*` from there on.
    """
    if not path.startswith("$"):
        return HIDDEN
    pieces, at = ["$"], 1
    while at < len(path):
        step = _STEP.match(path, at)
        if step is None:
            pieces.append("." + HIDDEN)
            break
        at = step.end()
        if step["index"] is not None:
            pieces.append(step[0])
            continue
        name = step["name"] or step["single"] or step["double"] or ""
        pieces.append(step[0] if name in known else "." + HIDDEN)
    return "".join(pieces)
