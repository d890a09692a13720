"""`observer explain`: what a code means, an example, how to mend it."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Final, NamedTuple

import click

from observer.cli.language import current_language
from observer.contracts.vocabulary import CONSTRAINTS
from observer.errors import InputError, Problem, literal, nearest
from observer.messages import Lang, Words, catalogue, say, speak
from observer.model import ViolationKind

_PARTS: Final = ("what", "example", "mend")
_MALFORMED: Final = "consent.malformed."
_DECODE: Final = "decode"

FAMILIES: Final = ("consent", "tool", "decode", "collector", "gate")
"""What begins the name of an explanation and not the code that the product prints: `expired`, `idle`, `not_json`."""

RULES: Final[Mapping[str, Sequence[ViolationKind]]] = {
    **{word: (constraint.kind,) for word, constraint in CONSTRAINTS.items()},
    "type": (ViolationKind.TYPE_MISMATCH,),
    "enum": (ViolationKind.OUT_OF_CONSTRAINT,),
    "required": (ViolationKind.MISSING_REQUIRED,),
    "unexpected": (ViolationKind.UNEXPECTED_PROPERTY,),
    "keys": (ViolationKind.WRONG_FORMAT,),
    # Of a text its form; of a number the bounds that the format stands for.
    "format": (ViolationKind.WRONG_FORMAT, ViolationKind.OUT_OF_CONSTRAINT),
    "readable": (ViolationKind.NOT_CHECKED,),
    "event": (ViolationKind.UNEXPECTED_EVENT,),
    "decode": (ViolationKind.UNDECODABLE,),
}
"""Word that begins a rule, as `required:$.order_id` → what breaks it is."""


class Explanation(NamedTuple):
    """What one code means. name: the code; what, example, mend: not yet in a language."""

    name: str
    what: Words
    example: Words
    mend: Words


def codes() -> list[str]:
    """Returns every code that can be explained, as the product prints it, sorted."""
    families = tuple(f"{family}_" for family in FAMILIES)
    plain = {name for name in _names() if not name.startswith(families)}
    in_families = {name.partition("_")[2] for name in _names() if name.startswith(families)}
    return sorted(plain | in_families | set(RULES) | set(_malformed()))


def explanations(code: str) -> list[Explanation]:
    """Returns what a code means, [] where it is none: several where it stands for several things.

    A rule (`required:$.order_id`) is explained by its kind, a reason with or without `decode:` before it.
    """
    word, _, rest = code.partition(":")
    if word == _DECODE and rest:
        return _of([f"decode_{rest}"])
    found = _of(_meant(word))
    return [*found, _unreadable_signal(word)] if word in _malformed() else found


def _meant(word: str) -> Iterator[str]:
    yield word
    yield from (f"{family}_{word}" for family in FAMILIES)
    yield from (kind.value for kind in RULES.get(word, ()))


def _of(names: Iterable[str]) -> list[Explanation]:
    known = _names()
    return [
        Explanation(name, *(Words(f"explain.{name}.{part}") for part in _PARTS))
        for name in dict.fromkeys(names)
        if name in known
    ]


def _unreadable_signal(reason: str) -> Explanation:
    why = Words("cli.explain.malformed", {"why": Words(f"{_MALFORMED}{reason}")})
    example, mend = (Words(f"explain.consent_malformed.{part}") for part in ("example", "mend"))
    return Explanation(f"consent_malformed.{reason}", why, example, mend)


def _names() -> set[str]:
    return {
        code.removeprefix("explain.").removesuffix(".what")
        for code in catalogue()
        if code.startswith("explain.") and code.endswith(".what")
    }


def _malformed() -> list[str]:
    return [code.removeprefix(_MALFORMED) for code in catalogue() if code.startswith(_MALFORMED)]


@click.command(help="cli.explain.help")
@click.argument("code", required=False)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="cli.format.help")
def explain(code: str | None, form: str) -> None:
    """Prints what `code` means; without one, every code there is."""
    lang = current_language()
    if code is None:
        known = codes()
        click.echo(json.dumps(known) if form == "json" else "\n".join(known))
        return
    found = explanations(code)
    if not found:
        mend = nearest(code.removeprefix(f"{_DECODE}:"), codes()) or Words("cli.explain.mend_list")
        raise InputError(Problem("explain", Words("cli.explain.expected"), literal(f"`{code}`"), mend=mend))
    if form == "json":
        first, *others = (_as_json(one, lang) for one in found)
        click.echo(json.dumps({**first, "also": others} if others else first, ensure_ascii=False))
        return
    click.echo("\n".join(chain.from_iterable(_lines(one, lang, named=len(found) > 1) for one in found)))


def _as_json(one: Explanation, lang: Lang) -> dict[str, Any]:
    return {"code": one.name, **{part: speak(getattr(one, part), lang) for part in _PARTS}}


def _lines(one: Explanation, lang: Lang, *, named: bool) -> Iterator[str]:
    """Yields the lines that explain a code. named: whether its name stands above, as among several."""
    if named:
        yield f"[{one.name}]"
    for part, words in zip(_PARTS, (one.what, one.example, one.mend), strict=True):
        yield say(f"cli.explain.{part}", lang)
        yield f"  {speak(words, lang)}"
