"""Quality rules over closed windows: gates open and close, incidents begin and end. Pure: time is the watermark."""

from observer.windows.gates.closing import Closed, close
from observer.windows.gates.lateness import Amendment, Late, late
from observer.windows.gates.state import Decision, GateKey, GateState, Incident, Outcome, Trouble
from observer.windows.gates.wanted import Wanted, wanted

__all__ = [
    "Amendment",
    "Closed",
    "Decision",
    "GateKey",
    "GateState",
    "Incident",
    "Late",
    "Outcome",
    "Trouble",
    "Wanted",
    "close",
    "late",
    "wanted",
]
