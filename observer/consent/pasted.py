"""What somebody pasted, as the signals that an event would carry: one signal a line, its format told by its shape.

A line is a TC string, a GPP string, `1YNN`, `G111`, a `gcd`, a consent object in JSON, or cookies and query
parameters by their names (`OptanonConsent=…; euconsent-v2=…`, `gdpr_consent=…&gpp=…`). Nothing of it is in an error.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final
from urllib.parse import parse_qsl

import msgspec

from observer.consent.formats import KEYS, READERS
from observer.errors import InputError, Problem
from observer.messages import Words
from observer.model import Signal

LONGEST: Final = 65_536
"""Characters in all."""
MOST_LINES: Final = 20

_JSON_MARKS: Final = (
    ("segment", ("categoryPreferences", "categoryPreference")),
    ("rudderstack", ("allowedConsentIds", "deniedConsentIds")),
    ("snowplow_preferences", ("eventType",)),
    ("ga4", ("ad_user_data", "ad_personalization")),
    ("axeptio", ("$$completed",)),
)
"""Names that tell one platform's object from the others'; an object without any is a plain map."""
_IN_QUERIES: Final = frozenset({"gdpr_consent", "gpp", "us_privacy", "usprivacy", "gcs", "gcd"})

_SHAPES: Final[tuple[tuple[str, Callable[[str], object]], ...]] = (
    ("us_privacy", re.compile(r"1[YN-]{3}").fullmatch),
    ("gcs", re.compile(r"G1[01-]{2}").fullmatch),
    ("gcd", re.compile(r"1[A-Za-z0-9_-]{8,40}").fullmatch),
    ("didomi_token", re.compile(r"eyJ[A-Za-z0-9+/=_-]*").fullmatch),
    ("onetrust", re.compile(r".*\bgroups=.*").fullmatch),
    ("gpp", re.compile(r"D[A-Za-z0-9_-]*(~.*)?").fullmatch),
    ("tcf", re.compile(r"[A-Za-z0-9_.=-]{2,}").fullmatch),
    ("onetrust_groups", re.compile(r",.*,").fullmatch),
    ("commanders_act", re.compile(r"[01]@.*").fullmatch),
)


def signals_of(text: str, kind: str = "") -> tuple[Signal, ...]:
    """Returns the signals in `text`. kind: the format of every line, or "" where its shape is to tell.

    Raises InputError for more than `LONGEST` or `MOST_LINES`, a format that is not known, and a line whose shape
    tells nothing.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()] if len(text) <= LONGEST else []
    if len(text) > LONGEST or len(lines) > MOST_LINES:
        raise InputError(
            Problem("consent", Words("consent.expected.pasted"), Words("consent.malformed.too_long"))
        )
    if kind and kind not in READERS:
        raise InputError(
            Problem("consent", Words("consent.expected.format"), Words("consent.reason.signal_unsupported"))
        )
    return tuple(_signal(line, number, kind) for number, line in enumerate(lines, 1))


def _signal(line: str, number: int, kind: str) -> Signal:
    raw = line.encode("utf-8", "surrogatepass")
    if kind:
        return Signal(kind, raw)
    if line.startswith("{"):
        return Signal(_kind_of_object(raw), raw)
    # A known name decides before any shape: a cookie's value may look like another format's.
    named = dict(_by_name(line))
    if named:
        return Signal("keyed", msgspec.json.encode(named))
    for name, fits in _SHAPES:
        if fits(line):
            return Signal(name, raw)
    raise InputError(
        Problem(
            "consent",
            Words("consent.expected.pasted"),
            Words("consent.came.no_shape"),
            f"line {number}",
            Words("consent.mend.choose_format"),
        )
    )


def _kind_of_object(raw: bytes) -> str:
    try:
        content = msgspec.json.decode(raw)
    except (msgspec.DecodeError, RecursionError):
        return "plain"
    names = content.keys() if isinstance(content, dict) else ()
    return next((kind for kind, marks in _JSON_MARKS if any(mark in names for mark in marks)), "plain")


def _by_name(line: str) -> Iterator[tuple[str, str]]:
    """Yields the values under names that hold consent: of a query decoded, of cookies as they stand."""
    query = line.rpartition("?")[2].partition("#")[0]
    if ";" not in line and any(part.partition("=")[0] in _IN_QUERIES for part in query.split("&")):
        pairs: Iterable[tuple[str, str]] = parse_qsl(query)
    else:
        parts = (part.strip().partition("=") for part in line.removeprefix("Cookie:").split(";"))
        pairs = ((name, value) for name, equals, value in parts if equals)
    yield from ((name, value) for name, value in pairs if name in KEYS)
