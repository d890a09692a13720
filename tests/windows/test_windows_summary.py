"""A period in numbers: every figure of the page, from measures that are easy to add up by hand."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "web"))

from fabricated_company import (
    CAMILLE,
    NOW,
    THOMAS,
    busy_minute,
    catalog,
    found,
    newest,
    readings,
    source,
)

from observer.model import ConsentState, Rollup, RollupKey, Verdict
from observer.windows.census import ToolLine
from observer.windows.summary import Choice, Summary, channels, summarise
from observer.windows.traffic import Owners, ReasonLine
from observer.windows.usable import ReasonCount, leading_purpose

MINUTE = int(NOW // 60)


def summary(rollups: dict[RollupKey, Rollup] | None = None, choice: Choice = Choice()) -> Summary:  # noqa: B008
    given = busy_minute(MINUTE, 1) if rollups is None else rollups
    return summarise(catalog(), readings(given, [found(9), found(5)], newest()), choice, NOW)


def test_every_event_has_one_verdict_and_duplicates_are_out_of_the_valid_share() -> None:
    counts = summary().counts
    assert (counts.received, counts.events, counts.judged_once) == (200, 200, 195)
    assert counts.valid_share == (118 + 52 + 9) / 195
    assert counts.verdicts[Verdict.UNVALIDATED] == 1


def test_declared_sources_stand_in_their_order_even_without_events_and_others_follow() -> None:
    rollups = busy_minute(MINUTE, 1) | {("source", "gone", MINUTE): {"received": 1.0, "verdict/valid": 1.0}}
    lines = summary(rollups).sources
    assert [line.id for line in lines] == ["web-shop", "app", "tills", "crm", "gone"]
    assert [line.declared for line in lines] == [True, True, True, True, False]
    assert lines[2].counts.events == 0
    assert lines[1].owners == Owners(CAMILLE, THOMAS)
    assert summary(rollups).counts.events == 201


PULSES = {
    "heard a moment ago": (NOW - 3, 900.0, "flowing"),
    "exactly as long ago as declared": (NOW - 900, 900.0, "flowing"),
    "longer ago than declared": (NOW - 901, 900.0, "silent"),
    "never heard, so not fallen silent": (None, 900.0, "never"),
    "without a declared limit it is never silent": (NOW - 1e6, None, "flowing"),
}


@pytest.mark.parametrize(("last", "limit", "pulse"), PULSES.values(), ids=PULSES)
def test_silence(last: float | None, limit: float | None, pulse: str) -> None:
    seen = {} if last is None else {("source", "app"): last}
    one = catalog([source("app", "App", "app", "rudderstack", limit)])
    line = summarise(one, readings({}, (), seen), Choice(), NOW).sources[0]
    assert (line.pulse, line.last_event) == (pulse, last)


def test_only_granted_is_a_yes_and_exempt_stands_apart() -> None:
    web = next(line for line in summary().consent if (line.channel, line.purpose) == ("web", "advertising"))
    assert (web.requires, web.usable, web.usable_share) == (126, 71, 71 / 126)
    exempt = next(
        line for line in summary().consent if (line.channel, line.purpose) == ("app", "audience-measurement")
    )
    assert (exempt.requires, exempt.usable_share, exempt.states[ConsentState.EXEMPT]) == (0, None, 59)


def test_the_consent_answer_is_of_all_channels_or_of_the_chosen_one() -> None:
    everywhere, in_app = summary().answer, summary(choice=Choice(channel="app", purpose="advertising")).answer
    assert everywhere is not None
    assert in_app is not None
    assert (everywhere.purpose, everywhere.requires, everywhere.usable) == ("advertising", 185, 109)
    assert (in_app.channel, in_app.requires, in_app.usable) == ("app", 59, 38)


def test_the_leading_purpose_is_the_one_that_most_destinations_need() -> None:
    assert leading_purpose(catalog()) == "advertising"
    assert leading_purpose(catalog()._replace(destinations={})) == "audience-measurement"
    assert leading_purpose(catalog()._replace(purposes={}, destinations={})) == ""


def test_every_channel_and_purpose_that_is_declared_has_a_line() -> None:
    pairs = {(line.channel, line.purpose) for line in summary({}).consent}
    assert pairs == {(channel, purpose) for channel in channels(catalog()) for purpose in catalog().purposes}
    assert all(line.events == 0 for line in summary({}).consent)


def test_a_destination_says_why_it_may_not_most_frequent_first() -> None:
    google, criteo, _ = summary().destinations
    assert (google.allowed, google.refused) == (108, 77)
    assert google.refused_because == (
        ReasonCount("refused", 55),
        ReasonCount("no_choice_yet", 15),
        ReasonCount("vendor_refused", 7),
    )
    assert criteo.refused_share == 76 / 126


def test_a_chosen_channel_and_purpose_narrow_destinations() -> None:
    lines = summary(choice=Choice(channel="app", purpose="advertising")).destinations
    assert [(line.id, line.allowed, line.refused) for line in lines] == [
        ("google-ads", 38, 21),
        ("criteo", 0, 0),
    ]


def test_stages_are_told_for_all_sources_and_for_each() -> None:
    stages = summary().stages
    assert [(line.source, line.stage, line.durations.number) for line in stages[:3]] == [
        ("", "created_to_sent", 179),
        ("", "received_to_observed", 191),
        ("", "end_to_end", 179),
    ]
    assert {line.source for line in stages[3:]} == {"web-shop", "app"}
    assert stages[0].disordered == 2
    assert summary(choice=Choice(channel="app")).end_to_end.durations.number == 59


def test_clocks_stand_apart_from_latency() -> None:
    ahead, behind = summary().skew
    assert (ahead.direction, ahead.offsets.number, ahead.beyond_tolerance) == ("ahead", 2, 2)
    assert (behind.direction, behind.offsets.number, behind.beyond_tolerance) == ("behind", 104, 4)


def test_tools_that_nobody_declared_come_first_and_those_that_nothing_could_show_last() -> None:
    tools = summary().tools
    assert [(line.id, line.state) for line in tools] == [
        ("hotjar", "undeclared"),
        ("segment", "seen"),
        ("mixpanel", "seen"),
        ("rudderstack", "seen"),
        ("google-ads", "seen"),
        ("braze", "idle"),
        ("metabase", "untraceable"),
    ]
    assert tools[0] == ToolLine("hotjar", "Hotjar", "Hotjar", "analytics", "undeclared", 4, NOW - 5)
    assert [line.id for line in summary().undeclared] == ["hotjar"]


def test_a_tool_that_the_catalog_does_not_know_is_still_seen() -> None:
    (line,) = [
        line
        for line in summary({("tool", "_other", MINUTE): {"seen/undeclared": 2.0}}).tools
        if line.id == "_other"
    ]
    assert (line.state, line.events, line.capability) == ("undeclared", 2, "_other")


def test_rules_that_broke_most_come_first_with_who_answers() -> None:
    rollups = {("contract", "_none", MINUTE): {"finding/undecodable/decode:a/b": 3.0}} | busy_minute(
        MINUTE, 1
    )
    lines = summary(rollups).rules
    assert [(line.contract, line.rule, line.times) for line in lines] == [
        ("order-completed", "type:$.total", 8),
        ("_none", "decode:a/b", 3),
        ("page-viewed", "format:$.url", 3),
        ("order-completed", "required:$.order_id", 2),
    ]
    assert lines[0].owners.marketing == CAMILLE
    assert lines[1].owners == Owners(None, None)


def test_what_others_said_and_what_could_not_be_read() -> None:
    assert summary().undecodable == (ReasonLine("web-shop", "", "truncated", 1),)
    assert summary().upstream == (ReasonLine("web-shop", "rudderstack", "Required-Missing", 1),)


def test_findings_that_are_alike_are_one_line_with_the_time_of_the_newest() -> None:
    given = [
        found(2, "required:$.id", "missing_required"),
        found(5),
        found(7),
        found(8, "required:$.id", "missing_required"),
    ]
    lines = summarise(catalog(), readings({}, given), Choice(), NOW).findings
    assert [(line.latest.finding.rule, line.latest.observed, line.times) for line in lines] == [
        ("required:$.id", NOW - 2, 2),
        ("type:$.total", NOW - 5, 2),
    ]
    assert summary(choice=Choice(channel="app")).findings == ()
    assert len(summary(choice=Choice(channel="web")).findings) == 1


def test_the_timeline_has_a_bar_for_every_step_and_none_is_left_out() -> None:
    shown = summary(busy_minute(MINUTE, 1) | busy_minute(MINUTE - 30, 2))
    assert len(shown.timeline) == 61
    assert [(bar.events, bar.valid) for bar in shown.timeline if bar.events] == [(400, 358), (200, 179)]
    assert sum(bar.events for bar in shown.timeline) == shown.counts.events
    in_app = summarise(catalog(), readings(busy_minute(MINUTE, 1)), Choice(channel="app"), NOW)
    assert sum(bar.events for bar in in_app.timeline) == 61


def test_before_the_first_event_there_is_nothing_to_show() -> None:
    assert summarise(catalog(), readings({}), Choice(), NOW).is_empty
    assert not summary().is_empty
    assert not summarise(catalog(), readings({}, (), newest()), Choice(), NOW).is_empty
