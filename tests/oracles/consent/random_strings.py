"""Random strings from a seed, encoded here and nowhere else: the decoder that is tested has no part in them."""

import random
from collections.abc import Sequence
from typing import Any, Final

Ranges = Sequence[tuple[int, int]]

ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_DECISECONDS_A_DAY: Final = 864_000
_FIRST_DAY, _LAST_DAY = 18_262, 20_819
"""1 January 2020 to 1 January 2027, in days since the epoch."""


def tc_strings(count: int, seed: int) -> list[str]:
    """Returns valid TC strings of every shape that the libraries of the field read: both encodings of vendors,
    restrictions, all segments in any order, any dates, policies and countries."""
    chance = random.Random(seed)
    return [_tc_string(chance) for _ in range(count)]


def gpp_sections(count: int, seed: int, layouts: dict[str, Any]) -> list[dict[str, dict[str, Any]]]:
    """Returns fields for GPP strings of up to four sections each; layouts: as published."""
    chance = random.Random(seed)
    kinds = [*layouts, "uspv1", "tcfcav1"]
    return [
        {name: _section(name, layouts, chance) for name in sorted(chance.sample(kinds, chance.randint(1, 4)))}
        for _ in range(count)
    ]


def encoded(digits: str) -> str:
    """Returns binary digits as base64url characters, the last filled with zeros."""
    digits += "0" * (-len(digits) % 6)
    return "".join(ALPHABET[int(digits[start : start + 6], 2)] for start in range(0, len(digits), 6))


def bits(value: int, count: int) -> str:
    """Returns a number as that many binary digits."""
    return format(value, f"0{count}b")


def core(
    head: str = "", vendors: str = "0" * 17, interests: str = "0" * 17, restrictions: str = "0" * 12
) -> str:
    """Returns the digits of a core with those last fields; head: everything before them, else some of it."""
    plain = bits(2, 6) + bits(20_000 * _DECISECONDS_A_DAY, 36) * 2 + bits(31, 12) + bits(1, 12) + bits(0, 6)
    plain += bits(5, 6) + bits(17, 6) + bits(120, 12) + bits(5, 6) + "10" + "0" * 12 + "0" * 48 + "0"
    return (head or plain + bits(5, 6) + bits(17, 6)) + vendors + interests + restrictions


def ranged(ranges: Ranges, chance: random.Random | None = None) -> str:
    """Returns the count of ranges and the ranges; a single id is written in either way where chance is given."""
    entries = ""
    for start, end in ranges:
        single = start == end and (chance is None or chance.random() < 0.8)
        entries += "0" + bits(start, 16) if single else "1" + bits(start, 16) + bits(end, 16)
    return bits(len(ranges), 12) + entries


def vendor_ranges(ranges: Ranges, chance: random.Random | None = None) -> str:
    """Returns a vendor section in ranges."""
    return bits(max((end for _, end in ranges), default=0), 16) + "1" + ranged(ranges, chance)


def _tc_string(chance: random.Random) -> str:
    created = _deciseconds(chance)
    head = (
        bits(2, 6) + bits(created, 36) + bits(max(created, _deciseconds(chance)), 36)
        + bits(chance.randint(2, 4095), 12) + bits(chance.randint(0, 4095), 12) + bits(chance.randint(0, 63), 6)
        + _letters(chance) + bits(chance.randint(0, 4095), 12) + bits(chance.choice([2, 3, 4, 5, 5, 6]), 6)
        + _some(chance, 2) + _some(chance, 12) + _some(chance, 24) + _some(chance, 24) + _some(chance, 1)
        + _letters(chance)
    )  # fmt: skip
    segments = [encoded(core(head, _vendors(chance), _vendors(chance), _restrictions(chance)))]
    others = []
    if chance.random() < 0.7:
        others.append("001" + _vendors(chance))
    if chance.random() < 0.2:
        others.append("010" + _vendors(chance))
    if chance.random() < 0.3:
        custom = chance.choice([0, 0, 1, 5, 63])
        others.append(
            "011" + _some(chance, 48) + bits(custom, 6) + _some(chance, custom) + _some(chance, custom)
        )
    chance.shuffle(others)
    return ".".join([*segments, *map(encoded, others)])


def _deciseconds(chance: random.Random) -> int:
    day = chance.randint(_FIRST_DAY, _LAST_DAY) * _DECISECONDS_A_DAY
    return day if chance.random() < 0.6 else day + chance.randrange(_DECISECONDS_A_DAY)


def _letters(chance: random.Random) -> str:
    return bits(chance.randrange(26), 6) + bits(chance.randrange(26), 6)


def _some(chance: random.Random, count: int) -> str:
    likely = chance.choice([0.0, 0.1, 0.5, 0.9, 1.0])
    return "".join("1" if chance.random() < likely else "0" for _ in range(count))


def _vendors(chance: random.Random) -> str:
    if chance.random() < 0.5:
        size = chance.choice([0, 1, 7, 60, 400, 1200])
        # The highest id is one of them: a string without is as valid, and no encoder writes it.
        return bits(size, 16) + "0" + (_some(chance, size - 1) + "1" if size else "")
    return vendor_ranges(_some_ranges(chance, chance.choice([0, 1, 3, 12, 40])), chance)


def _some_ranges(chance: random.Random, count: int) -> Ranges:
    ranges, last = [], 0
    for _ in range(count):
        start = last + chance.randint(2, 60)
        last = start + chance.choice([0, 0, 1, 5, 40])
        ranges.append((start, last))
    return ranges


def _restrictions(chance: random.Random) -> str:
    pairs = [(purpose, kind) for purpose in range(1, 12) for kind in range(3)]
    chosen = chance.sample(pairs, chance.choice([0, 0, 0, 1, 2, 6]))
    digits = bits(len(chosen), 12)
    for purpose, kind in chosen:
        digits += (
            bits(purpose, 6) + bits(kind, 2) + ranged(_some_ranges(chance, chance.randint(1, 4)), chance)
        )
    return digits


def _section(name: str, layouts: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    if name == "uspv1":
        return {field: chance.choice("YN-") for field in ("Notice", "OptOutSale", "LspaCovered")}
    if name == "tcfcav1":
        return _canada(chance)
    fields: dict[str, Any] = {}
    for field in layouts[name]["core"][1:]:
        choices = [_choice(field["field"], chance) for _ in range(field["count"])]
        fields[field["field"]] = choices if field["count"] > 1 else choices[0]
    if layouts[name]["sensitiveSubsection"]:
        fields["SensitiveDataProcessing"] = [chance.randint(0, 2) for _ in range(8)]
    if layouts[name]["gpcSubsection"]:
        fields["GpcSegmentIncluded"] = chance.random() < 0.7
        fields["Gpc"] = chance.random() < 0.5
    return fields


def _choice(field: str, chance: random.Random) -> int:
    return chance.randint(1 if field == "MspaCoveredTransaction" else 0, 2)


def _canada(chance: random.Random) -> dict[str, Any]:
    custom = chance.choice([0, 0, 3])
    return {
        "CmpId": chance.randint(2, 4095),
        "CmpVersion": chance.randint(0, 4095),
        "ConsentScreen": chance.randint(0, 63),
        "ConsentLanguage": chance.choice(["EN", "FR"]),
        "VendorListVersion": chance.randint(0, 4095),
        "TcfPolicyVersion": chance.randint(0, 63),
        "UseNonStandardStacks": chance.random() < 0.5,
        "SpecialFeatureExpressConsent": _flags(chance, 12),
        "PurposesExpressConsent": _flags(chance, 24),
        "PurposesImpliedConsent": _flags(chance, 24),
        "VendorExpressConsent": _ids(chance),
        "VendorImpliedConsent": _ids(chance),
        "PubPurposesExpressConsent": _flags(chance, 24),
        "PubPurposesImpliedConsent": _flags(chance, 24),
        "NumCustomPurposes": custom,
        "CustomPurposesExpressConsent": _flags(chance, custom),
        "CustomPurposesImpliedConsent": _flags(chance, custom),
        "DisclosedVendors": _ids(chance),
        "Created": "2026-03-01T00:00:00.000Z",
        "LastUpdated": "2026-10-01T00:00:00.000Z",
    }


def _flags(chance: random.Random, count: int) -> list[bool]:
    return [digit == "1" for digit in _some(chance, count)]


def _ids(chance: random.Random) -> list[int]:
    ranges = _some_ranges(chance, chance.choice([0, 1, 3, 12, 40]))
    return [number for start, end in ranges for number in range(start, end + 1)]
