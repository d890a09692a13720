"""What one closed window says of a rule."""

import pytest
from gate_cases import HOUR, rule

from observer.contracts.quality import Bound, Metric, QualityRule
from observer.windows.gates.judging import Evidence, judge, same_windows_before
from observer.windows.gates.silence import Silence, silence
from observer.windows.gates.state import Outcome

VOLUME = rule(Metric.VOLUME, bound=Bound("mustBeBetween", 50, 200), weeks=3)
ROWS = rule(Metric.ROW_COUNT, bound=Bound("mustBeGreaterThan", 10), unit="rows", minimum_events=0)
FRESH = rule(Metric.FRESHNESS, bound=Bound("mustBeLessOrEqualTo", 900), unit="seconds", every=900)
THERE = rule(Metric.AVAILABILITY, bound=Bound("mustBeGreaterOrEqualTo", 99), every=900)
QUIET = Silence()

CASES = {
    "a share within its bound is kept": (rule(), Evidence(1, 100), [], QUIET, (Outcome.KEPT, 1.0, None, 1)),
    "a share beyond it is broken": (rule(), Evidence(2, 100), [], QUIET, (Outcome.BROKEN, 2.0, None, 2)),
    "five events in an hour decide nothing, even if all are bad": (
        rule(), Evidence(5, 5), [], QUIET, (Outcome.TOO_FEW_EVENTS, None, None, 0),
    ),
    "nothing decides nothing, where a rule asks for no minimum too": (
        rule(minimum_events=0), Evidence(0, 0), [], QUIET, (Outcome.TOO_FEW_EVENTS, None, None, 0),
    ),
    "a number of bad rows is that number": (
        rule(unit="rows"), Evidence(2, 100), [], QUIET, (Outcome.BROKEN, 2.0, None, 2),
    ),
    "too few rows are broken, though few": (ROWS, Evidence(0, 4), [], QUIET, (Outcome.BROKEN, 4.0, None, 6)),
    "no row at all is broken too": (ROWS, Evidence(0, 0), [], QUIET, (Outcome.BROKEN, 0.0, None, 10)),
    "enough rows are kept": (ROWS, Evidence(0, 11), [], QUIET, (Outcome.KEPT, 11.0, None, 0)),
    "half of the median of the earlier weeks is still kept": (
        VOLUME, Evidence(0, 50), [90, 100, 400], QUIET, (Outcome.KEPT, 50.0, 100, 0),
    ),
    "less than half is broken, and says how many are missing": (
        VOLUME, Evidence(0, 40), [90, 100, 400], QUIET, (Outcome.BROKEN, 40.0, 100, 60),
    ),
    "more than twice is broken as well": (
        VOLUME, Evidence(0, 300), [90, 100, 400], QUIET, (Outcome.BROKEN, 300.0, 100, 200),
    ),
    "nothing at all is broken": (VOLUME, Evidence(0, 0), [90, 100, 400], QUIET, (Outcome.BROKEN, 0.0, 100, 100)),
    "two weeks of three are no baseline": (
        VOLUME, Evidence(0, 0), [90, 100], QUIET, (Outcome.NO_BASELINE, None, None, 0),
    ),
    "a night of five events is no baseline": (
        VOLUME, Evidence(0, 0), [5, 5, 5], QUIET, (Outcome.TOO_FEW_EVENTS, None, 5, 0),
    ),
    "a silence within what is promised is kept": (
        FRESH, Evidence(0, 3), [], Silence(900), (Outcome.KEPT, 900.0, None, 0),
    ),
    "a longer one is broken": (FRESH, Evidence(0, 3), [], Silence(960), (Outcome.BROKEN, 960.0, None, 0)),
    "a day that is covered is kept": (THERE, Evidence(0, 3), [], Silence(0, 0.995), (Outcome.KEPT, 99.5, None, 0)),
    "one with holes is broken": (THERE, Evidence(0, 3), [], Silence(0, 0.5), (Outcome.BROKEN, 50.0, None, 0)),
}  # fmt: skip


@pytest.mark.parametrize(("of", "held", "earlier", "quiet", "expected"), CASES.values(), ids=CASES)
def test_judge(
    of: QualityRule, held: Evidence, earlier: list[float], quiet: Silence, expected: tuple[object, ...]
) -> None:
    assert tuple(judge(of, held, earlier, quiet)) == expected


def test_the_same_window_is_that_of_the_same_weekday() -> None:
    week = 168 * HOUR
    start = 10 * week + 9 * HOUR
    history = {
        start - week: 1.0,
        start - 2 * week: 2.0,
        start - 3 * week: 3.0,
        start - 24 * HOUR: 9.0,
        start: 8.0,
    }
    assert same_windows_before(VOLUME._replace(weeks=4), start, history) == [1.0, 2.0, 3.0]


SILENCES = {
    "an event in each minute leaves no silence": (range(0, 3600, 60), 0, Silence(0, 1.0, 3600)),
    "nothing at all is a silence of the window": ([], 0, Silence(3600, 15 / 60, 0)),
    "a silence from before the window counts whole": ([], -1800, Silence(5400, 0.0, -1800)),
    "a silence is told at least as short as it was": ([0, 1200], 0, Silence(2340, 32 / 60, 1260)),
    "what came before still covers the beginning": ([3540], -300, Silence(3840, 11 / 60, 3600)),
}


@pytest.mark.parametrize(("minutes", "heard", "expected"), SILENCES.values(), ids=SILENCES)
def test_silence(minutes: list[int], heard: int, expected: Silence) -> None:
    assert silence(0, 3600, minutes, heard, 900) == expected
