"""Latency by stage, and the clocks of devices, which are never mixed with it."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from observer.model import STAGES, Rollup
from observer.windows.quantile import Durations, durations, together
from observer.windows.readings import Readings, subject_measures

DIRECTIONS = ("ahead", "behind")


class StageLine(NamedTuple):
    """One stage, of one source or of all (source ""). disordered: events whose stage would have been negative."""

    source: str
    stage: str
    durations: Durations
    disordered: int


class SkewLine(NamedTuple):
    """Device clocks in one direction: their absolute offset, and how many are beyond the tolerance."""

    direction: str
    offsets: Durations
    beyond_tolerance: int


def stage_lines(readings: Readings, sources: Iterable[str]) -> tuple[StageLine, ...]:
    """Returns a line for each stage over all `sources`, then for each source that has events in it."""
    rollups = _of_sources(readings, sources)
    parts = [_stage_line(source, rollup, stage) for source, rollup in rollups.items() for stage in STAGES]
    overall = [
        StageLine(
            "",
            stage,
            together([part.durations for part in parts if part.stage == stage]),
            sum(part.disordered for part in parts if part.stage == stage),
        )
        for stage in STAGES
    ]
    return (*overall, *(part for part in parts if part.durations.number or part.disordered))


def skew_lines(readings: Readings, sources: Iterable[str]) -> tuple[SkewLine, ...]:
    """Returns a line for clocks ahead and one for clocks behind, over all `sources`."""
    rollups = _of_sources(readings, sources).values()
    return tuple(
        SkewLine(
            direction,
            together([durations(rollup, f"skew/{direction}") for rollup in rollups]),
            round(sum(rollup.get(f"skewed/{direction}", 0.0) for rollup in rollups)),
        )
        for direction in DIRECTIONS
    )


def _stage_line(source: str, rollup: Rollup, stage: str) -> StageLine:
    return StageLine(
        source, stage, durations(rollup, f"latency/{stage}"), round(rollup.get(f"disorder/{stage}", 0.0))
    )


def _of_sources(readings: Readings, sources: Iterable[str]) -> Mapping[str, Rollup]:
    measures = subject_measures(readings, "source")
    return {source: measures[source] for source in sources if source in measures}
