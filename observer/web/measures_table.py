"""What the figures of consent mean, as a table."""

from typing import Final

from observer.glossary.measures import CONSENT
from observer.messages import Lang, say
from observer.web.cells import Cell, Column, Note, Table, rows_of

_MEASURES: Final = (
    Column("measure"),
    Column("measure_question"),
    Column("measure_definition"),
    Column("measure_divided"),
)


def measures_table(lang: Lang) -> Table:
    """Returns a row for each measure of consent."""
    rows = (
        [
            Cell(measure.told("title", lang)),
            Cell(measure.told("question", lang)),
            Cell(measure.told("definition", lang), tuple(Note(metric.name) for metric in measure.counted)),
            Cell(
                say(
                    "page.measure.divided",
                    lang,
                    numerator=measure.told("numerator", lang),
                    denominator=measure.told("denominator", lang),
                )
            ),
        ]
        for measure in CONSENT
    )
    return Table("measures", say("page.caption.measures", lang), _MEASURES, rows_of(rows))
