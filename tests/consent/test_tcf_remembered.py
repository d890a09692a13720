"""TC strings are remembered without their dates: never another answer, work once, and memory that is bounded."""

from itertools import permutations

import pytest
from consent_examples import ALPHABET, TODAY, Tc, day, list_document, segment, shop_policy
from hypothesis import given, settings
from hypothesis import strategies as st

from observer.consent import tcf_statement
from observer.consent.generations import Generations
from observer.consent.outcome import ConsentOutcome
from observer.consent.policy import compile_judge
from observer.consent.remembering import RememberingJudge
from observer.consent.statement import Statement
from observer.consent.tcf import LONGEST, TcString, decode
from observer.consent.tcf_statement import TcfReader, TcfTerms
from observer.consent.vendor_list import read_vendor_list
from observer.errors import SignalError
from observer.model import Signal

LIST = read_vendor_list(
    list_document(140, v755={"purposes": [1, 2, 3, 4, 7]}, v91={"legIntPurposes": [2, 7]})
)
TERMS = TcfTerms(((1, 2), (7,), ()), (91, 755), {140: LIST}, True, frozenset({1}), 180)
GOOD = Tc()


def said(reader: TcfReader, text: str, on: int) -> Statement | tuple[str, str]:
    try:
        return reader(text, on)
    except SignalError as error:
        return error.reason, str(error)


texts = st.builds(
    lambda updated, policy, specific, disclosed, consents: Tc(
        updated=updated,
        policy_version=policy,
        service_specific=specific,
        disclosed=disclosed,
        consents=consents,
    ).text(),
    st.sampled_from(["2023-09-30", "2023-10-01", "2026-02-28", "2026-03-01", "2026-11-21", "2026-11-23"]),
    st.sampled_from([2, 4, 5]),
    st.booleans(),
    st.sampled_from([None, (), ((1, 1000),)]),
    st.sampled_from([range(1, 12), (1, 2), ()]),
)
damaged = st.tuples(texts, st.integers(0, 70), st.sampled_from([*ALPHABET, ".", "=", "~", "é", ""])).map(
    lambda parts: parts[0][: parts[1]] + parts[2] + parts[0][parts[1] + 1 :]
)
days = st.sampled_from([day("2023-10-01"), day("2026-03-01"), TODAY, TODAY + 1])


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(texts | damaged | st.text(max_size=20), days), max_size=12))
def test_a_reader_that_remembers_says_what_a_new_one_says(asked: list[tuple[str, int]]) -> None:
    reader = TcfReader(TERMS)
    for text, on in [*asked, *asked]:
        assert said(reader, text, on) == said(TcfReader(TERMS), text, on)


ONE_STRING = {
    "no disclosed vendors, before and after they must be there": (
        GOOD._replace(disclosed=None), ("2026-02-28", "2026-03-01"),
    ),
    "an old policy, before and after it ended": (
        GOOD._replace(policy_version=2), ("2023-09-30", "2023-10-01"),
    ),
    "older, younger and later than the event": (GOOD, ("2026-01-01", "2026-11-01", "2026-12-24")),
}  # fmt: skip


EVENT = {dates: min(TODAY, day(dates[-1])) for _, dates in ONE_STRING.values()}


@pytest.mark.parametrize(("string", "dates"), ONE_STRING.values(), ids=ONE_STRING)
def test_dates_count_each_time_in_whatever_order_they_come(string: Tc, dates: tuple[str, ...]) -> None:
    expected = {date: TcfReader(TERMS)(string._replace(updated=date).text(), EVENT[dates]) for date in dates}
    for order in permutations(dates):
        reader = TcfReader(TERMS)
        for date in order:
            assert reader(string._replace(updated=date).text(), EVENT[dates]) == expected[date]
    assert len({found.answers for found in expected.values()}) == len(dates)


@pytest.mark.parametrize("bad", ["C" + "?" * 12, "C" + "A" * 11 + "=", "C" + "." + "A" * 11, "D" + "A" * 12])
def test_a_string_that_is_broken_in_its_dates_takes_nothing_from_others(bad: str) -> None:
    good = GOOD.text()
    for order in permutations([good, bad + good[13:]]):
        reader = TcfReader(TERMS)
        for text in order:
            assert said(reader, text, TODAY) == said(TcfReader(TERMS), text, TODAY)


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    decoded: list[str] = []

    def counting(text: str) -> TcString:
        decoded.append(text)
        return decode(text)

    monkeypatch.setattr(tcf_statement, "decode", counting)
    return decoded


def test_strings_that_differ_in_their_dates_alone_are_decoded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    decoded = counted(monkeypatch)
    reader = TcfReader(TERMS)
    for date in ("2026-10-01", "2026-10-02", "2026-11-01"):
        reader(GOOD._replace(updated=date).text(), TODAY)
        said(reader, GOOD._replace(updated=date).text()[:40], TODAY)
    assert len(decoded) == 2


def test_a_very_long_string_is_not_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    decoded = counted(monkeypatch)
    reader = TcfReader(TERMS)
    long = GOOD.text() + ".g" + "A" * (LONGEST - 200 - len(GOOD.text()))
    assert reader(long, TODAY) == reader(long, TODAY)
    assert len(decoded) == 2


LISTED = list_document(140, v755={"purposes": [1, 2, 3, 4, 7]}, v91={"legIntPurposes": [2, 7]})
POLICY = shop_policy(LISTED)
OTHERS = (
    segment(advertising=True),
    segment(advertising=False),
    Signal("gpc", b"1"),
    Signal("gcd", b"13r3r3r3r5"),
)
signals = st.lists(
    (texts | damaged).map(lambda text: Signal("tcf", text.encode())) | st.sampled_from(OTHERS), max_size=2
).map(tuple)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(signals, days), max_size=8))
def test_a_judge_that_remembers_says_what_a_new_one_says(asked: list[tuple[tuple[Signal, ...], int]]) -> None:
    judge = compile_judge(POLICY, "web-shop", "web")
    for given_, on in [*asked, *asked]:
        assert judge(given_, on) == compile_judge(POLICY, "web-shop", "web")(given_, on)


def asked_of(questions: list[tuple[str, int]]) -> int:
    """Returns how often a judge is asked for these strings and days by one that remembers."""
    asked: list[int] = []

    def judge(given_: tuple[Signal, ...], on: int) -> ConsentOutcome:
        asked.append(on)
        return ConsentOutcome((), ())

    remembering = RememberingJudge(judge, 180)
    for text, on in questions:
        remembering((Signal("tcf", text.encode()),), on)
    return len(asked)


def on_dates(*dates: str) -> list[tuple[str, int]]:
    return [(GOOD._replace(updated=date).text(), TODAY) for date in dates]


JUDGED = {
    "one choice on many fresh days": (on_dates("2026-05-26", "2026-10-01", "2026-11-22"), 1),
    "fresh and too old": (on_dates("2026-05-26", "2026-05-25"), 2),
    "fresh and later than the event": (on_dates("2026-11-22", "2026-11-23"), 2),
    "the same age on both sides of a deadline": (
        [(GOOD._replace(updated="2026-02-28").text(), day("2026-03-01")),
         (GOOD._replace(updated="2026-03-01").text(), day("2026-03-02"))], 2,
    ),
    "one string on many days": ([(GOOD.text(), TODAY + ahead) for ahead in range(9)], 1),
    "two choices": ([(GOOD.text(), TODAY), (GOOD._replace(consents=(1,)).text(), TODAY)], 2),
    "a string without dates, each time": ([("C", TODAY), ("C", TODAY + 1)], 2),
    "a string whose dates are none": ([("CAAAAAA?AAAAA", TODAY), ("CAAAAAA!AAAAA", TODAY)], 2),
    "too long to be remembered": ([(GOOD.text() + "A" * 4_096, TODAY)] * 2, 2),
}  # fmt: skip


@pytest.mark.parametrize(("questions", "times"), JUDGED.values(), ids=JUDGED)
def test_what_decides_alike_is_judged_once(questions: list[tuple[str, int]], times: int) -> None:
    assert asked_of(questions) == times


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 5), st.lists(st.integers(0, 12), max_size=60))
def test_generations_hold_the_latest_and_never_more_than_twice_their_size(
    size: int, asked: list[int]
) -> None:
    memory: Generations[int, int] = Generations(size)
    put: list[int] = []
    for question in asked:
        found = memory.get(question)
        assert found in (None, -question)
        if found is None:
            memory.put(question, -question)
        put = [*(one for one in put if one != question), question]
        assert len(memory) <= 2 * size
        assert all(memory.get(recent) is not None for recent in put[-1:])


def test_what_is_asked_all_the_time_stays() -> None:
    memory: Generations[int, str] = Generations(10)
    memory.put(0, "kept")
    for question in range(1, 500):
        assert memory.get(0) == "kept"
        memory.put(question, "passing")
    assert memory.get(1) is None
