"""Ids as keyed hashes: enough to find somebody's events by, nothing to learn an id from."""

from observer.privacy import keyed_hash
from observer.quarantine.stored import escaped


class Hashing:
    """Hashes under the key of one quarantine."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, text: str) -> bytes | None:
        """Returns the hash of an id as the index keeps it, or None for ""."""
        return self._hash(f"id:{escaped(text)}") if text else None

    @property
    def mark(self) -> bytes:
        """Returns what tells this key from another."""
        return self._hash("mark")

    def _hash(self, text: str) -> bytes:
        return bytes.fromhex(keyed_hash(self._key, text))
