"""The first screen: five figures, a line of bars, what asks for attention, and the same in a sentence."""

from typing import Final, NamedTuple

from observer.catalog import Catalog
from observer.messages import Lang, say
from observer.model import ConsentState
from observer.web.cells import Tone, ago
from observer.windows.gate_words import rule_words
from observer.windows.numbers import HOUR, MINUTE, NO_BREAK, age, whole
from observer.windows.quality import GateLine
from observer.windows.sentence import (
    about,
    channel_title,
    consent_sentence,
    headline_sentence,
    plural,
    purpose_title,
    state_share,
    valid_share,
)
from observer.windows.summary import Choice, Summary
from observer.windows.traffic import Owners, SourceLine

STALE_SECONDS: Final = 120
TOOLS_NAMED: Final = 4
GATES_NAMED: Final = 4
CHART_HEIGHT: Final = 100


class Card(NamedTuple):
    """One figure. tone: whether it asks for attention; note: what it is, in a few words."""

    title: str
    value: str
    note: str
    tone: Tone = ""


class Column(NamedTuple):
    """One bar of the chart, in units of its view box: the whole bar, and the valid part that stands in it."""

    x: int
    height: int
    valid: int


class Chart(NamedTuple):
    """Events over the period. label says in words what the bars show."""

    label: str
    width: int
    columns: tuple[Column, ...]


class Headline(NamedTuple):
    """The first screen. said: its figures in a sentence; answer: how much may be used for the chosen purpose, and why
    not the rest; notices: what asks for attention, most urgent first."""

    said: str
    answer: str
    cards: tuple[Card, ...]
    chart: Chart
    notices: tuple[str, ...]


def headline(summary: Summary, catalog: Catalog, lang: Lang) -> Headline:
    """Returns the first screen of a summary."""
    purpose = catalog.purposes.get(summary.answer.purpose) if summary.answer else None
    return Headline(
        headline_sentence(summary, purpose, lang),
        consent_sentence(summary.answer, purpose, summary.choice, lang) if summary.answer else "",
        (
            _events(summary, lang),
            Card(
                say("page.card.valid", lang),
                valid_share(summary.counts, lang),
                say("page.card.valid.note", lang),
            ),
            _usable(summary, catalog, lang),
            _latency(summary, lang),
            _undeclared(summary, lang),
        ),
        chart(summary, lang),
        (
            *_stale(summary, lang),
            *_unjudged(summary, lang),
            *_breached(summary, lang),
            *_overdue(summary, lang),
            *(_closed(line, summary.now, lang) for line in summary.quality.closed[:GATES_NAMED]),
            *(_silent(line, summary.now, lang) for line in summary.silent),
        ),
    )


def chart(summary: Summary, lang: Lang) -> Chart:
    """Returns the timeline as bars; the highest fills the height."""
    most = max((bar.events for bar in summary.timeline), default=0)
    columns = tuple(
        Column(
            position * 10,
            _scaled(bar.events, most),
            min(_scaled(bar.valid, most), _scaled(bar.events, most)),
        )
        for position, bar in enumerate(summary.timeline)
    )
    step = summary.timeline[1].start - summary.timeline[0].start if len(summary.timeline) > 1 else MINUTE
    unit = {MINUTE: "minute", HOUR: "hour"}.get(step, "hours")
    label = say(f"page.timeline.{unit}", lang, most=whole(most, lang), **_hours(unit, step, lang))
    return Chart(label, len(columns) * 10, columns)


def scope(choice: Choice, lang: Lang) -> str:
    """Returns the chosen channel as a title."""
    return channel_title(choice.channel, lang) if choice.channel else say("page.filter.all_channels", lang)


def _hours(unit: str, step: int, lang: Lang) -> dict[str, object]:
    return {"hours": whole(step / HOUR, lang)} if unit == "hours" else {}


def _scaled(count: int, most: int) -> int:
    # What exists is seen: at least one unit high.
    return max(round(count / most * CHART_HEIGHT), 1) if count else 0


def _events(summary: Summary, lang: Lang) -> Card:
    return Card(
        say("page.card.events", lang),
        whole(summary.counts.events, lang),
        say(f"page.in_period.{summary.choice.period}", lang),
    )


def _usable(summary: Summary, catalog: Catalog, lang: Lang) -> Card:
    title, answer = say("page.card.usable", lang), summary.answer
    if answer is None:
        return Card(title, "–", say("page.card.usable.none", lang))
    purpose = purpose_title(answer.purpose, catalog.purposes.get(answer.purpose), lang)
    note = say("page.card.usable.note", lang, purpose=purpose, channel=scope(summary.choice, lang))
    return Card(title, state_share(answer, ConsentState.GRANTED, lang), note)


def _latency(summary: Summary, lang: Lang) -> Card:
    durations = summary.end_to_end.durations
    p95 = durations.quantile(0.95)
    return Card(
        say("page.card.latency", lang),
        "–" if p95 is None else about(p95, lang),
        say(
            plural("page.card.latency.note", durations.number, lang),
            lang,
            count=whole(durations.number, lang),
        ),
    )


def _undeclared(summary: Summary, lang: Lang) -> Card:
    names = ", ".join(line.title for line in summary.undeclared[:TOOLS_NAMED])
    more = "…" if len(summary.undeclared) > TOOLS_NAMED else ""
    return Card(
        say("page.card.undeclared", lang),
        whole(len(summary.undeclared), lang),
        names + more or say("page.card.undeclared.none", lang),
        "warn" if names else "",
    )


def _stale(summary: Summary, lang: Lang) -> list[str]:
    if summary.written is None or summary.now - summary.written <= STALE_SECONDS:
        return []
    return [say("page.stale", lang, duration=age(summary.now - summary.written, lang))]


def _unjudged(summary: Summary, lang: Lang) -> list[str]:
    received, events = summary.counts.received, summary.counts.events
    if not received or received == events:
        return []
    return [say("page.unjudged", lang, received=whole(received, lang), events=whole(events, lang))]


def _closed(line: GateLine, now: float, lang: Lang) -> str:
    return say(
        "page.closed",
        lang,
        ago=ago(line.since or now, now, lang),
        title=line.contract.title,
        rule=rule_words(line.rule, lang),
        owners=f"{NO_BREAK}· ".join(_names(line.owners, lang)),
    )


def _breached(summary: Summary, lang: Lang) -> list[str]:
    events = sum(line.events for line in summary.signs.breaches)
    if not events:
        return []
    titles = list(dict.fromkeys(line.title for line in summary.signs.breaches))
    more = "…" if len(titles) > TOOLS_NAMED else ""
    names = ", ".join(titles[:TOOLS_NAMED]) + more
    return [say(plural("page.breached", events, lang), lang, count=whole(events, lang), names=names)]


def _overdue(summary: Summary, lang: Lang) -> list[str]:
    count = summary.signs.overdue
    return [say(plural("page.overdue", count, lang), lang, count=whole(count, lang))] if count else []


def _silent(line: SourceLine, now: float, lang: Lang) -> str:
    return say(
        "page.silent",
        lang,
        source=line.title,
        ago=ago(line.last_event or now, now, lang),
        owners=f"{NO_BREAK}· ".join(_names(line.owners, lang)),
    )


def _names(owners: Owners, lang: Lang) -> list[str]:
    return [
        say(f"page.owner.{side}", lang, name=owner.name)
        for side, owner in owners._asdict().items()
        if owner is not None
    ]
