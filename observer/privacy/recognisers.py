"""What personal values look like. One function a kind: text → the places where one stands.

Each is linear in the length of the text: no repetition in a pattern is unbounded. Each would rather miss a value
than call order numbers, versions and timestamps personal, since scrubbing is a second line of defence: what is
shown to people is masked whole (see masking.py).
"""

import re
from collections.abc import Callable, Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network
from typing import Final, NamedTuple, TypeAlias

from observer.privacy import checks

Span: TypeAlias = tuple[int, int]
"""First and next index in the text. Those that one recogniser finds may overlap."""
Recogniser: TypeAlias = Callable[[str], Iterator[Span]]

_SPACE: Final = " \u00a0\u202f"
"""The spaces that people and French typography put between groups of digits."""

_AT: Final = re.compile(r"@|%40")
# Without `/`, `=`, `?` and `&`: legal before the `@`, never seen there, and they part an address from its URL.
_LOCAL: Final = re.compile(r"[\w.!#$%'*+~-]{1,64}\Z")
_DOMAIN: Final = re.compile(r"(?:\w(?:[\w-]{0,62}\w)?\.){1,8}([^\W\d_]{2,24})(?![\w-])")
_FILE_ENDINGS: Final = frozenset(
    {"avif", "css", "gif", "html", "jpeg", "jpg", "js", "json", "png", "svg", "ts", "webp", "xml"}
)
"""`logo@2x.png` is a file for dense screens; none of these is a top-level domain."""


def emails(text: str) -> Iterator[Span]:
    """E-mail addresses, also with `%40` for `@`. The domain must have a dot: `git@host` is none."""
    for at in _AT.finditer(text):
        domain = _DOMAIN.match(text, at.end())
        if domain is None or domain[1].lower() in _FILE_ENDINGS:
            continue
        local = _LOCAL.search(text[max(0, at.start() - 64) : at.start()])
        if local:
            yield at.start() - len(local[0]), domain.end()


_IBAN: Final = re.compile(rf"(?<![^\W_])[A-Za-z]{{2}}[0-9]{{2}}(?:[{_SPACE}]?[A-Za-z0-9]){{11,30}}")


def ibans(text: str) -> Iterator[Span]:
    """Account numbers of the SEPA countries, in one piece or in groups."""
    for candidate in _IBAN.finditer(text):
        length = checks.IBAN_LENGTHS.get(candidate[0][:2].upper(), 0)
        end = _end_of(candidate[0], length)
        if end and checks.iban(_joined(candidate[0][:end])):
            yield candidate.start(), candidate.start() + end


def _end_of(candidate: str, length: int) -> int:
    """Where its `length`-th letter or digit ends, if a word ends there too; else 0."""
    count = 0
    for index, character in enumerate(candidate):
        count += character.isalnum()
        if count == length:
            followed = candidate[index + 1 : index + 2]
            return 0 if followed.isalnum() else index + 1
    return 0


# Looks ahead only, so that a number which is no card does not hide one that begins inside it. Fourteen digits in
# one piece are no card here: a SIRET, which every French invoice carries, has the same control digit.
_CARD: Final = re.compile(
    rf"(?<![\w.])(?=((?:[2-6][0-9]{{14,18}}"
    rf"|[2-6][0-9]{{3}}([{_SPACE}.-])[0-9]{{4}}\2[0-9]{{4}}\2[0-9]{{4}}(?:\2[0-9]{{3}})?"
    rf"|3[0-9]{{3}}([{_SPACE}.-])[0-9]{{6}}\3[0-9]{{4,5}})(?!\w|[.-][0-9])))"
)


def cards(text: str) -> Iterator[Span]:
    """Payment card numbers, in one piece or in the groups printed on cards."""
    for candidate in _CARD.finditer(text):
        if checks.card(_digits(candidate[1])):
            yield candidate.span(1)


_NIR: Final = re.compile(
    rf"(?<![\w.])[1-478]([{_SPACE}.-]?)[0-9]{{2}}\1(?:0[1-9]|1[0-2]|[2-9][0-9])\1"
    rf"(?:[0-9]{{2}}|2[ABab])\1[0-9]{{3}}\1[0-9]{{3}}[{_SPACE}.-]?[0-9]{{2}}(?!\w)"
)


def nirs(text: str) -> Iterator[Span]:
    """French social security numbers with their key."""
    for candidate in _NIR.finditer(text):
        if checks.nir(_joined(candidate[0])):
            yield candidate.span()


_COUNTRY: Final = (
    r"1|7|2[07]|2[1-69][0-9]|3[0-469]|3[578][0-9]|4[013-9]|42[0-9]|5[1-8]|5[09][0-9]"
    r"|6[0-6]|6[7-9][0-9]|8[1246]|8[058][0-9]|9[0-58]|9[679][0-9]"
)
"""Country codes by shape. Source: ITU-T E.164, list of assigned country codes."""
_PHONE: Final = re.compile(
    # +33 6 39 98 12 34, +33 (0)6..., %2B33...: at most 15 digits
    rf"(?<![\w+])(?:\+|%2[Bb])(?={_COUNTRY})[1-9](?:[{_SPACE}.()/-]{{0,2}}[0-9]){{7,14}}(?!\w)"
    # 0033 6 39 98 12 34
    rf"|(?<![\w.+-])0033[{_SPACE}]?(?:\(0\))?[1-9](?:[{_SPACE}.-]?[0-9]{{2}}){{4}}(?!\w)"
    # 33639981234: how message platforms keep a mobile number
    r"|(?<![\w.+-])33[67][0-9]{8}(?!\w|[.-][0-9])"
    # 06 39 98 12 34, one separator throughout. No 08: those belong to services, not to people
    rf"|(?<![\w.+%-])0[1-79]([{_SPACE}.-]?)[0-9]{{2}}(?:\1[0-9]{{2}}){{3}}(?!\w|[.-][0-9])"
)


def phones(text: str) -> Iterator[Span]:
    """Telephone numbers: international ones, which begin with `+`, and French ones."""
    for candidate in _PHONE.finditer(text):
        yield candidate.span()


_NUMBER: Final = r"[+-]?[0-9]{1,3}\.[0-9]{3,15}"
_LOCATION: Final = re.compile(
    rf"(?<![\w.])({_NUMBER})[ ]?[,;/ ][ ]?({_NUMBER})(?!\w|\.[0-9])"
    # ISO 6709: +48.85660+002.35220/
    r"|(?<![\w.])[+-][0-9]{2}\.[0-9]{3,10}[+-][0-9]{3}\.[0-9]{3,10}"
    # 48° 51′ 24″ N
    r"|(?<!\w)[0-9]{1,3} ?° ?[0-9]{1,2} ?['′’] ?[0-9]{1,2}(?:[.,][0-9]{1,6})?[\"″”]?"
    r"|(?i:\b(?:lat|latitude|lon|lng|long|longitude)\b[\"']? ?[=:] ?[\"']?[+-]?[0-9]{1,3}\.[0-9]{3,15})"
)


def locations(text: str) -> Iterator[Span]:
    """Precise positions: to three decimals of a degree (some 100 m) or to the second of arc.

    Two bare numbers are a position only where both fit on the globe and one has four decimals: `12.345, 67.891`
    may as well be thousands.
    """
    for candidate in _LOCATION.finditer(text):
        if candidate[1] is None or _on_the_globe(candidate[1], candidate[2]):
            yield candidate.span()


def _on_the_globe(first: str, second: str) -> bool:
    smaller, larger = sorted((abs(float(first)), abs(float(second))))
    decimals = max(len(number.partition(".")[2]) for number in (first, second))
    return smaller <= 90 and larger <= 180 and decimals >= 4


_IPV4: Final = re.compile(r"(?<![\w.-])(?<![A-Za-z]/)(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?![\w-]|\.[0-9])")
_IPV6: Final = re.compile(r"(?<![\w:.])[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?![\w:])")
_PEOPLE_V6: Final = tuple(map(IPv6Network, ("2000::/3", "fc00::/7", "fe80::/10")))
"""Addresses that a device can have. Source: IANA, IPv6 address space."""


def addresses(text: str) -> Iterator[Span]:
    """IP addresses of devices. Not those whose last part is 0: that is how they are made anonymous, and how
    browsers write versions (`Chrome/120.0.0.0`)."""
    for candidate in _IPV4.finditer(text):
        parts = [int(part) for part in candidate[0].split(".")]
        if max(parts) <= 255 and parts[3] != 0 and _of_a_device(IPv4Address(bytes(parts))):
            yield candidate.span()
    for candidate in _IPV6.finditer(text):
        try:
            address = IPv6Address(candidate[0])
        except ValueError:
            continue
        if any(address in network for network in _PEOPLE_V6):
            yield candidate.span()


def _of_a_device(address: IPv4Address) -> bool:
    return 0 < address.packed[0] < 224 and not address.is_loopback


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _joined(text: str) -> str:
    return "".join(filter(str.isalnum, text))


class Family(NamedTuple):
    """Kinds that share a sign without which none of them can stand in a text. hint: cheap, may err towards yes."""

    hint: Callable[[str], object]
    recognisers: tuple[tuple[str, Recogniser], ...]


_EIGHT_DIGITS: Final = re.compile(rf"(?:[0-9][{_SPACE}.()/-]{{0,2}}){{7}}[0-9]")
_DECIMALS: Final = re.compile(r"\.[0-9]{3}|°")

FAMILIES: Final = (
    Family(_AT.search, (("email", emails),)),
    Family(
        _EIGHT_DIGITS.search,
        (("iban", ibans), ("card", cards), ("nir", nirs), ("phone", phones)),
    ),
    Family(_DECIMALS.search, (("location", locations),)),
    Family(lambda text: text.count(":") > 1 or text.count(".") > 2, (("ip", addresses),)),
)
"""In order of precedence, for text that could be two of them."""

KINDS: Final = tuple(kind for family in FAMILIES for kind, _ in family.recognisers)
"""Every kind that can be recognised. `privacy.kind.<kind>` says it for people."""
