"""The table of what comes and no contract names."""

from typing import Final

from observer import metrics
from observer.messages import Lang, say
from observer.web.cells import Cell, Column, Note, Table, known_words, moment, number, owner_notes, rows_of
from observer.windows.drift import DriftLine
from observer.windows.gate_words import percentage
from observer.windows.numbers import decimal
from observer.windows.summary import Summary

LINES_SHOWN: Final = 25

_DRIFT: Final = (
    Column("drift", metric=metrics.DRIFT),
    Column("drift_where"),
    Column("came"),
    Column("drift_events", True, metrics.DRIFT),
    Column("drift_share", True, metrics.DRIFT_SAMPLED),
    Column("first_seen", True),
    Column("last_seen", True),
    Column("proposal"),
)


def drift_table(summary: Summary, lang: Lang, caption: str) -> Table:
    """Returns a row for each undeclared property, type and event, the latest first."""
    rows = rows_of(_row(line, summary.now, lang) for line in summary.drift[:LINES_SHOWN])
    return Table("drift", caption, _DRIFT, rows)


def _row(line: DriftLine, now: float, lang: Lang) -> list[Cell]:
    row = line.row
    name = {"-": "", "_other": say("drift.other", lang)}.get(row.name, say("drift.name", lang, name=row.name))
    place = row.path if row.kind == "type" else f"{row.path}.*" if row.path else ""
    share = Cell("–", tone="quiet") if line.share is None else Cell(percentage(line.share * 100, lang))
    rate = say("drift.per_hour", lang, events=decimal(line.per_hour, lang))
    return [
        Cell(known_words("drift.kind", row.kind, lang), (Note(name),) if name else ()),
        Cell(place, (Note(line.title), Note(line.source_title), *owner_notes(line.owners, lang)), code=True),
        Cell(row.came if row.came != "-" else "–", code=row.came != "-"),
        number(row.events, lang)._replace(notes=(Note(rate),)),
        share,
        moment(row.first, now, lang),
        moment(row.last, now, lang),
        Cell(line.update, code=True),
    ]
