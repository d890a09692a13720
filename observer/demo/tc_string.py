"""TC strings of the demo's consent platform: every purpose and vendor accepted, with what a fault needs of their dates.

Source: IAB Europe, "TCF technical specification 2.3", the core segment and the disclosed vendors.
"""

from typing import Final, Literal, TypeAlias

StringFault: TypeAlias = Literal["expired", "tomorrow", "unknown_list"]

_ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_DAY: Final = 86_400
_MOVED: Final[dict[StringFault, int]] = {"expired": -400, "tomorrow": 2, "unknown_list": -1}
"""Days from now on which the choice was made. Two ahead, so that midnight does not make the choice one of its day."""
_LIST: Final = 4_000
"""A version of the vendor list that nobody has published."""
_CMP: Final = 7
_CMP_VERSION: Final = 2
_HIGHEST_VENDOR: Final = 1_000


def tc_string(fault: StringFault, now: float) -> str:
    """Returns a TC string that is well formed and of no use, as `fault` says. now: seconds since the epoch."""
    made = _bits((int(now) + _MOVED[fault] * _DAY) // _DAY * _DAY * 10, 36)
    core = (
        _bits(2, 6) + made + made + _bits(_CMP, 12) + _bits(_CMP_VERSION, 12) + _bits(1, 6)
        + _bits(ord("F") - ord("A"), 6) + _bits(ord("R") - ord("A"), 6) + _bits(_LIST, 12) + _bits(5, 6)
        + "10" + "0" * 12 + "1" * 11 + "0" * 13 + "0" * 24 + "0"
        + _bits(ord("F") - ord("A"), 6) + _bits(ord("R") - ord("A"), 6) + _vendors() + _bits(0, 16) + "0"
        + _bits(0, 12)
    )  # fmt: skip
    return f"{_text(core)}.{_text(_bits(1, 3) + _vendors())}"


def _vendors() -> str:
    """One range of all vendors."""
    return _bits(_HIGHEST_VENDOR, 16) + "1" + _bits(1, 12) + "1" + _bits(1, 16) + _bits(_HIGHEST_VENDOR, 16)


def _bits(value: int, width: int) -> str:
    return format(value, f"0{width}b")


def _text(bits: str) -> str:
    bits += "0" * (-len(bits) % 6)
    return "".join(_ALPHABET[int(bits[start : start + 6], 2)] for start in range(0, len(bits), 6))
