"""Fibonacci coding, as GPP writes numbers and sets of ids: small numbers are short, and `11` ends each of them.

Source: IAB Tech Lab, "Global Privacy Protocol, consent string specification", "Fibonacci coding" and "Range
(Fibonacci)".
"""

from typing import Final

from observer.consent.bits import BitReader
from observer.consent.idsets import IdRange

HIGHEST_ID: Final = 65_535
"""Of a vendor or a section. No list has more, and numbers stay small."""

_LONGEST: Final = 24
"""Bits of the longest number that is not above HIGHEST_ID, its closing 1 included."""
_SHORT: Final = 12


def _values(count: int) -> tuple[int, ...]:
    values = [1, 2]
    while len(values) < count:
        values.append(values[-2] + values[-1])
    return tuple(values)


_VALUES: Final = _values(_LONGEST - 1)


def _number(code: str) -> int:
    return sum(value for value, digit in zip(_VALUES, code, strict=False) if digit == "1")


_SHORT_NUMBERS: Final = {
    code: _number(code)
    for size in range(1, _SHORT)
    for code in (format(bits, f"0{size}b") for bits in range(1, 1 << size, 2))
    if "11" not in code
}
"""The numbers that strings are full of, by their digits without the closing 1."""


class FibonacciReader(BitReader):
    """A BitReader that also reads Fibonacci numbers. Refusals are SignalErrors, as there."""

    __slots__ = ()

    def number(self) -> int:
        """Returns the next number, from 1 to HIGHEST_ID. Raises `truncated` or `id_too_large`."""
        start = self._position
        last = self._digits.find("11", start, self._size)
        if last < 0:
            raise self.refuse("truncated")
        self._position = last + 2
        code = self._digits[start : last + 1]
        found = _SHORT_NUMBERS.get(code)
        if found is None:
            if len(code) >= _LONGEST:
                raise self.refuse("id_too_large")
            found = _number(code)
        return found

    def ascending(self, most: int) -> list[IdRange]:
        """Returns the next set of ids as the ranges that encode it, in their order, which is ascending.

        most: ranges that may come, else the reader raises `too_many_ranges`. Each range begins behind the last by
        at least 1, so none overlap.
        """
        count, last, ranges = self.read(12), 0, []
        if count > most:
            raise self.refuse("too_many_ranges")
        for _ in range(count):
            wide = self.flag()
            start = last + self.number()
            last = start + self.number() if wide else start
            if last > HIGHEST_ID:
                raise self.refuse("id_too_large")
            ranges.append((start, last))
        return ranges
