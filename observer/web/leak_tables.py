"""The table of personal data that no contract expects, and how much of the traffic was looked into."""

from typing import Final

from observer import metrics
from observer.messages import Lang, say
from observer.web.cells import Cell, Column, Note, Table, known_words, number, owner_notes, rows_of
from observer.windows.leaks import LeakLine
from observer.windows.numbers import whole
from observer.windows.sentence import part_of
from observer.windows.summary import Summary

LEAKS_SHOWN: Final = 20

_LEAKS: Final = (
    Column("contract"),
    Column("personal_kind"),
    Column("where"),
    Column("leaking", True, metrics.LEAKS),
)


def leaks_table(summary: Summary, lang: Lang, caption: str) -> Table:
    """Returns a row for each kind at each place, most frequent first."""
    rows = rows_of(_row(line, lang) for line in summary.leaks.lines[:LEAKS_SHOWN])
    return Table("leaks", caption, _LEAKS, rows)


def leaks_sentence(summary: Summary, lang: Lang) -> str:
    """Returns how many events were looked into, and what share of them held personal data."""
    drawn, quarantined = summary.leaks.drawn, summary.leaks.quarantined
    return say(
        "page.note.leaks",
        lang,
        drawn=whole(drawn.events, lang),
        drawn_share=part_of(drawn.leaking, drawn.events, lang),
        quarantined=whole(quarantined.events, lang),
        quarantined_share=part_of(quarantined.leaking, quarantined.events, lang),
    )


def _row(line: LeakLine, lang: Lang) -> list[Cell]:
    title = say("page.no_contract", lang) if line.contract == metrics.NONE else line.title
    return [
        Cell(title, (Note(line.contract), *owner_notes(line.owners, lang))),
        Cell(known_words("privacy.kind", line.kind, lang)),
        Cell(line.path, code=True),
        number(line.events, lang),
    ]
