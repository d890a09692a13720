"""A labelled set: what is personal where nobody expects it, and what only looks so. Made from a seed, all of it fictitious.

Telephone numbers are of the blocks reserved for fiction, card numbers made with a control digit in issuers' ranges.
"""

import random
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final, NamedTuple

SEED: Final = 20_261_122
OF_EACH: Final = 80


class Example(NamedTuple):
    """A value in a field, and the kinds that it holds. about: what it is, for people."""

    about: str
    name: str
    value: object
    kinds: frozenset[str] = frozenset()


def examples() -> list[Example]:
    """Returns all of them: what leaks first."""
    return [*leaking(), *harmless()]


def leaking() -> Iterator[Example]:
    """Yields what is personal, in the spellings in which people and systems write it."""
    chance = random.Random(SEED)
    for kind, makers in _LEAKING.items():
        for number in range(OF_EACH):
            about, name, make = makers[number % len(makers)]
            yield Example(about, name, make(chance), frozenset({kind}))


def harmless() -> Iterator[Example]:
    """Yields what looks personal and is not: ids, codes, times, prices, measures, addresses of machines."""
    chance = random.Random(SEED + 1)
    for about, name, make in _HARMLESS:
        for _ in range(OF_EACH // 4):
            yield Example(about, name, make(chance))


def digits(chance: random.Random, count: int) -> str:
    """Returns that many digits, the first of them no 0."""
    return str(chance.randint(10 ** (count - 1), 10**count - 1))


def with_luhn(body: str) -> str:
    """Returns the digits with their control digit."""
    total = sum(
        value if place % 2 else sum(divmod(2 * value, 10))
        for place, value in enumerate(map(int, reversed(body)))
    )
    return body + str(-total % 10)


def with_gtin(body: str) -> str:
    """Returns the digits with the control digit of a GTIN."""
    total = sum(int(digit) * (1 if place % 2 else 3) for place, digit in enumerate(reversed(body)))
    return body + str(-total % 10)


def _first(chance: random.Random) -> str:
    return chance.choice(["jeanne", "camille.durand", "o'brien", "éloïse", "thomas+lampes", "n_benali", "a"])


def _email(chance: random.Random) -> str:
    domain = chance.choice(["maison.example", "courrier.maison-lumiere.example", "client.example"])
    return f"{_first(chance)}{chance.randint(1, 999)}@{domain}"


def _mobile(chance: random.Random) -> str:
    return f"063998{chance.randint(0, 9999):04}"


def _landline(chance: random.Random) -> str:
    return f"019900{chance.randint(0, 9999):04}"


def _grouped(number: str, separator: str) -> str:
    return separator.join(number[at : at + 2] for at in range(0, len(number), 2))


def _card(chance: random.Random) -> str:
    start = chance.choice(["4970", "4111", "5131", "5500", "2223", "3530"])
    return with_luhn(start + digits(chance, 11))


def _amex(chance: random.Random) -> str:
    return with_luhn(chance.choice(["34", "37"]) + digits(chance, 12))


def _grouped_card(chance: random.Random) -> str:
    card = _card(chance)
    return " ".join(card[at : at + 4] for at in range(0, 16, 4))


def _nir(chance: random.Random) -> str:
    body = (
        f"{chance.choice('12')}{chance.randint(30, 99):02}{chance.randint(1, 12):02}"
        f"{chance.randint(1, 95):02}{chance.randint(1, 990):03}{chance.randint(1, 999):03}"
    )
    return f"{body}{97 - int(body) % 97:02}"


def _nir_grouped(chance: random.Random) -> str:
    nir = _nir(chance)
    cuts = (0, 1, 3, 5, 7, 10, 13, 15)
    return " ".join(nir[start:end] for start, end in pairwise(cuts))


def _latitude(chance: random.Random, decimals: int) -> str:
    return f"{chance.uniform(42, 51):.{decimals}f}"


def _longitude(chance: random.Random, decimals: int) -> str:
    return f"{chance.uniform(-4, 8):.{decimals}f}"


def _wrong_card(chance: random.Random) -> str:
    card = _card(chance)
    return card[:-1] + str((int(card[-1]) + 1) % 10)


def _iban(chance: random.Random) -> str:
    account = f"FR00{digits(chance, 23)}"
    turned = account[4:] + account[:4]
    check = 98 - int("".join(str(int(character, 36)) for character in turned)) % 97
    return f"FR{check:02}{account[4:]}"


Made = tuple[str, str, Callable[[random.Random], object]]

_LEAKING: Final[dict[str, list[Made]]] = {
    "email": [
        ("an address", "coupon", _email),
        ("in prose", "comment", lambda chance: f"merci d'écrire à {_email(chance)} avant midi"),
        ("in an address of a page", "page", lambda chance: f"https://www.maison-lumiere.example/compte?m={_email(chance).replace('@', '%40')}"),
        ("as an id", "user_id", _email),
        ("in capitals", "label", lambda chance: _email(chance).upper()),
        # A person reads it, no machine does.
        ("hidden from machines", "comment", lambda chance: _email(chance).replace("@", " [at] ")),
        ("with its name", "author", lambda chance: f"Jeanne V <{_email(chance)}>"),
    ],
    "phone": [
        ("a mobile number", "coupon", _mobile),
        ("a landline", "search", _landline),
        ("in groups", "comment", lambda chance: _grouped(_mobile(chance), " ")),
        ("with dots", "comment", lambda chance: _grouped(_landline(chance), ".")),
        ("international", "customer", lambda chance: "+33" + _mobile(chance)[1:]),
        ("international in an id", "user_id", lambda chance: "+33" + _mobile(chance)[1:]),
        ("in a field that says so", "phone_number", _mobile),
        ("in prose", "message", lambda chance: f"rappeler au {_grouped(_mobile(chance), ' ')} svp"),
        # By design: in a field that is named like an id, bare digits are an id. What comes so is missed.
        ("in a field of ids", "customer_id", _mobile),
        ("written out", "comment", lambda chance: f"zéro six, {_grouped(_mobile(chance)[2:], ' ')}"),
        ("as a number", "mobile", lambda chance: int("33" + _mobile(chance)[1:])),
    ],
    "card": [
        ("in one piece", "coupon", _card),
        ("in groups", "comment", _grouped_card),
        ("of fifteen digits", "note", _amex),
        ("in a field that says so", "card_number", _card),
        ("in prose", "message", lambda chance: f"ma carte {_grouped_card(chance)} est refusée"),
        ("as a number", "payment", lambda chance: int(_card(chance))),
    ],
    "nir": [
        ("in one piece", "note", _nir),
        ("in groups", "comment", _nir_grouped),
        ("in a field that says so", "nir", _nir),
    ],
    "location": [
        ("a pair", "place", lambda chance: f"{_latitude(chance, 5)},{_longitude(chance, 5)}"),
        ("a pair in prose", "note", lambda chance: f"vu à {_latitude(chance, 4)}, {_longitude(chance, 4)} hier"),
        ("a geo address", "origin", lambda chance: f"geo:{_latitude(chance, 6)},{_longitude(chance, 6)}"),
        ("named", "query", lambda chance: f"lat={_latitude(chance, 4)}&lon={_longitude(chance, 4)}"),
        ("an object", "position", lambda chance: {"latitude": float(_latitude(chance, 4) + "7"), "longitude": float(_longitude(chance, 4) + "7")}),
        ("a short object", "where", lambda chance: {"lat": float(_latitude(chance, 5) + "3"), "lng": float(_longitude(chance, 5) + "3")}),
    ],
}  # fmt: skip


_HARMLESS: Final[list[Made]] = [
    ("an order id", "order_id", lambda chance: f"ML-{digits(chance, 8)}"),
    ("an order id of ten digits that begins with 0", "order_id", lambda chance: f"0{chance.randint(1, 7)}{digits(chance, 8)}"),
    ("an order id of sixteen digits", "orderId", lambda chance: with_luhn("4" + digits(chance, 14))),
    ("a product number", "sku", lambda chance: f"0{digits(chance, 9)}"),
    ("a product number with letters", "sku", lambda chance: f"LAMP-{digits(chance, 5)}-{digits(chance, 2)}"),
    ("a GTIN of 13 digits", "gtin", lambda chance: with_gtin(digits(chance, 12))),
    ("a GTIN in a field of another name", "value", lambda chance: with_gtin("3" + digits(chance, 11))),
    ("a GTIN of 14 digits that has the digit of a card", "value", lambda chance: with_luhn("3" + digits(chance, 12))),
    ("a SIRET", "company", lambda chance: with_luhn(digits(chance, 13))),
    ("an account number", "note", _iban),
    ("what looks like an account number", "note", lambda chance: f"FR{digits(chance, 25)}"),
    ("seconds", "timestamp", lambda chance: 1_790_000_000 + chance.randrange(10**7)),
    ("milliseconds", "value", lambda chance: 1_790_000_000_000 + chance.randrange(10**10)),
    ("milliseconds as text", "value", lambda chance: str(1_790_000_000_000 + chance.randrange(10**10))),
    ("microseconds", "value", lambda chance: str(1_790_000_000_000_000 + chance.randrange(10**13))),
    ("a moment", "at", lambda chance: f"2026-11-{chance.randint(1, 28):02}T10:{chance.randint(10, 59)}:{chance.randint(10, 59)}.123+01:00"),
    ("a French date and time", "label", lambda chance: f"{chance.randint(1, 28):02}/11/2026 {chance.randint(8, 20):02}:30"),
    ("a UUID", "value", lambda chance: f"{chance.getrandbits(32):08x}-1f7b-4a55-9c0e-{chance.getrandbits(48):012x}"),
    ("a UUID of digits", "value", lambda chance: f"{digits(chance, 8)}-{digits(chance, 4)}-4{digits(chance, 3)}-8{digits(chance, 3)}-{digits(chance, 12)}"),
    ("a hash", "value", lambda chance: f"{chance.getrandbits(256):064x}"),
    ("a client id", "value", lambda chance: f"GA1.2.{digits(chance, 10)}.{1_790_000_000 + chance.randrange(10**7)}"),
    ("a browser id", "value", lambda chance: f"fb.1.{1_790_000_000_000 + chance.randrange(10**9)}.{digits(chance, 10)}"),
    ("a campaign number", "value", lambda chance: int(digits(chance, 17))),
    ("a snowflake", "value", lambda chance: f"1{digits(chance, 18)}"),
    ("a tracking number", "tracking", lambda chance: f"6{digits(chance, 12)}"),
    ("a parcel of fifteen digits", "parcelNumber", lambda chance: with_luhn("37" + digits(chance, 12))),
    ("a device's IMEI", "imei", lambda chance: with_luhn("35" + digits(chance, 12))),
    ("a price", "price", lambda chance: round(chance.uniform(5, 2000), 2)),
    ("a price as text", "label", lambda chance: f"{chance.randint(1, 9)} {chance.randint(100, 999)},{chance.randint(10, 99)} €"),
    ("coordinates of a town", "place", lambda chance: f"{_latitude(chance, 2)},{_longitude(chance, 2)}"),
    ("an object of a town's coordinates", "place", lambda chance: {"latitude": round(chance.uniform(42, 51), 2), "longitude": round(chance.uniform(1, 8), 2)}),
    ("one coordinate alone", "tilt", lambda chance: f"{chance.uniform(0, 90):.5f}"),
    ("a measure", "size", lambda chance: f"{chance.randint(10, 99)} x {chance.randint(10, 99)} x {chance.randint(10, 99)} cm"),
    ("a version", "version", lambda chance: f"{chance.randint(1, 200)}.0.{chance.randint(1000, 9999)}.{chance.randint(1, 99)}"),
    ("a browser", "agent", lambda chance: f"Mozilla/5.0 (Linux; Android 14) Chrome/{chance.randint(90, 140)}.0.6099.71 Mobile"),
    ("a file for dense screens", "image", lambda chance: f"logo{chance.randint(1, 99)}@2x.png"),
    ("a package", "library", lambda chance: f"@segment/analytics-node@{chance.randint(1, 9)}.{chance.randint(0, 9)}.0"),
    ("a package with its version", "library", lambda chance: f"lodash@{chance.randint(1, 9)}.{chance.randint(0, 30)}.1"),
    ("a handle", "social", lambda chance: f"@maison_lumiere{chance.randint(1, 99)}"),
    ("a page of a product", "page", lambda chance: f"https://www.maison-lumiere.example/p/lampe-{digits(chance, 10)}?couleur=laiton"),
    ("a click id", "value", lambda chance: f"Cj0KCQiA{chance.getrandbits(60):x}BhD-ARIs{chance.getrandbits(80):x}"),
    ("a filler", "value", lambda chance: chance.choice(["0123456789", "01 02 03 04 05 06", "0000000000", "1234567890", "0101010101"])),
    ("a count", "points", lambda chance: chance.randint(1, 10**7)),
    ("a postal code", "zip", lambda chance: f"{chance.randint(1000, 95999):05}"),
    ("a service's number", "hotline", lambda chance: f"08 {chance.randint(10, 99)} {chance.randint(10, 99)} 12 34"),
    ("a range of prices", "filter", lambda chance: f"{chance.randint(10, 99)}.50-{chance.randint(100, 999)}.90"),
    ("a number whose control digit is wrong", "value", _wrong_card),
    # Nothing tells this from what is personal: false alarms.
    ("a product number that looks like a landline", "value", lambda chance: f"0{chance.randint(1, 5)}{digits(chance, 8)}"),
    ("a repository", "link", lambda chance: f"git@depot{chance.randint(1, 9)}.example:lampes"),
    ("an invoice", "invoice", lambda chance: f"2026-{digits(chance, 4)}-{digits(chance, 6)}"),
]  # fmt: skip
