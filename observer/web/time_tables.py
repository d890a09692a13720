"""Tables of latency by stage, and of device clocks apart from it."""

from typing import Final

from observer import metrics
from observer.messages import Lang, say
from observer.web.cells import Cell, Column, Table, number, rows_of
from observer.windows.numbers import duration
from observer.windows.quantile import Durations
from observer.windows.sentence import about
from observer.windows.summary import Summary

_DURATIONS: Final = (
    Column("measured", True, metrics.LATENCY),
    Column("p50", True, metrics.LATENCY),
    Column("p95", True, metrics.LATENCY),
    Column("mean", True, metrics.LATENCY),
    Column("disordered", True, metrics.TIME_DISORDER),
)
_STAGES: Final = (Column("stage"), *_DURATIONS)
_BY_SOURCE: Final = (Column("source"), Column("stage"), *_DURATIONS)
_SKEW: Final = (
    Column("direction"),
    Column("measured", True, metrics.CLOCK_SKEW),
    Column("offset_p50", True, metrics.CLOCK_SKEW),
    Column("offset_p95", True, metrics.CLOCK_SKEW),
    Column("beyond_tolerance", True, metrics.CLOCK_SKEW_EVENTS),
)


def stages_table(summary: Summary, lang: Lang, caption: str) -> Table:
    """Returns a row for each stage over all sources."""
    rows = rows_of(
        [
            Cell(say(f"page.stage.{line.stage}", lang)),
            *_times(line.durations, lang),
            number(line.disordered, lang),
        ]
        for line in summary.stages
        if not line.source
    )
    return Table("stages", caption, _STAGES, rows)


def stages_by_source_table(summary: Summary, lang: Lang, caption: str) -> Table:
    """Returns a row for each stage of each source."""
    titles = {line.id: line.title for line in summary.sources}
    rows = rows_of(
        [
            Cell(titles.get(line.source, line.source)),
            Cell(say(f"page.stage.{line.stage}", lang)),
            *_times(line.durations, lang),
            number(line.disordered, lang),
        ]
        for line in summary.stages
        if line.source
    )
    return Table("stages-by-source", caption, _BY_SOURCE, rows)


def skew_table(summary: Summary, lang: Lang, caption: str) -> Table:
    """Returns a row for device clocks ahead and one for those behind."""
    rows = rows_of(
        [
            Cell(say(f"page.direction.{line.direction}", lang)),
            *_times(line.offsets, lang)[:-1],
            number(line.beyond_tolerance, lang),
        ]
        for line in summary.skew
    )
    return Table("skew", caption, _SKEW, rows)


def _times(durations: Durations, lang: Lang) -> list[Cell]:
    mean = durations.mean
    return [
        number(durations.number, lang),
        _quantile(durations, 0.5, lang),
        _quantile(durations, 0.95, lang),
        Cell("–", tone="quiet") if mean is None else Cell(duration(mean, lang)),
    ]


def _quantile(durations: Durations, rank: float, lang: Lang) -> Cell:
    estimated = durations.quantile(rank)
    return Cell("–", tone="quiet") if estimated is None else Cell(about(estimated, lang))
