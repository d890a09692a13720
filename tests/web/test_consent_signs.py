"""What the windows say of faults in consent: by channel, by purpose, most frequent first."""

from fabricated_company import NOW, busy_minute, catalog, readings

from observer.consent.outcome import Choice
from observer.consent.reviews import Review
from observer.windows.consent_signs import ConsentSigns, consent_signs

MINUTE = int(NOW // 60)


def signs(channel: str = "", purpose: str = "", weight: int = 1) -> ConsentSigns:
    return consent_signs(catalog(), readings(busy_minute(MINUTE, weight)), channel, purpose, NOW)


def test_breaches_say_where_to_by_what_and_why_the_most_frequent_first() -> None:
    told = [(line.title, line.channel, line.evidence, line.reason, line.events) for line in signs().breaches]
    assert told == [
        ("Google Ads", "web", "integration", "refused", 6),
        ("Google Ads", "web", "click_id", "no_signal", 2),
    ]
    assert signs("app").breaches == ()
    assert signs(purpose="personalisation").breaches == ()


def test_the_share_before_any_choice_has_its_two_parts() -> None:
    (line,) = signs().choices
    assert (line.before, line.total, line.events[Choice.UNREADABLE]) == (24, 126, 2)
    assert line.before_share == 24 / 126


def test_signals_that_part_and_contradictions_are_of_the_chosen_purpose() -> None:
    assert [(line.yes, line.no, line.events) for line in signs().disagreements] == [
        ("segment", "us_privacy", 4)
    ]
    assert signs(purpose="personalisation").disagreements == ()
    assert [line.contradiction for line in signs().contradictions] == ["click_id"]
    assert signs(purpose="advertising").contradictions == ()


def test_platforms_show_their_states() -> None:
    told = [(line.cmp, line.version, line.states.usable, line.states.requires) for line in signs().platforms]
    assert told == [("7", "2", 20, 29), ("_other", "_other", 0, 2)]


def test_choices_that_were_honoured_are_of_the_chosen_channel() -> None:
    (line,) = signs().honoured
    assert (line.direction, line.waited.number, line.waited.total) == ("refused", 4, 24)
    assert signs("app").honoured == ()


def test_reviews_are_overdue_from_the_day_after() -> None:
    from datetime import date

    reviewed = catalog()._replace(
        reviews=(Review("$.a", date(2026, 11, 17)), Review("$.b", date(2026, 11, 18)))
    )
    found = consent_signs(reviewed, readings({}), now=NOW)
    assert found.overdue == 1


def test_nothing_came_of_nothing() -> None:
    assert consent_signs(catalog(), readings({})) == ConsentSigns()
