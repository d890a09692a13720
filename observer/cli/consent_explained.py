"""`observer consent explain`: a decision step by step, for signals on standard input or for a kept event."""

import json
import os
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

from observer.catalog import Catalog, Source
from observer.cli.language import current_language
from observer.clock import SystemClock
from observer.consent.pasted import LONGEST, signals_of
from observer.consent.steps import Explanation
from observer.errors import InputError, Problem, literal, nearest
from observer.loader import example_folder, load
from observer.messages import Lang, Words
from observer.model import Signal
from observer.quarantine import Archive
from observer.quarantine.signals import KeptSignals, signals_of_kept
from observer.settings import Settings, load_settings

_EPOCH: Final = date(1970, 1, 1).toordinal()
_DAY: Final = 86_400
_MARKS: Final = {True: "✓", False: "✗", None: "·"}


class Asked(NamedTuple):
    """What the command line asks. "" for what it does not say."""

    source: str
    destination: str
    kind: str
    day: str
    event: str


def explained(
    asked: Asked, stdin: BinaryIO, catalog: Path | None, state: Path | None, config: Path | None, form: str
) -> Iterator[str]:
    """Yields the lines of the answer: for people, or one JSON object a destination. Raises ObserverError."""
    lang = current_language()
    settings = load_settings(config, os.environ)
    now = load(catalog or settings.catalog or example_folder())
    question = _kept(asked, now, settings, state) if asked.event else _pasted(asked, now, stdin)
    source = now.sources[question.source]
    for destination in _destinations(asked, now, source):
        explanation = source.explain_consent(question.signals, question.day, destination)
        if form == "json":
            yield json.dumps(as_json(explanation, source.id, destination, lang), ensure_ascii=False)
        else:
            yield from _lines(explanation, now.destinations[destination].title, lang)


def as_json(explanation: Explanation, source: str, destination: str, lang: Lang) -> dict[str, Any]:
    """Returns one explanation as JSON values; sentences are in `lang`, all else is codes."""
    decision = explanation.decision
    return {
        "source": source,
        "destination": destination,
        "allowed": decision is not None and decision.allowed,
        "reason": decision.reason.value if decision is not None else None,
        "steps": [
            {
                "rule": step.rule,
                "holds": step.holds,
                "depth": step.depth,
                "authority": step.authority,
                "said": step.told(lang),
            }
            for step in explanation.steps
        ],
    }


def _kept(asked: Asked, catalog: Catalog, settings: Settings, state: Path | None) -> KeptSignals:
    if state is not None:
        settings = Settings(**{**dict(settings), "state": state})
    return signals_of_kept(catalog, Archive(settings.quarantine_folder).read(asked.event))


def _pasted(asked: Asked, catalog: Catalog, stdin: BinaryIO) -> KeptSignals:
    _known("--source", asked.source, catalog.sources)
    day = _day_of(asked.day) if asked.day else int(SystemClock().now() // _DAY)
    # One more than is read tells whether there is more.
    text = stdin.read(LONGEST + 1).decode("utf-8", "replace")
    signals: tuple[Signal, ...] = signals_of(text, asked.kind)
    return KeptSignals(asked.source, signals, day)


def _destinations(asked: Asked, catalog: Catalog, source: Source) -> tuple[str, ...]:
    if not asked.destination:
        return source.destinations
    _known("--destination", asked.destination, catalog.destinations)
    return (asked.destination,)


def _known(option: str, name: str, known: Mapping[str, object]) -> None:
    if name not in known:
        expected = Words("page.refused.known", {"known": ", ".join(known)})
        got = literal(f"`{name}`") if name else Words("quarantine.got_nothing")
        raise InputError(Problem(option, expected, got, mend=nearest(name, list(known))))


def _day_of(text: str) -> int:
    try:
        return date.fromisoformat(text).toordinal() - _EPOCH
    except ValueError:
        problem = Problem("--day", Words("page.explain.expected.day"), literal(f"`{text}`"))
        raise InputError(problem) from None


def _lines(explanation: Explanation, title: str, lang: Lang) -> Iterator[str]:
    yield title
    for step in explanation.steps:
        indent = "  " * (step.depth + 1)
        yield f"{indent}{_MARKS[step.holds]} {step.told(lang)}  [{step.authority_told(lang)}]"
