"""URLs, shown without what they say of a person."""

import re
from collections.abc import Container, Iterator
from typing import Final

from observer.privacy.scrubbing import scrub

HIDDEN: Final = "*"

_PARTS: Final = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]{0,20}:)?(?://(?:[^/?#]*@)?(?P<host>[^/?#@]*))?"
    r"(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?(?:#(?P<fragment>.*))?",
    re.DOTALL,
)


def mask_url(url: str, known: Container[str] = frozenset()) -> str:
    """Returns the URL with its scheme and host; all else is `*`, except for known names.

    known: segments of paths and names of query parameters that may be shown (`panier`, `utm_source`): either can
    be an e-mail address. Every value in the query, user and password, and the fragment are always hidden. The
    number of segments and parameters stays. What has no host, as `mailto:`, is a path. Never raises.
    """
    parts = _PARTS.fullmatch(url)
    if parts is None:
        return HIDDEN
    # Without a host the scheme goes too: in `jeanne:secret@host` it is a name.
    masked = "" if parts["host"] is None else f"{parts['scheme'] or ''}//{scrub(parts['host'])}"
    masked += "/".join(_shown(segment, known) for segment in parts["path"].split("/"))
    if parts["query"] is not None:
        masked += "?" + "&".join(_parameters(parts["query"], known))
    return masked if parts["fragment"] is None else masked + "#" + HIDDEN


def _parameters(query: str, known: Container[str]) -> Iterator[str]:
    for parameter in query.split("&"):
        name, equals, _ = parameter.partition("=")
        yield _shown(name, known) + (equals and "=" + HIDDEN)


def _shown(name: str, known: Container[str]) -> str:
    return name if not name or name in known else HIDDEN
