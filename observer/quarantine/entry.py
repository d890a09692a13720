"""What the index says of one kept event: enough to choose by, and no personal value."""

from typing import NamedTuple

from observer.model import Verdict


class Entry(NamedTuple):
    """One kept event. rule: of its first finding; observed: seconds since the epoch; bytes: of its value.

    segment, offset, position: where it lies; outcome: what its last replay said, or None; replayed: the digest of
    the catalog that said it, or "".
    """

    id: str
    source: str
    verdict: Verdict
    contract: str
    reason: str
    rule: str
    observed: float
    bytes: int
    segment: str
    offset: int
    position: int
    outcome: Verdict | None = None
    replayed: str = ""


class Filters(NamedTuple):
    """Which events: every field that is not None must fit. since (included), until (excluded): observed time;
    user_id: the user's or the anonymous id; limit: how many at most; newest_first: the order, else oldest first.
    """

    source: str | None = None
    contract: str | None = None
    verdict: Verdict | None = None
    since: float | None = None
    until: float | None = None
    user_id: str | None = None
    message_id: str | None = None
    limit: int | None = None
    newest_first: bool = False


ALL = Filters()
