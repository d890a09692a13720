"""Error budgets: a table of cases, and the promise that only events weigh."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observer.windows.budgets import Counted, burn_rate, exhaustion, remaining

HOUR = 3600.0
QUIET, GOOD, NONE = Counted(), Counted(1000, 0), None
MONTH = Counted(99_500, 500)
"""100,000 events of which 1,000 might be bad at 0.99: half of the budget is left."""

CASES = {
    "nothing bad leaves the whole budget and no end of it": (0.99, GOOD, GOOD, 1.0, 0.0, NONE),
    "half of it spent, at ten times the pace allowed": (0.99, MONTH, Counted(900, 100), 0.5, 10.0, 5 * HOUR),
    "half of it spent, at a pace that lasts for ever": (0.99, MONTH, Counted(995, 5), 0.5, 0.5, NONE),
    "a gap without events tells no pace": (0.99, MONTH, QUIET, 0.5, NONE, NONE),
    "no events at all tell nothing": (0.99, QUIET, QUIET, NONE, NONE, NONE),
    "five events an hour, four of them bad, alarm nobody": (0.99, MONTH, Counted(1, 4), 0.5, 80.0, NONE),
    "five bad events are evidence": (0.99, MONTH, Counted(0, 5), 0.5, 100.0, 100 * HOUR),
    "events that do not allow a single bad one tell no budget": (0.99, Counted(98, 1), Counted(98, 1), NONE, 1.0101, NONE),
    "a hundred events allow exactly one": (0.99, Counted(99, 1), Counted(99, 1), 0.0, 1.0, 0.0),
    "spent is spent, whatever the last hour says": (0.99, Counted(990, 10), GOOD, 0.0, 0.0, 0.0),
    "overspent is below nothing": (0.99, Counted(970, 30), GOOD, -2.0, 0.0, 0.0),
    "an objective of 1 has no budget while all is good": (1.0, GOOD, GOOD, NONE, NONE, NONE),
    "and is spent by the first bad event": (1.0, Counted(1000, 1), QUIET, 0.0, NONE, 0.0),
}  # fmt: skip


@pytest.mark.parametrize(
    ("objective", "period", "last_hour", "left", "burn", "time"), CASES.values(), ids=CASES
)
def test_budget(
    objective: float,
    period: Counted,
    last_hour: Counted,
    left: float | None,
    burn: float | None,
    time: float | None,
) -> None:
    assert remaining(objective, period) == pytest.approx(left)
    assert burn_rate(objective, last_hour) == (None if burn is None else pytest.approx(burn, rel=1e-3))
    assert exhaustion(objective, period, last_hour, HOUR) == pytest.approx(time)


def test_twelve_busy_hours_weigh_more_than_twelve_quiet_ones() -> None:
    """100 good events a minute for half a day, then one bad event a minute: the share is of events, not of hours."""
    busy, quiet = Counted(12 * 60 * 100, 0), Counted(0, 12 * 60)
    together = Counted(busy.good + quiet.good, busy.bad + quiet.bad)
    assert together.bad / together.events == pytest.approx(0.0099, abs=1e-4)
    assert remaining(0.99, together) == pytest.approx(0.0099, abs=1e-4)


EVENTS = st.tuples(st.integers(0, 10**6), st.integers(0, 10**4))


@given(EVENTS, st.sampled_from([0.9, 0.99, 0.999]))
def test_one_more_bad_event_never_leaves_more(events: tuple[int, int], objective: float) -> None:
    good, bad = events
    before, after = remaining(objective, Counted(good, bad)), remaining(objective, Counted(good, bad + 1))
    if before is not None:
        assert after is not None and after < before + 1e-9
