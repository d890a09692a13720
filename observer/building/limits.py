"""What bounds a catalog."""

from typing import NamedTuple


class BuildLimits(NamedTuple):
    """series: time series that a catalog may give rise to; rules_per_contract: rules of one contract that get a
    label value of their own."""

    series: int = 50_000
    rules_per_contract: int = 200
