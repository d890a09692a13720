"""Windows are closed over a store: once, in order, whole or not at all, whoever is killed meanwhile."""

import random
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from any_store import KINDS, opened
from gate_traffic import CONTRACTS, LATENESS, MINUTES, RULES, contract

from observer.contracts.quality import Bound, Metric, QualityRule
from observer.errors import StoreError
from observer.model import Rollup, RollupKey
from observer.store import Gatekeeper, Reader, Store, gates
from observer.windows.gates import Decision, Incident, Outcome
from observer.windows.merge import Resolution

HOUR = 3600
OVER = MINUTES * 60.0 + LATENESS


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    with opened(request) as one:
        yield one


def hour(number: int, bad: float, of: float) -> dict[RollupKey, Rollup]:
    measures = {"quality/complete/bad": bad, "quality/complete/of": of, "verdict/valid": of}
    return {("contract", "order-completed", number * 60): measures}


def add(store: Store, rollups_: Mapping[RollupKey, Rollup], keeper: Gatekeeper | None = None) -> None:
    late = keeper.late(CONTRACTS, rollups_).amendments if keeper else ()
    store.add(rollups_, [], {}, 0.0, late)


def incidents(store: Store) -> tuple[Incident, ...]:
    with store.transaction() as cursor:
        return gates.read_incidents(cursor, 0)


def decisions(store: Store, gate: str = "complete") -> list[tuple[int, str]]:
    with store.transaction() as cursor:
        found = gates.read_decisions(cursor, 0, 1e12)
    return sorted((one.start // HOUR, one.outcome.value) for one, _, _ in found if one.gate == gate)


COMPLETE = {"order-completed": contract(RULES[0])}


def test_what_is_decided_is_kept_and_read_again_by_the_next_process(store: Store) -> None:
    for rollup in (hour(0, 0, 100), hour(1, 7, 100), hour(2, 0, 100)):
        add(store, rollup)
    closed = Gatekeeper(store.database).close(COMPLETE, 2 * HOUR + LATENESS)
    assert [one.gate for one in closed.began] == ["complete"]
    again = Gatekeeper(store.database)
    assert not again.states["order-completed", "complete"].open
    assert again.close(COMPLETE, 2 * HOUR + LATENESS).decisions == ()
    assert [one.start // HOUR for one in again.close(COMPLETE, 3 * HOUR + LATENESS).decisions] == [2]
    assert decisions(store) == [(0, "kept"), (1, "broken"), (2, "kept")]
    (incident,) = incidents(store)
    assert (incident.start, incident.end, incident.events, incident.windows) == (HOUR, None, 7, 1)
    assert incident.technical_owner == CONTRACTS["order-completed"].technical_owner


def test_an_incident_ends_when_its_gate_opens(store: Store) -> None:
    keeper = Gatekeeper(store.database)
    for number, bad in enumerate((0, 7, 0, 0)):
        add(store, hour(number, bad, 100))
        keeper.close(COMPLETE, (number + 1) * HOUR + LATENESS)
    assert [(one.start // HOUR, one.end) for one in incidents(store)] == [(1, 2 * HOUR)]
    assert keeper.states["order-completed", "complete"].open


def test_what_comes_late_amends_the_row_and_changes_no_decision(store: Store) -> None:
    keeper = Gatekeeper(store.database)
    add(store, hour(0, 0, 100))
    keeper.close(CONTRACTS, HOUR + LATENESS)
    add(store, hour(0, 50, 60), keeper)
    assert keeper.close(CONTRACTS, HOUR + LATENESS).decisions == ()
    with store.transaction() as cursor:
        found = {
            one.gate: (one, bad, of)
            for one, bad, of in gates.read_decisions(cursor, 0, HOUR)
            if one.start == 0
        }
    decision, late_bad, late_of = found["complete"]
    assert (decision.outcome, decision.bad, decision.of, late_bad, late_of) == (Outcome.KEPT, 0, 100, 50, 60)
    assert found["rows"][2] == 60


def test_what_could_not_be_kept_was_not_decided(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = Gatekeeper(store.database)
    add(store, hour(0, 7, 100))

    def refuse(*_: object) -> None:
        raise StoreError(())

    with monkeypatch.context() as broken:
        broken.setattr(gates, "keep", refuse)
        with pytest.raises(StoreError):
            keeper.close(COMPLETE, HOUR + LATENESS)
    assert not keeper.states and not incidents(store)
    assert len(keeper.close(COMPLETE, HOUR + LATENESS).began) == 1


def test_no_window_has_two_decisions_in_the_tables_either(store: Store) -> None:
    keeper, other = Gatekeeper(store.database), Gatekeeper(store.database)
    add(store, hour(0, 7, 100))
    assert len(keeper.close(COMPLETE, HOUR + LATENESS).decisions) == 1
    assert other.close(COMPLETE, HOUR + LATENESS).decisions == (), "it reads what the other has decided"
    assert len(incidents(store)) == 1


def test_a_keeper_of_some_contracts_leaves_the_gates_of_others_alone(store: Store) -> None:
    add(store, hour(0, 7, 100))
    Gatekeeper(store.database).close(COMPLETE, HOUR + LATENESS)
    others = Gatekeeper(store.database, lambda name: name != "order-completed")
    assert not others.states
    assert not others.close({}, 9 * HOUR).gone
    assert Gatekeeper(store.database).states


def test_the_incident_of_a_rule_that_is_no_more_ends(store: Store) -> None:
    add(store, hour(0, 7, 100))
    Gatekeeper(store.database).close(COMPLETE, HOUR + LATENESS)
    Gatekeeper(store.database).close({"order-completed": contract()}, HOUR + LATENESS)
    assert [one.end for one in incidents(store)] == [HOUR]
    assert not Gatekeeper(store.database).states


def test_volumes_are_compared_with_weeks_that_were_stored(store: Store) -> None:
    rule = QualityRule("volume", Metric.VOLUME, (), Bound("mustBeGreaterOrEqualTo", 50), "percent", weeks=2)
    contracts = {"order-completed": contract(rule)}
    week = 168
    for number, rows in ((0, 100), (week, 120), (2 * week, 20)):
        add(store, hour(number, 0, rows))
        closed = Gatekeeper(store.database).close(contracts, (number + 1) * HOUR + LATENESS)
    assert [(one.start // HOUR, one.expected, one.outcome) for one in closed.decisions[-1:]] == [
        (2 * week, 110.0, Outcome.BROKEN)
    ]


def test_silence_while_nobody_listened_accuses_nobody(store: Store) -> None:
    contracts = {"order-completed": contract(RULES[1])}
    add(store, hour(0, 0, 100))
    keeper = Gatekeeper(store.database)
    keeper.close(contracts, HOUR + LATENESS)
    keeper.gap(1.5 * HOUR, 2.5 * HOUR)
    Gatekeeper(store.database).close(contracts, 4 * HOUR + LATENESS)
    assert decisions(store, "rows") == [(0, "kept"), (1, "not_observed"), (2, "not_observed"), (3, "broken")]


def test_minutes_that_a_gate_is_still_to_be_judged_by_stay_minutes(store: Store) -> None:
    add(store, hour(0, 0, 100))
    keeper = Gatekeeper(store.database)
    keeper.close(COMPLETE, HOUR + LATENESS)
    add(store, hour(1, 0, 100))
    store.compact(40 * HOUR, keeper.undecided_from)
    reader = Reader(store.database)
    assert [start for _, _, start in reader.windows(Resolution.MINUTE)] == [HOUR]
    keeper.close(COMPLETE, 40 * HOUR)
    store.compact(40 * HOUR, keeper.undecided_from)
    assert not reader.windows(Resolution.MINUTE)


def test_rows_are_bounded_and_an_incident_that_lasts_stays(store: Store) -> None:
    keeper = Gatekeeper(store.database)
    add(store, hour(0, 7, 100))
    keeper.close(CONTRACTS, HOUR + LATENESS)
    store.compact(9 * 24 * HOUR)
    assert decisions(store, "fresh") == [] and decisions(store) == [(0, "broken")]
    store.compact(500 * 24 * HOUR)
    assert decisions(store) == []
    assert sorted(one.gate for one in incidents(store)) == ["complete", "fresh"]


def run_until_done(folder: Path, chance: random.Random | None) -> int:
    """Runs the child; with `chance`, kills it again and again. Returns how often."""
    child = Path(__file__).with_name("closing_child.py")
    for killed in range(100):
        process = subprocess.Popen(
            [sys.executable, str(child), str(folder)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        with process.stdout as output:
            assert output.readline() == "started\n"
            if chance is not None and killed < 4:
                time.sleep(chance.uniform(0.01, 0.3))
                process.kill()
            said = output.read()
        process.wait()
        if said == "done\n":
            return killed
    raise AssertionError("expected the child to come to its end")


def everything(folder: Path) -> tuple[list[tuple[Decision, float, float]], list[Incident], object]:
    with Store.open(folder) as store, store.transaction() as cursor:
        found = sorted(gates.read_decisions(cursor, 0, 1e12), key=lambda one: one[0][:3])
        return found, sorted(gates.read_incidents(cursor, 0)), gates.read_states(cursor)


def test_killed_at_any_moment_it_decides_as_if_it_never_was(tmp_path: Path) -> None:
    assert run_until_done(tmp_path / "calm", None) == 0
    assert run_until_done(tmp_path / "killed", random.Random(7)) > 0
    calm, killed = everything(tmp_path / "calm"), everything(tmp_path / "killed")
    assert killed == calm
    assert [(one.gate, one.start // HOUR) for one in calm[1]] == [
        ("complete", 5), ("complete", 30), ("fresh", 12), ("rows", 12),
    ]  # fmt: skip
