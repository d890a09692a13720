"""Ownership: does everything have two owners who can be reached, and a day on which they look at it again?

In the words of RACI: the marketing owner is accountable, the technical owner responsible. What they declare as
`support` and the other members of a contract's `team` are those to be consulted and informed.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final, NamedTuple

from observer.catalog import Holding

KINDS: Final = ("contract", "source", "tool")


class Gap(NamedTuple):
    """What one contract, source or tool lacks. part: a key of PARTS."""

    kind: str
    id: str
    part: str


def _reachable(contact: str) -> bool:
    """Whether a contact is a channel: an e-mail address or a web address."""
    if any(map(str.isspace, contact)):
        return False
    return contact.startswith(("https://", "http://")) or "@" in contact[1:-1]


PARTS: Final[Mapping[str, Callable[[Holding, date], bool]]] = {
    "marketing_owner": lambda one, _: bool(one.marketing_owner.name),
    "technical_owner": lambda one, _: bool(one.technical_owner.name),
    "marketing_channel": lambda one, _: _reachable(one.marketing_owner.contact),
    "technical_channel": lambda one, _: _reachable(one.technical_owner.contact),
    "review": lambda one, today: one.review_by is not None and one.review_by >= today,
}
"""What everything is to have -> whether it has it. `review`: a day for it that has not passed."""


def coverage(holdings: Iterable[Holding], today: date) -> dict[tuple[str, str], float]:
    """Returns the share of contracts, of sources and of tools that have each part, by (kind, part); of a kind of which
    there is nothing, nothing."""
    held = tuple(holdings)
    shares: dict[tuple[str, str], float] = {}
    for kind in KINDS:
        some = [one for one in held if one.kind == kind]
        for part, has in PARTS.items():
            if some:
                shares[kind, part] = sum(has(one, today) for one in some) / len(some)
    return shares


def gaps(holdings: Iterable[Holding], today: date) -> tuple[Gap, ...]:
    """Returns what is missing, in the order of the holdings."""
    return tuple(
        Gap(one.kind, one.id, part) for one in holdings for part, has in PARTS.items() if not has(one, today)
    )
