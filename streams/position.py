"""Where the reading of a partition begins."""

from typing import Literal, NamedTuple, TypeAlias

from observer.errors import ObserverError, Problem
from observer.messages import Words

Policy: TypeAlias = Literal["earliest", "latest"]


class Ends(NamedTuple):
    """Of a partition's log: the first offset that is there, and the one behind its last."""

    first: int
    next: int


class TruncatedError(ObserverError):
    """The log is shorter than what was committed: the topic was made anew, or its log was cut."""


def starting(partition: str, committed: int | None, ends: Ends, policy: Policy) -> int:
    """Returns the position at which reading goes on.

    A partition that nobody has read begins where `policy` says. Where records were removed before they were read,
    the committed position stays: the range up to the first that is left belongs to the next chunk, so that the
    ledger has no hole, and the loss is counted apart.

    Raises TruncatedError where the log ends before the committed position: what is there now are other records.
    """
    if committed is None:
        return ends.first if policy == "earliest" else ends.next
    if committed > ends.next:
        raise TruncatedError(
            Problem(
                partition,
                Words("workers.log_up_to", {"offset": committed}),
                Words("workers.log_ends", {"offset": ends.next}),
                mend=Words("workers.log_mend"),
            )
        )
    return committed
