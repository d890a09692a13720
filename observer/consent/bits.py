"""Bit fields of base64url text, as TCF and GPP write them: big-endian, six bits a character, no padding."""

from binascii import a2b_base64
from typing import Final

from observer.consent.idsets import IdRange
from observer.consent.malformed import malformed
from observer.errors import SignalError

ALPHABET: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
VALUES: Final = {chr(character): value for value, character in enumerate(ALPHABET)}
"""The six bits that each character stands for."""

_TO_STANDARD: Final = bytes.maketrans(b"-_", b"+/")


class BitReader:
    """Reads the fields of one segment in order. Never reads past its last character.

    A read past the end raises SignalError `truncated`: in a consent string a missing bit is not a yes.
    """

    __slots__ = ("_digits", "_kind", "_path", "_position", "_size")

    def __init__(self, text: str, kind: str, path: str = "") -> None:
        # Full base64 groups decode at C speed; what the added "A" stand for lies behind `_size`.
        whole = a2b_base64((text.encode() + b"A" * (-len(text) % 4)).translate(_TO_STANDARD))
        # Slices of binary digits are read twice as fast as windows of bytes.
        self._digits = format(int.from_bytes(whole, "big"), f"0{8 * len(whole)}b")
        self._size = 6 * len(text)
        self._position = 0
        self._kind = kind
        self._path = path

    def read(self, bits: int) -> int:
        """Returns the next `bits` bits (at least one) as an unsigned number."""
        start = self._position
        self._position = end = start + bits
        if end > self._size:
            raise self.refuse("truncated")
        return int(self._digits[start:end], 2)

    @property
    def left(self) -> int:
        """How many bits were not read yet."""
        return self._size - self._position

    def refuse(self, reason: str) -> SignalError:
        """Returns the error for this segment, to be raised."""
        return malformed(self._kind, reason, self._path)

    def flag(self) -> bool:
        """Returns the next bit."""
        return self.read(1) == 1

    def letters(self) -> str:
        """Returns the next twelve bits as two letters, where 0 is A."""
        return chr(65 + self.read(6)) + chr(65 + self.read(6))

    def members(self, bits: int) -> int:
        """Returns the next `bits` bits as a set of ids: the first bit is id 1, kept as bit 1 of a mask."""
        start = self._position
        self._position = end = start + bits
        if end > self._size:
            raise self.refuse("truncated")
        return int("0" + self._digits[start:end][::-1] + "0", 2)

    def ranges(self, count: int) -> list[IdRange]:
        """Returns `count` entries of TCF's range encoding: a flag, an id, and where the flag is set a last id.

        Raises SignalError `vendor_zero` or `inverted_range` too.
        """
        # One slice an entry: this loop is most of the work of a long string.
        digits, position, ranges = self._digits, self._position, []
        for _ in range(count):
            width = 33 if digits[position : position + 1] == "1" else 17
            if position + width > self._size:
                raise self.refuse("truncated")
            entry = int(digits[position + 1 : position + width], 2)
            position += width
            start, end = (entry >> 16, entry & 0xFFFF) if width == 33 else (entry, entry)
            if start == 0:
                raise self.refuse("vendor_zero")
            if end < start:
                raise self.refuse("inverted_range")
            ranges.append((start, end))
        self._position = position
        return ranges


def outside_alphabet(text: str) -> bool:
    """Returns whether `text` holds a character that base64url does not have."""
    return not text.isascii() or bool(text.encode().translate(None, ALPHABET))
