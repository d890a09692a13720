"""Personal values where nobody expects them: in a text, in a number, in the name of what holds it.

Stricter than `recognise`, which is made for hiding and would rather hide too much: here each false alarm costs
somebody's time. So what has the shape of an id (bare digits in a field that is named like an id, an account number, an
address of a machine) is none.
"""

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Final

from observer.privacy.recognisers import FAMILIES, cards, ibans

LEAK_KINDS: Final = ("email", "phone", "card", "nir", "location")
"""What is looked for. Names, postal addresses and birthdays have no shape."""

LONGEST: Final = 4_096
"""Characters of one text that are looked at."""

_WORDS: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")
_ID_WORDS: Final = """
    id ids uid uuid guid sku ref reference no number num code ean gtin isbn upc asin barcode serial order invoice
    receipt ticket tracking parcel batch lot key token hash checksum etag version build timestamp ts time date at
    created updated sent session transaction store shop till stock siret siren imei
    """
_OF_IDS: Final = frozenset(_ID_WORDS.split())
"""Words of a field's name that say what its digits are."""
_PEOPLE_WORDS: Final = (
    """phone tel telephone mobile msisdn sms fax contact cell card carte pan cc payment nir ssn secu insee"""
)
_OF_PEOPLE: Final = frozenset(_PEOPLE_WORDS.split())
"""Words that say so of a person, and outweigh the others: `phone_number`."""
_LATITUDES: Final = frozenset({"lat", "latitude", "geo_lat", "location_lat"})
_LONGITUDES: Final = frozenset(
    {"lon", "lng", "long", "longitude", "geo_lng", "geo_lon", "location_lng", "location_lon"}
)
_WORTH_A_LOOK: Final = re.compile(
    r"@|%40|°|\.[0-9]{3}|[0-9][^0-9]{0,2}[0-9][^0-9]{0,2}[0-9][^0-9]{0,2}[0-9][^0-9]{0,2}[0-9]"
)
"""A sign without which nothing can stand in a text: cheap, and errs towards yes."""
_SIGNS: Final = (b"@", b"%40", "°".encode(), b"\\u")
_NUMBERS: Final = re.compile(rb'\.[0-9]{3}|[0-9](?:[^0-9"]{0,4}[0-9]){8}')
"""The same of a whole JSON document, in which a character may be escaped and a space takes up to three bytes."""
_REPOSITORY: Final = "git@"
_POSITION_NAMES: Final = _LATITUDES | _LONGITUDES
_BARE: Final = re.compile(r"[0-9]+")
_DIGITS_OF_A_CARD: Final = (15, 16)
"""Longer numbers are cards too, and far more often ids: one in ten of those has the control digit by chance."""
_PRECISE: Final = 3
"""Decimals of a degree: some hundred metres."""


def may_leak(document: bytes) -> bool:
    """Returns False for a JSON document that holds nothing, and True where it must be looked into."""
    return any(sign in document for sign in _SIGNS) or _NUMBERS.search(document) is not None


def leaks_in(text: str, name: str = "") -> set[str]:
    """Returns the kinds of personal values that stand in a text. name: of the field that holds it."""
    found: set[str] = set()
    if _WORTH_A_LOOK.search(text) is None:
        return found
    text = text[:LONGEST]
    for family in FAMILIES:
        if not family.hint(text):
            continue
        for kind, find in family.recognisers:
            if kind in LEAK_KINDS and any(
                _counts(kind, text, span, name) for span in find(_without_accounts(text, kind))
            ):
                found.add(kind)
    return found


def leaks_in_number(number: float, name: str = "") -> set[str]:
    """Returns the kinds of a number: a telephone number or a card written without quotes. name: of its field."""
    if isinstance(number, int) and 10**10 <= number < 10**16:
        return leaks_in(str(number), name)
    return set()


def is_position(members: Mapping[str, object]) -> bool:
    """Returns whether an object holds a latitude and a longitude to some hundred metres, under their usual names."""
    if _POSITION_NAMES.isdisjoint(map(str.lower, members)):
        return False
    latitude = longitude = False
    for name, value in members.items():
        lowered = name.lower()
        latitude = latitude or (lowered in _LATITUDES and _precise(value, 90))
        longitude = longitude or (lowered in _LONGITUDES and _precise(value, 180))
    return latitude and longitude


def _counts(kind: str, text: str, span: tuple[int, int], name: str) -> bool:
    """Whether what a recogniser found is a leak and no id."""
    found = text[span[0] : span[1]]
    if kind == "email":
        return not found.lower().startswith(_REPOSITORY)
    if kind == "location":
        return True
    idlike = _is_id(name)
    digits = "".join(filter(str.isdigit, found))
    if kind == "card" and len(digits) not in _DIGITS_OF_A_CARD:
        return False
    if kind == "phone" and (_counted_up(digits) or (idlike and not found.startswith("+"))):
        return False
    return not (idlike and _BARE.fullmatch(found))


def _counted_up(digits: str) -> bool:
    """Whether digits are a filler: 0123456789, 0102030405, or few different ones."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(digits)}
    pairs = [int(digits[at : at + 2]) for at in range(0, len(digits) - 1, 2)]
    return (
        len(steps) == 1
        or len(set(digits)) <= 2
        or all(after - before == 1 for before, after in pairwise(pairs))
    )


def _without_accounts(text: str, kind: str) -> str:
    """The text with account numbers blanked: their digits are no card's and nobody's telephone."""
    if kind in {"email", "location"}:
        return text
    for start, end in ibans(text):
        text = text[:start] + " " * (end - start) + text[end:]
    if kind == "phone":
        for start, end in cards(text):
            text = text[:start] + " " * (end - start) + text[end:]
    return text


def _is_id(name: str) -> bool:
    words = {word.lower() for word in _WORDS.findall(name)}
    return bool(words & _OF_IDS) and not words & _OF_PEOPLE


def _precise(value: object, most: int) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return False
    try:
        number = float(value)
    except ValueError:
        return False
    decimals = len(str(value).partition(".")[2])
    return decimals >= _PRECISE and abs(number) <= most
