"""A source may send so many events a second, and is told when to come back."""

from observer.sources.pace import Pace


def test_without_a_limit_nobody_waits() -> None:
    pace = Pace(0)
    pace.spend("web", 1_000_000, 0.0)
    assert pace.wait("web", 0.0) == 0


def test_a_debt_is_paid_before_the_next_request() -> None:
    pace = Pace(10)
    pace.spend("web", 35, 0.0)
    assert pace.wait("web", 0.0) == 3, "10 tokens − 35 events = 25 short, at 10 a second"
    assert pace.wait("web", 2.0) == 1
    assert pace.wait("web", 2.5) == 0


def test_rest_saves_up_one_second_at_most() -> None:
    pace = Pace(10)
    pace.spend("web", 0, 0.0)
    pace.spend("web", 20, 100.0)
    assert pace.wait("web", 100.0) == 1


def test_each_source_has_its_own_pace() -> None:
    pace = Pace(10)
    pace.spend("web", 100, 0.0)
    assert pace.wait("app", 0.0) == 0


def test_a_clock_that_steps_back_gives_nothing() -> None:
    pace = Pace(10)
    pace.spend("web", 30, 100.0)
    assert pace.wait("web", 50.0) == 2
