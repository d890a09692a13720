"""GPP strings: every vector, what is refused and what is accepted, and work that stays bounded."""

import contextlib
import json
import re
import time
from typing import Any

import pytest
from consent_examples import ALPHABET, VECTORS, Tc, encoded, field, vectors
from hypothesis import given, settings
from hypothesis import strategies as st

from observer.consent.fibonacci import FibonacciReader
from observer.consent.gpp import LONGEST, decode
from observer.consent.gpp_json import as_json
from observer.consent.gpp_us import decode_us_privacy
from observer.consent.gpp_us_layouts import LAYOUTS
from observer.errors import SignalError

NATIONAL = "BVQqAAAAAABA"
"""A national section of version 1 in which nobody opted out."""


def fibonacci(number: int) -> str:
    """Returns the Fibonacci code of a number, its closing 1 included."""
    values = [1, 2]
    while values[-1] <= number:
        values.append(values[-2] + values[-1])
    digits = ""
    for value in reversed(values[:-1]):
        digits = ("1" if value <= number else "0") + digits
        number -= value if value <= number else 0
    return digits.rstrip("0") + "1"


def header(*ids: int | tuple[int, int], kind: int = 3, version: int = 1) -> str:
    """Returns a header that names those ids; a pair is a range."""
    bits, last = field(kind, 6) + field(version, 6) + field(len(ids), 12), 0
    for entry in ids:
        start, end = (entry, entry) if isinstance(entry, int) else entry
        bits += ("0" if isinstance(entry, int) else "1") + fibonacci(start - last)
        bits += "" if isinstance(entry, int) else fibonacci(end - start)
        last = end
    return encoded(bits)


def choices(version: int, *values: int) -> str:
    """Returns a US core: a version and choices."""
    return encoded(field(version, 6) + "".join(field(value, 2) for value in values))


def reason_of(text: str) -> str:
    with pytest.raises(SignalError) as caught:
        decode(text)
    assert text == "" or text not in caught.value.told("en") + caught.value.told("fr")
    return caught.value.reason


def without_gpc(expected: dict[str, Any]) -> dict[str, Any]:
    sections = {
        name: {key: value for key, value in section.items() if not key.startswith("Gpc")}
        for name, section in expected["sections"].items()
    }
    return {**expected, "sections": sections}


@pytest.mark.parametrize("vector", vectors("gpp_vectors.jsonl"), ids=lambda vector: vector["id"])
def test_valid_string_decodes_as_in_the_reference_library(vector: dict[str, Any]) -> None:
    assert as_json(decode(vector["gppString"])) == without_gpc(vector["expected"])


@pytest.mark.parametrize("vector", vectors("gpp_malformed.jsonl"), ids=lambda vector: vector["tag"])
def test_malformed_string_is_refused_where_it_must_be(vector: dict[str, Any]) -> None:
    if vector["recommended"] == "accept":
        decode(vector["gppString"])
    else:
        assert reason_of(vector["gppString"])


def test_layouts_are_those_of_the_specification() -> None:
    published = json.loads((VECTORS / "gpp_us_layouts.json").read_text(encoding="utf-8"))
    ours = {
        layout.name: {
            "sectionId": section,
            "version": layout.version,
            "core": [
                {"field": layout.version_field, "bits": 6, "count": 1},
                *({"field": field.name, "bits": 2, "count": field.size} for field in layout.fields),
            ],
            "gpcSubsection": layout.gpc,
            "sensitiveSubsection": layout.sensitive > 0,
            "coreBits": layout.bits,
        }
        for section, layout in LAYOUTS.items()
    }
    assert ours == published


REFUSED = {
    "nothing": ("", "empty"),
    "a header alone that names a section": (header(7), "section_count"),
    "one section too few": (f"{header(7, 8)}~{NATIONAL}", "section_count"),
    "one section too many": (f"{header(7)}~{NATIONAL}~1YNN", "section_count"),
    "a range that names thousands of sections": (f"{header((7, 60_000))}~{NATIONAL}", "section_count"),
    "more ranges than there are sections": (f"{header(*range(7, 400, 2))}~{NATIONAL}", "too_many_ranges"),
    "an id that no section has": (f"{encoded(field(3, 6) + field(1, 6) + field(1, 12) + '0' + '0' * 24 + '11')}~A",
        "id_too_large"),
    "an id past the end": (f"{encoded(field(3, 6) + field(1, 6) + field(1, 12) + '0101010')}~A", "truncated"),
    "a header of another type": (f"{header(7, kind=4)}~{NATIONAL}", "not_gpp"),
    "a header of version 2": (f"{header(7, version=2)}~{NATIONAL}", "unknown_version"),
    "a header in standard base64": (f"DB+B~{NATIONAL}", "bad_character"),
    "no header": (f"~{NATIONAL}", "bad_character"),
    "a header cut": ("DBA", "truncated"),
    "a blank section": (f"{header(7)}~", "empty_segment"),
    "a blank unknown section": (f"{header(7, 40)}~{NATIONAL}~ ", "empty_segment"),
    "a section without a core": (f"{header(7)}~.YA", "empty_segment"),
    "an empty sub-section": (f"{header(7)}~{NATIONAL}.", "empty_segment"),
    "a letter beyond ASCII": (f"{header(8)}~BiFihoGÉ", "bad_character"),
    "padding": (f"{header(8)}~BiFihoGY==", "bad_character"),
    "a core cut": (f"{header(8)}~BiFihoG", "truncated"),
    "a national section of version 3": (f"{header(7)}~D{NATIONAL[1:]}", "unknown_version"),
    "a national section of version 1 cut": (f"{header(7)}~{NATIONAL[:9]}", "truncated"),
    "a national section of version 2 cut": (f"{header(7)}~C{NATIONAL[1:9]}", "truncated"),
    "a state's section of version 2": (f"{header(8)}~CiFihoGY", "unknown_version"),
    "a choice of 3": (f"{header(9)}~{choices(1, *[0] * 16, 3)}", "undefined_choice"),
    "a choice of 3 in a list": (f"{header(9)}~{choices(1, *[0] * 9, 3, *[0] * 7)}", "undefined_choice"),
    "a sub-section that is not GPC": (f"{header(7)}~{NATIONAL}.gA", "unknown_subsection"),
    "GPC twice": (f"{header(7)}~{NATIONAL}.YA.YA", "gpc_twice"),
    "a sensitive sub-section cut": (f"{header(25)}~BqIg.AA", "truncated"),
    "a sensitive choice of 3": (f"{header(25)}~BqIg.AAw", "undefined_choice"),
    "a US Privacy string cut": (f"{header(6)}~1YN", "wrong_shape"),
    "a US Privacy string in lower case": (f"{header(6)}~1ynn", "wrong_shape"),
    "a US Privacy string of version 2": (f"{header(6)}~2YNN", "unknown_version"),
    "a TC string inside that is cut": (f"{header(2)}~{Tc().text()[:40]}", "truncated"),
    "a bare TC string that is cut": (Tc().text()[:40], "truncated"),
    "a US Privacy string alone": ("1YNN", "not_gpp"),
    "one character too many": (f"{header(40)}~" + "A" * LONGEST, "too_long"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "reason"), REFUSED.values(), ids=REFUSED)
def test_refused_with_its_reason(text: str, reason: str) -> None:
    assert reason_of(text) == reason


def bits_of(text: str) -> str:
    return "".join(field(ALPHABET.index(character), 6) for character in text)


@pytest.mark.parametrize("multiple", [6, 8, 24])
@pytest.mark.parametrize("ids", [(40,), (40, 41), ((40, 45),)], ids=str)
def test_header_may_be_padded_to_6_8_or_24_bits(ids: Any, multiple: int) -> None:
    head = header(*ids)
    plain = "~x" * (6 if head == header((40, 45)) else len(ids))
    bits = bits_of(head)
    padded = encoded(bits + "0" * (-len(bits) % multiple))
    assert decode(padded + plain).section_ids == decode(head + plain).section_ids


def test_national_section_of_version_2_reads_what_is_missing_as_zeros() -> None:
    full = choices(2, *[1, 2] * 16)
    for length in (10, 11, 12):
        section = decode(f"{header(7)}~{full[:length]}").us[7]
        whole = decode(f"{header(7)}~{full[:length] + 'A' * (12 - length)}").us[7]
        assert section == whole
        sensitive = section.fields["SensitiveDataProcessing"]
        assert isinstance(sensitive, tuple)
        assert len(sensitive) == 16


def test_national_section_of_version_1_is_shorter() -> None:
    fields = decode(f"{header(7)}~{choices(1, *[0] * 9, *[1] * 12, *[2] * 2, 1, 2, 1, 2)}").us[7].fields
    assert fields["SensitiveDataProcessing"] == (1,) * 12
    assert fields["KnownChildSensitiveDataConsents"] == (2, 2)
    assert [fields[name] for name in ("PersonalDataConsents", "MspaCoveredTransaction")] == [1, 2]


GPC = {
    "true": (".YA", True),
    "false": (".QA", False),
    "true, in one character": (".Y", True),
    "false, in one character": (".Q", False),
    "absent, which is not false": ("", None),
}


@pytest.mark.parametrize(("sub_section", "gpc"), GPC.values(), ids=GPC)
def test_global_privacy_control_of_a_section(sub_section: str, gpc: bool | None) -> None:
    text = f"{header(7)}~{NATIONAL}{sub_section}"
    assert as_json(decode(text))["gpc"] == {"usnat": gpc}


def test_sections_that_have_no_global_privacy_control_do_not_read_one() -> None:
    assert as_json(decode("DBABRg~BGFpCWo.YA"))["gpc"] == {"usva": None}


def test_sections_of_unknown_ids_are_named_and_not_read() -> None:
    string = decode(f"{header(1, 7, 40)}~anything~{NATIONAL}~!")
    assert string.section_ids == (1, 7, 40)
    assert list(as_json(string)["sections"]) == ["usnat"]


def test_a_header_without_sections_says_nothing() -> None:
    assert as_json(decode(header()))["sections"] == {}


@pytest.mark.parametrize("text", ["1YNN", "1---", "1NYY"])
def test_us_privacy_string(text: str) -> None:
    assert "1" + "".join(decode_us_privacy(text)) == text


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(1, 65_535), min_size=1, max_size=40))
def test_fibonacci_numbers_are_read_as_they_are_written(numbers: list[int]) -> None:
    reader = FibonacciReader(encoded("".join(map(fibonacci, numbers))), "gpp")
    assert [reader.number() for _ in numbers] == numbers


@settings(max_examples=300, deadline=None)
@given(
    st.text(max_size=60)
    | st.text(alphabet=ALPHABET + "~.1YN-=", max_size=300).map(lambda tail: "DB" + tail)
    | st.lists(st.sampled_from([NATIONAL, "BiFihoGY.YA", "1YNN", "BqIg.AAA", "B", "", Tc().text()]), max_size=4).flatmap(
        lambda parts: st.sampled_from(["DBABLA", "DBABBg", "DBABzw", "DBACOPA", "DBABDA"]).map(
            lambda head: "~".join([head, *parts])
        )
    )
)  # fmt: skip
def test_any_text_decodes_or_is_refused_with_a_reason(text: str) -> None:
    try:
        assert as_json(decode(text))["header"]["Version"] == 1
    except SignalError as error:
        assert re.fullmatch("[a-z_]+", error.reason)


ZEROS = field(1, 6) + "0" * 133 + "0" * 60
HEAVY = {
    "a header of thousands of ids": f"{header((7, 8_000))}" + "~A" * 7_994,
    "numbers that never end": f"{header(5)}~{encoded(ZEROS + field(65_535, 16) + '1' + field(4_095, 12) + '01' * 45_000)}",
    "thousands of short ranges": f"{header(5)}~{encoded(ZEROS + field(65_535, 16) + '1' + field(4_095, 12) + '011' * 4_095 + '0' * 29)}",
    "a bit field of every vendor": f"{header(5)}~{encoded(ZEROS + field(65_535, 16) + '0' + '1' * 65_535 + '0' * 29)}",
    "restrictions of wide ranges": f"{header(5)}~{encoded(ZEROS + '0' * 34 + field(1_400, 12) + (field(1, 6) + '00' + field(65_535, 16) + '1' + field(1, 12) + '1' + '11' + fibonacci(65_534)) * 1_400)}",
}  # fmt: skip


@pytest.mark.parametrize("text", HEAVY.values(), ids=HEAVY)
def test_no_string_is_costly(text: str) -> None:
    assert len(text) <= LONGEST + 8
    spent = []
    for _ in range(3):
        started = time.process_time()
        with contextlib.suppress(SignalError):
            decode(text[:LONGEST])
        spent.append(time.process_time() - started)
    assert min(spent) < 0.1
