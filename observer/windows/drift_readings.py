"""What is read of drift before it means anything."""

from typing import NamedTuple


class DriftRow(NamedTuple):
    """One thing that no contract names.

    kind: property, type or event; name: keyed hash of the undeclared name, `-` where the contract names it, `_other`
    for those beyond the bound; came: the JSON kind of what stood there, `-` for an event; path: of what the contract
    declares around it; first, last: minutes, in seconds; events: in which it was seen; sampled: events that were
    looked at since then.
    """

    contract: str
    source: str
    kind: str
    name: str
    came: str
    path: str
    first: int
    last: int
    events: float
    sampled: float
