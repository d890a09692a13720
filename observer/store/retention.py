"""How long what is in the store stays there."""

from typing import Final, NamedTuple

FINDINGS_KEPT: Final = 500
UNREADABLE_KEPT: Final = 500

_HOUR: Final = 3600
_DAY: Final = 24 * _HOUR


class Retention(NamedTuple):
    """How long windows stay, in seconds: minutes as minutes, then as hours, then as days, then not at all.

    chunks: how long each chunk has a row of its own in the ledger, as it has for days in Kafka's; then each hour of a
    partition has one; ledger: after how long those too are merged into ranges, which stay;
    refusals: how long it is remembered that a range was refused or missing;
    proofs: how long a meaning of consent is remembered after it was last seen; proof_rows: how many rows at most.
    """

    minutes: float = 3 * _HOUR
    hours: float = 8 * _DAY
    days: float = 400 * _DAY
    chunks: float = 2 * _HOUR
    ledger: float = 30 * _DAY
    refusals: float = 400 * _DAY
    proofs: float = 400 * _DAY
    proof_rows: int = 1_000_000
