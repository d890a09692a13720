"""A gate's life: windows close once and in order, hysteresis, incidents, gaps, lateness."""

from typing import Any

import pytest
from gate_cases import HOUR, counted, governed, hours, rule, run

from observer.contracts.quality import Bound, Metric
from observer.model import Rollup, RollupKey
from observer.windows.gates import Closed, GateKey, GateState, Outcome, close, late

GOOD, BAD, FEW = counted(0, 100), counted(5, 100), counted(3, 3)
LATER = 20 * HOUR


def outcomes(closed: Closed) -> list[tuple[int, str, bool]]:
    return [(one.start // HOUR, one.outcome.value, one.open) for one in closed.decisions]


LIVES: dict[str, tuple[dict[str, Any], list[Rollup | None], str]] = {
    "good windows keep it open": ({}, [GOOD, GOOD], "OO"),
    "one bad window closes it, two good ones open it": ({}, [GOOD, BAD, GOOD, GOOD, GOOD], "OXXOO"),
    "a bad window between two good ones keeps it closed": ({}, [BAD, GOOD, BAD, GOOD, GOOD], "XXXXO"),
    "it closes only after as many as the rule says": ({"close_after": 3}, [BAD, BAD, GOOD, BAD, BAD, BAD], "OOOOOX"),
    "too few events neither close nor open": ({"close_after": 2}, [BAD, FEW, BAD, GOOD, FEW, GOOD], "OOXXXO"),
    "windows without any event are passed over": ({"close_after": 2}, [BAD, None, BAD, GOOD, None, GOOD], "OXXO"),
}  # fmt: skip


@pytest.mark.parametrize(("changed", "windows", "expected"), LIVES.values(), ids=LIVES)
def test_hysteresis(changed: dict[str, Any], windows: list[Rollup | None], expected: str) -> None:
    (closed,), _ = run(governed(rule(**changed)), hours(*windows), [LATER])
    assert "".join("O" if one.open else "X" for one in closed.decisions) == expected


def test_a_window_closes_once_the_watermark_has_passed_its_end_by_the_lateness() -> None:
    contracts, windows = governed(rule(lateness=300)), hours(GOOD, GOOD)
    results, _ = run(contracts, windows, [HOUR + 299, HOUR + 300, HOUR + 301, 2 * HOUR + 300])
    assert [outcomes(closed) for closed in results] == [[], [(0, "kept", True)], [], [(1, "kept", True)]]


def test_a_window_is_never_decided_twice_whatever_the_watermark_does() -> None:
    results, states = run(governed(rule()), hours(GOOD, BAD), [LATER, LATER, 0, HOUR, LATER])
    assert [len(closed.decisions) for closed in results] == [2, 0, 0, 0, 0]
    assert not any(closed.anything for closed in results[1:])
    assert [len(closed.began) for closed in results] == [1, 0, 0, 0, 0]
    assert states["order-completed", "gate"].decided_until == (LATER - 300) // HOUR * HOUR


def test_an_incident_tells_who_when_how_many_and_what_broke_most() -> None:
    broken = counted(9, 100) | {"finding/type_mismatch/type:$.total": 9.0, "finding/a/b": 2.0}
    worse = counted(20, 100) | {"finding/type_mismatch/type:$.total": 12.0}
    results, _ = run(
        governed(rule(severity="warning")),
        hours(GOOD, broken, worse, GOOD, GOOD),
        [2 * HOUR + 300, 3 * HOUR + 300, LATER],
    )
    began, went_on, over = (closed.incidents[0] for closed in results)
    assert (began.start, began.end, began.windows, began.events, began.worst) == (HOUR, None, 1, 9, 9.0)
    assert (went_on.start, went_on.end, went_on.windows, went_on.events, went_on.worst) == (
        HOUR,
        None,
        2,
        29,
        20.0,
    )
    assert (over.start, over.end) == (HOUR, 3 * HOUR), "it ends with the last window that broke"
    assert over.top_rule == "type_mismatch/type:$.total" and over.top_rule_events == 21
    assert over.severity == "warning" and over.asked == "missingValues mustBeLessOrEqualTo 1 percent"
    assert over.marketing_owner.name and over.technical_owner.name and over.runbook
    assert [len(closed.began) for closed in results] == [1, 0, 0]


def test_an_incident_begins_with_the_first_of_the_windows_that_closed_the_gate() -> None:
    (closed,), _ = run(governed(rule(close_after=3)), hours(GOOD, BAD, BAD, BAD), [LATER])
    (incident,) = closed.began
    assert (incident.start, incident.windows, incident.events) == (HOUR, 3, 15)


def test_two_incidents_of_one_gate_are_two() -> None:
    (closed,), _ = run(governed(rule(open_after=1)), hours(BAD, GOOD, BAD, GOOD), [LATER])
    assert [(one.start // HOUR, one.end and one.end // HOUR) for one in closed.incidents] == [(0, 1), (2, 3)]
    assert len(closed.began) == 2


def test_the_first_window_is_the_first_that_holds_an_event() -> None:
    silent = rule(Metric.ROW_COUNT, bound=Bound("mustBeGreaterThan", 0), unit="rows", minimum_events=0)
    (closed,), _ = run(governed(silent), hours(None, None, GOOD, None, GOOD), [5 * HOUR + 300])
    assert outcomes(closed) == [(2, "kept", True), (3, "broken", False), (4, "kept", False)]


def test_windows_without_evidence_are_counted_and_leave_no_row() -> None:
    (closed,), _ = run(governed(rule()), hours(GOOD, None, None, FEW), [4 * HOUR + 300])
    assert outcomes(closed) == [(0, "kept", True), (3, "too_few_events", True)]
    assert closed.empty == {("order-completed", "gate"): 2}


def test_while_nobody_listened_silence_accuses_nobody() -> None:
    silent = rule(Metric.ROW_COUNT, bound=Bound("mustBeGreaterThan", 0), unit="rows", minimum_events=0)
    (closed,), _ = run(
        governed(silent), hours(GOOD, None, None, None), [4 * HOUR + 300], gaps=[(1.5 * HOUR, 2.5 * HOUR)]
    )
    assert [one.outcome for one in closed.decisions] == [
        Outcome.KEPT, Outcome.NOT_OBSERVED, Outcome.NOT_OBSERVED, Outcome.BROKEN,
    ]  # fmt: skip


def test_freshness_counts_a_silence_over_the_bounds_of_windows_but_not_over_a_gap() -> None:
    fresh = rule(Metric.FRESHNESS, bound=Bound("mustBeLessOrEqualTo", 2400), unit="seconds", every=2400)
    minutes: dict[tuple[str, int, int], Rollup] = {
        ("order-completed", 60, 1740): counted(0, 1), ("order-completed", 60, HOUR + 1800): counted(0, 1),
    }  # fmt: skip
    windows = {**minutes, **hours(counted(0, 1), counted(0, 1))}
    (closed,), _ = run(governed(fresh), windows, [2 * HOUR + 300])
    assert [(one.outcome, one.value) for one in closed.decisions] == [
        (Outcome.KEPT, 1800.0), (Outcome.BROKEN, 3600.0),
    ]  # fmt: skip
    (closed,), _ = run(governed(fresh), windows, [2 * HOUR + 300], gaps=[(HOUR - 60.0, HOUR - 1.0)])
    assert [one.outcome for one in closed.decisions] == [Outcome.NOT_OBSERVED, Outcome.KEPT]


def test_volume_is_compared_with_what_earlier_decisions_counted() -> None:
    volume = rule(Metric.VOLUME, bound=Bound("mustBeGreaterOrEqualTo", 50), weeks=2)
    week = 168
    windows = hours(*[counted(0, 100) if number % week == 5 else None for number in range(2 * week + 5)])
    windows["order-completed", HOUR, (2 * week + 5) * HOUR] = counted(0, 30)
    contracts = governed(volume)
    states: dict[GateKey, GateState] = {}
    last = Closed()
    history: dict[int, float] = {}
    for hour in range(6, 2 * week + 7):
        last = close(
            contracts, states, windows, hour * HOUR + 300, history={("order-completed", "gate"): history}
        )
        states |= {state.key: state for state in last.states}
        history |= {one.start: one.of for one in last.decisions}
    (decision,) = last.decisions
    assert (decision.outcome, decision.expected, decision.value) == (Outcome.BROKEN, 100.0, 30.0)


def test_a_rule_that_is_taken_away_takes_its_gate_along() -> None:
    contracts, windows = governed(rule()), hours(BAD)
    closed = close(contracts, {}, windows, LATER)
    states = {state.key: state for state in closed.states}
    after = close(governed(), states, windows, LATER)
    assert [state.key for state in after.gone] == [("order-completed", "gate")] and not after.states


def test_what_comes_late_is_counted_and_amends_and_decides_nothing_again() -> None:
    contracts = governed(rule(), rule(gate="other", window=86_400))
    states = {state.key: state for state in close(contracts, {}, hours(GOOD, GOOD), 2 * HOUR + 300).states}
    rollups: dict[RollupKey, Rollup] = {
        ("contract", "order-completed", 3): {**counted(2, 7), "verdict/duplicate": 1.0},
        ("contract", "order-completed", 70): counted(1, 1),
        ("contract", "order-completed", 130): counted(1, 50),
        ("contract", "_none", 3): {"verdict/unknown_contract": 9.0},
        ("source", "web-shop", 3): {"verdict/valid": 9.0},
    }
    found = late(contracts, states, rollups)
    assert found.events == {"order-completed": 9.0}
    assert found.amendments == (
        ("order-completed", "gate", 0, 2.0, 7.0),
        ("order-completed", "gate", HOUR, 1.0, 1.0),
    )
    assert not close(contracts, states, hours(BAD, BAD), 2 * HOUR + 300).anything
