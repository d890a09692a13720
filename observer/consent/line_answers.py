"""One line in, one JSON object out: what `observer consent` answers. Pure; raises nothing for any line."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from observer.consent import gpp, gpp_json, tcf, tcf_json
from observer.consent.google import as_json as gcd_as_json
from observer.consent.google import decode_gcd
from observer.consent.json_signal import read_object
from observer.consent.malformed import malformed
from observer.consent.tcf_decision import Basis, purpose_basis, string_fault
from observer.consent.vendor_list import VendorList
from observer.errors import SignalError

LONGEST_LINE: Final = 65_536
"""Bytes. No signal comes near."""

_HIGHEST_VENDOR: Final = 65_535
_HIGHEST_PURPOSE: Final = 24


def _tcf(text: str) -> dict[str, Any]:
    return tcf_json.as_json(tcf.decode(text))


def _gpp(text: str) -> dict[str, Any]:
    return gpp_json.as_json(gpp.decode(text))


def _gcm(text: str) -> dict[str, Any]:
    return gcd_as_json(decode_gcd(text))


KINDS: Final[Mapping[str, Callable[[str], dict[str, Any]]]] = {"tcf": _tcf, "gpp": _gpp, "gcm": _gcm}
"""What each kind of string decodes to. `gcm`: the `gcd` parameter of Google's Consent Mode."""


def decoded(kind: str, line: bytes) -> dict[str, Any]:
    """Returns the string in `line`, decoded, or `{"error": {"reason": …}}`. kind: one of KINDS."""
    try:
        return KINDS[kind](_text(line))
    except SignalError as error:
        return {"error": {"reason": error.reason}}


def decided(line: bytes, vendor_lists: Mapping[int, VendorList], *, strict: bool) -> dict[str, Any]:
    """Returns `{"basis", "reason"}` for a line `{"tcString", "vendorId", "purposeId"}`.

    vendor_lists: by version; a string that names another is `vendor_list_missing`. A string or a line that cannot
    be read has no basis, the reason `malformed`, and why under `error`.
    """
    try:
        question = read_object("decide", line)
        basis = _basis(question, vendor_lists, strict)
    except SignalError as error:
        return {"basis": None, "reason": "malformed", "error": {"reason": error.reason}}
    return basis._asdict()


def _basis(question: dict[str, object], vendor_lists: Mapping[int, VendorList], strict: bool) -> Basis:
    text = question.get("tcString")
    if not isinstance(text, str):
        raise malformed("decide", "wrong_kind", "$.tcString")
    vendor = _number(question, "vendorId", _HIGHEST_VENDOR)
    purpose = _number(question, "purposeId", _HIGHEST_PURPOSE)
    tc = tcf.decode(text)
    vendor_list = vendor_lists.get(tc.vendor_list_version)
    if vendor_list is None:
        return Basis(None, string_fault(tc) or "vendor_list_missing")
    return purpose_basis(tc, vendor, purpose, strict_disclosure=strict, vendor_list=vendor_list)


def _number(question: dict[str, object], name: str, highest: int) -> int:
    value = question.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= highest:
        raise malformed("decide", "wrong_kind", f"$.{name}")
    return value


def _text(line: bytes) -> str:
    # What is not UTF-8 becomes a character that no format has.
    return line.decode("utf-8", "replace")
