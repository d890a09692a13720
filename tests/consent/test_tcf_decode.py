"""TC strings: every vector, the traps of other libraries, and work that stays bounded."""

import re
import time
from typing import Any

import pytest
from consent_examples import ALPHABET, Tc, encoded, field, vectors
from hypothesis import given, settings
from hypothesis import strategies as st

from observer.consent.idsets import to_ids
from observer.consent.tcf import LONGEST, MOST_SEGMENTS, decode
from observer.consent.tcf_json import as_json
from observer.errors import SignalError

GOOD = Tc().text()
CORE, DISCLOSED = GOOD.split(".")


def reason_of(text: str) -> str:
    with pytest.raises(SignalError) as caught:
        decode(text)
    return caught.value.reason


@pytest.mark.parametrize("vector", vectors("tcf_vectors.jsonl"), ids=lambda vector: vector["id"])
def test_valid_string_decodes_to_what_three_decoders_agree_on(vector: dict[str, Any]) -> None:
    expected = {name: value for name, value in vector["expected"].items() if name != "wire"}
    assert as_json(decode(vector["tcString"])) == expected


@pytest.mark.parametrize("vector", vectors("tcf_malformed.jsonl"), ids=lambda vector: vector["tag"])
def test_malformed_string_is_refused_where_it_must_be(vector: dict[str, Any]) -> None:
    recommended, text = vector["recommended"], vector["tcString"]
    if recommended.startswith("reject"):
        reason_of(text)
    elif recommended.startswith("accept"):
        decode(text)
    else:
        try:
            decode(text)
        except SignalError as error:
            assert error.reason


REFUSED = {
    "nothing": ("", "empty"),
    "dots alone": ("..", "empty"),
    "padding alone": ("==", "empty"),
    "a space": (" ", "bad_character"),
    "a letter beyond ASCII": ("CÉ" + CORE[2:], "bad_character"),
    "standard base64": (CORE[:20] + "+" + CORE[21:], "bad_character"),
    "padding inside": (CORE[:20] + "=" + CORE[21:], "bad_character"),
    "an empty segment": (CORE + "..", "empty_segment"),
    "an empty last segment": (CORE + ".", "empty_segment"),
    "version 1": (encoded(field(1, 6)) + CORE[1:], "unknown_version"),
    "version 3": (encoded(field(3, 6)) + CORE[1:], "unknown_version"),
    "a first segment of unknown type": ("_" + CORE[1:], "unknown_version"),
    "the core second": (f"{DISCLOSED}.{CORE}", "core_not_first"),
    "the core twice": (f"{CORE}.{CORE}", "core_twice"),
    "one character of the core": ("C", "truncated"),
    "the disclosed segment cut": (GOOD[:-1], "truncated"),
    "a vendor range that ends before it begins": (Tc(vendor_consents=((9, 3),)).text(), "inverted_range"),
    "a vendor range from 0": (Tc(vendor_consents=((0, 3),)).text(), "vendor_zero"),
    "a disclosed range from 0": (Tc(disclosed=((0, 3),)).text(), "vendor_zero"),
    "a restriction of purpose 0": (Tc(restrictions=[(0, 1, [(1, 2)])]).text(), "restriction_purpose_zero"),
    "a restriction of vendor 0": (Tc(restrictions=[(2, 1, [(0, 0)])]).text(), "vendor_zero"),
    "an inverted restriction": (Tc(restrictions=[(2, 1, [(5, 4)])]).text(), "inverted_range"),
    "one character too many": (CORE + "A" * (LONGEST + 1 - len(CORE)), "too_long"),
    "too many segments": (CORE + ".g" * MOST_SEGMENTS, "too_many_segments"),
}


@pytest.mark.parametrize(("text", "reason"), REFUSED.values(), ids=REFUSED)
def test_refused_with_its_reason(text: str, reason: str) -> None:
    assert reason_of(text) == reason


ACCEPTED = {
    "padding at the end": GOOD + "==",
    "padding of each segment": f"{CORE}==.{DISCLOSED}=",
    "zeros after the last field": CORE + "AAAA",
    "ones after the last field": CORE + "____",
    "an unknown segment": GOOD + ".gAAA",
    "an unknown segment of one character": GOOD + "._",
    "the longest string": CORE + "A" * (LONGEST - len(CORE)),
    "the most segments": CORE + ".g" * (MOST_SEGMENTS - 1),
}


@pytest.mark.parametrize("text", ACCEPTED.values(), ids=ACCEPTED)
def test_accepted_without_changing_what_it_says(text: str) -> None:
    assert decode(text)._replace(disclosed=None) == decode(CORE)


def test_the_last_of_repeated_segments_wins() -> None:
    other = Tc(disclosed=((7, 7),)).text().split(".")[1]
    assert decode(f"{GOOD}.{other}").disclosed == 1 << 7


def test_ids_above_max_vendor_id_and_overlapping_ranges_are_taken_as_they_are() -> None:
    entries = "1" + field(2, 12) + "1" + field(8, 16) + field(10, 16) + "1" + field(3, 16) + field(9, 16)
    text = f"{CORE}.{encoded(field(1, 3) + field(4, 16) + entries)}"
    assert to_ids(decode(text).disclosed or 0) == [3, 4, 5, 6, 7, 8, 9, 10]


def test_restrictions_are_merged_sorted_and_never_empty() -> None:
    given = [(7, 1, [(8, 9)]), (2, 2, [(4, 4)]), (7, 1, [(3, 3)]), (7, 0, []), (3, 3, [(1, 2)])]
    assert as_json(decode(Tc(restrictions=given).text()))["publisherRestrictions"] == [
        {"purposeId": 2, "restrictionType": 2, "vendors": [[4, 4]]},
        {"purposeId": 7, "restrictionType": 1, "vendors": [[3, 3], [8, 9]]},
    ]


def test_a_stub_of_ten_characters_is_refused_and_not_full_consent() -> None:
    """A Python library reads bits past the end as true: such a stub then grants everything."""
    assert reason_of(GOOD[:10]) == "truncated"


def test_a_string_of_disclosed_vendors_alone_is_refused() -> None:
    """JavaScript libraries accept it as a string without any consent."""
    assert reason_of(DISCLOSED) == "core_missing"


def test_an_inverted_range_is_refused_and_not_an_empty_set() -> None:
    """JavaScript libraries read it as no vendor at all, and so lose the vendors that it meant."""
    assert reason_of(Tc(vendor_interests=((60, 6),)).text()) == "inverted_range"


def test_each_prefix_of_a_core_is_refused() -> None:
    assert {reason_of(CORE[:length]) for length in range(1, len(CORE))} == {"truncated"}


def test_no_error_repeats_the_string() -> None:
    for text, _ in REFUSED.values():
        with pytest.raises(SignalError) as caught:
            decode(text)
        assert len(text) < 5 or text not in caught.value.told("en") + caught.value.told("fr")


WIDE = (1, 65_535)
HEAVY = {
    "52 characters: a restriction on every vendor": Tc(restrictions=[(2, 0, [WIDE])], disclosed=None).text(),
    "a restriction on every vendor for each purpose and type": Tc(
        restrictions=[(number % 63 + 1, number % 3, [WIDE]) for number in range(1_750)], disclosed=None
    ).text(),
    "thousands of wide ranges": Tc(vendor_consents=[WIDE] * 2_800).text(),
    "restrictions and hundreds of segments": Tc(
        restrictions=[(number % 63 + 1, number % 3, [WIDE]) for number in range(1_450)], disclosed=None
    ).text() + ("." + encoded(field(1, 3) + field(65_535, 16) + "1" + field(1, 12) + "1" + field(2, 16)
    + field(65_535, 16))) * 240,
    "thousands of empty restrictions": Tc(
        restrictions=[(number % 63 + 1, number % 3, []) for number in range(4_095)], disclosed=None
    ).text(),
    "hundreds of wide segments": CORE + ("." + encoded(field(1, 3) + field(65_535, 16) + "1" + field(1, 12)
    + "1" + field(1, 16) + field(65_535, 16))) * (MOST_SEGMENTS - 1),
}  # fmt: skip


@pytest.mark.parametrize("text", HEAVY.values(), ids=HEAVY)
def test_no_string_is_costly(text: str) -> None:
    """The reference library takes seconds for the first of these. The bound leaves room for a busy machine."""
    assert len(text) <= LONGEST
    spent = []
    for _ in range(3):
        started = time.process_time()
        decode(text)
        spent.append(time.process_time() - started)
    assert min(spent) < 0.1


id_ranges = st.lists(
    st.tuples(st.integers(1, 900), st.integers(0, 90)).map(lambda pair: (pair[0], pair[0] + pair[1])),
    max_size=6,
)


@settings(max_examples=100, deadline=None)
@given(
    purposes=st.sets(st.integers(1, 24)),
    interests=st.sets(st.integers(1, 24)),
    vendors=id_ranges,
    disclosed=st.none() | id_ranges,
    restrictions=st.lists(st.tuples(st.integers(1, 63), st.integers(0, 3), id_ranges), max_size=5),
)
def test_what_was_encoded_is_decoded(
    purposes: set[int],
    interests: set[int],
    vendors: list[tuple[int, int]],
    disclosed: list[tuple[int, int]] | None,
    restrictions: list[tuple[int, int, list[tuple[int, int]]]],
) -> None:
    tc = decode(
        Tc(
            consents=sorted(purposes),
            interests=sorted(interests),
            vendor_consents=vendors,
            disclosed=disclosed,
            restrictions=restrictions,
        ).text()
    )
    assert to_ids(tc.purpose_consents) == sorted(purposes)
    assert to_ids(tc.purpose_interests) == sorted(interests)
    assert to_ids(tc.vendor_consents) == flat(vendors)
    assert tc.disclosed is None if disclosed is None else to_ids(tc.disclosed or 0) == flat(disclosed)
    named = {(purpose, kind) for purpose, kind, ranges in restrictions if ranges and kind < 3}
    assert [(found.purpose, found.type) for found in tc.restrictions] == sorted(named)
    for found in tc.restrictions:
        alike = [ranges for purpose, kind, ranges in restrictions if (purpose, kind) == found[:2]]
        assert to_ids(found.vendors) == flat([one for ranges in alike for one in ranges])


def flat(ranges: list[tuple[int, int]]) -> list[int]:
    return sorted({number for start, end in ranges for number in range(start, end + 1)})


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80) | st.text(alphabet=ALPHABET + ".=", max_size=400).map(lambda tail: "C" + tail))
def test_any_text_decodes_or_is_refused_with_a_reason(text: str) -> None:
    try:
        assert decode(text).version == 2
    except SignalError as error:
        assert re.fullmatch("[a-z_]+", error.reason)
