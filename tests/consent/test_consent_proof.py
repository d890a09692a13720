"""A proof says that a meaning was seen: the same for all who chose alike, nothing without the key."""

import base64
import json

import pytest
from consent_examples import Tc, segment, vectors
from hypothesis import given
from hypothesis import strategies as st

from observer.consent.formats import READERS
from observer.consent.proof import ProofKey, Prover, lookups, meanings, read_keys, tokens_of
from observer.errors import SettingsError
from observer.messages import LANGUAGES
from observer.model import Signal

KEY = ProofKey("a", b"sixteen bytes or more of a secret")
OTHER = ProofKey("b", b"another secret of sixteen bytes")


def token(*signals: Signal, key: ProofKey = KEY) -> list[str]:
    return [one for signal in signals for one in tokens_of(signal, key)]


def didomi(**content: object) -> Signal:
    return Signal("didomi_token", base64.b64encode(json.dumps(content).encode()))


TC = Tc()
CHOSEN = {"enabled": ["advertising"], "disabled": []}
ALIKE = {
    "a TC string of another day": (TC.signal(), TC._replace(updated="2026-10-01").signal()),
    "as a cookie": (TC.signal(), Signal("keyed", json.dumps({"euconsent-v2": TC.text()}).encode())),
    "inside Segment's object": (TC.signal(), Signal("segment", json.dumps({"tcString": TC.text()}).encode())),
    "keys in another order": (segment(a=True, b=False), segment(b=False, a=True)),
    "spaces": (Signal("segment", b'{"categoryPreferences":{"a":true}}'), segment(a=True)),
    "another person of the same choice": (
        didomi(user_id="jeanne", updated="2026-10-01T08:00:00Z", purposes=CHOSEN),
        didomi(user_id="anna", updated="2026-09-01T08:00:00Z", purposes=CHOSEN),
    ),
}


@pytest.mark.parametrize(("one", "other"), ALIKE.values(), ids=ALIKE)
def test_the_same_meaning_is_the_same_token(one: Signal, other: Signal) -> None:
    assert token(one) == token(other) != []


APART = {
    "another choice": (TC.signal(), TC._replace(consents=(1,)).signal()),
    "another vendor": (TC.signal(), TC._replace(vendor_consents=((1, 999),)).signal()),
    "a no": (segment(a=True), segment(a=False)),
    "another platform": (segment(a=True), Signal("rudderstack", b'{"allowedConsentIds": ["a"]}')),
}


@pytest.mark.parametrize(("one", "other"), APART.values(), ids=APART)
def test_another_meaning_is_another_token(one: Signal, other: Signal) -> None:
    assert not set(token(one)) & set(token(other))


SILENT = {
    "malformed": Signal("tcf", b"CQ"),
    "an unknown format": Signal("smoke", b"up"),
    "nothing": Signal("tcf", b""),
    "an object without a choice": Signal("segment", b'{"categoryPreferences": {}}'),
}


@pytest.mark.parametrize("signal", SILENT.values(), ids=SILENT)
def test_what_says_nothing_proves_nothing(signal: Signal) -> None:
    assert token(signal) == []


def test_without_the_key_nothing_can_be_tested_and_a_changed_key_still_finds_old_proof() -> None:
    signal = TC.signal()
    assert token(signal, key=OTHER) != token(signal)
    assert token(signal, key=ProofKey("a", OTHER.secret)) != token(signal)
    assert lookups([signal], [OTHER, KEY]) == {
        "a": tuple(token(signal)),
        "b": tuple(token(signal, key=OTHER)),
    }


def test_a_token_holds_nothing_of_the_signal() -> None:
    for vector in vectors("tcf_vectors.jsonl"):
        [one] = token(Signal("tcf", vector["tcString"].encode()))
        name, _, digest = one.partition(":")
        assert (name, len(digest)) == ("a", 32)
        assert not any(part in one for part in vector["tcString"].split(".") if len(part) > 3)


def test_the_prover_remembers_and_says_the_same() -> None:
    prover = Prover(KEY)
    for vector in vectors("tcf_vectors.jsonl")[:50] * 2:
        signal = Signal("tcf", vector["tcString"].encode())
        assert prover(signal) == tokens_of(signal, KEY)


@given(st.sampled_from(sorted(READERS)), st.binary(max_size=60))
def test_any_bytes_have_tokens_or_none(kind: str, raw: bytes) -> None:
    signal = Signal(kind, raw)
    assert Prover(KEY)(signal) == tokens_of(signal, KEY)
    assert len(tokens_of(signal, KEY)) <= len(list(meanings(signal)))


def test_keys_are_read_first_in_use_first() -> None:
    text = "2026b: another secret of sixteen bytes,\n2026a:sixteen bytes or more of a secret\n"
    assert [key.id for key in read_keys("proof.keys", text)] == ["2026b", "2026a"]


REFUSED = {
    "no id": "sixteen bytes or more of a secret",
    "an empty id": ":sixteen bytes or more of a secret",
    "an id with a space": "a b:sixteen bytes or more of a secret",
    "an id too long": f"{'a' * 17}:sixteen bytes or more of a secret",
    "the same id twice": "a:sixteen bytes or more of a secret,a:another secret of sixteen bytes",
    "a short secret": "a:fifteen bytes..",
    "nothing": " , ",
}


@pytest.mark.parametrize(
    "text", [text[:-2] if name == "a short secret" else text for name, text in REFUSED.items()], ids=REFUSED
)
def test_wrong_keys_are_refused_without_repeating_them(text: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read_keys("proof.keys", text)
    for lang in LANGUAGES:
        assert "bytes or more" not in caught.value.told(lang)
