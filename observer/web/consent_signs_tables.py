"""Tables of what is wrong with consent, and of who was never asked."""

from typing import Final

from observer import metrics
from observer.catalog import Catalog
from observer.consent.outcome import Choice
from observer.messages import Lang, say
from observer.metrics import OTHER
from observer.model import ConsentState
from observer.web.cells import Cell, Column, Table, Tone, known_words, number, rows_of, share_bar, share_of
from observer.web.consent_tables import STATE_TONES
from observer.windows.consent_signs import ChoiceLine, PlatformLine
from observer.windows.numbers import whole
from observer.windows.sentence import about, channel_title, plural, purpose_title, state_share
from observer.windows.summary import Summary

_BREACHES: Final = (
    Column("destination"),
    Column("channel"),
    Column("evidence"),
    Column("no_basis"),
    Column("breaches", True, metrics.CONSENT_BREACHES, "bad"),
)
_DISAGREEMENTS: Final = (
    Column("purpose"),
    Column("channel"),
    Column("says_yes"),
    Column("says_no"),
    Column("disagreements", True, metrics.CONSENT_DISAGREEMENTS),
)
_PLATFORMS: Final = (
    Column("platform"),
    Column("platform_version"),
    Column("purpose"),
    Column("requires", True, metrics.CONSENT_PLATFORMS),
    Column("usable", True, metrics.CONSENT_PLATFORMS, "good"),
    Column("states"),
)
_CHOICE_TONES: Final[dict[Choice, Tone]] = {
    Choice.MADE: "good",
    Choice.NOT_YET: "calm",
    Choice.NO_SIGNAL: "warn",
    Choice.UNREADABLE: "worse",
}
_CHOICES: Final = (
    Column("channel"),
    Column("before_choice", True, metrics.CONSENT_CHOICES),
    Column("choices"),
    *(
        Column(f"choice_{choice.value}", True, metrics.CONSENT_CHOICES, tone)
        for choice, tone in _CHOICE_TONES.items()
    ),
)
_CONTRADICTIONS: Final = (
    Column("purpose"),
    Column("channel"),
    Column("contradiction"),
    Column("contradictions", True, metrics.CONSENT_CONTRADICTIONS),
)


def breaches_table(summary: Summary, lang: Lang, caption: str) -> Table:
    """Returns a row for each destination that received what it may not use: by what shows it, and why it may not."""
    rows = (
        [
            Cell(line.title),
            Cell(channel_title(line.channel, lang)),
            Cell(known_words("page.evidence", line.evidence, lang)),
            Cell(known_words("consent.reason", line.reason, lang)),
            number(line.events, lang),
        ]
        for line in summary.signs.breaches
    )
    return Table("breaches", caption, _BREACHES, rows_of(rows))


def disagreements_table(summary: Summary, catalog: Catalog, lang: Lang, caption: str) -> Table:
    """Returns a row for each two kinds of signal that contradict each other on a purpose."""
    rows = (
        [
            Cell(purpose_title(line.purpose, catalog.purposes.get(line.purpose), lang)),
            Cell(channel_title(line.channel, lang)),
            Cell(known_words("consent.format", line.yes, lang)),
            Cell(known_words("consent.format", line.no, lang)),
            number(line.events, lang),
        ]
        for line in summary.signs.disagreements
    )
    return Table("disagreements", caption, _DISAGREEMENTS, rows_of(rows))


def platforms_table(summary: Summary, catalog: Catalog, lang: Lang, caption: str) -> Table:
    """Returns a row for each version of a consent platform and each purpose."""
    rows = (_platform_row(line, catalog, lang) for line in summary.signs.platforms)
    return Table("platforms", caption, _PLATFORMS, rows_of(rows))


def choices_table(summary: Summary, lang: Lang, caption: str) -> Table:
    """Returns a row for each channel: how many of its events came before any choice."""
    rows = (_choice_row(line, lang) for line in summary.signs.choices)
    return Table("choices", caption, _CHOICES, rows_of(rows))


def contradictions_table(summary: Summary, catalog: Catalog, lang: Lang, caption: str) -> Table:
    """Returns a row for each kind of contradiction to a declared exemption."""
    rows = (
        [
            Cell(purpose_title(line.purpose, catalog.purposes.get(line.purpose), lang)),
            Cell(channel_title(line.channel, lang)),
            Cell(known_words("page.contradiction", line.contradiction, lang)),
            number(line.events, lang),
        ]
        for line in summary.signs.contradictions
    )
    return Table("contradictions", caption, _CONTRADICTIONS, rows_of(rows))


def honoured_notes(summary: Summary, lang: Lang) -> tuple[str, ...]:
    """Returns how long it took until events honoured people's choices, where any choice was told."""
    notes = []
    for line in summary.signs.honoured:
        median, p95 = (line.waited.quantile(rank) for rank in (0.5, 0.95))
        if median is not None and p95 is not None:
            notes.append(
                say(
                    plural(f"page.honoured.{line.direction}", line.waited.number, lang),
                    lang,
                    count=whole(line.waited.number, lang),
                    median=about(median, lang),
                    most=about(p95, lang),
                )
            )
    return tuple(notes)


def _platform_row(line: PlatformLine, catalog: Catalog, lang: Lang) -> list[Cell]:
    states = line.states
    other = say("page.platform.other", lang)
    parts: list[tuple[str, float, Tone]] = [
        (say(f"page.state.{state}", lang), states.states[state], tone) for state, tone in STATE_TONES.items()
    ]
    declared = catalog.consent_platforms.get(int(line.cmp)) if line.cmp != OTHER else None
    return [
        Cell(declared.title if declared is not None else other),
        Cell(other if line.version == OTHER else line.version),
        Cell(purpose_title(states.purpose, catalog.purposes.get(states.purpose), lang)),
        number(states.requires, lang),
        Cell(state_share(states, ConsentState.GRANTED, lang), tone="" if states.requires else "quiet"),
        Cell(bar=share_bar(parts, lang)),
    ]


def _choice_row(line: ChoiceLine, lang: Lang) -> list[Cell]:
    parts: list[tuple[str, float, Tone]] = [
        (say(f"page.choice.{choice.value}", lang), line.events[choice], tone)
        for choice, tone in _CHOICE_TONES.items()
    ]
    return [
        Cell(channel_title(line.channel, lang)),
        share_of(line.before, line.total, lang),
        Cell(bar=share_bar(parts, lang)),
        *(number(line.events[choice], lang) for choice in _CHOICE_TONES),
    ]
