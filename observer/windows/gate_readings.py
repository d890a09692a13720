"""What is read of gates before it means anything."""

from collections.abc import Sequence
from typing import NamedTuple

from observer.windows.gates import Decision, GateState, Incident


class GateReadings(NamedTuple):
    """What is stored of gates. latest: the last decision of each; incidents: that last, or ended within the period of
    the budgets."""

    states: Sequence[GateState] = ()
    latest: Sequence[Decision] = ()
    incidents: Sequence[Incident] = ()
