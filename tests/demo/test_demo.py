"""The demo plants the same faults for the same seed, and finds each as often as it planted it."""

import json
import socket
import subprocess
import sys
from collections import Counter

import pytest

from observer.catalog import Catalog
from observer.demo.faults import CODES, FAULTS
from observer.demo.planned import Planned
from observer.demo.run import Outcome, Score, free_port
from observer.demo.table import table
from observer.demo.traffic import TWICE, Traffic
from observer.errors import SettingsError
from observer.messages import LANGUAGES, catalogue
from observer.sinks.totals import Totals


def planned(seed: int, seconds: int = 8) -> list[Planned]:
    traffic = Traffic(seed, rate=150, loyalty_dies_at=3)
    return [event for second in range(seconds) for event in traffic.second(second)]


def test_the_same_seed_gives_the_same_events() -> None:
    assert planned(7) == planned(7)
    assert planned(7) != planned(8)


def test_every_fault_is_planted_and_only_known_ones() -> None:
    faults = Counter(event.fault for event in planned(2026, 30) if event.fault)
    assert set(faults) == {fault.code for fault in FAULTS} | {TWICE}
    assert len(CODES) >= 8


def test_a_dead_sdk_sends_nothing_more() -> None:
    traffic = Traffic(1, rate=100, loyalty_dies_at=2)
    heard = [sum(event.source == "loyalty" for event in traffic.second(second)) for second in range(5)]
    assert all(heard[:2])
    assert not any(heard[2:])


def test_traffic_without_faults_would_be_valid(catalog: Catalog) -> None:
    """What is not planted must not be found: each source's plain events keep their contracts."""
    from observer.demo.wires import WIRES, Way
    from observer.engine import Chunk, Memory, observe
    from observer.model import Record, Verdict

    now = 1_795_341_602.0
    for event in planned(3, 3):
        if event.fault:
            continue
        source = catalog.sources[event.source]
        way = Way("key", source.identifiers[0] if source.identifiers else "")
        request = WIRES[source.dialect.name]([event], way, now)
        body = request.body
        if body[:2] == b"\x1f\x8b":
            import gzip

            body = gzip.decompress(body)
        result = observe(
            Chunk(source.id, [Record(value=body, received=now, path=request.path)]), catalog, Memory(), now
        )
        assert result.verdicts[Verdict.VALID] == 1, (event, result.kept)


def demo(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "observer", "demo", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def test_json_says_what_was_planted_and_found_and_a_busy_port_means_the_next() -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        done = demo("--seconds", "9", "--format", "json", "--port", str(port), "--rate", "150")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert set(said) == {"seed", "received", "verdicts", "faults"}
    assert said["received"] == sum(said["verdicts"].values()) == 9 * 150
    assert [fault["code"] for fault in said["faults"]] == list(CODES)
    assert all(fault["planted"] == fault["found"] for fault in said["faults"])
    assert sum(fault["planted"] > 0 for fault in said["faults"]) >= 8
    first = done.stderr.splitlines()[0]
    assert first.startswith("Page: http://localhost:")
    assert f":{port}/" not in first


def test_planted_and_found_that_part_are_told() -> None:
    parted = Outcome(1, 10, {}, (Score("type_drift", 2, 2), Score("duplicate", 3, 2)))
    assert not parted.exact
    assert [line for line in table(parted, 5, "en") if "≠" in line] == [table(parted, 5, "en")[-1]]
    assert Outcome(1, 10, {}, (Score("type_drift", 2, 2),)).exact


def test_faults_are_found_by_counts_and_not_by_what_was_planted() -> None:
    empty = Totals()
    assert [fault.find(empty) for fault in FAULTS] == [0] * len(FAULTS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_fault_has_a_title(lang: str) -> None:
    for code in CODES:
        assert getattr(catalogue()[f"demo.fault.{code}"], lang)


def test_no_free_port_is_a_clear_error() -> None:
    with pytest.raises(SettingsError, match="expected a free port"):
        free_port("127.0.0.1", 65_536)


def test_every_string_of_the_demo_is_a_tc_string_and_of_no_use() -> None:
    from observer.consent.tcf import decode
    from observer.demo.tc_string import tc_string

    now = 1_795_341_602.0
    for fault in ("expired", "tomorrow", "unknown_list"):
        tc = decode(tc_string(fault, now))
        assert (tc.cmp_id, tc.cmp_version, tc.policy_version, tc.service_specific) == (7, 2, 5, True)
    assert tc_string("expired", now) != tc_string("tomorrow", now)


def test_whoever_takes_consent_back_does_so_in_three_events() -> None:
    from observer.demo.consent_faults import WITHDRAWN, Withdrawals

    people = Withdrawals()
    events = [people.next() for _ in range(6)]
    assert [event.fault for event in events] == ["", WITHDRAWN, ""] * 2
    assert [event.person for event in events] == ["withdrawer-0000"] * 3 + ["withdrawer-0001"] * 3
    assert len({event.message_id for event in events}) == 6
