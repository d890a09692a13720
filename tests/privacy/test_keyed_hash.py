"""Keyed hashing."""

import hashlib
import hmac

import pytest

from observer.errors import SettingsError
from observer.privacy import keyed_hash

KEY = b"maison-lumiere-demonstration-key"


def test_it_is_hmac_sha256_cut_to_32_digits() -> None:
    expected = hmac.new(KEY, "éloïse@maison.example".encode(), hashlib.sha256).hexdigest()
    assert keyed_hash(KEY, "éloïse@maison.example") == expected[:32]


def test_it_matches_a_published_vector() -> None:
    """RFC 4231, test case 3: a key of 20 bytes 0xaa and a text of 50 bytes 0xdd; and case 1 as text."""
    assert keyed_hash(b"\x0b" * 20, "Hi There") == "b0344c61d8db38535ca8afceaf0bf12b"


def test_another_key_gives_another_token() -> None:
    assert keyed_hash(KEY, "a@b.example") != keyed_hash(KEY[::-1], "a@b.example")


def test_the_text_is_taken_as_it_comes() -> None:
    assert len({keyed_hash(KEY, text) for text in ("a@b.example", "A@b.example", " a@b.example", "")}) == 4


def test_a_lone_surrogate_is_hashed() -> None:
    assert len(keyed_hash(KEY, "\ud800")) == 32


@pytest.mark.parametrize("key", [b"", b"short", b"x" * 15])
def test_a_key_that_could_be_guessed_is_refused(key: bytes) -> None:
    with pytest.raises(SettingsError) as raised:
        keyed_hash(key, "a@b.example")
    assert str(raised.value) == (
        f"keyed_hash: expected a key of at least 16 bytes, got one of {len(key)} bytes. "
        "Generate one: `openssl rand -hex 32`"
    )
