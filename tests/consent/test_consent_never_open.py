"""Whatever bytes come: the judge answers, and says yes only where a second, simpler reading says yes."""

import json
from typing import Any

from consent_examples import ALPHABET, TODAY, Tc, list_document, shop_policy
from hypothesis import example, given, settings
from hypothesis import strategies as st

from observer.consent.formats import READERS
from observer.consent.outcome import ConsentOutcome, ConsentReason
from observer.consent.policy import compile_judge, destinations_of, purposes_of
from observer.model import ConsentState, Signal

VENDORS = list_document(140, v755={"purposes": [1, 2, 3, 4, 7]}, v91={"purposes": [1, 2, 3, 4, 7]})
POLICY = shop_policy(VENDORS)
JUDGE = compile_judge(POLICY, "web-shop", "web")
PURPOSES = {purpose.id: purpose.tcf for purpose in POLICY.purposes}
CATEGORIES = {"audience-measurement": ("analytics", "C0002"), "advertising": ("advertising", "C0004")}

ids = st.sampled_from(["advertising", "analytics", "C0002", "C0004", "marketing", ""])
choices: st.SearchStrategy[Any] = st.sampled_from(
    [True, False, "true", "GRANTED", 1, 0, None, [], {}, {"advertising": True}]
)
maps = st.dictionaries(ids, choices, max_size=4)
keys = st.sampled_from(
    [
        "categoryPreferences",
        "categoryPreference",
        "allowedConsentIds",
        "deniedConsentIds",
        "eventType",
        "tcString",
    ]
)
objects = st.dictionaries(keys, maps | st.lists(ids, max_size=3) | choices | st.just("allow_all"), max_size=3)
texts = (objects | maps | choices).map(json.dumps).map(str.encode)
fields = st.fixed_dictionaries(
    {
        "updated": st.sampled_from(["2023-09-30", "2026-02-28", "2026-11-01", "2026-11-30"]),
        "vendor_list_version": st.sampled_from([140, 0]),
        "policy_version": st.sampled_from([5, 4, 2]),
        "service_specific": st.booleans(),
        "consents": st.just(range(1, 12)) | st.sets(st.integers(1, 11), min_size=8).map(sorted),
        "vendor_consents": st.sampled_from([((1, 1000),), ((1, 100),), ()]),
        "disclosed": st.sampled_from([None, (), ((1, 1000),)]),
    }
)


def encoded(chosen: dict[str, Any]) -> bytes:
    return Tc(**chosen).text().encode()


strings = fields.map(encoded)
damaged = st.tuples(strings, st.integers(0, 200), st.sampled_from(ALPHABET + ".=~")).map(
    lambda parts: parts[0][: parts[1]] + parts[2].encode() + parts[0][parts[1] + 1 :]
)
sections = st.lists(
    st.sampled_from([b"BVQqAAAAAABA", b"BVVqAAAAAABA.YA", b"1YYN", b"1YNN", b"B", b""]) | strings, max_size=3
)
packed = st.tuples(st.sampled_from([b"DBABLA", b"DBABMA", b"DBABzw", b"DBACOPA"]), sections).map(
    lambda parts: b"~".join([parts[0], *parts[1]])
)
raws = st.binary(max_size=60) | texts | strings | damaged | packed
signals = st.lists(st.builds(Signal, st.sampled_from([*READERS, "smoke", ""]), raws), max_size=3).map(tuple)


def granted(outcome: ConsentOutcome) -> set[str]:
    return {purpose for purpose, state in outcome.states if state is ConsentState.GRANTED}


@settings(max_examples=300, deadline=None)
@given(signals, st.integers(-10, 40_000))
def test_any_signals_get_one_answer_for_each_purpose_and_destination(
    given_: tuple[Signal, ...], day: int
) -> None:
    outcome = JUDGE(given_, day)
    assert tuple(purpose for purpose, _ in outcome.states) == purposes_of(POLICY, "web-shop")
    assert tuple(decision.destination for decision in outcome.decisions) == destinations_of(
        POLICY, "web-shop"
    )


@settings(max_examples=300, deadline=None)
@given(signals)
def test_one_more_signal_never_turns_a_refusal_into_a_yes(given_: tuple[Signal, ...]) -> None:
    """Save where the signals before it did not speak of the purpose at all."""
    fewer, more = JUDGE(given_[:-1], TODAY), JUDGE(given_, TODAY)
    silent = {ConsentReason.NO_SIGNAL, ConsentReason.CATEGORY_UNMAPPED}
    for before, after in zip(fewer.decisions, more.decisions, strict=True):
        assert before.allowed or not after.allowed or before.reason in silent
    refused = {purpose for purpose, state in fewer.states if state is ConsentState.DENIED}
    assert refused <= {purpose for purpose, state in more.states if state is ConsentState.DENIED}


def segment_yes(raw: bytes) -> set[str]:
    """A second reading: a purpose is granted where each of its categories that came is `true`."""
    try:
        consent = json.loads(raw)
    except (ValueError, RecursionError):
        return set()
    if not isinstance(consent, dict) or "tcString" in consent:
        return set()
    found: list[dict[str, Any]] = []
    for key in ("categoryPreferences", "categoryPreference"):
        if consent.get(key) is not None:
            if not isinstance(consent[key], dict):
                return set()
            found.append(consent[key])
    return {
        purpose
        for purpose, names in CATEGORIES.items()
        if found and all(
            (said := [one[name] for name in names if name in one]) and all(value is True for value in said)
            for one in found
        )
    }  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(st.binary(max_size=60) | objects.map(json.dumps).map(str.encode))
@example(b'{"categoryPreferences": {"advertising": 1}}')
def test_segment_says_yes_only_where_a_simpler_reading_does(raw: bytes) -> None:
    consented = granted(JUDGE((Signal("segment", raw),), TODAY))
    if b"tcString" not in raw:
        assert consented == segment_yes(raw)


def tcf_may(raw: bytes) -> set[str]:
    """A second reading, of the core's fixed places alone: what it refuses can never be granted."""
    core = raw.decode("latin-1").partition(".")[0].rstrip("=")
    if not core or set(core) - set(ALPHABET):
        return set()
    bits = "".join(format(ALPHABET.index(character), "06b") for character in core)
    updated = int(bits[42:78].ljust(36, "0"), 2) // 864_000
    sound = (
        bits[:6] == "000010" and len(bits) >= 259 and bits[138] == "1" and int(bits[120:132], 2) == 140
        and TODAY - 180 <= updated <= TODAY
    )  # fmt: skip
    if not sound:
        return set()
    return {
        purpose
        for purpose, needed in PURPOSES.items()
        if needed and all(bits[151 + number] == "1" for number in needed)
    }


@settings(max_examples=500, deadline=None)
@given(strings | damaged | st.binary(max_size=60))
def test_tc_string_says_yes_only_where_its_bits_do(raw: bytes) -> None:
    outcome = JUDGE((Signal("tcf", raw),), TODAY)
    may = tcf_may(raw)
    assert granted(outcome) <= may
    for decision in outcome.decisions:
        needed = next(each.purposes for each in POLICY.destinations if each.id == decision.destination)
        assert not decision.allowed or set(needed) <= may


@settings(max_examples=200, deadline=None)
@given(strings)
def test_sound_tc_strings_do_say_yes(raw: bytes) -> None:
    """So that the test above cannot pass by refusing everything: a sound string with disclosure is heard."""
    heard = granted(JUDGE((Signal("tcf", raw),), TODAY))
    if b"." in raw:
        policy = ALPHABET.index(chr(raw[22]))
        assert heard == {purpose for purpose in tcf_may(raw) if policy >= 4 and purpose in CATEGORIES}
