"""The libraries of the field as live oracles: random strings, every field; and their quirks, which we do not share."""

import json
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from observer.consent import gpp, gpp_json, tcf, tcf_json
from observer.errors import SignalError
from tests.oracles.consent.random_strings import (
    bits,
    core,
    encoded,
    gpp_sections,
    ranged,
    tc_strings,
    vendor_ranges,
)
from tests.oracles.environments import node_oracle, python_oracle
from tests.sdk.environments import CannotBeInstalledError, or_skip

HERE: Final = Path(__file__).parent
LAYOUTS: Final = json.loads((HERE.parents[1] / "vectors" / "gpp_us_layouts.json").read_text(encoding="utf-8"))
STRINGS: Final = 2_000
SEED: Final = 20_261_122

pytestmark = pytest.mark.sdk

Ask = Callable[[dict[str, Any]], dict[str, Any]]


@pytest.fixture(scope="module")
def ask() -> Iterator[Ask]:
    """Returns a function that hands a question to the libraries in Node.js."""
    try:
        folder = node_oracle("consent", HERE)
    except CannotBeInstalledError as error:
        or_skip(error)
        return

    def asked(question: dict[str, Any]) -> dict[str, Any]:
        command = ["node", str(HERE / "decode.mjs"), str(folder)]
        done = subprocess.run(
            command, input=json.dumps(question), capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, done.stderr[-2000:]
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    yield asked


def ids(ranges: list[list[int]]) -> list[int]:
    return [number for start, end in ranges for number in range(start, end + 1)]


def as_the_libraries_say(text: str) -> dict[str, Any]:
    """Returns our decoding in the libraries' terms: ids for ranges, and nothing for a segment that lacks."""
    ours = tcf_json.as_json(tcf.decode(text))
    for name in ("vendorConsents", "vendorLegitimateInterests", "vendorsDisclosed", "vendorsAllowed"):
        ours[name] = ids(ours[name] or [])
    for restriction in ours["publisherRestrictions"]:
        restriction["vendors"] = ids(restriction["vendors"])
    ours["publisherTC"] = ours["publisherTC"] or {
        "publisherConsents": [],
        "publisherLegitimateInterests": [],
        "numCustomPurposes": 0,
        "publisherCustomConsents": [],
        "publisherCustomLegitimateInterests": [],
    }
    return ours


def test_every_field_of_random_tc_strings(ask: Ask) -> None:
    strings = tc_strings(STRINGS, SEED)
    assert len(set(strings)) == STRINGS
    for library, decoded in ask({"tcf": strings})["tcf"].items():
        for text, theirs in zip(strings, decoded, strict=True):
            assert theirs.pop("milliseconds", None) is not None, f"{library} refuses {text}"
            theirs["publisherRestrictions"].sort(key=lambda one: (one["purposeId"], one["restrictionType"]))
            assert as_the_libraries_say(text) == theirs, f"{library}: {text}"


def test_every_field_of_random_gpp_strings(ask: Ask) -> None:
    given = gpp_sections(STRINGS, SEED, LAYOUTS)
    strings = ask({"encode": given})["encode"]
    decoded = ask({"gpp": strings})["gpp"]
    for sections, text, theirs in zip(given, strings, decoded, strict=True):
        ours = gpp_json.as_json(gpp.decode(text))
        expected_gpc = {
            name: sections[name]["Gpc"] if sections[name].get("GpcSegmentIncluded") else None
            for name in sections
            if name in LAYOUTS
        }
        assert ours.pop("gpc") == expected_gpc, text
        for section in theirs["sections"].values():
            section.pop("Gpc", None)
            section.pop("GpcSegmentType", None)
        assert ours == theirs, text


def refusal(text: str) -> str:
    with pytest.raises(SignalError) as caught:
        tcf.decode(text)
    return caught.value.reason


def test_an_inverted_range_is_silently_empty_there_and_refused_here(ask: Ask) -> None:
    text = encoded(core(vendors=bits(9, 16) + "1" + bits(1, 12) + "1" + bits(9, 16) + bits(3, 16)))
    for library, [theirs] in ask({"tcf": [text]})["tcf"].items():
        assert theirs.get("vendorConsents") == [], library
    assert refusal(text) == "inverted_range"


def test_a_string_of_disclosed_vendors_alone_is_accepted_there_and_refused_here(ask: Ask) -> None:
    text = encoded("001" + vendor_ranges([(3, 9)]))
    for library, [theirs] in ask({"tcf": [text]})["tcf"].items():
        assert "error" not in theirs, library
        assert theirs["purposeConsents"] == [], library
    assert refusal(text) == "core_missing"


def test_a_short_string_that_restricts_every_vendor_is_costly_there_and_not_here(ask: Ask) -> None:
    """All read it alike; what differs is the work: seconds in the older library, a thousandth of one here."""
    text = encoded(core(restrictions=bits(1, 12) + bits(2, 6) + bits(0, 2) + ranged([(1, 65_535)])))
    assert len(text) <= 53
    spent = {}
    for library, [theirs] in ask({"tcf": [text]})["tcf"].items():
        spent[library] = theirs.pop("milliseconds")
        assert as_the_libraries_say(text) == theirs, library
    assert spent["@iabtcf/core"] > 200
    started = time.process_time()
    tcf.decode(text)
    assert time.process_time() - started < 0.02


def test_a_stub_is_full_consent_in_the_python_library_and_refused_here() -> None:
    """It reads bits past the end as true. Skipped, in CI too, where a part of it cannot be compiled."""
    try:
        python = python_oracle("iab-tcf", HERE / "iab-tcf")
    except CannotBeInstalledError as error:
        pytest.skip(str(error))
    text = encoded(core())[:10]
    program = (
        "import sys; from iab_tcf import decode; string = decode(sys.argv[1]);"
        "print(all(string.is_purpose_allowed(purpose) for purpose in range(1, 12)))"
    )
    said = subprocess.run([str(python), "-c", program, text], capture_output=True, text=True, timeout=60)
    assert said.stdout.strip() == "True", said.stderr
    assert refusal(text) == "truncated"


GPP_QUIRKS = {
    "a letter that US Privacy does not have": ("DBABTA~1YXN", "wrong_shape"),
    "a sub-section of another type": ("DBABLA~BVQqAAAAAABA.gA", "unknown_subsection"),
    "two sub-sections of GPC": ("DBABLA~BVQqAAAAAABA.QA.QA", "gpc_twice"),
    "a choice of 3": ("DBABLA~BVQq_____ABA", "undefined_choice"),
    "a version that does not exist": ("DBABLA~DVQqAAAAAABA", "unknown_version"),
    "a state's version that does not exist": ("DBABBg~CiFihoGY", "unknown_version"),
    "nothing at all": ("", "empty"),
}


@pytest.mark.parametrize(("text", "reason"), GPP_QUIRKS.values(), ids=GPP_QUIRKS)
def test_gpp_string_that_is_accepted_there_and_refused_here(text: str, reason: str, ask: Ask) -> None:
    [theirs] = ask({"gpp": [text]})["gpp"]
    assert "error" not in theirs
    with pytest.raises(SignalError) as caught:
        gpp.decode(text)
    assert caught.value.reason == reason


def test_absent_global_privacy_control_is_false_there_and_absent_here(ask: Ask) -> None:
    text = "DBABLA~BVQqAAAAAABA"
    [theirs] = ask({"gpp": [text]})["gpp"]
    assert theirs["sections"]["usnat"]["Gpc"] is False
    assert gpp_json.as_json(gpp.decode(text))["gpc"] == {"usnat": None}
