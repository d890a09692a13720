"""The form that asks why a destination may use an event, or may not, and what is answered.

What is pasted is read, explained and forgotten: it is not shown again, not stored and not logged.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple

from observer.catalog import Catalog
from observer.consent.formats import READERS
from observer.consent.pasted import signals_of
from observer.consent.steps import Explanation
from observer.errors import InputError, ObserverError, Problem
from observer.messages import Lang, Words, say
from observer.model import Signal
from observer.quarantine import Filters
from observer.quarantine.signals import signals_of_kept
from observer.web.cells import ago
from observer.web.view import PageView

LATEST: Final = 20
"""Kept events that are offered."""
FORM_BYTES: Final = 262_144
"""Of the posted form: the longest text, each character escaped."""

_EPOCH: Final = date(1970, 1, 1).toordinal()
_DAY: Final = 86_400


class Asked(NamedTuple):
    """What a visitor asked. event: the id of a kept one, or ""; destination: "" for all that the source feeds;
    day: ISO date, or "" for today; kind: the format of what was pasted, or "" where its shape is to tell."""

    event: str = ""
    source: str = ""
    destination: str = ""
    kind: str = ""
    day: str = ""


class Answer(NamedTuple):
    """One decision, as the page shows it. sentences: (depth, tone, sentence, whose rule), the last the verdict."""

    destination: str
    allowed: bool
    verdict: str
    sentences: tuple[tuple[int, str, str, str], ...]


class ConsentPage(NamedTuple):
    """The form and, once something was asked, the answers. problem: why there are none, in words, or ""."""

    asked: Asked
    sources: tuple[tuple[str, str], ...]
    destinations: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str], ...]
    events: tuple[tuple[str, str], ...]
    answers: tuple[Answer, ...] = ()
    problem: str = ""


def empty_page(view: PageView, catalog: Catalog, lang: Lang) -> ConsentPage:
    """Returns the form before anything was asked. Raises QuarantineError."""
    return ConsentPage(Asked(), *_choices(view, catalog, lang))


def answered_page(view: PageView, catalog: Catalog, form: Mapping[str, str], lang: Lang) -> ConsentPage:
    """Returns the form with what it asked for answered, or with why it could not be."""
    asked = Asked(*(form.get(name, "").strip() for name in Asked._fields))
    page = ConsentPage(_known_only(asked, catalog), *_choices(view, catalog, lang))
    try:
        return page._replace(answers=tuple(_answers(view, catalog, asked, form.get("text", ""), lang)))
    except ObserverError as error:
        return page._replace(problem=error.told(lang))


def _known_only(asked: Asked, catalog: Catalog) -> Asked:
    """What may be filled in again: nothing that the visitor typed."""
    return Asked(
        source=asked.source if asked.source in catalog.sources else "",
        destination=asked.destination if asked.destination in catalog.destinations else "",
        kind=asked.kind if asked.kind in READERS else "",
        day=asked.day if _is_date(asked.day) else "",
    )


def _answers(view: PageView, catalog: Catalog, asked: Asked, text: str, lang: Lang) -> Iterator[Answer]:
    source, signals, day = _question(view, catalog, asked, text)
    fed = catalog.sources[source].destinations
    chosen = (asked.destination,) if asked.destination else fed
    if asked.destination and asked.destination not in catalog.destinations:
        raise InputError(_unknown("destination", catalog.destinations))
    for destination in chosen:
        explanation = catalog.sources[source].explain_consent(signals, day, destination)
        yield _answer(catalog.destinations[destination].title, explanation, lang)


def _question(
    view: PageView, catalog: Catalog, asked: Asked, text: str
) -> tuple[str, tuple[Signal, ...], int]:
    if asked.event:
        if view.archive is None:
            raise InputError(_unknown("event", ()))
        return signals_of_kept(catalog, view.archive.read(asked.event))
    if asked.source not in catalog.sources:
        raise InputError(_unknown("source", catalog.sources))
    if asked.day and not _is_date(asked.day):
        raise InputError(Problem("day", Words("page.explain.expected.day"), Words("page.refused.other")))
    day = date.fromisoformat(asked.day).toordinal() - _EPOCH if asked.day else int(view.now() // _DAY)
    return asked.source, signals_of(text, asked.kind), day


def _answer(title: str, explanation: Explanation, lang: Lang) -> Answer:
    *steps, verdict = explanation.steps
    tones = {True: "good", False: "bad", None: "told"}
    return Answer(
        title,
        explanation.decision is not None and explanation.decision.allowed,
        verdict.told(lang),
        tuple((step.depth, tones[step.holds], step.told(lang), step.authority_told(lang)) for step in steps),
    )


_Options = tuple[tuple[str, str], ...]


def _choices(view: PageView, catalog: Catalog, lang: Lang) -> tuple[_Options, _Options, _Options, _Options]:
    return (
        tuple((source.id, source.title) for source in catalog.sources.values()),
        tuple((each.id, each.title) for each in catalog.destinations.values()),
        tuple((kind, say(f"consent.format.{kind}", lang)) for kind in READERS),
        tuple(_events(view, lang)),
    )


def _events(view: PageView, lang: Lang) -> Iterator[tuple[str, str]]:
    if view.archive is None:
        return
    now = view.now()
    for entry in view.archive.entries(Filters(limit=LATEST, newest_first=True)):
        verdict = say(f"page.verdict.{entry.verdict.value}", lang)
        yield entry.id, f"{entry.source} · {verdict} · {ago(entry.observed, now, lang)}"


def _unknown(name: str, known: Mapping[str, object] | tuple[str, ...]) -> Problem:
    expected = Words("page.refused.known", {"known": ", ".join(known)})
    return Problem(name, expected, Words("page.refused.other"))


def _is_date(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False
