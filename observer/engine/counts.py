"""What a chunk adds to the metrics and to the windows. Every counter of the engine writes here and nowhere else."""

from collections.abc import Iterable

from observer.metrics import Metric
from observer.model import Rollup, RollupKey, SeriesKey


class Counts:
    """The sums of one chunk for one source.

    series: what the metrics grow by; rollups: what the windows grow by; newest: largest event time by (family, id).
    """

    __slots__ = ("newest", "rollups", "series")

    def __init__(self) -> None:
        self.series: dict[SeriesKey, float] = {}
        self.rollups: dict[RollupKey, Rollup] = {}
        self.newest: dict[tuple[str, str], float] = {}

    def count(self, metric: Metric, labels: tuple[str, ...], number: float) -> None:
        """Adds `number` to one series. labels: values in the order in which the metric declares them."""
        key = (metric.name, labels)
        self.series[key] = self.series.get(key, 0) + number

    def roll(self, family: str, name: str, minute: int, measure: str, number: float) -> None:
        """Adds `number` to one measure of one window. minute: event time // 60."""
        rollup = self.rollups.get((family, name, minute))
        if rollup is None:
            rollup = self.rollups[family, name, minute] = {}
        rollup[measure] = rollup.get(measure, 0) + number

    def roll_all(self, family: str, name: str, minute: int, measures: Iterable[str], number: float) -> None:
        """Adds `number` to each of several measures of one window."""
        rollup = self.rollups.setdefault((family, name, minute), {})
        for measure in measures:
            rollup[measure] = rollup.get(measure, 0) + number

    def seen(self, family: str, name: str, time: float) -> None:
        """Takes the event time of something that was seen; the newest stays."""
        key = (family, name)
        if time > self.newest.get(key, 0.0):
            self.newest[key] = time
