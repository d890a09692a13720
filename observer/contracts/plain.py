"""A parsed YAML document as plain JSON values: text, numbers, booleans, null, lists, and objects with text keys.

YAML knows more than JSON: dates, sets, bytes, keys of any kind, and aliases that can make a small file endless.
"""

from collections.abc import Mapping
from datetime import date, datetime
from math import isfinite
from typing import Final

from observer.contracts.report import Place, Report, word
from observer.messages import Words

_SCALARS: Final = frozenset({str, int, bool})
"""What is JSON already, whatever its value."""

MAX_DEPTH: Final = 64
MAX_VALUES: Final = 200_000
"""Aliases count each time they are used, so that a file of a few lines cannot fill the memory."""


def plain(document: Mapping[str, object], report: Report) -> dict[str, object] | None:
    """Returns `document` in JSON values, or None where it is too large to be looked at; `report` is told why.

    What JSON cannot hold is told too, and null stands in its place. Dates and date-times become ISO text: the YAML
    reader made them out of text that the author did not quote.
    """
    try:
        return _Plainer(report).mapping(document, ())
    except _TooLargeError as error:
        expected = Words("contract.expected.small", {"depth": MAX_DEPTH, "values": MAX_VALUES})
        report.add(error.at[:1], expected, Words("contract.got.larger"))
        return None


class _TooLargeError(Exception):
    def __init__(self, at: Place) -> None:
        super().__init__(at)
        self.at = at


class _Plainer:
    def __init__(self, report: Report) -> None:
        self._report = report
        self._values = 0

    def mapping(self, value: Mapping[object, object] | Mapping[str, object], at: Place) -> dict[str, object]:
        found: dict[str, object] = {}
        for key, inner in value.items():
            if isinstance(key, str):
                found[key] = self._value(inner, (*at, key))
            else:
                self._report.add(at, Words("contract.expected.text_key"), word(str(key)))
        return found

    def _value(self, value: object, at: Place) -> object:
        self._values += 1
        if len(at) > MAX_DEPTH or self._values > MAX_VALUES:
            raise _TooLargeError(at)
        if value is None or type(value) in _SCALARS:
            return value
        if isinstance(value, Mapping):
            return self.mapping(value, at)
        if isinstance(value, list | tuple):
            return [self._value(inner, (*at, index)) for index, inner in enumerate(value)]
        return self._scalar(value, at)

    def _scalar(self, value: object, at: Place) -> object:
        if isinstance(value, float) and not isfinite(value):
            self._report.add(at, Words("contract.expected.finite"), word(str(value)))
            return None
        if value is None or isinstance(value, str | bool | int | float):
            return value
        if isinstance(value, date | datetime):
            return value.isoformat()
        self._report.add(at, Words("contract.expected.json_value"), word(type(value).__name__))
        return None
