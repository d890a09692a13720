"""Closing depends on what came and how far the watermark is: not on chunks, not on their order."""

from collections.abc import Sequence

from gate_cases import HOUR, governed, rule
from hypothesis import given
from hypothesis import strategies as st

from observer.contracts.quality import Bound, Metric
from observer.model import Rollup
from observer.windows.gates import Decision, GateKey, GateState, Incident, close
from observer.windows.merge import Resolution, WindowKey, merge, roll_up

CONTRACTS = governed(
    rule(gate="gate", minimum_events=2),
    rule(gate="gate", metric=Metric.INVALID_VALUES, minimum_events=1, close_after=2, window=900)._replace(gate="short"),
    rule(Metric.ROW_COUNT, bound=Bound("mustBeGreaterThan", 3), unit="rows", minimum_events=0)._replace(gate="rows"),
    rule(Metric.FRESHNESS, bound=Bound("mustBeLessOrEqualTo", 1200), unit="seconds", every=1200)._replace(gate="fresh"),
    rule(Metric.AVAILABILITY, bound=Bound("mustBeGreaterOrEqualTo", 60), every=600)._replace(gate="there"),
)  # fmt: skip

Minute = tuple[int, bool]
"""(minute of one event, whether it is bad)."""

EVENTS = st.lists(st.tuples(st.integers(0, 8 * 60 - 1), st.booleans()), min_size=1, max_size=60)


def stored(events: Sequence[Minute]) -> dict[WindowKey, Rollup]:
    """What one chunk adds to the windows of a minute."""
    held: dict[WindowKey, Rollup] = {}
    for minute, bad in events:
        merge(held, {("contract", "order-completed", minute * 60): event(bad)})
    return held


def event(bad: bool) -> Rollup:
    counts: Rollup = (
        {"verdict/invalid": 1.0, "finding/type_mismatch/type:$.total": 1.0} if bad else {"verdict/valid": 1.0}
    )
    for gate in ("gate", "short"):
        counts |= {f"quality/{gate}/of": 1.0, f"quality/{gate}/bad": float(bad)}
    return counts


def read(minutes: dict[WindowKey, Rollup]) -> dict[tuple[str, int, int], Rollup]:
    """The stored minutes as every length of window that a rule may have."""
    windows: dict[WindowKey, Rollup] = {}
    for (_, contract, start), rollup in minutes.items():
        for length in (60, 900, HOUR):
            merge(windows, {(contract, str(length), start // length * length): rollup})
    return {(contract, int(length), start): rollup for (contract, length, start), rollup in windows.items()}


def driven(
    chunks: Sequence[Sequence[Minute]], watermarks: Sequence[float]
) -> tuple[list[Decision], dict[tuple[str, str, int], Incident], dict[GateKey, GateState]]:
    """Merges a chunk, then closes, again and again. What each gate decided, in its order."""
    minutes: dict[WindowKey, Rollup] = {}
    states: dict[GateKey, GateState] = {}
    decisions: list[Decision] = []
    incidents: dict[tuple[str, str, int], Incident] = {}
    for chunk, watermark in zip(chunks, watermarks, strict=True):
        merge(minutes, stored(chunk))
        closed = close(CONTRACTS, states, read(minutes), watermark)
        states |= {state.key: state for state in closed.states}
        decisions += closed.decisions
        incidents |= {incident.key: incident for incident in closed.incidents}
    return sorted(decisions, key=lambda one: (one.gate, one.start)), incidents, states


LAST = 9.0 * HOUR


@given(EVENTS, st.randoms(use_true_random=False), st.integers(1, 8))
def test_the_order_and_the_cut_of_chunks_change_no_decision(
    events: list[Minute], chance: object, parts: int
) -> None:
    shuffled = list(events)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random, which hypothesis does not name
    cut = [shuffled[part::parts] for part in range(parts)]
    watermarks = [0.0] * (parts - 1) + [LAST]
    assert driven(cut, watermarks) == driven([events], [LAST])


@given(EVENTS, st.lists(st.integers(0, 9 * 60), max_size=12))
def test_how_often_windows_are_closed_changes_no_decision(events: list[Minute], stops: list[int]) -> None:
    """Each event comes before the watermark has passed the window that it belongs to, as one that is not late does."""
    chunks, watermarks, at = [], [], 0
    for stop in sorted({*stops, 9 * 60}):
        chunks.append([event for event in events if at <= event[0] < stop])
        watermarks.append(stop * 60.0)
        at = stop
    assert driven(chunks, watermarks) == driven([events], [LAST])


@given(EVENTS, EVENTS)
def test_windows_merge_in_any_order(one: list[Minute], other: list[Minute]) -> None:
    there, back = stored(one), stored(other)
    merge(there, stored(other))
    merge(back, stored(one))
    assert there == back
    assert roll_up(there, Resolution.HOUR) == roll_up(back, Resolution.HOUR)


@given(EVENTS)
def test_an_incident_lasts_from_its_first_broken_window_to_its_last(events: list[Minute]) -> None:
    decisions, incidents, states = driven([events], [LAST])
    for incident in incidents.values():
        broken = [
            one
            for one in decisions
            if one.gate == incident.gate and one.outcome == "broken" and one.start >= incident.start
        ]
        lasting = [one for one in broken if incident.end is None or one.start < incident.end]
        assert lasting[0].start == incident.start
        assert incident.windows == len(lasting)
        assert (incident.end is None) == (
            not states[incident.contract, incident.gate].open and _newest(incident, incidents)
        )


def _newest(incident: Incident, incidents: dict[tuple[str, str, int], Incident]) -> bool:
    return incident.start == max(one.start for one in incidents.values() if one.gate == incident.gate)
