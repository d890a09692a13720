"""Keyed hashing: the same person gives the same token, and nobody without the key can test a guess."""

import hmac
from typing import Final

from observer.errors import Problem, SettingsError
from observer.messages import Words

LEAST_KEY: Final = 16
"""Bytes. A shorter key can be searched for, and then an e-mail address can be guessed from its hash."""

DIGITS: Final = 32
"""Hexadecimal digits kept of the 64: 128 bits, at which a billion people do not collide."""


def keyed_hash(key: bytes, text: str) -> str:
    """Returns HMAC-SHA256 of the text in UTF-8, cut to its first 32 lower-case hexadecimal digits.

    The text is taken as it comes, neither trimmed nor lowered. Raises SettingsError where the key is shorter than
    16 bytes. Source: RFC 2104; truncation as in its section 5.
    """
    if len(key) < LEAST_KEY:
        raise SettingsError(
            Problem(
                "keyed_hash",
                Words("privacy.expected.key", {"least": LEAST_KEY}),
                Words("privacy.got.key", {"length": len(key)}),
                mend=Words("privacy.mend.key"),
            )
        )
    # A lone surrogate can stand in JSON; it must not stop the hash.
    return hmac.digest(key, text.encode("utf-8", "surrogatepass"), "sha256").hex()[:DIGITS]
