"""What is shown adds up to the whole, and nothing that exists is shown as nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observer.messages import Lang
from observer.windows.numbers import age, duration, percent, share, whole
from observer.windows.shares import nearest_tenths, ratio, tenths

PARTS = st.lists(st.integers(0, 10_000), min_size=2, max_size=6).map(
    lambda counts: {f"part{place}": count for place, count in enumerate(counts)}
)


@given(PARTS)
def test_tenths_add_up_to_the_whole_and_none_is_off_by_more_than_one(parts: dict[str, int]) -> None:
    shown = tenths(parts, "part0")
    of = sum(parts.values())
    assert sum(shown.values()) == (1000 if of else 0)
    assert shown["part0"] == nearest_tenths(parts["part0"], of)
    for part, count in parts.items():
        assert abs(shown[part] - (count * 1000 / of if of else 0)) < 1
        assert shown[part] == 0 or count


@pytest.mark.parametrize(
    ("parts", "shown"),
    {
        "three thirds": ({"yes": 1, "no": 1, "none": 1}, {"yes": 333, "no": 334, "none": 333}),
        "nothing at all": ({"yes": 0, "no": 0}, {"yes": 0, "no": 0}),
        "half a tenth is rounded up and its complement makes room": (
            {"yes": 9945, "no": 55},
            {"yes": 995, "no": 5},
        ),
        "what is nothing gets no remainder": (
            {"yes": 1, "no": 0, "none": 2},
            {"yes": 333, "no": 0, "none": 667},
        ),
    }.values(),
)
def test_tenths(parts: dict[str, int], shown: dict[str, int]) -> None:
    assert tenths(parts, "yes") == shown


def test_a_part_of_nothing_is_not_zero_but_unknown() -> None:
    assert ratio(0, 0) is None
    assert ratio(1, 4) == 0.25


SHARES: dict[str, tuple[float, float, Lang, str]] = {
    "an English share has a decimal point": (637, 1000, "en", "63.7\u00a0%"),
    "a French share has a comma and a narrow space": (637, 1000, "fr", "63,7\u202f%"),
    "all is all": (5, 5, "en", "100\u00a0%"),
    "nearly all is not all": (99_999, 100_000, "en", ">\u00a099.9\u00a0%"),
    "hardly any is not none": (1, 100_000, "fr", "<\u00a00,1\u202f%"),
    "none is none": (0, 100_000, "en", "0\u00a0%"),
    "a part of nothing is a dash": (0, 0, "en", "–"),
}


@pytest.mark.parametrize(("part", "of", "lang", "text"), SHARES.values(), ids=SHARES)
def test_share(part: float, of: float, lang: Lang, text: str) -> None:
    assert share(part, of, nearest_tenths(part, of), lang) == text


def test_a_short_share_leaves_a_zero_decimal_out() -> None:
    assert percent(180, "en") == "18.0\u00a0%"
    assert percent(180, "en", short=True) == "18\u00a0%"
    assert percent(185, "fr", short=True) == "18,5\u202f%"


def test_counts_are_grouped_as_the_language_does() -> None:
    assert whole(12430, "en") == "12,430"
    assert whole(1_012_430, "fr") == "1\u202f012\u202f430"


DURATIONS: dict[str, tuple[float, Lang, str]] = {
    "nothing at all": (0.0, "en", "0 ms"),
    "under a millisecond to the tenth": (0.0004, "fr", "0,4 ms"),
    "what rounds to a millisecond is one": (0.00097, "en", "1 ms"),
    "under a tenth of a second in milliseconds": (0.0504, "en", "50 ms"),
    "what rounds to a tenth is a tenth": (0.0996, "en", "0.10 s"),
    "under a second to the hundredth": (0.354, "en", "0.35 s"),
    "under ten seconds to the tenth": (2.46, "fr", "2,5 s"),
    "seconds": (42.4, "en", "42 s"),
    "what rounds to a minute is a minute": (59.6, "en", "1 min"),
    "minutes and seconds": (200.2, "en", "3 min 20 s"),
    "what rounds to an hour is an hour": (3599.8, "en", "1 h"),
    "hours and minutes": (7500, "en", "2 h 5 min"),
    "what rounds to a day is a day": (86_399, "fr", "1 j"),
    "days and hours": (187_200, "fr", "2 j 4 h"),
}


@pytest.mark.parametrize(("seconds", "lang", "text"), DURATIONS.values(), ids=DURATIONS)
def test_duration(seconds: float, lang: Lang, text: str) -> None:
    assert duration(seconds, lang).replace("\u00a0", " ") == text


AGES = {
    "0 s": 0.9,
    "59 s": 59.9,
    "1 min": 60,
    "59 min": 3599,
    "1 h": 3600,
    "23 h": 86_399,
    "5 d": 5.9 * 86_400,
}


@pytest.mark.parametrize(("text", "seconds"), AGES.items(), ids=AGES)
def test_an_age_is_rounded_down_to_one_unit(text: str, seconds: float) -> None:
    assert age(seconds, "en").replace("\u00a0", " ") == text
