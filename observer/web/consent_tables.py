"""Tables of consent by channel and purpose, and of what each destination may use."""

from collections.abc import Mapping
from typing import Final

from observer import metrics
from observer.catalog import Catalog
from observer.messages import Lang, say
from observer.model import ConsentState
from observer.web.cells import (
    Cell,
    Column,
    Note,
    Table,
    Tone,
    known_words,
    number,
    rows_of,
    share_bar,
    share_of,
)
from observer.windows.numbers import whole
from observer.windows.sentence import channel_title, purpose_title, state_share
from observer.windows.summary import Summary
from observer.windows.usable import REQUIRED_STATES, ConsentLine, DestinationLine

REASONS_SHOWN: Final = 3

STATE_TONES: Final[Mapping[ConsentState, Tone]] = {
    ConsentState.GRANTED: "good",
    ConsentState.DENIED: "bad",
    ConsentState.MISSING: "calm",
    ConsentState.EXPIRED: "warn",
    ConsentState.MALFORMED: "worse",
    ConsentState.UNKNOWN: "grey",
}
"""In the order in which a bar shows them."""

_NOT_USABLE: Final = tuple(state for state in REQUIRED_STATES if state is not ConsentState.GRANTED)
_APART: Final = (ConsentState.EXEMPT, ConsentState.NOT_APPLICABLE)

_CONSENT: Final = (
    Column("channel"),
    Column("purpose"),
    Column("requires", True, metrics.CONSENT_EVENTS),
    Column("usable", True, metrics.CONSENT_EVENTS, STATE_TONES[ConsentState.GRANTED]),
    Column("states"),
    *(Column(state.value, True, metrics.CONSENT_EVENTS, STATE_TONES[state]) for state in _NOT_USABLE),
    *(Column(state.value, True, metrics.CONSENT_EVENTS) for state in _APART),
)
_DESTINATIONS: Final = (
    Column("destination"),
    Column("allowed", True, metrics.CONSENT_DECISIONS, "good"),
    Column("refused", True, metrics.CONSENT_DECISIONS, "bad"),
    Column("refused_share", True, metrics.CONSENT_DECISIONS),
    Column("decisions"),
    Column("why"),
)


def consent_table(summary: Summary, catalog: Catalog, lang: Lang, caption: str) -> Table:
    """Returns a row for each purpose in each channel that had events."""
    rows = rows_of(_consent_row(line, catalog, lang) for line in summary.consent if line.events)
    return Table("consent", caption, _CONSENT, rows)


def channels_without_events(summary: Summary, lang: Lang) -> tuple[str, ...]:
    """Returns the titles of the declared channels for which consent had nothing to say."""
    spoken = {line.channel for line in summary.consent if line.events}
    silent = dict.fromkeys(line.channel for line in summary.consent if line.channel not in spoken)
    return tuple(channel_title(channel, lang) for channel in silent)


def destinations_table(summary: Summary, catalog: Catalog, lang: Lang, caption: str) -> Table:
    """Returns a row for each destination."""
    rows = rows_of(_destination_row(line, catalog, lang) for line in summary.destinations)
    return Table("destinations", caption, _DESTINATIONS, rows)


def _consent_row(line: ConsentLine, catalog: Catalog, lang: Lang) -> list[Cell]:
    parts: list[tuple[str, float, Tone]] = [
        (say(f"page.state.{state}", lang), line.states[state], tone) for state, tone in STATE_TONES.items()
    ]
    return [
        Cell(channel_title(line.channel, lang)),
        Cell(purpose_title(line.purpose, catalog.purposes.get(line.purpose), lang)),
        number(line.requires, lang),
        Cell(state_share(line, ConsentState.GRANTED, lang), tone="" if line.requires else "quiet"),
        Cell(bar=share_bar(parts, lang)),
        *(
            Cell(state_share(line, state, lang), tone="" if line.states[state] else "quiet")
            for state in _NOT_USABLE
        ),
        *(number(line.states[state], lang) for state in _APART),
    ]


def _destination_row(line: DestinationLine, catalog: Catalog, lang: Lang) -> list[Cell]:
    purposes = ", ".join(
        purpose_title(purpose, catalog.purposes.get(purpose), lang) for purpose in line.purposes
    )
    main, *others = [
        say(
            "page.reason_count",
            lang,
            reason=known_words("consent.reason", count.reason, lang),
            count=whole(count.events, lang),
        )
        for count in line.refused_because[:REASONS_SHOWN]
    ] or [""]
    parts: list[tuple[str, float, Tone]] = [
        (say("page.column.allowed", lang), line.allowed, "good"),
        (say("page.column.refused", lang), line.refused, "bad"),
    ]
    return [
        Cell(line.title, (Note(purposes),)),
        number(line.allowed, lang),
        number(line.refused, lang),
        share_of(line.refused, line.allowed + line.refused, lang),
        Cell(bar=share_bar(parts, lang)),
        Cell(main, tuple(map(Note, others))),
    ]
