"""Workers that die, stop, stall, come and go: nothing is lost and nothing is counted twice."""

import random
import signal
import time

import pytest
from fault_world import SESSION_SECONDS, World

pytestmark = [pytest.mark.kafka, pytest.mark.faults]
STOP_SECONDS = 20
"""The deadline in the settings, and what ending a process takes beside."""


def test_without_a_fault(here: World) -> None:
    here.feed()
    workers = here.workers()
    here.until_done()
    assert workers.stop(STOP_SECONDS) == 0, workers.told()
    here.check()


def test_a_worker_killed_at_random_moments(here: World) -> None:
    chance = random.Random(here.seed)
    here.feed()
    kills = 0
    for share in (0.1, 0.3, 0.5, 0.7):
        workers = here.workers()
        here.until_judged(share)
        time.sleep(chance.random() * 1.5)
        workers.kill()
        kills += 1
    here.workers()
    here.until_done()
    assert kills == 4
    here.check()


def test_a_worker_killed_as_it_starts(here: World) -> None:
    chance = random.Random(here.seed)
    here.feed()
    for _ in range(4):
        workers = here.workers()
        time.sleep(1.5 + chance.random() * 2.5)
        workers.kill()
    here.workers()
    here.until_done()
    here.check()


def test_a_worker_told_to_stop_ends_in_time_and_leaves_nothing_open(here: World) -> None:
    here.feed((0, 0.6))
    workers = here.workers()
    here.until_judged(0.2)
    assert workers.stop(STOP_SECONDS) == 0, workers.told()
    here.feed((0.6, 1))
    here.workers()
    here.until_done()
    here.check()


def test_workers_join_and_leave_under_load(here: World) -> None:
    here.feed((0, 0.5))
    first = here.workers()
    here.until_judged(0.1)
    second = here.workers(fold=False)
    here.feed((0.5, 1))
    here.until_judged(0.4)
    third = here.workers(fold=False)
    third.until_started()
    second.kill()
    assert third.stop(STOP_SECONDS) == 0, third.told()
    here.until_done()
    assert first.running
    here.check()


def test_a_stalled_worker_that_wakes_as_a_zombie_writes_nothing(here: World) -> None:
    here.feed((0, 0.5))
    stalled, other = here.workers(fold=False), here.workers()
    here.until_judged(0.2)
    stalled.send(signal.SIGSTOP)
    here.feed((0.5, 1))
    here.until_done()
    stalled.send(signal.SIGCONT)
    time.sleep(2 * SESSION_SECONDS)
    assert other.running
    here.check()


def test_a_storm_of_rebalances(here: World) -> None:
    chance = random.Random(here.seed)
    here.feed((0, 0.5))
    here.workers()
    here.until_judged(0.05)
    for number in range(6):
        passing = here.workers(fold=False)
        time.sleep(1.5 + chance.random() * 2)
        if number == 3:
            here.feed((0.5, 1))
        if number % 2:
            passing.kill()
        else:
            passing.stop(STOP_SECONDS)
    here.until_done()
    here.check()
